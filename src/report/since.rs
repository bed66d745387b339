//! What a run says of an earlier judgement, as the reports show it: who changed the judge, what
//! was known, what was fixed.

use std::fmt::Write as _;

use serde::Serialize;

use super::Run;
use crate::change::Since;
use crate::prose::{count, visible};

/// The most fixed findings that the text names; the JSON report has them all.
const MAX_SHOWN: usize = 10;

/// What comes first, before any finding: what a reviewer would otherwise not see.
pub(super) fn first(run: &Run<'_>, out: &mut String) {
    let Some(since) = run.since else { return };
    if let Some(note) = &since.note {
        let _ = writeln!(out, "note: {}\n", visible(note));
    }
    if since.judge.is_empty() {
        return;
    }
    let _ =
        writeln!(out, "since {}, what judges this register has changed too; review this first:", visible(&since.name));
    for sentence in &since.judge {
        let _ = writeln!(out, "  {}", visible(sentence));
    }
    out.push('\n');
}

/// What was known and fixed, after the summary.
pub(super) fn lines(run: &Run<'_>, out: &mut String) {
    let Some(since) = run.since else { return };
    let new = run.denied() + run.warned();
    let known = if since.known == 0 { String::new() } else { " (known ones are not shown)".to_owned() };
    let _ = writeln!(
        out,
        "  since     {}: {new} new, {} known, {} fixed{known}",
        visible(&since.name),
        since.known,
        since.fixed.len()
    );
    if !since.fixed.is_empty() {
        let _ = writeln!(out, "fixed since {}:", visible(&since.name));
    }
    for fixed in since.fixed.iter().take(MAX_SHOWN) {
        let about = fixed.subject.as_deref().unwrap_or(&fixed.message);
        let _ = writeln!(out, "  {}  {}", visible(about), visible(&fixed.rule));
    }
    if let Some(more) = since.fixed.len().checked_sub(MAX_SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(out, "  and {}; `--format json` has them all", count(more, "more finding"));
    }
}

/// The same in the JSON report.
#[derive(Serialize)]
pub(super) struct SinceOut<'r> {
    base: &'r str,
    note: Option<&'r str>,
    judge: &'r [String],
    new: usize,
    known: usize,
    fixed: Vec<FixedOut<'r>>,
}

#[derive(Serialize)]
struct FixedOut<'r> {
    rule: &'r str,
    subject: Option<&'r str>,
    message: &'r str,
    fingerprint: &'r str,
}

impl<'r> SinceOut<'r> {
    /// What a run is held against.
    pub(super) fn of(run: &'r Run<'_>, since: &'r Since) -> Self {
        let fixed = since.fixed.iter().map(|fixed| FixedOut {
            rule: &fixed.rule,
            subject: fixed.subject.as_deref(),
            message: &fixed.message,
            fingerprint: &fixed.fingerprint,
        });
        Self {
            base: &since.name,
            note: since.note.as_deref(),
            judge: &since.judge,
            new: run.denied() + run.warned(),
            known: since.known,
            fixed: fixed.collect(),
        }
    }
}
