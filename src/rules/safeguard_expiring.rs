//! # A safeguard that ends soon
//!
//! ## Why
//!
//! On the day after its last, a safeguard carries nothing, and every transfer that rested on it
//! needs another or must stop. Clauses take weeks to sign, so this is said ahead of time: as far
//! ahead as the register's `horizon` (180 days unless it says otherwise).
//!
//! Three things end a safeguard: its own `expires`, a `terminated` that is recorded already, and
//! the law. Of the law's ends only those count that were known on the day: an instrument that can
//! no longer be signed and still counts for a time (the old standard clauses until 27 December
//! 2022). What a court ended is never announced.
//!
//! A paper that another builds on counts with it: when the clauses below a UK Addendum end, the
//! addendum carries nothing either.
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
//! expires = 2026-08-31
//! assessments = ["india-2024"]
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
//! expires = 2028-08-31
//! assessments = ["india-2024"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 44 and 46; Decision (EU) 2021/914 Art. 4 (the end of the old clauses).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::words::{some_of, transfers};
use super::{Rule, papers};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Lost, PairId, Verdict};
use crate::prose;
use crate::register::SafeguardId;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "safeguard-expiring",
        level: Level::Warn,
        integrity: false,
        source: include_str!("safeguard_expiring.rs"),
    },
    check,
};

/// An end: the last day, and the key that says so.
#[derive(Clone, Copy)]
struct End {
    last: Date,
    key: &'static str,
}

/// A safeguard, and the regime whose law ends it; none where the paper itself ends.
type Ending = (SafeguardId, Option<usize>);

/// What an end does to pairs.
#[derive(Default)]
struct Effect<'v> {
    loses: BTreeSet<PairId>,
    keeps: BTreeSet<PairId>,
    /// Pairs that something else carries now, and that this would catch.
    spare: BTreeSet<PairId>,
    first: Option<&'v Verdict<'v>>,
}

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let mut ends: BTreeMap<Ending, Option<End>> = BTreeMap::new();
    let mut effects: BTreeMap<Ending, Effect<'_>> = BTreeMap::new();
    for verdict in &assessment.verdicts {
        for (id, carries) in involved(assessment, verdict) {
            let own = *ends.entry((id, None)).or_insert_with(|| own_end(assessment, id));
            let of_law = || law_end(assessment, id, verdict.regime);
            let ending = (id, if own.is_some() { None } else { Some(verdict.regime) });
            let end = own.or_else(|| *ends.entry(ending).or_insert_with(of_law));
            let Some(end) = end else { continue };
            let effect = effects.entry(ending).or_default();
            effect.first.get_or_insert(verdict);
            let after = end.last.tomorrow().unwrap_or(end.last);
            let pairs = if !carries {
                &mut effect.spare
            } else if assessment.flow.stands_without(verdict, Lost::Safeguard(id), after) {
                &mut effect.keeps
            } else {
                &mut effect.loses
            };
            pairs.insert(verdict.pair);
        }
    }
    for (ending, effect) in effects {
        if let Some(end) = ends.get(&ending).copied().flatten() {
            docket.file(finding(assessment, ending, end, &effect));
        }
    }
}

/// The safeguards that a verdict rests on (true), those that would catch it (false), and what these build on.
fn involved(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Vec<(SafeguardId, bool)> {
    let flow = &assessment.flow;
    let mut involved: Vec<_> = flow.rests_on(verdict).into_iter().map(|id| (id, true)).collect();
    for id in &verdict.fallback {
        involved.push((*id, false));
        involved.extend(flow.built_on(verdict, *id).into_iter().map(|other| (other, false)));
    }
    // What carries by itself does not only catch, whatever builds on it.
    involved.sort_unstable_by_key(|(id, carries)| (*id, !*carries));
    involved.dedup_by_key(|(id, _)| *id);
    involved
}

/// The end of the paper itself, if it is within the horizon.
fn own_end(assessment: &Assessment<'_>, id: SafeguardId) -> Option<End> {
    let (day, horizon) = (assessment.day(), papers::horizon(assessment));
    let dates = assessment.register()[id].dates;
    let expires = dates.expires.filter(|last| (day..=horizon).contains(last)).map(|last| End { last, key: "expires" });
    let ended = dates.terminated.filter(|first| *first > day && *first <= horizon);
    let terminated = ended.and_then(|first| first.yesterday().ok()).map(|last| End { last, key: "terminated" });
    expires.into_iter().chain(terminated).min_by_key(|end| end.last)
}

/// The end that a regime sets to every instrument of a safeguard, if it is within the horizon and
/// was known: whoever closes an instrument to new signatures says until when the old ones count.
fn law_end(assessment: &Assessment<'_>, id: SafeguardId, regime: usize) -> Option<End> {
    let (day, horizon) = (assessment.day(), papers::horizon(assessment));
    let (register, on) = (assessment.register(), &assessment.flow.law.regimes()[regime]);
    if papers::is_of(assessment, id, |instrument| instrument.named_by_decision) {
        return None;
    }
    let mut last: Option<Date> = None;
    for accepted in papers::instruments(register, id).filter_map(|instrument| on.acceptance(instrument)) {
        let is_known = accepted.signing.is_after(day);
        let until = accepted.valid.until.filter(|until| is_known && *until <= horizon)?;
        last = last.max(Some(until));
    }
    last.filter(|last| *last >= day).map(|last| End { last, key: "instrument" })
}

fn finding(assessment: &Assessment<'_>, (id, regime): Ending, end: End, effect: &Effect<'_>) -> Finding {
    let register = assessment.register();
    let name = prose::quote(register.safeguard_id(id));
    let keeps = effect.keeps.difference(&effect.loses).count();
    let mut said = Vec::new();
    if !effect.loses.is_empty() {
        said.push(transfers(effect.loses.len(), "loses its safeguard", "lose their safeguard"));
    }
    if keeps > 0 {
        said.push(transfers(keeps, "has another", "have another"));
    }
    if said.is_empty() {
        said.push(transfers(effect.spare.len(), "loses what would catch it", "lose what would catch them"));
    }
    let on = regime.map(|regime| &assessment.flow.law.regimes()[regime]);
    let how = on.map_or_else(
        || "ends".to_owned(),
        |on| format!("is of an instrument that {} accepts no longer than", on.version.id),
    );
    let how = if on.is_some() { format!("{how} {}", end.last) } else { format!("{how} after {}", end.last) };
    let message = format!("{name} {how}: {}", prose::list(&said));
    let successor = on.and(effect.first).and_then(|verdict| assessment.signable(verdict));
    let help = match successor {
        Some(instrument) => {
            format!("sign `{}` before then, record it and list it on these transfers", instrument.id)
        }
        None => "renew it and record the new dates, or list another safeguard on these transfers".to_owned(),
    };
    let place = register[id].at.key(end.key);
    let mut finding = Finding::new(&RULE.card, place, message)
        .label(if regime.is_some() { "ends by law" } else { "ends here" })
        .help(help)
        .about("safeguard", register.safeguard_id(id));
    if !effect.loses.is_empty() {
        let pairs = effect.loses.iter().map(|pair| assessment.flow.pair(*pair));
        let ids = pairs.map(|pair| register.pair_id(pair.transfer, pair.from, pair.to));
        finding = finding.note(format!("left without one: {}", some_of(ids, "transfer")));
    }
    if let Some(on) = on {
        let instrument = papers::instruments(register, id).next().map(|id| &assessment.flow.law.law[id].id);
        let instrument = instrument.map_or("", |id| &**id);
        finding = finding.under(&*on.regime.id).because(
            format!("safeguard-expiring {} {instrument}", on.regime.id),
            format!("{} accepts {instrument} no longer than {}", on.version.id, end.last),
        );
    }
    finding
}
