//! What is said of a pair under a regime.

use std::sync::OnceLock;

use jiff::civil::Date;
use smallvec::SmallVec;

use super::PairId;
use super::cell_set::CellSet;
use crate::law::{DecisionId, InstrumentId, RegimeId};
use crate::record::{Blank, Rare};
use crate::register::{PartyId, SafeguardId};

/// The outcomes, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The law restricts no such transfer.
    Unrestricted,
    /// The place protects data well enough.
    Adequate,
    /// A recorded safeguard carries it.
    Safeguarded,
    /// A recorded exception carries it.
    Derogated,
    /// Nothing carries it, and somebody has accepted that for a time.
    Waived,
    /// Nothing carries it.
    Violation,
}

impl Outcome {
    /// Every outcome, from best to worst.
    pub const ALL: [Self; 6] =
        [Self::Unrestricted, Self::Adequate, Self::Safeguarded, Self::Derogated, Self::Waived, Self::Violation];

    /// The word of the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unrestricted => "unrestricted",
            Self::Adequate => "adequate",
            Self::Safeguarded => "safeguarded",
            Self::Derogated => "derogated",
            Self::Waived => "waived",
            Self::Violation => "violation",
        }
    }
}

/// A question that a safeguard or a decision can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the reason of its name, explained by `phrase`")]
pub enum ReasonKind {
    InstrumentNotAccepted,
    InstrumentWithdrawn,
    SignedOutsideWindow,
    ChangedAfterWindow,
    NotInForce,
    Expired,
    PartyNotBound,
    CompanionMissing,
    WrongModule,
    ScopeExceeded,
    ApprovalMissing,
    AssessmentMissing,
    AssessmentNegative,
    MeasuresMissing,
    ConditionMissing,
    DerogationMisused,
    AdequacyNotBegun,
    AdequacyEnded,
    AdequacyOutOfScope,
    CertificationMissing,
    NoneRecorded,
}

impl ReasonKind {
    /// Every reason.
    pub const ALL: [Self; 21] = [
        Self::InstrumentNotAccepted,
        Self::InstrumentWithdrawn,
        Self::SignedOutsideWindow,
        Self::ChangedAfterWindow,
        Self::NotInForce,
        Self::Expired,
        Self::PartyNotBound,
        Self::CompanionMissing,
        Self::WrongModule,
        Self::ScopeExceeded,
        Self::ApprovalMissing,
        Self::AssessmentMissing,
        Self::AssessmentNegative,
        Self::MeasuresMissing,
        Self::ConditionMissing,
        Self::DerogationMisused,
        Self::AdequacyNotBegun,
        Self::AdequacyEnded,
        Self::AdequacyOutOfScope,
        Self::CertificationMissing,
        Self::NoneRecorded,
    ];

    /// The questions put to a safeguard, in the order in which a reader would ask them.
    pub const OF_SAFEGUARDS: &[Self] = Self::ALL.split_at(16).0;

    /// The word of the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InstrumentNotAccepted => "instrument-not-accepted",
            Self::InstrumentWithdrawn => "instrument-withdrawn",
            Self::SignedOutsideWindow => "signed-outside-window",
            Self::ChangedAfterWindow => "changed-after-window",
            Self::NotInForce => "not-in-force",
            Self::Expired => "expired",
            Self::PartyNotBound => "party-not-bound",
            Self::CompanionMissing => "companion-missing",
            Self::WrongModule => "wrong-module",
            Self::ScopeExceeded => "scope-exceeded",
            Self::ApprovalMissing => "approval-missing",
            Self::AssessmentMissing => "assessment-missing",
            Self::AssessmentNegative => "assessment-negative",
            Self::MeasuresMissing => "measures-missing",
            Self::ConditionMissing => "condition-missing",
            Self::DerogationMisused => "derogation-misused",
            Self::AdequacyNotBegun => "adequacy-not-begun",
            Self::AdequacyEnded => "adequacy-ended",
            Self::AdequacyOutOfScope => "adequacy-out-of-scope",
            Self::CertificationMissing => "certification-missing",
            Self::NoneRecorded => "none-recorded",
        }
    }
}

/// Why something does not carry the data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason<'a> {
    /// The safeguard that fails.
    pub safeguard: Option<SafeguardId>,
    /// The instrument of it that was asked.
    pub instrument: Option<InstrumentId>,
    /// The decision that fails.
    pub decision: Option<DecisionId>,
    /// The question it fails.
    pub kind: ReasonKind,
    /// The first day on which it failed, where a day is the reason.
    pub since: Option<Date>,
    /// What exactly: names of conditions, modules, roles, in words.
    pub detail: Option<String>,
    /// Where the law says so.
    pub citation: Option<&'a str>,
}

impl Reason<'_> {
    /// Whether the reason is about an instrument or decision of the law, not about this register.
    #[must_use]
    pub fn is_of_the_law(&self) -> bool {
        matches!(self.kind, ReasonKind::InstrumentWithdrawn | ReasonKind::AdequacyEnded | ReasonKind::AdequacyNotBegun)
    }
}

/// What carries the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A decision.
    Decision(DecisionId),
    /// A recorded safeguard.
    Safeguard(SafeguardId),
}

/// That nothing carries the data.
#[derive(Clone, Debug, Default)]
pub struct Failure<'a> {
    /// Why.
    pub reasons: Vec<Reason<'a>>,
    /// A safeguard recorded elsewhere that would hold if the transfer listed it.
    pub hint: Option<SafeguardId>,
    /// The waivers that cover it or a part of it, by position.
    pub waived_by: Vec<usize>,
}

impl Blank for Failure<'_> {
    fn blank<'b>() -> &'b Self {
        static BLANK: Failure<'static> = Failure { reasons: Vec::new(), hint: None, waived_by: Vec::new() };
        &BLANK
    }
}

/// The verdict on a pair under a regime: the worst over its atoms, and about those atoms.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// The pair.
    pub pair: PairId,
    /// The regime, by position among those in force.
    pub regime: usize,
    /// The regime.
    pub regime_id: RegimeId,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether any of the data came to the sender, outside the territory, by a transfer.
    pub onward: bool,
    /// What carries it.
    pub basis: SmallVec<[Basis; 2]>,
    /// Recorded safeguards that would hold if the basis fell.
    pub fallback: Box<[SafeguardId]>,
    /// Where nothing carries it: why, and what would.
    pub failure: Rare<Failure<'a>>,
    /// From a collector to the sender and the recipient; looked for at once where nothing carries it, and
    /// when [`Assessment::path`](super::Assessment::path) first asks elsewhere.
    pub(super) path: OnceLock<Box<[PartyId]>>,
    /// Whether the law of the recipient's place binds it from here on and is not in the book, so that the
    /// data stays under an onward principle.
    pub no_local_law: bool,
    /// The atoms, as cells of the flow.
    pub cells: CellSet,
}
