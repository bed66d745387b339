//! # A statement of the notice that nothing in the register matches
//!
//! ## Why
//!
//! The notice says something about recipients, data or purposes, and on this day no active transfer
//! is what it speaks of: either the register lacks a transfer that happens, or the notice tells
//! people of one that no longer does. A statement that neither discloses nor promises says nothing
//! that the register could be held against, and is passed over.
//!
//! With no `[[statement]]` in the register this rule sleeps.
//!
//! ## Example
//!
//! ```toml
//! [[statement]]
//! id = "sisters"
//! notice = "Privacy notice, 1 May 2026"
//! quote = "We share your contact details with our sister company."
//! discloses = { recipients = ["acme-bv"], data = ["contact-details"], purposes = ["support"] }
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[statement]]
//! id = "sisters"
//! notice = "Privacy notice, 1 May 2026"
//! quote = "We share your contact details with our sister company."
//! discloses = { recipients = ["acme-bv"], data = ["contact-details"], purposes = ["support"] }
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 5(1)(a) and 12(1): what people are told is accurate and up to date.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use hashbrown::HashSet;

use super::Rule;
use super::notice::{Notice, by_transfer, promised_to, promises, promising, quoted, with_parts};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, PairId};
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "unkept-statement",
        level: Level::Warn,
        integrity: false,
        source: include_str!("unkept_statement.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    if register.statements.is_empty() {
        return;
    }
    let notice = Notice::of(assessment);
    let promising = promising(register);
    let mut matched = FixedBitSet::with_capacity(register.statements.len());
    let mut applied = FixedBitSet::with_capacity(register.statements.len());
    for pairs in by_transfer(assessment) {
        disclosed(assessment, &notice, &pairs, &mut matched);
        let recipients: HashSet<_> = pairs.iter().map(|pair| assessment.flow.pair(*pair).to).collect();
        recipients.iter().flat_map(|party| promising.about(*party)).for_each(|at| applied.insert(at));
    }
    for (at, statement) in register.statements.iter().enumerate() {
        let why = if statement.discloses.is_some() && !matched.contains(at) {
            "discloses what no active transfer does"
        } else if promises(&statement.promise) && !applied.contains(at) {
            if promised_to(statement).is_some() {
                "promises something about recipients that no active transfer reaches"
            } else {
                "promises something, and no transfer is active"
            }
        } else {
            continue;
        };
        let id = register.name(statement.id);
        let message = format!("the statement {} {why}", prose::quote(id));
        let finding = Finding::new(&RULE.card, statement.at.place(), message).label("matches nothing");
        let help =
            "record the transfer that it speaks of, or take the sentence out of the notice and remove the record";
        docket.file(finding.note(quoted(statement)).help(help).about("statement", id));
    }
}

/// Marks the statements that disclose anything of the pairs of one transfer. Data that is not
/// personal counts here: a notice may speak of it too.
fn disclosed(assessment: &Assessment<'_>, notice: &Notice, pairs: &[PairId], matched: &mut FixedBitSet) {
    let register = assessment.register();
    let Some(first) = pairs.first() else { return };
    let transfer = &register[assessment.flow.pair(*first).transfer];
    let data = with_parts(&register.data, transfer.data.iter().map(|id| id.index()));
    let purposes = with_parts(&register.purposes, transfer.purposes.iter().map(|id| id.index()));
    let mut looked_at: BTreeSet<usize> = BTreeSet::new();
    for pair in pairs {
        for at in notice.matching(assessment, *pair) {
            if matched.contains(at) || !looked_at.insert(at) {
                continue;
            }
            let Some(reach) = notice.reach(at) else { continue };
            let meets = |known: &Option<FixedBitSet>, set: &FixedBitSet| {
                known.as_ref().is_none_or(|known| !known.is_disjoint(set))
            };
            matched.set(at, meets(&reach.data, &data) && meets(&reach.purposes, &purposes));
        }
    }
}
