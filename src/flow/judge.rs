//! What becomes of atoms on a restricted leg: their outcome there, and how they arrive.

use super::cell_set::CellSet;
use super::holds::{Examined, Exams};
use super::verdict::Outcome;
use super::{Flow, PairId};
use crate::law::{DecisionId, Effect, OnwardRule};

/// How an atom stands at a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The law binds the party for it as it would bind its first exporter.
    InFull,
    /// The party must bind whoever it passes it on to, by contract.
    UnderPrinciple,
    /// The party is bound for its own part, as a processor.
    ThroughProcessor,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::InFull, Self::UnderPrinciple, Self::ThroughProcessor];
}

/// How atoms arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// The regime does not go along.
    Nowhere,
    /// In full.
    InFull,
    /// Under an onward principle.
    UnderPrinciple,
    /// Both: some purposes were carried by one thing, some by another.
    Both,
}

/// Atoms with one fate.
#[derive(Debug)]
pub(super) struct Part {
    /// The atoms, as cells.
    pub cells: CellSet,
    /// Their outcome; what nothing carries is a violation here, waivers come later.
    pub outcome: Outcome,
    /// How they arrive.
    pub arrival: Arrival,
    /// The decision that carries them.
    pub decision: Option<DecisionId>,
}

/// Parts in the making: each cell is settled once.
struct Parts {
    rest: CellSet,
    parts: Vec<Part>,
}

impl Parts {
    fn settle(&mut self, cells: &CellSet, outcome: Outcome, arrival: Arrival, decision: Option<DecisionId>) {
        let mut settled = self.rest.clone();
        settled.intersect_with(cells);
        if !settled.is_clear() {
            self.rest.difference_with(&settled);
            self.parts.push(Part { cells: settled, outcome, arrival, decision });
        }
    }
}

impl<'a> Flow<'a> {
    /// The fates of atoms of a regime, with a standing at the sender, on a leg that leaves the
    /// territory or goes on outside it.
    pub(super) fn judge(
        &self,
        id: PairId,
        regime: usize,
        standing: Standing,
        cells: &CellSet,
        examined: &Examined<'a>,
    ) -> Vec<Part> {
        let pair = self.pair(id);
        let version = self.law.regimes()[regime].version;
        let mut parts = Parts { rest: cells.clone(), parts: Vec::new() };
        if version.unrestricted_roles.contains(&pair.roles) {
            parts.settle(cells, Outcome::Unrestricted, Arrival::InFull, None);
        }
        let returned = self.returned(pair);
        if version.frees_returns && !returned.is_clear() {
            let mut freed = returned.clone();
            if standing != Standing::ThroughProcessor {
                let own = self.collected.get(&pair.to).map(|collected| &collected.all);
                freed.intersect_with(own.unwrap_or(&self.cells.none()));
            }
            parts.settle(&freed, Outcome::Unrestricted, Arrival::InFull, None);
        }
        self.by_decision(id, regime, &mut parts);
        if !parts.rest.is_clear() {
            self.by_safeguard(id, regime, standing, &mut parts, examined);
        }
        let rest = parts.rest.clone();
        parts.settle(&rest, Outcome::Violation, Arrival::InFull, None);
        if standing == Standing::ThroughProcessor && !returned.is_clear() {
            return not_carried(parts.parts, &returned);
        }
        parts.parts
    }

    fn by_decision(&self, id: PairId, regime: usize, parts: &mut Parts) {
        let pair = self.pair(id);
        let is_regulated = || self.law.is_regulated(self.register[pair.to].jurisdiction);
        for effect in [Effect::NotATransfer, Effect::Adequate] {
            for (number, decision) in self.decisions(pair, regime) {
                if parts.rest.is_clear() {
                    return;
                }
                if decision.effect != effect || !decision.in_force.holds(self.day) {
                    continue;
                }
                let arrival = match decision.onward {
                    OnwardRule::LocalLaw if is_regulated() => Arrival::Nowhere,
                    OnwardRule::LocalLaw | OnwardRule::Contract => Arrival::UnderPrinciple,
                };
                let outcome = if effect == Effect::Adequate { Outcome::Adequate } else { Outcome::Unrestricted };
                parts.settle(&self.fit(pair, decision).cells, outcome, arrival, Some(number));
            }
        }
    }

    /// Safeguards may share the work: each atom, for each purpose, needs one that holds.
    fn by_safeguard(&self, id: PairId, regime: usize, standing: Standing, parts: &mut Parts, examined: &Examined<'a>) {
        let Exams { purposes, list: exams } = examined.of(self, id, regime);
        let under_principle = standing == Standing::UnderPrinciple;
        let all = || parts.rest.clone();
        let (mut by_contract, mut any_contract) = (all(), self.cells.none());
        let (mut firm, mut covered) = (all(), all());
        for purpose in 0..*purposes {
            let mut contracts = self.cells.none();
            let (mut held, mut derogated) = (self.cells.none(), self.cells.none());
            for exam in exams {
                // Of a contract under the principle nothing is asked but that it is in force and in scope.
                if under_principle && exam.is_contract {
                    exam.reach(purpose, &exam.scope).iter().for_each(|cells| contracts.union_with(cells));
                }
                if exam.holds() {
                    let carried = if exam.is_derogation { &mut derogated } else { &mut held };
                    exam.reach(purpose, &exam.cells).iter().for_each(|cells| carried.union_with(cells));
                }
            }
            held.union_with(&contracts);
            derogated.union_with(&held);
            by_contract.intersect_with(&contracts);
            any_contract.union_with(&contracts);
            firm.intersect_with(&held);
            covered.intersect_with(&derogated);
        }
        if *purposes == 0 {
            return;
        }
        parts.settle(&by_contract, Outcome::Safeguarded, Arrival::UnderPrinciple, None);
        for (cells, outcome) in [(firm, Outcome::Safeguarded), (covered, Outcome::Derogated)] {
            let mut shared = cells.clone();
            shared.intersect_with(&any_contract);
            parts.settle(&shared, outcome, Arrival::Both, None);
            parts.settle(&cells, outcome, Arrival::InFull, None);
        }
    }
}

/// What stands through a processor and is returned is judged, and the regime stays behind.
fn not_carried(parts: Vec<Part>, returned: &CellSet) -> Vec<Part> {
    let mut split = Vec::with_capacity(parts.len() + 1);
    for mut part in parts {
        let mut back = part.cells.clone();
        back.intersect_with(returned);
        part.cells.difference_with(returned);
        if !back.is_clear() {
            split.push(Part { cells: back, outcome: part.outcome, arrival: Arrival::Nowhere, decision: part.decision });
        }
        if !part.cells.is_clear() {
            split.push(part);
        }
    }
    split
}
