//! Where a finding is, as formats for CI ask for it: a path from the top of the repository, lines
//! and columns from 1.

use super::Run;
use crate::finding::{Located, LocatedLabel};
use crate::source::Span;

/// A place.
pub(super) struct Spot {
    /// The path from the top of the repository, with `/`.
    pub(super) path: String,
    /// Lines and columns; none for a finding about the register as a whole.
    pub(super) span: Option<Span>,
}

/// The place of a finding; one about the register as a whole is shown at its `register.toml`.
pub(super) fn of(run: &Run<'_>, located: &Located<'_>) -> Spot {
    match &located.at {
        Some(at) => at_label(run, at),
        None => Spot { path: format!("{}register.toml", run.prefix), span: None },
    }
}

/// A place that was found.
pub(super) fn at_label(run: &Run<'_>, at: &LocatedLabel) -> Spot {
    Spot { path: run.path(at.file), span: Some(at.span) }
}
