//! `[[waiver]]`: a finding that somebody has accepted for a time, with a reason.

use jiff::civil::Date;
use toml::de::DeTable;

use super::{PartyId, SafeguardId, TransferId};
use crate::law::RegimeId;
use crate::record::{At, COMMON, Common, Few, Key, Keys, Reader, Shape, Sym, Within, fields, names};

/// A waiver of the register.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Its id.
    pub id: Sym,
    /// Where it stands.
    pub at: At,
    /// The rule it waives.
    pub rule: Box<str>,
    /// What it covers.
    pub on: Vec<Covered>,
    /// Why.
    pub reason: Box<str>,
    /// By whom.
    pub approved_by: Box<str>,
    /// The last day of it.
    pub until: Date,
    /// Under which regimes; none named: all.
    pub regimes: Vec<RegimeId>,
    /// Owner, review, tags, notes.
    pub common: Common,
}

/// What a waiver can cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// A transfer and all its pairs.
    Transfer(TransferId),
    /// One pair of a transfer.
    Pair(TransferId, PartyId, PartyId),
    /// A party and every pair to it.
    Party(PartyId),
    /// A safeguard.
    Safeguard(SafeguardId),
}

/// A waiver as written.
#[derive(Clone, Debug)]
pub(super) struct RawWaiver {
    pub at: At,
    pub id: Option<Sym>,
    pub rule: Option<Sym>,
    pub on: Few<Sym>,
    pub reason: Box<str>,
    pub approved_by: Box<str>,
    pub until: Option<Date>,
    pub regimes: Few<Sym>,
    pub common: Common,
}

const OWN: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::required("rule", Shape::Reference, "the rule whose findings are accepted; those about broken files cannot be"),
    Key::required(
        "on",
        Shape::SomeReferences,
        "the transfers, parties or safeguards: a transfer covers its pairs, a party the pairs to it",
    ),
    Key::required("reason", Shape::SomeText, "why"),
    Key::required("approved-by", Shape::Name, "who decided it"),
    Key::required("until", Shape::Date, "the last day with it"),
    Key::new("regimes", Shape::SomeReferences, "only under these regimes; default: all"),
];

/// The keys of a waiver.
pub(super) const KEYS: Keys = &[OWN, COMMON];

/// Reads a waiver.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At) -> RawWaiver {
    let within = Within::record(at);
    let mut raw = RawWaiver {
        at,
        id: None,
        rule: None,
        on: Few::new(),
        reason: "".into(),
        approved_by: "".into(),
        until: None,
        regimes: Few::new(),
        common: Common::default(),
    };
    for field in fields(table, within) {
        match field.key {
            "id" => raw.id = reader.id(&field),
            "rule" => raw.rule = reader.reference(&field),
            "on" => raw.on = reader.some_references(&field, true),
            "reason" => raw.reason = reader.some_text(&field).unwrap_or_default(),
            "approved-by" => raw.approved_by = reader.name(&field).unwrap_or_default(),
            "until" => raw.until = reader.date(&field),
            "regimes" => raw.regimes = reader.some_references(&field, true),
            _ if reader.common(&field, &mut raw.common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[[waiver]]`"),
        }
    }
    reader.require(table, within, "waiver", KEYS);
    raw
}
