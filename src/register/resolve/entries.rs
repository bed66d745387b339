//! Data categories, subject groups and purposes: ids, and what is part of what.

use super::Resolver;
use super::names::IdTable;
use super::rows::{Row, Rows};
use crate::finding::Finding;
use crate::finding::integrity::{invalid_value, over_limit};
use crate::prose;
use crate::record::At;
use crate::register::catalogue::{Entry, Facts, RawEntry};

impl Resolver<'_> {
    /// Resolves the entries of a kind.
    pub(super) fn entries(&mut self, rows: Rows<RawEntry>, what: &str, table: &mut IdTable) -> Vec<Entry> {
        let rows = self.by_id(what, rows, table, |raw| (raw.id, raw.at, &raw.common));
        let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
        for (id, Row { reader, raw }) in rows {
            let wider = self.syms(reader, &raw.part_of);
            let part_of = self.refer_all(what, table, &wider, |index| raw.at.item("part-of", index), number);
            let common = self.common(reader, raw.common);
            let mut tags = common.remarks.tags.clone();
            tags.sort_unstable();
            let (at, name, facts) = (raw.at, raw.name, raw.facts);
            entries.push(Entry { id, at, name, part_of, parts: Vec::new(), facts, tags, common });
        }
        self.parts(what, &mut entries);
        entries
    }

    /// Follows `part-of` upwards from every entry: who is part of whom, and what parts inherit.
    fn parts(&mut self, what: &str, entries: &mut [Entry]) {
        let mut cycles: Vec<(At, String)> = Vec::new();
        let mut parts: Vec<Vec<u32>> = vec![Vec::new(); entries.len()];
        let mut inherited = Vec::with_capacity(entries.len());
        for at in 0..entries.len() {
            let (wider, is_cycle) = wider(entries, at);
            if is_cycle {
                cycles.push((entries[at].at, self.names.name(entries[at].id).to_owned()));
            }
            if wider.len() > MAX_WIDER {
                let message = format!("this is part of more than {MAX_WIDER} others");
                let finding = Finding::new(&over_limit::CARD, entries[at].at.key("part-of"), message);
                self.problems.push(finding.help("a few levels are enough"));
            }
            for ancestor in &wider {
                parts[*ancestor].push(number(at));
            }
            let mut facts = entries[at].facts.clone();
            let mut tags = entries[at].tags.clone();
            for ancestor in wider {
                inherit(&mut facts, &entries[ancestor].facts);
                tags.extend_from_slice(&entries[ancestor].tags);
            }
            tags.sort_unstable();
            tags.dedup();
            inherited.push((facts, tags));
        }
        for ((entry, parts), (facts, tags)) in entries.iter_mut().zip(parts).zip(inherited) {
            entry.parts = parts;
            entry.facts = facts;
            entry.tags = tags;
        }
        for (at, id) in cycles {
            let message = format!("the {what} {} is part of itself", prose::quote(&id));
            let finding = Finding::new(&invalid_value::CARD, at.key("part-of"), message);
            self.problems.push(finding.help("remove `part-of` from one of the records of the circle"));
        }
    }
}

/// The most entries that one may be part of, itself among them.
const MAX_WIDER: usize = 64;

/// An entry and everything that it is part of, nearest first; and whether that leads back to it.
fn wider(entries: &[Entry], start: usize) -> (Vec<usize>, bool) {
    let (mut seen, mut next, mut is_cycle) = (vec![start], 0, false);
    while let Some(at) = seen.get(next).copied() {
        next += 1;
        for wider in entries[at].part_of.iter().map(|wider| *wider as usize) {
            is_cycle |= wider == start;
            if seen.len() <= MAX_WIDER && !seen.contains(&wider) {
                seen.push(wider);
            }
        }
    }
    (seen, is_cycle)
}

/// A part is special, criminal, about employees or children where the wider entry is, unless its
/// own record says otherwise: leaving a word out must not take protection away. The legal basis of
/// a purpose is that of its parts, where they have none of their own.
fn inherit(own: &mut Facts, wider: &Facts) {
    own.special = own.special.or(wider.special);
    own.criminal = own.criminal.or(wider.criminal);
    own.hr = own.hr.or(wider.hr);
    own.children = own.children.or(wider.children);
    if own.legal_basis.is_none() {
        own.legal_basis.clone_from(&wider.legal_basis);
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
