//! What changed in the law, newest first.

use minijinja::Error;

use super::UNDER;
use crate::law::{About, Change, Law};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, List, Piece, Row, Table, message};
use crate::site::render::Pages;

pub(super) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.list("law-changes.html", UNDER, || list(index))
}

fn list(index: &Index<'_>) -> List {
    let law = index.assessment.flow.law.law;
    let day = index.assessment.day();
    let changes = law.changes();
    let (mut past, mut to_come) = (Vec::new(), Vec::new());
    for change in changes.iter().filter(|change| !matches!(change.about, About::Area(..))) {
        let row = row(law, change);
        if change.day > day { to_come.push(row) } else { past.push(row) }
    }
    past.reverse();
    let table = |title: &str, id, rows: Vec<Row>, empty| Table {
        title: title.to_owned(),
        id,
        lead: String::new(),
        columns: vec!["Day", "What changed", "Page"],
        rows: rows.into(),
        empty,
    };
    let tables = vec![
        table("After this day", "to-come", to_come, "The law book knows of no change after this day."),
        table("Up to this day", "past", past, "The law book knows of no change up to this day."),
    ];
    List {
        title: "What changed, and when",
        lead: "Every change of the law that the law book knows: the day is the first on which it is so.".to_owned(),
        more: vec![Piece::link("The law on this day", "law.html")],
        facets: &["Law", "Kind", "In the book"],
        tables,
        ..List::default()
    }
}

fn row(law: &Law, change: &Change<'_>) -> Row {
    Row::new(vec![
        vec![Piece { text: change.day.to_string(), href: None, look: "day" }],
        message(&change.what),
        page_of(law, change.about),
    ])
}

/// The page of what a change is about.
fn page_of(law: &Law, about: About) -> Cell {
    match about {
        About::Regime(id) => vec![Piece::link(&*law[id].id, links::regime(&law[id]))],
        About::Decision(id) => vec![links::to_decision(&law[id])],
        About::Instrument(id, _) => vec![links::to_instrument(&law[id])],
        About::Area(at, _) => vec![Piece::code(&*law.areas[at].id)],
    }
}

/// The changes that concern one thing, in order of time, those up to a day marked as such.
pub(super) fn timeline(index: &Index<'_>, changes: &[&Change<'_>]) -> Table {
    let day = index.assessment.day();
    let mut rows: Vec<Row> = Vec::with_capacity(changes.len() + 1);
    let mut is_said = false;
    let mut now = |rows: &mut Vec<Row>| {
        if !std::mem::replace(&mut is_said, true) {
            let cell = vec![Piece { text: day.to_string(), href: None, look: "day" }];
            rows.push(Row::new(vec![cell, vec![Piece::status("the day of this site", "quiet")], Vec::new()]));
        }
    };
    for change in changes {
        if change.day > day {
            now(&mut rows);
        }
        let cell = vec![Piece { text: change.day.to_string(), href: None, look: "day" }];
        rows.push(Row::new(vec![cell, message(&change.what), vec![Piece::small(change.citation)]]));
    }
    now(&mut rows);
    Table {
        title: "History".to_owned(),
        id: "history",
        lead: "The day is the first on which it is so.".to_owned(),
        columns: vec!["Day", "What changed", "Source"],
        rows: rows.into(),
        empty: "Nothing about it has changed.",
    }
}
