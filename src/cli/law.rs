//! `onward law`: the law book on a date.

use jiff::civil::Date;

use super::day;
use super::output::{Output, Status, say};
use crate::finding::Problems;
use crate::law::{Codes, Law, RawLaw, book, resolve};
use crate::prose;
use crate::report::law;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward law                            what is in force today
  onward law --as-of 2015-10-05         what was in force on another day
  onward law US                         what lets data go to a place, from each law, and what did
  onward law --from 2015-01-01 --to 2016-12-31   what changed, when
  onward law eu-us-safe-harbor          one decision: when, for whom, why it ended
  onward law eu-scc-2021-914            one instrument, and which regimes accept it when")]
pub(super) struct Args {
    /// A place, a regime, a version of one, a decision, an instrument or an area [default: list what is in force].
    id: Option<String>,
    /// The law of this day [default: today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// List what changed from this day on, up to `--to`.
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["id", "as_of"])]
    from: Option<Date>,
    /// The last day of the list [default: today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day, requires = "from")]
    to: Option<Date>,
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let mut problems = Problems::default();
    let law = resolve(book().0, RawLaw::default(), Codes::default(), &mut problems);
    let as_of = args.as_of.unwrap_or(today);
    if let Some(from) = args.from {
        output.product(&law::changes(&law, from, args.to.unwrap_or(today)));
        return output.end(Status::Clean);
    }
    let Some(id) = &args.id else {
        output.product(&law::overview(&law, as_of));
        return output.end(Status::Clean);
    };
    if let Ok(code) = law.codes.check(id) {
        output.product(&law::place(&law, code, as_of));
        return output.end(Status::Clean);
    }
    if let Some(text) = law::entry(&law, id, as_of) {
        output.product(&text);
        return output.end(Status::Clean);
    }
    let near = prose::nearest(id, ids(&law));
    let help =
        near.map_or_else(|| "`onward law` lists what is in force".to_owned(), |near| format!("did you mean `{near}`?"));
    say(&format!("error: the law book has no {}\nhelp: {help}", prose::quote(id)));
    Status::NoVerdict
}

fn ids(law: &Law) -> impl Iterator<Item = &str> {
    let versions = law.regimes.iter().flat_map(|regime| &regime.versions).map(|version| &*version.id);
    let regimes = law.regimes.iter().map(|regime| &*regime.id);
    let decisions = law.decisions.iter().map(|decision| &*decision.id);
    let instruments = law.instruments.iter().map(|instrument| &*instrument.id);
    let areas = law.areas.iter().map(|area| &*area.id);
    versions.chain(regimes).chain(decisions).chain(instruments).chain(areas)
}
