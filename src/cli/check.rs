//! `onward check`: judge a register.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use super::output::{Output, Status, say};
use super::since::{self, Against};
use super::{clock, day, register_folder};
use crate::finding::Docket;
use crate::flow::Assessment;
use crate::mend::Mends;
use crate::prose;
use crate::register::{self, Opened};
use crate::report::{AsOfSource, Run, json, text};
use crate::rules;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward check                              the nearest register, as of today or of its own `as-of`
  onward check register --as-of 2015-10-06  the same register under the law of another day
  onward check --format json                the report for programs
  onward check --report json=report.json    text on the screen, JSON in a file
  onward check --base origin/main           deny only what is new since another git revision
  onward check --baseline report.json       deny only what is new since that report was written")]
pub(super) struct Args {
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    against: Against,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write a report to a file as well; can be given more than once.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = report)]
    report: Vec<(Format, PathBuf)>,
    /// End with status 0 where findings are denied; where there is no verdict it stays 2.
    #[arg(long)]
    exit_zero: bool,
    /// Let warnings fail the check too.
    #[arg(long)]
    deny_warnings: bool,
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Diagnostics and a summary, for people.
    Text,
    /// The JSON report, version 1, for programs.
    Json,
}

fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("write FORMAT=PATH, such as json=report.json")?;
    let format = Format::from_str(format, false).map_err(|_| "the formats are `text` and `json`".to_owned())?;
    if path.is_empty() { Err("the path is missing".to_owned()) } else { Ok((format, path.into())) }
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let folder = register_folder(args.register.as_deref());
    let styled = output.styled();
    judge(&folder, args.as_of, today, &args.against, |judged| {
        let run = judged.run;
        output.product(&render(run, args.format, styled));
        for (format, path) in &args.report {
            if is_input(run, path) {
                say(&format!("error: {} is a file of the register", prose::quote(&path.to_string_lossy())));
                return Status::NoVerdict;
            }
            output.file(path, &render(run, *format, false));
        }
        output.end(status(run, args.exit_zero, args.deny_warnings))
    })
}

/// A register judged, for as long as its parts live.
pub(super) struct Judged<'r> {
    pub run: &'r Run<'r>,
}

/// Reads and judges a register, and hands the run on.
pub(super) fn judge(
    folder: &Path,
    asked: Option<Date>,
    today: Date,
    against: &Against,
    then: impl FnOnce(Judged<'_>) -> Status,
) -> Status {
    let mut opened = register::open(folder);
    let (as_of, as_of_source) = clock::choose(asked, opened.register.settings.as_of, today);
    let mut docket = Docket::default();
    docket.extend(std::mem::take(&mut opened.problems));
    let Opened { sources, register, law, .. } = &opened;
    let assessment = (!docket.is_unusable()).then(|| Assessment::of(register, law, as_of));
    if let Some(assessment) = &assessment {
        rules::run(assessment, &mut docket);
    }
    if as_of_source == AsOfSource::Register {
        say(&format!("note: time stands still in this register: it is judged as of {as_of}, its own `as-of`"));
    }
    let mut since = None;
    if let Some(assessment) = &assessment {
        match since::hold(against, folder, &opened, &mut docket, assessment) {
            Ok(held) => since = held,
            Err(why) => {
                say(&format!("error: {why}"));
                return Status::NoVerdict;
            }
        }
    }
    let mends = assessment.as_ref().map(Mends::of).unwrap_or_default();
    let assessment = assessment.as_ref();
    let (docket, mends, since) = (&docket, &mends, since.as_ref());
    let run = Run { as_of, as_of_source, sources, register, assessment, docket, mends, since };
    then(Judged { run: &run })
}

fn render(run: &Run<'_>, format: Format, styled: bool) -> String {
    match format {
        Format::Text => text::render(run, styled),
        Format::Json => json::render(run),
    }
}

/// Whether a report would overwrite what it reports on.
fn is_input(run: &Run<'_>, path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    let Ok(root) = run.sources.root().canonicalize() else { return false };
    let below = path.strip_prefix(&root).ok().map(|below| below.to_string_lossy().replace('\\', "/"));
    below.is_some_and(|below| run.sources.ids().any(|file| run.sources.path(file) == below))
}

/// How a run ends, once everything is written.
pub(super) fn status(run: &Run<'_>, exit_zero: bool, deny_warnings: bool) -> Status {
    if run.assessment.is_none() {
        Status::NoVerdict
    } else if exit_zero || (run.denied() == 0 && !(deny_warnings && run.warned() > 0)) {
        Status::Clean
    } else {
        Status::Denied
    }
}
