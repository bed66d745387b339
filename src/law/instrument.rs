//! Instruments, and which regime accepts which of them when.

use super::facts::{InstrumentId, Interval, RegimeId, Roles, Source};

/// Something that can carry data: a contract, rules, a certificate, an exception.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes-or-no fact of an instrument")]
pub struct Instrument {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// What it is.
    pub kind: InstrumentKind,
    /// Who must be bound.
    pub binds: Binds,
    /// Its modules.
    pub modules: Vec<Module>,
    /// The legs it serves, where it has no modules; none named: any.
    pub roles: Vec<Roles>,
    /// Further legs when the sender is outside the territory.
    pub onward_roles: Vec<Roles>,
    /// Instruments that it builds on.
    pub with: Vec<InstrumentId>,
    /// Why it is known and never accepted.
    pub not_a_tool: Option<Box<str>>,
    /// Whether it also is a processing agreement.
    pub processing_agreement: bool,
    /// Whether an assessment is asked for with it.
    pub needs_assessment: bool,
    /// Whether an authority must have approved it.
    pub needs_approval: bool,
    /// Whether it carries occasional transfers only.
    pub occasional_only: bool,
    /// Sectors of the sender that it serves; none named: any.
    pub exporter_sector: Vec<Box<str>>,
    /// Sectors of the recipient that it serves; none named: any.
    pub importer_sector: Vec<Box<str>>,
    /// Sectors of the sender that it is closed to.
    pub not_exporter_sector: Vec<Box<str>>,
    /// Conditions to confirm.
    pub conditions: Vec<Condition>,
    /// Whether a decision carries data through it, so that it is never a safeguard of its own.
    pub named_by_decision: bool,
    /// Where it comes from.
    pub source: Source,
}

/// A condition: one of these must be confirmed.
pub type Condition = Vec<Box<str>>;

/// The kinds of instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the kind of its name")]
pub enum InstrumentKind {
    Contract,
    BindingRules,
    Certification,
    CodeOfConduct,
    Approval,
    Derogation,
    Consent,
    PublicLaw,
    EquivalentLaw,
}

impl InstrumentKind {
    /// The words of the format.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("contract", Self::Contract),
        ("binding-rules", Self::BindingRules),
        ("certification", Self::Certification),
        ("code-of-conduct", Self::CodeOfConduct),
        ("approval", Self::Approval),
        ("derogation", Self::Derogation),
        ("consent", Self::Consent),
        ("public-law", Self::PublicLaw),
        ("equivalent-law", Self::EquivalentLaw),
    ];

    /// The word of the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Whether data it carries is derogated rather than safeguarded.
    #[must_use]
    pub fn is_derogation(self) -> bool {
        matches!(self, Self::Derogation | Self::Consent)
    }

    /// Whether it is a statute's own exception, which nobody signs.
    #[must_use]
    pub fn is_statutory(self) -> bool {
        self.is_derogation() || matches!(self, Self::EquivalentLaw | Self::PublicLaw)
    }
}

/// Who must be bound by an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// Sender and recipient.
    Both,
    /// The recipient.
    Importer,
    /// Both, as members of one group.
    Group,
}

/// A module of an instrument: a text for one kind of leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its number.
    pub id: u8,
    /// The leg it serves.
    pub roles: Roles,
    /// Whether an assessment is asked for with it.
    pub needs_assessment: bool,
}

/// An acceptance has no id of its own: a regime and an instrument name it.
pub type AcceptanceKey = (RegimeId, InstrumentId);

/// An instrument under a regime.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The regime and the instrument.
    pub key: AcceptanceKey,
    /// When it can be newly signed.
    pub signing: Interval,
    /// When it counts.
    pub valid: Interval,
    /// Conditions that this regime adds.
    pub conditions: Vec<Condition>,
    /// Where it comes from.
    pub source: Source,
}
