//! Annotations of a GitHub workflow: commands that the runner reads from the log.
//!
//! The runner shows ten errors, ten warnings and ten notices of a step and drops the rest, so no
//! more are written, and what is left out is counted in a last line that is no command.

use std::fmt::Write as _;

use super::causes::by_cause;
use super::{Run, place};
use crate::finding::{Level, Located};
use crate::prose::{count, visible};

/// The most annotations of a kind that a runner shows for a step.
const MAX_SHOWN: usize = 10;

/// Renders the annotations. Findings that were known are left out.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut out = String::new();
    if let Some(since) = run.since {
        for sentence in since.judge.iter().take(MAX_SHOWN) {
            let _ =
                writeln!(out, "::notice title=what judges this register has changed too::{}", data(&visible(sentence)));
        }
    }
    let causes = by_cause(run.located);
    // Each root cause once, then those behind it: no room is left for the eleventh.
    let (first, rest): (Vec<_>, Vec<_>) =
        causes.iter().flat_map(|group| group.iter().enumerate()).partition(|(at, _)| *at == 0);
    let all = || first.iter().chain(&rest).map(|(_, found)| **found);
    let mut left = 0;
    for (command, wanted) in [("error", Some(Level::Deny)), ("warning", Some(Level::Warn)), ("notice", None)] {
        let is_wanted = |found: &&Located<'_>| match wanted {
            Some(level) => found.finding.is_live(level),
            None => found.finding.waived_by.is_some(),
        };
        all().filter(is_wanted).take(MAX_SHOWN).for_each(|found| annotation(run, found, command, &mut out));
        left += all().filter(is_wanted).count().saturating_sub(MAX_SHOWN);
    }
    let _ = writeln!(out, "{}", run.headline());
    if left > 0 {
        let _ =
            writeln!(out, "{} without an annotation: a runner shows {MAX_SHOWN} of each kind", count(left, "finding"));
    }
    out
}

fn annotation(run: &Run<'_>, found: &Located<'_>, command: &str, out: &mut String) {
    let finding = found.finding;
    let spot = place::of(run, found);
    let _ = write!(out, "::{command} file={}", property(&visible(&spot.path)));
    if let Some(span) = spot.span {
        let _ = write!(out, ",line={},endLine={}", span.start.line, span.end.line);
        // A runner takes columns only where the place is one line.
        if span.start.line == span.end.line {
            let _ = write!(out, ",col={},endColumn={}", span.start.column, span.end.column);
        }
    }
    let mut lines = vec![visible(&finding.message)];
    lines.extend(finding.notes.iter().map(|note| visible(note)));
    lines.extend(finding.waived_by.iter().map(|id| visible(&run.waived(id))));
    if !finding.help.is_empty() {
        lines.push(format!("help: {}", visible(&finding.help)));
    }
    let _ = writeln!(out, ",title={}::{}", property(finding.card.rule), data(&lines.join("\n")));
}

/// A text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
