//! # A waiver that waives nothing
//!
//! ## Why
//!
//! A waiver that covers no finding is a door left open: the day the finding comes back, nobody
//! is told.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//!
//! [[waiver]]
//! id = "until-signed"
//! rule = "unsafeguarded-transfer"
//! on = ["acme-bv"]
//! reason = "The clauses are being signed."
//! approved-by = "Data protection officer"
//! until = 2027-12-31
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! Remove the waiver, or correct its `rule`, `on` or `regimes`.

use std::collections::BTreeSet;

use super::ALL;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;

/// The rule. It has no place in the list: it looks at what the others found and the waivers did.
pub(super) static CARD: Card =
    Card { rule: "unused-waiver", level: Level::Warn, integrity: false, source: include_str!("unused_waiver.rs") };

/// Files live waivers that covered nothing; `used` are the positions of those that did.
pub(super) fn check(assessment: &Assessment<'_>, used: &BTreeSet<usize>, docket: &mut Docket) {
    let register = assessment.register();
    for (at, waiver) in register.waivers.iter().enumerate() {
        // Of a rule that this onward does not have nobody can say whether its waiver is used.
        let is_known = ALL.iter().any(|rule| rule.card.rule == &*waiver.rule);
        if waiver.until < assessment.day() || used.contains(&at) || !is_known {
            continue;
        }
        let id = register.name(waiver.id);
        let message = format!("the waiver {} covers no finding", prose::quote(id));
        let finding = Finding::new(&CARD, waiver.at.place(), message).label("waives nothing");
        docket.file(finding.help("remove it, or correct its `rule`, `on` or `regimes`").about("waiver", id));
    }
}
