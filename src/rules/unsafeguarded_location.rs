//! # Data kept in, or reached from, a place that nothing protects
//!
//! ## Why
//!
//! Data that lies in another country, or is opened there, is within reach of the law and the
//! authorities of that country too. A party's seat, the place where it keeps data and the places from
//! which its staff reach the data are three facts, and a transfer is judged on the seat. This party is
//! bound by a law on transfers for the data, and keeps or reaches it in a place outside the territory
//! of that law, where no adequacy decision in force covers it.
//!
//! Inside one legal entity this is no transfer (EDPB Guidelines 05/2021, paragraph 17), so it is a
//! warning and no safeguard can be recorded on it. If another company keeps or opens the data
//! there, it is one: record that company and the transfer to it. For a recipient outside the
//! territory, an assessment of the place in a safeguard by which it receives the data is enough.
//!
//! ## Example
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "DE"
//! stored-in = ["DE", "IN"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "DE"
//! stored-in = ["DE", "NL"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 24 and 32; EDPB Guidelines 05/2021, paragraphs 17 and 30 to 33; EDPB Recommendations
//! 01/2020 (storage and remote access in a third country).

use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Basis};
use crate::law::Code;
use crate::prose;
use crate::register::{Outcome, Party, PartyId, SafeguardId};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "unsafeguarded-location",
        level: Level::Warn,
        integrity: false,
        source: include_str!("unsafeguarded_location.rs"),
    },
    check,
};

/// The safeguards by which parties receive data, by party and regime.
type Received = BTreeMap<(PartyId, usize), BTreeSet<SafeguardId>>;

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let elsewhere: Vec<(&Party, Vec<Code>)> =
        register.parties.iter().map(|party| (party, places(party))).filter(|(_, places)| !places.is_empty()).collect();
    if elsewhere.is_empty() {
        return;
    }
    let received = received(assessment, &elsewhere);
    for (party, places) in elsewhere {
        for place in places {
            let regimes: Vec<usize> = (0..assessment.flow.law.regimes().len())
                .filter(|regime| !is_carried(assessment, &received, party, *regime, place))
                .collect();
            if !regimes.is_empty() {
                docket.file(finding(assessment, party, place, &regimes));
            }
        }
    }
}

/// Where a party keeps data or reaches it from, outside the country of its seat.
fn places(party: &Party) -> Vec<Code> {
    let seat = party.jurisdiction;
    let all: BTreeSet<Code> = party.stored_in.iter().chain(&party.accessed_from).copied().collect();
    all.into_iter().filter(|place| !place.is_within(seat) && !seat.is_within(*place)).collect()
}

fn received(assessment: &Assessment<'_>, elsewhere: &[(&Party, Vec<Code>)]) -> Received {
    let wanted: BTreeSet<PartyId> = elsewhere.iter().map(|(party, _)| party.number).collect();
    let mut received: Received = BTreeMap::new();
    for verdict in &assessment.verdicts {
        let to = assessment.pair(verdict).to;
        if wanted.contains(&to) {
            let basis = verdict.basis.iter().filter_map(|basis| match basis {
                Basis::Safeguard(id) => Some(*id),
                Basis::Decision(_) => None,
            });
            received.entry((to, verdict.regime)).or_default().extend(basis.chain(verdict.fallback.iter().copied()));
        }
    }
    received
}

/// Whether a regime asks nothing more of a party for a place.
fn is_carried(assessment: &Assessment<'_>, received: &Received, party: &Party, regime: usize, place: Code) -> bool {
    let flow = &assessment.flow;
    let on = &flow.law.regimes()[regime];
    if on.territory.contains(place) || flow.is_adequate_for(party.number, regime, place) {
        return true;
    }
    let register = assessment.register();
    // To a party inside the territory nothing is sent under a safeguard.
    let safeguards = received.get(&(party.number, regime));
    let assessed = safeguards.into_iter().flatten().flat_map(|id| &register[*id].assessments);
    let fits = |made: &&crate::register::Assessment| {
        place.is_within(made.code)
            && made.date <= assessment.day()
            && (made.regimes.is_empty() || made.regimes.contains(&on.id))
    };
    // Of several the latest counts, and of several made on one day the gravest.
    let latest = assessed.map(|id| &register[*id]).filter(fits).max_by_key(|made| (made.date, made.outcome));
    latest.is_some_and(|made| made.outcome != Outcome::NotSufficient)
}

fn finding(assessment: &Assessment<'_>, party: &Party, place: Code, regimes: &[usize]) -> Finding {
    let register = assessment.register();
    let flow = &assessment.flow;
    let is_stored = party.stored_in.contains(&place);
    let is_accessed = party.accessed_from.contains(&place);
    let how = match (is_stored, is_accessed) {
        (true, true) => "keeps personal data in, and reaches it from,",
        (true, false) => "keeps personal data in",
        _ => "reaches personal data from",
    };
    let laws: Vec<&str> = regimes.iter().map(|at| &*flow.law.regimes()[*at].version.id).collect();
    let id = register.name(party.id);
    let message = format!(
        "{} {how} {} ({place}), which {} {} not find adequate for it",
        prose::quote(id),
        flow.law.law.codes.name(place),
        prose::list(&laws),
        if laws.len() == 1 { "does" } else { "do" },
    );
    let inside = regimes.iter().any(|regime| flow.is_inside(party.number, *regime));
    let help = if inside {
        "if another company keeps or opens the data there, record it and the transfer to it; else bring the data home, or have the measures taken approved in a waiver"
    } else {
        "assess the law of that place too, and list the assessment in the safeguard by which the party receives the data"
    };
    let key = if is_stored { "stored-in" } else { "accessed-from" };
    let mut finding = Finding::new(&RULE.card, party.at.key(key), message)
        .label(if is_stored { "kept here" } else { "reached from here" })
        .help(help)
        .about("party", id)
        .aspect(place.as_str());
    if is_stored && is_accessed {
        finding = finding.related("and reached from here", party.at.key("accessed-from"));
    }
    if inside {
        finding =
            finding.note("inside one legal entity this is no transfer, but the law of that place reaches the data");
    }
    finding
}
