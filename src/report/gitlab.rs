//! The code quality report of GitLab: what a merge request shows beside its lines.
//!
//! GitLab itself compares the report of a branch with that of its target, so known findings are in it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::harmless::written;
use super::{Run, place};
use crate::finding::Level;
use crate::prose::visible;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Renders the report, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let issues: Vec<Issue> = run
        .located
        .iter()
        .map(|found| {
            let finding = found.finding;
            let spot = place::of(run, found);
            let (begin, end) = spot.span.map_or((1, 1), |span| (span.start.line, span.end.line));
            let file = found.at.as_ref().map_or("", |at| run.sources.path(at.file));
            let waived = finding.waived_by.as_ref().map(|id| format!(" ({})", visible(&run.waived(id))));
            Issue {
                description: format!("{}{}", visible(&finding.message), waived.unwrap_or_default()),
                check_name: finding.card.rule,
                fingerprint: unique(&mut seen, finding.fingerprint(file)),
                severity: match (&finding.waived_by, finding.level) {
                    (Some(_), _) => "info",
                    (None, Level::Deny) => "critical",
                    (None, _) => "minor",
                },
                location: Location { path: spot.path, lines: Lines { begin, end } },
            }
        })
        .collect();
    written(&issues)
}

/// GitLab drops a second issue of one fingerprint: it gets a number.
fn unique(seen: &mut BTreeMap<String, usize>, fingerprint: String) -> String {
    let before = seen.entry(fingerprint.clone()).or_default();
    *before += 1;
    if *before == 1 { fingerprint } else { format!("{fingerprint}-{before}") }
}
