//! # A record that nothing names
//!
//! ## Why
//!
//! A recipient that receives nothing, a category that nobody collects, an assessment that no
//! safeguard rests on: either the record is left over, or the one that should name it is missing,
//! and then the register does not tell what really happens.
//!
//! Told are parties that take part in no transfer, collection, safeguard, statement or waiver;
//! data, subjects and purposes that nothing names; and assessments that no safeguard lists. Naming
//! a wider entry names its parts, and a wider entry is used if a part of it is. What has ended
//! still counts.
//!
//! ## Example
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "DE"
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "DE"
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! Remove the record if it is left over.
//!
//! ## Law
//!
//! GDPR Art. 5(2) and 30.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::register::{Covered, Entry, PartyId, Register};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "unreferenced-record",
        level: Level::Warn,
        integrity: false,
        source: include_str!("unreferenced_record.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let used = Used::of(register);
    for (party, _) in register.parties.iter().zip(&used.parties).filter(|(_, used)| !**used) {
        let id = register.name(party.id);
        let message = format!("the party {} takes part in nothing", prose::quote(id));
        let finding = Finding::new(&RULE.card, party.at.place(), message).label("nothing names it");
        docket.file(finding.help("record what it sends or receives, or remove it").about("party", id));
    }
    entries(register, "data category", &register.data, &used.data, docket);
    entries(register, "subject group", &register.subjects, &used.subjects, docket);
    entries(register, "purpose", &register.purposes, &used.purposes, docket);
    for (made, _) in register.assessments.iter().zip(&used.assessments).filter(|(_, used)| !**used) {
        let id = register.name(made.id);
        let message = format!("no safeguard rests on the assessment {} of {}", prose::quote(id), made.code);
        let finding = Finding::new(&RULE.card, made.within.place(), message).label("nothing lists it");
        docket.file(finding.help("list it in `assessments` of a safeguard, or remove it").about("assessment", id));
    }
}

/// Files the entries of a kind that nothing names; `named` are those that something names itself.
fn entries(register: &Register, what: &str, entries: &[Entry], named: &[bool], docket: &mut Docket) {
    let is_named = |at: u32| named.get(at as usize) == Some(&true);
    let mut used = named.to_vec();
    for (at, entry) in (0..).zip(entries).filter(|(at, _)| is_named(*at)) {
        mark(&mut used, entry.parts.iter().map(|part| *part as usize).chain([at as usize]));
    }
    let is_used = |at: &u32| used.get(*at as usize) == Some(&true);
    for entry in entries.iter().filter(|entry| !entry.parts.iter().any(is_used)) {
        let id = register.name(entry.id);
        let message = format!("nothing names the {what} {}", prose::quote(id));
        let finding = Finding::new(&RULE.card, entry.at.place(), message).label("nothing names it");
        docket.file(finding.help("name it where it belongs, or remove it").about(entry.at.kind.name(), id));
    }
}

/// For the records of each kind, whether anything names them.
struct Used {
    parties: Vec<bool>,
    data: Vec<bool>,
    subjects: Vec<bool>,
    purposes: Vec<bool>,
    assessments: Vec<bool>,
}

impl Used {
    fn of(register: &Register) -> Self {
        let mut used = Self {
            parties: vec![false; register.parties.len()],
            data: vec![false; register.data.len()],
            subjects: vec![false; register.subjects.len()],
            purposes: vec![false; register.purposes.len()],
            assessments: vec![false; register.assessments.len()],
        };
        for row in &register.transfers {
            used.mark_parties(row.from.iter().chain(&row.to));
            mark(&mut used.data, row.data.iter().map(|id| id.index()));
            mark(&mut used.subjects, row.subjects.iter().map(|id| id.index()));
            mark(&mut used.purposes, row.purposes.iter().map(|id| id.index()));
        }
        for row in &register.collections {
            used.mark_parties(row.by.iter().chain(&row.source_party));
            mark(&mut used.data, row.data.iter().map(|id| id.index()));
            mark(&mut used.subjects, row.subjects.iter().map(|id| id.index()));
            mark(&mut used.purposes, row.purposes.iter().map(|id| id.index()));
        }
        for row in &register.safeguards {
            used.mark_parties(&row.parties);
            mark(&mut used.data, row.scope.data.iter().map(|id| id.index()));
            mark(&mut used.subjects, row.scope.subjects.iter().map(|id| id.index()));
            mark(&mut used.purposes, row.scope.purposes.iter().map(|id| id.index()));
            mark(&mut used.assessments, row.assessments.iter().map(|id| id.index()));
        }
        used.by_notices(register);
        used
    }

    fn by_notices(&mut self, register: &Register) {
        for row in &register.statements {
            self.mark_parties(row.promise.about.iter().flatten());
            mark(&mut self.purposes, row.promise.only_purposes.iter().flatten().map(|id| id.index()));
            if let Some(discloses) = &row.discloses {
                self.mark_parties(discloses.recipients.iter().flatten());
                mark(&mut self.data, discloses.data.iter().flatten().map(|id| id.index()));
                mark(&mut self.purposes, discloses.purposes.iter().flatten().map(|id| id.index()));
            }
        }
        for covered in register.waivers.iter().flat_map(|row| &row.on) {
            if let Covered::Party(party) = covered {
                self.mark_parties([party]);
            }
        }
    }

    fn mark_parties<'p>(&mut self, parties: impl IntoIterator<Item = &'p PartyId>) {
        mark(&mut self.parties, parties.into_iter().map(|party| party.index()));
    }
}

fn mark(used: &mut [bool], numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        if let Some(slot) = used.get_mut(number) {
            *slot = true;
        }
    }
}
