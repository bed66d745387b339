//! The formats of a report, as the command line names them.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::prose;
use crate::report::{Run, Style, concise, csv, github, gitlab, json, junit, markdown, sarif, text};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Diagnostics and a summary, for people.
    Text,
    /// A line a finding, for editors and `grep`.
    Concise,
    /// The JSON report, version 1, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for whatever shows test results.
    Junit,
    /// Annotations of a GitHub workflow.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// A comment on a pull request, or the summary of a workflow.
    Markdown,
    /// A row a finding, for spreadsheets.
    Csv,
}

impl Format {
    /// Renders a run.
    pub(super) fn render(self, run: &Run<'_>, style: Style) -> String {
        match self {
            Self::Text => text::render(run, style),
            Self::Concise => concise::render(run, style),
            Self::Json => json::render(run),
            Self::Sarif => sarif::render(run),
            Self::Junit => junit::render(run),
            Self::Github => github::render(run),
            Self::Gitlab => gitlab::render(run),
            Self::Markdown => markdown::render(run),
            Self::Csv => csv::render(run),
        }
    }
}

/// A report to write: `FORMAT=PATH`.
pub(super) fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("write FORMAT=PATH, such as json=report.json")?;
    let names: Vec<String> = Format::value_variants()
        .iter()
        .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
        .collect();
    let known = || format!("the formats are {}", prose::list(&prose::quoted(&names)));
    let format = Format::from_str(format, false).map_err(|_| known())?;
    if path.is_empty() { Err("the path is missing".to_owned()) } else { Ok((format, path.into())) }
}
