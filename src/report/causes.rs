//! Findings in groups of one root cause: one thing to mend, told once.

use std::collections::BTreeMap;

use crate::finding::{Level, Located};

/// Findings with one root cause, the first of them first.
pub(super) type CauseGroup<'l> = Vec<&'l Located<'l>>;

/// Groups of findings: denied ones first, then warnings, then waived ones.
pub(super) fn by_cause<'l>(located: &'l [Located<'l>]) -> Vec<CauseGroup<'l>> {
    let mut groups: Vec<CauseGroup<'l>> = Vec::new();
    let mut of_cause: BTreeMap<(bool, Level, &str), usize> = BTreeMap::new();
    for found in located {
        let finding = found.finding;
        let is_waived = finding.waived_by.is_some();
        let Some(cause) = &finding.cause else {
            groups.push(vec![found]);
            continue;
        };
        let at = *of_cause.entry((is_waived, finding.level, &cause.key)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(found);
    }
    for group in &mut groups {
        // The leg where the trouble began stands for those behind it.
        group.sort_by_key(|found| found.finding.card.rule == crate::flow::UNSAFEGUARDED_ONWARD);
    }
    groups.sort_by_key(|group| group.first().map(|found| (found.finding.waived_by.is_some(), found.finding.level)));
    groups
}
