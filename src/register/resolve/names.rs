//! Which record an id names.

use std::collections::BTreeMap;

use super::Resolver;
use super::rows::{Row, Rows};
use crate::finding::Finding;
use crate::finding::integrity::duplicate_id;
use crate::law::RegimeId;
use crate::prose;
use crate::record::{At, Common, Few, Sym};
use crate::register::{PartyId, PartyKind};
use crate::source::Place;
use crate::threads;

/// The ids of a kind: for each name, the position of its record.
#[derive(Default)]
pub(super) struct IdTable {
    positions: Vec<u32>,
}

impl IdTable {
    /// The position of a record.
    pub(super) fn get(&self, name: Sym) -> Option<usize> {
        self.positions.get(name.index()).filter(|at| **at != u32::MAX).map(|at| *at as usize)
    }

    fn set(&mut self, name: Sym, at: usize) {
        if self.positions.len() <= name.index() {
            self.positions.resize(name.index() + 1, u32::MAX);
        }
        self.positions[name.index()] = u32::try_from(at).unwrap_or(u32::MAX);
    }

    /// Every name in the table.
    pub(super) fn names<'n>(&'n self, names: &'n crate::record::Interner) -> impl Iterator<Item = &'n str> {
        let known = self.positions.iter().enumerate().filter(|(_, at)| **at != u32::MAX);
        known.map(|(index, _)| names.name_at(index))
    }
}

/// The ids of every kind, filled as records are resolved.
#[derive(Default)]
pub(super) struct Ids {
    pub parties: IdTable,
    pub data: IdTable,
    pub subjects: IdTable,
    pub purposes: IdTable,
    pub transfers: IdTable,
    pub safeguards: IdTable,
    pub assessments: IdTable,
    pub by_kind: BTreeMap<PartyKind, Vec<PartyId>>,
    pub by_group: BTreeMap<Sym, Vec<PartyId>>,
    /// The id of each party.
    pub party_names: Vec<Sym>,
    /// Senders and recipients of each transfer that has pairs with ids of their own.
    pub sides: BTreeMap<usize, Sides>,
}

/// The senders and recipients of a transfer.
pub(super) struct Sides {
    pub from: Few<PartyId>,
    pub to: Few<PartyId>,
}

impl Sides {
    /// Whether the transfer stands for a pair.
    pub(super) fn contains(&self, from: PartyId, to: PartyId) -> bool {
        from != to && self.from.binary_search(&from).is_ok() && self.to.binary_search(&to).is_ok()
    }
}

/// A record that has an id, on its way into a table.
pub(super) struct Named {
    /// Position among the records as written.
    pub position: usize,
    /// Its id.
    pub id: Sym,
    /// Former ids.
    pub aliases: Few<Sym>,
    /// Where it stands.
    pub at: At,
}

/// Records in the order of their ids, each taken from where it was read when its turn comes.
pub(super) struct InOrder<T> {
    order: std::vec::IntoIter<(Sym, usize)>,
    rows: Rows<T>,
}

impl<T> Iterator for InOrder<T> {
    type Item = (Sym, Row<T>);

    fn next(&mut self) -> Option<Self::Item> {
        let (id, position) = self.order.next()?;
        // The order names every position once.
        Some((id, self.rows.take(position)?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.order.size_hint()
    }
}

impl<T> ExactSizeIterator for InOrder<T> {}

/// How a name begins: tells most from each other without a look at the names, which lie all over memory.
type Beginning = [u64; 3];

fn beginning(name: &str) -> Beginning {
    let byte = |at: usize| name.as_bytes().get(at).copied().unwrap_or_default();
    [0, 8, 16].map(|start| u64::from_be_bytes(std::array::from_fn(|at| byte(start + at))))
}

/// The fewest names for whose order a thread is worth its start.
const WORTH_A_THREAD: usize = 2_000;
/// Past this many problems no near names are suggested.
const MAX_SUGGESTIONS: usize = 500;

impl Resolver<'_> {
    /// The register's name for a name that a file's reader gave out.
    pub(super) fn sym(&self, reader: usize, sym: Sym) -> Sym {
        self.maps[reader][sym.index()]
    }

    /// The names in a list.
    pub(super) fn syms(&self, reader: usize, list: &[Sym]) -> Few<Sym> {
        list.iter().map(|sym| self.sym(reader, *sym)).collect()
    }

    /// The keys that every record may have, their names made the register's.
    pub(super) fn common(&self, reader: usize, common: Common) -> Common {
        common.renamed(|sym| self.sym(reader, sym))
    }

    /// The records of a kind in the order of their ids, which go into a table. Records without an
    /// id, and second records with one, are problems and left out.
    pub(super) fn by_id<T>(
        &mut self,
        what: &str,
        rows: Rows<T>,
        table: &mut IdTable,
        key: impl Fn(&T) -> (Option<Sym>, At, &Common),
    ) -> InOrder<T> {
        let mut named = Vec::with_capacity(rows.len());
        for (position, (reader, raw)) in rows.iter().enumerate() {
            let (id, at, common) = key(raw);
            named.extend(self.named(position, reader, id, at, common));
        }
        InOrder { order: self.number(what, named, table).into_iter(), rows }
    }

    /// Collects what names a record; one without an id was complained about when it was read.
    pub(super) fn named(
        &self,
        position: usize,
        reader: usize,
        id: Option<Sym>,
        at: At,
        common: &Common,
    ) -> Option<Named> {
        let aliases = self.syms(reader, &common.remarks.aliases);
        Some(Named { position, id: self.sym(reader, id?), aliases, at })
    }

    /// Numbers records by id: the answer lists positions of records as written, in order of ids.
    /// A second record with an id is filed and left out.
    pub(super) fn number(&mut self, what: &str, mut named: Vec<Named>, table: &mut IdTable) -> Vec<(Sym, usize)> {
        let (mut order, mut places) = (Vec::with_capacity(named.len()), Vec::with_capacity(named.len()));
        let mut former = Vec::new();
        for (_, at) in self.by_name(&named) {
            let Named { position, id, at, aliases } = &mut named[at];
            if let Some(held) = table.get(*id) {
                self.twice(what, *id, *at, places[held]);
                continue;
            }
            table.set(*id, order.len());
            former.extend(aliases.drain(..).map(|alias| (alias, order.len(), *at)));
            order.push((*id, *position));
            places.push(*at);
        }
        for (alias, at, place) in former {
            match table.get(alias) {
                Some(held) if held != at => self.twice(what, alias, place, places[held]),
                Some(_) => {}
                None => table.set(alias, at),
            }
        }
        order
    }

    /// Where records are among those named, in the order of their names; those of one name as they came.
    fn by_name(&self, named: &[Named]) -> Vec<(Beginning, usize)> {
        let name = |at: usize| self.names.name(named[at].id);
        let mut sorted: Vec<_> = (0..named.len()).map(|at| (beginning(name(at)), at)).collect();
        threads::sort_by(&mut sorted, WORTH_A_THREAD, |(a, x), (b, y)| {
            a.cmp(b).then_with(|| name(*x).cmp(name(*y))).then(x.cmp(y))
        });
        sorted
    }

    fn twice(&mut self, what: &str, id: Sym, at: At, other: At) {
        let message = format!("two {} have the id {}", prose::plural(what), prose::quote(self.names.name(id)));
        let finding = Finding::new(&duplicate_id::CARD, at.key("id"), message).label("the same id");
        let help = if what == "transfer" {
            "give each an `id` of its own"
        } else {
            "give one of them another id, or remove the copy"
        };
        self.problems.push(finding.related("the first one", other.key("id")).help(help));
    }

    /// The record that a name refers to.
    pub(super) fn refer(
        &mut self,
        what: &str,
        table: &IdTable,
        name: Sym,
        place: impl FnOnce() -> Place,
    ) -> Option<usize> {
        let found = table.get(name);
        if found.is_none() && !self.unusable.contains(&name) {
            let text = self.names.name(name);
            // Looking for a near name costs a look at every name: past some misses nobody reads them.
            let known =
                table.names(self.names).take(if self.problems.count() < MAX_SUGGESTIONS { usize::MAX } else { 0 });
            let finding = crate::law::unknown(what, text, known, place());
            self.problems.push(finding);
        }
        found
    }

    /// The records that the names in a list refer to, sorted, each once.
    pub(super) fn refer_all<T: Ord>(
        &mut self,
        what: &str,
        table: &IdTable,
        names: &[Sym],
        place: impl Fn(usize) -> Place,
        make: impl Fn(usize) -> T,
    ) -> Few<T> {
        let mut found = Few::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            found.extend(self.refer(what, table, *name, || place(index)).map(&make));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A regime of the law.
    pub(super) fn regime(&mut self, name: Sym, place: impl FnOnce() -> Place) -> Option<RegimeId> {
        let text = self.names.name(name);
        let found = self.law.regime(text).map(|(id, _)| id);
        if found.is_none() {
            let known = self.law.regimes.iter().map(|regime| &*regime.id);
            self.problems.push(crate::law::unknown("regime", text, known, place()));
        }
        found
    }
}
