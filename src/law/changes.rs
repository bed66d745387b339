//! What changed in the law, day by day: the history behind every "since" and "no longer".

use jiff::civil::Date;

use super::facts::{DecisionId, InstrumentId, Interval, RegimeId};
use super::{Code, Law};

/// A change of the law.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change<'l> {
    /// The first day on which it is so.
    pub day: Date,
    /// What is so, as a sentence without a full stop.
    pub what: String,
    /// Where it can be looked up.
    pub citation: &'l str,
    /// What it is about.
    pub about: About,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A version of a law.
    Regime(RegimeId),
    /// An adequacy decision.
    Decision(DecisionId),
    /// An instrument under a law.
    Instrument(InstrumentId, RegimeId),
    /// A place of an area, by the area's position.
    Area(usize, Code),
}

impl Law {
    /// Every change that the law knows of, by day.
    #[must_use]
    pub fn changes(&self) -> Vec<Change<'_>> {
        let mut changes = Vec::new();
        self.version_changes(&mut changes);
        self.decision_changes(&mut changes);
        self.acceptance_changes(&mut changes);
        self.member_changes(&mut changes);
        changes.sort();
        changes
    }

    fn version_changes<'l>(&'l self, changes: &mut Vec<Change<'l>>) {
        for (at, regime) in self.regimes.iter().enumerate() {
            let about = About::Regime(RegimeId::at(at));
            for version in &regime.versions {
                let citation = &*version.source.citation;
                let begins = format!("{}: {} begins", regime.id, version.id);
                let is_over = format!("{}: {} is over", regime.id, version.id);
                ends(changes, about, version.in_force, [begins, is_over], citation);
                // What a version asks from its first day on, or asked before under another, begins with no day of it.
                let begins_within = |day: &Date| version.in_force.holds(*day) && Some(*day) != version.in_force.from;
                if let Some(day) = version.assessment_required_from.filter(begins_within) {
                    changes.push(Change {
                        day,
                        what: format!("{}: an assessment is asked for", regime.id),
                        citation,
                        about,
                    });
                }
            }
        }
    }

    fn decision_changes<'l>(&'l self, changes: &mut Vec<Change<'l>>) {
        for (at, decision) in self.decisions.iter().enumerate() {
            let regime = &self[decision.regime].id;
            let why = decision.ended_by.as_deref().map(|case| format!(", ended by {case}")).unwrap_or_default();
            let begins = format!("{regime}: decision {} begins", decision.id);
            let is_over = format!("{regime}: decision {} is over{why}", decision.id);
            let about = About::Decision(DecisionId::at(at));
            ends(changes, about, decision.in_force, [begins, is_over], &decision.source.citation);
        }
    }

    fn acceptance_changes<'l>(&'l self, changes: &mut Vec<Change<'l>>) {
        for acceptance in &self.acceptances {
            let (regime, instrument) = (&self[acceptance.key.0].id, &self[acceptance.key.1].id);
            let about = About::Instrument(acceptance.key.1, acceptance.key.0);
            let citation = &*acceptance.source.citation;
            let begins = format!("{regime}: {instrument} counts");
            let is_over = format!("{regime}: {instrument} no longer counts");
            ends(changes, about, acceptance.valid, [begins, is_over], citation);
            let closed = acceptance.signing.until.filter(|until| Some(*until) != acceptance.valid.until);
            if let Some(day) = closed.and_then(|until| until.tomorrow().ok()) {
                let what = format!("{regime}: {instrument} can no longer be signed");
                changes.push(Change { day, what, citation, about });
            }
        }
    }

    fn member_changes<'l>(&'l self, changes: &mut Vec<Change<'l>>) {
        for (at, area) in self.areas.iter().enumerate() {
            for (code, days) in &area.members {
                let begins = format!("{code} belongs to {}", area.id);
                let is_over = format!("{code} no longer belongs to {}", area.id);
                ends(changes, About::Area(at, *code), *days, [begins, is_over], &area.source.citation);
            }
        }
    }
}

/// Files the first day of an interval and the first day after it.
fn ends<'l>(changes: &mut Vec<Change<'l>>, about: About, days: Interval, words: [String; 2], citation: &'l str) {
    let after = days.until.and_then(|until| until.tomorrow().ok());
    for (day, what) in [days.from, after].into_iter().zip(words) {
        changes.extend(day.map(|day| Change { day, what, citation, about }));
    }
}
