//! Verdicts: every active pair, under every regime that has an atom on it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use smallvec::SmallVec;

use super::cell_set::CellSet;
use super::holding::{RegimeHolding, Slot};
use super::holds::{Exam, Examined};
use super::journey::Journeys;
use super::judge::{Part, Standing};
use super::listed::FEW;
use super::reach::Leg;
use super::verdict::{Basis, Failure, Outcome, Reason, ReasonKind, Verdict};
use super::waivers::{UNSAFEGUARDED, UNSAFEGUARDED_ONWARD};
use super::{Flow, Pair, PairId};
use crate::record::{Few, Rare};
use crate::register::{PartyId, SafeguardId};
use crate::threads::in_pieces;

/// How many pairs a thread takes at once: enough to be worth its start, and that what it works out
/// for one serves the others.
const CHUNK: usize = 256;

/// What is settled about the atoms of a pair before the details of the worst are looked up.
struct Settled {
    outcome: Outcome,
    onward: bool,
    waived_by: Vec<usize>,
    /// The atoms with the outcome.
    cells: CellSet,
    /// The same, by the standing in which they have it.
    targets: Vec<(Slot, CellSet)>,
    decisions: BTreeSet<crate::law::DecisionId>,
    /// Whether every standing with the outcome is under a principle: a contract would be enough.
    contract_suffices: bool,
}

impl<'a> Flow<'a> {
    /// The verdicts, by transfer, sender, recipient and regime.
    #[must_use]
    pub fn verdicts(&self) -> Vec<Verdict<'a>> {
        self.of_pairs(|pairs| {
            let mut journeys = Journeys::default();
            pairs.iter().flat_map(|pair| self.verdicts_of(*pair, &mut journeys)).collect()
        })
    }

    /// Which pairs are in violation of which regime, and nothing more about them.
    #[must_use]
    pub fn violations(&self) -> BTreeSet<(PairId, usize)> {
        let of_pair = |id: PairId| {
            let pair = self.pair(id);
            let named = &self.named[pair.transfer.index()];
            self.now(pair.from).regimes.iter().filter_map(move |held| {
                let settled = self.settle(id, held, named, &Examined::default())?;
                (settled.outcome == Outcome::Violation).then_some((id, held.regime))
            })
        };
        self.of_pairs(|pairs| pairs.iter().copied().flat_map(of_pair).collect()).into_iter().collect()
    }

    /// What is found of the active pairs, some at a time on every thread, in their order.
    fn of_pairs<T: Send>(&self, find: impl Fn(&[PairId]) -> Vec<T> + Sync) -> Vec<T> {
        let pairs: Vec<PairId> = self.active_pairs().collect();
        in_pieces(&pairs, CHUNK, find)
    }

    /// Looks for the paths of all verdicts that are not known yet, on every thread.
    pub(super) fn find_paths(&self, verdicts: &[&Verdict<'a>]) {
        in_pieces(verdicts, CHUNK, |some| {
            let mut journeys = Journeys::default();
            for verdict in some {
                self.path(verdict, &mut journeys);
            }
            Vec::<()>::new()
        });
    }

    /// The path of a verdict.
    pub(super) fn path<'v>(&self, verdict: &'v Verdict<'a>, journeys: &mut Journeys) -> &'v [PartyId] {
        verdict.path.get_or_init(|| {
            let pair = self.pair(verdict.pair);
            let held = self.now(pair.from).under(verdict.regime);
            let named = &self.named[pair.transfer.index()];
            let settled = held.and_then(|held| self.settle(verdict.pair, held, named, &Examined::default()));
            journeys.along(self, pair, &settled.map_or_else(Vec::new, |settled| settled.targets))
        })
    }

    fn verdicts_of(&self, id: PairId, journeys: &mut Journeys) -> Vec<Verdict<'a>> {
        let pair = self.pair(id);
        let named = &self.named[pair.transfer.index()];
        let held = &self.now(pair.from).regimes;
        held.iter().filter_map(|held| self.verdict(id, held, named, journeys)).collect()
    }

    fn verdict(
        &self,
        id: PairId,
        held: &RegimeHolding,
        named: &CellSet,
        journeys: &mut Journeys,
    ) -> Option<Verdict<'a>> {
        let pair = self.pair(id);
        let examined = Examined::default();
        let settled = self.settle(id, held, named, &examined)?;
        // What no law restricts needs nothing to carry it.
        let is_free = settled.outcome == Outcome::Unrestricted;
        let exams = if is_free { &[][..] } else { &examined.of(self, id, held.regime).list };
        let (basis, fallback) = carriers(&settled, exams);
        let no_local_law = self.lacks_local_law(pair, &settled);
        let fails = settled.outcome >= Outcome::Waived;
        let (mut failure, path) = (Rare::default(), OnceLock::new());
        if fails {
            *failure = Failure {
                reasons: self.reasons(pair, held.regime, &settled, exams),
                hint: self.elsewhere(pair, held.regime, &settled.cells, settled.contract_suffices),
                waived_by: settled.waived_by,
            };
            // Nobody asks for the other paths but those who tell everything.
            path.get_or_init(|| journeys.along(self, pair, &settled.targets));
        }
        Some(Verdict {
            pair: id,
            regime: held.regime,
            regime_id: self.law.regimes()[held.regime].id,
            outcome: settled.outcome,
            onward: settled.onward,
            basis,
            fallback,
            failure,
            path,
            no_local_law,
            cells: settled.cells,
        })
    }

    /// The worst outcome of the atoms on a pair, and which atoms have it.
    fn settle(&self, id: PairId, held: &RegimeHolding, named: &CellSet, examined: &Examined<'a>) -> Option<Settled> {
        let pair = self.pair(id);
        let regime = held.regime;
        // Only what leaves a territory, or goes on outside it, is passed on.
        let outside = !self.seats.is_inside(pair.from, regime) && !self.seats.is_inside(pair.to, regime);
        let mut fates: Vec<(Standing, Part)> = Vec::new();
        for standing in Standing::ALL {
            let mut cells = held.standings[standing as usize].all().clone();
            cells.intersect_with(named);
            if cells.is_clear() {
                continue;
            }
            if self.seats.is_inside(pair.to, regime) {
                let (outcome, arrival) = (Outcome::Unrestricted, super::judge::Arrival::Nowhere);
                fates.push((standing, Part { cells, outcome, arrival, decision: None }));
            } else {
                fates.extend(
                    self.judge(id, regime, standing, &cells, examined).into_iter().map(|part| (standing, part)),
                );
            }
        }
        let passed_on = |cells: &CellSet| {
            let mut passed = cells.clone();
            if outside {
                passed.intersect_with(held.arrived.all());
            } else {
                passed.clear();
            }
            passed
        };
        let waived_by = self.waive(pair, regime, &mut fates, passed_on);
        let outcome = fates.iter().map(|(_, part)| part.outcome).max()?;
        fates.retain(|(_, part)| part.outcome == outcome);
        let mut cells = self.cells.none();
        for (_, part) in &fates {
            cells.union_with(&part.cells);
        }
        let passed = passed_on(&cells);
        let onward = !passed.is_clear();
        let targets = if onward {
            vec![(Slot::Arrived(regime), passed)]
        } else {
            fates.iter().map(|(standing, part)| (Slot::Standing(regime, *standing), part.cells.clone())).collect()
        };
        Some(Settled {
            outcome,
            onward,
            waived_by,
            cells,
            targets,
            decisions: fates.iter().filter_map(|(_, part)| part.decision).collect(),
            contract_suffices: fates.iter().all(|(standing, _)| *standing == Standing::UnderPrinciple),
        })
    }

    /// Turns violations that a live waiver covers into waived ones; the waivers that did.
    fn waive(
        &self,
        pair: &Pair,
        regime: usize,
        fates: &mut Vec<(Standing, Part)>,
        passed_on: impl Fn(&CellSet) -> CellSet,
    ) -> Vec<usize> {
        let id = self.law.regimes()[regime].id;
        let [first, onward] =
            [UNSAFEGUARDED, UNSAFEGUARDED_ONWARD].map(|rule| self.waivers.covering(self.register, pair, id, rule));
        if first.is_empty() && onward.is_empty() {
            return Vec::new();
        }
        let mut used = BTreeSet::new();
        let mut waived = Vec::new();
        for (standing, part) in fates.iter_mut().filter(|(_, part)| part.outcome == Outcome::Violation) {
            let passed = passed_on(&part.cells);
            let mut exported = part.cells.clone();
            exported.difference_with(&passed);
            for (cells, waivers) in [(exported, &first), (passed, &onward)] {
                if !waivers.is_empty() && !cells.is_clear() {
                    part.cells.difference_with(&cells);
                    used.extend(waivers);
                    waived.push((
                        *standing,
                        Part { cells, outcome: Outcome::Waived, arrival: part.arrival, decision: None },
                    ));
                }
            }
        }
        fates.retain(|(_, part)| !part.cells.is_clear());
        fates.extend(waived);
        used.into_iter().collect()
    }

    /// Whether a decision leaves the data to a law of its place that the book does not have.
    fn lacks_local_law(&self, pair: &Pair, settled: &Settled) -> bool {
        let to_local_law = |id: &crate::law::DecisionId| self.law.law[*id].onward == crate::law::OnwardRule::LocalLaw;
        settled.decisions.iter().any(to_local_law) && !self.law.is_regulated(self.register[pair.to].jurisdiction)
    }

    /// Why nothing carries some atoms: per recorded safeguard, then per decision.
    fn reasons(&self, pair: &Pair, regime: usize, settled: &Settled, exams: &[Exam<'a>]) -> Vec<Reason<'a>> {
        let cells = &settled.cells;
        let leg = Leg { pair, regime, beside: &self.register[pair.transfer].safeguards, purposes: &[] };
        let mut reasons = Vec::new();
        let (mut told, mut last) = (0, None);
        for exam in exams.iter().filter(|exam| is_of_use(exam, exams)) {
            told += usize::from(last.replace(exam.safeguard) != Some(exam.safeguard));
            if told > FEW {
                break;
            }
            let contract =
                self.contract_failures(&leg, exam.safeguard, exam.instrument).filter(|_| settled.contract_suffices);
            match contract {
                // Of a contract under the principle only this much is asked.
                Some(failures) => reasons.extend(failures),
                None => reasons.extend(exam.reasons.iter().cloned()),
            }
            reasons.extend(self.limits(pair, exam, cells));
        }
        if exams.is_empty() {
            reasons.push(Reason {
                safeguard: None,
                instrument: None,
                decision: None,
                kind: ReasonKind::NoneRecorded,
                since: None,
                detail: None,
                citation: None,
            });
        }
        reasons.extend(self.decision_reasons(pair, regime, cells));
        reasons
    }

    /// A safeguard that is recorded, not listed on the transfer, and would carry all of it.
    pub(super) fn elsewhere(
        &self,
        pair: &Pair,
        regime: usize,
        cells: &CellSet,
        contract_suffices: bool,
    ) -> Option<SafeguardId> {
        /// Where more bind the recipient, those of the sender are looked at, and so many: it is a hint only.
        const ENOUGH: usize = 256;
        let listed = &self.register[pair.transfer].safeguards;
        let purposes = self.purposes(pair);
        let of_recipient = &self.binding[pair.to.index()];
        let candidates = if of_recipient.len() > ENOUGH { &self.binding[pair.from.index()] } else { of_recipient };
        let mut candidates = candidates.iter().copied().take(ENOUGH).filter(|id| self.may_bind(*id, pair));
        candidates.find(|id| {
            if listed.contains(id) {
                return false;
            }
            // A paper of several instruments may build on itself.
            let beside: Few<SafeguardId> = listed.iter().copied().chain([*id]).collect();
            let leg = Leg { pair, regime, beside: &beside, purposes: &purposes };
            self.examine(&leg, &[*id]).iter().any(|exam| {
                let in_full = exam.holds() && exam.reaches_all(cells, &exam.cells);
                in_full || (contract_suffices && exam.is_contract && exam.reaches_all(cells, &exam.scope))
            })
        })
    }
}

/// Whether an exam says something: of a paper of several instruments those that the law does not
/// accept at all go without saying, if it accepts another.
pub(super) fn is_of_use(exam: &Exam<'_>, exams: &[Exam<'_>]) -> bool {
    let is_known = |exam: &Exam<'_>| exam.reasons.iter().all(|reason| reason.kind != ReasonKind::InstrumentNotAccepted);
    is_known(exam) || !exams.iter().any(|other| other.safeguard == exam.safeguard && is_known(other))
}

/// What carries the atoms with the outcome, and what would if that fell.
fn carriers(settled: &Settled, exams: &[Exam<'_>]) -> (SmallVec<[Basis; 2]>, Box<[SafeguardId]>) {
    let carries = |exam: &&Exam<'_>| {
        let in_full = exam.holds() && exam.reaches_any(&settled.cells, &exam.cells);
        in_full || (settled.contract_suffices && exam.is_contract && exam.reaches_any(&settled.cells, &exam.scope))
    };
    let ids = || {
        let mut ids: Vec<SafeguardId> = exams.iter().filter(carries).map(|exam| exam.safeguard).collect();
        // A paper of several instruments is one safeguard.
        ids.dedup();
        ids
    };
    match settled.outcome {
        Outcome::Unrestricted | Outcome::Adequate => {
            let fallback = if settled.outcome == Outcome::Adequate { ids() } else { Vec::new() };
            (settled.decisions.iter().copied().map(Basis::Decision).collect(), fallback.into())
        }
        Outcome::Safeguarded | Outcome::Derogated => {
            (ids().into_iter().map(Basis::Safeguard).collect(), Box::default())
        }
        Outcome::Waived | Outcome::Violation => (SmallVec::new(), Box::default()),
    }
}
