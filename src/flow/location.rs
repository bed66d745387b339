//! Whether a place other than a party's seat is one where a regime would let its data be.

use super::{Flow, Standing};
use crate::law::Code;
use crate::register::PartyId;

impl Flow<'_> {
    /// Whether decisions in force cover all the data for which a regime binds a party, in full or as a
    /// processor, in a place, as if the party sat there. Where it binds it for none, nothing is uncovered.
    #[must_use]
    pub fn is_adequate_for(&self, party: PartyId, regime: usize, place: Code) -> bool {
        let Some(held) = self.now(party).under(regime) else { return true };
        let mut cells = held.standings[Standing::InFull as usize].all().clone();
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
