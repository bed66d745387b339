//! # An adequacy decision that ends soon
//!
//! ## Why
//!
//! Some decisions say themselves until when they hold, and on the day after, whatever rested on the
//! decision needs a safeguard of its own. This is said as far ahead as the register's `horizon`
//! (180 days unless it says otherwise), and not at all where another decision about the same
//! place takes over the day after.
//!
//! Only an end that the decision was made with is announced. A judgment is never announced in
//! hindsight: on 5 October 2015 nobody could read in a book that Safe Harbor would fall the next
//! day. Nor is an end that a later act brought, because the law book does not say since when it
//! was known.
//!
//! ## Example
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "IN"
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//!
//! [[adequacy]]
//! id = "eu-in-pilot"
//! regime = "eu"
//! jurisdictions = ["IN"]
//! from = 2024-10-01
//! until = 2026-09-30
//! onward = "local-law"
//! citation = "A decision of two years"
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "IN"
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//!
//! [[adequacy]]
//! id = "eu-in-pilot"
//! regime = "eu"
//! jurisdictions = ["IN"]
//! from = 2024-10-01
//! until = 2026-09-30
//! onward = "local-law"
//! citation = "A decision of two years"
//!
//! [[adequacy]]
//! id = "eu-in-renewed"
//! regime = "eu"
//! jurisdictions = ["IN"]
//! from = 2026-10-01
//! onward = "local-law"
//! citation = "The decision that renews it"
//! ```
//!
//! Or sign a safeguard now and list it: the finding then says that the transfers have one.
//!
//! ## Law
//!
//! GDPR Art. 45(3) and (5); Decision (EU) 2021/1772 Art. 12 (a decision with an end).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::words::{some_of, transfers};
use super::{Rule, papers};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Basis, Lost, PairId, Verdict};
use crate::law::DecisionId;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "decision-ending",
        level: Level::Warn,
        integrity: false,
        source: include_str!("decision_ending.rs"),
    },
    check,
};

/// The last day of a decision, if it is within the horizon and was fixed from the first.
pub(super) fn end(assessment: &Assessment<'_>, decision: DecisionId) -> Option<Date> {
    let range = assessment.day()..=papers::horizon(assessment);
    assessment.flow.law.law[decision].fixed_end().filter(|last| range.contains(last))
}

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let mut resting: BTreeMap<(DecisionId, Date), Vec<&Verdict<'_>>> = BTreeMap::new();
    for verdict in &assessment.verdicts {
        for basis in &verdict.basis {
            if let Basis::Decision(id) = basis
                && let Some(last) = end(assessment, *id)
            {
                resting.entry((*id, last)).or_default().push(verdict);
            }
        }
    }
    for ((id, last), verdicts) in resting {
        docket.extend(finding(assessment, id, last, &verdicts));
    }
}

fn finding(assessment: &Assessment<'_>, id: DecisionId, last: Date, verdicts: &[&Verdict<'_>]) -> Option<Finding> {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let decision = &law[id];
    let after = last.tomorrow().ok()?;
    let later = law.on(after);
    let regime = later.regimes().iter().find(|on| on.id == decision.regime);
    let (mut all, mut uncaught) = (BTreeSet::new(), BTreeSet::new());
    for verdict in verdicts {
        let seat = register[assessment.pair(verdict).to].jurisdiction;
        let is_inside = regime.is_some_and(|on| on.territory.contains(seat));
        if is_inside || assessment.flow.is_decided_without(verdict, Lost::Decision(id), after) {
            continue;
        }
        all.insert(verdict.pair);
        if !assessment.flow.stands_without(verdict, Lost::Decision(id), after) {
            uncaught.insert(verdict.pair);
        }
    }
    let first = uncaught.first().or(all.first())?;
    let caught = match all.len() - uncaught.len() {
        0 => "none has a safeguard that would catch it".to_owned(),
        n if n == all.len() && n == 1 => "it has a safeguard that catches it".to_owned(),
        n if n == all.len() => "each has a safeguard that catches it".to_owned(),
        n => format!("{n} of them {} a safeguard", if n == 1 { "has" } else { "have" }),
    };
    let message = format!(
        "decision {} ends after {last}, and {} on it: {caught}",
        decision.id,
        transfers(all.len(), "rests", "rest")
    );
    let help = if uncaught.is_empty() {
        "nothing to do if it is not renewed, except to see that the safeguards stay in force"
    } else {
        "list a safeguard on these transfers before then, or record the decision that renews it"
    };
    let place = register[assessment.flow.pair(*first).transfer].at.place();
    let finding = Finding::new(&RULE.card, place, message).label("rests on it").help(help);
    let regime = &*law[decision.regime].id;
    let finding = finding.note(decision.source.citation.to_string()).about("decision", &*decision.id).under(regime);
    Some(if uncaught.is_empty() {
        finding
    } else {
        finding.note(format!("left without a safeguard: {}", some_of(ids(assessment, &uncaught), "transfer")))
    })
}

fn ids(assessment: &Assessment<'_>, pairs: &BTreeSet<PairId>) -> Vec<String> {
    let register = assessment.register();
    let pairs = pairs.iter().map(|pair| assessment.flow.pair(*pair));
    pairs.map(|pair| register.pair_id(pair.transfer, pair.from, pair.to)).collect()
}
