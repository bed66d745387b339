//! # Everything to a recipient rests on one thing that can fall
//!
//! ## Why
//!
//! Safe Harbor fell overnight, and so did the Privacy Shield: who had signed nothing else stood in
//! breach the next morning. Every restricted transfer to this party rests on one certificate, or on
//! one decision that is tied to a certificate, is being challenged in court, or has an end of its
//! own. No transfer lists a safeguard that would catch it.
//!
//! A plain decision about a country (Switzerland's) is no news and is not found here. A decision
//! that ends within the horizon is the finding `decision-ending`.
//!
//! ## Example
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "US"
//!
//! [[jurisdiction]]
//! code = "US"
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//!
//! [[safeguard]]
//! id = "shop-certificate"
//! instrument = "eu-dpf-cert"
//! parties = ["shop"]
//! signed = 2024-02-01
//! expires = 2027-01-31
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "US"
//!
//! [[jurisdiction]]
//! code = "US"
//!
//! [[jurisdiction.assessment]]
//! id = "us-2024"
//! date = 2024-01-15
//! outcome = "no-extra-measures"
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["shop-clauses"]
//!
//! [[safeguard]]
//! id = "shop-certificate"
//! instrument = "eu-dpf-cert"
//! parties = ["shop"]
//! signed = 2024-02-01
//! expires = 2027-01-31
//!
//! [[safeguard]]
//! id = "shop-clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [1]
//! parties = ["acme", "shop"]
//! signed = 2024-02-01
//! assessments = ["us-2024"]
//! ```
//!
//! ## Law
//!
//! Court of Justice, C-362/14 (Schrems I) and C-311/18 (Schrems II): a decision falls on the day of
//! the judgment, without a time of grace. GDPR Art. 5(2) and 24.

use std::collections::BTreeMap;

use super::words::some_of;
use super::{Rule, decision_ending, papers};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Basis, Lost, Outcome, Verdict};
use crate::law::{Code, Decision, InstrumentKind};
use crate::prose;
use crate::register::PartyId;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "single-point-of-failure",
        level: Level::Warn,
        integrity: false,
        source: include_str!("single_point_of_failure.rs"),
    },
    check,
};

/// What a party's transfers rest on, by regime and party: the one basis, and the first verdict; no
/// basis where there is not just one, or something would catch a transfer.
type Resting<'v, 'a> = BTreeMap<(usize, PartyId), Option<(Basis, &'v Verdict<'a>)>>;

/// Parties and their first verdicts, by regime, what they rest on, and place.
type Groups<'v, 'a> = BTreeMap<(usize, Basis, Code), Vec<(PartyId, &'v Verdict<'a>)>>;

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let mut resting: Resting<'_, '_> = BTreeMap::new();
    for verdict in assessment.verdicts.iter().filter(|verdict| verdict.outcome >= Outcome::Adequate) {
        let key = (verdict.regime, assessment.pair(verdict).to);
        let only = resting.get(&key).copied();
        if matches!(only, Some(None)) {
            continue;
        }
        let basis = match verdict.basis[..] {
            [basis] if may_fall(assessment, basis) && is_alone(assessment, verdict, basis) => Some(basis),
            _ => None,
        };
        let same = match (only.flatten(), basis) {
            (Some((known, first)), Some(basis)) if known == basis => Some((known, first)),
            (None, Some(basis)) => Some((basis, verdict)),
            _ => None,
        };
        resting.insert(key, same);
    }
    let mut groups: Groups<'_, '_> = BTreeMap::new();
    for ((regime, party), only) in resting {
        if let Some((basis, first)) = only {
            let seat = assessment.register()[party].jurisdiction;
            groups.entry((regime, basis, seat)).or_default().push((party, first));
        }
    }
    docket.extend(
        groups.into_iter().filter_map(|((_, basis, seat), parties)| finding(assessment, basis, seat, &parties)),
    );
}

/// Whether a basis is one that can fall from one day to the next, or ends by itself.
fn may_fall(assessment: &Assessment<'_>, basis: Basis) -> bool {
    match basis {
        Basis::Decision(id) => {
            decision_ending::end(assessment, id).is_none() && why(&assessment.flow.law.law[id]).is_some()
        }
        Basis::Safeguard(id) => {
            papers::is_of(assessment, id, |instrument| instrument.kind == InstrumentKind::Certification)
        }
    }
}

/// Why a decision can fall; nothing for a plain one.
fn why(decision: &Decision) -> Option<String> {
    match (&decision.contested, decision.scope.certification, decision.fixed_end()) {
        (Some(case), ..) => Some(format!("which is contested ({case})")),
        (None, Some(_), _) => Some("which is tied to its certificate".to_owned()),
        (None, None, Some(last)) => Some(format!("which ends after {last}")),
        (None, None, None) => None,
    }
}

fn is_alone(assessment: &Assessment<'_>, verdict: &Verdict<'_>, basis: Basis) -> bool {
    let lost = match basis {
        Basis::Decision(id) => Lost::Decision(id),
        Basis::Safeguard(id) => Lost::Safeguard(id),
    };
    !assessment.flow.stands_without(verdict, lost, assessment.day())
}

fn finding(
    assessment: &Assessment<'_>,
    basis: Basis,
    seat: Code,
    parties: &[(PartyId, &Verdict<'_>)],
) -> Option<Finding> {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let rests_on = match basis {
        Basis::Decision(id) => {
            let decision = &law[id];
            format!("decision {}, {}", decision.id, why(decision).unwrap_or_default())
        }
        Basis::Safeguard(id) => format!("the certificate {}", prose::quote(register.safeguard_id(id))),
    };
    let (first, verdict) = *parties.first()?;
    let names = some_of(parties.iter().map(|(party, _)| register.party_id(*party)), "party");
    let version = &assessment.flow.law.regimes()[verdict.regime].version.id;
    let message =
        format!("every transfer to {names} that {version} restricts rests on {rests_on}, and nothing would catch it");
    let help = match (assessment.flow.recorded_elsewhere(verdict), assessment.signable(verdict)) {
        (Some(id), _) => format!(
            "list {} on {}: it is recorded, binds both parties and would hold",
            prose::quote(register.safeguard_id(id)),
            prose::quote(&assessment.pair_id(verdict)),
        ),
        (None, Some(instrument)) => {
            format!("sign `{}` now and list it on these transfers", instrument.id)
        }
        (None, None) => "sign a safeguard of their own now, and list it on these transfers".to_owned(),
    };
    let regime = &*law[verdict.regime_id].id;
    let known = register.jurisdictions.binary_search_by_key(&seat, |known| known.code).ok();
    let place = match known.filter(|_| parties.len() > 1) {
        Some(at) => register.jurisdictions[at].at.place(),
        None => register[first].at.place(),
    };
    let finding = Finding::new(&RULE.card, place, message).label("rests on one thing").help(help).under(regime);
    let aspect = match basis {
        Basis::Decision(id) => law[id].id.to_string(),
        Basis::Safeguard(id) => register.safeguard_id(id).to_owned(),
    };
    Some(if parties.len() > 1 {
        finding.about("jurisdiction", seat.as_str()).aspect(aspect)
    } else {
        finding.about("party", register.party_id(first)).aspect(aspect)
    })
}
