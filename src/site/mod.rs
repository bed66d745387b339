//! The site: the register as pages that answer "who gets this data, where, why, and what protects it?"
//!
//! [`pages`] turns a run into files in memory: a view struct for every page, one template for
//! every kind of view, every link made in `links.rs`. [`output`] then puts them in place, whole or
//! not at all. A page says all it has to say without its script, and needs no network
//! and no server.

mod imprint;
mod index;
mod links;
mod logo;
mod look;
mod markdown;
pub mod output;
mod page;
mod picture;
mod render;
mod shell;
mod views;
mod words;

pub use imprint::Imprint;
use index::Index;
pub use look::Look;
use render::{Pages, Renderer};
use shell::Shell;

use crate::report::{self, Run, calendar, csv, json, junit, sarif};
use crate::threads::side_by_side;

/// A file of the site.
#[derive(Debug)]
pub struct Page {
    /// Its name: the site is one flat folder, and one more for every further day, named after it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Page {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}

/// Every file of the site of a run, sorted by name. A run without a verdict has none.
///
/// # Errors
/// A template that does not fit its view, in the template engine's words: one of a team's own, or a
/// bug of onward; or a logo that cannot be had.
pub fn pages(run: &Run<'_>, look: &Look, imprint: &Imprint) -> Result<Vec<Page>, String> {
    let Some(assessment) = run.assessment else { return Ok(Vec::new()) };
    let renderer = Renderer::new(look).map_err(|error| error.to_string())?;
    let index = Index::of(run, assessment);
    let logo = logo::read(run)?;
    let shell = Shell::of(run, assessment, imprint, logo.is_some());
    let mut files = rendered(&renderer, &index, &shell).map_err(|error| error.to_string())?;
    files.extend(side_by_side(&REPORTS, 1, |(name, _, render)| Page::new(*name, render(run))));
    let due = calendar::due(assessment);
    files.push(Page::new("calendar.ics", calendar::ics(run.register, &due, run.as_of)));
    files.push(Page::new("search.js", views::az::script(&index)));
    files.push(Page::new("send.js", views::send::script(&index)));
    files.push(Page::new("site.js", look.file("site.js").unwrap_or(render::SCRIPT)));
    files.push(Page::new("style.css", look.style(&run.register.settings.house)));
    files.extend(logo.map(|logo| Page::new("logo.png", logo)));
    let folder = imprint.folder(run.as_of);
    for file in &mut files {
        file.name.insert_str(0, &folder);
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
const VIEWS: [View; 18] = [
    views::transfers::pages,
    views::parties::pages,
    views::safeguards::pages,
    views::findings::page,
    views::catalogue::pages,
    views::places::pages,
    views::chains::page,
    views::law::pages,
    views::rules::pages,
    views::pictures::pages,
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
fn rendered(renderer: &Renderer, index: &Index<'_>, shell: &Shell<'_>) -> Result<Vec<Page>, minijinja::Error> {
    let render = |view: &View| -> Result<Vec<Page>, minijinja::Error> {
        let mut pages = Pages::new(renderer, shell);
        view(index, &mut pages)?;
        Ok(pages.into_files())
    };
    let kinds: Result<Vec<Vec<Page>>, _> = side_by_side(&VIEWS, 1, render).into_iter().collect();
    Ok(kinds?.into_iter().flatten().collect())
}
