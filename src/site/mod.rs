//! The site: the register as pages that answer "who gets this data, where, why, and what protects it?"
//!
//! A [`Site`] turns a run into files in memory, all or one: a view struct for every page, one template for
//! every kind of view, every link made in `links.rs`. [`output`] then puts them in place, whole or
//! not at all. A page says all it has to say without its script, and needs no network
//! and no server.

mod cells;
mod imprint;
mod index;
mod lines;
mod links;
mod logo;
mod look;
mod markdown;
mod origin;
pub mod output;
mod page;
mod parts;
mod picture;
mod render;
mod shell;
mod views;
mod words;

use minijinja::Value;
use minijinja::value::Serde;

pub use imprint::Imprint;
use index::Index;
pub use look::Look;
pub use origin::Origin;
use render::{Pages, Renderer, Wanted};
use shell::Shell;

use crate::report::{self, Run, calendar, csv, json, junit, sarif};
use crate::threads::{all_or_none, joined, side_by_side};

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

/// The site of a run: every file of it, or one by its name.
pub struct Site<'a> {
    run: &'a Run<'a>,
    look: &'a Look,
    renderer: Renderer,
    index: Index<'a>,
    shell: Shell<'a>,
    /// The shell as templates see it.
    said: Value,
    logo: Option<Vec<u8>>,
    folder: String,
}

impl<'a> Site<'a> {
    /// The site of a run. A run without a verdict has none.
    ///
    /// # Errors
    /// A template that is none, in the template engine's words; or a logo that cannot be had.
    pub fn of(run: &'a Run<'a>, look: &'a Look, imprint: &'a Imprint) -> Result<Option<Self>, String> {
        let Some(assessment) = run.assessment else { return Ok(None) };
        let renderer = Renderer::new(look).map_err(|error| error.to_string())?;
        let logo = logo::read(run)?;
        let index = Index::of(run, assessment);
        let shell = Shell::of(run, assessment, imprint, logo.is_some());
        let said = Value::from(Serde(&shell));
        Ok(Some(Self { run, look, renderer, index, shell, said, logo, folder: imprint.folder(run.as_of) }))
    }

    /// Every file, sorted by name.
    ///
    /// # Errors
    /// A template that does not fit its view, in the template engine's words: one of a team's own,
    /// or a bug of onward. And a site of far too many rows.
    pub fn files(&self) -> Result<Vec<Page>, String> {
        let rows = self.index.rows();
        if rows > MAX_ROWS {
            return Err(format!(
                "its pages would have about {rows} rows, more than the {MAX_ROWS} that a site may have: what many transfers \
                 carry has many parts; `onward check` judges it all the same, and `onward serve` makes the pages that are \
                 asked for"
            ));
        }
        // Each is told on some page.
        self.index.assessment.find_paths();
        let shares: Vec<(View, Wanted<'_>)> =
            VIEWS.iter().flat_map(|view| (0..SHARES).map(|turn| (*view, Wanted::Share { turn, of: SHARES }))).collect();
        let kinds = all_or_none(&shares, 1, |(view, share)| self.rendered(*view, *share));
        let mut files = joined(kinds.map_err(|error| error.to_string())?);
        let beside: Vec<&str> = BESIDE.into_iter().chain(REPORTS.map(|(name, ..)| name)).collect();
        files.extend(side_by_side(&beside, 1, |name| self.beside(name)).into_iter().flatten());
        for file in &mut files {
            file.name.insert_str(0, &self.folder);
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// One file, made without the others; none: the site has no such file.
    ///
    /// # Errors
    /// As [`Self::files`].
    pub fn file(&self, name: &str) -> Result<Option<Page>, String> {
        if let Some(file) = self.beside(name) {
            return Ok(Some(file));
        }
        for view in VIEWS {
            let pages = self.rendered(view, Wanted::Named(name)).map_err(|error| error.to_string())?;
            if let Some(page) = pages.into_iter().find(|page| page.name == name) {
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    /// The pages of a kind that are wanted.
    fn rendered(&self, view: View, wanted: Wanted<'_>) -> Result<Vec<Page>, minijinja::Error> {
        let mut pages = Pages::new(&self.renderer, &self.shell, &self.said, wanted);
        view(&self.index, &mut pages)?;
        Ok(pages.into_files())
    }

    /// A file beside the pages.
    fn beside(&self, name: &str) -> Option<Page> {
        let run = self.run;
        let bytes = match name {
            "calendar.ics" => calendar::ics(run.register, &calendar::due(self.index.assessment), run.as_of).into(),
            "logo.png" => self.logo.clone()?,
            "search.js" => views::az::script(&self.index).into(),
            "send.js" => views::send::script(&self.index).into(),
            "site.js" => self.look.file("site.js").unwrap_or(render::SCRIPT).into(),
            "style.css" => self.look.style(&run.register.settings.house).into(),
            _ => REPORTS.iter().find(|(report, ..)| *report == name).map(|(.., render)| render(run))?.into(),
        };
        Some(Page::new(name, bytes))
    }
}

/// What is beside the pages and the reports.
const BESIDE: [&str; 6] = ["calendar.ics", "logo.png", "search.js", "send.js", "site.js", "style.css"];

/// Every file of the site of a run; see [`Site`]. A run without a verdict has none.
///
/// # Errors
/// As [`Site::of`] and [`Site::files`].
pub fn pages(run: &Run<'_>, look: &Look, imprint: &Imprint) -> Result<Vec<Page>, String> {
    Site::of(run, look, imprint)?.map_or_else(|| Ok(Vec::new()), |site| site.files())
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

/// The most rows of tables that a site may have. Generated registers take twelve for a transfer.
const MAX_ROWS: usize = 4_000_000;

/// In how many shares the pages of a kind are made: the longest is then short, however many threads there are.
const SHARES: usize = 16;

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
