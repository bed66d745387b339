//! `onward trace`: who holds a category of data, by which way, on which ground.

use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use super::output::{Output, Status, say};
use super::{clock, day, register_folder};
use crate::finding::Docket;
use crate::flow::Assessment;
use crate::prose::{count, nearest, quote};
use crate::register::{self, DataId};
use crate::report::trace::{Traced, csv, json, tree};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward trace contact-details                       who holds it, as a tree
  onward trace contact-details --format csv > to-tell.csv
                                                     a row for everyone who has to be told
  onward trace contact-details --as-of 2015-10-06    … under the law of another day

Parts of the category count as well. A person who asks for access or erasure, and a leak, both need this list.")]
pub(super) struct Args {
    /// The id of the category.
    data: String,
    /// The folder that holds `register.toml` [default: the nearest one upward, else ./register].
    register: Option<PathBuf>,
    /// Judge under the law of this day [default: the register's `as-of`, else today, UTC].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Tree)]
    format: Format,
}

/// The formats of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Tree,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

pub(super) fn run(args: &Args, today: Date, output: &mut Output) -> Status {
    let folder = register_folder(args.register.as_deref());
    let mut opened = register::open(&folder);
    let docket = Docket::of(std::mem::take(&mut opened.problems));
    if docket.is_unusable() {
        let broken = docket.problems();
        let name = quote(&folder.to_string_lossy());
        say(&format!("error: {name} has {}\nhelp: `onward check` says what they are", count(broken, "problem")));
        return Status::NoVerdict;
    }
    let register = &opened.register;
    let id = |at: usize| register.name(register[DataId::at(at)].id);
    let Some(at) = (0..register.data.len()).find(|at| id(*at) == args.data) else {
        let near = nearest(&args.data, (0..register.data.len()).map(id));
        let help = near
            .map_or_else(|| "name the id of a `[[data]]` record".to_owned(), |near| format!("did you mean `{near}`?"));
        say(&format!("error: the register has no data {}\nhelp: {help}", quote(&args.data)));
        return Status::NoVerdict;
    };
    let (as_of, _) = clock::choose(args.as_of, register.settings.as_of, today);
    let traced = Traced::of(&Assessment::of(register, &opened.law, as_of), DataId::at(at));
    output.product(&match args.format {
        Format::Tree => tree::render(&traced),
        Format::Csv => csv::render(&traced),
        Format::Json => json::render(&traced),
    });
    output.end(Status::Clean)
}
