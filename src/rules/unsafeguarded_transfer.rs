//! # A transfer abroad that nothing protects
//!
//! ## Why
//!
//! A law that restricts transfers lets personal data leave its territory only where the place of
//! arrival is adequate, or a safeguard that the law accepts on that day holds for this transfer,
//! or one of its exceptions applies. On this transfer none of these is true. The finding lists,
//! for every safeguard that is recorded and every decision about the place, why it is not enough.
//!
//! ## Example
//!
//! ```toml
//! [[safeguard]]
//! id = "helpdesk-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "helpdesk"]
//! signed = 2024-02-01
//!
//! [[transfer]]
//! from = "acme"
//! to = "helpdesk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["helpdesk-agreement"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "helpdesk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["helpdesk-clauses"]
//!
//! [[safeguard]]
//! id = "helpdesk-clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [2]
//! parties = ["acme", "helpdesk"]
//! signed = 2024-02-01
//! assessments = ["india-2024"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 44 to 49; Directive 95/46/EC Art. 25 and 26; UK GDPR Art. 44A to 49; Swiss FADP
//! Art. 16 to 18; and the like provisions of the other regimes (`onward law`).

use super::{Rule, unsafeguarded};
use crate::finding::{Card, Level};
use crate::flow::UNSAFEGUARDED;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: UNSAFEGUARDED,
        level: Level::Deny,
        integrity: false,
        source: include_str!("unsafeguarded_transfer.rs"),
    },
    check: |assessment, docket| unsafeguarded::check(assessment, &RULE.card, false, docket),
};
