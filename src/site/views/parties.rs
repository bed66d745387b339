//! Parties: what each may have, from whom, under what, and whom it passes it on to.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Error;

use super::findings;
use super::tables::{self, legs};
use crate::flow::{PairId, Standing};
use crate::prose;
use crate::register::{Party, PartyKind, Role};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, List, Piece, Record, Row, Table, at_most, joined};
use crate::site::picture;
use crate::site::render::Pages;
use crate::site::words;

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let lead = "Everyone who sends or receives data. The page of a party says what it may have and under what.";
    pages.list("parties.html", "parties.html", || List {
        title: "Parties",
        lead: lead.to_owned(),
        facets: &["Kind", "Role", "Place", "Owner", "Worst verdict on what it receives"],
        tables: vec![table(index)],
        ..List::default()
    })?;
    for party in &index.register.parties {
        let name = links::party(index.register, party.number);
        pages.record(&name, (&party.name, "parties.html"), || record(index, party))?;
    }
    Ok(())
}

/// Every party.
pub(super) fn table(index: &Index<'_>) -> Table {
    let rows = index.register.parties.iter().map(|party| row(index, party)).collect();
    Table {
        title: "Parties".to_owned(),
        id: "parties",
        lead: String::new(),
        columns: vec![
            "Name",
            "Kind",
            "Role",
            "Place",
            "Receives",
            "Sends",
            "Owner",
            "Worst verdict on what it receives",
        ],
        rows,
        empty: "No party is recorded.",
    }
}

fn row(index: &Index<'_>, party: &Party) -> Row {
    let (received, sent) = (index.received(party.number), index.sent(party.number));
    let worst = index.worst(received).map_or_else(Vec::new, |worst| vec![words::outcome(worst)]);
    Row::new(vec![
        vec![links::to_party(index.register, party.number)],
        vec![Piece::text(kind(party.kind))],
        vec![Piece::text(role(party.role))],
        index.place(party.jurisdiction),
        vec![Piece::text(received.len().to_string())],
        vec![Piece::text(sent.len().to_string())],
        tables::owner(index.register, &party.common),
        worst,
    ])
}

pub(super) fn kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Affiliate => "affiliate",
        PartyKind::ServiceProvider => "service provider",
        PartyKind::Reseller => "reseller",
        PartyKind::ThirdParty => "third party",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Controller => "controller",
        Role::Processor => "processor",
        Role::JointController => "joint controller",
    }
}

fn record(index: &Index<'_>, party: &Party) -> Record {
    let register = index.register;
    let id = register.name(party.id);
    let (received, sent) = (index.received(party.number), index.sent(party.number));
    let transfer = |leg: PairId| index.assessment.flow.pair(leg).transfer;
    let by_transfer = received.chunk_by(|one, other| transfer(*one) == transfer(*other));
    let on_transfers: Vec<_> = by_transfer.flat_map(|legs| index.told_of_legs(transfer(legs[0]), legs)).collect();
    Record {
        kind: kind(party.kind),
        name: party.name.to_string(),
        id: id.to_owned(),
        answer: answer(index, party),
        facts: facts(index, party),
        picture: picture::neighbourhood(index, party.number),
        timeline: None,
        parts: Vec::new(),
        notes: tables::notes(&party.common),
        findings: Some(tables::findings(index, &links::party(register, party.number))),
        tables: vec![
            legs(
                index,
                "What it receives",
                "receives",
                String::new(),
                received,
                "It receives nothing that is recorded.",
            ),
            legs(index, "What it passes on", "sends", String::new(), sent, "It passes nothing on."),
            holds(index, party),
            collects(index, party),
            bound(index, party),
            findings::table(
                index,
                "Findings on what it receives",
                &on_transfers,
                "No rule has found anything on a transfer to it.",
            ),
        ],
    }
}

/// The most categories that are named in the answer.
const MAX_NAMED: usize = 64;
/// The most combinations of a category and a group that a party is told to hold.
const MAX_HELD: usize = 1_000;

/// What it may have, in sentences.
fn answer(index: &Index<'_>, party: &Party) -> Vec<Cell> {
    let flow = &index.assessment.flow;
    let held: BTreeSet<_> = flow.held_by(party.number).map(|cell| cell.data).collect();
    let mut holds = vec![Piece::text(format!("{} ", party.name))];
    if held.is_empty() {
        holds.push(Piece::text("holds no personal data that the register knows of."));
    } else {
        holds.push(Piece::between("holds "));
        holds.extend(at_most(MAX_NAMED, held.iter().map(|data| links::to_data(index.register, *data))));
        holds.push(Piece::between("."));
    }
    let senders: BTreeSet<_> = index.received(party.number).iter().map(|pair| flow.pair(*pair).from).collect();
    let recipients: BTreeSet<_> = index.sent(party.number).iter().map(|pair| flow.pair(*pair).to).collect();
    let passes = if recipients.is_empty() {
        "passes nothing on".to_owned()
    } else {
        format!("passes data on to {}", prose::count(recipients.len(), "party"))
    };
    let from = format!("It receives data from {} and {passes}.", prose::count(senders.len(), "party"));
    vec![holds, vec![Piece::text(from)]]
}

fn facts(index: &Index<'_>, party: &Party) -> Vec<Fact> {
    let register = index.register;
    let contact = &party.contact;
    let places = |codes: &[crate::law::Code]| {
        let mut cell = Vec::new();
        for code in codes {
            if !cell.is_empty() {
                cell.push(Piece::between(", "));
            }
            cell.extend(index.place(*code));
        }
        cell
    };
    let address = |url: &Option<Box<str>>| url.iter().map(|url| Piece::link(&**url, &**url)).collect();
    let mut facts = vec![
        Fact::new("Established in", index.place(party.jurisdiction)),
        Fact::new("Keeps data in", places(&party.stored_in)),
        Fact::new("Reaches data from", places(&party.accessed_from)),
        Fact::new("Role", vec![Piece::text(role(party.role))]),
        Fact::new("Sector", vec![Piece::text(register.name(party.sector))]),
        Fact::new("Group", party.group.map(|group| Piece::code(register.name(group))).into_iter().collect()),
        Fact::new("Services", joined(contact.services.iter().map(|service| Piece::text(&**service)))),
        Fact::new("Website", address(&contact.website)),
        Fact::text("Contact", contact.contact.as_deref()),
        Fact::new("Its privacy policy", address(&contact.privacy_policy)),
    ];
    facts.extend(tables::governance(index, &party.common));
    facts.push(index.source(party.at));
    facts
}

/// What it holds, and how the laws attached to it stand there.
fn holds(index: &Index<'_>, party: &Party) -> Table {
    let (flow, register) = (&index.assessment.flow, index.register);
    let mut laws: BTreeMap<_, Cell> = flow.held_by(party.number).map(|cell| (cell, Vec::new())).collect();
    for (at, on) in flow.law.regimes().iter().enumerate() {
        for standing in Standing::ALL {
            for held in flow.standing_at(party.number, at, standing) {
                let cell = laws.entry(held).or_default();
                if !cell.is_empty() {
                    cell.push(Piece::between(", "));
                }
                cell.push(links::to_version(on));
                cell.push(Piece::small(format!(" {}", words::standing(standing))));
            }
        }
    }
    let more = laws.len().saturating_sub(MAX_HELD);
    let mut rows = Vec::new();
    for (cell, laws) in laws.into_iter().take(MAX_HELD) {
        let subjects =
            cell.subjects.map_or_else(|| Piece::small("not named"), |group| links::to_subjects(register, group));
        rows.push(Row::new(vec![vec![links::to_data(register, cell.data)], vec![subjects], laws]));
    }
    let lead = "Every category about every group that the register says has come here, and which law is attached to it and how.";
    let lead = if more > 0 { format!("{lead} The first {MAX_HELD}; there are {more} more.") } else { lead.to_owned() };
    Table {
        title: "What it holds".to_owned(),
        id: "holds",
        lead,
        columns: vec!["Data", "About", "Law"],
        rows: rows.into(),
        empty: "It holds no personal data that the register knows of.",
    }
}

fn collects(index: &Index<'_>, party: &Party) -> Table {
    let register = index.register;
    let rows = index.collections(party.number).map(|collection| {
        Row::new(vec![
            vec![Piece::code(register.name(collection.id))],
            joined(collection.data.iter().map(|data| links::to_data(register, *data))),
            joined(collection.subjects.iter().map(|group| links::to_subjects(register, *group))),
            joined(collection.purposes.iter().map(|purpose| links::to_purpose(register, *purpose))),
            collection.source.map(|source| Piece::text(source.as_str())).into_iter().collect(),
            collection.retention.iter().map(|retention| Piece::text(&**retention)).collect(),
            index.source(collection.at).value,
        ])
    });
    Table {
        title: "What it collects".to_owned(),
        id: "collects",
        lead: String::new(),
        columns: vec!["Collection", "Data", "About", "For", "How", "Kept", "Recorded in"],
        rows: rows.collect(),
        empty: "It collects nothing itself.",
    }
}

fn bound(index: &Index<'_>, party: &Party) -> Table {
    let register = index.register;
    let rows = index.binding(party.number).iter().map(|id| {
        let safeguard = &register[*id];
        Row::new(vec![
            vec![links::to_safeguard(register, *id)],
            super::safeguards::instruments(index, safeguard),
            tables::day(safeguard.dates.signed),
            tables::day(safeguard.dates.last_day()),
        ])
    });
    Table {
        title: "What binds it".to_owned(),
        id: "bound",
        lead: String::new(),
        columns: vec!["Safeguard", "Instrument", "Signed", "Last day"],
        rows: rows.collect(),
        empty: "No safeguard binds it.",
    }
}
