//! How far a safeguard reaches: its scope, what it builds on, and what a leg returns.

use super::cell_set::CellSet;
use super::holds::matching;
use super::{Flow, Pair};
use crate::law::{InstrumentId, InstrumentKind, Roles};
use crate::register::{PurposeId, SafeguardId};

impl Flow<'_> {
    /// The safeguards of a leg that an instrument can build on: of the companion instrument, binding
    /// both ends, in force, with a text for the leg.
    pub(super) fn companions(&self, pair: &Pair, companion: InstrumentId) -> impl Iterator<Item = SafeguardId> {
        self.register[pair.transfer].safeguards.iter().copied().filter(move |id| {
            let other = &self.register[*id];
            let facts = &self.law.law[companion];
            let has_text = facts.modules.is_empty() || !matching(facts, &other.modules, pair.roles).is_empty();
            other.instruments.contains(&companion)
                && self.binds_both(*id, pair)
                && self.out_of_force(*id).is_none()
                && has_text
        })
    }

    /// Narrows a scope to what companions cover: an addendum cannot reach further than its clauses.
    pub(super) fn narrow_to(
        &self,
        pair: &Pair,
        companion: InstrumentId,
        purposes: &[PurposeId],
        scope: &mut CellSet,
        covered: &mut [bool],
    ) {
        if self.companions(pair, companion).next().is_none() {
            return;
        }
        let mut reach = self.cells.none();
        for id in self.companions(pair, companion) {
            reach.union_with(&self.scope_of(id, companion));
        }
        scope.intersect_with(&reach);
        for (purpose, covered) in purposes.iter().zip(covered) {
            *covered &= self.companions(pair, companion).any(|id| self.covers_purpose(id, *purpose));
        }
    }

    /// The cells that a leg returns: those that its recipient gave its sender, or that its sender
    /// collected as a processor.
    pub(super) fn returned(&self, pair: &Pair) -> CellSet {
        if pair.roles != Roles::P2c {
            return self.cells.none();
        }
        let given = self.given.get(&(pair.to, pair.from));
        let mut returned = given.cloned().unwrap_or_else(|| self.cells.none());
        if let Some(collected) = self.collected.get(&pair.from) {
            returned.union_with(&collected.as_processor);
        }
        returned
    }

    /// The cells that a safeguard says it covers.
    pub(super) fn written_scope(&self, id: SafeguardId) -> CellSet {
        let scope = &self.register[id].scope;
        self.cells.within(&scope.data, &scope.subjects)
    }

    /// The cells within the scope of a safeguard, as one of its instruments.
    pub(super) fn scope_of(&self, id: SafeguardId, instrument: InstrumentId) -> CellSet {
        let scope = &self.register[id].scope;
        let mut cells = self.written_scope(id);
        if self.law.law[instrument].kind == InstrumentKind::Certification {
            if !scope.covers_hr {
                cells.difference_with(self.cells.hr());
            }
            if !scope.covers_other {
                cells.intersect_with(self.cells.hr());
            }
        }
        cells
    }

    /// Whether a purpose is within the scope of a safeguard.
    pub(super) fn covers_purpose(&self, id: SafeguardId, purpose: PurposeId) -> bool {
        let purposes = &self.register[id].scope.purposes;
        let number = purpose.index();
        let names = |named: &PurposeId| self.register[*named].parts.iter().any(|part| *part as usize == number);
        purposes.is_empty() || purposes.iter().any(names)
    }

    /// The purposes of a leg's transfer, with their parts.
    pub(super) fn purposes(&self, pair: &Pair) -> Vec<PurposeId> {
        let named = &self.register[pair.transfer].purposes;
        let parts = named.iter().flat_map(|purpose| &self.register[*purpose].parts);
        let mut purposes: Vec<PurposeId> = parts.map(|part| PurposeId::at(*part as usize)).collect();
        purposes.sort_unstable();
        purposes.dedup();
        purposes
    }
}
