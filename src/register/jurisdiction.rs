//! `[[jurisdiction]]`: what the organisation knows of a place, and its assessments of the place's law.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::law::{Code, RegimeId};
use crate::record::{At, COMMON, Common, Few, Field, Key, Keys, Reader, Shape, Sym, Within, fields, names, words};

/// A place that the register describes.
#[derive(Clone, Debug)]
pub struct Jurisdiction {
    /// Its code.
    pub code: Code,
    /// Where it stands.
    pub at: At,
    /// Its name, where the organisation gives one.
    pub name: Option<Box<str>>,
    /// Offices there.
    pub offices: Vec<Box<str>>,
    /// The supervisory or complaint body.
    pub authority: Option<Box<str>>,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// What an assessment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A safeguard is enough as it is.
    NoExtraMeasures,
    /// A safeguard is enough with supplementary measures.
    MeasuresNeeded,
    /// No safeguard is enough.
    NotSufficient,
}

impl Outcome {
    const WORDS: [(&'static str, Self); 3] = [
        ("no-extra-measures", Self::NoExtraMeasures),
        ("measures-needed", Self::MeasuresNeeded),
        ("not-sufficient", Self::NotSufficient),
    ];

    /// The word of the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A transfer impact assessment of a place.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Its id.
    pub id: Sym,
    /// Where it stands: the jurisdiction's record and its position there.
    pub within: Within,
    /// The place.
    pub code: Code,
    /// The day it was made.
    pub date: Date,
    /// The day by which it is to be made again.
    pub review_by: Option<Date>,
    /// The regimes it was made for; none named: all.
    pub regimes: Vec<RegimeId>,
    /// What it came to.
    pub outcome: Outcome,
    /// Measures that it names.
    pub measures: Vec<Box<str>>,
    /// The document.
    pub evidence: Option<Box<str>>,
}

/// A place as written.
#[derive(Clone, Debug)]
pub(super) struct RawJurisdiction {
    pub at: At,
    pub code: Option<Sym>,
    pub name: Option<Box<str>>,
    pub offices: Vec<Box<str>>,
    pub authority: Option<Box<str>>,
    pub assessments: Vec<RawAssessment>,
    pub common: Common,
}

/// An assessment as written.
#[derive(Clone, Debug)]
pub(super) struct RawAssessment {
    pub within: Within,
    pub id: Option<Sym>,
    pub date: Option<Date>,
    pub review_by: Option<Date>,
    pub regimes: Few<Sym>,
    pub outcome: Option<Outcome>,
    pub measures: Vec<Box<str>>,
    pub evidence: Option<Box<str>>,
}

const OWN: &[Key] = &[
    Key::required(
        "code",
        Shape::Reference,
        "the place that it describes; it may define a new one only as `XA` to `XZ`, or below a known code",
    ),
    Key::new("name", Shape::Name, "what to call it; default: the name of ISO 3166"),
    Key::new("offices", Shape::Names, "our offices there"),
    Key::new("authority", Shape::Text, "the supervisory authority, or where to complain"),
    Key::new("assessment", Shape::Tables(&[ASSESSMENT]), "the transfer impact assessments of the place"),
];
const ASSESSMENT: &[Key] = &[
    Key::required("id", Shape::Id, "its id, to which safeguards refer"),
    Key::required("date", Shape::Date, "the day on which it was made"),
    Key::new("review-by", Shape::Date, "the last day before it is to be looked at again; default: none"),
    Key::new("regimes", Shape::SomeReferences, "the regimes that it answers to; default: all"),
    Key::required(
        "outcome",
        Shape::Word(|| words(&Outcome::WORDS)),
        "what it found; only `not-sufficient` carries nothing, and `measures-needed` asks for `measures` on the safeguard",
    ),
    Key::new("measures", Shape::Names, "the supplementary measures that it asks for"),
    Key::new("evidence", Shape::Name, "the document: a path in the register's folder, or an address"),
    Key::new("notes", Shape::Text, "remarks, in Markdown"),
];

/// The keys of a place.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a place and its assessments.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawJurisdiction {
    let within = Within::record(at);
    let mut raw = RawJurisdiction {
        at,
        code: None,
        name: None,
        offices: Vec::new(),
        authority: None,
        assessments: Vec::new(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "code" => raw.code = reader.reference(&field),
            "name" => raw.name = reader.name(&field),
            "offices" => raw.offices = reader.name_list(&field),
            "authority" => raw.authority = reader.text(&field),
            "assessment" => assessments(reader, &field, &mut raw.assessments),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[[jurisdiction]]`"),
        }
    }
    reader.require(table, within, "jurisdiction", KEYS);
    raw
}

fn assessments(reader: &mut Reader<'_>, field: &Field<'_>, into: &mut Vec<RawAssessment>) {
    let DeValue::Array(items) = field.value else {
        reader.wrong_type(field, "a list of tables: `[[jurisdiction.assessment]]`");
        return;
    };
    for (index, item) in (0u32..).zip(items) {
        let within = Within { at: field.within.at, inner: Some(("assessment", Some(index))) };
        match item.get_ref() {
            DeValue::Table(table) => into.push(assessment(reader, table, within)),
            _ => reader.wrong_type(field, "a list of tables: `[[jurisdiction.assessment]]`"),
        }
    }
}

fn assessment(reader: &mut Reader<'_>, table: &DeTable<'_>, within: Within) -> RawAssessment {
    let mut raw = RawAssessment {
        within,
        id: None,
        date: None,
        review_by: None,
        regimes: Few::new(),
        outcome: None,
        measures: Vec::new(),
        evidence: None,
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "date" => raw.date = reader.date(&field),
            "review-by" => raw.review_by = reader.date(&field),
            "regimes" => raw.regimes = reader.some_references(&field, true),
            "outcome" => raw.outcome = reader.one_of(&field, &Outcome::WORDS),
            "measures" => raw.measures = reader.name_list(&field),
            "evidence" => raw.evidence = reader.name(&field),
            "notes" => drop(reader.text(&field)),
            _ => reader.unknown(&field, names(&[ASSESSMENT]), "`[[jurisdiction.assessment]]`"),
        }
    }
    reader.require(table, within, "assessment", &[ASSESSMENT]);
    raw
}
