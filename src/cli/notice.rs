//! `onward notice`: the recipients and transfers sections of a privacy notice, out of the register.

use std::fmt::Write as _;
use std::path::PathBuf;

use jiff::civil::Date;

use super::check::{self, Question};
use super::output::{Output, Status, say};
use super::{day, register_folder};
use crate::prose::{count, list, quote, quoted, visible};
use crate::report::notice::Notice;
use crate::report::{Style, text};
use crate::source::read_text_up_to;

/// The most bytes of a published text.
const MAX_BYTES: u64 = 16 << 20;
/// The most pairs that a message names.
const MAX_LISTED: usize = 10;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward notice > recipients.md          the two sections, as Markdown
  onward notice --check privacy.md       what the published text lacks, and what is not so any more

Between the first line of the output and the last, a published text is compared line by line; without
these two lines in it, it is only asked whether it has everything.

Exit status: 0 the text is the register's; 1 it is not, or a transfer has no ground that could be told;
2 no verdict.")]
pub(super) struct Args {
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Say where this published text has drifted from the register.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let folder = register_folder(args.register.as_deref());
    let published = match args.check.as_ref().map(|path| (path, read_text_up_to(path, MAX_BYTES))) {
        None => None,
        Some((path, Ok(text))) => Some((path, text)),
        Some((path, Err(why))) => {
            say(&format!("error: {} {}", quote(&path.to_string_lossy()), why.reason()));
            return Status::NoVerdict;
        }
    };
    check::judge(&Question::plain(&folder, args.as_of, today), |run| {
        let Some(assessment) = run.assessment else {
            output.product(&text::render(run, Style { coloured: output.styled(), quiet: false }));
            return Status::NoVerdict;
        };
        let notice = Notice::of(assessment);
        let mut status = Status::Clean;
        if !notice.without_ground.is_empty() {
            status = Status::Denied;
            say(&without_ground(&notice.without_ground));
        }
        match &published {
            None => output.product(&notice.text),
            Some((path, text)) => {
                let drift = notice.drift(text);
                if !drift.is_none() {
                    status = Status::Denied;
                }
                output.product(&told(&quote(&path.to_string_lossy()), &drift));
            }
        }
        output.end(status)
    })
}

fn without_ground(pairs: &[String]) -> String {
    let mut named = quoted(&pairs[..pairs.len().min(MAX_LISTED)]);
    if pairs.len() > MAX_LISTED {
        named.push(format!("{} more", pairs.len() - MAX_LISTED));
    }
    let transfers = count(pairs.len(), "transfer");
    format!(
        "warning: {transfers} to other countries cannot be told, because nothing that the law accepts carries the data: {}",
        list(&named)
    )
}

fn told(name: &str, drift: &crate::report::notice::Drift) -> String {
    let mut told = String::new();
    if drift.is_none() {
        told = format!("{name} says what the register says\n");
    }
    for (heading, lines) in [("lacks", &drift.lacks), ("says, and the register does not", &drift.stale)] {
        if !lines.is_empty() {
            let _ = writeln!(told, "{name} {heading}:");
            for line in lines {
                let _ = writeln!(told, "  {}", visible(line));
            }
        }
    }
    if !drift.is_marked {
        told.push_str(
            "it does not mark which part of it is the register's, so nothing in it can be called out of date\n",
        );
    }
    told
}
