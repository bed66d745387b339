//! Duties of sharing that need no border: the agreement with a processor, the authorisation of another,
//! the conditions for special data. Asked only about data that some law of the book is attached to.

use super::cell_set::CellSet;
use super::force::OutOfForce;
use super::holds::matching;
use super::{Flow, Pair, PairId};
use crate::law::{Instrument, Roles};
use crate::register::{Authorisation, DataId, PartyId, PurposeId, Safeguard, SafeguardId, SubjectsId};

/// Why a processing agreement is not enough for a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It is not in force on the day.
    OutOfForce(OutOfForce),
    /// It does not bind both ends.
    NotBound,
    /// It has no text for the leg.
    NoText,
    /// It does not cover all of the data, for every purpose.
    OutOfScope,
}

impl Flow<'_> {
    /// What a party holds that any law of the book is attached to.
    pub(super) fn regulated(&self, party: PartyId) -> CellSet {
        let mut cells = self.cells.none();
        for held in &self.now(party).regimes {
            held.standings.iter().for_each(|standing| cells.union_with(standing.all()));
        }
        cells
    }

    /// What goes along a pair that any law of the book is attached to.
    pub(super) fn bound(&self, pair: &Pair) -> CellSet {
        let mut cells = self.regulated(pair.from);
        cells.intersect_with(&self.named[pair.transfer.index()]);
        cells
    }

    /// Whether any law of the book is attached to anything that goes along a pair.
    #[must_use]
    pub fn is_bound(&self, pair: PairId) -> bool {
        !self.bound(self.pair(pair)).is_clear()
    }

    /// For a leg to a processor that no listed agreement covers: the listed ones, and why each is
    /// not enough. Several agreements may share the work.
    #[must_use]
    pub fn agreement_gaps(&self, id: PairId) -> Option<Vec<(SafeguardId, Gap)>> {
        let pair = self.pair(id);
        let cells = self.bound(pair);
        if !pair.roles.to_processor() || cells.is_clear() {
            return None;
        }
        let purposes = self.purposes(pair);
        let (mut gaps, mut good) = (Vec::new(), Vec::new());
        let listed = self.with_a_say(pair, &self.register[pair.transfer].safeguards);
        for agreement in listed.iter().copied().filter(|id| self.agreements(*id).next().is_some()) {
            match self.agreement_gap(pair, agreement) {
                Some(gap) => gaps.push((agreement, gap)),
                None => good.push(agreement),
            }
        }
        if self.cover(&good, &cells, &purposes) {
            return None;
        }
        gaps.extend(good.into_iter().map(|id| (id, Gap::OutOfScope)));
        gaps.sort_by_key(|(id, _)| *id);
        Some(gaps)
    }

    /// A recorded agreement that would cover a leg if its transfer listed it.
    #[must_use]
    pub fn agreement_elsewhere(&self, id: PairId) -> Option<SafeguardId> {
        /// A party that is bound by more papers than this is looked at no further: it is a hint only.
        const ENOUGH: usize = 256;
        let pair = self.pair(id);
        let (cells, purposes) = (self.bound(pair), self.purposes(pair));
        let of_both = [pair.from, pair.to].map(|end| &self.binding[end.index()]);
        let fewer = of_both.into_iter().min_by_key(|list| list.len())?;
        let fits = |id: &SafeguardId| {
            self.agreements(*id).next().is_some()
                && self.agreement_gap(pair, *id).is_none()
                && self.cover(&[*id], &cells, &purposes)
        };
        fewer.iter().copied().take(ENOUGH).find(fits)
    }

    /// What of a safeguard is a processing agreement.
    fn agreements(&self, id: SafeguardId) -> impl Iterator<Item = &Instrument> {
        let law = self.law.law;
        self.register[id].instruments.iter().map(|id| &law[*id]).filter(|facts| facts.processing_agreement)
    }

    /// Why an agreement is not enough for a leg, its scope aside.
    fn agreement_gap(&self, pair: &Pair, id: SafeguardId) -> Option<Gap> {
        let safeguard = &self.register[id];
        if let Some(out) = self.out_of_force(id) {
            Some(Gap::OutOfForce(out))
        } else if !self.binds_both(id, pair) {
            Some(Gap::NotBound)
        } else if !self.agreements(id).any(|facts| has_text(facts, safeguard, pair.roles)) {
            Some(Gap::NoText)
        } else {
            None
        }
    }

    /// Whether some safeguards together reach all cells, for every purpose.
    fn cover(&self, safeguards: &[SafeguardId], cells: &CellSet, purposes: &[PurposeId]) -> bool {
        let scopes: Vec<CellSet> = safeguards.iter().map(|id| self.written_scope(*id)).collect();
        !safeguards.is_empty()
            && purposes.iter().all(|purpose| {
                let mut reached = self.cells.none();
                let serving = safeguards.iter().zip(&scopes).filter(|(id, _)| self.covers_purpose(**id, *purpose));
                serving.for_each(|(_, scope)| reached.union_with(scope));
                cells.is_subset(&reached)
            })
    }

    /// Why the authorisation that a transfer records for a sub-processor is worth nothing to a sender.
    #[must_use]
    pub fn authorisation_gap(&self, allowed: Authorisation, sender: PartyId) -> Option<Gap> {
        let Authorisation::Safeguard(id) = allowed else { return None };
        if let Some(out) = self.out_of_force(id) {
            return Some(Gap::OutOfForce(out));
        }
        self.register[id].parties.binary_search(&sender).is_err().then_some(Gap::NotBound)
    }

    /// The categories that fit, of what lists of categories and groups name, that any of some
    /// parties holds under a law of the book.
    #[must_use]
    pub fn regulated_data(
        &self,
        parties: &[PartyId],
        (data, subjects): (&[DataId], &[SubjectsId]),
        fits: impl Fn(DataId) -> bool,
    ) -> Vec<DataId> {
        let named = self.cells.named(data, subjects);
        let mut wanted = self.cells.none();
        named.ones().filter(|at| fits(self.cells.cell(*at).data)).for_each(|at| wanted.insert(at));
        let mut held = self.cells.none();
        if !wanted.is_clear() {
            for party in parties {
                held.union_with(&self.regulated(*party));
            }
        }
        wanted.intersect_with(&held);
        let mut found: Vec<DataId> = self.cells.of_set(&wanted).map(|cell| cell.data).collect();
        found.dedup();
        found
    }
}

/// Whether an instrument has a text for a leg that was signed.
fn has_text(instrument: &Instrument, safeguard: &Safeguard, roles: Roles) -> bool {
    if instrument.modules.is_empty() {
        instrument.roles.is_empty() || instrument.roles.contains(&roles)
    } else {
        !matching(instrument, &safeguard.modules, roles).is_empty()
    }
}
