//! Verdicts in the words of a page.

use super::links;
use super::page::{Cell, Piece, joined, parted};
use crate::flow::{Assessment, Basis, MAX_PATH, Outcome, ReasonKind, Standing, Verdict};
use crate::register::{PartyId, Register};

/// An outcome as a status.
pub(super) fn outcome(outcome: Outcome) -> Piece {
    match outcome {
        Outcome::Unrestricted => Piece::status("unrestricted", "quiet"),
        Outcome::Adequate => Piece::status("adequate", "good"),
        Outcome::Safeguarded => Piece::status("safeguarded", "good"),
        Outcome::Derogated => Piece::status("derogated", "fair"),
        Outcome::Waived => Piece::status("waived", "fair"),
        Outcome::Violation => Piece::status("no safeguard", "bad"),
    }
}

/// How the worst outcome of several looks; where no law is attached there is none.
pub(super) fn look(worst: Option<Outcome>) -> &'static str {
    worst.map_or("quiet", |worst| outcome(worst).look)
}

/// What an outcome means, as a sentence.
pub(super) fn meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unrestricted => "The law restricts no such transfer.",
        Outcome::Adequate => "The law finds that the place protects the data well enough.",
        Outcome::Safeguarded => "A recorded safeguard carries the data.",
        Outcome::Derogated => "A recorded exception carries the data.",
        Outcome::Waived => "Nothing carries the data, and somebody has accepted that for a time.",
        Outcome::Violation => "Nothing that the law accepts on this day carries the data.",
    }
}

/// What carries the data of a verdict.
pub(super) fn basis(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Cell {
    joined(verdict.basis.iter().map(|basis| ground(assessment, *basis)))
}

/// A decision or a safeguard that carries data.
pub(super) fn ground(assessment: &Assessment<'_>, basis: Basis) -> Piece {
    match basis {
        Basis::Decision(id) => links::to_decision(&assessment.flow.law.law[id]),
        Basis::Safeguard(id) => links::to_safeguard(assessment.register(), id),
    }
}

/// The outcome of a verdict with what carries it.
pub(super) fn verdict(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Cell {
    let mut cell = vec![outcome(verdict.outcome).to(links::verdict_on(assessment, verdict.pair))];
    let basis = basis(assessment, verdict);
    if !basis.is_empty() {
        cell.push(Piece::between(" by "));
        cell.extend(basis);
    }
    let on = &assessment.flow.law.regimes()[verdict.regime];
    cell.push(Piece::between(" "));
    cell.push(Piece::small(format!("under {}", on.version.id)));
    cell
}

/// The most parties of a verdict's path that are named; of a longer one the ends.
const MAX_STEPS: usize = 24;

/// The path of a verdict, party by party.
pub(super) fn path(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Cell {
    let path = assessment.path(verdict);
    let more = if path.len() == MAX_PATH { "at least " } else { "" };
    way(assessment.register(), path, MAX_STEPS, |left_out| format!("{more}{left_out} more"))
}

/// A way, party by party; of a long one its ends, and what is said of those that are left out.
pub(super) fn way(register: &Register, path: &[PartyId], most: usize, more: impl Fn(usize) -> String) -> Cell {
    let mut steps: Vec<Piece> = path.iter().map(|party| links::to_party(register, *party)).collect();
    if steps.len() > most {
        let left_out = steps.len() + 1 - most;
        steps.splice(most / 2..most / 2 + left_out, [Piece::small(more(left_out))]);
    }
    parted(" → ", steps)
}

/// A standing in words.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::InFull => "in full",
        Standing::UnderPrinciple => "under an onward principle",
        Standing::ThroughProcessor => "through a processor",
    }
}

/// A question put to a safeguard.
pub(super) fn question(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::InstrumentNotAccepted => "Does this law accept the instrument at all?",
        ReasonKind::InstrumentWithdrawn => "Does it accept the instrument on this day?",
        ReasonKind::SignedOutsideWindow => "Was it signed when it could be?",
        ReasonKind::ChangedAfterWindow => "Is it unchanged since it could last be signed?",
        ReasonKind::NotInForce => "Is it in force?",
        ReasonKind::Expired => "Has it not expired?",
        ReasonKind::PartyNotBound => "Are the parties of this leg bound by it?",
        ReasonKind::CompanionMissing => "Is the instrument that it builds on recorded here too?",
        ReasonKind::WrongModule => "Has it a text for this leg?",
        ReasonKind::ScopeExceeded => "Are the data, people and purposes within its scope?",
        ReasonKind::ApprovalMissing => "Has the authority approved it?",
        ReasonKind::AssessmentMissing => "Is the law of the place assessed?",
        ReasonKind::AssessmentNegative => "Did the assessment find a safeguard sufficient?",
        ReasonKind::MeasuresMissing => "Are the measures taken that the assessment names?",
        ReasonKind::ConditionMissing => "Is every condition confirmed?",
        ReasonKind::DerogationMisused => "Does the exception fit?",
        ReasonKind::AdequacyNotBegun
        | ReasonKind::AdequacyEnded
        | ReasonKind::AdequacyOutOfScope
        | ReasonKind::CertificationMissing
        | ReasonKind::NoneRecorded => "Is there a decision or a safeguard?",
    }
}
