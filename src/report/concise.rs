//! The concise report: a line a finding, as editors and `grep` take it.

use std::fmt::Write as _;

use super::{Run, Style, place};
use crate::prose::visible;

/// Renders the report. Findings that were known are left out; the counts come last.
#[must_use]
pub fn render(run: &Run<'_>, style: Style) -> String {
    let mut out = String::new();
    for found in run.located.iter().filter(|found| !found.finding.known) {
        let finding = found.finding;
        let spot = place::of(run, found);
        let _ = write!(out, "{}", visible(&spot.path));
        if let Some(span) = spot.span {
            let _ = write!(out, ":{}:{}", span.start.line, span.start.column);
        }
        let level = if finding.waived_by.is_some() { "waived" } else { finding.level.as_str() };
        let _ = write!(out, ": {level}[{}] {}", finding.card.rule, visible(&finding.message));
        if let Some(regime) = &finding.regime {
            let _ = write!(out, " ({regime})");
        }
        out.push('\n');
    }
    if !style.quiet {
        let _ = writeln!(out, "{}", run.headline());
    }
    out
}
