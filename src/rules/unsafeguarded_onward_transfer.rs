//! # An onward transfer that nothing protects
//!
//! ## Why
//!
//! Protection must not end at the first recipient. Data that came from inside a law's territory
//! stays bound abroad: in full when it came under clauses, rules or an exception; under an onward
//! principle when it came under a framework such as Safe Harbor or the Data Privacy Framework,
//! which asks the recipient for a contract with everyone it passes the data on to. This transfer
//! passes such data on, and nothing recorded on it is enough.
//!
//! If the transfer before it lost its own safeguard, the finding says so: mend that one first.
//!
//! ## Example
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
//!
//! [[safeguard]]
//! id = "night-desk-agreement"
//! instrument = "processing-agreement"
//! parties = ["helpdesk", "night-desk"]
//! signed = 2024-02-01
//!
//! [[transfer]]
//! from = "helpdesk"
//! to = "night-desk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["night-desk-agreement"]
//! authorisation = "general"
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
//!
//! [[transfer]]
//! from = "helpdesk"
//! to = "night-desk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["night-desk-clauses"]
//! authorisation = "general"
//!
//! [[safeguard]]
//! id = "night-desk-clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [3]
//! parties = ["helpdesk", "night-desk"]
//! signed = 2024-02-01
//! assessments = ["philippines-2024"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 44 (onward transfers); Decision (EU) 2021/914, clauses 8.7 and 8.8; Decision (EU)
//! 2023/1795, annex I, section II.3.

use super::{Rule, unsafeguarded};
use crate::finding::{Card, Level};
use crate::flow::UNSAFEGUARDED_ONWARD;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: UNSAFEGUARDED_ONWARD,
        level: Level::Deny,
        integrity: false,
        source: include_str!("unsafeguarded_onward_transfer.rs"),
    },
    check: |assessment, docket| unsafeguarded::check(assessment, &RULE.card, true, docket),
};
