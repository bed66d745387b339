//! The cells of a table's rows, as templates have them.
//!
//! Most of a site is tables, and their cells are made of few kinds of piece. So the templates are asked once what each
//! kind looks like, with a mark in the place of its text and of where it leads, and rows are filled into that. The
//! markup stays the templates' own; only what stands between the marks comes from here, escaped by the template
//! engine's own escaper.

use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use minijinja::{Environment, Error, ErrorKind, HtmlEscape, Value, context};
use serde::{Serialize, Serializer};

use super::page::{Cell, Piece};

/// Every look of a piece.
pub(super) const LOOKS: [&str; 11] =
    ["text", "between", "good", "bad", "quiet", "code", "small", "fair", "day", "line", "outside"];
/// What marks the place of the text, and of the address.
const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// The cells of a row: a template fills them in at once, or goes through them.
#[derive(Clone, Debug)]
pub(super) struct Cells(Arc<[Cell]>);

impl Cells {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.0.iter()
    }
}

impl From<Vec<Cell>> for Cells {
    fn from(cells: Vec<Cell>) -> Self {
        Self(cells.into())
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Value::from_object(self.clone()).serialize(to)
    }
}

impl Object for Cells {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).map(|cell| Value::from(Serde(cell)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

/// What pieces look like.
#[derive(Debug)]
pub(super) struct Forms(Vec<[Vec<Part>; 2]>);

/// A part of the markup of a piece.
#[derive(Debug)]
enum Part {
    Markup(String),
    Text,
    Address,
}

impl Forms {
    /// Asks the templates for the markup of every kind of piece, without and with an address.
    pub(super) fn learn(environment: &Environment<'_>) -> Result<Self, Error> {
        let form = |look: &'static str, href: Option<String>| {
            let piece = Piece { look, text: MARKS[0].to_string(), href };
            let said = context! { row => Value::from(Serde(&[[piece]])) };
            environment.render_str("{% from \"parts\" import cells %}{{ cells(row) }}", said).map(|html| parts(&html))
        };
        let forms = LOOKS.iter().map(|look| Ok([form(look, None)?, form(look, Some(MARKS[1].to_string()))?]));
        forms.collect::<Result<_, Error>>().map(Self)
    }

    /// The markup of cells, each between two texts.
    pub(super) fn filled(&self, cells: &Value, before: &str, after: &str) -> Result<Value, Error> {
        let cells = cells.downcast_object_ref::<Cells>();
        let cells =
            cells.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "`filled` takes the cells of a row"))?;
        let mut html = String::new();
        for cell in cells.iter() {
            html.push_str(before);
            for piece in cell {
                self.put(piece, &mut html)?;
            }
            html.push_str(after);
        }
        Ok(Value::from_safe_string(html))
    }

    fn put(&self, piece: &Piece, html: &mut String) -> Result<(), Error> {
        let at = LOOKS.iter().position(|look| *look == piece.look);
        let at = at.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "a piece has a look that none has"))?;
        // To a template, an address of no letters is none.
        let leads = piece.href.as_ref().is_some_and(|href| !href.is_empty());
        for part in &self.0[at][usize::from(leads)] {
            // Writing into memory cannot fail.
            let _ = match part {
                Part::Markup(markup) => html.write_str(markup),
                Part::Text => write!(html, "{}", HtmlEscape(&piece.text)),
                Part::Address => write!(html, "{}", HtmlEscape(piece.href.as_deref().unwrap_or_default())),
            };
        }
        Ok(())
    }
}

/// Markup in parts, at its marks.
fn parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in html.split_inclusive(MARKS) {
        let markup = piece.trim_end_matches(MARKS);
        if !markup.is_empty() {
            parts.push(Part::Markup(markup.to_owned()));
        }
        match piece.chars().next_back() {
            Some(mark) if mark == MARKS[0] => parts.push(Part::Text),
            Some(mark) if mark == MARKS[1] => parts.push(Part::Address),
            _ => {}
        }
    }
    parts
}
