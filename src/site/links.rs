//! Names of pages and links between them: made here and nowhere else.
//!
//! The site is one flat folder, so a link is a file name; a prefix keeps kinds apart and keeps a
//! party called `index` or `con` from taking a name that means something else.

use std::fmt::Write as _;

use super::page::Piece;
use super::parts;
use crate::flow::{Assessment, PairId};
use crate::law::{Code, Decision, Instrument, Regime, RegimeOn};
use crate::register::{DataId, PartyId, PurposeId, Register, SafeguardId, SubjectsId, TransferId};

/// The page of a party.
pub(super) fn party(register: &Register, party: PartyId) -> String {
    format!("party-{}.html", register.party_id(party))
}

/// The page of a transfer.
pub(super) fn transfer(register: &Register, transfer: TransferId) -> String {
    format!("transfer-{}.html", register.name(register[transfer].id))
}

/// How many legs of a transfer a page tells of: each has its questions and its findings.
pub(super) const LEGS: usize = 12;

/// The page that tells of a leg: its transfer's, or a further one where the transfer has many legs.
pub(super) fn leg(assessment: &Assessment<'_>, id: PairId) -> String {
    let page = transfer(assessment.register(), assessment.flow.pair(id).transfer);
    parts::name(&page, assessment.flow.position(id) / LEGS + 1)
}

/// Where the verdict on a leg is told.
pub(super) fn verdict_on(assessment: &Assessment<'_>, id: PairId) -> String {
    let pair = assessment.flow.pair(id);
    format!("{}#{}", leg(assessment, id), pair_anchor(assessment.register(), pair.from, pair.to))
}

/// The anchor of a pair on the page that tells of it.
pub(super) fn pair_anchor(register: &Register, from: PartyId, to: PartyId) -> String {
    format!("pair-{}--{}", register.party_id(from), register.party_id(to))
}

/// The page of a place.
pub(super) fn place(code: Code) -> String {
    format!("place-{code}.html")
}

/// The page of a safeguard.
pub(super) fn safeguard(register: &Register, safeguard: SafeguardId) -> String {
    format!("safeguard-{}.html", register.safeguard_id(safeguard))
}

/// The page of a category of data.
pub(super) fn data(register: &Register, data: DataId) -> String {
    format!("data-{}.html", register.name(register[data].id))
}

/// The page of a group of people.
pub(super) fn subjects(register: &Register, subjects: SubjectsId) -> String {
    format!("subjects-{}.html", register.name(register[subjects].id))
}

/// The page of a purpose.
pub(super) fn purpose(register: &Register, purpose: PurposeId) -> String {
    format!("purpose-{}.html", register.name(register[purpose].id))
}

/// The page of a rule.
pub(super) fn rule(rule: &str) -> String {
    format!("rule-{rule}.html")
}

/// The page of a regime.
pub(super) fn regime(regime: &Regime) -> String {
    format!("regime-{}.html", regime.id)
}

/// The page of a decision.
pub(super) fn decision(decision: &Decision) -> String {
    format!("decision-{}.html", decision.id)
}

/// The page of an instrument.
pub(super) fn instrument(instrument: &Instrument) -> String {
    format!("instrument-{}.html", instrument.id)
}

/// The page that tells of a record by its kind and id, if one does.
pub(super) fn record(register: &Register, kind: &str, id: &str) -> Option<String> {
    match kind {
        "waiver" => Some("findings.html".to_owned()),
        "statement" => Some("about.html".to_owned()),
        _ => own(register, kind, id),
    }
}

/// The page of a record by its kind and id, if it has one of its own. A pair's is its transfer's, an
/// assessment's that of its place.
pub(super) fn own(register: &Register, kind: &str, id: &str) -> Option<String> {
    let id = id.split('/').next().unwrap_or(id);
    let page = match kind {
        "party" | "affiliate" | "service-provider" | "reseller" | "third-party" => format!("party-{id}.html"),
        "transfer" | "safeguard" | "data" | "subjects" | "purpose" | "decision" => format!("{kind}-{id}.html"),
        "jurisdiction" => format!("place-{id}.html"),
        "assessment" => {
            let made = register.assessments.iter().find(|made| register.name(made.id) == id)?;
            place(made.code)
        }
        _ => return None,
    };
    Some(page)
}

/// A link to a decision, by id.
pub(super) fn to_decision(found: &Decision) -> Piece {
    Piece::link(&*found.id, decision(found))
}

/// A link to an instrument, by id.
pub(super) fn to_instrument(found: &Instrument) -> Piece {
    Piece::link(&*found.id, instrument(found))
}

/// A link to the version of a regime that is in force on a day.
pub(super) fn to_version(on: &RegimeOn<'_>) -> Piece {
    Piece::link(&*on.version.id, regime(on.regime))
}

/// A link to a party, by name.
pub(super) fn to_party(register: &Register, id: PartyId) -> Piece {
    Piece::link(&*register[id].name, party(register, id))
}

/// A link to a category.
pub(super) fn to_data(register: &Register, id: DataId) -> Piece {
    Piece::link(&*register[id].name, data(register, id))
}

/// A link to a group.
pub(super) fn to_subjects(register: &Register, id: SubjectsId) -> Piece {
    Piece::link(&*register[id].name, subjects(register, id))
}

/// A link to a purpose.
pub(super) fn to_purpose(register: &Register, id: PurposeId) -> Piece {
    Piece::link(&*register[id].name, purpose(register, id))
}

/// A link to a safeguard, by id.
pub(super) fn to_safeguard(register: &Register, id: SafeguardId) -> Piece {
    Piece::link(register.safeguard_id(id), safeguard(register, id))
}

/// An address of the register's `source` template, with a path and a line put in.
pub(super) fn source(template: &str, path: &str, line: usize) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    template.replace("{path}", &encoded).replace("{line}", &line.to_string())
}
