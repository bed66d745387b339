//! # A record whose review is overdue
//!
//! ## Why
//!
//! A register is as good as the last look at it. A record that says when it was `reviewed` is
//! looked at again every `review-every` (its own, or the register's); this one was not.
//!
//! ## Example
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
//! reviewed = 2025-05-31
//! review-every = "12 months"
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
//! reviewed = 2025-06-01
//! review-every = "12 months"
//! ```

use jiff::civil::Date;

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::record::{At, Common};
use crate::register::Register;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "review-overdue",
        level: Level::Warn,
        integrity: false,
        source: include_str!("review_overdue.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for (at, id, _, reviewed, due) in reviews(register) {
        if due < assessment.day() {
            let message = format!("{} was last reviewed on {reviewed} and was due again on {due}", prose::quote(id));
            let finding = Finding::new(&RULE.card, at.key("reviewed"), message).label("overdue");
            docket.file(finding.help("review the record and set `reviewed` to that day").about(at.kind.name(), id));
        }
    }
}

/// Every record that is reviewed: where it stands, its id, its keys, the last review, the day of the next.
pub(crate) fn reviews(register: &Register) -> impl Iterator<Item = (At, &str, &Common, Date, Date)> {
    register.records().filter_map(|(at, id, common)| {
        let every = common.review_every.or(register.settings.review_every);
        let (reviewed, every) = common.reviewed.zip(every)?;
        Some((at, id, common, reviewed, every.after(reviewed)))
    })
}
