//! What pages are made of: pieces of text, facts, tables. Templates turn these into HTML; nothing
//! here knows a tag.

use std::borrow::Cow;

use serde::Serialize;

use super::cells::Cells;
use super::parts;
use super::picture::Picture;
use super::picture::timeline::Timeline;

/// A stretch of text: plain, a link, a code, or a status in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Piece {
    /// `text`, `between` (what stands between others), `outside` (a link that leaves the site), `code`, `day`,
    /// `small`, `line` (a new one begins), or a status: `good`, `fair`, `bad`, `quiet`.
    pub look: &'static str,
    /// What is read. Escaped by the template; whoever wrote it.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
}

impl Piece {
    /// Plain text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, look: "text" }
    }

    /// What stands between pieces: onward's own words, so that nothing has to keep them apart from the rest.
    pub(super) fn between(text: &'static str) -> Self {
        Self { text: text.to_owned(), href: None, look: "between" }
    }

    /// Text that leads somewhere.
    pub(super) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        let href = href.into();
        let look = if href.starts_with("http") { "outside" } else { "text" };
        Self { text: text.into(), href: Some(href), look }
    }

    /// An id or a word of a file.
    pub(super) fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, look: "code" }
    }

    /// A remark beside something.
    pub(super) fn small(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, look: "small" }
    }

    /// The beginning of a line.
    pub(super) fn line() -> Self {
        Self { text: String::new(), href: None, look: "line" }
    }

    /// A status in words; colour only repeats it.
    pub(super) fn status(text: impl Into<String>, look: &'static str) -> Self {
        Self { text: text.into(), href: None, look }
    }

    /// The same, leading somewhere.
    #[must_use]
    pub(super) fn to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// A message, its words in backticks as code.
pub(super) fn message(text: &str) -> Cell {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| if at % 2 == 1 { Piece::code(part) } else { Piece::text(part) }).collect()
}

/// A remark on a line of its own, its words in backticks as code.
pub(super) fn note(text: &str) -> Cell {
    let mut note = vec![Piece::line()];
    note.extend(message(text));
    note
}

/// A cell of a table or the value of a fact: pieces side by side.
pub(super) type Cell = Vec<Piece>;

/// The pieces of several cells, with commas between.
pub(super) fn joined(cells: impl IntoIterator<Item = Piece>) -> Cell {
    parted(", ", cells)
}

/// Pieces with a text between them.
pub(super) fn parted(by: &'static str, pieces: impl IntoIterator<Item = Piece>) -> Cell {
    let mut all = Vec::new();
    for piece in pieces {
        if !all.is_empty() {
            all.push(Piece::between(by));
        }
        all.push(piece);
    }
    all
}

/// The most things that are named in a cell of a record's table.
const FEW: usize = 12;

/// Some of the pieces with commas between, and how many more there are: for the tables of records' pages, whose rows
/// would else repeat the lists of every transfer on the page of everything in them. The transfer's own page names
/// all.
pub(super) fn few(pieces: impl ExactSizeIterator<Item = Piece>) -> Cell {
    at_most(FEW, pieces)
}

/// So many of the pieces with commas between, and how many more there are.
pub(super) fn at_most(most: usize, pieces: impl ExactSizeIterator<Item = Piece>) -> Cell {
    let more = pieces.len().saturating_sub(most);
    let more = (more > 0).then(|| Piece::small(format!("{more} more")));
    joined(pieces.take(most).chain(more))
}

/// A fact of a record.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Fact {
    /// What it is about.
    pub name: Cow<'static, str>,
    /// What is recorded; nothing: "not recorded".
    pub value: Cell,
}

impl Fact {
    pub(super) fn new(name: impl Into<Cow<'static, str>>, value: Cell) -> Self {
        Self { name: name.into(), value }
    }

    /// A fact that is one text, if it is recorded.
    pub(super) fn text(name: &'static str, value: Option<&str>) -> Self {
        Self::new(name, value.map(Piece::text).into_iter().collect())
    }
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Table {
    /// Its heading.
    pub title: String,
    /// An anchor.
    pub id: &'static str,
    /// A sentence above it.
    pub lead: String,
    /// The heads of its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Rows,
    /// What is said instead of an empty table.
    pub empty: &'static str,
}

/// The rows of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Rows {
    /// Those of this page.
    pub here: Vec<Row>,
    /// How many are on the pages that follow.
    pub left: usize,
}

impl From<Vec<Row>> for Rows {
    fn from(here: Vec<Row>) -> Self {
        Self { here, left: 0 }
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        Vec::from_iter(rows).into()
    }
}

/// A row, with an anchor where something links to it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    /// The anchor.
    pub id: Option<String>,
    /// The cells.
    pub cells: Cells,
}

impl Row {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self { id: None, cells: cells.into() }
    }
}

/// A finding, in full.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    /// What leads to it.
    pub anchor: String,
    /// Its level, or that it is waived.
    pub level: Piece,
    /// The rule that found it.
    pub rule: Piece,
    /// What is wrong.
    pub message: Cell,
    /// What is to be known about it.
    pub notes: Vec<Cell>,
    /// What mends it.
    pub help: Cell,
    /// Who has accepted it, and until when.
    pub waived: Option<Cell>,
    /// Where it is recorded.
    pub place: Option<Piece>,
}

/// A record's page: what it comes to first, then its facts, then tables.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    /// What kind of record it is, in words.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The answer, in sentences.
    pub answer: Vec<Cell>,
    /// A picture of what the tables say.
    pub picture: Option<Picture>,
    /// Its life, as bars over time.
    pub timeline: Option<Timeline>,
    /// Its facts, in a fixed order.
    pub facts: Vec<Fact>,
    /// Notes, as HTML made by `markdown.rs`.
    pub notes: String,
    /// Tables.
    pub tables: Vec<Table>,
    /// What the rules found about it; none where they do not look.
    pub findings: Option<Vec<Told>>,
    /// The pages that the record takes, where it takes several.
    pub parts: Cell,
}

impl Record {
    /// The record in pages: the first with everything but the rows that it has no room for, the
    /// others with these.
    pub(super) fn in_parts(mut self, page: &str) -> Vec<Self> {
        let mut tables = parts::shared_out(std::mem::take(&mut self.tables)).into_iter();
        let count = tables.len();
        let (kind, name, id) = (self.kind, self.name.clone(), self.id.clone());
        self.tables = tables.next().unwrap_or_default();
        self.parts = parts::links(page, 1, count);
        let mut all = vec![self];
        for (number, tables) in (2..).zip(tables) {
            let first = Piece::link("first page", page);
            let answer =
                vec![vec![Piece::between("More rows of its tables. Its "), first, Piece::between(" says what it is.")]];
            let part = Self {
                kind,
                name: name.clone(),
                id: id.clone(),
                answer,
                picture: None,
                timeline: None,
                facts: Vec::new(),
                notes: String::new(),
                tables,
                findings: None,
                parts: parts::links(page, number, count),
            };
            all.push(part);
        }
        all
    }
}

/// A list's page.
#[derive(Debug, Default, Serialize)]
pub(super) struct List {
    /// Its heading.
    pub title: &'static str,
    /// What the list answers.
    pub lead: String,
    /// Links to lists that say more.
    pub more: Cell,
    /// A short table before the list.
    pub before: Option<Table>,
    /// The columns by whose values a reader may choose rows.
    pub facets: &'static [&'static str],
    /// Its tables.
    pub tables: Vec<Table>,
    /// The pages that the list takes, where it takes several.
    pub parts: Cell,
    /// The name of the script that has all of its rows, where it takes several.
    pub script: Option<String>,
}

impl List {
    /// The list in pages, as many rows on each as there is room for.
    pub(super) fn in_parts(mut self, page: &str) -> Vec<Self> {
        let mut tables = parts::shared_out(std::mem::take(&mut self.tables)).into_iter();
        let count = tables.len();
        let (title, facets) = (self.title, self.facets);
        self.tables = tables.next().unwrap_or_default();
        self.parts = parts::links(page, 1, count);
        let mut all = vec![self];
        for (number, tables) in (2..).zip(tables) {
            let lead = format!("Page {number} of {count}.");
            let parts = parts::links(page, number, count);
            all.push(Self { title, lead, facets, tables, parts, ..Self::default() });
        }
        all
    }
}
