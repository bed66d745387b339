//! Roles that cannot both be true: a processor that passes data on as if it were its own, and a
//! recipient that is controller and processor of the same data for the same purpose.

use hashbrown::HashMap;

use super::cell_set::CellSet;
use super::{Flow, PairId};
use crate::register::{DataId, PartyId, PurposeId, SubjectsId};

/// A pair whose sender passes on as a controller what it has only as a processor.
#[derive(Debug)]
pub struct SelfMade {
    /// The pair.
    pub pair: PairId,
    /// What it has only as a processor, sorted.
    pub data: Vec<DataId>,
}

/// Two pairs of the same parties whose recipient is controller on one and processor on the other.
#[derive(Debug)]
pub struct TwoRoles {
    /// The one found first.
    pub first: PairId,
    /// The one that contradicts it.
    pub second: PairId,
    /// What goes along both, sorted.
    pub data: Vec<DataId>,
    /// For what on both.
    pub purpose: PurposeId,
}

impl Flow<'_> {
    /// Every active pair whose sender passes on as a controller what came to it only as a processor.
    #[must_use]
    pub fn self_made(&self) -> Vec<SelfMade> {
        let as_controller = |id: &PairId| !self.pair(*id).roles.from_processor();
        let mut own: HashMap<PartyId, CellSet> = HashMap::new();
        for id in self.active_pairs().filter(as_controller) {
            let sender = self.pair(id).from;
            own.entry(sender).or_insert_with(|| self.collected_as_controller(sender));
        }
        for pair in self.pairs.iter().filter(|pair| !pair.roles.to_processor()) {
            if let Some(own) = own.get_mut(&pair.to) {
                let mut brought = self.named[pair.transfer.index()].clone();
                brought.intersect_with(self.holdings[pair.from.index()].plain.all());
                own.union_with(&brought);
            }
        }
        let found = self.active_pairs().filter(as_controller).filter_map(|id| {
            let pair = self.pair(id);
            let mut cells = self.bound(pair);
            cells.difference_with(own.get(&pair.from)?);
            (!cells.is_clear()).then(|| SelfMade { pair: id, data: self.data_of(&cells) })
        });
        found.collect()
    }

    fn collected_as_controller(&self, party: PartyId) -> CellSet {
        let Some(collected) = self.collected.get(&party) else { return self.cells.none() };
        let mut own = collected.all.clone();
        own.difference_with(&collected.as_processor);
        own
    }

    /// For every two parties at most one contradiction: active pairs with the same data and purpose.
    #[must_use]
    pub fn two_roles(&self) -> Vec<TwoRoles> {
        let ends = |id: &PairId| (self.pair(*id).from, self.pair(*id).to);
        let mut pairs: Vec<PairId> = self.active_pairs().collect();
        pairs.sort_by_key(ends);
        let is_mixed = |ids: &&[PairId]| {
            let first = ids.first().map(|id| self.pair(*id).roles.to_processor());
            ids.iter().any(|id| Some(self.pair(*id).roles.to_processor()) != first)
        };
        let between = pairs.chunk_by(|one, other| ends(one) == ends(other));
        let mut found: Vec<TwoRoles> = between.filter(is_mixed).filter_map(|ids| self.contradiction(ids)).collect();
        found.sort_by_key(|two| two.second);
        found
    }

    fn contradiction(&self, ids: &[PairId]) -> Option<TwoRoles> {
        // Per purpose and role what has gone along so far, so that each pair is looked at once.
        let mut seen: HashMap<(PurposeId, bool), CellSet> = HashMap::new();
        for (at, second) in ids.iter().enumerate() {
            let pair = self.pair(*second);
            let cells = self.bound(pair);
            let as_processor = pair.roles.to_processor();
            for purpose in self.purposes(pair) {
                let other = seen.get(&(purpose, !as_processor));
                if other.is_some_and(|other| !other.is_disjoint(&cells)) {
                    let contradicts = |first: &&PairId| {
                        let other = self.pair(**first);
                        other.roles.to_processor() != as_processor
                            && self.purposes(other).contains(&purpose)
                            && !self.bound(other).is_disjoint(&cells)
                    };
                    let first = *ids.iter().take(at).find(contradicts)?;
                    let mut shared = self.bound(self.pair(first));
                    shared.intersect_with(&cells);
                    return Some(TwoRoles { first, second: *second, data: self.data_of(&shared), purpose });
                }
                seen.entry((purpose, as_processor)).or_insert_with(|| self.cells.none()).union_with(&cells);
            }
        }
        None
    }

    /// The categories of some cells, sorted, each once.
    #[must_use]
    pub fn data_of(&self, cells: &CellSet) -> Vec<DataId> {
        // Cells are in the order of their data.
        let mut data: Vec<DataId> = self.cells.of_set(cells).map(|cell| cell.data).collect();
        data.dedup();
        data
    }

    /// The groups of some cells, sorted, each once, and whether some of the cells have no named group.
    #[must_use]
    pub fn subjects_of(&self, cells: &CellSet) -> (Vec<SubjectsId>, bool) {
        let mut groups: Vec<SubjectsId> = self.cells.of_set(cells).filter_map(|cell| cell.subjects).collect();
        groups.sort_unstable();
        groups.dedup();
        (groups, self.cells.of_set(cells).any(|cell| cell.subjects.is_none()))
    }
}
