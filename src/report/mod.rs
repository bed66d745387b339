//! Reports: each format is a view of the same run, one file a format.
//!
//! A report knows findings and verdicts, never files or the clock. Each format escapes for itself:
//! whatever a register says must come out as text, in a terminal, a log or a parser.

pub mod calendar;
mod causes;
pub mod concise;
pub mod csv;
pub mod diff;
mod excerpt;
pub mod github;
pub mod gitlab;
mod harmless;
pub mod json;
pub mod junit;
pub mod law;
pub mod markdown;
mod mending;
pub mod notice;
mod place;
pub mod sarif;
pub mod schema;
mod since;
pub mod text;
pub mod trace;

pub use mending::{crowded, phrase as act};

use jiff::civil::Date;

use crate::change::Since;
use crate::finding::{Docket, Level, Located};
use crate::flow::Assessment;
use crate::mend::Sought;
use crate::prose;
use crate::register::{Register, Waiver};
use crate::source::{FileId, Sources};

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

/// How a report for people is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// With colours, as escape codes.
    pub coloured: bool,
    /// Findings and nothing else: no summary, no acts, no reasons why rules matter.
    pub quiet: bool,
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
    /// Where the register lies in its repository, with `/` at the end; empty where it is the top.
    pub prefix: &'a str,
    /// The register, as far as it could be read.
    pub register: &'a Register,
    /// The assessment; none if the register is unusable.
    pub assessment: Option<&'a Assessment<'a>>,
    /// What was found.
    pub docket: &'a Docket,
    /// The same with their places, in reading order: every report names these.
    pub located: &'a [Located<'a>],
    /// What would clear the most violations; nothing where there is none.
    pub mends: &'a Sought<'a>,
    /// How it differs from an earlier one, if it is held against one.
    pub since: Option<&'a Since>,
}

impl Run<'_> {
    /// The path of a file from the top of the repository, for those who show findings beside code.
    #[must_use]
    pub fn path(&self, file: FileId) -> String {
        format!("{}{}", self.prefix, self.sources.path(file))
    }

    /// Who says what with what result, in a line.
    #[must_use]
    pub fn headline(&self) -> String {
        let name = prose::visible(&self.register.settings.organisation);
        if self.assessment.is_none() {
            let broken = self.docket.problems();
            return format!("no verdict: the register has {}", prose::count(broken, "problem"));
        }
        let warned = prose::count(self.warned(), "warning");
        let known = match self.since {
            Some(since) if since.known > 0 => format!(", {} known", since.known),
            _ => String::new(),
        };
        let counts = format!("{} denied, {warned}, {} waived{known}", self.denied(), self.docket.waived());
        format!("{name}, as of {}: {counts}", self.as_of)
    }

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

    /// A waiver by its id.
    #[must_use]
    pub fn waiver(&self, id: &str) -> Option<&Waiver> {
        self.register.waivers.iter().find(|waiver| self.register.name(waiver.id) == id)
    }

    /// How a waiver is told: its id, its last day and why, as a phrase.
    #[must_use]
    pub fn waived(&self, id: &str) -> String {
        self.waiver(id).map_or_else(
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
