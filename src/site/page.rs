//! What pages are made of: pieces of text, facts, tables. Templates turn these into HTML; nothing
//! here knows a tag.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::picture::Picture;
use super::picture::timeline::Timeline;

/// A stretch of text: plain, a link, a code, or a status in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Piece {
    /// What is read. Escaped by the template; whoever wrote it.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// `text`, `code`, `day`, `small`, or a status: `good`, `fair`, `bad`, `quiet`.
    pub look: &'static str,
}

impl Piece {
    /// Plain text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, look: "text" }
    }

    /// Text that leads somewhere.
    pub(super) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()), look: "text" }
    }

    /// An id or a word of a file.
    pub(super) fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, look: "code" }
    }

    /// A remark beside something.
    pub(super) fn small(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None, look: "small" }
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

/// A cell of a table or the value of a fact: pieces side by side.
pub(super) type Cell = Vec<Piece>;

/// The pieces of several cells, with commas between.
pub(super) fn joined(cells: impl IntoIterator<Item = Piece>) -> Cell {
    let mut all = Vec::new();
    for piece in cells {
        if !all.is_empty() {
            all.push(Piece::text(", "));
        }
        all.push(piece);
    }
    all
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
    pub rows: Vec<Row>,
    /// What is said instead of an empty table.
    pub empty: &'static str,
}

/// A row, with an anchor where something links to it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    /// The anchor.
    pub id: Option<String>,
    /// The cells.
    pub cells: Vec<Cell>,
}

impl Row {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self { id: None, cells }
    }
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
    /// The pages that the record takes, where it takes several.
    pub parts: Cell,
}

/// The most rows of a table of a record on one page.
const MAX_ROWS: usize = 50;

impl Record {
    /// The record in pages: the first with everything but the rows that it has no room for, the
    /// others with these. A table whose rows are led to stays whole.
    pub(super) fn in_parts(mut self, name: &str) -> Vec<(String, Self)> {
        let is_long = |table: &Table| table.rows.len() > MAX_ROWS && table.rows.iter().all(|row| row.id.is_none());
        let pages = |table: &Table| if is_long(table) { table.rows.len().div_ceil(MAX_ROWS) } else { 1 };
        let count = self.tables.iter().map(pages).max().unwrap_or(1);
        let stem = name.strip_suffix(".html").unwrap_or(name);
        let page = |number: usize| if number == 1 { name.to_owned() } else { format!("{stem}.{number}.html") };
        let mut more: Vec<Vec<Table>> = (1..count).map(|_| Vec::new()).collect();
        for table in self.tables.iter_mut().filter(|table| is_long(table)) {
            let rest = table.rows.split_off(MAX_ROWS);
            let whole = MAX_ROWS + rest.len();
            let gap = if table.lead.is_empty() { "" } else { " " };
            let _ = write!(table.lead, "{gap}The first {MAX_ROWS} of {whole}; the next page goes on.");
            let mut rest = rest.into_iter();
            for tables in &mut more {
                let rows: Vec<Row> = rest.by_ref().take(MAX_ROWS).collect();
                if !rows.is_empty() {
                    tables.push(Table {
                        rows,
                        lead: String::new(),
                        columns: table.columns.clone(),
                        title: table.title.clone(),
                        ..*table
                    });
                }
            }
        }
        let numbers = |here: usize| -> Cell {
            if count == 1 {
                return Vec::new();
            }
            joined((1..=count).map(|number| {
                let text = number.to_string();
                if number == here { Piece::text(format!("page {text}")) } else { Piece::link(text, page(number)) }
            }))
        };
        let (kind, name, id) = (self.kind, self.name.clone(), self.id.clone());
        self.parts = numbers(1);
        let mut all = vec![(page(1), self)];
        for (number, tables) in (2..).zip(more) {
            let first = Piece::link("first page", page(1));
            let answer =
                vec![vec![Piece::text("More rows of its tables. Its "), first, Piece::text(" says what it is.")]];
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
                parts: numbers(number),
            };
            all.push((page(number), part));
        }
        all
    }
}

/// A list's page.
#[derive(Debug, Serialize)]
pub(super) struct List {
    /// Its heading.
    pub title: &'static str,
    /// What the list answers.
    pub lead: String,
    /// Links to lists that say more.
    pub more: Cell,
    /// The columns by whose values a reader may choose rows.
    pub facets: &'static [&'static str],
    /// Its tables.
    pub tables: Vec<Table>,
}
