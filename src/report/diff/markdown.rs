//! A diff as Markdown, for a comment on a pull request.

use std::fmt::Write as _;

use super::super::markdown::escaped;
use super::{Diff, Section};
use crate::prose::{count, visible};

/// The most bytes; a comment on GitHub takes 65,536 characters.
const MAX_BYTES: usize = 60_000;

/// Renders it.
#[must_use]
pub fn render(diff: &Diff) -> String {
    let mut out = format!("### {}\n\n", escaped(&visible(&diff.title())));
    let (records, verdicts) = (diff.records(), diff.verdicts());
    if verdicts.is_empty() {
        out.push_str("No verdict turned.\n\n");
    }
    let mut left = 0;
    for section in verdicts.iter().chain(&records) {
        left += told(section, &mut out);
    }
    if records.is_empty() {
        out.push_str("No record came, went or changed.\n");
    }
    if left > 0 {
        let _ = writeln!(out, "{} left out of this comment; the JSON has them all.", count(left, "line"));
    }
    out
}

/// Adds a section; gives back how many lines did not fit.
fn told(section: &Section, out: &mut String) -> usize {
    let _ = writeln!(out, "#### {}\n", section.heading);
    let mut lines = section.lines.iter();
    for line in lines.by_ref() {
        let text = format!("- {}\n", item(line));
        if out.len() + text.len() > MAX_BYTES {
            return lines.count() + 1;
        }
        out.push_str(&text);
    }
    out.push('\n');
    0
}

/// A line as the text of a list item: a sign at its start is no bullet.
fn item(line: &str) -> String {
    let text = escaped(&visible(line));
    match text.split_once(' ') {
        Some(("+", rest)) => format!("**new** {rest}"),
        Some(("-", rest)) => format!("**gone** {rest}"),
        Some(("\\~", rest)) => format!("**changed** {rest}"),
        _ => text,
    }
}
