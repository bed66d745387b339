//! What would become of a verdict if something that carries it were gone: whether anything else
//! that is listed or decided would still carry all of it.

use jiff::civil::Date;

use super::cell_set::CellSet;
use super::holds::Exam;
use super::reach::Leg;
use super::{Flow, Verdict};
use crate::law::{DecisionId, InstrumentId};
use crate::register::SafeguardId;

/// What is gone.
#[derive(Clone, Copy, Debug)]
pub enum Lost {
    /// A safeguard, or a certificate through the decision that names it.
    Safeguard(SafeguardId),
    /// A decision.
    Decision(DecisionId),
}

impl<'a> Flow<'a> {
    /// Whether other decisions, or other safeguards listed on the transfer, would carry all the data of
    /// a verdict for every purpose on a day on which something is gone. What is listed counts if it
    /// holds on the day of the assessment and has not ended by then.
    #[must_use]
    pub fn stands_without(&self, verdict: &Verdict<'a>, lost: Lost, day: Date) -> bool {
        let pair = self.pair(verdict.pair);
        let mut rest = verdict.cells.clone();
        rest.difference_with(&self.decided_without(verdict, lost, day));
        if rest.is_clear() {
            return true;
        }
        let purposes = self.purposes(pair);
        let contract_suffices = self.contract_suffices(verdict);
        let accepted = |instrument: InstrumentId| self.is_accepted_on(instrument, verdict.regime, day);
        let is_left = |id: &SafeguardId| {
            !matches!(lost, Lost::Safeguard(gone) if gone == *id) && self.out_of_force_on(*id, day).is_none()
        };
        let left: Vec<SafeguardId> = self.register[pair.transfer].safeguards.iter().copied().filter(is_left).collect();
        // What others build on may be what is gone.
        let leg = Leg { pair, regime: verdict.regime, beside: &left, purposes: &purposes };
        let exams = self.examine(&leg, &self.with_a_say(pair, &left));
        let is_covered = |purpose: usize| {
            let mut covered = self.cells.none();
            let mut cover = |exam: &Exam<'_>, cells: &CellSet| {
                exam.reach(purpose, cells).iter().for_each(|reached| covered.union_with(reached));
            };
            for exam in &exams {
                if exam.holds() && accepted(exam.instrument) {
                    cover(exam, &exam.cells);
                }
                if contract_suffices && exam.is_contract {
                    cover(exam, &exam.scope);
                }
            }
            rest.is_subset(&covered)
        };
        (0..purposes.len()).all(is_covered)
    }

    /// Whether other decisions would cover all the data of a verdict on a day on which something is gone.
    #[must_use]
    pub fn is_decided_without(&self, verdict: &Verdict<'a>, lost: Lost, day: Date) -> bool {
        verdict.cells.is_subset(&self.decided_without(verdict, lost, day))
    }

    /// A safeguard that is recorded, not listed on the transfer of a verdict, and would carry all of it.
    #[must_use]
    pub fn recorded_elsewhere(&self, verdict: &Verdict<'a>) -> Option<SafeguardId> {
        self.elsewhere(self.pair(verdict.pair), verdict.regime, &verdict.cells, self.contract_suffices(verdict))
    }

    /// The certificates through which a decision carries a verdict.
    pub fn certificates_for(
        &self,
        verdict: &Verdict<'_>,
        decision: DecisionId,
    ) -> impl Iterator<Item = SafeguardId> + '_ {
        self.behind(decision, self.pair(verdict.pair).to)
    }

    /// The cells of a verdict that decisions in force on a day cover, when something is gone.
    fn decided_without(&self, verdict: &Verdict<'a>, lost: Lost, day: Date) -> CellSet {
        let pair = self.pair(verdict.pair);
        let mut decided = self.cells.none();
        let certificate = match lost {
            Lost::Safeguard(id) => Some(id),
            Lost::Decision(_) => None,
        };
        for (id, decision) in self.decisions(pair, verdict.regime) {
            let is_gone = matches!(lost, Lost::Decision(gone) if gone == id);
            if !is_gone && decision.in_force.holds(day) {
                decided.union_with(&self.fit_without(pair, decision, certificate).cells);
            }
        }
        decided
    }

    /// Whether a regime accepts an instrument on a day.
    fn is_accepted_on(&self, instrument: InstrumentId, regime: usize, day: Date) -> bool {
        let acceptance = self.law.regimes()[regime].acceptance(instrument);
        acceptance.is_some_and(|acceptance| acceptance.valid.holds(day))
    }
}
