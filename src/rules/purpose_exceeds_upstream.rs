//! # Data passed on for a purpose that it did not come for
//!
//! ## Why
//!
//! People give data for a purpose, and it stays bound to it wherever it goes. On this transfer data
//! is passed on for a purpose for which the sender neither collected it nor received it. That may be
//! allowed, but somebody has to have looked: whether the purpose is compatible, whether people agreed
//! or a law says so.
//!
//! The finding stands where the purpose first appears, not on the transfers behind it. A wider
//! purpose is all of its parts. Of data whose source is not recorded nothing is known, so nothing is
//! said here. The rule asks only where a law of the book is attached to the data.
//!
//! ## Example
//!
//! ```toml
//! [[purpose]]
//! id = "marketing"
//! name = "Marketing"
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support", "marketing"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[purpose]]
//! id = "marketing"
//! name = "Marketing"
//!
//! [[collection]]
//! id = "newsletter-forms"
//! by = "acme"
//! data = ["contact-details"]
//! subjects = ["customers"]
//! purposes = ["marketing"]
//! subjects-in = ["DE"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support", "marketing"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 5(1)(b) and 6(4); before 2018-05-25 Directive 95/46/EC Art. 6(1)(b).

use std::collections::BTreeSet;

use super::{Rule, words};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Excess};
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "purpose-exceeds-upstream",
        level: Level::Warn,
        integrity: false,
        source: include_str!("purpose_exceeds_upstream.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    docket.extend(assessment.flow.excesses().iter().map(|excess| finding(assessment, excess)));
}

fn finding(assessment: &Assessment<'_>, excess: &Excess) -> Finding {
    let register = assessment.register();
    let pair = assessment.flow.pair(excess.pair);
    let purposes = excess.beyond.iter().map(|(purpose, _)| register.name(register[*purpose].id));
    let purposes = words::some_of(purposes, "purpose");
    let data: BTreeSet<_> = excess.beyond.iter().flat_map(|(_, data)| data).collect();
    let goes = if data.len() == 1 { "goes" } else { "go" };
    let data = words::some_of(data.into_iter().map(|data| register.name(register[*data].id)), "category");
    let sender = prose::quote(register.party_id(pair.from));
    let message = format!("{data} came to {sender} for other purposes, and {goes} on for {purposes}");
    let mut finding = words::on_pair(assessment, &RULE.card, excess.pair, message).label("not what it came for");
    finding.place = Some(register[pair.transfer].at.key("purposes"));
    finding.help(format!(
        "leave {purposes} out, or record the collection or transfer by which the data came to {sender} for it"
    ))
}
