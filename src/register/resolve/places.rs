//! Places: codes that the register defines, codes it refers to, areas.

use std::collections::BTreeMap;

use super::Resolver;
use super::names::{Ids, Named};
use super::rows::{Row, Rows};
use crate::finding::Finding;
use crate::finding::integrity::duplicate_id;
use crate::law::{Code, Codes, PlaceRef};
use crate::prose;
use crate::record::{At, Few, Interner, Sym};
use crate::register::jurisdiction::{Assessment, Jurisdiction, Outcome, RawAssessment, RawJurisdiction};
use crate::source::Place;

/// Adds the places that `[[jurisdiction]]` records define to the known ones.
pub(super) fn define(rows: &Rows<RawJurisdiction>, maps: &[Vec<Sym>], names: &Interner, codes: &mut Codes) {
    let written = rows.iter().filter_map(|(reader, raw)| Some((names.name(maps[reader][raw.code?.index()]), raw)));
    // A place of its own comes before those below it, whatever the order of the records.
    let mut places: Vec<_> = written.collect();
    places.sort_by_key(|(text, _)| text.len());
    for (text, raw) in places {
        if codes.check(text).is_err() {
            codes.define(text, raw.name.as_deref().unwrap_or(text));
        }
    }
}

impl Resolver<'_> {
    /// A place by code.
    pub(super) fn place(&mut self, name: Sym, place: impl FnOnce() -> Place) -> Option<Code> {
        let text = self.names.name(name);
        match self.law.codes.check(text) {
            Ok(code) => Some(code),
            Err(why) => {
                self.problems.push(crate::law::not_a_place(text, &why, place()));
                None
            }
        }
    }

    /// Places by code, sorted, each once.
    pub(super) fn place_list(&mut self, reader: usize, at: At, key: &'static str, list: &[Sym]) -> Vec<Code> {
        let mut codes = Vec::with_capacity(list.len());
        for (index, name) in list.iter().enumerate() {
            codes.extend(self.place(self.sym(reader, *name), || at.item(key, index)));
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Places or areas, in upper or lower case.
    pub(super) fn places_or_areas(
        &mut self,
        reader: usize,
        list: &[Sym],
        place: impl Fn(usize) -> Place,
    ) -> Vec<PlaceRef> {
        let mut places = Vec::with_capacity(list.len());
        for (index, name) in list.iter().enumerate() {
            let name = self.sym(reader, *name);
            let text = self.names.name(name);
            let lower = text.to_lowercase();
            let area = self.law.areas.iter().position(|area| *area.id == *lower);
            let code = self.law.codes.check(&text.to_uppercase());
            match (area, code) {
                (Some(area), _) => places.push(PlaceRef::Area(area)),
                (None, Ok(code)) => places.push(PlaceRef::Code(code)),
                (None, Err(_)) => places.extend(self.place(name, || place(index)).map(PlaceRef::Code)),
            }
        }
        places
    }

    /// The places that the register describes, and its assessments of them.
    pub(super) fn jurisdictions(
        &mut self,
        mut rows: Rows<RawJurisdiction>,
        ids: &mut Ids,
    ) -> (Vec<Jurisdiction>, Vec<Assessment>) {
        let mut places: BTreeMap<Code, Jurisdiction> = BTreeMap::new();
        let mut assessments = Vec::new();
        for position in 0..rows.len() {
            let Some(Row { reader, raw }) = rows.take(position) else { continue };
            let Some(name) = raw.code else { continue };
            let Some(code) = self.place(self.sym(reader, name), || raw.at.key("code")) else { continue };
            assessments.extend(raw.assessments.into_iter().map(|assessment| (reader, code, assessment)));
            let common = self.common(reader, raw.common);
            let jurisdiction = Jurisdiction {
                code,
                at: raw.at,
                name: raw.name,
                offices: raw.offices,
                authority: raw.authority,
                common,
            };
            if let Some(other) = places.get(&code) {
                let message = format!("two jurisdictions have the code {}", prose::quote(code.as_str()));
                let finding = Finding::new(&duplicate_id::CARD, raw.at.key("code"), message).label("the same code");
                self.problems.push(finding.related("the first one", other.at.key("code")).help("join the two records"));
            } else {
                places.insert(code, jurisdiction);
            }
        }
        (places.into_values().collect(), self.assessments(assessments, ids))
    }

    fn assessments(&mut self, rows: Vec<(usize, Code, RawAssessment)>, ids: &mut Ids) -> Vec<Assessment> {
        let named = rows.iter().enumerate().filter_map(|(position, (reader, _, raw))| {
            Some(Named { position, id: self.sym(*reader, raw.id?), aliases: Few::new(), at: raw.within.at })
        });
        let named = named.collect();
        let mut rows: Vec<_> = rows.into_iter().map(Some).collect();
        let order = self.number("assessment", named, &mut ids.assessments);
        let mut assessments = Vec::with_capacity(order.len());
        for (id, position) in order {
            let Some((reader, code, raw)) = rows[position].take() else { continue };
            let mut regimes = Vec::new();
            for (index, name) in raw.regimes.iter().enumerate() {
                regimes.extend(self.regime(self.sym(reader, *name), || raw.within.item("regimes", index)));
            }
            assessments.push(Assessment {
                id,
                within: raw.within,
                code,
                // Without a date or an outcome there is a problem, and nothing is judged.
                date: raw.date.unwrap_or(jiff::civil::Date::MAX),
                review_by: raw.review_by,
                regimes,
                outcome: raw.outcome.unwrap_or(Outcome::NotSufficient),
                measures: raw.measures,
                evidence: raw.evidence,
            });
        }
        assessments
    }
}
