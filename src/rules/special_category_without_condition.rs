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

use super::{Rule, words};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
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

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let is_special = |data: DataId| {
        let facts = &register[data].facts;
        facts.special == Some(true) || facts.criminal == Some(true)
    };
    for record in records(register, assessment) {
        let bare = without_basis(register, record.purposes);
        if bare.is_empty() {
            continue;
        }
        let data = assessment.flow.regulated_data(record.parties, (record.data, record.subjects), is_special);
        if data.is_empty() {
            continue;
        }
        let special = words::some_of(data.iter().map(|data| register.name(register[*data].id)), "category");
        let purposes = words::some_of(bare.iter().map(|purpose| register.name(register[*purpose].id)), "purpose");
        let message = format!("{special} is special data, and no legal basis is recorded for {purposes}");
        let finding = Finding::new(&RULE.card, record.at.key("purposes"), message).label("on what basis?");
        let help = format!("add `legal-basis` to {purposes}: the basis, and the condition for special data");
        docket.file(finding.help(help).about(record.at.kind.name(), record.id));
    }
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
        id: &row.id,
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
