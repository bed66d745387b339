//! # A sub-processor that nobody authorised
//!
//! ## Why
//!
//! A processor may engage another processor only if the controller authorised it in writing: this
//! one in particular (`specific`), or sub-processors in general (`general`). On this transfer no
//! authorisation is recorded, or the paper that is named as one is not in force or does not bind
//! the processor that relies on it.
//!
//! The rule asks only where a law of the book is attached to the data.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "helpdesk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["desk-clauses"]
//!
//! [[transfer]]
//! from = "helpdesk"
//! to = "night-desk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["night-clauses"]
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
//! safeguards = ["desk-clauses"]
//!
//! [[transfer]]
//! from = "helpdesk"
//! to = "night-desk"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["night-clauses"]
//! authorisation = "desk-clauses"
//! ```
//!
//! ## Law
//!
//! GDPR Art. 28(2) and 28(4); Decision (EU) 2021/914, clause 9 of modules 2 and 3.

use std::collections::BTreeSet;

use super::{Rule, words};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Gap, OutOfForce, PairId};
use crate::law::Roles;
use crate::prose;
use crate::register::{Authorisation, TransferId};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "sub-processor-without-authorisation",
        level: Level::Deny,
        integrity: false,
        source: include_str!("sub_processor_without_authorisation.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let flow = &assessment.flow;
    let mut told: BTreeSet<TransferId> = BTreeSet::new();
    for id in flow.active_pairs() {
        let pair = flow.pair(id);
        if pair.roles != Roles::P2p || told.contains(&pair.transfer) || !flow.is_bound(id) {
            continue;
        }
        match assessment.register()[pair.transfer].authorisation {
            None => {
                told.insert(pair.transfer);
                docket.file(none(assessment, pair.transfer));
            }
            Some(allowed) => match flow.authorisation_gap(allowed, pair.from) {
                Some(Gap::NotBound) => docket.file(unbound(assessment, id, allowed)),
                Some(Gap::OutOfForce(out)) => {
                    told.insert(pair.transfer);
                    docket.file(lapsed(assessment, pair.transfer, allowed, out));
                }
                Some(Gap::NoText | Gap::OutOfScope) | None => {}
            },
        }
    }
}

/// No authorisation at all: the fault of the record, whatever its pairs.
fn none(assessment: &Assessment<'_>, transfer: TransferId) -> Finding {
    let register = assessment.register();
    let transfer = &register[transfer];
    let message = format!(
        "no authorisation by the controller is recorded for the sub-processor of {}",
        prose::quote(register.name(transfer.id))
    );
    Finding::new(&RULE.card, transfer.at.place(), message)
        .label("a processor engages another")
        .help("record `authorisation`: `general`, `specific`, or the id of the paper that says so; or end the transfer")
        .about("transfer", register.name(transfer.id))
}

fn lapsed(assessment: &Assessment<'_>, transfer: TransferId, allowed: Authorisation, out: OutOfForce) -> Finding {
    let register = assessment.register();
    let transfer = &register[transfer];
    let message = format!(
        "{} that authorises the sub-processor of {} {}",
        paper(assessment, allowed),
        prose::quote(register.name(transfer.id)),
        words::out_of_force(out)
    );
    let help = match out {
        OutOfForce::NotYet(_) => "share nothing before then, or record the authorisation that is in force until then",
        OutOfForce::Ended(_) | OutOfForce::Expired(_) => {
            "renew it and record the new dates, or record the authorisation that took its place"
        }
    };
    Finding::new(&RULE.card, transfer.at.key("authorisation"), message)
        .label("authorises nothing on this day")
        .help(help)
        .about("transfer", register.name(transfer.id))
}

fn unbound(assessment: &Assessment<'_>, id: PairId, allowed: Authorisation) -> Finding {
    let register = assessment.register();
    let pair = assessment.flow.pair(id);
    let sender = prose::quote(register.party_id(pair.from));
    let message = format!("{} that authorises the sub-processor does not bind {sender}", paper(assessment, allowed));
    let mut finding = words::on_pair(assessment, &RULE.card, id, message).label("authorises this sender to nothing");
    finding.place = Some(register[pair.transfer].at.key("authorisation"));
    finding.help(format!("record the paper by which {sender} was authorised to engage others"))
}

fn paper(assessment: &Assessment<'_>, allowed: Authorisation) -> String {
    match allowed {
        Authorisation::Safeguard(id) => format!("the paper {}", prose::quote(assessment.register().safeguard_id(id))),
        Authorisation::General | Authorisation::Specific => "the authorisation".to_owned(),
    }
}
