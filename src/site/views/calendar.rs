//! The calendar: what is overdue, what ends or is due next.

use minijinja::Error;

use super::tables;
use crate::report::calendar::{Due, due};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{List, Piece, Row, Rows, Table, message};
use crate::site::render::Pages;

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let lead = "What ends, begins or is to be looked at again, by day. A decision is told where a verdict rests on it and its end was fixed from the first.";
    pages.list("calendar.html", "calendar.html", || {
        let more = vec![Piece::link("The same as a calendar file", "calendar.ics")];
        let tables = tables(index).into();
        List { title: "Calendar", lead: lead.to_owned(), more, facets: &["Owner"], tables, ..List::default() }
    })
}

/// What is overdue, what comes within the horizon, and what comes later.
pub(super) fn tables(index: &Index<'_>) -> [Table; 3] {
    let today = index.run.as_of;
    let horizon = index.register.settings.horizon.after(today);
    let all = due(index.assessment);
    let of = |is_wanted: &dyn Fn(&Due) -> bool| -> Rows {
        all.iter().filter(|due| is_wanted(due)).map(|due| row(index, due)).collect()
    };
    let table = |title: String, id, rows, empty| Table {
        title,
        id,
        lead: String::new(),
        columns: vec!["Day", "What", "Record", "Owner"],
        rows,
        empty,
    };
    let is_next = |due: &Due| (today..=horizon).contains(&due.day);
    [
        table("Overdue".to_owned(), "overdue", of(&|due| due.day < today), "Nothing is overdue."),
        table(format!("Up to {horizon}"), "next", of(&is_next), "Nothing ends or is due within the horizon."),
        table("Later".to_owned(), "later", of(&|due| due.day > horizon), "Nothing later has a day."),
    ]
}

fn row(index: &Index<'_>, due: &Due) -> Row {
    let record = match links::record(index.register, due.kind, &due.id) {
        Some(href) => vec![Piece::text(format!("{} ", due.kind.replace('-', " "))), Piece::code(&*due.id).to(href)],
        None => vec![Piece::text(format!("{} ", due.kind.replace('-', " "))), Piece::code(&*due.id)],
    };
    let owner = due.owner.iter().map(|owner| Piece::text(owner.as_str())).collect();
    Row::new(vec![tables::day(Some(due.day)), message(&due.what), record, owner])
}
