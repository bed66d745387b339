//! `[[data]]`, `[[subjects]]`, `[[purpose]]`: what moves, about whom, and why.

use toml::de::DeTable;

use crate::record::{At, COMMON, Common, Few, Key, Keys, Kind, Reader, Shape, Sym, Within, fields, names};

/// A category of data, a group of people or a purpose: things that can be part of each other.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// Its name.
    pub name: Box<str>,
    /// What it is part of, by number in its own list.
    pub part_of: Few<u32>,
    /// Itself and every part of it, by number, sorted.
    pub parts: Vec<u32>,
    /// What only its kind has.
    pub facts: Facts,
    /// Its own tags and those of what it is part of, sorted.
    pub tags: Few<Sym>,
    /// Owner, review, notes.
    pub common: Common,
}

/// What only some kinds of entry have.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Data: whether it is about people. Default true.
    pub personal: Option<bool>,
    /// Data: a special category (GDPR Art. 9). A part of one is one unless it says otherwise.
    pub special: Option<bool>,
    /// Data: about criminal convictions.
    pub criminal: Option<bool>,
    /// Data: the category in the Data Privacy Vocabulary.
    pub dpv: Vec<Box<str>>,
    /// Data: the category in Fideslang.
    pub fideslang: Vec<Box<str>>,
    /// Subjects: people in their employment.
    pub hr: Option<bool>,
    /// Subjects: children.
    pub children: Option<bool>,
    /// Purposes: the legal basis; a part has that of what it is part of, unless it has its own.
    pub legal_basis: Option<Box<str>>,
}

/// An entry as written.
#[derive(Clone, Debug)]
pub(super) struct RawEntry {
    pub at: At,
    pub id: Option<Sym>,
    pub name: Box<str>,
    pub part_of: Few<Sym>,
    pub facts: Facts,
    pub common: Common,
}

const ENTRY: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::required("name", Shape::Name, "what it is called"),
    Key::new("part-of", Shape::References, "the wider entries that it belongs to"),
];
const DATA: &[Key] = &[
    Key::new("personal", Shape::Flag, "whether it is personal data; default: true"),
    Key::new(
        "special",
        Shape::Flag,
        "whether it is of a special category (GDPR Art. 9); default: that of the wider one",
    ),
    Key::new(
        "criminal",
        Shape::Flag,
        "whether it is about crimes and convictions (GDPR Art. 10); default: that of the wider one",
    ),
    Key::new("dpv", Shape::Names, "the same category in the Data Privacy Vocabulary"),
    Key::new("fideslang", Shape::Names, "the same category in the Fides taxonomy"),
];
const SUBJECTS: &[Key] = &[
    Key::new(
        "hr",
        Shape::Flag,
        "whether they are in the employment of the group, or ask to be; default: those of the wider group, else false",
    ),
    Key::new("children", Shape::Flag, "whether they are children; default: those of the wider group, else false"),
];
const PURPOSE: &[Key] = &[Key::new(
    "legal-basis",
    Shape::Text,
    "on what it rests; for special and criminal data also the condition of the law",
)];

/// The keys of a kind of entry.
pub(super) fn keys(kind: Kind) -> Keys {
    match kind {
        Kind::Data => &[ENTRY, DATA, COMMON],
        Kind::Subjects => &[ENTRY, SUBJECTS, COMMON],
        _ => &[ENTRY, PURPOSE, COMMON],
    }
}

/// Reads an entry of a kind.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawEntry {
    let within = Within::record(at);
    let keys = keys(at.kind);
    let mut raw = RawEntry {
        at,
        id: None,
        name: "".into(),
        part_of: Few::new(),
        facts: Facts::default(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "name" => raw.name = reader.name(&field).unwrap_or_default(),
            "part-of" => raw.part_of = reader.references(&field, true),
            _ if keys[1].iter().any(|key| key.name == field.key) => match field.key {
                "personal" => raw.facts.personal = reader.flag(&field),
                "special" => raw.facts.special = reader.flag(&field),
                "criminal" => raw.facts.criminal = reader.flag(&field),
                "dpv" => raw.facts.dpv = reader.name_list(&field),
                "fideslang" => raw.facts.fideslang = reader.name_list(&field),
                "hr" => raw.facts.hr = reader.flag(&field),
                "children" => raw.facts.children = reader.flag(&field),
                _ => raw.facts.legal_basis = reader.text(&field),
            },
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(keys), &format!("`[[{}]]`", at.kind.name())),
        }
    }
    reader.require(table, within, at.kind.name(), keys);
    raw
}
