//! `onward build`: judge a register and write its site.

use std::path::PathBuf;

use jiff::civil::Date;

use super::check::{self, Question};
use super::output::{Output, Status, say};
use super::overrides::Overrides;
use super::progress::during;
use super::{day, register_folder};
use crate::prose;
use crate::register;
use crate::report::{Run, Style, text};
use crate::site::output::Written;
use crate::site::{self, Imprint, Look, Origin, Page};
use crate::source::Stamp;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward build                       the nearest register, into ./site
  onward build register --out public into another folder
  onward build --as-of 2015-10-06    the site under the law of another day
  onward build --as-of 2026-11-26 --as-of 2015-10-06
                                     both in one site: readers switch between the days
  onward build --templates look      with base.html or style.css of your own

The site needs no server: open site/index.html. report.json is written beside the pages.
The new site appears whole or not at all, and only what onward wrote is ever replaced or deleted.
Where nothing has changed since the last build, nothing is made.")]
pub(super) struct Args {
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// Where the site goes.
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC]; given more than
    /// once, the site has every one of these days, and the first decides how the run ends.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Vec<Date>,
    #[command(flatten)]
    overrides: Overrides,
    /// A folder with templates, stylesheet or script of your own, by the names of those in `site-templates`.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Write into a folder that holds other files too; they stay as they are.
    #[arg(long)]
    force: bool,
    /// End with status 0 where findings are denied; where there is no verdict it stays 2.
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    if let Some(why) = args.overrides.contradiction() {
        say(&format!("error: {why}"));
        return Status::NoVerdict;
    }
    let look = match args.templates.as_deref().map(Look::read).transpose() {
        Ok(look) => look.unwrap_or_default(),
        Err(why) => {
            say(&format!("error: {why}"));
            return Status::NoVerdict;
        }
    };
    let folder = register_folder(args.register.as_deref());
    if is_register(&folder, &args.out) {
        say(&format!("error: {} is the register, or holds it", prose::quote(&args.out.to_string_lossy())));
        return Status::NoVerdict;
    }
    let style = Style { coloured: output.styled(), quiet: false };
    let days = distinct(&args.as_of);
    let plain = Question::plain(&folder, days.first().copied(), today);
    let question = Question { overrides: &args.overrides, quiet: false, goes_on: days.len() > 1, ..plain };
    let mut site: Option<Site<'_>> = None;
    let status = check::judge_on(&question, days.get(1..).unwrap_or_default(), register::open_told, |run| {
        if site.is_some() {
            say(&format!("also {}", run.headline()));
        } else {
            output.product(&during("Writing the report", || text::render(run, style)));
        }
        site.get_or_insert_with(|| Site::of(run, &look, args, &days)).add(run, &look);
        check::status(run, args.exit_zero, args.overrides.deny_warnings)
    });
    let Some(site) = site.filter(|_| status != Status::NoVerdict) else {
        say("no site is written: the register has no verdict");
        return Status::NoVerdict;
    };
    match site.put() {
        Err(why) => {
            say(&format!("error: {why}"));
            return Status::NoVerdict;
        }
        Ok(written) => say(&format!(
            "site: {} in {} ({} written, {} removed); open {}",
            prose::count(written.files, "file"),
            prose::quote(&args.out.to_string_lossy()),
            written.changed,
            written.removed,
            prose::quote(&args.out.join("index.html").to_string_lossy()),
        )),
    }
    output.end(status)
}

/// A site in the making: the pages of one day after the other.
struct Site<'a> {
    args: &'a Args,
    imprint: Imprint,
    origin: Option<Origin>,
    made: Made,
}

/// What there is of a site.
enum Made {
    /// These pages.
    Pages(Vec<Page>),
    /// All of it, in its folder, since an earlier build: so many files.
    Before(usize),
    /// It cannot be made.
    Failed(String),
}

impl<'a> Site<'a> {
    /// The site of a run and of the further days, none of it made; or all, if it is there already.
    fn of(run: &Run<'_>, look: &Look, args: &'a Args, days: &[Date]) -> Self {
        let imprint = Imprint { days: days.to_vec(), stamp: Stamp::of(run.sources) };
        let (origin, made) = match Origin::of(run, look, &imprint) {
            Ok(origin) => {
                let there = origin.and_then(|origin| site::output::holds(&args.out, origin, args.force));
                (origin, there.map_or_else(|| Made::Pages(Vec::new()), Made::Before))
            }
            Err(why) => (None, Made::Failed(why)),
        };
        Self { args, imprint, origin, made }
    }

    /// Makes the pages of a day.
    fn add(&mut self, run: &Run<'_>, look: &Look) {
        let Made::Pages(pages) = &mut self.made else { return };
        match during("Rendering pages", || site::pages(run, look, &self.imprint)) {
            Ok(more) => pages.extend(more),
            Err(why) => self.made = Made::Failed(why),
        }
    }

    /// Puts it into its folder.
    fn put(self) -> Result<Written, String> {
        let Args { out, force, .. } = self.args;
        match self.made {
            Made::Failed(why) => Err(why),
            Made::Before(files) => Ok(Written { files, changed: 0, removed: 0 }),
            Made::Pages(pages) => during("Writing files", || site::output::write(out, &pages, self.origin, *force)),
        }
    }
}

/// The days, each once, the first of them first.
fn distinct(days: &[Date]) -> Vec<Date> {
    let mut distinct: Vec<Date> = Vec::new();
    for day in days {
        if !distinct.contains(day) {
            distinct.push(*day);
        }
    }
    distinct
}

/// Whether the site would take the place of the register, or of a folder around it.
fn is_register(register: &std::path::Path, out: &std::path::Path) -> bool {
    let Ok(out) = out.canonicalize() else { return false };
    register.canonicalize().is_ok_and(|register| register.starts_with(out))
}
