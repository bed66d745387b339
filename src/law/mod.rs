//! What the law says on a date.
//!
//! The law book is a set of dated facts in `book/*.toml`, built into the program; a register may
//! add to it or override it. [`Law`] is all of it, resolved: regimes with their versions,
//! adequacy decisions, instruments, and which regime accepts which instrument when. [`LawOn`] is
//! what of it is in force on one day, indexed for questions.

mod book;
mod changes;
mod check;
mod code;
mod facts;
mod instrument;
mod keys;
mod on;
mod raw;
mod read;

pub use book::book;
pub use changes::{About, Change};
pub use check::resolve;
pub(crate) use check::{not_a_place, unknown};
pub use code::{Code, Codes, NotAPlace};
pub use facts::{
    Area, Coverage, Decision, DecisionId, Effect, InstrumentId, Interval, OnwardRule, PlaceRef, Regime, RegimeId,
    Roles, Scope, Source, Version,
};
pub use instrument::{Acceptance, AcceptanceKey, Binds, Condition, Instrument, InstrumentKind, Module};
pub use keys::keys;
pub use on::{LawOn, RegimeOn, Territory};
pub use raw::RawLaw;
pub use read::{KINDS, read};

use jiff::civil::Date;

/// The whole law: the book and what the register adds to it. Every list is sorted by id.
#[derive(Debug, Default)]
pub struct Law {
    /// The day on which the book was last brought up to date.
    pub updated: Option<Date>,
    /// Known places.
    pub codes: Codes,
    /// Sets of places.
    pub areas: Vec<Area>,
    /// Families of laws.
    pub regimes: Vec<Regime>,
    /// Adequacy decisions.
    pub decisions: Vec<Decision>,
    /// Instruments, known to the book whether accepted anywhere or not.
    pub instruments: Vec<Instrument>,
    /// Which regime accepts which instrument, and when.
    pub acceptances: Vec<Acceptance>,
}

impl Law {
    /// The law on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> LawOn<'_> {
        LawOn::new(self, day)
    }

    /// An area by id, in upper or lower case.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&Area> {
        let id = id.to_lowercase();
        self.areas.binary_search_by(|area| (*area.id).cmp(&id)).ok().map(|at| &self.areas[at])
    }

    /// A regime by id.
    #[must_use]
    pub fn regime(&self, id: &str) -> Option<(RegimeId, &Regime)> {
        let at = self.regimes.binary_search_by(|regime| (*regime.id).cmp(id)).ok()?;
        Some((RegimeId::at(at), &self.regimes[at]))
    }

    /// An instrument by id.
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<(InstrumentId, &Instrument)> {
        let at = self.instruments.binary_search_by(|instrument| (*instrument.id).cmp(id)).ok()?;
        Some((InstrumentId::at(at), &self.instruments[at]))
    }

    /// A decision by id.
    #[must_use]
    pub fn decision(&self, id: &str) -> Option<(DecisionId, &Decision)> {
        let at = self.decisions.binary_search_by(|decision| (*decision.id).cmp(id)).ok()?;
        Some((DecisionId::at(at), &self.decisions[at]))
    }
}

impl std::ops::Index<RegimeId> for Law {
    type Output = Regime;

    fn index(&self, id: RegimeId) -> &Regime {
        &self.regimes[usize::from(id.0)]
    }
}

impl std::ops::Index<InstrumentId> for Law {
    type Output = Instrument;

    fn index(&self, id: InstrumentId) -> &Instrument {
        &self.instruments[usize::from(id.0)]
    }
}

impl std::ops::Index<DecisionId> for Law {
    type Output = Decision;

    fn index(&self, id: DecisionId) -> &Decision {
        &self.decisions[usize::from(id.0)]
    }
}
