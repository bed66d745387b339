//! # A record that nobody answers for
//!
//! ## Why
//!
//! Papers lapse, recipients move and purposes drift; somebody has to notice. A register whose team
//! names owners wants none forgotten, so every party, transfer and safeguard needs one.
//!
//! This rule sleeps while no record of the register has an `owner`: a team of one needs none.
//!
//! ## Example
//!
//! ```toml
//! [[jurisdiction]]
//! code = "DE"
//!
//! [[affiliate]]
//! id = "acme"
//! name = "Acme GmbH"
//! jurisdiction = "DE"
//! owner = "Data protection office"
//!
//! [[affiliate]]
//! id = "acme-shop"
//! name = "Acme Shop GmbH"
//! jurisdiction = "DE"
//!
//! [[data]]
//! id = "contact-details"
//! name = "Contact details"
//!
//! [[subjects]]
//! id = "customers"
//! name = "Customers"
//!
//! [[purpose]]
//! id = "support"
//! name = "Support"
//!
//! [[collection]]
//! id = "orders"
//! by = ["acme", "acme-shop"]
//! data = ["contact-details"]
//! subjects = ["customers"]
//! purposes = ["support"]
//! subjects-in = ["DE"]
//! ```
//!
//! ## Instead
//!
//! Add `owner = "…"`, a person or a team, to the record.
//!
//! ## Law
//!
//! GDPR Art. 5(2) and 24: a controller answers for what it does and must be able to show it.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::record::{At, Common};
use crate::register::Register;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card { rule: "no-owner", level: Level::Warn, integrity: false, source: include_str!("no_owner.rs") },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    if !has_owners(register) {
        return;
    }
    for (at, id, _) in owned(register).filter(|(_, _, common)| common.owner.is_none()) {
        let kind = if at.kind.is_party() { "party" } else { at.kind.name() };
        let message = format!("nobody answers for the {kind} {}", prose::quote(id));
        let finding = Finding::new(&RULE.card, at.place(), message).label("has no `owner`");
        docket.file(finding.help("add `owner = \"…\"`, a person or a team").about(kind, id));
    }
}

/// The records that need an owner: where each stands, its id, its keys of governance.
fn owned(register: &Register) -> impl Iterator<Item = (At, &str, &Common)> {
    let parties = register.parties.iter().map(|row| (row.at, register.name(row.id), &row.common));
    let transfers = register.transfers.iter().map(|row| (row.at, register.name(row.id), &row.common));
    let safeguards = register.safeguards.iter().map(|row| (row.at, register.name(row.id), &row.common));
    parties.chain(transfers).chain(safeguards)
}

/// Whether any record at all has an owner.
fn has_owners(register: &Register) -> bool {
    register.records().any(|(_, _, common)| common.owner.is_some())
}
