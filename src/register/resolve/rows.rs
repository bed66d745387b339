//! The records of all files, by kind, where they were read.

use crate::register::catalogue::RawEntry;
use crate::register::collection::RawCollection;
use crate::register::file::RawFile;
use crate::register::jurisdiction::RawJurisdiction;
use crate::register::party::RawParty;
use crate::register::safeguard::RawSafeguard;
use crate::register::statement::RawStatement;
use crate::register::transfer::RawTransfer;
use crate::register::waiver::RawWaiver;

/// A record as written, and the thread whose names it uses.
pub(super) struct Row<T> {
    pub reader: usize,
    pub raw: T,
}

/// The records of a kind, file by file in path order. They are many and large, so each stays where it was
/// read until its turn comes.
pub(super) struct Rows<T> {
    /// Of each file that has any: the thread that read it, and what is left of its records.
    files: Vec<(usize, Vec<Option<T>>)>,
    /// For each record the file, and which of its records it is.
    places: Vec<(u32, u32)>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { files: Vec::new(), places: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Every record and its thread, by position.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.files.iter().flat_map(|(reader, rows)| rows.iter().flatten().map(|raw| (*reader, raw)))
    }

    /// Takes the record at a position: there is one, once.
    pub(super) fn take(&mut self, position: usize) -> Option<Row<T>> {
        let (file, at) = self.places.get(position)?;
        let (reader, rows) = &mut self.files[*file as usize];
        let raw = rows[*at as usize].take()?;
        Some(Row { reader: *reader, raw })
    }

    fn add(&mut self, records: Vec<T>, reader: usize) {
        if records.is_empty() {
            return;
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let file = number(self.files.len());
        self.places.extend((0..number(records.len())).map(|at| (file, at)));
        self.files.push((reader, records.into_iter().map(Some).collect()));
    }
}

/// The records of all files.
#[derive(Default)]
pub(super) struct Records {
    pub parties: Rows<RawParty>,
    pub data: Rows<RawEntry>,
    pub subjects: Rows<RawEntry>,
    pub purposes: Rows<RawEntry>,
    pub collections: Rows<RawCollection>,
    pub transfers: Rows<RawTransfer>,
    pub safeguards: Rows<RawSafeguard>,
    pub jurisdictions: Rows<RawJurisdiction>,
    pub statements: Rows<RawStatement>,
    pub waivers: Rows<RawWaiver>,
}

impl Records {
    /// Adds the records of a file.
    pub(super) fn add(&mut self, file: Box<RawFile>, reader: usize) {
        self.parties.add(file.parties, reader);
        self.data.add(file.data, reader);
        self.subjects.add(file.subjects, reader);
        self.purposes.add(file.purposes, reader);
        self.collections.add(file.collections, reader);
        self.transfers.add(file.transfers, reader);
        self.safeguards.add(file.safeguards, reader);
        self.jurisdictions.add(file.jurisdictions, reader);
        self.statements.add(file.statements, reader);
        self.waivers.add(file.waivers, reader);
    }
}
