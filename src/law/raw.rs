//! Records of the law as a file writes them, before their names are resolved.

use jiff::civil::Date;

use super::facts::{Coverage, Effect, Interval, OnwardRule, Roles};
use super::instrument::{Binds, Condition, InstrumentKind, Module};
use crate::record::At;

/// The law records of some files.
#[derive(Clone, Debug, Default)]
pub struct RawLaw {
    /// `[book]`: the day it was brought up to date.
    pub updated: Option<Date>,
    /// `[[area]]`
    pub areas: Vec<Raw<RawArea>>,
    /// `[[regime]]`
    pub regimes: Vec<Raw<RawRegime>>,
    /// `[[adequacy]]`
    pub decisions: Vec<Raw<RawDecision>>,
    /// `[[instrument]]`
    pub instruments: Vec<Raw<RawInstrument>>,
    /// `[[acceptance]]`
    pub acceptances: Vec<Raw<RawAcceptance>>,
}

impl RawLaw {
    /// Adds the records of another.
    pub fn append(&mut self, mut more: Self) {
        self.updated = self.updated.or(more.updated);
        self.areas.append(&mut more.areas);
        self.regimes.append(&mut more.regimes);
        self.decisions.append(&mut more.decisions);
        self.instruments.append(&mut more.instruments);
        self.acceptances.append(&mut more.acceptances);
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.len() + self.regimes.len() + self.decisions.len() + self.instruments.len() + self.acceptances.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A record, where it stands, and whether it says that it replaces one of the book.
#[derive(Clone, Debug)]
pub struct Raw<T> {
    /// Where it stands.
    pub at: At,
    /// Its id; an acceptance has `REGIME/INSTRUMENT`.
    pub id: Box<str>,
    /// `overrides = true`
    pub overrides: bool,
    /// Citation, address, doubt and remark.
    pub source: RawSource,
    /// The rest.
    pub body: T,
}

/// Where a fact comes from, as written.
#[derive(Clone, Debug, Default)]
pub struct RawSource {
    pub citation: Option<Box<str>>,
    pub url: Option<Box<str>>,
    pub unsure: Option<Box<str>>,
    pub note: Option<Box<str>>,
}

#[derive(Clone, Debug, Default)]
pub struct RawArea {
    pub name: Box<str>,
    pub members: Vec<(Box<str>, Interval)>,
}

#[derive(Clone, Debug, Default)]
pub struct RawRegime {
    pub name: Box<str>,
    pub territory: Vec<Box<str>>,
    pub coverage: Option<Coverage>,
    pub versions: Vec<RawVersion>,
}

#[derive(Clone, Debug, Default)]
pub struct RawVersion {
    pub id: Box<str>,
    pub name: Box<str>,
    pub in_force: Interval,
    pub extraterritorial: bool,
    pub follows: Option<bool>,
    pub frees_returns: Option<bool>,
    pub unrestricted_roles: Vec<Roles>,
    pub assessment_required_from: Option<Date>,
    pub restricts: Box<str>,
    pub territory: Option<Vec<Box<str>>>,
    pub source: RawSource,
}

#[derive(Clone, Debug, Default)]
pub struct RawDecision {
    pub regime: Box<str>,
    pub jurisdictions: Vec<Box<str>>,
    pub in_force: Interval,
    pub ended_by: Option<Box<str>>,
    pub scope: RawScope,
    pub effect: Option<Effect>,
    pub onward: Option<OnwardRule>,
    pub contested: Option<Box<str>>,
}

#[derive(Clone, Debug, Default)]
pub struct RawScope {
    pub certification: Option<Box<str>>,
    pub sector: Vec<Box<str>>,
    pub not_sector: Vec<Box<str>>,
    pub exporter_sector: Vec<Box<str>>,
    pub only_data_tags: Vec<Box<str>>,
    pub not_data_tags: Vec<Box<str>>,
    pub not_purpose_tags: Vec<Box<str>>,
    pub party_tags: Vec<Box<str>>,
    pub hr: Option<bool>,
}

#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes-or-no fact of an instrument")]
pub struct RawInstrument {
    pub name: Box<str>,
    pub kind: Option<InstrumentKind>,
    pub binds: Option<Binds>,
    pub modules: Vec<Module>,
    pub roles: Vec<Roles>,
    pub onward_roles: Vec<Roles>,
    pub with: Vec<Box<str>>,
    pub not_a_tool: Option<Box<str>>,
    pub processing_agreement: bool,
    pub needs_assessment: bool,
    pub needs_approval: bool,
    pub occasional_only: bool,
    pub exporter_sector: Vec<Box<str>>,
    pub importer_sector: Vec<Box<str>>,
    pub not_exporter_sector: Vec<Box<str>>,
    pub conditions: Vec<Condition>,
}

#[derive(Clone, Debug, Default)]
pub struct RawAcceptance {
    pub regime: Box<str>,
    pub instrument: Box<str>,
    pub signing: Interval,
    pub valid: Interval,
    pub conditions: Vec<Condition>,
}
