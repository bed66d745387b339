//! # Roles that cannot both be true
//!
//! ## Why
//!
//! A processor works on instructions, and if it decides for itself why and how data is used, the law
//! takes it for a controller, with all that a controller owes. Two records say so without meaning
//! it: a party that has some data only as a processor passes it on as a controller; or one party
//! receives the same data for the same purpose from the same sender twice, once as a controller and
//! once as a processor.
//!
//! Often only `roles` is missing: a transfer whose `roles` are not given takes those of the parties,
//! and a party that is a controller elsewhere may be a processor here. The rule asks only where a law
//! of the book is attached to the data.
//!
//! ## Example
//!
//! ```toml
//! [[third-party]]
//! id = "partner"
//! name = "Partner GmbH"
//! jurisdiction = "DE"
//!
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! roles = "c2p"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["sister-agreement"]
//!
//! [[transfer]]
//! from = "acme-bv"
//! to = "partner"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[third-party]]
//! id = "partner"
//! name = "Partner GmbH"
//! jurisdiction = "DE"
//!
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! roles = "c2p"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["sister-agreement"]
//!
//! [[transfer]]
//! from = "acme-bv"
//! to = "partner"
//! roles = "p2c"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 4(7), 4(8), 28(3)(a) and 28(10).

use super::{Rule, words};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, SelfMade, TwoRoles};
use crate::prose;
use crate::register::DataId;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "role-conflict",
        level: Level::Warn,
        integrity: false,
        source: include_str!("role_conflict.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    docket.extend(assessment.flow.self_made().iter().map(|found| self_made(assessment, found)));
    docket.extend(assessment.flow.two_roles().iter().map(|found| two_roles(assessment, found)));
}

fn self_made(assessment: &Assessment<'_>, found: &SelfMade) -> Finding {
    let register = assessment.register();
    let pair = assessment.flow.pair(found.pair);
    let sender = prose::quote(register.party_id(pair.from));
    let message =
        format!("{sender} has {} only as a processor and passes it on as a controller", data(assessment, &found.data));
    let help = if pair.roles.to_processor() { "p2p" } else { "p2c" };
    words::on_pair(assessment, &RULE.card, found.pair, message)
        .label("the sender is a controller here")
        .help(format!(
            "if it acts on instructions, set `roles = \"{help}\"`; if it decides, record how the data came to it as a controller"
        ))
}

fn two_roles(assessment: &Assessment<'_>, found: &TwoRoles) -> Finding {
    let register = assessment.register();
    let (first, second) = (assessment.flow.pair(found.first), assessment.flow.pair(found.second));
    let message = format!(
        "{} receives {} from {} for {} both as a controller and as a processor",
        prose::quote(register.party_id(second.to)),
        data(assessment, &found.data),
        prose::quote(register.party_id(second.from)),
        prose::quote(register.name(register[found.purpose].id)),
    );
    words::on_pair(assessment, &RULE.card, found.second, message)
        .label(second.roles.in_words())
        .related(first.roles.in_words(), register[first.transfer].at.place())
        .help("set `roles` to what is true on both, or name different data or purposes")
}

fn data(assessment: &Assessment<'_>, data: &[DataId]) -> String {
    let register = assessment.register();
    words::some_of(data.iter().map(|data| register.name(register[*data].id)), "category")
}
