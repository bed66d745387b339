//! `onward check`: judge a register.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::formats::{Format, report};
use super::output::{Output, Status, say};
use super::overrides::{self, Overrides};
use super::progress::during;
use super::since::{self, Against};
use super::{clock, day, prefix, register_folder};
use crate::finding::{Docket, Whereabouts, locate, locate_again};
use crate::flow::Assessment;
use crate::mend::Sought;
use crate::prose;
use crate::register::{self, Opened};
use crate::report::{AsOfSource, Run, Style};
use crate::rules;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward check                              the nearest register, as of today or of its own `as-of`
  onward check register --as-of 2015-10-06  the same register under the law of another day
  onward check --format json                the report for programs
  onward check --report sarif=onward.sarif --report junit=onward.xml
                                            text on the screen, two reports in files
  onward check --base origin/main           deny only what is new since another git revision
  onward check --baseline report.json       deny only what is new since that report was written
  onward check --deny no-owner --horizon \"6 months\"
                                            stricter than the register asks for")]
pub(super) struct Args {
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    against: Against,
    #[command(flatten)]
    overrides: Overrides,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write a report to a file as well; can be given more than once.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = report)]
    report: Vec<(Format, PathBuf)>,
    /// Print findings and nothing else: no summary, no notes.
    #[arg(long, short)]
    quiet: bool,
    /// End with status 0 where findings are denied; where there is no verdict it stays 2.
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    if let Some(why) = args.overrides.contradiction() {
        say(&format!("error: {why}"));
        return Status::NoVerdict;
    }
    let folder = register_folder(args.register.as_deref());
    let style = Style { coloured: output.styled(), quiet: args.quiet };
    let question = Question {
        folder: &folder,
        asked: args.as_of,
        today,
        against: &args.against,
        overrides: &args.overrides,
        quiet: args.quiet,
        goes_on: false,
    };
    judge(&question, |run| {
        output.product(&during("Writing the report", || args.format.render(run, style)));
        for (format, path) in &args.report {
            if is_input(run, path) {
                say(&format!("error: {} is a file of the register", prose::quote(&path.to_string_lossy())));
                return Status::NoVerdict;
            }
            let plain = Style { coloured: false, ..style };
            output.file(path, &during("Writing the report", || format.render(run, plain)));
        }
        output.end(status(run, args.exit_zero, args.overrides.deny_warnings))
    })
}

/// What is to be judged, and how.
#[derive(Clone, Copy)]
pub(super) struct Question<'q> {
    /// The register's folder.
    pub(super) folder: &'q Path,
    /// The day that was asked for.
    pub(super) asked: Option<Date>,
    /// The day of the clock.
    pub(super) today: Date,
    /// What it is held against.
    pub(super) against: &'q Against,
    /// What the command line sets.
    pub(super) overrides: &'q Overrides,
    /// Whether notes are wanted beside the product.
    pub(super) quiet: bool,
    /// Whether the process goes on afterwards, and needs its memory back. One that ends gives all of it
    /// back at once: to do so finding by finding takes a tenth of a run.
    pub(super) goes_on: bool,
}

impl<'q> Question<'q> {
    /// A register by itself: held against nothing, with nothing set, and without notes.
    pub(super) fn plain(folder: &'q Path, asked: Option<Date>, today: Date) -> Self {
        Self {
            folder,
            asked,
            today,
            against: &since::NOTHING,
            overrides: &overrides::NONE,
            quiet: true,
            goes_on: false,
        }
    }

    /// Is done with something large.
    fn leave<T>(&self, done_with: T) {
        if !self.goes_on {
            std::mem::forget(done_with);
        }
    }
}

/// Reads and judges a register, and hands the run on.
pub(super) fn judge(question: &Question<'_>, then: impl FnMut(&Run<'_>) -> Status) -> Status {
    judge_on(question, &[], register::open, then)
}

/// What is remembered of a register that is judged again and again.
#[derive(Default)]
pub(super) struct Remembered {
    files: register::Memory,
    places: Whereabouts,
}

/// Reads and judges a register that was judged before: a file that says what it said is not parsed again.
pub(super) fn judge_again(
    question: &Question<'_>,
    remembered: &mut Remembered,
    mut then: impl FnMut(&Run<'_>) -> Status,
) -> Status {
    let (opened, day) = opened(question, |folder| register::open_again(folder, &mut remembered.files));
    judged(question, &opened, day, Some(&mut remembered.places), &mut then)
}

/// Reads a register once and judges it on the day that is asked for, then on further days; hands
/// on every run, and ends as the first does.
pub(super) fn judge_on(
    question: &Question<'_>,
    more: &[Date],
    open: impl FnOnce(&Path) -> Opened,
    mut then: impl FnMut(&Run<'_>) -> Status,
) -> Status {
    let (opened, day) = opened(question, open);
    let status = judged(question, &opened, day, None, &mut then);
    for day in more {
        judged(question, &opened, (*day, AsOfSource::Option), None, &mut then);
    }
    question.leave(opened);
    status
}

/// Reads a register, and chooses the day on which it is judged.
fn opened(question: &Question<'_>, open: impl FnOnce(&Path) -> Opened) -> (Opened, (Date, AsOfSource)) {
    let mut opened = during("Reading the register", || open(question.folder));
    question.overrides.apply(&mut opened.register.settings);
    let (as_of, source) = clock::choose(question.asked, opened.register.settings.as_of, question.today);
    if source == AsOfSource::Register && !question.quiet {
        say(&format!("note: time stands still in this register: it is judged as of {as_of}, its own `as-of`"));
    }
    (opened, (as_of, source))
}

/// Judges a register on a day.
fn judged(
    question: &Question<'_>,
    opened: &Opened,
    (as_of, as_of_source): (Date, AsOfSource),
    known: Option<&mut Whereabouts>,
    then: &mut impl FnMut(&Run<'_>) -> Status,
) -> Status {
    let mut docket = Docket::of(opened.problems.clone());
    let Opened { sources, register, law, .. } = opened;
    let assessment = during("Judging transfers", || {
        let assessment = (!docket.is_unusable()).then(|| Assessment::of(register, law, as_of))?;
        rules::run(&assessment, &mut docket);
        Some(assessment)
    });
    let mut since = None;
    if let Some(assessment) = &assessment {
        match since::hold(question, opened, &mut docket, assessment) {
            Ok(held) => since = held,
            Err(why) => {
                say(&format!("error: {why}"));
                return Status::NoVerdict;
            }
        }
    }
    let prefix = prefix(question.folder);
    let located = during("Finding the places of findings", || match known {
        Some(known) => locate_again(sources, docket.findings(), known),
        None => locate(sources, docket.findings()),
    });
    let mends = Sought::of(assessment.as_ref());
    let status = then(&Run {
        as_of,
        as_of_source,
        sources,
        prefix: &prefix,
        register,
        assessment: assessment.as_ref(),
        docket: &docket,
        located: &located,
        mends: &mends,
        since: since.as_ref(),
    });
    question.leave(mends);
    question.leave(located);
    question.leave((docket, assessment));
    status
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
