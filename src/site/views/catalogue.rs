//! Data, people and purposes: who gets them, where, and under what.

use minijinja::Error;

use super::tables::{self, legs};
use crate::flow::{Outcome, PairId};
use crate::prose;
use crate::register::{DataId, Entry, PurposeId, SubjectsId};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, List, Piece, Record, Row, Table, few, joined};
use crate::site::render::Pages;
use crate::site::words;

/// One of the three kinds of entry.
struct Kind<'i> {
    noun: &'static str,
    list: &'static str,
    anchor: &'static str,
    title: &'static str,
    lead: &'static str,
    entries: &'i [Entry],
    link: fn(&Index<'_>, usize) -> Piece,
    pairs: fn(&Index<'_>, usize) -> Vec<PairId>,
}

/// The kinds of entry.
fn kinds<'a>(index: &Index<'a>) -> [Kind<'a>; 3] {
    [
        Kind {
            noun: "data category",
            list: "data.html",
            anchor: "data",
            title: "Data",
            lead: "Every category of data. The page of one says who gets it, where, and under what.",
            entries: &index.register.data,
            link: |index, at| links::to_data(index.register, DataId::at(at)),
            pairs: |index, at| index.pairs_of_data(DataId::at(at)),
        },
        Kind {
            noun: "group of people",
            list: "subjects.html",
            anchor: "subjects",
            title: "People",
            lead: "Every group of people whose data is collected. The page of one says who gets their data, where, and under what.",
            entries: &index.register.subjects,
            link: |index, at| links::to_subjects(index.register, SubjectsId::at(at)),
            pairs: |index, at| index.pairs_of_subjects(SubjectsId::at(at)),
        },
        Kind {
            noun: "purpose",
            list: "purposes.html",
            anchor: "purposes",
            title: "Purposes",
            lead: "Everything that data is passed on for.",
            entries: &index.register.purposes,
            link: |index, at| links::to_purpose(index.register, PurposeId::at(at)),
            pairs: |index, at| index.pairs_of_purpose(PurposeId::at(at)),
        },
    ]
}

/// Every entry of each kind.
pub(super) fn tables(index: &Index<'_>) -> [Table; 3] {
    kinds(index).map(|kind| table(index, &kind))
}

fn table(index: &Index<'_>, kind: &Kind<'_>) -> Table {
    Table {
        title: kind.title.to_owned(),
        id: kind.anchor,
        lead: String::new(),
        columns: vec!["Name", "Id", "Part of", "Legs", "Of them restricted"],
        rows: (0..kind.entries.len()).map(|at| row(index, kind, at)).collect(),
        empty: "None is recorded.",
    }
}

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    for kind in kinds(index) {
        pages.list(kind.list, kind.list, || {
            let tables = vec![table(index, &kind)];
            List { title: kind.title, lead: kind.lead.to_owned(), tables, ..List::default() }
        })?;
        for (at, entry) in kind.entries.iter().enumerate() {
            let name = (kind.link)(index, at).href.unwrap_or_default();
            pages.record(&name, (&entry.name, kind.list), || record(index, &kind, at, entry))?;
        }
    }
    Ok(())
}

fn row(index: &Index<'_>, kind: &Kind<'_>, at: usize) -> Row {
    let pairs = (kind.pairs)(index, at);
    Row::new(vec![
        vec![(kind.link)(index, at)],
        vec![Piece::code(index.register.name(kind.entries[at].id))],
        wider(index, kind, at),
        vec![Piece::text(pairs.len().to_string())],
        vec![Piece::text(restricted(index, &pairs).to_string())],
    ])
}

fn wider(index: &Index<'_>, kind: &Kind<'_>, at: usize) -> Cell {
    joined(kind.entries[at].part_of.iter().map(|wider| (kind.link)(index, *wider as usize)))
}

fn restricted(index: &Index<'_>, pairs: &[PairId]) -> usize {
    pairs.iter().filter(|pair| index.worst(&[**pair]) > Some(Outcome::Unrestricted)).count()
}

fn record(index: &Index<'_>, kind: &Kind<'_>, at: usize, entry: &Entry) -> Record {
    let (register, facts) = (index.register, &entry.facts);
    let pairs = (kind.pairs)(index, at);
    let abroad = restricted(index, &pairs);
    let answer = format!(
        "Passed on by {}; {} of them leave the territory of a law that is attached to the data.",
        prose::count(pairs.len(), "leg"),
        abroad
    );
    let parts = entry.parts.iter().map(|part| *part as usize).filter(|part| *part != at);
    let mut shown = vec![
        Fact::new("Part of", wider(index, kind, at)),
        Fact::new("Parts", joined(parts.map(|part| (kind.link)(index, part)))),
    ];
    match kind.list {
        "data.html" => shown.extend([
            Fact::new("About people", tables::yes_no(facts.personal != Some(false))),
            Fact::new("Special category", tables::yes_no(facts.special == Some(true))),
            Fact::new("About convictions", tables::yes_no(facts.criminal == Some(true))),
            Fact::new("In DPV", joined(facts.dpv.iter().map(|name| Piece::code(&**name)))),
            Fact::new("In Fideslang", joined(facts.fideslang.iter().map(|name| Piece::code(&**name)))),
        ]),
        "subjects.html" => shown.extend([
            Fact::new("In their employment", tables::yes_no(facts.hr == Some(true))),
            Fact::new("Children", tables::yes_no(facts.children == Some(true))),
        ]),
        _ => shown.push(Fact::text("Legal basis", facts.legal_basis.as_deref())),
    }
    shown.extend(tables::governance(index, &entry.common));
    shown.push(index.source(entry.at));
    let who = legs(
        index,
        "Who gets it",
        "legs",
        "Every leg that carries it on this day; what needs attention first, what leaves no territory last.".to_owned(),
        &pairs,
        "Nobody gets it.",
    );
    let mut lists = if kind.list == "data.html" { vec![holders(index, DataId::at(at)), who] } else { vec![who] };
    if kind.list != "purposes.html" {
        lists.push(collected(index, kind, at));
    }
    let page = (kind.link)(index, at).href.unwrap_or_default();
    Record {
        kind: kind.noun,
        name: entry.name.to_string(),
        id: register.name(entry.id).to_owned(),
        answer: vec![vec![Piece::text(answer)]],
        facts: shown,
        picture: None,
        timeline: None,
        parts: Vec::new(),
        notes: tables::notes(&entry.common),
        findings: Some(tables::findings(index, &page)),
        tables: lists,
    }
}

/// The most parties of a way that are named in a cell; of a longer one the ends.
const MAX_WAY: usize = 8;

/// Who has the category now, by which way, and whom to tell.
fn holders(index: &Index<'_>, data: DataId) -> Table {
    let register = index.register;
    let trace = index.assessment.trace(data);
    let rows = trace.holders.iter().map(|holder| {
        let party = &register[holder.party];
        let beyond = holder.depth + 1 - holder.path.len();
        let mut way = words::way(register, &holder.path, MAX_WAY, |more| format!("{} more", more + beyond));
        if holder.collects {
            way.push(Piece::small(" collects it"));
        }
        let verdicts = holder.by.iter().filter_map(|leg| trace.verdicts.get(leg)).flatten();
        let mut under: Cell = Vec::new();
        for verdict in verdicts {
            if !under.is_empty() {
                under.push(Piece::between("; "));
            }
            under.extend(words::verdict(index.assessment, verdict));
        }
        let held = few(holder.data.iter().map(|id| links::to_data(register, *id)));
        Row::new(vec![
            vec![links::to_party(register, holder.party)],
            index.place(party.jurisdiction),
            if held.is_empty() { vec![Piece::small("erased there")] } else { held },
            way,
            under,
            tables::owner(register, &party.common),
            party.contact.contact.iter().map(|contact| Piece::text(&**contact)).collect(),
        ])
    });
    Table {
        title: "Who holds it".to_owned(),
        id: "holders",
        lead: "Everyone to whom a request about it goes on, and everyone who has to be told of a leak.".to_owned(),
        columns: vec!["Party", "Place", "Holds", "The shortest way", "Under what it came", "Owner", "Contact"],
        rows: rows.collect(),
        empty: "Nobody holds it on this day.",
    }
}

fn collected(index: &Index<'_>, kind: &Kind<'_>, at: usize) -> Table {
    let register = index.register;
    let own = register.collections.iter().filter(|collection| match kind.list {
        "data.html" => collection.data.iter().any(|data| register[*data].parts.iter().any(|part| *part as usize == at)),
        _ => collection.subjects.iter().any(|group| register[*group].parts.iter().any(|part| *part as usize == at)),
    });
    let rows = own.map(|collection| {
        Row::new(vec![
            vec![Piece::code(register.name(collection.id))],
            few(collection.by.iter().map(|party| links::to_party(register, *party))),
            few(collection.data.iter().map(|data| links::to_data(register, *data))),
            few(collection.subjects.iter().map(|group| links::to_subjects(register, *group))),
            few(collection.purposes.iter().map(|purpose| links::to_purpose(register, *purpose))),
            index.source(collection.at).value,
        ])
    });
    Table {
        title: "Where it enters".to_owned(),
        id: "collections",
        lead: String::new(),
        columns: vec!["Collection", "By", "Data", "About", "For", "Recorded in"],
        rows: rows.collect(),
        empty: "No collection names it.",
    }
}
