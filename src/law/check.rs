//! From the records of the book and of the register to one [`Law`]: names resolved, overrides
//! applied, every record held against the others.

use std::collections::BTreeMap;

use jiff::ToSpan as _;

use super::facts::{
    Area, Coverage, Decision, Effect, InstrumentId, Interval, OnwardRule, PlaceRef, Regime, RegimeId, Scope, Source,
    Version,
};
use super::instrument::{Acceptance, Binds, Instrument, InstrumentKind};
use super::raw::{Raw, RawDecision, RawLaw, RawRegime, RawScope, RawSource};
use super::{Code, Codes, Law, NotAPlace};
use crate::finding::integrity::{duplicate_id, invalid_value, unknown_jurisdiction, unknown_reference};
use crate::finding::{Card, Finding, Problems};
use crate::prose;
use crate::source::Place;

/// Resolves the law. `house` are the register's own law records; `codes` know its places.
pub fn resolve(book: RawLaw, house: RawLaw, codes: Codes, problems: &mut Problems) -> Law {
    let updated = book.updated;
    let areas = merged(book.areas, house.areas, problems);
    let regimes = merged(book.regimes, house.regimes, problems);
    let decisions = merged(book.decisions, house.decisions, problems);
    let instruments = merged(book.instruments, house.instruments, problems);
    let acceptances = merged(book.acceptances, house.acceptances, problems);
    let mut names = Names {
        areas: numbers(&areas),
        regimes: numbers(&regimes),
        instruments: numbers(&instruments),
        codes: &codes,
        problems,
    };

    let areas = areas.into_iter().map(|row| names.area(row)).collect();
    let regimes = regimes.into_iter().map(|row| names.regime(row)).collect();
    let decisions: Vec<Decision> = decisions.into_iter().filter_map(|row| names.decision(row)).collect();
    let mut instruments: Vec<Instrument> = instruments.into_iter().map(|row| names.instrument(row)).collect();
    for named in decisions.iter().filter_map(|decision| decision.scope.certification) {
        instruments[named.index()].named_by_decision = true;
    }
    let mut acceptances: Vec<Acceptance> = acceptances.into_iter().filter_map(|row| names.acceptance(row)).collect();
    acceptances.sort_by_key(|acceptance| acceptance.key);
    Law { updated, codes, areas, regimes, decisions, instruments, acceptances }
}

/// A record and whether the register wrote it.
struct Row<T> {
    raw: Raw<T>,
    house: bool,
}

/// The records of the book and the register by id, the register's in place of the book's where
/// they say so.
fn merged<T>(book: Vec<Raw<T>>, house: Vec<Raw<T>>, problems: &mut Problems) -> Vec<Row<T>> {
    let mut rows: BTreeMap<Box<str>, Row<T>> = BTreeMap::new();
    let all = book.into_iter().map(|raw| (raw, false)).chain(house.into_iter().map(|raw| (raw, true)));
    for (raw, is_house) in all {
        match rows.get(&raw.id) {
            Some(other) if other.house || !is_house => {
                let message = format!("{} is there twice", prose::quote(&raw.id));
                let finding = Finding::new(&duplicate_id::CARD, raw.at.place(), message);
                problems.push(finding.help("give one of the two another id, or remove it"));
            }
            Some(_) if !raw.overrides => {
                let message = format!("{} is in the law book already", prose::quote(&raw.id));
                let finding = Finding::new(&duplicate_id::CARD, raw.at.place(), message);
                problems.push(finding.help("add `overrides = true` to replace it, or choose another id"));
            }
            None if raw.overrides => {
                let message = format!("there is no {} in the law book to override", prose::quote(&raw.id));
                let finding = Finding::new(&unknown_reference::CARD, raw.at.key("overrides"), message);
                problems.push(finding.help("remove `overrides`, or correct the id"));
            }
            _ => drop(rows.insert(raw.id.clone(), Row { raw, house: is_house })),
        }
    }
    rows.into_values().collect()
}

fn numbers<T>(rows: &[Row<T>]) -> BTreeMap<Box<str>, usize> {
    rows.iter().enumerate().map(|(at, row)| (row.raw.id.clone(), at)).collect()
}

/// What names mean, and where unknown ones are filed.
struct Names<'n> {
    areas: BTreeMap<Box<str>, usize>,
    regimes: BTreeMap<Box<str>, usize>,
    instruments: BTreeMap<Box<str>, usize>,
    codes: &'n Codes,
    problems: &'n mut Problems,
}

impl Names<'_> {
    fn area(&mut self, row: Row<super::raw::RawArea>) -> Area {
        let at = row.raw.at;
        let mut members = Vec::with_capacity(row.raw.body.members.len());
        for (index, (text, days)) in row.raw.body.members.iter().enumerate() {
            let place = at.item("members", index);
            self.ordered(*days, place.clone());
            members.extend(self.code(text, place).map(|code| (code, *days)));
        }
        members.sort_by_key(|(code, days)| (*code, days.from));
        Area { id: row.raw.id, name: row.raw.body.name, members, source: source(row.raw.source, row.house) }
    }

    fn regime(&mut self, row: Row<RawRegime>) -> Regime {
        let (at, body) = (row.raw.at, row.raw.body);
        let territory = self.places(&body.territory, |index| at.item("territory", index));
        let mut versions: Vec<Version> = Vec::with_capacity(body.versions.len());
        for raw in body.versions {
            self.ordered(raw.in_force, at.key("version"));
            versions.push(Version {
                territory: raw.territory.map(|places| self.places(&places, |_| at.key("version"))),
                source: source(raw.source, row.house),
                id: raw.id,
                name: raw.name,
                in_force: raw.in_force,
                extraterritorial: raw.extraterritorial,
                follows: raw.follows.unwrap_or(true),
                frees_returns: raw.frees_returns.unwrap_or(false),
                unrestricted_roles: raw.unrestricted_roles,
                assessment_required_from: raw.assessment_required_from,
                restricts: raw.restricts,
            });
        }
        versions.sort_by_key(|version| version.in_force.from);
        for at_version in 1..versions.len() {
            let next = versions[at_version].in_force.from.and_then(|from| from.checked_sub(1.day()).ok());
            let before = &mut versions[at_version - 1].in_force.until;
            if before.is_some_and(|until| Some(until) > next) {
                self.invalid(
                    at.key("version"),
                    "two versions of this regime are in force at once",
                    "end one before the next begins",
                );
            }
            *before = before.or(next);
        }
        Regime {
            id: row.raw.id,
            name: body.name,
            territory,
            coverage: body.coverage.unwrap_or(Coverage::Full),
            versions,
            note: row.raw.source.note,
            house: row.house,
        }
    }

    fn decision(&mut self, row: Row<RawDecision>) -> Option<Decision> {
        let (at, body) = (row.raw.at, row.raw.body);
        self.ordered(body.in_force, at.key("until"));
        let regime = self.regime_id(&body.regime, at.key("regime"));
        let scope = self.scope(body.scope, at.key("scope"));
        Some(Decision {
            regime: regime?,
            jurisdictions: self.places(&body.jurisdictions, |index| at.item("jurisdictions", index)),
            id: row.raw.id,
            in_force: body.in_force,
            ended_by: body.ended_by,
            scope,
            effect: body.effect.unwrap_or(Effect::Adequate),
            onward: body.onward.unwrap_or(OnwardRule::Contract),
            contested: body.contested,
            source: source(row.raw.source, row.house),
        })
    }

    fn scope(&mut self, raw: RawScope, place: Place) -> Scope {
        Scope {
            certification: raw.certification.and_then(|id| self.instrument_id(&id, place)),
            sector: raw.sector,
            not_sector: raw.not_sector,
            exporter_sector: raw.exporter_sector,
            only_data_tags: raw.only_data_tags,
            not_data_tags: raw.not_data_tags,
            not_purpose_tags: raw.not_purpose_tags,
            party_tags: raw.party_tags,
            hr: raw.hr,
        }
    }

    fn instrument(&mut self, row: Row<super::raw::RawInstrument>) -> Instrument {
        let (at, body) = (row.raw.at, row.raw.body);
        let with = body.with.iter().enumerate().filter_map(|(n, id)| self.instrument_id(id, at.item("with", n)));
        Instrument {
            with: with.collect(),
            id: row.raw.id,
            name: body.name,
            kind: body.kind.unwrap_or(InstrumentKind::Contract),
            binds: body.binds.unwrap_or(Binds::Both),
            modules: body.modules,
            roles: body.roles,
            onward_roles: body.onward_roles,
            not_a_tool: body.not_a_tool,
            processing_agreement: body.processing_agreement,
            needs_assessment: body.needs_assessment,
            needs_approval: body.needs_approval,
            occasional_only: body.occasional_only,
            exporter_sector: body.exporter_sector,
            importer_sector: body.importer_sector,
            not_exporter_sector: body.not_exporter_sector,
            conditions: body.conditions,
            named_by_decision: false,
            source: source(row.raw.source, row.house),
        }
    }

    fn acceptance(&mut self, row: Row<super::raw::RawAcceptance>) -> Option<Acceptance> {
        let (at, body) = (row.raw.at, row.raw.body);
        let valid = Interval { from: body.valid.from.or(body.signing.from), until: body.valid.until };
        self.ordered(body.signing, at.key("sign-until"));
        self.ordered(valid, at.key("valid-until"));
        let regime = self.regime_id(&body.regime, at.key("regime"));
        let instrument = self.instrument_id(&body.instrument, at.key("instrument"));
        Some(Acceptance {
            key: (regime?, instrument?),
            signing: body.signing,
            valid,
            conditions: body.conditions,
            source: source(row.raw.source, row.house),
        })
    }

    fn places(&mut self, texts: &[Box<str>], place: impl Fn(usize) -> Place) -> Vec<PlaceRef> {
        let mut places = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            match self.areas.get(text) {
                Some(area) => places.push(PlaceRef::Area(*area)),
                None => places.extend(self.code(text, place(index)).map(PlaceRef::Code)),
            }
        }
        places
    }

    fn code(&mut self, text: &str, place: Place) -> Option<Code> {
        let checked = self.codes.check(text);
        if let Err(why) = &checked {
            self.problems.push(not_a_place(text, why, place));
        }
        checked.ok()
    }

    fn regime_id(&mut self, id: &str, place: Place) -> Option<RegimeId> {
        let found = self.regimes.get(id).map(|at| RegimeId::at(*at));
        if found.is_none() {
            self.problems.push(unknown("regime", id, self.regimes.keys().map(|key| &**key), place));
        }
        found
    }

    fn instrument_id(&mut self, id: &str, place: Place) -> Option<InstrumentId> {
        let found = self.instruments.get(id).map(|at| InstrumentId::at(*at));
        if found.is_none() {
            self.problems.push(unknown("instrument", id, self.instruments.keys().map(|key| &**key), place));
        }
        found
    }

    fn ordered(&mut self, days: Interval, place: Place) {
        if days.from.zip(days.until).is_some_and(|(from, until)| from > until) {
            self.invalid(place, "this ends before it begins", "correct one of the two days");
        }
    }

    fn invalid(&mut self, place: Place, message: &str, help: &str) {
        self.problems.push(Finding::new(&invalid_value::CARD, place, message).help(help));
    }
}

fn source(raw: RawSource, house: bool) -> Source {
    Source { citation: raw.citation.unwrap_or_default(), url: raw.url, unsure: raw.unsure, note: raw.note, house }
}

/// A reference to a record that is not there.
pub(crate) fn unknown<'k>(what: &str, id: &str, known: impl Iterator<Item = &'k str>, place: Place) -> Finding {
    let message = format!("there is no {what} {}", prose::quote(id));
    let help = match prose::nearest(id, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("record the {what}, or refer to one that is recorded"),
    };
    Finding::new(&unknown_reference::CARD as &Card, place, message).label("leads nowhere").help(help)
}

/// A text that is no known place.
pub(crate) fn not_a_place(text: &str, why: &NotAPlace, place: Place) -> Finding {
    let shown = prose::quote(text);
    let (message, help) = match why {
        NotAPlace::HasOwnCode(own) => {
            (format!("{shown} has a code of its own"), format!("write `{own}`: the law treats it as a place of its own"))
        }
        NotAPlace::Mistaken(meant) => (format!("{shown} is no ISO 3166 code"), format!("write `{meant}`")),
        NotAPlace::Unknown(Some(near)) => (format!("{shown} is no known jurisdiction"), format!("did you mean `{near}`?")),
        NotAPlace::Unknown(None) => (
            format!("{shown} is no known jurisdiction"),
            "write an ISO 3166 code such as `DE` or `CA-QC`, a code of the law book such as `AE-DIFC`, or `ZZ` where the place is unknown".to_owned(),
        ),
    };
    Finding::new(&unknown_jurisdiction::CARD, place, message).label("no such place").help(help)
}
