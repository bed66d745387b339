//! `onward diff`: two revisions of a register, or one on two days.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::civil::Date;

use super::output::{Output, Status, say};
use super::{clock, day, register_folder};
use crate::change::{Records, verdicts};
use crate::finding::Docket;
use crate::flow::Assessment;
use crate::prose::{count, quote};
use crate::register::{self, Opened};
use crate::report::diff::{Diff, Side, json, markdown, text};
use crate::source::{Revision, Tree};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A and B are git revisions, days or both: `main`, `@2015-10-06`, `main@2015-10-06`. A day without a
revision is the folder as it is, on that day. Without B, A is held against the folder as it is.
A revision is read as git has it stored: nothing is checked out, and nothing of it is run.

Examples:
  onward diff main                      what this branch changes, and which verdicts it turns
  onward diff v1.0 v2.0                 the same between two tags
  onward diff @2015-10-05 @2015-10-06   what the law changed overnight
  onward diff main --format markdown    for a comment on a pull request")]
pub(super) struct Args {
    /// The earlier one.
    #[arg(value_name = "A", value_parser = operand)]
    before: Operand,
    /// The later one [default: the folder as it is].
    #[arg(value_name = "B", value_parser = operand)]
    after: Option<Operand>,
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    #[arg(long, value_name = "DIR")]
    register: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The formats of a diff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// A comment on a pull request.
    Markdown,
    /// For programs.
    Json,
}

/// A register at a revision, on a day.
#[derive(Clone, Debug, Default)]
struct Operand {
    revision: Option<String>,
    day: Option<Date>,
}

fn operand(text: &str) -> Result<Operand, String> {
    let (revision, at) = match text.rsplit_once('@') {
        // `HEAD@{1}` and `a@b` are names that git knows.
        Some((revision, at)) if at.len() == 10 && at.as_bytes()[4] == b'-' => (revision, Some(day(at)?)),
        _ => (text, None),
    };
    if revision.is_empty() && at.is_none() {
        return Err("name a git revision, or a day such as @2015-10-06".to_owned());
    }
    Ok(Operand { revision: (!revision.is_empty()).then(|| revision.to_owned()), day: at })
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let folder = register_folder(args.register.as_deref());
    let sides = (Opening::of(&folder, &args.before), Opening::of(&folder, &args.after.clone().unwrap_or_default()));
    let (before, after) = match sides {
        (Ok(before), Ok(after)) => (before, after),
        (Err(why), _) | (_, Err(why)) => {
            say(&format!("error: {why}"));
            return Status::NoVerdict;
        }
    };
    let (was, is) =
        (before.judged(args.before.day, today), after.judged(args.after.as_ref().and_then(|of| of.day), today));
    let diff = Diff {
        organisation: after.opened.register.settings.organisation.to_string(),
        records: Records::of(&after.opened.sources).since(&Records::of(&before.opened.sources)),
        verdicts: verdicts(&was, &is),
        before: Side { as_of: was.day(), revision: before.revision.clone() },
        after: Side { as_of: is.day(), revision: after.revision.clone() },
    };
    output.product(&match args.format {
        Format::Text => text::render(&diff),
        Format::Markdown => markdown::render(&diff),
        Format::Json => json::render(&diff),
    });
    output.end(Status::Clean)
}

/// One of the two registers, read.
struct Opening {
    opened: Opened,
    revision: Option<(String, String)>,
}

impl Opening {
    /// Reads a register that can be judged.
    fn of(folder: &Path, operand: &Operand) -> Result<Self, String> {
        let (tree, revision) = match &operand.revision {
            None => (Tree::folder(folder), None),
            Some(name) => {
                let tree = Revision::read(folder, name)?
                    .ok_or_else(|| format!("{} does not have this register", quote(name)))?;
                let commit = tree.commit().get(..12).unwrap_or_default().to_owned();
                (Tree::Revision(tree), Some((name.clone(), commit)))
            }
        };
        let mut opened = register::open_tree(tree);
        let docket = Docket::of(std::mem::take(&mut opened.problems));
        if docket.is_unusable() {
            let broken = docket.problems();
            let name = operand.revision.as_ref().map_or_else(|| quote(&folder.to_string_lossy()), |name| quote(name));
            return Err(format!(
                "the register of {name} has {} and no verdict\nhelp: `onward check` says what they are",
                count(broken, "problem")
            ));
        }
        Ok(Self { opened, revision })
    }

    fn judged(&self, asked: Option<Date>, today: Date) -> Assessment<'_> {
        let (as_of, _) = clock::choose(asked, self.opened.register.settings.as_of, today);
        Assessment::of(&self.opened.register, &self.opened.law, as_of)
    }
}
