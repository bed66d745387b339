//! On which line each record stands: a file is read once more when somebody first asks about it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hashbrown::HashMap;

use crate::record::At;
use crate::register::Register;
use crate::source::{FileId, LineIndex, Search, Sources};

/// The lines of records.
pub(super) struct Lines<'a> {
    sources: &'a Sources,
    files: BTreeMap<FileId, InFile>,
}

/// The records of a file, and their lines once they are known.
#[derive(Default)]
struct InFile {
    records: Vec<At>,
    lines: OnceLock<HashMap<At, usize>>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(sources: &'a Sources, register: &Register) -> Self {
        let parties = register.parties.iter().map(|row| row.at);
        let entries = [&register.data, &register.subjects, &register.purposes].into_iter().flatten().map(|row| row.at);
        let records = parties
            .chain(entries)
            .chain(register.collections.iter().map(|row| row.at))
            .chain(register.transfers.iter().map(|row| row.at))
            .chain(register.safeguards.iter().map(|row| row.at))
            .chain(register.jurisdictions.iter().map(|row| row.at))
            .chain(register.statements.iter().map(|row| row.at))
            .chain(register.waivers.iter().map(|row| row.at));
        let mut files: BTreeMap<FileId, InFile> = BTreeMap::new();
        for at in records {
            files.entry(at.file).or_default().records.push(at);
        }
        Self { sources, files }
    }

    /// The line of a record; the first of its file, where that can be read no more.
    pub(super) fn of_record(&self, at: At) -> usize {
        let line = self.files.get(&at.file).and_then(|file| {
            let lines = file.lines.get_or_init(|| found(self.sources, at.file, &file.records));
            lines.get(&at).copied()
        });
        line.unwrap_or(1)
    }
}

fn found(sources: &Sources, file: FileId, records: &[At]) -> HashMap<At, usize> {
    let Ok(text) = sources.text(file) else { return HashMap::new() };
    let index = LineIndex::new(&text);
    let mut search = Search::of(&text);
    records.iter().map(|at| (*at, index.position(search.find(&at.place()).start).line)).collect()
}
