//! Statements and waivers: records that speak about others.

use super::Resolver;
use super::names::{IdTable, Ids};
use super::rows::{Row, Rows};
use crate::finding::integrity::invalid_value;
use crate::finding::{FORMAT_RULES, Finding, integrity};
use crate::prose;
use crate::record::{At, Sym};
use crate::register::statement::{Disclosure, Promise, RawDisclosure, RawStatement, Statement};
use crate::register::waiver::{Covered, RawWaiver, Waiver};
use crate::register::{PartyId, SafeguardId};

impl Resolver<'_> {
    /// Resolves statements.
    pub(super) fn statements(&mut self, rows: Rows<RawStatement>, ids: &Ids) -> Vec<Statement> {
        let rows = self.by_id("statement", rows, &mut IdTable::default(), |raw| (raw.id, raw.at, &raw.common));
        let mut statements = Vec::with_capacity(rows.len());
        for (id, Row { reader, raw }) in rows {
            let at = raw.at;
            let requires = self.syms(reader, &raw.requires);
            self.known_requirements(at, &requires);
            statements.push(Statement {
                id,
                at,
                notice: raw.notice,
                quote: raw.quote,
                section: raw.section,
                url: raw.url,
                discloses: raw.discloses.map(|raw| self.disclosure(reader, at, raw, ids)),
                promise: Promise {
                    about: raw.about.map(|list| self.party_list(reader, &list, ids, |index| at.item("about", index))),
                    only_purposes: raw.only_purposes.map(|list| {
                        let listed = self.syms(reader, &list);
                        self.refer_all(
                            "purpose",
                            &ids.purposes,
                            &listed,
                            |index| at.item("only-purposes", index),
                            crate::register::PurposeId::at,
                        )
                    }),
                    requires,
                    forbids: raw.forbids,
                },
                common: self.common(reader, raw.common),
            });
        }
        statements
    }

    fn disclosure(&mut self, reader: usize, at: At, raw: RawDisclosure, ids: &Ids) -> Disclosure {
        let within = crate::record::Within { at, inner: Some(("discloses", None)) };
        Disclosure {
            recipients: raw
                .recipients
                .map(|list| self.party_list(reader, &list, ids, |index| within.item("recipients", index))),
            purposes: raw.purposes.map(|list| {
                let listed = self.syms(reader, &list);
                self.refer_all(
                    "purpose",
                    &ids.purposes,
                    &listed,
                    |index| within.item("purposes", index),
                    crate::register::PurposeId::at,
                )
            }),
            data: raw.data.map(|list| {
                let listed = self.syms(reader, &list);
                self.refer_all(
                    "data category",
                    &ids.data,
                    &listed,
                    |index| within.item("data", index),
                    crate::register::DataId::at,
                )
            }),
            outside: raw.outside.map(|list| self.places_or_areas(reader, &list, |index| within.item("outside", index))),
        }
    }

    /// What a statement requires is an instrument or a kind of instrument.
    fn known_requirements(&mut self, at: At, requires: &[Sym]) {
        let kinds = crate::law::InstrumentKind::WORDS.map(|(word, _)| word);
        for (index, name) in requires.iter().enumerate() {
            let text = self.names.name(*name);
            if !kinds.contains(&text) && self.law.instrument(text).is_none() {
                let known = self.law.instruments.iter().map(|instrument| &*instrument.id).chain(kinds);
                self.problems.push(crate::law::unknown("instrument", text, known, at.item("requires", index)));
            }
        }
    }

    /// Resolves waivers.
    pub(super) fn waivers(&mut self, rows: Rows<RawWaiver>, ids: &Ids) -> Vec<Waiver> {
        let rows = self.by_id("waiver", rows, &mut IdTable::default(), |raw| (raw.id, raw.at, &raw.common));
        rows.filter_map(|(id, Row { reader, raw })| self.waiver(id, reader, raw, ids)).collect()
    }

    fn waiver(&mut self, id: Sym, reader: usize, raw: RawWaiver, ids: &Ids) -> Option<Waiver> {
        let at = raw.at;
        let rule = self.names.name(self.sym(reader, raw.rule?)).to_owned();
        self.waivable(at, &rule);
        let mut on = Vec::new();
        for (index, name) in self.syms(reader, &raw.on).into_iter().enumerate() {
            let covered = self.covered(name, ids);
            if covered.is_empty() && !self.unusable.contains(&name) {
                let text = self.names.name(name);
                let known = ids
                    .transfers
                    .names(self.names)
                    .chain(ids.parties.names(self.names))
                    .chain(ids.safeguards.names(self.names));
                let finding = crate::law::unknown("transfer, party or safeguard", text, known, at.item("on", index));
                self.problems.push(finding);
            }
            on.extend(covered);
        }
        let mut regimes = Vec::new();
        for (index, name) in raw.regimes.iter().enumerate() {
            regimes.extend(self.regime(self.sym(reader, *name), || at.item("regimes", index)));
        }
        Some(Waiver {
            id,
            at,
            rule: rule.into(),
            on,
            reason: raw.reason,
            approved_by: raw.approved_by,
            until: raw.until?,
            regimes,
            common: self.common(reader, raw.common),
        })
    }

    fn waivable(&mut self, at: At, rule: &str) {
        let finding = if integrity::ALL.iter().any(|card| card.rule == rule) {
            let message = format!("{} cannot be waived: it leaves the register unusable", prose::quote(rule));
            Finding::new(&invalid_value::CARD, at.key("rule"), message).help("mend the finding instead")
        } else if FORMAT_RULES.contains(&rule) {
            return;
        } else {
            crate::law::unknown("rule", rule, FORMAT_RULES.iter().copied(), at.key("rule"))
        };
        self.problems.push(finding);
    }

    /// Everything that a name in a waiver means: ids are unique per kind only.
    fn covered(&mut self, name: Sym, ids: &Ids) -> Vec<Covered> {
        let mut covered = Vec::new();
        covered.extend(ids.transfer(name).map(Covered::Transfer));
        covered.extend(ids.parties.get(name).map(PartyId::at).map(Covered::Party));
        covered.extend(ids.safeguards.get(name).map(SafeguardId::at).map(Covered::Safeguard));
        if covered.is_empty() {
            covered.extend(self.derived(self.names.name(name), ids));
        }
        covered
    }

    /// A derived id: `FROM--TO` or `ID/FROM--TO`, with former ids of the parties too.
    fn derived(&self, text: &str, ids: &Ids) -> Option<Covered> {
        let (record, pair) = match text.split_once('/') {
            Some((record, pair)) => (Some(record), pair),
            None => (None, text),
        };
        let (from, to) = pair.split_once("--")?;
        let party = |id: &str| ids.parties.get(self.names.find(id)?).map(PartyId::at);
        let (from, to) = (party(from)?, party(to)?);
        if let Some(record) = record {
            let transfer = ids.transfer(self.names.find(record)?)?;
            let pairs = ids.sides.get(&transfer.index())?;
            return pairs.contains(from, to).then_some(Covered::Pair(transfer, from, to));
        }
        let name = |party: PartyId| ids.party_names.get(party.index()).map(|sym| self.names.name(*sym));
        let canonical = format!("{}--{}", name(from)?, name(to)?);
        ids.transfer(self.names.find(&canonical)?).map(Covered::Transfer)
    }
}
