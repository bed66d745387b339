//! # A place that the register uses and does not describe
//!
//! ## Why
//!
//! Readers of the register ask of every country whether we have offices there, who supervises us
//! and what we found out about its law. A place that parties sit in, and that no `[[jurisdiction]]`
//! record describes, leaves them without an answer.
//!
//! ## Example
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "CL"
//!
//! [[collection]]
//! id = "shop-orders"
//! by = "shop"
//! data = ["contact-details"]
//! subjects = ["customers"]
//! purposes = ["support"]
//! subjects-in = ["CL"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "CL"
//!
//! [[collection]]
//! id = "shop-orders"
//! by = "shop"
//! data = ["contact-details"]
//! subjects = ["customers"]
//! purposes = ["support"]
//! subjects-in = ["CL"]
//!
//! [[jurisdiction]]
//! code = "CL"
//! name = "Chile"
//! ```

use std::collections::BTreeMap;

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::law::Code;
use crate::prose;
use crate::register::Party;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "unrecorded-jurisdiction",
        level: Level::Warn,
        integrity: false,
        source: include_str!("unrecorded_jurisdiction.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    // One finding a place, at the first party that uses it.
    let mut used: BTreeMap<Code, (&Party, &'static str)> = BTreeMap::new();
    for party in &register.parties {
        let lists = [("stored-in", &party.stored_in), ("accessed-from", &party.accessed_from)];
        let elsewhere = lists.iter().flat_map(|(key, codes)| codes.iter().map(move |code| (*code, *key)));
        for (code, key) in std::iter::once((party.jurisdiction, "jurisdiction")).chain(elsewhere) {
            used.entry(code).or_insert((party, key));
        }
    }
    let unknown = Code::shaped("ZZ");
    for (code, (party, key)) in used {
        if Some(code) == unknown || register.jurisdictions.binary_search_by_key(&code, |known| known.code).is_ok() {
            continue;
        }
        let name = assessment.flow.law.law.codes.name(code);
        let message = format!("no record describes {name} ({code})");
        let place: Place = party.at.key(key);
        let help = format!("add a `[[jurisdiction]]` with `code = \"{code}\"`");
        let finding = Finding::new(&RULE.card, place, message).label("used here").help(help);
        docket.file(
            finding
                .note(format!("{} is the first party that uses it", prose::quote(register.name(party.id))))
                .about("jurisdiction", code.as_str()),
        );
    }
}
