//! The whole register as one page: for print, and for whoever looks with a browser's own search.

use minijinja::Error;
use serde::Serialize;

use super::{about, calendar, catalogue, findings, parties, places, safeguards, transfers};
use crate::site::index::Index;
use crate::site::page::Table;
use crate::site::render::Pages;

#[derive(Serialize)]
struct Whole {
    tables: Vec<Table>,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.add("whole", "whole.html", ("The whole register", "about.html"), || Whole { tables: tables(index) })
}

fn tables(index: &Index<'_>) -> Vec<Table> {
    let mut tables = vec![parties::table(index), transfers::table(index), safeguards::table(index)];
    tables.extend(catalogue::tables(index));
    tables.extend([places::table(index), about::notice(index), findings::waivers(index)]);
    tables.extend(calendar::tables(index));
    tables
}
