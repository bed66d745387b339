//! The least fixpoint: from where data is collected to everywhere it goes.
//!
//! Rounds go hop by hop, all parties at once, so the round in which a state is first reached is
//! its distance from a collector; paths are found later by stepping back through falling rounds.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;

use super::cells::{Cells, spelled_out};
use super::judge::{Arrival, Standing};
use super::pairs::node;
use super::{Collected, Flow, Pair, PairId};
use crate::law::Roles;
use crate::register::{DataId, PartyId, Role, TransferId};

/// A set of cells, and in which round each was reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounds {
    all: FixedBitSet,
    steps: Vec<(u32, FixedBitSet)>,
}

impl Rounds {
    /// Adds cells in a round; whether any was new.
    fn add(&mut self, cells: &FixedBitSet, round: u32) -> bool {
        let mut fresh = cells.clone();
        fresh.difference_with(&self.all);
        if fresh.is_clear() {
            return false;
        }
        self.all.grow(fresh.len());
        self.all.union_with(&fresh);
        match self.steps.last_mut() {
            Some((last, set)) if *last == round => set.union_with(&fresh),
            _ => self.steps.push((round, fresh)),
        }
        true
    }

    /// Every cell.
    pub(super) fn all(&self) -> &FixedBitSet {
        &self.all
    }

    /// The cells first reached in a round.
    pub(super) fn in_round(&self, round: u32) -> Option<&FixedBitSet> {
        self.steps.iter().find(|(at, _)| *at == round).map(|(_, set)| set)
    }

    /// The first round in which any of some cells was reached.
    pub(super) fn first_of(&self, cells: &FixedBitSet) -> Option<u32> {
        self.steps.iter().find(|(_, set)| !set.is_disjoint(cells)).map(|(round, _)| *round)
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

    fn under_mut(&mut self, regime: usize) -> &mut RegimeHolding {
        if let Some(at) = self.regimes.iter().position(|held| held.regime == regime) {
            return &mut self.regimes[at];
        }
        let at = self.regimes.partition_point(|held| held.regime < regime);
        let held = RegimeHolding { regime, standings: Default::default(), arrived: Rounds::default() };
        self.regimes.insert(at, held);
        &mut self.regimes[at]
    }
}

/// A category that a transfer names and no sender of it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsourced {
    /// The transfer.
    pub transfer: TransferId,
    /// The category, as named.
    pub data: DataId,
}

/// Where data enters: a real collection, or one that has to be assumed.
struct Entry {
    party: PartyId,
    as_processor: bool,
    cells: FixedBitSet,
    /// Regimes that reach the collector from outside their territory.
    reached_by: Vec<usize>,
}

impl Flow<'_> {
    /// Computes who holds what. Sources are looked for once, before any is assumed.
    pub(super) fn spread(&mut self) {
        self.number_cells(&[]);
        let entries = self.collections();
        self.run(&entries);
        let unsourced = self.look_for_sources();
        if unsourced.is_empty() {
            return;
        }
        self.number_cells(&unsourced);
        let mut entries = self.collections();
        entries.extend(self.assumed(&unsourced));
        self.run(&entries);
        self.unsourced = unsourced;
        self.unsourced.retain(|missing| self.register[missing.transfer].days.is_active(self.day));
    }

    fn number_cells(&mut self, assumed: &[Unsourced]) {
        let mut cells = BTreeSet::new();
        for collection in &self.register.collections {
            cells.extend(spelled_out(self.register, &collection.data, &collection.subjects));
        }
        for missing in assumed {
            let subjects = &self.register[missing.transfer].subjects;
            cells.extend(spelled_out(self.register, &[missing.data], subjects));
        }
        self.cells = Cells::of(self.register, cells);
        let named = |transfer: &crate::register::Transfer| self.cells.named(&transfer.data, &transfer.subjects);
        self.named = self.register.transfers.iter().map(named).collect();
    }

    fn collections(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for collection in self.register.collections.iter().filter(|collection| collection.days.is_held(self.day)) {
            let cells = self.cells.named(&collection.data, &collection.subjects);
            for party in &collection.by {
                let as_processor = self.register[*party].role == Role::Processor;
                let is_reached = |at: &usize| {
                    let regime = &self.law.regimes()[*at];
                    let meets = |place| regime.territory.meets(&self.law.places(place));
                    regime.version.extraterritorial
                        && !self.seats.is_inside(*party, *at)
                        && collection.subjects_in.iter().any(meets)
                };
                let can_reach = collection.targeted && !as_processor;
                let regimes = 0..if can_reach { self.law.regimes().len() } else { 0 };
                let reached_by = regimes.filter(is_reached).collect();
                entries.push(Entry { party: *party, as_processor, cells: cells.clone(), reached_by });
            }
        }
        entries
    }

    /// For each flowing transfer, the named personal data of which no sender holds any part.
    fn look_for_sources(&self) -> Vec<Unsourced> {
        let mut unsourced = Vec::new();
        for (index, transfer) in self.register.transfers.iter().enumerate() {
            if !transfer.days.is_active(self.day) && !transfer.days.is_held(self.day) {
                continue;
            }
            let id = TransferId::at(index);
            let senders = || transfer.from.iter().filter(|from| transfer.to.iter().any(|to| to != *from));
            for data in &transfer.data {
                let wanted = self.cells.named(&[*data], &transfer.subjects);
                let is_held = |from: &PartyId| !self.holdings[from.index()].plain.all().is_disjoint(&wanted);
                let is_personal = || !spelled_out(self.register, &[*data], &transfer.subjects).is_empty();
                if !senders().any(is_held) && senders().next().is_some() && is_personal() {
                    unsourced.push(Unsourced { transfer: id, data: *data });
                }
            }
        }
        unsourced
    }

    /// What has no source, as if every sender had collected it where it sits.
    fn assumed(&self, unsourced: &[Unsourced]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for missing in unsourced {
            let transfer = &self.register[missing.transfer];
            let mut cells = self.cells.named(&[missing.data], &transfer.subjects);
            if transfer.subjects.is_empty() {
                // With no subjects named it is one group, `unspecified`.
                let unspecified = |at: &usize| self.cells.cell(*at).subjects.is_none();
                let mut one = self.cells.none();
                cells.ones().filter(unspecified).for_each(|at| one.insert(at));
                cells = one;
            }
            let first = self.pairs.partition_point(|pair| pair.transfer < missing.transfer);
            let legs = self.pairs[first..].iter().take_while(|pair| pair.transfer == missing.transfer);
            let mut senders: Vec<(PartyId, bool)> = legs.map(|leg| (leg.from, leg.roles.from_processor())).collect();
            senders.sort_unstable();
            senders.dedup();
            entries.extend(senders.into_iter().map(|(party, as_processor)| Entry {
                party,
                as_processor,
                cells: cells.clone(),
                reached_by: Vec::new(),
            }));
        }
        entries
    }

    fn run(&mut self, entries: &[Entry]) {
        self.note_collected(entries);
        self.note_given();
        self.holdings.clear();
        self.holdings.resize_with(self.register.parties.len(), Holding::default);
        let mut frontier = BTreeSet::new();
        for entry in entries {
            self.enter(entry);
            frontier.insert(entry.party);
        }
        let mut round = 0;
        while !frontier.is_empty() {
            let mut next = BTreeSet::new();
            for party in frontier {
                self.send_on(party, round, &mut next);
            }
            frontier = next;
            round += 1;
        }
    }

    fn note_collected(&mut self, entries: &[Entry]) {
        self.collected.clear();
        for entry in entries {
            let none = || self.cells.none();
            let collected = self.collected.entry(entry.party);
            let collected = collected.or_insert_with(|| Collected { all: none(), as_processor: none() });
            collected.all.union_with(&entry.cells);
            if entry.as_processor {
                collected.as_processor.union_with(&entry.cells);
            }
        }
    }

    /// For every leg back from a processor to a controller, what the controller gave: static, so
    /// that what becomes of an atom on a leg depends on the leg alone.
    fn note_given(&mut self) {
        self.given.clear();
        for pair in self.pairs.iter().filter(|pair| pair.roles == Roles::P2c) {
            self.given.entry((pair.to, pair.from)).or_insert_with(|| self.cells.none());
        }
        if self.given.is_empty() {
            return;
        }
        for pair in self.pairs.iter().filter(|pair| pair.held) {
            if let Some(given) = self.given.get_mut(&(pair.from, pair.to)) {
                given.union_with(&self.named[pair.transfer.index()]);
            }
        }
    }

    fn enter(&mut self, entry: &Entry) {
        let standing = if entry.as_processor { Standing::ThroughProcessor } else { Standing::InFull };
        let holding = &mut self.holdings[entry.party.index()];
        holding.plain.add(&entry.cells, 0);
        for regime in self.seats.regimes(entry.party).ones() {
            holding.under_mut(regime).standings[standing as usize].add(&entry.cells, 0);
        }
        for regime in &entry.reached_by {
            holding.under_mut(*regime).standings[Standing::InFull as usize].add(&entry.cells, 0);
        }
    }

    /// Sends what a party came to hold in a round along its legs.
    fn send_on(&mut self, party: PartyId, round: u32, next: &mut BTreeSet<PartyId>) {
        let legs: Vec<usize> =
            self.graph.edges_directed(node(party), Direction::Outgoing).map(|edge| edge.id().index()).collect();
        for leg in legs {
            let pair = self.pairs[leg];
            if !pair.held {
                continue;
            }
            let arrivals = self.arrivals(PairId::at(leg), &pair, round);
            let holding = &mut self.holdings[pair.to.index()];
            let mut any = false;
            for (slot, cells) in arrivals {
                any |= match slot {
                    Slot::Plain => holding.plain.add(&cells, round + 1),
                    Slot::Standing(regime, standing) => {
                        holding.under_mut(regime).standings[standing as usize].add(&cells, round + 1)
                    }
                    Slot::Arrived(regime) => {
                        holding.under_mut(regime).arrived.add(&cells, round + 1);
                        false
                    }
                };
            }
            if any {
                next.insert(pair.to);
            }
        }
    }

    /// What arrives at the end of a leg of that which its sender came to hold in a round.
    fn arrivals(&self, id: PairId, pair: &Pair, round: u32) -> Vec<(Slot, FixedBitSet)> {
        let named = &self.named[pair.transfer.index()];
        let sender = &self.holdings[pair.from.index()];
        let mut arrivals = Vec::new();
        if let Some(mut cells) = sender.plain.in_round(round).cloned() {
            cells.intersect_with(named);
            if !cells.is_clear() {
                let standing = if pair.roles.to_processor() { Standing::ThroughProcessor } else { Standing::InFull };
                for regime in self.seats.regimes(pair.to).ones() {
                    arrivals.push((Slot::Standing(regime, standing), cells.clone()));
                }
                arrivals.push((Slot::Plain, cells));
            }
        }
        for held in &sender.regimes {
            for standing in Standing::ALL {
                let Some(mut cells) = held.standings[standing as usize].in_round(round).cloned() else { continue };
                cells.intersect_with(named);
                if !cells.is_clear() {
                    self.carried(id, held.regime, standing, cells, &mut arrivals);
                }
            }
        }
        arrivals
    }

    pub(super) fn carried(
        &self,
        id: PairId,
        regime: usize,
        standing: Standing,
        cells: FixedBitSet,
        arrivals: &mut Vec<(Slot, FixedBitSet)>,
    ) {
        let pair = self.pair(id);
        if self.seats.is_inside(pair.to, regime) {
            // A processor's own standing attaches anew at each processor, by the rule of arrival.
            if standing != Standing::ThroughProcessor {
                arrivals.push((Slot::Standing(regime, standing), cells));
            }
            return;
        }
        if !self.law.regimes()[regime].version.follows {
            return;
        }
        for part in self.judge(id, regime, standing, &cells) {
            let standings: &[Standing] = match part.arrival {
                Arrival::Nowhere => continue,
                Arrival::InFull => &[Standing::InFull],
                Arrival::UnderPrinciple => &[Standing::UnderPrinciple],
                Arrival::Both => &[Standing::InFull, Standing::UnderPrinciple],
            };
            for standing in standings {
                arrivals.push((Slot::Standing(regime, *standing), part.cells.clone()));
            }
            arrivals.push((Slot::Arrived(regime), part.cells));
        }
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
