//! Reports: each format is a view of the same run, one file a format.
//!
//! A report knows findings and verdicts, never files or the clock. Each format escapes for itself:
//! whatever a register says must come out as text, in a terminal, a log or a parser.

mod excerpt;
pub mod json;
pub mod law;
mod mending;
pub mod schema;
mod since;
pub mod text;

pub use mending::phrase as act;

use jiff::civil::Date;

use crate::change::Since;
use crate::finding::{Docket, Level};
use crate::flow::Assessment;
use crate::mend::Mends;
use crate::prose;
use crate::register::Register;
use crate::source::Sources;

/// Who chose the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOfSource {
    /// `--as-of`
    Option,
    /// `as-of` in `register.toml`
    Register,
    /// The clock.
    Today,
}

impl AsOfSource {
    /// The word of the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Register => "register",
            Self::Today => "today",
        }
    }
}

/// A run: what every report is a view of.
#[derive(Debug)]
pub struct Run<'a> {
    /// The day it judged.
    pub as_of: Date,
    /// Who chose it.
    pub as_of_source: AsOfSource,
    /// The files.
    pub sources: &'a Sources,
    /// The register, as far as it could be read.
    pub register: &'a Register,
    /// The assessment; none if the register is unusable.
    pub assessment: Option<&'a Assessment<'a>>,
    /// What was found.
    pub docket: &'a Docket,
    /// What would clear the most violations; nothing where there is none.
    pub mends: &'a Mends,
    /// How it differs from an earlier one, if it is held against one.
    pub since: Option<&'a Since>,
}

impl Run<'_> {
    /// How many findings fail the check.
    #[must_use]
    pub fn denied(&self) -> usize {
        self.docket.count(Level::Deny)
    }

    /// How many findings are warnings.
    #[must_use]
    pub fn warned(&self) -> usize {
        self.docket.count(Level::Warn)
    }

    /// How a waiver is told: its id, its last day and why, as a phrase.
    #[must_use]
    pub fn waived(&self, id: &str) -> String {
        let found = self.register.waivers.iter().find(|waiver| self.register.name(waiver.id) == id);
        found.map_or_else(
            || format!("waived by {}", prose::quote(id)),
            |waiver| format!("waived by {} until {}: {}", prose::quote(id), waiver.until, waiver.reason),
        )
    }

    /// How many pairs are active on the day.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.assessment.map_or(0, |assessment| assessment.flow.active_pairs().count())
    }
}
