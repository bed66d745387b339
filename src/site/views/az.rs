//! A to Z: everything that has a page, by name; the same as data for the search.

use minijinja::Error;

use super::parties;
use crate::register::{DataId, PurposeId, SafeguardId, SubjectsId, TransferId};
use crate::rules;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{List, Piece, Row, Table};
use crate::site::render::Pages;

/// Something that has a page.
struct Entry {
    name: String,
    kind: &'static str,
    id: String,
    href: String,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.list("az.html", "az.html", || list(index))
}

fn list(index: &Index<'_>) -> List {
    let rows = entries(index).into_iter().map(|entry| {
        let id = if entry.id == entry.name { Vec::new() } else { vec![Piece::code(entry.id)] };
        Row::new(vec![vec![Piece::link(entry.name, entry.href)], vec![Piece::text(entry.kind)], id])
    });
    let table = Table {
        title: "A to Z".to_owned(),
        id: "everything",
        lead: String::new(),
        columns: vec!["Name", "Kind", "Id"],
        rows: rows.collect(),
        empty: "Nothing is recorded.",
    };
    let lead = "Every record, place, law and rule that has a page here, by name.".to_owned();
    List { title: "A to Z", lead, facets: &["Kind"], tables: vec![table], ..List::default() }
}

/// The data of the search: a script that a page loads when somebody looks for something.
pub(in crate::site) fn script(index: &Index<'_>) -> String {
    let rows: Vec<[String; 4]> = entries(index)
        .into_iter()
        .map(|entry| {
            let id = if entry.id == entry.name { String::new() } else { entry.id };
            [entry.name, entry.kind.to_owned(), id, entry.href]
        })
        .collect();
    // Serializing texts into memory cannot fail.
    format!("window.onwardEntries = {};\n", serde_json::to_string(&rows).unwrap_or_default())
}

fn entries(index: &Index<'_>) -> Vec<Entry> {
    let mut entries = records(index);
    entries.extend(law(index));
    entries.sort_by_cached_key(|entry| (entry.name.to_lowercase(), entry.kind, entry.id.clone()));
    entries
}

fn records(index: &Index<'_>) -> Vec<Entry> {
    let register = index.register;
    let id = |sym| register.name(sym).to_owned();
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |name: &str, kind, id: String, href| entries.push(Entry { name: name.to_owned(), kind, id, href });
    for party in &register.parties {
        add(&party.name, parties::kind(party.kind), id(party.id), links::party(register, party.number));
    }
    for (at, entry) in register.data.iter().enumerate() {
        add(&entry.name, "data", id(entry.id), links::data(register, DataId::at(at)));
    }
    for (at, entry) in register.subjects.iter().enumerate() {
        add(&entry.name, "people", id(entry.id), links::subjects(register, SubjectsId::at(at)));
    }
    for (at, entry) in register.purposes.iter().enumerate() {
        add(&entry.name, "purpose", id(entry.id), links::purpose(register, PurposeId::at(at)));
    }
    for (at, transfer) in register.transfers.iter().enumerate() {
        add(
            register.name(transfer.id),
            "transfer",
            register.name(transfer.id).to_owned(),
            links::transfer(register, TransferId::at(at)),
        );
    }
    for (at, safeguard) in register.safeguards.iter().enumerate() {
        let id = id(safeguard.id);
        add(&id.clone(), "safeguard", id, links::safeguard(register, SafeguardId::at(at)));
    }
    entries
}

fn law(index: &Index<'_>) -> Vec<Entry> {
    let law = index.assessment.flow.law.law;
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |name: &str, kind, id: &str, href| {
        entries.push(Entry { name: name.to_owned(), kind, id: id.to_owned(), href });
    };
    for code in index.places() {
        add(law.codes.name(code), "place", code.as_str(), links::place(code));
    }
    for regime in &law.regimes {
        add(&regime.name, "law", &regime.id, links::regime(regime));
    }
    for decision in &law.decisions {
        add(&decision.id, "decision", &decision.id, links::decision(decision));
    }
    for instrument in &law.instruments {
        add(&instrument.name, "instrument", &instrument.id, links::instrument(instrument));
    }
    for card in rules::cards() {
        add(&card.title(), "rule", card.rule, links::rule(card.rule));
    }
    entries
}
