//! What of a transfer lies beyond the scope of a safeguard, in words.

use std::collections::BTreeSet;

use super::cell_set::CellSet;
use super::holds::Exam;
use super::verdict::{Reason, ReasonKind};
use super::{Flow, Pair};
use crate::law::InstrumentKind;
use crate::prose;

impl<'a> Flow<'a> {
    /// Why a safeguard does not reach all of some atoms, for every purpose.
    pub(super) fn limits(&self, pair: &Pair, exam: &Exam<'_>, cells: &CellSet) -> Option<Reason<'a>> {
        let (kind, detail) = if !exam.reaches_all(cells, &exam.scope) {
            (ReasonKind::ScopeExceeded, self.beyond(pair, exam, cells))
        } else if !cells.is_subset(&exam.cells) {
            let detail = "its text is about returning data to who gave it, and this leg returns none";
            (ReasonKind::WrongModule, detail.to_owned())
        } else {
            return None;
        };
        let (safeguard, instrument) = (Some(exam.safeguard), Some(exam.instrument));
        Some(Reason { safeguard, instrument, decision: None, kind, since: None, detail: Some(detail), citation: None })
    }

    /// What of a transfer lies beyond the scope of a safeguard, in words.
    fn beyond(&self, pair: &Pair, exam: &Exam<'_>, cells: &CellSet) -> String {
        let name = |sym| prose::quote(self.register.name(sym));
        let without = |other: &CellSet| {
            let mut left = cells.clone();
            left.difference_with(other);
            left
        };
        let data_of = |cells: &CellSet| -> Vec<String> {
            self.cells.of_set(cells).map(|cell| name(self.register[cell.data].id)).collect()
        };
        let groups_of = |cells: &CellSet| -> Vec<String> {
            let groups = self.cells.of_set(cells).filter_map(|cell| cell.subjects);
            groups.map(|group| name(self.register[group].id)).collect()
        };
        let scope = &self.register[exam.safeguard].scope;
        let by_data = without(&self.cells.within(&scope.data, &[]));
        let by_group = without(&self.cells.within(&[], &scope.subjects));
        let mut words: BTreeSet<String> = data_of(&by_data).into_iter().chain(groups_of(&by_group)).collect();
        // What else is outside is so because of what it builds on, or because of whom a certificate is for.
        let mut other = without(&exam.scope);
        other.difference_with(&by_data);
        other.difference_with(&by_group);
        if self.law.law[exam.instrument].kind == InstrumentKind::Certification {
            words.extend(groups_of(&other));
        } else {
            words.extend(data_of(&other));
        }
        let mut inside = cells.clone();
        inside.intersect_with(&exam.scope);
        for (at, purpose) in self.purposes(pair).into_iter().enumerate() {
            let purpose = name(self.register[purpose].id);
            let mut left = inside.clone();
            match exam.reach(at, &inside).filter(|reached| !reached.is_clear() || inside.is_clear()) {
                // What it builds on covers some of the data for one purpose, and some for another.
                Some(reached) => {
                    left.difference_with(&reached);
                    words.extend(data_of(&left).into_iter().map(|data| format!("{data} for {purpose}")));
                }
                None => drop(words.insert(purpose)),
            }
        }
        let words: Vec<String> = words.into_iter().collect();
        format!("it does not cover {}", prose::list(&words))
    }
}
