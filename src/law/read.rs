//! Reading law records: the same for the book and for a register.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::facts::{Coverage, Effect, OnwardRule, Roles};
use super::instrument::{Binds, Condition, InstrumentKind, Module};
use super::keys::{MEMBER, MODULE, SCOPE, VERSIONS, keys};
use super::raw::{
    Raw, RawAcceptance, RawArea, RawDecision, RawInstrument, RawLaw, RawRegime, RawScope, RawSource, RawVersion,
};
use crate::record::{At, Common, Field, Kind, Reader, Within, fields, names};

/// The kinds of record that are law.
pub const KINDS: [Kind; 5] = [Kind::Acceptance, Kind::Adequacy, Kind::Area, Kind::Instrument, Kind::Regime];

/// Reads one record of a kind of [`KINDS`] (or the book's own `[book]`) into `law`.
pub fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At, law: &mut RawLaw) {
    match at.kind {
        Kind::Area => law.areas.extend(Record::read(reader, table, at, area)),
        Kind::Regime => {
            law.regimes.extend(Record::read(reader, table, at, regime));
        }
        Kind::Adequacy => {
            law.decisions.extend(Record::read(reader, table, at, decision));
        }
        Kind::Instrument => {
            law.instruments.extend(Record::read(reader, table, at, instrument));
        }
        Kind::Acceptance => {
            law.acceptances.extend(Record::read(reader, table, at, acceptance).map(|mut raw| {
                raw.id = format!("{}/{}", raw.body.regime, raw.body.instrument).into();
                raw
            }));
        }
        _ => {
            let updated = fields(table, Within::record(at)).find(|field| field.key == "updated");
            law.updated = updated.and_then(|field| reader.date(&field));
        }
    }
}

/// How the fields of a record that only its kind has are read; false if it has no such key.
type ReadField<T> = fn(&mut Reader<'_>, &Field<'_>, &mut T) -> bool;

struct Record;

impl Record {
    fn read<T: Default>(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At, body: ReadField<T>) -> Option<Raw<T>> {
        let within = Within::record(at);
        let mut raw = Raw { at, id: "".into(), overrides: false, source: RawSource::default(), body: T::default() };
        let mut common = Common::default();
        for field in fields(table, within) {
            let known = match field.key {
                "id" if at.kind != Kind::Acceptance => {
                    raw.id = reader.id(&field).map(|id| reader.named(id).into()).unwrap_or_default();
                    true
                }
                "overrides" => {
                    raw.overrides = reader.flag(&field).unwrap_or_default();
                    true
                }
                _ => source(reader, &field, &mut raw.source) || body(reader, &field, &mut raw.body),
            };
            if !known && !reader.common(&field, &mut common) {
                reader.unknown(&field, names(keys(at.kind)), &format!("`[[{}]]`", at.kind.name()));
            }
        }
        let before = reader.problems.count();
        reader.require(table, within, at.kind.name(), keys(at.kind));
        (reader.problems.count() == before).then_some(raw)
    }
}

fn source(reader: &mut Reader<'_>, field: &Field<'_>, source: &mut RawSource) -> bool {
    match field.key {
        "citation" => source.citation = reader.text(field),
        "url" => source.url = reader.url(field),
        "unsure" => source.unsure = reader.text(field),
        "note" => source.note = reader.text(field),
        _ => return false,
    }
    true
}

fn area(reader: &mut Reader<'_>, field: &Field<'_>, area: &mut RawArea) -> bool {
    match field.key {
        "name" => area.name = reader.name(field).unwrap_or_default(),
        "members" => {
            for (table, within) in tables(reader, field, "members") {
                let (mut code, mut days) = (None, super::Interval::default());
                for inner in fields(table, within) {
                    match inner.key {
                        "code" => code = reader.string(&inner).map(Into::into),
                        "from" => days.from = reader.date(&inner),
                        "until" => days.until = reader.date(&inner),
                        "note" => drop(reader.text(&inner)),
                        _ => reader.unknown(&inner, names(&[MEMBER]), "a member of an area"),
                    }
                }
                reader.require(table, within, "member", &[MEMBER]);
                area.members.extend(code.map(|code| (code, days)));
            }
        }
        _ => return false,
    }
    true
}

fn regime(reader: &mut Reader<'_>, field: &Field<'_>, regime: &mut RawRegime) -> bool {
    match field.key {
        "name" => regime.name = reader.name(field).unwrap_or_default(),
        "territory" => regime.territory = texts(reader, field),
        "coverage" => {
            regime.coverage = reader.one_of(field, &[("full", Coverage::Full), ("outline", Coverage::Outline)]);
        }
        "version" => {
            for (table, within) in tables(reader, field, "version") {
                let mut version = RawVersion::default();
                for inner in fields(table, within) {
                    read_version(reader, &inner, &mut version);
                }
                reader.require(table, within, "version", VERSIONS);
                regime.versions.push(version);
            }
        }
        _ => return false,
    }
    true
}

fn read_version(reader: &mut Reader<'_>, field: &Field<'_>, version: &mut RawVersion) {
    match field.key {
        "id" => version.id = reader.id(field).map(|id| reader.named(id).into()).unwrap_or_default(),
        "name" => version.name = reader.name(field).unwrap_or_default(),
        "from" => version.in_force.from = reader.date(field),
        "until" => version.in_force.until = reader.date(field),
        "extraterritorial" => version.extraterritorial = reader.flag(field).unwrap_or_default(),
        "follows" => version.follows = reader.flag(field),
        "processor-return" => {
            version.frees_returns = reader.one_of(field, &[("restricted", false), ("unrestricted", true)]);
        }
        "unrestricted-roles" => version.unrestricted_roles = reader.some_of(field, &Roles::WORDS),
        "assessment-required-from" => version.assessment_required_from = reader.date(field),
        "restricts" => version.restricts = reader.name(field).unwrap_or_default(),
        "territory" => version.territory = Some(texts(reader, field)),
        _ if source(reader, field, &mut version.source) => {}
        _ => reader.unknown(field, names(VERSIONS), "`[[regime.version]]`"),
    }
}

fn decision(reader: &mut Reader<'_>, field: &Field<'_>, decision: &mut RawDecision) -> bool {
    match field.key {
        "regime" => decision.regime = reader.string(field).unwrap_or_default().into(),
        "jurisdictions" => decision.jurisdictions = texts(reader, field),
        "from" => decision.in_force.from = reader.date(field),
        "until" => decision.in_force.until = reader.date(field),
        "ended-by" => decision.ended_by = reader.name(field),
        "effect" => {
            let words = [("adequate", Effect::Adequate), ("not-a-transfer", Effect::NotATransfer)];
            decision.effect = reader.one_of(field, &words);
        }
        "onward" => {
            let words = [("local-law", OnwardRule::LocalLaw), ("contract", OnwardRule::Contract)];
            decision.onward = reader.one_of(field, &words);
        }
        "contested" => decision.contested = reader.name(field),
        "scope" => {
            if let DeValue::Table(table) = field.value {
                let within = Within { at: field.within.at, inner: Some(("scope", None)) };
                for inner in fields(table, within) {
                    scope(reader, &inner, &mut decision.scope);
                }
            } else {
                reader.wrong_type(field, "a table");
            }
        }
        _ => return false,
    }
    true
}

fn scope(reader: &mut Reader<'_>, field: &Field<'_>, scope: &mut RawScope) {
    match field.key {
        "certification" => scope.certification = reader.string(field).map(Into::into),
        "sector" => scope.sector = texts(reader, field),
        "not-sector" => scope.not_sector = texts(reader, field),
        "exporter-sector" => scope.exporter_sector = texts(reader, field),
        "only-data-tags" => scope.only_data_tags = texts(reader, field),
        "not-data-tags" => scope.not_data_tags = texts(reader, field),
        "not-purpose-tags" => scope.not_purpose_tags = texts(reader, field),
        "party-tags" => scope.party_tags = texts(reader, field),
        "hr" => scope.hr = reader.flag(field),
        _ => reader.unknown(field, names(&[SCOPE]), "the scope of a decision"),
    }
}

fn instrument(reader: &mut Reader<'_>, field: &Field<'_>, instrument: &mut RawInstrument) -> bool {
    match field.key {
        "name" => instrument.name = reader.name(field).unwrap_or_default(),
        "kind" => instrument.kind = reader.one_of(field, &InstrumentKind::WORDS),
        "binds" => {
            let words = [("both", Binds::Both), ("importer", Binds::Importer), ("group", Binds::Group)];
            instrument.binds = reader.one_of(field, &words);
        }
        "modules" => instrument.modules = modules(reader, field),
        "roles" => instrument.roles = reader.some_of(field, &Roles::WORDS),
        "onward-roles" => instrument.onward_roles = reader.some_of(field, &Roles::WORDS),
        "with" => instrument.with = texts(reader, field),
        "not-a-tool" => instrument.not_a_tool = reader.name(field),
        "processing-agreement" => instrument.processing_agreement = reader.flag(field).unwrap_or_default(),
        "needs-assessment" => instrument.needs_assessment = reader.flag(field).unwrap_or_default(),
        "needs-approval" => instrument.needs_approval = reader.flag(field).unwrap_or_default(),
        "occasional-only" => instrument.occasional_only = reader.flag(field).unwrap_or_default(),
        "exporter-sector" => instrument.exporter_sector = texts(reader, field),
        "importer-sector" => instrument.importer_sector = texts(reader, field),
        "not-exporter-sector" => instrument.not_exporter_sector = texts(reader, field),
        "conditions" => instrument.conditions = conditions(reader, field),
        _ => return false,
    }
    true
}

fn modules(reader: &mut Reader<'_>, field: &Field<'_>) -> Vec<Module> {
    let mut modules = Vec::new();
    for (table, within) in tables(reader, field, "modules") {
        let (mut id, mut roles, mut needs_assessment) = (None, None, true);
        for inner in fields(table, within) {
            match inner.key {
                "id" => id = reader.small_number(&inner),
                "roles" => roles = reader.one_of(&inner, &Roles::WORDS),
                "needs-assessment" => needs_assessment = reader.flag(&inner).unwrap_or(true),
                _ => reader.unknown(&inner, names(&[MODULE]), "a module"),
            }
        }
        reader.require(table, within, "module", &[MODULE]);
        modules.extend(id.zip(roles).map(|(id, roles)| Module { id, roles, needs_assessment }));
    }
    modules
}

fn acceptance(reader: &mut Reader<'_>, field: &Field<'_>, acceptance: &mut RawAcceptance) -> bool {
    match field.key {
        "regime" => acceptance.regime = reader.string(field).unwrap_or_default().into(),
        "instrument" => acceptance.instrument = reader.string(field).unwrap_or_default().into(),
        "sign-from" => acceptance.signing.from = reader.date(field),
        "sign-until" => acceptance.signing.until = reader.date(field),
        "valid-from" => acceptance.valid.from = reader.date(field),
        "valid-until" => acceptance.valid.until = reader.date(field),
        "conditions" => acceptance.conditions = conditions(reader, field),
        _ => return false,
    }
    true
}

/// A list of conditions, each a word or a list of words of which one is enough.
fn conditions(reader: &mut Reader<'_>, field: &Field<'_>) -> Vec<Condition> {
    let DeValue::Array(items) = field.value else {
        reader.wrong_type(field, "a list of conditions");
        return Vec::new();
    };
    let mut conditions = Vec::new();
    for item in items.iter().map(Spanned::get_ref) {
        let words: Option<Condition> = match item {
            DeValue::String(word) => Some(vec![word.as_ref().into()]),
            DeValue::Array(words) => words.iter().map(|word| word.get_ref().as_str().map(Into::into)).collect(),
            _ => None,
        };
        match words {
            Some(words) if !words.is_empty() => conditions.push(words),
            _ => reader.wrong_type(field, "a list of words, or of lists of words of which one is enough"),
        }
    }
    conditions
}

fn texts(reader: &mut Reader<'_>, field: &Field<'_>) -> Vec<Box<str>> {
    reader.strings(field, true).into_iter().map(|(_, text)| text.into()).collect()
}

/// The tables of a list under a key; what is no table is filed.
fn tables<'t>(reader: &mut Reader<'_>, field: &Field<'t>, key: &'static str) -> Vec<(&'t DeTable<'t>, Within)> {
    let DeValue::Array(items) = field.value else {
        reader.wrong_type(field, "a list of tables");
        return Vec::new();
    };
    let mut tables = Vec::new();
    for (index, item) in (0u32..).zip(items) {
        match item.get_ref() {
            DeValue::Table(table) => {
                tables.push((table, Within { at: field.within.at, inner: Some((key, Some(index))) }));
            }
            _ => reader.wrong_type(field, "a list of tables"),
        }
    }
    tables
}
