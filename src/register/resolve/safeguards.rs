//! Safeguards: whom a paper binds, and which instruments of the law it holds.

use super::Resolver;
use super::names::Ids;
use super::rows::{Row, Rows};
use crate::finding::Finding;
use crate::finding::integrity::invalid_value;
use crate::law::{Binds, InstrumentId};
use crate::prose;
use crate::record::{Few, Sym};
use crate::register::AssessmentId;
use crate::register::safeguard::{RawSafeguard, Safeguard, SafeguardScope};

impl Resolver<'_> {
    /// Resolves safeguards.
    pub(super) fn safeguards(&mut self, rows: Rows<RawSafeguard>, ids: &mut Ids) -> Vec<Safeguard> {
        let mut table = std::mem::take(&mut ids.safeguards);
        let rows = self.by_id("safeguard", rows, &mut table, |raw| (raw.id, raw.at, &raw.common));
        ids.safeguards = table;
        rows.map(|(id, Row { reader, raw })| self.safeguard(id, reader, raw, ids)).collect()
    }

    fn safeguard(&mut self, id: Sym, reader: usize, raw: RawSafeguard, ids: &Ids) -> Safeguard {
        let at = raw.at;
        let instruments = self.instruments(reader, &raw);
        let names = self.syms(reader, &raw.assessments);
        Safeguard {
            id,
            at,
            instruments,
            parties: self.party_list(reader, &raw.parties, ids, |index| at.item("parties", index)),
            modules: raw.modules,
            dates: raw.dates,
            confirms: self.syms(reader, &raw.confirms),
            scope: raw.scope.map(|named| SafeguardScope {
                data: self.data_list(reader, at, &named.data, ids),
                subjects: self.subject_list(reader, at, &named.subjects, ids),
                purposes: self.purpose_list(reader, at, &named.purposes, ids),
            }),
            covers_hr: raw.covers_hr,
            covers_other: raw.covers_other,
            assessments: self.refer_all(
                "assessment",
                &ids.assessments,
                &names,
                |index| at.item("assessments", index),
                AssessmentId::at,
            ),
            papers: raw.papers,
            common: self.common(reader, raw.common),
        }
    }

    /// The instruments of a paper. What is unknown is a problem, and nothing is judged.
    fn instruments(&mut self, reader: usize, raw: &RawSafeguard) -> Few<InstrumentId> {
        let (at, law) = (raw.at, self.law);
        let selector = raw.parties.iter().position(|name| self.names.name(self.sym(reader, *name)).starts_with('@'));
        let mut instruments = Few::with_capacity(raw.instruments.len());
        for (index, sym) in raw.instruments.iter().enumerate() {
            let written = self.names.name(self.sym(reader, *sym)).to_owned();
            let place = || at.item("instrument", index);
            let Some((instrument, facts)) = law.instrument(&written) else {
                let known = law.instruments.iter().map(|instrument| &*instrument.id);
                self.problems.push(crate::law::unknown("instrument", &written, known, place()));
                continue;
            };
            if instruments.contains(&instrument) {
                let message = format!("{} is listed twice", prose::quote(&written));
                self.problems.push(Finding::new(&invalid_value::CARD, place(), message).help("list it once"));
                continue;
            }
            instruments.push(instrument);
            if !raw.is_signed_written && !facts.kind.is_statutory() {
                let message =
                    format!("`signed` is missing: {} counts from the day it was signed", prose::quote(&facts.id));
                self.problems.push(Finding::new(&invalid_value::CARD, at.place(), message).help("add `signed = …`"));
            }
            if let Some(index) = selector.filter(|_| facts.binds != Binds::Group) {
                let message = format!("nobody signs {} by being added to a folder", prose::quote(&facts.id));
                let finding = Finding::new(&invalid_value::CARD, at.item("parties", index), message);
                self.problems.push(finding.help("list the ids of the parties that are bound"));
            }
        }
        instruments
    }
}
