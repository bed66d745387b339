//! `[[collection]]`: where personal data enters.

use jiff::civil::Date;
use toml::de::DeTable;

use super::{DataId, PartyId, PurposeId, SubjectsId};
use crate::law::PlaceRef;
use crate::record::{At, COMMON, Common, Few, Key, Keys, Reader, Shape, Sym, Within, fields, names, words};

/// How data enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the source of its name")]
pub enum CollectionSource {
    Form,
    Automatic,
    Phone,
    Event,
    Referral,
    ThirdParty,
    Other,
}

impl CollectionSource {
    const WORDS: [(&'static str, Self); 7] = [
        ("form", Self::Form),
        ("automatic", Self::Automatic),
        ("phone", Self::Phone),
        ("event", Self::Event),
        ("referral", Self::Referral),
        ("third-party", Self::ThirdParty),
        ("other", Self::Other),
    ];

    /// The word of the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A collection of the register.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Its id.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// Who collects: each of them.
    pub by: Few<PartyId>,
    /// What, as named.
    pub data: Few<DataId>,
    /// About whom, as named.
    pub subjects: Few<SubjectsId>,
    /// Why, as named.
    pub purposes: Few<PurposeId>,
    /// Where the people are.
    pub subjects_in: Vec<PlaceRef>,
    /// How.
    pub source: Option<CollectionSource>,
    /// From whom, if not from the people themselves.
    pub source_party: Option<PartyId>,
    /// Whether people there are targeted.
    pub targeted: bool,
    /// How long it is kept.
    pub retention: Option<Box<str>>,
    /// When.
    pub days: Days,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// When something is active, and when what came by it is gone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Days {
    /// The first day.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The first day on which the data is held no more.
    pub erased: Option<Date>,
}

impl Days {
    /// Whether it is going on on a day.
    #[must_use]
    pub fn is_active(&self, day: Date) -> bool {
        self.has_begun(day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether what came by it is still held on a day.
    #[must_use]
    pub fn is_held(&self, day: Date) -> bool {
        self.has_begun(day) && self.erased.is_none_or(|erased| day < erased)
    }

    /// Whether it has begun by a day.
    #[must_use]
    pub fn has_begun(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day)
    }

    /// Files days that contradict each other.
    pub(super) fn check(&self, reader: &mut Reader<'_>, at: At) {
        if self.since.zip(self.until).is_some_and(|(since, until)| until < since) {
            reader.invalid(at.key("until"), "this ends before it begins", "correct `since` or `until`");
        }
        if self.since.zip(self.erased).is_some_and(|(since, erased)| erased < since) {
            reader.invalid(at.key("erased"), "this was erased before it began", "correct `since` or `erased`");
        }
    }
}

/// A collection as written.
#[derive(Clone, Debug)]
pub(super) struct RawCollection {
    pub at: At,
    pub id: Option<Sym>,
    pub by: Few<Sym>,
    pub data: Few<Sym>,
    pub subjects: Few<Sym>,
    pub purposes: Few<Sym>,
    pub subjects_in: Few<Sym>,
    pub source: Option<CollectionSource>,
    pub source_party: Option<Sym>,
    pub targeted: bool,
    pub retention: Option<Box<str>>,
    pub days: Days,
    pub common: Common,
}

const OWN: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::required(
        "by",
        Shape::SomeReferences,
        "who collects: party ids or selectors, as in a transfer's `from`; each party named collects",
    ),
    Key::required("data", Shape::SomeReferences, "the categories that are collected"),
    Key::required("subjects", Shape::SomeReferences, "whose data it is"),
    Key::required("purposes", Shape::SomeReferences, "what for"),
    Key::required(
        "subjects-in",
        Shape::SomeReferences,
        "where these people are: jurisdictions or areas of the law book, such as `eea`",
    ),
    Key::new("source", Shape::Word(|| words(&CollectionSource::WORDS)), "how the data comes"),
    Key::new("source-party", Shape::Reference, "the party that it comes from"),
    Key::new("targeted", Shape::Flag, "whether people there are meant to be reached; default: true"),
    Key::new("retention", Shape::Text, "how long it is kept"),
    Key::new("since", Shape::Date, "the first day on which it happens; default: always"),
    Key::new("until", Shape::Date, "the last day on which it happens; default: still"),
    Key::new("erased", Shape::Date, "the day from which the collector holds it no more"),
];

/// The keys of a collection.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a collection.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawCollection {
    let within = Within::record(at);
    let mut raw = RawCollection {
        at,
        id: None,
        by: Few::new(),
        data: Few::new(),
        subjects: Few::new(),
        purposes: Few::new(),
        subjects_in: Few::new(),
        source: None,
        source_party: None,
        targeted: true,
        retention: None,
        days: Days::default(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "by" => raw.by = reader.some_references(&field, true),
            "data" => raw.data = reader.some_references(&field, true),
            "subjects" => raw.subjects = reader.some_references(&field, true),
            "purposes" => raw.purposes = reader.some_references(&field, true),
            "subjects-in" => raw.subjects_in = reader.some_references(&field, true),
            "source" => raw.source = reader.one_of(&field, &CollectionSource::WORDS),
            "source-party" => raw.source_party = reader.reference(&field),
            "targeted" => raw.targeted = reader.flag(&field).unwrap_or(true),
            "retention" => raw.retention = reader.text(&field),
            "since" => raw.days.since = reader.date(&field),
            "until" => raw.days.until = reader.date(&field),
            "erased" => raw.days.erased = reader.date(&field),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[[collection]]`"),
        }
    }
    reader.require(table, within, "collection", KEYS);
    raw.days.check(reader, at);
    raw
}
