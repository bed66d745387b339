//! Categories, groups and purposes, and what is part of what.

use std::collections::BTreeSet;

use toml::Table;

use super::book::{flag, list, tables, text};
use super::judge::Judge;

impl<'r> Judge<'r> {
    /// Entries and all that is part of them.
    pub fn parts(&self, kind: &str, named: &[&'r str]) -> BTreeSet<&'r str> {
        let mut all: BTreeSet<&str> = named.iter().copied().collect();
        loop {
            let wider = tables(self.register, kind).filter(|row| all.contains(text(row, "part-of")));
            let more: Vec<&str> = wider.map(|row| text(row, "id")).filter(|id| !all.contains(id)).collect();
            if more.is_empty() {
                return all;
            }
            all.extend(more);
        }
    }

    /// Categories of personal data and all their parts.
    pub fn personal(&self, named: &[&'r str]) -> BTreeSet<&'r str> {
        let mut data = self.parts("data", named);
        data.retain(|id| flag(self.entry("data", id), "personal", true));
        data
    }

    /// The record of a catalogue with an id.
    pub fn entry(&self, kind: &str, id: &str) -> &'r Table {
        tables(self.register, kind).find(|row| text(row, "id") == id).expect("an entry")
    }

    /// The labels of an entry and of all that it is part of.
    pub fn labels(&self, kind: &str, id: &str) -> BTreeSet<&'r str> {
        let row = self.entry(kind, id);
        let mut labels: BTreeSet<&str> = list(row, "tags").into_iter().collect();
        if row.contains_key("part-of") {
            labels.extend(self.labels(kind, text(row, "part-of")));
        }
        labels
    }

    /// Whether a group is one of employees, by itself or by what it is part of.
    pub fn is_hr(&self, group: Option<&str>) -> bool {
        let Some(row) = group.map(|group| self.entry("subjects", group)) else { return false };
        let wider = Some(text(row, "part-of")).filter(|wider| !wider.is_empty());
        if row.contains_key("hr") { flag(row, "hr", false) } else { self.is_hr(wider) }
    }
}
