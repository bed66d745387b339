//! Where a record stands, in twelve bytes; a [`Place`] is made of it only when something is wrong.

use crate::source::{Aim, FileId, Place, Spot, Step};

/// The kinds of table that a register or law book file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the record kind of its name")]
pub enum Kind {
    Acceptance,
    Adequacy,
    Affiliate,
    Area,
    Book,
    Collection,
    Data,
    Instrument,
    Jurisdiction,
    Purpose,
    Regime,
    Register,
    Reseller,
    Rules,
    Safeguard,
    ServiceProvider,
    Statement,
    Subjects,
    ThirdParty,
    Transfer,
    Waiver,
}

impl Kind {
    /// Every kind of a register, sorted by name.
    pub const OF_REGISTER: [Self; 20] = [
        Self::Acceptance,
        Self::Adequacy,
        Self::Affiliate,
        Self::Area,
        Self::Collection,
        Self::Data,
        Self::Instrument,
        Self::Jurisdiction,
        Self::Purpose,
        Self::Regime,
        Self::Register,
        Self::Reseller,
        Self::Rules,
        Self::Safeguard,
        Self::ServiceProvider,
        Self::Statement,
        Self::Subjects,
        Self::ThirdParty,
        Self::Transfer,
        Self::Waiver,
    ];

    /// The kind as files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Adequacy => "adequacy",
            Self::Affiliate => "affiliate",
            Self::Area => "area",
            Self::Book => "book",
            Self::Collection => "collection",
            Self::Data => "data",
            Self::Instrument => "instrument",
            Self::Jurisdiction => "jurisdiction",
            Self::Purpose => "purpose",
            Self::Regime => "regime",
            Self::Register => "register",
            Self::Reseller => "reseller",
            Self::Rules => "rules",
            Self::Safeguard => "safeguard",
            Self::ServiceProvider => "service-provider",
            Self::Statement => "statement",
            Self::Subjects => "subjects",
            Self::ThirdParty => "third-party",
            Self::Transfer => "transfer",
            Self::Waiver => "waiver",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::OF_REGISTER.into_iter().chain([Self::Book]).find(|kind| kind.name() == name)
    }

    /// Whether it is one of the four kinds of party, which share one space of ids.
    #[must_use]
    pub fn is_party(self) -> bool {
        matches!(self, Self::Affiliate | Self::Reseller | Self::ServiceProvider | Self::ThirdParty)
    }

    /// Whether there is one table of it (`[register]`), not a list of records (`[[transfer]]`).
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Self::Register | Self::Rules | Self::Book)
    }
}

/// A record: its file, kind and position among the records of that kind in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// The kind.
    pub kind: Kind,
    /// From 0; 0 for a single table.
    pub index: u32,
    /// The byte of the file at which it begins: its header.
    pub start: u32,
}

impl At {
    /// The record itself: its header.
    #[must_use]
    pub fn place(self) -> Place {
        Within::record(self).place()
    }

    /// The value of a key.
    #[must_use]
    pub fn key(self, key: &'static str) -> Place {
        Within::record(self).key(key)
    }

    /// An item of the list under a key (or the value itself, where it is no list).
    #[must_use]
    pub fn item(self, key: &'static str, index: usize) -> Place {
        then(self.key(key), Step::Item(u32::try_from(index).unwrap_or(u32::MAX)))
    }
}

/// A table: a record, or one inside a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// The record.
    pub at: At,
    /// The key of the inner table, and its position where the key holds a list of tables.
    pub inner: Option<(&'static str, Option<u32>)>,
}

impl Within {
    /// A record's own table.
    #[must_use]
    pub fn record(at: At) -> Self {
        Self { at, inner: None }
    }

    /// The table itself: its header.
    #[must_use]
    pub fn place(self) -> Place {
        // A record, and mostly one of its keys.
        let mut steps = Vec::with_capacity(3);
        steps.push(Step::Key(self.at.kind.name().into()));
        if !self.at.kind.is_single() {
            steps.push(Step::Record(self.at.index, self.at.start));
        }
        if let Some((key, item)) = self.inner {
            steps.push(Step::Key(key.into()));
            steps.extend(item.map(Step::Item));
        }
        Place { file: self.at.file, spot: Spot::Path(steps, Aim::Value) }
    }

    /// The value of a key of the table.
    #[must_use]
    pub fn key(self, key: &str) -> Place {
        then(self.place(), Step::Key(key.to_owned().into()))
    }

    /// A key of the table.
    #[must_use]
    pub fn key_name(self, key: &str) -> Place {
        match self.key(key) {
            Place { file, spot: Spot::Path(steps, _) } => Place { file, spot: Spot::Path(steps, Aim::Key) },
            place => place,
        }
    }

    /// An item of the list under a key.
    #[must_use]
    pub fn item(self, key: &str, index: usize) -> Place {
        then(self.key(key), Step::Item(u32::try_from(index).unwrap_or(u32::MAX)))
    }
}

fn then(mut place: Place, step: Step) -> Place {
    if let Spot::Path(steps, _) = &mut place.spot {
        steps.push(step);
    }
    place
}
