//! `[[affiliate]]`, `[[service-provider]]`, `[[reseller]]`, `[[third-party]]`: who sends and receives.

use toml::de::DeTable;

use super::PartyId;
use crate::law::Code;
use crate::record::{At, COMMON, Common, Few, Key, Keys, Kind, Reader, Shape, Sym, Within, fields, names, words};

/// The four kinds of party; they share one space of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyKind {
    /// A company of the organisation's own group, or of another.
    Affiliate,
    /// Works on the organisation's behalf.
    ServiceProvider,
    /// Sells for it.
    Reseller,
    /// Everyone else.
    ThirdParty,
}

impl PartyKind {
    /// The kind of a record kind.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Affiliate => Some(Self::Affiliate),
            Kind::ServiceProvider => Some(Self::ServiceProvider),
            Kind::Reseller => Some(Self::Reseller),
            Kind::ThirdParty => Some(Self::ThirdParty),
            _ => None,
        }
    }

    /// The kind as files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Affiliate => Kind::Affiliate,
            Self::ServiceProvider => Kind::ServiceProvider,
            Self::Reseller => Kind::Reseller,
            Self::ThirdParty => Kind::ThirdParty,
        }
        .name()
    }

    /// The selector of every party of the kind.
    #[must_use]
    pub fn selector(self) -> &'static str {
        match self {
            Self::Affiliate => "@affiliates",
            Self::ServiceProvider => "@service-providers",
            Self::Reseller => "@resellers",
            Self::ThirdParty => "@third-parties",
        }
    }

    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Affiliate, Self::ServiceProvider, Self::Reseller, Self::ThirdParty];
}

/// Whether a party decides about data or works on another's instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Decides why and how.
    Controller,
    /// Works on instructions.
    Processor,
    /// Decides together with others; counts as a controller.
    JointController,
}

impl Role {
    const WORDS: [(&'static str, Self); 3] =
        [("controller", Self::Controller), ("processor", Self::Processor), ("joint-controller", Self::JointController)];

    /// The word of the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A party of the register.
#[derive(Clone, Debug)]
pub struct Party {
    /// Its number.
    pub number: PartyId,
    /// Its id.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// Its kind.
    pub kind: PartyKind,
    /// Its name.
    pub name: Box<str>,
    /// Where it is established.
    pub jurisdiction: Code,
    /// Where it keeps data.
    pub stored_in: Vec<Code>,
    /// Where its staff reach data from.
    pub accessed_from: Vec<Code>,
    /// Its role, unless a transfer says otherwise.
    pub role: Role,
    /// Its sector.
    pub sector: Sym,
    /// Its corporate group.
    pub group: Option<Sym>,
    /// What only readers of the site look at.
    pub contact: Contact,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// How to reach a party, and what it does.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// What it does.
    pub services: Vec<Box<str>>,
    /// Its site.
    pub website: Option<Box<str>>,
    /// How to reach it.
    pub contact: Option<Box<str>>,
    /// Its own privacy policy.
    pub privacy_policy: Option<Box<str>>,
}

/// A party as written.
#[derive(Clone, Debug)]
pub(super) struct RawParty {
    pub at: At,
    pub kind: PartyKind,
    pub id: Option<Sym>,
    pub name: Box<str>,
    pub jurisdiction: Option<Sym>,
    pub stored_in: Few<Sym>,
    pub accessed_from: Few<Sym>,
    pub role: Option<Role>,
    pub sector: Option<Sym>,
    pub group: Option<Sym>,
    pub contact: Contact,
    pub common: Common,
}

const OWN: &[Key] = &[
    Key::required("id", Shape::Id, "its id, one space for all four kinds of party"),
    Key::required("name", Shape::Name, "what it is called"),
    Key::required(
        "jurisdiction",
        Shape::Reference,
        "where it is established: an ISO 3166-1 code (`DE`), a subdivision (`CA-QC`), a code of the law book (`AE-DIFC`, `EPO`), or `ZZ` for unknown",
    ),
    Key::new("stored-in", Shape::References, "the places where it keeps personal data; default: its seat"),
    Key::new("accessed-from", Shape::References, "the places from which its staff reach the data; default: its seat"),
    Key::new(
        "role",
        Shape::Word(|| words(&Role::WORDS)),
        "what it is for the data, where a transfer does not say; default: `processor` for a service provider, else `controller`",
    ),
    Key::new(
        "sector",
        Shape::Reference,
        "for adequacy decisions with a scope: `private` (default), `public`, `academic`, `financial`, or another that the law book names",
    ),
    Key::new(
        "group",
        Shape::Id,
        "its corporate group, a free id that no record declares; default: `own` for an affiliate",
    ),
    Key::new("services", Shape::Names, "what it does for us"),
    Key::new("website", Shape::Url, "its site"),
    Key::new("contact", Shape::Text, "how to reach it"),
    Key::new("privacy-policy", Shape::Url, "its own privacy policy"),
];

/// The keys of a party.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a party.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At, kind: PartyKind) -> RawParty {
    let within = Within::record(at);
    let mut raw = RawParty {
        at,
        kind,
        id: None,
        name: "".into(),
        jurisdiction: None,
        stored_in: Few::new(),
        accessed_from: Few::new(),
        role: None,
        sector: None,
        group: None,
        contact: Contact::default(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "name" => raw.name = reader.name(&field).unwrap_or_default(),
            "jurisdiction" => raw.jurisdiction = reader.reference(&field),
            "stored-in" => raw.stored_in = reader.references(&field, true),
            "accessed-from" => raw.accessed_from = reader.references(&field, true),
            "role" => raw.role = reader.one_of(&field, &Role::WORDS),
            "sector" => raw.sector = reader.reference(&field),
            "group" => raw.group = reader.id(&field),
            "services" => raw.contact.services = reader.name_list(&field),
            "website" => raw.contact.website = reader.url(&field),
            "contact" => raw.contact.contact = reader.text(&field),
            "privacy-policy" => raw.contact.privacy_policy = reader.url(&field),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), &format!("`[[{}]]`", at.kind.name())),
        }
    }
    reader.require(table, within, "party", KEYS);
    raw
}
