//! Parties, collections and transfers.

use super::Resolver;
use super::names::{IdTable, Ids, Named, Sides};
use super::rows::{Row, Rows};
use crate::finding::Finding;
use crate::finding::integrity::{invalid_value, over_limit, unknown_reference};
use crate::law::Code;
use crate::prose;
use crate::record::{At, Few, Sym};
use crate::register::collection::{Collection, RawCollection};
use crate::register::party::{Party, RawParty};
use crate::register::transfer::{Authorisation, RawTransfer, Transfer};
use crate::register::{DataId, PartyId, PartyKind, PurposeId, Role, SafeguardId, SubjectsId, TransferId};
use crate::source::Place;

/// The most parties that all lists and selectors together may stand for.
const MAX_SPELLED_OUT: usize = 8_000_000;

impl<'r> Resolver<'r> {
    /// Resolves parties, and what selectors stand for.
    pub(super) fn parties(&mut self, rows: Rows<RawParty>, ids: &mut Ids) -> Vec<Party> {
        let rows = self.by_id("party", rows, &mut ids.parties, |raw| (raw.id, raw.at, &raw.common));
        let private = self.names.intern("private");
        let own = self.names.intern("own");
        let sectors = self.sectors();
        let mut parties = Vec::with_capacity(rows.len());
        for (id, Row { reader, raw }) in rows {
            let number = PartyId::at(parties.len());
            self.known_sector(reader, &raw, &sectors);
            let seat =
                raw.jurisdiction.and_then(|name| self.place(self.sym(reader, name), || raw.at.key("jurisdiction")));
            // Without a seat there is a problem, and nothing is judged.
            let seat = seat.or_else(|| Code::shaped("ZZ"));
            let Some(jurisdiction) = seat else { continue };
            let group = match (raw.group, raw.kind) {
                (Some(group), _) => Some(self.sym(reader, group)),
                (None, PartyKind::Affiliate) => Some(own),
                (None, _) => None,
            };
            let default_role = if raw.kind == PartyKind::ServiceProvider { Role::Processor } else { Role::Controller };
            ids.party_names.push(id);
            ids.by_kind.entry(raw.kind).or_default().push(number);
            if let Some(group) = group {
                ids.by_group.entry(group).or_default().push(number);
            }
            parties.push(Party {
                number,
                id,
                at: raw.at,
                kind: raw.kind,
                name: raw.name,
                jurisdiction,
                stored_in: self.where_else(reader, raw.at, "stored-in", &raw.stored_in, jurisdiction),
                accessed_from: self.where_else(reader, raw.at, "accessed-from", &raw.accessed_from, jurisdiction),
                role: raw.role.unwrap_or(default_role),
                sector: raw.sector.map_or(private, |sector| self.sym(reader, sector)),
                group,
                contact: raw.contact,
                common: self.common(reader, raw.common),
            });
        }
        parties
    }

    /// The sectors that the law speaks of, and the usual ones, sorted.
    fn sectors(&self) -> Vec<&'r str> {
        let law = self.law;
        let scopes = law.decisions.iter().flat_map(|row| {
            [&row.scope.sector, &row.scope.not_sector, &row.scope.exporter_sector].into_iter().flatten()
        });
        let served = law.instruments.iter().flat_map(|row| {
            [&row.exporter_sector, &row.importer_sector, &row.not_exporter_sector].into_iter().flatten()
        });
        let usual = ["private", "public", "academic", "financial"];
        let mut known: Vec<&str> = usual.into_iter().chain(scopes.chain(served).map(|word| &**word)).collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    /// A sector decides whether a decision covers a party, so a misspelt one must not pass for another.
    fn known_sector(&mut self, reader: usize, raw: &RawParty, known: &[&str]) {
        let Some(sector) = raw.sector.map(|sector| self.sym(reader, sector)) else { return };
        let text = self.names.name(sector);
        if known.binary_search(&text).is_ok() {
            return;
        }
        let message = format!("{} is no sector that the law speaks of", prose::quote(text));
        let help = match prose::nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", prose::choice(&prose::quoted(known))),
        };
        self.problems.push(Finding::new(&invalid_value::CARD, raw.at.key("sector"), message).help(help));
    }

    fn where_else(&mut self, reader: usize, at: At, key: &'static str, list: &[Sym], seat: Code) -> Vec<Code> {
        let codes = self.place_list(reader, at, key, list);
        if codes.is_empty() { vec![seat] } else { codes }
    }

    /// Resolves collections.
    pub(super) fn collections(&mut self, rows: Rows<RawCollection>, ids: &Ids) -> Vec<Collection> {
        let rows = self.by_id("collection", rows, &mut IdTable::default(), |raw| (raw.id, raw.at, &raw.common));
        let mut collections = Vec::with_capacity(rows.len());
        for (id, Row { reader, raw }) in rows {
            let at = raw.at;
            collections.push(Collection {
                id,
                at,
                by: self.party_list(reader, &raw.by, ids, |index| at.item("by", index)),
                data: self.data_list(reader, at, &raw.data, ids),
                subjects: self.subject_list(reader, at, &raw.subjects, ids),
                purposes: self.purpose_list(reader, at, &raw.purposes, ids),
                subjects_in: self.places_or_areas(reader, &raw.subjects_in, |index| at.item("subjects-in", index)),
                source: raw.source,
                source_party: raw.source_party.and_then(|name| {
                    let name = self.sym(reader, name);
                    self.refer("party", &ids.parties, name, || at.key("source-party")).map(PartyId::at)
                }),
                targeted: raw.targeted,
                retention: raw.retention,
                days: raw.days,
                common: self.common(reader, raw.common),
            });
        }
        collections
    }

    /// Resolves transfers.
    pub(super) fn transfers(&mut self, mut rows: Rows<RawTransfer>, ids: &mut Ids) -> Vec<Transfer> {
        let mut sides = Vec::with_capacity(rows.len());
        let mut named = Vec::with_capacity(rows.len());
        for (position, (reader, raw)) in rows.iter().enumerate() {
            let from = self.party_list(reader, &raw.from, ids, |index| raw.at.item("from", index));
            let to = self.party_list(reader, &raw.to, ids, |index| raw.at.item("to", index));
            self.not_to_itself(raw.at, &from, &to);
            named.extend(self.transfer_name(position, reader, raw, &from, &to, ids));
            sides.push((from, to));
        }
        let order = self.number("transfer", named, &mut ids.transfers);
        let (mut transfers, mut many) = (Vec::with_capacity(order.len()), Vec::new());
        for (id, position) in order {
            let Some(Row { reader, raw }) = rows.take(position) else { continue };
            let (from, to) = std::mem::take(&mut sides[position]);
            let at = raw.at;
            let safeguards = self.syms(reader, &raw.safeguards);
            if raw.is_many {
                many.push((transfers.len(), Sides { from: from.clone(), to: to.clone() }));
            }
            transfers.push(Transfer {
                id,
                at,
                is_many: raw.is_many,
                from,
                to,
                data: self.data_list(reader, at, &raw.data, ids),
                purposes: self.purpose_list(reader, at, &raw.purposes, ids),
                subjects: self.subject_list(reader, at, &raw.subjects, ids),
                safeguards: self.refer_all(
                    "safeguard",
                    &ids.safeguards,
                    &safeguards,
                    |index| at.item("safeguards", index),
                    SafeguardId::at,
                ),
                roles: raw.roles,
                frequency: raw.frequency,
                means: raw.means,
                sale: raw.sale,
                authorisation: self.authorisation(reader, at, raw.authorisation, ids),
                days: raw.days,
                retention: raw.retention,
                common: self.common(reader, raw.common),
            });
        }
        ids.sides = many.into_iter().collect();
        transfers
    }

    fn transfer_name(
        &mut self,
        position: usize,
        reader: usize,
        raw: &RawTransfer,
        from: &[PartyId],
        to: &[PartyId],
        ids: &Ids,
    ) -> Option<Named> {
        if raw.is_id_written {
            return self.named(position, reader, raw.id, raw.at, &raw.common);
        }
        if raw.is_many {
            let message = "`id` is missing: a transfer between lists has no id of its own";
            let finding = Finding::new(&invalid_value::CARD, raw.at.place(), message).label("needs `id`");
            self.problems.push(finding.help("add `id = …`"));
            return None;
        }
        let id = self.derived_id(from, to, ids)?;
        let id = self.names.intern(&id);
        let aliases = self.syms(reader, &raw.common.remarks.aliases);
        Some(Named { position, id, aliases, at: raw.at })
    }

    fn derived_id(&self, from: &[PartyId], to: &[PartyId], ids: &Ids) -> Option<String> {
        let (from, to) = (ids.party_names.get(from.first()?.index())?, ids.party_names.get(to.first()?.index())?);
        Some(format!("{}--{}", self.names.name(*from), self.names.name(*to)))
    }

    fn not_to_itself(&mut self, at: At, from: &[PartyId], to: &[PartyId]) {
        if from.len() == 1 && from == to {
            let finding = Finding::new(&invalid_value::CARD, at.key("to"), "this transfer goes from a party to itself");
            self.problems.push(
                finding.help(
                    "moving data inside one legal entity is no transfer: remove the record, or name another party",
                ),
            );
        }
    }

    fn authorisation(&mut self, reader: usize, at: At, name: Option<Sym>, ids: &Ids) -> Option<Authorisation> {
        let name = self.sym(reader, name?);
        match self.names.name(name) {
            "general" => Some(Authorisation::General),
            "specific" => Some(Authorisation::Specific),
            _ => {
                let paper = self.refer("safeguard", &ids.safeguards, name, || at.key("authorisation"));
                paper.map(|index| Authorisation::Safeguard(SafeguardId::at(index)))
            }
        }
    }

    /// The parties that ids and selectors stand for, sorted, each once.
    pub(super) fn party_list(
        &mut self,
        reader: usize,
        list: &[Sym],
        ids: &Ids,
        place: impl Fn(usize) -> Place,
    ) -> Few<PartyId> {
        let mut parties = Few::with_capacity(list.len());
        for (index, name) in list.iter().enumerate() {
            let name = self.sym(reader, *name);
            if self.names.name(name).starts_with('@') {
                parties.extend(self.selected(name, ids, || place(index)));
            } else {
                parties.extend(self.refer("party", &ids.parties, name, || place(index)).map(PartyId::at));
            }
        }
        parties.sort_unstable();
        parties.dedup();
        self.within_limit(parties)
    }

    /// Past the limit nothing more is spelled out: a selector costs a stranger a line.
    fn within_limit(&mut self, parties: Few<PartyId>) -> Few<PartyId> {
        let before = self.spelled_out;
        self.spelled_out += parties.len();
        if self.spelled_out <= MAX_SPELLED_OUT {
            return parties;
        }
        if before <= MAX_SPELLED_OUT {
            let message =
                format!("the lists and selectors of this register stand for more than {MAX_SPELLED_OUT} parties");
            self.problems.push(Finding::new(&over_limit::CARD, None, message).help("split the register by company"));
        }
        Few::new()
    }

    fn selected(&mut self, name: Sym, ids: &Ids, place: impl FnOnce() -> Place) -> Few<PartyId> {
        let text = self.names.name(name);
        if let Some(kind) = PartyKind::ALL.into_iter().find(|kind| kind.selector() == text) {
            return ids.by_kind.get(&kind).map(|members| members.as_slice().into()).unwrap_or_default();
        }
        let group = text.strip_prefix("@group:").and_then(|group| self.names.find(group));
        if let Some(members) = group.and_then(|group| ids.by_group.get(&group)) {
            return members.as_slice().into();
        }
        let message = format!("{} selects nobody", prose::quote(text));
        let groups = ids.by_group.keys().map(|group| format!("@group:{}", self.names.name(*group)));
        let known: Vec<String> =
            PartyKind::ALL.map(|kind| kind.selector().to_owned()).into_iter().chain(groups).collect();
        let help = match prose::nearest(text, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "the selectors are `@affiliates`, `@service-providers`, `@resellers`, `@third-parties` and `@group:ID`"
                    .to_owned()
            }
        };
        self.problems.push(Finding::new(&unknown_reference::CARD, place(), message).label("leads nowhere").help(help));
        Few::new()
    }

    pub(super) fn data_list(&mut self, reader: usize, at: At, list: &[Sym], ids: &Ids) -> Few<DataId> {
        self.listed(reader, ("data category", "data"), at, list, &ids.data, DataId::at)
    }

    pub(super) fn subject_list(&mut self, reader: usize, at: At, list: &[Sym], ids: &Ids) -> Few<SubjectsId> {
        self.listed(reader, ("subject group", "subjects"), at, list, &ids.subjects, SubjectsId::at)
    }

    pub(super) fn purpose_list(&mut self, reader: usize, at: At, list: &[Sym], ids: &Ids) -> Few<PurposeId> {
        self.listed(reader, ("purpose", "purposes"), at, list, &ids.purposes, PurposeId::at)
    }

    fn listed<T: Ord>(
        &mut self,
        reader: usize,
        (what, key): (&str, &'static str),
        at: At,
        list: &[Sym],
        table: &IdTable,
        make: impl Fn(usize) -> T,
    ) -> Few<T> {
        let names = self.syms(reader, list);
        self.refer_all(what, table, &names, |index| at.item(key, index), make)
    }
}

impl Ids {
    /// A transfer's number, from its position.
    pub(super) fn transfer(&self, name: Sym) -> Option<TransferId> {
        self.transfers.get(name).map(TransferId::at)
    }
}
