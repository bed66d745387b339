//! `[[transfer]]`: one party making data available to another.

use toml::de::{DeTable, DeValue};

use super::collection::Days;
use super::{DataId, PartyId, PurposeId, SafeguardId, SubjectsId};
use crate::law::Roles;
use crate::record::{At, COMMON, Common, Few, Key, Keys, Reader, Shape, Sym, Within, fields, names, words};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the frequency of its name")]
pub enum Frequency {
    Continuous,
    Recurring,
    Occasional,
    Once,
}

impl Frequency {
    const WORDS: [(&'static str, Self); 4] = [
        ("continuous", Self::Continuous),
        ("recurring", Self::Recurring),
        ("occasional", Self::Occasional),
        ("once", Self::Once),
    ];

    /// The word of the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Whether it is no standing flow.
    #[must_use]
    pub fn is_occasional(self) -> bool {
        matches!(self, Self::Occasional | Self::Once)
    }
}

/// By what act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the means of its name")]
pub enum Means {
    Copy,
    RemoteAccess,
    Disclosure,
}

impl Means {
    const WORDS: [(&'static str, Self); 3] =
        [("copy", Self::Copy), ("remote-access", Self::RemoteAccess), ("disclosure", Self::Disclosure)];

    /// The word of the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// What allows a processor to engage another (GDPR Art. 28(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorisation {
    /// The controller allowed sub-processors in general.
    General,
    /// It allowed this one.
    Specific,
    /// The paper that says so.
    Safeguard(SafeguardId),
}

/// A transfer of the register: it stands for every pair of its senders and recipients.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Its id; without one of its own, `FROM--TO`.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// Whether its pairs have ids of their own (`ID/FROM--TO`), because a side is a list or selector.
    pub is_many: bool,
    /// The senders, sorted.
    pub from: Few<PartyId>,
    /// The recipients, sorted.
    pub to: Few<PartyId>,
    /// What, as named.
    pub data: Few<DataId>,
    /// Why, as named.
    pub purposes: Few<PurposeId>,
    /// About whom, as named; none: every group that the sender holds.
    pub subjects: Few<SubjectsId>,
    /// What it relies on.
    pub safeguards: Few<SafeguardId>,
    /// The roles on the leg, where they differ from the parties'.
    pub roles: Option<Roles>,
    /// How often.
    pub frequency: Frequency,
    /// By what act.
    pub means: Means,
    /// Whether it is a sale.
    pub sale: bool,
    /// What allows a sub-processor.
    pub authorisation: Option<Authorisation>,
    /// When.
    pub days: Days,
    /// How long it is kept.
    pub retention: Option<Box<str>>,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// A transfer as written.
#[derive(Clone, Debug)]
pub(super) struct RawTransfer {
    pub at: At,
    pub id: Option<Sym>,
    /// Whether `id` is there at all: a wrong one is a problem already.
    pub is_id_written: bool,
    pub is_many: bool,
    pub from: Few<Sym>,
    pub to: Few<Sym>,
    pub data: Few<Sym>,
    pub purposes: Few<Sym>,
    pub subjects: Few<Sym>,
    pub safeguards: Few<Sym>,
    pub roles: Option<Roles>,
    pub frequency: Frequency,
    pub means: Means,
    pub sale: bool,
    pub authorisation: Option<Sym>,
    pub days: Days,
    pub retention: Option<Box<str>>,
    pub common: Common,
}

const OWN: &[Key] = &[
    Key::new(
        "id",
        Shape::Id,
        "its id; default `FROM--TO`; required where that is not unique, or where a side is a list or a selector",
    ),
    Key::required(
        "from",
        Shape::SomeReferences,
        "who sends: a party id, a selector (`@affiliates`, `@service-providers`, `@resellers`, `@third-parties`, `@group:ID`), or a list of either",
    ),
    Key::required("to", Shape::SomeReferences, "who receives, likewise"),
    Key::required("data", Shape::SomeReferences, "the categories that are sent"),
    Key::required("purposes", Shape::SomeReferences, "what for"),
    Key::new("subjects", Shape::SomeReferences, "whose data; default: everyone's that the sender holds"),
    Key::new("safeguards", Shape::References, "the safeguards that it relies on; adequacy needs no entry"),
    Key::new(
        "roles",
        Shape::Word(|| words(&Roles::WORDS)),
        "what sender and recipient are here (`c`ontroller, `p`rocessor); default: from the parties' roles",
    ),
    Key::new(
        "frequency",
        Shape::Word(|| words(&Frequency::WORDS)),
        "how often; default: `continuous`. Some derogations need `occasional` or `once`",
    ),
    Key::new("means", Shape::Word(|| words(&Means::WORDS)), "how; default: `copy`"),
    Key::new("sale", Shape::Flag, "whether the data is sold; default: false"),
    Key::new(
        "authorisation",
        Shape::Reference,
        "for a sub-processor, the controller's: `general`, `specific`, or the id of the safeguard that says so",
    ),
    Key::new("since", Shape::Date, "the first day on which it happens; default: always"),
    Key::new("until", Shape::Date, "the last day on which it happens; default: still"),
    Key::new("erased", Shape::Date, "the day from which the recipient holds it no more"),
    Key::new("retention", Shape::Text, "how long the recipient keeps it"),
];

/// The keys of a transfer.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a transfer.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawTransfer {
    let within = Within::record(at);
    let mut raw = RawTransfer {
        at,
        id: None,
        is_id_written: false,
        is_many: false,
        from: Few::new(),
        to: Few::new(),
        data: Few::new(),
        purposes: Few::new(),
        subjects: Few::new(),
        safeguards: Few::new(),
        roles: None,
        frequency: Frequency::Continuous,
        means: Means::Copy,
        sale: false,
        authorisation: None,
        days: Days::default(),
        retention: None,
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "from" | "to" => {
                let sides = reader.some_references(&field, true);
                raw.is_many |= is_many(field.value);
                *(if field.key == "from" { &mut raw.from } else { &mut raw.to }) = sides;
            }
            "id" => {
                raw.is_id_written = true;
                raw.id = reader.id(&field);
            }
            "data" => raw.data = reader.some_references(&field, true),
            "purposes" => raw.purposes = reader.some_references(&field, true),
            "subjects" => raw.subjects = reader.some_references(&field, true),
            "safeguards" => raw.safeguards = reader.references(&field, true),
            "roles" => raw.roles = reader.one_of(&field, &Roles::WORDS),
            "frequency" => raw.frequency = reader.one_of(&field, &Frequency::WORDS).unwrap_or(Frequency::Continuous),
            "means" => raw.means = reader.one_of(&field, &Means::WORDS).unwrap_or(Means::Copy),
            "sale" => raw.sale = reader.flag(&field).unwrap_or_default(),
            "authorisation" => raw.authorisation = reader.reference(&field),
            "since" => raw.days.since = reader.date(&field),
            "until" => raw.days.until = reader.date(&field),
            "erased" => raw.days.erased = reader.date(&field),
            "retention" => raw.retention = reader.text(&field),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[[transfer]]`"),
        }
    }
    reader.require(table, within, "transfer", KEYS);
    raw.days.check(reader, at);
    raw
}

fn is_many(side: &DeValue<'_>) -> bool {
    match side {
        DeValue::String(text) => text.starts_with('@'),
        DeValue::Array(_) => true,
        _ => false,
    }
}
