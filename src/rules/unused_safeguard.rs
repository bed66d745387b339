//! # A safeguard that nothing uses
//!
//! ## Why
//!
//! A signed paper that no transfer lists protects nothing in this register: either a transfer
//! forgot to list it, or the paper has outlived its purpose and should be ended.
//!
//! Used is what an active transfer lists (also where another safeguard or a decision carries the
//! data: then it is a fallback, and where no border is crossed a processing agreement or a plain
//! contract), what a transfer names as its `authorisation`, and a certificate of a party that
//! receives data, which needs no listing. What is yet to begin, or has ended, is passed over, and
//! so is what a transfer to come lists.
//!
//! ## Example
//!
//! ```toml
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "onward-contract"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "onward-contract"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["sister-agreement"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 5(2) and 24: a controller must be able to show what protects which transfer.

use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use super::words::some_of;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::register::{Authorisation, SafeguardId, Transfer};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "unused-safeguard",
        level: Level::Warn,
        integrity: false,
        source: include_str!("unused_safeguard.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let day = assessment.day();
    let mut used: BTreeSet<SafeguardId> = BTreeSet::new();
    let mut ended: BTreeMap<SafeguardId, Vec<&Transfer>> = BTreeMap::new();
    for transfer in &register.transfers {
        if transfer.days.is_active(day) || !transfer.days.has_begun(day) {
            used.extend(transfer.safeguards.iter().copied());
            if let Some(Authorisation::Safeguard(id)) = transfer.authorisation {
                used.insert(id);
            }
        } else {
            for id in &transfer.safeguards {
                ended.entry(*id).or_default().push(transfer);
            }
        }
    }
    let recipients: BTreeSet<_> = assessment.flow.active_pairs().map(|pair| assessment.flow.pair(pair).to).collect();
    used.extend(recipients.into_iter().flat_map(|party| assessment.flow.certificates_of(party)));
    for id in (0..register.safeguards.len()).map(SafeguardId::at) {
        if !used.contains(&id) && assessment.flow.out_of_force(id).is_none() {
            docket.file(finding(assessment, id, ended.get(&id).map_or(&[], Vec::as_slice)));
        }
    }
}

fn finding(assessment: &Assessment<'_>, id: SafeguardId, ended: &[&Transfer]) -> Finding {
    let register = assessment.register();
    let name = register.safeguard_id(id);
    let is_held = super::papers::is_of(assessment, id, |instrument| instrument.named_by_decision);
    let why = if !ended.is_empty() {
        let ids = some_of(ended.iter().map(|transfer| register.name(transfer.id)), "transfer");
        format!("only {ids} listed it, and {} ended", if ended.len() == 1 { "has" } else { "have" })
    } else if is_held {
        "no transfer lists it, and its holder receives nothing".to_owned()
    } else {
        "no transfer lists it".to_owned()
    };
    let message = format!("{} is in force and nothing uses it: {why}", prose::quote(name));
    let help = "list it on the transfers that it protects, or end it and record `terminated`";
    Finding::new(&RULE.card, register[id].at.place(), message)
        .label("protects nothing")
        .help(help)
        .about("safeguard", name)
}
