//! Where data enters: by collections, and, where nothing says how a sender came to have what it
//! passes on, by collections that have to be assumed.

use std::collections::BTreeSet;

use super::Flow;
use super::cell_set::CellSet;
use super::cells::{Cells, spelled_out};
use crate::register::{DataId, PartyId, Role, SubjectsId, Transfer, TransferId};
use crate::threads::in_pieces;

/// Transfers that a thread looks at at once.
const SOME: usize = 256;

/// What a transfer names and no sender of it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsourced {
    /// The transfer.
    pub transfer: TransferId,
    /// What has no source.
    pub missing: Missing,
}

/// A category or a group, as named by a transfer, that has no source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// No sender holds any part of the category.
    Data(DataId),
    /// No sender holds any of the named data about the group.
    Subjects(SubjectsId),
}

/// Where data enters: a real collection, or one that has to be assumed.
pub(super) struct Entry {
    pub party: PartyId,
    pub as_processor: bool,
    pub cells: CellSet,
    /// Regimes that reach the collector from outside their territory.
    pub reached_by: Vec<usize>,
    /// Whether the collector holds it still.
    pub held: bool,
}

impl Flow<'_> {
    pub(super) fn number_cells(&mut self, assumed: &[Unsourced]) {
        let mut cells = BTreeSet::new();
        for collection in &self.register.collections {
            cells.extend(spelled_out(self.register, &collection.data, &collection.subjects));
        }
        for missing in assumed {
            let (data, subjects) = self.missing(missing);
            cells.extend(spelled_out(self.register, data, subjects));
        }
        self.cells = Cells::of(self.register, cells);
        let named = |transfer: &Transfer| self.cells.named(&transfer.data, &transfer.subjects);
        self.named = in_pieces(&self.register.transfers, SOME, |some| some.iter().map(named).collect());
    }

    pub(super) fn collections(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for collection in self.register.collections.iter().filter(|collection| collection.days.has_begun(self.day)) {
            let held = collection.days.is_held(self.day);
            let cells = self.cells.named(&collection.data, &collection.subjects);
            for party in &collection.by {
                let as_processor = self.register[*party].role == Role::Processor;
                let is_reached = |at: &usize| {
                    let regime = &self.law.regimes()[*at];
                    let meets = |place| regime.territory.meets(&self.law.places(place));
                    regime.version.extraterritorial
                        && !self.seats.is_inside(*party, *at)
                        && collection.subjects_in.iter().any(meets)
                };
                let can_reach = collection.targeted && !as_processor;
                let regimes = 0..if can_reach { self.law.regimes().len() } else { 0 };
                let reached_by = regimes.filter(is_reached).collect();
                entries.push(Entry { party: *party, as_processor, cells: cells.clone(), reached_by, held });
            }
        }
        entries
    }

    /// For each transfer that has begun, the named categories of personal data of which no sender
    /// holds any part, and the named groups of whom no sender holds any of the data.
    pub(super) fn look_for_sources(&self) -> Vec<Unsourced> {
        let transfers: Vec<TransferId> = (0..self.register.transfers.len()).map(TransferId::at).collect();
        in_pieces(&transfers, SOME, |some| some.iter().flat_map(|transfer| self.look_for_source(*transfer)).collect())
    }

    fn look_for_source(&self, id: TransferId) -> Vec<Unsourced> {
        let transfer = &self.register[id];
        let senders = || transfer.from.iter().filter(|from| transfer.to.iter().any(|to| to != *from));
        if !transfer.days.has_begun(self.day) || senders().next().is_none() {
            return Vec::new();
        }
        let lacks = |data: &[DataId], subjects: &[SubjectsId]| {
            let wanted = self.cells.named(data, subjects);
            // What an ended transfer sent was there then, whether or not it has been erased since.
            let goes_on = transfer.days.is_active(self.day);
            let had = |from: PartyId| if goes_on { self.now(from) } else { &self.holdings[from.index()] };
            let is_held = |from: &PartyId| !had(*from).plain.all().is_disjoint(&wanted);
            !senders().any(is_held) && !spelled_out(self.register, data, subjects).is_empty()
        };
        let categories = transfer.data.iter().filter(|data| lacks(&[**data], &transfer.subjects));
        let mut unsourced: Vec<Unsourced> =
            categories.map(|data| Unsourced { transfer: id, missing: Missing::Data(*data) }).collect();
        let is_all_missing = unsourced.len() == transfer.data.len();
        if !is_all_missing {
            let groups = transfer.subjects.iter().filter(|group| lacks(&transfer.data, &[**group]));
            unsourced.extend(groups.map(|group| Unsourced { transfer: id, missing: Missing::Subjects(*group) }));
        }
        unsourced
    }

    /// The categories and groups that have no source.
    fn missing<'m>(&'m self, unsourced: &'m Unsourced) -> (&'m [DataId], &'m [SubjectsId]) {
        let transfer = &self.register[unsourced.transfer];
        match &unsourced.missing {
            Missing::Data(data) => (std::slice::from_ref(data), &transfer.subjects),
            Missing::Subjects(group) => (&transfer.data, std::slice::from_ref(group)),
        }
    }

    /// What had to be assumed to be collected, and for which transfer.
    pub(super) fn all_assumed(&self) -> impl Iterator<Item = (TransferId, Entry)> {
        self.unsourced.iter().flat_map(|missing| {
            let entries = self.assumed(std::slice::from_ref(missing));
            entries.into_iter().map(|entry| (missing.transfer, entry))
        })
    }

    /// What has no source, as if every sender had collected it where it sits.
    pub(super) fn assumed(&self, unsourced: &[Unsourced]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for missing in unsourced {
            let transfer = &self.register[missing.transfer];
            let (data, subjects) = self.missing(missing);
            let mut cells = self.cells.named(data, subjects);
            if transfer.subjects.is_empty() {
                // With no subjects named it is one group, `unspecified`.
                let unspecified = |at: &usize| self.cells.cell(*at).subjects.is_none();
                let mut one = self.cells.none();
                cells.ones().filter(unspecified).for_each(|at| one.insert(at));
                cells = one;
            }
            let first = self.pairs.partition_point(|pair| pair.transfer < missing.transfer);
            let legs = self.pairs[first..].iter().take_while(|pair| pair.transfer == missing.transfer);
            let mut senders: Vec<(PartyId, bool)> = legs.map(|leg| (leg.from, leg.roles.from_processor())).collect();
            senders.sort_unstable();
            senders.dedup();
            entries.extend(senders.into_iter().map(|(party, as_processor)| Entry {
                party,
                as_processor,
                cells: cells.clone(),
                reached_by: Vec::new(),
                held: true,
            }));
        }
        entries
    }
}
