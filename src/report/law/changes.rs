//! What changed in the law between two days, when, and where to look it up.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::law::{Interval, Law};

/// A change: its day, what changed, and the source.
type Change<'l> = (Date, String, &'l str);

/// The changes from one day to another, both included.
#[must_use]
pub fn changes(law: &Law, from: Date, to: Date) -> String {
    let mut changes = Vec::new();
    versions(law, &mut changes);
    decisions(law, &mut changes);
    acceptances(law, &mut changes);
    members(law, &mut changes);
    changes.retain(|(day, ..)| (from..=to).contains(day));
    changes.sort();
    let mut out = String::new();
    for (day, what, citation) in &changes {
        let _ = writeln!(out, "{day}  {what} [{citation}]");
    }
    if changes.is_empty() {
        let _ = writeln!(out, "nothing in the law book changed from {from} to {to}");
    }
    out
}

/// Files the first day of an interval and the first day after it.
fn ends<'l>(changes: &mut Vec<Change<'l>>, days: Interval, begins: String, is_over: String, citation: &'l str) {
    changes.extend(days.from.map(|from| (from, begins, citation)));
    changes.extend(days.until.and_then(|until| until.tomorrow().ok()).map(|after| (after, is_over, citation)));
}

fn versions<'l>(law: &'l Law, changes: &mut Vec<Change<'l>>) {
    for regime in &law.regimes {
        for version in &regime.versions {
            let (begins, is_over) =
                (format!("{}: {} begins", regime.id, version.id), format!("{}: {} is over", regime.id, version.id));
            ends(changes, version.in_force, begins, is_over, &version.source.citation);
            let asked = version.assessment_required_from.filter(|from| Some(*from) != version.in_force.from);
            changes.extend(
                asked.map(|from| {
                    (from, format!("{}: an assessment is asked for", regime.id), &*version.source.citation)
                }),
            );
        }
    }
}

fn decisions<'l>(law: &'l Law, changes: &mut Vec<Change<'l>>) {
    for decision in &law.decisions {
        let regime = &law[decision.regime].id;
        let why = decision.ended_by.as_deref().map(|case| format!(", ended by {case}")).unwrap_or_default();
        let begins = format!("{regime}: decision {} begins", decision.id);
        let is_over = format!("{regime}: decision {} is over{why}", decision.id);
        ends(changes, decision.in_force, begins, is_over, &decision.source.citation);
    }
}

fn acceptances<'l>(law: &'l Law, changes: &mut Vec<Change<'l>>) {
    for acceptance in &law.acceptances {
        let (regime, instrument) = (&law[acceptance.key.0].id, &law[acceptance.key.1].id);
        let citation = &*acceptance.source.citation;
        let (begins, is_over) =
            (format!("{regime}: {instrument} counts"), format!("{regime}: {instrument} no longer counts"));
        ends(changes, acceptance.valid, begins, is_over, citation);
        let closed = acceptance.signing.until.filter(|until| Some(*until) != acceptance.valid.until);
        let closed = closed.and_then(|until| until.tomorrow().ok());
        changes.extend(closed.map(|day| (day, format!("{regime}: {instrument} can no longer be signed"), citation)));
    }
}

fn members<'l>(law: &'l Law, changes: &mut Vec<Change<'l>>) {
    for area in &law.areas {
        for (code, days) in &area.members {
            let (begins, is_over) =
                (format!("{code} belongs to {}", area.id), format!("{code} no longer belongs to {}", area.id));
            ends(changes, *days, begins, is_over, &area.source.citation);
        }
    }
}
