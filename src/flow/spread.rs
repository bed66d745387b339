//! The least fixpoint: from where data is collected to everywhere it goes.
//!
//! Rounds go hop by hop, all parties at once, so the round in which a state is first reached is
//! its distance from a collector; paths are found later by stepping back through falling rounds.

use hashbrown::HashMap;
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;

use super::cell_set::CellSet;
use super::holding::{Holding, Rounds, Slot};
use super::holds::Examined;
use super::judge::{Arrival, Standing};
use super::pairs::node;
use super::sources::Entry;
use super::{Collected, Flow, PairId, Seats};
use crate::law::Roles;
use crate::register::PartyId;
use crate::threads::in_pieces;

/// Parties whose legs are looked at together, by one thread.
const SOME: usize = 64;
/// Parties whose legs are looked at before what they send is handed over: more would only be kept longer.
const MANY: usize = 8_192;

impl<'a> Flow<'a> {
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
    }

    fn run(&mut self, entries: &[Entry]) {
        self.note_collected(entries);
        self.note_given();
        self.propagate(entries);
        // What a controller has only from the processor itself it cannot have given to it. Where data goes
        // at all does not depend on any law, so it is known by now.
        if self.narrow_given() {
            self.propagate(entries);
        }
        self.note_erased(entries);
    }

    fn propagate(&mut self, entries: &[Entry]) {
        self.holdings.clear();
        self.holdings.resize_with(self.register.parties.len(), Holding::default);
        let mut frontier = Vec::new();
        for entry in entries {
            enter(&self.seats, entry, &mut self.holdings[entry.party.index()]);
            frontier.push(entry.party);
        }
        let mut round = 0;
        while !frontier.is_empty() {
            frontier.sort_unstable();
            frontier.dedup();
            let mut next = Vec::new();
            for parties in frontier.chunks(MANY) {
                self.send_on(parties, round, &mut next);
            }
            frontier = next;
            round += 1;
        }
    }

    /// What parties hold that have erased something. It went on before that, and is still held where
    /// it went: so the fixpoint is over all that was ever held, and this is what is left of it.
    fn note_erased(&mut self, entries: &[Entry]) {
        let erased = self.pairs.iter().filter(|pair| !pair.held).map(|pair| pair.to);
        let erased = erased.chain(entries.iter().filter(|entry| !entry.held).map(|entry| entry.party));
        let mut left: HashMap<PartyId, Holding> = erased.map(|party| (party, Holding::default())).collect();
        for entry in entries.iter().filter(|entry| entry.held) {
            if let Some(holding) = left.get_mut(&entry.party) {
                enter(&self.seats, entry, holding);
            }
        }
        for (party, holding) in &mut left {
            for edge in self.graph.edges_directed(node(*party), Direction::Incoming) {
                let id = PairId::at(edge.id().index());
                if self.pair(id).held {
                    for (slot, cells) in self.arrivals(id, &|rounds| Some(rounds.all().clone())) {
                        holding.receive(slot, &cells, 0);
                    }
                }
            }
        }
        self.left = left;
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
        for pair in &self.pairs {
            if let Some(given) = self.given.get_mut(&(pair.from, pair.to)) {
                given.union_with(&self.named[pair.transfer.index()]);
            }
        }
    }

    /// Leaves of what controllers gave what they have otherwise; whether that is any less.
    fn narrow_given(&mut self) -> bool {
        let mut given = std::mem::take(&mut self.given);
        let mut is_less = false;
        for ((controller, processor), cells) in &mut given {
            let own = self.collected.get(controller).map(|collected| collected.all.clone());
            let mut otherwise = own.unwrap_or_else(|| self.cells.none());
            for edge in self.graph.edges_directed(node(*controller), Direction::Incoming) {
                let pair = self.pair(PairId::at(edge.id().index()));
                if pair.from != *processor {
                    let mut brought = self.named[pair.transfer.index()].clone();
                    brought.intersect_with(self.holdings[pair.from.index()].plain.all());
                    otherwise.union_with(&brought);
                }
            }
            is_less |= !cells.is_subset(&otherwise);
            cells.intersect_with(&otherwise);
        }
        self.given = given;
        is_less
    }

    /// Sends what parties came to hold in a round along their legs. What arrives counts from the next
    /// round on, so nothing that is looked at depends on what was sent before it.
    fn send_on(&mut self, parties: &[PartyId], round: u32, next: &mut Vec<PartyId>) {
        let flow = &*self;
        let sent = in_pieces(parties, SOME, |some| {
            let legs = some.iter().flat_map(|party| flow.graph.edges_directed(node(*party), Direction::Outgoing));
            let of_leg = |leg| (leg, flow.arrivals(leg, &|rounds| rounds.in_round(round)));
            legs.map(|edge| of_leg(PairId::at(edge.id().index()))).collect()
        });
        for (leg, arrivals) in sent {
            let to = self.pair(leg).to;
            let mut goes_on = false;
            for (slot, cells) in arrivals {
                goes_on |= self.holdings[to.index()].receive(slot, &cells, round + 1);
            }
            if goes_on {
                next.push(to);
            }
        }
    }

    /// What arrives at the end of a leg of a part of that which its sender has held.
    fn arrivals(&self, id: PairId, part: &dyn Fn(&Rounds) -> Option<CellSet>) -> Vec<(Slot, CellSet)> {
        let pair = self.pair(id);
        let named = &self.named[pair.transfer.index()];
        let sender = &self.holdings[pair.from.index()];
        let sent = |rounds: &Rounds| {
            let mut cells = part(rounds)?;
            cells.intersect_with(named);
            (!cells.is_clear()).then_some(cells)
        };
        let mut arrivals = Vec::new();
        if let Some(cells) = sent(&sender.plain) {
            let standing = if pair.roles.to_processor() { Standing::ThroughProcessor } else { Standing::InFull };
            for regime in self.seats.regimes(pair.to).ones() {
                arrivals.push((Slot::Standing(regime, standing), cells.clone()));
            }
            arrivals.push((Slot::Plain, cells));
        }
        for held in &sender.regimes {
            let examined = Examined::default();
            for standing in Standing::ALL {
                if let Some(cells) = sent(&held.standings[standing as usize]) {
                    self.carried(id, held.regime, standing, cells, &examined, &mut arrivals);
                }
            }
        }
        arrivals
    }

    /// How atoms of a regime with a standing arrive at the end of a leg.
    pub(super) fn carried(
        &self,
        id: PairId,
        regime: usize,
        standing: Standing,
        cells: CellSet,
        examined: &Examined<'a>,
        arrivals: &mut Vec<(Slot, CellSet)>,
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
        for part in self.judge(id, regime, standing, &cells, examined) {
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

/// Lets data enter at a party.
fn enter(seats: &Seats, entry: &Entry, holding: &mut Holding) {
    let standing = if entry.as_processor { Standing::ThroughProcessor } else { Standing::InFull };
    holding.receive(Slot::Plain, &entry.cells, 0);
    for regime in seats.regimes(entry.party).ones() {
        holding.receive(Slot::Standing(regime, standing), &entry.cells, 0);
    }
    for regime in &entry.reached_by {
        holding.receive(Slot::Standing(*regime, Standing::InFull), &entry.cells, 0);
    }
}
