//! Whether a place other than a party's seat is one where a regime would let its data be.

use super::{Flow, Standing};
use crate::law::Code;
use crate::register::PartyId;

impl Flow<'_> {
    /// Whether a party holds personal data for which a regime binds it: in full or as a processor.
    #[must_use]
    pub fn binds(&self, party: PartyId, regime: usize) -> bool {
        let binding = [Standing::InFull, Standing::ThroughProcessor];
        let held = self.now(party).under(regime);
        held.is_some_and(|held| binding.iter().any(|at| !held.standings[*at as usize].all().is_clear()))
    }

    /// Whether decisions in force cover all the data for which a regime binds a party in a place, as if
    /// the party sat there.
    #[must_use]
    pub fn is_adequate_for(&self, party: PartyId, regime: usize, place: Code) -> bool {
        let Some(held) = self.now(party).under(regime) else { return true };
        let mut cells = held.standings[Standing::InFull as usize].all().clone();
        cells.grow(self.cells.len());
        cells.union_with(held.standings[Standing::ThroughProcessor as usize].all());
        for id in self.law.regimes()[regime].decisions(place) {
            let decision = &self.law.law[id];
            if decision.in_force.holds(self.day) {
                cells.difference_with(&self.fit_between(party, party, &[], decision, None).cells);
            }
        }
        cells.is_clear()
    }
}
