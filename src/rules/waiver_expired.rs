//! # A waiver whose last day has passed
//!
//! ## Why
//!
//! After its last day a waiver accepts nothing: the finding counts again, and the record only makes
//! readers believe that somebody still answers for it.
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
//! until = 2026-05-31
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
//! Remove the waiver once the finding is mended, or have it approved anew with a later `until`.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "waiver-expired",
        level: Level::Warn,
        integrity: false,
        source: include_str!("waiver_expired.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for waiver in register.waivers.iter().filter(|waiver| waiver.until < assessment.day()) {
        let id = register.name(waiver.id);
        let message = format!("the waiver {} ended on {}", prose::quote(id), waiver.until);
        let finding = Finding::new(&RULE.card, waiver.at.key("until"), message).label("its last day");
        docket.file(finding.help("remove it, or have it approved anew with a later `until`").about("waiver", id));
    }
}
