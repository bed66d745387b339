//! What can flow: cells of a category of data and a group of people, as positions of bit sets.
//!
//! Only combinations that somebody collects (or that must be assumed to be collected) exist, so
//! the sets stay small however many categories and groups a register has.

use std::collections::BTreeSet;

use super::cell_set::CellSet;
use crate::register::{DataId, Entry, Register, SubjectsId};

/// A category of data about a group of people; no group is named where nobody says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The category.
    pub data: DataId,
    /// The group.
    pub subjects: Option<SubjectsId>,
}

/// All cells of a register on a day.
#[derive(Debug, Default)]
pub struct Cells {
    list: Vec<Cell>,
    /// Per category: its cells and those of its parts.
    by_data: Vec<CellSet>,
    /// Per group: its cells and those of its parts.
    by_subjects: Vec<CellSet>,
    /// Cells about employees.
    hr: CellSet,
    /// Every cell.
    all: CellSet,
}

impl Cells {
    /// Numbers cells.
    pub(super) fn of(register: &Register, cells: BTreeSet<Cell>) -> Self {
        let cells: Vec<Cell> = cells.into_iter().collect();
        let empty = CellSet::none(cells.len());
        let mut own_data = vec![empty.clone(); register.data.len()];
        let mut own_subjects = vec![empty.clone(); register.subjects.len()];
        let mut hr = empty.clone();
        for (at, cell) in cells.iter().enumerate() {
            own_data[cell.data.index()].insert(at);
            if let Some(subjects) = cell.subjects {
                own_subjects[subjects.index()].insert(at);
                if register[subjects].facts.hr == Some(true) {
                    hr.insert(at);
                }
            }
        }
        let by_data = with_parts(&register.data, &own_data, &empty);
        let by_subjects = with_parts(&register.subjects, &own_subjects, &empty);
        let all = CellSet::first(cells.len());
        Self { list: cells, by_data, by_subjects, hr, all }
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing can flow.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The cell at a position.
    #[must_use]
    pub fn cell(&self, at: usize) -> Cell {
        self.list[at]
    }

    /// The position of a cell.
    #[must_use]
    pub fn position(&self, cell: Cell) -> Option<usize> {
        self.list.binary_search(&cell).ok()
    }

    /// No cell.
    pub(super) fn none(&self) -> CellSet {
        CellSet::none(self.len())
    }

    /// Every cell.
    pub(super) fn all(&self) -> CellSet {
        self.all.clone()
    }

    /// The cells that lists of categories and groups name; no groups: all groups.
    pub(super) fn named(&self, data: &[DataId], subjects: &[SubjectsId]) -> CellSet {
        let mut named = self.none();
        for category in data {
            named.union_with(&self.by_data[category.index()]);
        }
        self.narrow(&mut named, subjects);
        named
    }

    /// Like [`Self::named`], where an empty list of categories is no bound either.
    pub(super) fn within(&self, data: &[DataId], subjects: &[SubjectsId]) -> CellSet {
        let mut within = if data.is_empty() { self.all() } else { self.named(data, &[]) };
        self.narrow(&mut within, subjects);
        within
    }

    /// Leaves only the cells about some groups; no groups: all groups.
    fn narrow(&self, cells: &mut CellSet, subjects: &[SubjectsId]) {
        if subjects.is_empty() {
            return;
        }
        let mut groups = self.none();
        for group in subjects {
            groups.union_with(&self.by_subjects[group.index()]);
        }
        cells.intersect_with(&groups);
    }

    /// The cells about employees.
    pub(super) fn hr(&self) -> &CellSet {
        &self.hr
    }

    /// The cells whose category fits.
    pub(super) fn where_data(&self, fits: impl Fn(DataId) -> bool) -> CellSet {
        let mut found = self.none();
        for (at, _) in self.list.iter().enumerate().filter(|(_, cell)| fits(cell.data)) {
            found.insert(at);
        }
        found
    }

    /// The cells of a set, in order.
    pub(super) fn of_set<'s>(&'s self, set: &'s CellSet) -> impl Iterator<Item = Cell> + 's {
        set.ones().map(|at| self.list[at])
    }
}

fn with_parts(entries: &[Entry], own: &[CellSet], empty: &CellSet) -> Vec<CellSet> {
    let with_parts = |entry: &Entry| {
        let mut set = empty.clone();
        for part in &entry.parts {
            set.union_with(&own[*part as usize]);
        }
        set
    };
    entries.iter().map(with_parts).collect()
}

/// Every cell that lists of categories and groups name: all parts, personal data only.
pub(super) fn spelled_out(register: &Register, data: &[DataId], subjects: &[SubjectsId]) -> Vec<Cell> {
    let groups: BTreeSet<Option<SubjectsId>> = if subjects.is_empty() {
        BTreeSet::from([None])
    } else {
        let parts = subjects.iter().flat_map(|group| &register[*group].parts);
        parts.map(|part| Some(SubjectsId::at(*part as usize))).collect()
    };
    let categories: BTreeSet<DataId> =
        data.iter().flat_map(|data| &register[*data].parts).map(|part| DataId::at(*part as usize)).collect();
    let personal = categories.into_iter().filter(|data| register[*data].facts.personal != Some(false));
    personal.flat_map(|data| groups.iter().map(move |subjects| Cell { data, subjects: *subjects })).collect()
}
