//! The facts of the law, resolved: places, regimes, decisions.

use jiff::civil::Date;

use super::Code;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) u16);

        impl $name {
            /// The number at a position of the law's list.
            pub(super) fn at(index: usize) -> Self {
                Self(u16::try_from(index).unwrap_or(u16::MAX))
            }

            /// The number, to index with: ids are numbered in the order of their texts.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

id! {
    /// A regime of a [`super::Law`].
    RegimeId
}
id! {
    /// An adequacy decision of a [`super::Law`].
    DecisionId
}
id! {
    /// An instrument of a [`super::Law`].
    InstrumentId
}

/// Calendar days, both ends included; an open end is no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Interval {
    /// Whether a day is inside.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        !self.is_before(day) && !self.is_after(day)
    }

    /// Whether a day lies before the first.
    #[must_use]
    pub fn is_before(&self, day: Date) -> bool {
        self.from.is_some_and(|from| day < from)
    }

    /// Whether a day lies after the last.
    #[must_use]
    pub fn is_after(&self, day: Date) -> bool {
        self.until.is_some_and(|until| day > until)
    }
}

/// Where a fact comes from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// What a reader can look up.
    pub citation: Box<str>,
    /// An official page.
    pub url: Option<Box<str>>,
    /// Why the fact is not certain.
    pub unsure: Option<Box<str>>,
    /// A remark.
    pub note: Option<Box<str>>,
    /// Whether the register, not the book, says so.
    pub house: bool,
}

/// A set of places that changes over time.
#[derive(Clone, Debug)]
pub struct Area {
    /// Lower-case id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Members and the days on which they belong to it.
    pub members: Vec<(Code, Interval)>,
    /// Where it comes from.
    pub source: Source,
}

/// A family of laws that restrict transfers; at most one version is in force on a day.
#[derive(Clone, Debug)]
pub struct Regime {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Areas and codes.
    pub territory: Vec<PlaceRef>,
    /// Whether the book says all that the law says.
    pub coverage: Coverage,
    /// Its versions, in order of time.
    pub versions: Vec<Version>,
    /// A remark.
    pub note: Option<Box<str>>,
    /// Whether the register, not the book, says so.
    pub house: bool,
}

/// A place or a set of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceRef {
    /// One place.
    Code(Code),
    /// An area, by its position among the law's areas.
    Area(usize),
}

/// How much of a law the book holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// What matters for a verdict.
    Full,
    /// Not thresholds, filings per volume and the like: findings are warnings.
    Outline,
}

/// A law that is in force for a time.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// When it is in force.
    pub in_force: Interval,
    /// Whether it reaches controllers outside that collect from people inside.
    pub extraterritorial: bool,
    /// Whether the rule follows the data onward.
    pub follows: bool,
    /// Whether a processor returns data to its controller freely.
    pub frees_returns: bool,
    /// Legs that are no restricted transfer.
    pub unrestricted_roles: Vec<Roles>,
    /// The first day on which an assessment is asked for.
    pub assessment_required_from: Option<Date>,
    /// The chapter or section.
    pub restricts: Box<str>,
    /// A territory of its own.
    pub territory: Option<Vec<PlaceRef>>,
    /// Where it comes from.
    pub source: Source,
}

/// Who sends and who receives on a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Roles {
    /// Controller to controller.
    C2c,
    /// Controller to processor.
    C2p,
    /// Processor to processor.
    P2p,
    /// Processor to controller.
    P2c,
}

impl Roles {
    /// The words of the formats.
    pub const WORDS: [(&'static str, Self); 4] =
        [("c2c", Self::C2c), ("c2p", Self::C2p), ("p2p", Self::P2p), ("p2c", Self::P2c)];

    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::C2c => "controller to controller",
            Self::C2p => "controller to processor",
            Self::P2p => "processor to processor",
            Self::P2c => "processor to controller",
        }
    }

    /// Whether the recipient is a processor on this leg.
    #[must_use]
    pub fn to_processor(self) -> bool {
        matches!(self, Self::C2p | Self::P2p)
    }

    /// Whether the sender is a processor on this leg.
    #[must_use]
    pub fn from_processor(self) -> bool {
        matches!(self, Self::P2p | Self::P2c)
    }
}

/// A decision that a place protects data well enough.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: Box<str>,
    /// The regime that decided.
    pub regime: RegimeId,
    /// The places.
    pub jurisdictions: Vec<PlaceRef>,
    /// When it is in force.
    pub in_force: Interval,
    /// What ended it.
    pub ended_by: Option<Box<str>>,
    /// What it covers.
    pub scope: Scope,
    /// What it does.
    pub effect: Effect,
    /// What becomes of the data after arrival.
    pub onward: OnwardRule,
    /// A pending challenge.
    pub contested: Option<Box<str>>,
    /// Where it comes from.
    pub source: Source,
}

impl Decision {
    /// The last day of it, where that was fixed when it was made. An end that something else
    /// brought (a judgment, a later act) was not known before, and the book does not say since when.
    #[must_use]
    pub fn fixed_end(&self) -> Option<Date> {
        let is_own = self.ended_by.as_ref().is_none_or(|by| by.starts_with("Its own term"));
        self.in_force.until.filter(|_| is_own)
    }
}

/// What a decision does to a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The transfer is adequate.
    Adequate,
    /// There is no restricted transfer.
    NotATransfer,
}

/// What binds the recipient after an adequate arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnwardRule {
    /// The law of the place.
    LocalLaw,
    /// A contract for every onward transfer.
    Contract,
}

/// What a decision covers: every part that is given must fit.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// A certification that the recipient must hold.
    pub certification: Option<InstrumentId>,
    /// Sectors of the recipient, one of which it must have.
    pub sector: Vec<Box<str>>,
    /// Sectors of the recipient that are out.
    pub not_sector: Vec<Box<str>>,
    /// Sectors of the sender, one of which it must have.
    pub exporter_sector: Vec<Box<str>>,
    /// Tags of data, one of which it must have.
    pub only_data_tags: Vec<Box<str>>,
    /// Tags of data that are out.
    pub not_data_tags: Vec<Box<str>>,
    /// Tags of purposes that are out, if any purpose of the transfer has them.
    pub not_purpose_tags: Vec<Box<str>>,
    /// Tags of the recipient, one of which it must have.
    pub party_tags: Vec<Box<str>>,
    /// Only human resources data, or only other data.
    pub hr: Option<bool>,
}
