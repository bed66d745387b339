//! The site: the register as pages that answer "who gets this data, where, why, and what protects it?"
//!
//! [`pages`] turns a run into files in memory: a view struct for every page, one template for
//! every kind of view, every link made in `links.rs`. [`output`] then puts them in place, whole or
//! not at all. A page says all it has to say without its script, and needs no network
//! and no server.

mod index;
mod links;
mod look;
mod markdown;
pub mod output;
mod page;
mod picture;
mod render;
mod timeline;
mod views;
mod words;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use index::Index;
pub use look::Look;
use render::{Pages, Renderer};

use crate::report::{self, Run, calendar, csv, json, junit, sarif};

/// A file of the site.
#[derive(Debug)]
pub struct Page {
    /// Its name: the site is one flat folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Every file of the site of a run, sorted by name. A run without a verdict has none.
///
/// # Errors
/// A template that does not fit its view, in the template engine's words: one of a team's own, or a
/// bug of onward.
pub fn pages(run: &Run<'_>, look: &Look) -> Result<Vec<Page>, String> {
    let Some(assessment) = run.assessment else { return Ok(Vec::new()) };
    let renderer = Renderer::new(look).map_err(|error| error.to_string())?;
    let index = Index::of(run, assessment);
    let mut files = rendered(&renderer, &index).map_err(|error| error.to_string())?;
    for (name, _, render) in REPORTS {
        files.push(Page { name: name.to_owned(), text: render(run) });
    }
    let due = calendar::due(assessment);
    files.push(Page { name: "calendar.ics".to_owned(), text: calendar::ics(run.register, &due, run.as_of) });
    files.push(Page { name: "search.js".to_owned(), text: views::az::script(&index) });
    files.push(Page { name: "send.js".to_owned(), text: views::send::script(&index) });
    for (name, built_in) in render::STATIC {
        files.push(Page { name: name.to_owned(), text: look.file(name).unwrap_or(built_in).to_owned() });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// A report of a run.
type Report = fn(&Run<'_>) -> String;

/// The reports beside the pages: the name, for whom, and how it is made.
const REPORTS: [(&str, &str, Report); 5] = [
    ("report.csv", "for spreadsheets", csv::render),
    ("report.json", "for programs", json::render),
    ("report.md", "as a text", report::markdown::render),
    ("report.sarif", "for code scanning", sarif::render),
    ("report.xml", "as test results (JUnit)", junit::render),
];

/// What makes pages of one kind.
type View = fn(&Index<'_>, &mut Pages<'_>) -> Result<(), minijinja::Error>;

/// Every kind; those with the most pages first, so that threads end together.
const VIEWS: [View; 17] = [
    views::transfers::pages,
    views::parties::pages,
    views::safeguards::pages,
    views::findings::page,
    views::catalogue::pages,
    views::places::pages,
    views::chains::page,
    views::law::pages,
    views::rules::pages,
    views::overview::page,
    views::az::page,
    views::calendar::page,
    views::send::page,
    views::notice::page,
    views::redirects::pages,
    views::whole::page,
    views::about::page,
];

/// Renders every page, the kinds side by side.
fn rendered(renderer: &Renderer, index: &Index<'_>) -> Result<Vec<Page>, minijinja::Error> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<Page>, minijinja::Error> {
        let mut pages = Pages::new(renderer, index.run, index.assessment);
        while let Some(view) = VIEWS.get(next.fetch_add(1, Ordering::Relaxed)) {
            view(index, &mut pages)?;
        }
        Ok(pages.into_files())
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(VIEWS.len());
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut files = Vec::new();
        for thread in running {
            files.append(&mut thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(files)
    })
}
