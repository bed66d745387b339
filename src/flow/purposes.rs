//! For what data came: the purposes that a collection gave it, and how they go along with it.
//!
//! A purpose of a leg is *grounded* at its sender if the data was collected there for it, or came
//! by a leg for which it was grounded. Only that lets nobody ground a purpose by sending data to
//! and fro. Purposes without parts are compared: a wider one is all of its parts.

use hashbrown::HashMap;
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;
use std::collections::BTreeSet;

use super::cell_set::CellSet;
use super::pairs::node;
use super::{Flow, Pair, PairId};
use crate::record::Few;
use crate::register::{DataId, PartyId, PurposeId};

/// A pair that goes beyond what its data came to its sender for.
#[derive(Debug)]
pub struct Excess {
    /// The pair.
    pub pair: PairId,
    /// Each purpose that the data did not come for, and the data, sorted.
    pub beyond: Vec<(PurposeId, Vec<DataId>)>,
}

/// Per party the purposes for which data came to it, sorted, and what came for each.
type Grounds = Vec<Vec<(PurposeId, CellSet)>>;

impl Flow<'_> {
    /// Every active pair with a purpose that its data did not come to the sender for: where the
    /// purpose first appears, not where it goes on.
    #[must_use]
    pub fn excesses(&self) -> Vec<Excess> {
        let leaves: Vec<Few<PurposeId>> =
            self.register.transfers.iter().map(|transfer| self.leaves(&transfer.purposes)).collect();
        let grounds = self.grounds(&leaves);
        let mut earlier: HashMap<(PartyId, PurposeId), CellSet> = HashMap::new();
        let found = self.active_pairs().filter_map(|id| {
            let pair = self.pair(id);
            let cells = self.bound(pair);
            if cells.is_clear() {
                return None;
            }
            let mut beyond = Vec::new();
            for purpose in &leaves[pair.transfer.index()] {
                let mut excess = cells.clone();
                if let Some(grounded) = grounded(&grounds, pair.from, *purpose) {
                    excess.difference_with(grounded);
                }
                if excess.is_clear() {
                    continue;
                }
                let from_before = earlier
                    .entry((pair.from, *purpose))
                    .or_insert_with(|| self.came_with(pair.from, *purpose, &leaves));
                excess.difference_with(from_before);
                if !excess.is_clear() {
                    beyond.push((*purpose, self.data_of(&excess)));
                }
            }
            (!beyond.is_empty()).then_some(Excess { pair: id, beyond })
        });
        found.collect()
    }

    /// Purposes and all their parts, without those that have parts themselves.
    fn leaves(&self, named: &[PurposeId]) -> Few<PurposeId> {
        let parts = named.iter().flat_map(|purpose| &self.register[*purpose].parts);
        let parts = parts.map(|part| PurposeId::at(*part as usize));
        let mut leaves: Few<PurposeId> = parts.filter(|purpose| self.register[*purpose].parts.len() == 1).collect();
        leaves.sort_unstable();
        leaves.dedup();
        leaves
    }

    /// For every party and purpose, the cells that came to the party for the purpose.
    fn grounds(&self, leaves: &[Few<PurposeId>]) -> Grounds {
        let mut grounds: Grounds = vec![Vec::new(); self.register.parties.len()];
        let mut frontier = BTreeSet::new();
        for collection in self.register.collections.iter().filter(|row| row.days.has_begun(self.day)) {
            let cells = self.cells.named(&collection.data, &collection.subjects);
            for purpose in self.leaves(&collection.purposes) {
                for party in &collection.by {
                    ground(&mut grounds, (*party, purpose), &cells);
                    frontier.insert(*party);
                }
            }
        }
        // Of data whose source is not recorded nothing is known: that is a finding already.
        for (transfer, entry) in self.all_assumed() {
            for purpose in &leaves[transfer.index()] {
                ground(&mut grounds, (entry.party, *purpose), &entry.cells);
                frontier.insert(entry.party);
            }
        }
        while !frontier.is_empty() {
            let mut next = BTreeSet::new();
            for party in frontier {
                self.send_grounds(party, &mut grounds, leaves, &mut next);
            }
            frontier = next;
        }
        grounds
    }

    fn send_grounds(
        &self,
        party: PartyId,
        grounds: &mut Grounds,
        leaves: &[Few<PurposeId>],
        next: &mut BTreeSet<PartyId>,
    ) {
        for edge in self.graph.edges_directed(node(party), Direction::Outgoing) {
            let pair = self.pair(PairId::at(edge.id().index()));
            for purpose in &leaves[pair.transfer.index()] {
                let Some(mut sent) = grounded(grounds, party, *purpose).cloned() else { continue };
                sent.intersect_with(&self.named[pair.transfer.index()]);
                if ground(grounds, (pair.to, *purpose), &sent) {
                    next.insert(pair.to);
                }
            }
        }
    }

    /// The cells that came to a party for a purpose by a leg from a party that had them earlier:
    /// if the purpose is in excess there, it is told there.
    fn came_with(&self, party: PartyId, purpose: PurposeId, leaves: &[Few<PurposeId>]) -> CellSet {
        let mut came = self.cells.none();
        for edge in self.graph.edges_directed(node(party), Direction::Incoming) {
            let pair: &Pair = self.pair(PairId::at(edge.id().index()));
            if leaves[pair.transfer.index()].binary_search(&purpose).is_err() {
                continue;
            }
            let named = &self.named[pair.transfer.index()];
            came.union_with(&self.holdings[pair.from.index()].plain.before(&self.holdings[party.index()].plain, named));
        }
        came
    }
}

/// What came to a party for a purpose.
fn grounded(grounds: &Grounds, party: PartyId, purpose: PurposeId) -> Option<&CellSet> {
    let came = &grounds[party.index()];
    let at = came.binary_search_by_key(&purpose, |(purpose, _)| *purpose).ok()?;
    Some(&came[at].1)
}

/// Adds cells; whether any was new.
fn ground(grounds: &mut Grounds, (party, purpose): (PartyId, PurposeId), cells: &CellSet) -> bool {
    if cells.is_clear() {
        return false;
    }
    let came = &mut grounds[party.index()];
    match came.binary_search_by_key(&purpose, |(purpose, _)| *purpose) {
        Ok(at) => {
            let is_new = !cells.is_subset(&came[at].1);
            came[at].1.union_with(cells);
            is_new
        }
        Err(at) => {
            came.insert(at, (purpose, cells.clone()));
            true
        }
    }
}
