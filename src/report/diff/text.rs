//! A diff as text, for people at a terminal.

use std::fmt::Write as _;

use super::{Diff, Section};
use crate::prose::visible;

/// Renders it.
#[must_use]
pub fn render(diff: &Diff) -> String {
    let mut out = format!("{}\n", visible(&diff.title()));
    let (records, verdicts) = (diff.records(), diff.verdicts());
    if records.is_empty() {
        out.push_str("\nno record came, went or changed\n");
    }
    for section in &records {
        told(section, &mut out);
    }
    if verdicts.is_empty() {
        out.push_str("\nno verdict turned\n");
    }
    for section in &verdicts {
        told(section, &mut out);
    }
    out
}

fn told(section: &Section, out: &mut String) {
    let _ = writeln!(out, "\n{}", section.heading);
    for line in &section.lines {
        let _ = writeln!(out, "  {}", visible(line));
    }
}
