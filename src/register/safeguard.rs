//! `[[safeguard]]`: an instrument of the law that somebody signed, holds or relies on.

use jiff::civil::Date;
use smallvec::SmallVec;
use toml::de::DeTable;

use super::{AssessmentId, DataId, PartyId, PurposeId, SubjectsId};
use crate::law::InstrumentId;
use crate::record::{At, Blank, COMMON, Common, Few, Key, Keys, Rare, Reader, Shape, Sym, Within, fields, names};

/// A safeguard of the register.
#[derive(Clone, Debug)]
pub struct Safeguard {
    /// Its id.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// What it is an instance of: one paper may hold several instruments, each judged by itself.
    pub instruments: Few<InstrumentId>,
    /// Who is bound, sorted; for a certification, who holds it.
    pub parties: Few<PartyId>,
    /// The modules signed.
    pub modules: Modules,
    /// Its dates.
    pub dates: SafeguardDates,
    /// Conditions that the team confirms.
    pub confirms: Few<Sym>,
    /// The assessments that go with it.
    pub assessments: Few<AssessmentId>,
    /// What it covers.
    pub scope: Rare<SafeguardScope>,
    /// For a certification: whether it covers human resources data.
    pub covers_hr: bool,
    /// For a certification: whether it covers all other data.
    pub covers_other: bool,
    /// What its papers say.
    pub papers: Rare<Papers>,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// The days of a safeguard.
#[derive(Clone, Copy, Debug, Default)]
pub struct SafeguardDates {
    /// Signed.
    pub signed: Option<Date>,
    /// In effect from; the day of signing unless given.
    pub effective: Option<Date>,
    /// The last day with it.
    pub expires: Option<Date>,
    /// The first day without it.
    pub terminated: Option<Date>,
    /// The processing or the contract changed.
    pub amended: Option<Date>,
    /// An authority approved it.
    pub approved: Option<Date>,
}

impl SafeguardDates {
    /// The last day with it, if an end is recorded.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        let ended = self.terminated.and_then(|first| first.yesterday().ok());
        self.expires.into_iter().chain(ended).min()
    }
}

/// The modules of a safeguard, as the law numbers them.
pub type Modules = SmallVec<[u8; 16]>;

/// What a safeguard covers; an empty list is no bound.
#[derive(Clone, Debug)]
pub struct Bounds<Data, Subjects, Purpose> {
    /// Data and its parts.
    pub data: Few<Data>,
    /// People and their parts.
    pub subjects: Few<Subjects>,
    /// Purposes and their parts.
    pub purposes: Few<Purpose>,
}

impl<Data, Subjects, Purpose> Default for Bounds<Data, Subjects, Purpose> {
    fn default() -> Self {
        Self { data: Few::new(), subjects: Few::new(), purposes: Few::new() }
    }
}

/// What a safeguard of the register covers.
pub type SafeguardScope = Bounds<DataId, SubjectsId, PurposeId>;

impl Blank for SafeguardScope {
    fn blank<'b>() -> &'b Self {
        static BLANK: SafeguardScope =
            Bounds { data: Few::new_const(), subjects: Few::new_const(), purposes: Few::new_const() };
        &BLANK
    }
}

/// What the papers of a safeguard say.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// Who approved it.
    pub approved_by: Option<Box<str>>,
    /// Why a derogation applies.
    pub justification: Option<Box<str>>,
    /// Supplementary measures.
    pub measures: Vec<Box<str>>,
    /// The signed document: a path in the register's folder, or an address.
    pub evidence: Option<Box<str>>,
    /// The SHA-256 of the document.
    pub evidence_sha256: Option<Box<str>>,
}

impl Blank for Papers {
    fn blank<'b>() -> &'b Self {
        static BLANK: Papers = Papers {
            approved_by: None,
            justification: None,
            measures: Vec::new(),
            evidence: None,
            evidence_sha256: None,
        };
        &BLANK
    }
}

/// A safeguard as written.
#[derive(Clone, Debug)]
pub(super) struct RawSafeguard {
    pub at: At,
    pub id: Option<Sym>,
    pub instruments: Few<Sym>,
    /// Whether `signed` is there at all: a wrong one is a problem already.
    pub is_signed_written: bool,
    pub parties: Few<Sym>,
    pub modules: Modules,
    pub dates: SafeguardDates,
    pub confirms: Few<Sym>,
    pub assessments: Few<Sym>,
    pub scope: Rare<RawScope>,
    pub covers_hr: bool,
    pub covers_other: bool,
    pub papers: Rare<Papers>,
    pub common: Common,
}

/// What it covers, as written.
pub(super) type RawScope = Bounds<Sym, Sym, Sym>;

impl Blank for RawScope {
    fn blank<'b>() -> &'b Self {
        static BLANK: RawScope =
            Bounds { data: Few::new_const(), subjects: Few::new_const(), purposes: Few::new_const() };
        &BLANK
    }
}

const OWN: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::required(
        "instrument",
        Shape::SomeReferences,
        "what was signed: an id of the law book, or a list of them where one paper holds several",
    ),
    Key::required(
        "parties",
        Shape::SomeReferences,
        "who is bound by it, as party ids; for a certificate, who holds it. A selector only where the instrument binds a group",
    ),
    Key::new("modules", Shape::Numbers, "the modules of the standard clauses that were signed"),
    Key::new(
        "signed",
        Shape::Date,
        "the day on which it was signed; required unless the instrument is an exception of the law itself",
    ),
    Key::new("effective", Shape::Date, "the first day with it; default: `signed`"),
    Key::new("expires", Shape::Date, "the last day with it; default: no end"),
    Key::new("terminated", Shape::Date, "the first day without it"),
    Key::new(
        "amended",
        Shape::Date,
        "the day on which the contract or the processing changed: after an instrument's signing window this ends its grace",
    ),
    Key::new("confirms", Shape::Labels, "the conditions of the instrument that the team confirms"),
    Key::new("data", Shape::SomeReferences, "the categories that it covers; default: all"),
    Key::new("subjects", Shape::SomeReferences, "whose data it covers; default: everyone's"),
    Key::new("purposes", Shape::SomeReferences, "the purposes that it covers; default: all"),
    Key::new("covers-hr", Shape::Flag, "for a certificate, whether it covers the data of employees; default: false"),
    Key::new("covers-other", Shape::Flag, "for a certificate, whether it covers other data; default: true"),
    Key::new("approved-by", Shape::Name, "the authority that approved it, where the instrument needs that"),
    Key::new("approved", Shape::Date, "the day of the approval"),
    Key::new("assessments", Shape::References, "the transfer impact assessments that it rests on"),
    Key::new("justification", Shape::Text, "for a derogation: why it applies"),
    Key::new("measures", Shape::Names, "the supplementary measures that were taken"),
    Key::new("evidence", Shape::Name, "the signed document: a path in the register's folder, or an address"),
    Key::new("evidence-sha256", Shape::Name, "the SHA-256 of that file, 64 hexadecimal digits"),
];

/// The keys of a safeguard.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a safeguard.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawSafeguard {
    let within = Within::record(at);
    let mut raw = RawSafeguard {
        at,
        id: None,
        instruments: Few::new(),
        is_signed_written: false,
        parties: Few::new(),
        modules: Modules::new(),
        dates: SafeguardDates::default(),
        confirms: Few::new(),
        assessments: Few::new(),
        scope: Rare::default(),
        covers_hr: false,
        covers_other: true,
        papers: Rare::default(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "instrument" => raw.instruments = reader.some_references(&field, true),
            "parties" => raw.parties = reader.some_references(&field, true),
            "modules" => raw.modules = reader.small_numbers(&field).into_iter().collect(),
            "signed" => {
                raw.is_signed_written = true;
                raw.dates.signed = reader.date(&field);
            }
            "effective" => raw.dates.effective = reader.date(&field),
            "expires" => raw.dates.expires = reader.date(&field),
            "terminated" => raw.dates.terminated = reader.date(&field),
            "amended" => raw.dates.amended = reader.date(&field),
            "approved" => raw.dates.approved = reader.date(&field),
            "confirms" => raw.confirms = reader.words(&field),
            "data" => raw.scope.data = reader.some_references(&field, true),
            "subjects" => raw.scope.subjects = reader.some_references(&field, true),
            "purposes" => raw.scope.purposes = reader.some_references(&field, true),
            "covers-hr" => raw.covers_hr = reader.flag(&field).unwrap_or_default(),
            "covers-other" => raw.covers_other = reader.flag(&field).unwrap_or(true),
            "approved-by" => raw.papers.approved_by = reader.name(&field),
            "assessments" => raw.assessments = reader.references(&field, true),
            "justification" => raw.papers.justification = reader.text(&field).filter(|text| !text.trim().is_empty()),
            "measures" => raw.papers.measures = reader.name_list(&field),
            "evidence" => raw.papers.evidence = reader.name(&field),
            "evidence-sha256" => raw.papers.evidence_sha256 = reader.name(&field),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[[safeguard]]`"),
        }
    }
    reader.require(table, within, "safeguard", KEYS);
    raw
}
