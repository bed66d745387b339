//! `[[statement]]`: what the published notice says. Read, checked and kept for the rules about notices.

use toml::de::{DeTable, DeValue};

use super::{DataId, PartyId, PurposeId};
use crate::law::PlaceRef;
use crate::record::{At, COMMON, Common, Few, Field, Key, Keys, Reader, Shape, Sym, Within, fields, names, words};

/// A sentence of the notice.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its id.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// The notice: its name and date.
    pub notice: Box<str>,
    /// The sentence.
    pub quote: Box<str>,
    /// The section it stands in.
    pub section: Option<Box<str>>,
    /// The page it stands on.
    pub url: Option<Box<str>>,
    /// What it discloses, if it does.
    pub discloses: Option<Disclosure>,
    /// What it promises.
    pub promise: Promise,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// What a statement discloses: a part that is not given matches everything.
#[derive(Clone, Debug, Default)]
pub struct Disclosure {
    /// Recipients.
    pub recipients: Option<Few<PartyId>>,
    /// Purposes.
    pub purposes: Option<Few<PurposeId>>,
    /// Data.
    pub data: Option<Few<DataId>>,
    /// Areas that the data leaves.
    pub outside: Option<Vec<PlaceRef>>,
}

/// What a statement promises.
#[derive(Clone, Debug, Default)]
pub struct Promise {
    /// About which recipients.
    pub about: Option<Few<PartyId>>,
    /// Only for these purposes.
    pub only_purposes: Option<Few<PurposeId>>,
    /// Instruments, or kinds of instrument, that must be there.
    pub requires: Few<Sym>,
    /// What does not happen.
    pub forbids: Vec<Forbidden>,
}

/// What a notice can rule out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word of its name")]
pub enum Forbidden {
    Sale,
    Special,
    Children,
    Onward,
}

impl Forbidden {
    const WORDS: [(&'static str, Self); 4] =
        [("sale", Self::Sale), ("special", Self::Special), ("children", Self::Children), ("onward", Self::Onward)];
}

/// A statement as written.
#[derive(Clone, Debug)]
pub(super) struct RawStatement {
    pub at: At,
    pub id: Option<Sym>,
    pub notice: Box<str>,
    pub quote: Box<str>,
    pub section: Option<Box<str>>,
    pub url: Option<Box<str>>,
    pub discloses: Option<RawDisclosure>,
    pub about: Option<Few<Sym>>,
    pub only_purposes: Option<Few<Sym>>,
    pub requires: Few<Sym>,
    pub forbids: Vec<Forbidden>,
    pub common: Common,
}

/// A disclosure as written.
#[derive(Clone, Debug, Default)]
pub(super) struct RawDisclosure {
    pub recipients: Option<Few<Sym>>,
    pub purposes: Option<Few<Sym>>,
    pub data: Option<Few<Sym>>,
    pub outside: Option<Few<Sym>>,
}

const OWN: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::required("notice", Shape::Name, "the notice and its date"),
    Key::required("quote", Shape::SomeText, "its words"),
    Key::new("section", Shape::Name, "where in the notice"),
    Key::new("url", Shape::Url, "where it is published"),
    Key::new(
        "discloses",
        Shape::Table(&[DISCLOSES]),
        "what it tells people of; the keys given must all match, a key left out matches everything",
    ),
    Key::new(
        "about",
        Shape::References,
        "the recipients that a promise is about; default: those that it discloses to, else everyone",
    ),
    Key::new("only-purposes", Shape::References, "the promise that their data serves no other purpose"),
    Key::new("requires", Shape::References, "the promise of a safeguard: ids or kinds of instrument"),
    Key::new("forbids", Shape::Words(|| words(&Forbidden::WORDS)), "the promise that something does not happen"),
];
const DISCLOSES: &[Key] = &[
    Key::new("recipients", Shape::References, "party ids or selectors"),
    Key::new("purposes", Shape::References, "the purposes"),
    Key::new("data", Shape::References, "the categories"),
    Key::new("outside", Shape::References, "areas of the law book that the data leaves"),
];

/// The keys of a statement.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a statement.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawStatement {
    let within = Within::record(at);
    let mut raw = RawStatement {
        at,
        id: None,
        notice: "".into(),
        quote: "".into(),
        section: None,
        url: None,
        discloses: None,
        about: None,
        only_purposes: None,
        requires: Few::new(),
        forbids: Vec::new(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "notice" => raw.notice = reader.name(&field).unwrap_or_default(),
            "quote" => raw.quote = reader.some_text(&field).unwrap_or_default(),
            "section" => raw.section = reader.name(&field),
            "url" => raw.url = reader.url(&field),
            "discloses" => raw.discloses = disclosure(reader, &field),
            "about" => raw.about = Some(reader.references(&field, true)),
            "only-purposes" => raw.only_purposes = Some(reader.references(&field, true)),
            "requires" => raw.requires = reader.references(&field, true),
            "forbids" => raw.forbids = reader.some_of(&field, &Forbidden::WORDS),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[[statement]]`"),
        }
    }
    reader.require(table, within, "statement", KEYS);
    raw
}

fn disclosure(reader: &mut Reader<'_>, field: &Field<'_>) -> Option<RawDisclosure> {
    let DeValue::Table(table) = field.value else {
        reader.wrong_type(field, "a table: `{ recipients = [...] }`");
        return None;
    };
    let mut raw = RawDisclosure::default();
    for inner in fields(table, Within { at: field.within.at, inner: Some(("discloses", None)) }) {
        let slot = match inner.key {
            "recipients" => &mut raw.recipients,
            "purposes" => &mut raw.purposes,
            "data" => &mut raw.data,
            "outside" => &mut raw.outside,
            _ => {
                reader.unknown(&inner, names(&[DISCLOSES]), "`discloses`");
                continue;
            }
        };
        *slot = Some(reader.references(&inner, true));
    }
    Some(raw)
}
