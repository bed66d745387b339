//! What parties hold: sets of cells, plain and under each regime, and how far from a collector.

use smallvec::SmallVec;

use super::cell_set::{CellSet, NONE};
use super::judge::Standing;

/// A set of cells, and in which round each was reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounds {
    /// Rounds in which something new was reached, and all that had been reached by then.
    steps: SmallVec<[(u32, CellSet); 1]>,
}

impl Rounds {
    /// Adds cells in a round; whether any was new.
    pub(super) fn add(&mut self, cells: &CellSet, round: u32) -> bool {
        if cells.is_subset(self.all()) {
            return false;
        }
        match self.steps.last_mut() {
            Some((last, reached)) if *last == round => reached.union_with(cells),
            last => {
                let mut reached = last.map(|(_, reached)| reached.clone()).unwrap_or_default();
                reached.union_with(cells);
                self.steps.push((round, reached));
            }
        }
        true
    }

    /// Every cell.
    pub(super) fn all(&self) -> &CellSet {
        self.steps.last().map_or(&NONE, |(_, reached)| reached)
    }

    /// The cells first reached in a round.
    pub(super) fn in_round(&self, round: u32) -> Option<CellSet> {
        let at = self.steps.iter().position(|(at, _)| *at == round)?;
        let mut fresh = self.steps[at].1.clone();
        if let Some((_, before)) = at.checked_sub(1).and_then(|at| self.steps.get(at)) {
            fresh.difference_with(before);
        }
        Some(fresh)
    }

    /// The first round in which any of some cells was reached.
    pub(super) fn first_of(&self, cells: &CellSet) -> Option<u32> {
        self.steps.iter().find(|(_, reached)| !reached.is_disjoint(cells)).map(|(round, _)| *round)
    }

    /// The cells of a set that were reached here in an earlier round than in another.
    pub(super) fn before(&self, other: &Self, of: &CellSet) -> CellSet {
        let mut found = CellSet::default();
        for (round, reached) in &self.steps {
            let mut earlier = reached.clone();
            if let Some((_, theirs)) = other.steps.iter().take_while(|(at, _)| at <= round).last() {
                earlier.difference_with(theirs);
            }
            found.union_with(&earlier);
        }
        found.intersect_with(other.all());
        found.intersect_with(of);
        found
    }
}

/// What a party holds.
#[derive(Debug, Default)]
pub(super) struct Holding {
    /// Cells, whatever the law says of them.
    pub(super) plain: Rounds,
    /// Per regime that has attached to any of it.
    pub(super) regimes: Vec<RegimeHolding>,
}

/// What a party holds under a regime.
#[derive(Debug)]
pub(super) struct RegimeHolding {
    /// The regime, by position among those in force.
    pub(super) regime: usize,
    /// Cells per standing.
    pub(super) standings: [Rounds; 3],
    /// Cells that came to a party outside the territory by a transfer, under any standing.
    pub(super) arrived: Rounds,
}

impl Holding {
    pub(super) fn under(&self, regime: usize) -> Option<&RegimeHolding> {
        self.regimes.iter().find(|held| held.regime == regime)
    }

    /// Adds what arrives in a slot in a round; whether any goes on from here.
    pub(super) fn receive(&mut self, slot: Slot, cells: &CellSet, round: u32) -> bool {
        match slot {
            Slot::Plain => self.plain.add(cells, round),
            Slot::Standing(regime, standing) => self.under_mut(regime).standings[standing as usize].add(cells, round),
            Slot::Arrived(regime) => {
                self.under_mut(regime).arrived.add(cells, round);
                false
            }
        }
    }

    fn under_mut(&mut self, regime: usize) -> &mut RegimeHolding {
        if let Some(at) = self.regimes.iter().position(|held| held.regime == regime) {
            return &mut self.regimes[at];
        }
        let at = self.regimes.partition_point(|held| held.regime < regime);
        // They are large, and most parties are under one law or two: no room is kept for more.
        self.regimes.reserve_exact(1);
        let held = RegimeHolding { regime, standings: Default::default(), arrived: Rounds::default() };
        self.regimes.insert(at, held);
        &mut self.regimes[at]
    }
}

/// Where cells arrive at a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// As data that it holds.
    Plain,
    /// Under a regime, with a standing.
    Standing(usize, Standing),
    /// Under a regime, by a transfer.
    Arrived(usize),
}
