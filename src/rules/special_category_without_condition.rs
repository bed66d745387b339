//! # Special data for a purpose without a legal basis
//!
//! ## Why
//!
//! Data about health, belief, origin and the like, and about crimes, may be processed only under a
//! condition that the law lists. Nobody recorded on what basis this purpose rests, so nobody can say
//! which condition it meets. onward cannot judge a free text: it tells only that there is none.
//!
//! Data counts as special or criminal where its own record or a wider one says so; a purpose has the
//! `legal-basis` of what it is part of, unless it has its own. The rule asks only where a law of the
//! book is attached to the data.
//!
//! ## Example
//!
//! ```toml
//! [[data]]
//! id = "allergies"
//! name = "Allergies"
//! special = true
//!
//! [[collection]]
//! id = "canteen-forms"
//! by = "acme"
//! data = ["allergies"]
//! subjects = ["customers"]
//! purposes = ["support"]
//! subjects-in = ["DE"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[data]]
//! id = "allergies"
//! name = "Allergies"
//! special = true
//!
//! [[purpose]]
//! id = "catering"
//! name = "Catering"
//! legal-basis = "Consent, explicit (GDPR Art. 6(1)(a), 9(2)(a))"
//!
//! [[collection]]
//! id = "canteen-forms"
//! by = "acme"
//! data = ["allergies"]
//! subjects = ["customers"]
//! purposes = ["catering"]
//! subjects-in = ["DE"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 9(2) and 10; before 2018-05-25 Directive 95/46/EC Art. 8.

use std::collections::{BTreeMap, BTreeSet};

use super::{Rule, words};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::record::At;
use crate::register::{DataId, PartyId, PurposeId, Register, SubjectsId};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "special-category-without-condition",
        level: Level::Warn,
        integrity: false,
        source: include_str!("special_category_without_condition.rs"),
    },
    check,
};

/// A record by which data is collected or passed on.
struct Processing<'r> {
    at: At,
    id: &'r str,
    parties: &'r [PartyId],
    data: &'r [DataId],
    subjects: &'r [SubjectsId],
    purposes: &'r [PurposeId],
}

/// What is done for a purpose that has no legal basis.
#[derive(Default)]
struct Done<'r> {
    data: BTreeSet<DataId>,
    records: Vec<(At, &'r str)>,
}

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let is_special = |data: DataId| {
        let facts = &register[data].facts;
        facts.special == Some(true) || facts.criminal == Some(true)
    };
    let mut done: BTreeMap<PurposeId, Done<'_>> = BTreeMap::new();
    for record in records(register, assessment) {
        let bare = without_basis(register, record.purposes);
        if bare.is_empty() {
            continue;
        }
        let data = assessment.flow.regulated_data(record.parties, (record.data, record.subjects), is_special);
        if data.is_empty() {
            continue;
        }
        for purpose in bare {
            let done = done.entry(purpose).or_default();
            done.data.extend(&data);
            done.records.push((record.at, record.id));
        }
    }
    for (purpose, done) in done {
        docket.file(finding(register, purpose, &done));
    }
}

/// One finding for each purpose, however many records name it: one line mends them all.
fn finding(register: &Register, purpose: PurposeId, done: &Done<'_>) -> Finding {
    let id = register.name(register[purpose].id);
    let special = words::some_of(done.data.iter().map(|data| register.name(register[*data].id)), "category");
    let records = words::some_of(done.records.iter().map(|(_, id)| *id), "record");
    let shown = prose::quote(id);
    let message = format!("no legal basis is recorded for {shown}, the purpose for which special data goes: {special}");
    let mut finding = Finding::new(&RULE.card, register[purpose].at.place(), message)
        .label("on what basis?")
        .note(format!("it goes for this purpose by {records}"))
        .help(format!("add `legal-basis` to {shown}: the basis, and the condition of the law for special data"))
        .about("purpose", id);
    if let Some((at, _)) = done.records.first() {
        finding = finding.related("special data for this purpose", at.key("purposes"));
    }
    finding
}

/// The collections and transfers that go on on the day.
fn records<'r>(register: &'r Register, assessment: &Assessment<'_>) -> impl Iterator<Item = Processing<'r>> {
    let day = assessment.day();
    let collections = register.collections.iter().filter(move |row| row.days.is_active(day)).map(|row| Processing {
        at: row.at,
        id: register.name(row.id),
        parties: &row.by,
        data: &row.data,
        subjects: &row.subjects,
        purposes: &row.purposes,
    });
    let transfers = register.transfers.iter().filter(move |row| row.days.is_active(day)).map(|row| Processing {
        at: row.at,
        id: register.name(row.id),
        parties: &row.from,
        data: &row.data,
        subjects: &row.subjects,
        purposes: &row.purposes,
    });
    collections.chain(transfers)
}

/// The purposes, spelled out to those without parts, that have no legal basis.
fn without_basis(register: &Register, named: &[PurposeId]) -> Vec<PurposeId> {
    let parts = named.iter().flat_map(|purpose| &register[*purpose].parts).map(|part| PurposeId::at(*part as usize));
    let mut bare: Vec<PurposeId> = parts
        .filter(|purpose| {
            let entry = &register[*purpose];
            let basis = entry.facts.legal_basis.as_deref();
            entry.parts.len() == 1 && basis.is_none_or(|basis| basis.trim().is_empty())
        })
        .collect();
    bare.sort_unstable();
    bare.dedup();
    bare
}
