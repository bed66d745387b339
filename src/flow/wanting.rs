//! What a verdict that nothing carries is short of.

use super::{Flow, Standing, Verdict};
use crate::law::DecisionId;

impl<'a> Flow<'a> {
    /// Whether all the data of a verdict stands under an onward principle: then a contract is enough.
    #[must_use]
    pub fn contract_suffices(&self, verdict: &Verdict<'_>) -> bool {
        let held = self.now(self.pair(verdict.pair).from).under(verdict.regime);
        let has = |standing: Standing| {
            held.is_some_and(|held| !held.standings[standing as usize].all().is_disjoint(&verdict.cells))
        };
        !has(Standing::InFull) && !has(Standing::ThroughProcessor)
    }

    /// Whether a decision would make all of a verdict adequate if only its recipient were certified.
    #[must_use]
    pub fn lacks_only_certificate(&self, verdict: &Verdict<'a>, decision: DecisionId) -> bool {
        let decision = &self.law.law[decision];
        let fit = self.fit(self.pair(verdict.pair), decision);
        let mut reached = fit.cells;
        reached.union_with(&fit.uncertified);
        decision.in_force.holds(self.day) && verdict.cells.is_subset(&reached)
    }

    /// Whether any of the data of a verdict is about people in their employment.
    #[must_use]
    pub fn has_hr(&self, verdict: &Verdict<'_>) -> bool {
        !verdict.cells.is_disjoint(self.cells.hr())
    }
}
