//! How far a safeguard reaches: its scope, what it builds on, and what a leg returns.

use std::collections::BTreeSet;

use super::cell_set::CellSet;
use super::holds::matching;
use super::{Basis, Flow, Pair, Verdict};
use crate::law::{Instrument, InstrumentId, InstrumentKind, Roles};
use crate::register::{PurposeId, SafeguardId};

/// What safeguards are held against.
pub(super) struct Leg<'l> {
    /// The leg.
    pub pair: &'l Pair,
    /// The regime, by position among those in force.
    pub regime: usize,
    /// The safeguards that others can build on.
    pub beside: &'l [SafeguardId],
    /// The purposes of its transfer, with their parts.
    pub purposes: &'l [PurposeId],
}

impl Flow<'_> {
    /// The safeguards beside others on a leg that an instrument can build on: of the companion instrument,
    /// binding both ends, in force, with a text for the leg.
    pub(super) fn companions(&self, leg: &Leg<'_>, companion: InstrumentId) -> impl Iterator<Item = SafeguardId> {
        let pair = leg.pair;
        leg.beside.iter().copied().filter(move |id| {
            let other = &self.register[*id];
            let facts = &self.law.law[companion];
            let has_text = facts.modules.is_empty() || !matching(facts, &other.modules, pair.roles).is_empty();
            other.instruments.contains(&companion)
                && self.binds_both(*id, pair)
                && self.out_of_force(*id).is_none()
                && has_text
        })
    }

    /// What a verdict rests on: the safeguards that carry it, those that they build on, and the certificates
    /// through which a decision does; sorted.
    #[must_use]
    pub fn rests_on(&self, verdict: &Verdict<'_>) -> BTreeSet<SafeguardId> {
        let mut rests = BTreeSet::new();
        for basis in &verdict.basis {
            match basis {
                Basis::Safeguard(id) => {
                    rests.insert(*id);
                    rests.extend(self.built_on(verdict, *id));
                }
                Basis::Decision(id) => rests.extend(self.certificates_for(verdict, *id)),
            }
        }
        rests
    }

    /// The papers that a safeguard builds on where it carries a verdict: without them it carries nothing.
    #[must_use]
    pub fn built_on(&self, verdict: &Verdict<'_>, id: SafeguardId) -> Vec<SafeguardId> {
        let pair = self.pair(verdict.pair);
        let beside = &self.register[pair.transfer].safeguards;
        let leg = Leg { pair, regime: verdict.regime, beside, purposes: &[] };
        let instruments = self.register[id].instruments.iter().map(|number| &self.law.law[*number]);
        instruments.flat_map(|instrument| &instrument.with).flat_map(|with| self.companions(&leg, *with)).collect()
    }

    /// What the papers that an instrument builds on reach, for each purpose of a leg: an addendum cannot
    /// reach further than its clauses. Nothing where it builds on none, or they are missing.
    pub(super) fn below(&self, leg: &Leg<'_>, instrument: &Instrument) -> Vec<CellSet> {
        let mut below: Vec<CellSet> = Vec::new();
        for companion in &instrument.with {
            let papers: Vec<SafeguardId> = self.companions(leg, *companion).collect();
            if papers.is_empty() {
                continue;
            }
            let reached = leg.purposes.iter().map(|purpose| {
                let mut reached = self.cells.none();
                let serving = papers.iter().filter(|id| self.covers_purpose(**id, *purpose));
                serving.for_each(|id| reached.union_with(&self.scope_of(*id, *companion)));
                reached
            });
            if below.is_empty() {
                below = reached.collect();
            } else {
                below.iter_mut().zip(reached).for_each(|(all, reached)| all.intersect_with(&reached));
            }
        }
        below
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
        let safeguard = &self.register[id];
        self.cells.within(&safeguard.scope.data, &safeguard.scope.subjects)
    }

    /// The cells within the scope of a safeguard, as one of its instruments.
    pub(super) fn scope_of(&self, id: SafeguardId, instrument: InstrumentId) -> CellSet {
        let safeguard = &self.register[id];
        let mut cells = self.written_scope(id);
        if self.law.law[instrument].kind == InstrumentKind::Certification {
            if !safeguard.covers_hr {
                cells.difference_with(self.cells.hr());
            }
            if !safeguard.covers_other {
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
