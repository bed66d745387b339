//! The site: the register as pages that answer "who gets this data, where, why, and what protects it?"
//!
//! [`pages`] turns a run into files in memory: a view struct for every page, one template for
//! every kind of view, every link made in `links.rs`. [`output`] then puts them in place, whole or
//! not at all. A page needs no script, no network and no server.

mod index;
mod links;
mod markdown;
pub mod output;
mod page;
mod render;
mod views;
mod words;

use index::Index;
use render::{Pages, Renderer};

use crate::flow::Assessment;
use crate::report::{Run, json};

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
/// A template that does not fit its view: a bug of onward, in the template engine's words.
pub fn pages(run: &Run<'_>) -> Result<Vec<Page>, String> {
    let Some(assessment) = run.assessment else { return Ok(Vec::new()) };
    let renderer = Renderer::new().map_err(|error| error.to_string())?;
    let index = Index::of(run, assessment);
    let mut pages = Pages::new(&renderer, run, assessment);
    all(&index, assessment, &mut pages).map_err(|error| error.to_string())?;
    let mut files = pages.into_files();
    files.push(Page { name: "report.json".to_owned(), text: json::render(run) });
    files.push(Page { name: "style.css".to_owned(), text: render::STYLE.to_owned() });
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn all(index: &Index<'_>, assessment: &Assessment<'_>, pages: &mut Pages<'_>) -> Result<(), minijinja::Error> {
    views::overview::page(index, pages)?;
    views::parties::pages(index, pages)?;
    views::transfers::pages(index, pages)?;
    views::places::pages(index, pages)?;
    views::safeguards::pages(index, pages)?;
    views::catalogue::pages(index, pages)?;
    views::chains::page(index, pages)?;
    views::findings::page(index, pages)?;
    views::law::page(index, pages)?;
    views::rules::pages(assessment, pages)?;
    views::about::page(index, pages)
}
