//! # A processor without a processing agreement
//!
//! ## Why
//!
//! Whoever works on personal data for somebody else needs a contract that binds it to the other's
//! instructions. A safeguard for the border is another matter: both are needed, and the standard
//! clauses of 2021 are both where the module signed is the one for this leg (2 or 3).
//!
//! On this transfer the recipient is a processor, and no listed agreement is in force, binds both
//! ends, has a text for the leg and covers the data and the purposes. Several agreements may share
//! the work. The rule asks only where a law of the book is attached to the data.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! roles = "c2p"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Instead
//!
//! ```toml
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
//! ```
//!
//! ## Law
//!
//! GDPR Art. 28(3) and 28(4); before 2018-05-25 Directive 95/46/EC Art. 17(3).

use super::{Rule, words};
use std::borrow::Cow;

use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Gap, OutOfForce, PairId};
use crate::prose;
use crate::register::SafeguardId;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "processor-without-agreement",
        level: Level::Deny,
        integrity: false,
        source: include_str!("processor_without_agreement.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    for id in assessment.flow.active_pairs() {
        if let Some(gaps) = assessment.flow.agreement_gaps(id) {
            docket.file(finding(assessment, id, &gaps));
        }
    }
}

fn finding(assessment: &Assessment<'_>, id: PairId, gaps: &[(SafeguardId, Gap)]) -> Finding {
    let register = assessment.register();
    let pair = assessment.flow.pair(id);
    let [from, to] = [pair.from, pair.to].map(|end| prose::quote(register.party_id(end)));
    let message = format!("no processing agreement that is listed here covers what {to} does for {from}");
    let mut finding = words::on_pair(assessment, &RULE.card, id, message).label("goes to a processor");
    for (safeguard, gap) in gaps {
        let id = prose::quote(register.safeguard_id(*safeguard));
        finding = finding
            .note(format!("{id} {}", said(*gap)))
            .related("this agreement is not enough", register[*safeguard].at.place());
    }
    let help = match (assessment.flow.agreement_elsewhere(id), gaps) {
        (Some(other), _) => {
            let id = prose::quote(register.safeguard_id(other));
            format!("list {id} in `safeguards` here: it is recorded and covers this")
        }
        (None, []) => format!(
            "sign an agreement between {from} and {to}, record it as a `[[safeguard]]` (`instrument = \"processing-agreement\"`) and list it here"
        ),
        (None, gaps) if gaps.iter().all(|(_, gap)| matches!(gap, Gap::OutOfForce(OutOfForce::NotYet(_)))) => {
            format!("share nothing with {to} before then, or record the agreement that is in force until then")
        }
        (None, _) => format!("mend the agreement between {from} and {to}, or record the one that took its place"),
    };
    finding.help(help)
}

fn said(gap: Gap) -> Cow<'static, str> {
    match gap {
        Gap::OutOfForce(out) => words::out_of_force(out).into(),
        Gap::NotBound => "does not bind both ends".into(),
        Gap::NoText => "has no text for a processor on this leg".into(),
        Gap::OutOfScope => "does not cover all of the data, for every purpose".into(),
    }
}
