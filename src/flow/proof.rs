//! How a verdict was reached, question by question: for the reader who must be able to check it.

use super::assess::is_of_use;
use super::holds::Exam;
use super::reach::Leg;
use super::verdict::{Reason, ReasonKind, Verdict};
use super::{Flow, Standing};
use crate::law::{Decision, DecisionId, InstrumentId, InstrumentKind};
use crate::register::SafeguardId;

/// The questions behind a verdict and their answers.
#[derive(Debug)]
pub struct Proof<'a> {
    /// Whether the sender sits in the territory.
    pub from_inside: bool,
    /// Whether the recipient does.
    pub to_inside: bool,
    /// How the data stands at the sender.
    pub standings: Vec<Standing>,
    /// What each decision about the recipient's place says; empty where nothing is restricted.
    pub decisions: Vec<DecisionProof<'a>>,
    /// What was asked of each recorded safeguard.
    pub safeguards: Vec<SafeguardProof<'a>>,
}

/// What a decision says of a leg.
#[derive(Debug)]
pub struct DecisionProof<'a> {
    /// The decision.
    pub id: DecisionId,
    /// Its facts.
    pub decision: &'a Decision,
    /// Whether it is in force on the day.
    pub in_force: bool,
    /// Whether it covers all of the verdict's data.
    pub covers: bool,
}

/// What was asked of a safeguard, as one of its instruments.
#[derive(Debug)]
pub struct SafeguardProof<'a> {
    /// The safeguard.
    pub id: SafeguardId,
    /// The instrument.
    pub instrument: InstrumentId,
    /// Each question, in the order of the model, and the answer.
    pub questions: Vec<(ReasonKind, Answer<'a>)>,
    /// Whether it holds for what is in its scope.
    pub holds: bool,
    /// Whether it carries data only through a decision that names it.
    pub through_decision: bool,
    /// Whether it counts as a contract under an onward principle.
    pub as_contract: bool,
}

/// An answer to a question.
#[derive(Debug)]
pub enum Answer<'a> {
    /// The safeguard passes.
    Yes,
    /// It fails, for this reason.
    No(Box<Reason<'a>>),
    /// The law does not ask this here.
    NotAsked,
}

impl<'a> Flow<'a> {
    /// How a verdict was reached.
    #[must_use]
    pub fn proof(&self, verdict: &Verdict<'a>) -> Proof<'a> {
        let pair = self.pair(verdict.pair);
        let regime = verdict.regime;
        let to_inside = self.seats.is_inside(pair.to, regime);
        let held = self.now(pair.from).under(regime);
        let stands = |standing: &Standing| {
            held.is_some_and(|held| !held.standings[*standing as usize].all().is_disjoint(&verdict.cells))
        };
        let decisions = if to_inside { Vec::new() } else { self.decision_proofs(verdict) };
        let purposes = self.purposes(pair);
        let listed = if to_inside { &[][..] } else { &self.register[pair.transfer].safeguards };
        let exams =
            self.examine(&Leg { pair, regime, beside: listed, purposes: &purposes }, &self.with_a_say(pair, listed));
        Proof {
            from_inside: self.seats.is_inside(pair.from, regime),
            to_inside,
            standings: Standing::ALL.into_iter().filter(stands).collect(),
            decisions,
            safeguards: exams
                .iter()
                .filter(|exam| is_of_use(exam, &exams))
                .map(|exam| self.safeguard_proof(verdict, exam))
                .collect(),
        }
    }

    fn decision_proofs(&self, verdict: &Verdict<'a>) -> Vec<DecisionProof<'a>> {
        let pair = self.pair(verdict.pair);
        let proof = |(id, decision): (DecisionId, &'a Decision)| DecisionProof {
            id,
            decision,
            in_force: decision.in_force.holds(self.day),
            covers: verdict.cells.is_subset(&self.fit(pair, decision).cells),
        };
        self.decisions(pair, verdict.regime).map(proof).collect()
    }

    fn safeguard_proof(&self, verdict: &Verdict<'a>, exam: &Exam<'a>) -> SafeguardProof<'a> {
        let (holds, id, instrument) = (exam.holds(), exam.safeguard, exam.instrument);
        let as_contract = exam.is_contract;
        let through_decision = exam.through_decision;
        let mut reasons = exam.reasons.clone();
        reasons.extend(self.limits(self.pair(verdict.pair), exam, &verdict.cells));
        let is_refused = reasons.iter().any(|reason| reason.kind == ReasonKind::InstrumentNotAccepted);
        let answer = |kind: ReasonKind| {
            let failed = reasons.iter().find(|reason| reason.kind == kind);
            match failed {
                Some(reason) => Answer::No(Box::new(reason.clone())),
                None if is_refused || !self.asks(verdict, id, instrument, kind) => Answer::NotAsked,
                None => Answer::Yes,
            }
        };
        let questions = ReasonKind::OF_SAFEGUARDS.iter().map(|kind| (*kind, answer(*kind))).collect();
        SafeguardProof { id, instrument, questions, holds, through_decision, as_contract }
    }

    /// Whether the law asks a question of a safeguard at all.
    fn asks(&self, verdict: &Verdict<'_>, id: SafeguardId, number: InstrumentId, kind: ReasonKind) -> bool {
        let safeguard = &self.register[id];
        let instrument = &self.law.law[number];
        let on = &self.law.regimes()[verdict.regime];
        let acceptance = on.acceptance(number);
        match kind {
            ReasonKind::SignedOutsideWindow => safeguard.dates.signed.is_some(),
            ReasonKind::ChangedAfterWindow => safeguard.dates.amended.is_some(),
            ReasonKind::Expired => safeguard.dates.expires.is_some(),
            ReasonKind::CompanionMissing => !instrument.with.is_empty(),
            ReasonKind::ApprovalMissing => instrument.needs_approval,
            ReasonKind::AssessmentMissing | ReasonKind::AssessmentNegative | ReasonKind::MeasuresMissing => {
                instrument.needs_assessment && on.version.assessment_required_from.is_some_and(|from| from <= self.day)
            }
            ReasonKind::ConditionMissing => {
                !instrument.conditions.is_empty() || acceptance.is_some_and(|row| !row.conditions.is_empty())
            }
            ReasonKind::DerogationMisused => {
                instrument.kind == InstrumentKind::Derogation
                    || instrument.occasional_only
                    || !instrument.not_exporter_sector.is_empty()
            }
            _ => true,
        }
    }
}
