//! Paths: how data came to where it is judged.
//!
//! The fixpoint keeps in which round every state was first reached. A path is found by stepping
//! back from the state in question through falling rounds, so only legs that lie on a shortest
//! path are looked at; of several shortest the least by ids is taken.

use std::collections::BTreeMap;
use std::rc::Rc;

use hashbrown::HashMap;
use petgraph::Direction;
use petgraph::visit::EdgeRef as _;

use super::cell_set::CellSet;
use super::holding::{Rounds, Slot};
use super::holds::Examined;
use super::judge::Standing;
use super::pairs::node;
use super::{Flow, Pair, PairId};
use crate::register::PartyId;

type Key = (PartyId, Vec<(u8, usize, CellSet)>);
/// The states of a round: at a party, in a slot, the cells.
type Layer = BTreeMap<(PartyId, u8, usize), CellSet>;

/// From this round on, what is found on the way is kept too: journeys through a long chain share most of it.
const LONG: u32 = 32;
/// A path through more parties than this keeps its two ends: the paths of a chain of tens of thousands, which
/// nobody has but who means harm, would take the square of its length.
pub const MAX_PATH: usize = 256;

/// A way to some states: the first parties of a path, and the states with the cells that come along it.
#[derive(Clone, Debug)]
struct Found {
    path: Rc<[PartyId]>,
    parties: usize,
    states: Layer,
}

/// The paths found so far: many pairs of one sender ask for the same.
#[derive(Debug, Default)]
pub(super) struct Journeys {
    known: HashMap<Key, Found>,
}

impl Journeys {
    /// The path along which any of the targets' cells came to stand at the sender of a pair, and on to its
    /// recipient.
    pub(super) fn along(&mut self, flow: &Flow<'_>, pair: &Pair, targets: &[(Slot, CellSet)]) -> Box<[PartyId]> {
        let found = self.to(flow, pair.from, targets);
        let path = &found.path[..found.parties];
        let half = MAX_PATH / 2;
        if path.len() < MAX_PATH {
            return path.iter().copied().chain([pair.to]).collect();
        }
        path[..half].iter().chain(&path[path.len() + 1 - half..]).copied().chain([pair.to]).collect()
    }

    /// The path from a collector to `party`, along which any of the targets' cells came to stand there.
    fn to(&mut self, flow: &Flow<'_>, party: PartyId, targets: &[(Slot, CellSet)]) -> Found {
        let key: Key =
            (party, targets.iter().map(|(slot, cells)| (slot.code().0, slot.code().1, cells.clone())).collect());
        if let Some(found) = self.known.get(&key) {
            return found.clone();
        }
        let found = self.find(flow, party, targets);
        self.known.insert(key, found.clone());
        found
    }

    fn find(&mut self, flow: &Flow<'_>, party: PartyId, targets: &[(Slot, CellSet)]) -> Found {
        let first = |(slot, cells): &(Slot, CellSet)| flow.rounds(party, *slot)?.first_of(cells);
        let Some(last) = targets.iter().filter_map(first).min() else {
            return Found { path: [party].into(), parties: 1, states: Layer::new() };
        };
        let mut layer = Layer::new();
        for (slot, cells) in targets {
            let (kind, regime) = slot.code();
            flow.want(&mut layer, (party, kind, regime), cells, last);
        }
        let (mut layers, mut begun) = (vec![layer], None);
        for round in (0..last).rev() {
            let back = flow.step_back(layers.last().unwrap_or(&Layer::new()), round);
            // All paths lead through the one state of a round, so the least does as far as that is known.
            begun = only_state(&back).filter(|_| last >= LONG).and_then(|key| self.known.get(&key)).cloned();
            layers.push(back);
            if begun.is_some() {
                break;
            }
        }
        layers.reverse();
        let (path, states) = flow.least(&layers, begun.as_ref(), last);
        let path: Rc<[PartyId]> = path.into();
        if last >= LONG {
            let before = path.len() - states.len();
            for (at, (layer, states)) in layers.iter().zip(&states).enumerate() {
                if let Some(key) = only_state(layer) {
                    let found = Found { path: Rc::clone(&path), parties: before + at + 1, states: states.clone() };
                    self.known.entry(key).or_insert(found);
                }
            }
        }
        let parties = path.len();
        Found { path, parties, states: states.into_iter().next_back().unwrap_or_default() }
    }
}

/// What names the state of a round that has only one.
fn only_state(layer: &Layer) -> Option<Key> {
    let ((party, kind, regime), cells) = layer.first_key_value().filter(|_| layer.len() == 1)?;
    Some((*party, vec![(*kind, *regime, cells.clone())]))
}

impl Slot {
    /// The slot as numbers, to sort by.
    fn code(self) -> (u8, usize) {
        match self {
            Self::Plain => (0, 0),
            Self::Standing(regime, standing) => (1 + standing as u8, regime),
            Self::Arrived(regime) => (4, regime),
        }
    }

    fn of((kind, regime): (u8, usize)) -> Self {
        match kind {
            0 => Self::Plain,
            4 => Self::Arrived(regime),
            standing => Self::Standing(regime, Standing::ALL[usize::from(standing) - 1]),
        }
    }
}

impl Flow<'_> {
    fn rounds(&self, party: PartyId, slot: Slot) -> Option<&Rounds> {
        let holding = &self.holdings[party.index()];
        match slot {
            Slot::Plain => Some(&holding.plain),
            Slot::Standing(regime, standing) => Some(&holding.under(regime)?.standings[standing as usize]),
            Slot::Arrived(regime) => Some(&holding.under(regime)?.arrived),
        }
    }

    /// Notes a state of a round, with those of the cells that it reached in that very round.
    fn want(&self, layer: &mut Layer, state: (PartyId, u8, usize), cells: &CellSet, round: u32) {
        let (party, kind, regime) = state;
        let Some(mut reached) = self.rounds(party, Slot::of((kind, regime))).and_then(|rounds| rounds.in_round(round))
        else {
            return;
        };
        reached.intersect_with(cells);
        if !reached.is_clear() {
            layer.entry(state).or_insert_with(|| self.cells.none()).union_with(&reached);
        }
    }

    /// The states of the round before that lead to those of a layer.
    fn step_back(&self, layer: &Layer, round: u32) -> Layer {
        let mut back = Layer::new();
        for ((party, kind, regime), cells) in layer {
            let target = Slot::of((*kind, *regime));
            for edge in self.graph.edges_directed(node(*party), Direction::Incoming) {
                let id = PairId::at(edge.id().index());
                for (source, carried) in self.sources(id, target, cells, round) {
                    let (kind, regime) = source.code();
                    self.want(&mut back, (self.pair(id).from, kind, regime), &carried, round);
                }
            }
        }
        back
    }

    /// From which slots of its sender a leg brings cells into a slot of its recipient.
    fn sources(&self, id: PairId, target: Slot, cells: &CellSet, round: u32) -> Vec<(Slot, CellSet)> {
        let pair = self.pair(id);
        let mut named = self.named[pair.transfer.index()].clone();
        named.intersect_with(cells);
        if named.is_clear() {
            return Vec::new();
        }
        let mut sources = Vec::new();
        let by_arrival = if pair.roles.to_processor() { Standing::ThroughProcessor } else { Standing::InFull };
        let from_plain = match target {
            Slot::Plain => true,
            Slot::Standing(regime, standing) => standing == by_arrival && self.seats.is_inside(pair.to, regime),
            Slot::Arrived(_) => false,
        };
        if from_plain {
            sources.push((Slot::Plain, named.clone()));
        }
        let (Slot::Standing(regime, _) | Slot::Arrived(regime)) = target else { return sources };
        let Some(held) = self.holdings[pair.from.index()].under(regime) else { return sources };
        let examined = Examined::default();
        for standing in Standing::ALL {
            let Some(mut sent) = held.standings[standing as usize].in_round(round) else { continue };
            sent.intersect_with(&named);
            if sent.is_clear() {
                continue;
            }
            let mut arrivals = Vec::new();
            self.carried(id, regime, standing, sent, &examined, &mut arrivals);
            let fitting = arrivals.into_iter().filter(|(slot, _)| *slot == target);
            sources.extend(fitting.map(|(_, cells)| (Slot::Standing(regime, standing), cells)));
        }
        sources
    }

    /// Of the paths through layers, the least by ids, and what comes along it to each layer. The last layer
    /// is that of round `last`; the first is that of round 0, or the one to which the way is known.
    fn least(&self, layers: &[Layer], begun: Option<&Found>, last: u32) -> (Vec<PartyId>, Vec<Layer>) {
        let (mut path, mut states) = if let Some(begun) = begun {
            (begun.path[..begun.parties].to_vec(), vec![begun.states.clone()])
        } else {
            let Some(start) = layers.first().and_then(|layer| layer.keys().map(|(party, ..)| *party).min()) else {
                return (Vec::new(), Vec::new());
            };
            let of_start = layers[0].iter().filter(|((party, ..), _)| *party == start);
            (vec![start], vec![of_start.map(|(state, cells)| (*state, cells.clone())).collect()])
        };
        let first = (u32::try_from(layers.len()).unwrap_or(u32::MAX)).saturating_sub(1);
        for (round, layer) in (last.saturating_sub(first)..).zip(layers.iter().skip(1)) {
            let Some(here) = states.last() else { break };
            let (next, reached) = self.least_step(here, layer, round);
            let Some(next) = next else { break };
            path.push(next);
            states.push(reached);
        }
        (path, states)
    }

    fn least_step(&self, here: &Layer, layer: &Layer, round: u32) -> (Option<PartyId>, Layer) {
        let mut best: Option<PartyId> = None;
        let mut states = Layer::new();
        for ((party, kind, regime), cells) in layer {
            if best.is_some_and(|best| *party > best) {
                break;
            }
            for edge in self.graph.edges_directed(node(*party), Direction::Incoming) {
                let id = PairId::at(edge.id().index());
                for (source, mut carried) in self.sources(id, Slot::of((*kind, *regime)), cells, round) {
                    let (from_kind, from_regime) = source.code();
                    let Some(held) = here.get(&(self.pair(id).from, from_kind, from_regime)) else { continue };
                    carried.intersect_with(held);
                    if !carried.is_clear() {
                        best = Some(*party);
                        states
                            .entry((*party, *kind, *regime))
                            .or_insert_with(|| self.cells.none())
                            .union_with(&carried);
                    }
                }
            }
        }
        (best, states)
    }
}
