//! The command line: definitions here, one file per command.
//!
//! Doc comments of the definitions are the help. Only this folder prints, and only `main` exits.

mod build;
mod check;
mod clock;
mod diff;
mod explain;
mod formats;
mod init;
mod law;
mod notice;
mod output;
mod overrides;
mod progress;
mod schema;
mod serve;
mod shell;
mod since;
mod trace;
mod waive;

pub use output::Status;

use std::ffi::OsString;
use std::panic::{self, UnwindSafe};
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use output::Output;

/// Checks that every place an organisation's personal data goes has a safeguard that the law of that day accepts.
#[derive(Debug, Parser)]
#[command(name = "onward", version, arg_required_else_help = true, max_term_width = 100, after_help = EXIT_STATUS)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours.
    #[arg(long, global = true, display_order = 100, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    color: Colour,
}

const EXIT_STATUS: &str = "\
Exit status: 0 nothing denied; 1 at least one denied finding; 2 no verdict (the command line, the
register, a limit, or output that could not be written); 70 a bug in onward.";

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge a register and write its site.
    Build(build::Args),
    /// Judge a register.
    Check(check::Args),
    /// The completions of a shell.
    Completions(shell::Completions),
    /// What changed between two revisions of a register, or two days: records and verdicts.
    Diff(diff::Args),
    /// What a rule means, why it matters, an example, and how to mend it.
    Explain(explain::Args),
    /// Start a register: small, commented, clean.
    Init(init::Args),
    /// The law book: regimes, decisions and instruments on a date.
    Law(law::Args),
    /// The manual page, of onward or of one of its commands.
    Man(shell::Man),
    /// The recipients and transfers sections of a privacy notice, out of the register.
    Notice(notice::Args),
    /// The JSON Schema of register files, for editors.
    Schema(schema::Args),
    /// The site on this machine, built anew when a file changes.
    Serve(serve::Args),
    /// Who holds a category of data, by which way, on which ground, and whom to tell.
    Trace(trace::Args),
    /// Accept a finding for a time: write the waiver into the register.
    Waive(waive::Args),
}

/// Runs the program with arguments, the clock already read.
pub fn run(arguments: impl IntoIterator<Item = OsString>, today: Date) -> Status {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; everything else is a command line that cannot be used.
            let status = if error.use_stderr() { Status::NoVerdict } else { Status::Clean };
            let text = error.render().to_string();
            // What was typed comes back in the message, and must not speak to a CI runner there.
            if text.lines().any(|line| line.trim_start().starts_with("::") || line.contains("##[")) {
                output::say(&text.lines().map(crate::prose::visible).collect::<Vec<_>>().join("\n"));
                return Status::NoVerdict;
            }
            return if error.print().is_ok() { status } else { Status::NoVerdict };
        }
    };
    let mut output = Output::new(cli.color);
    match cli.command {
        Command::Build(args) => build::run(&args, today, &mut output),
        Command::Check(args) => check::run(&args, today, &mut output),
        Command::Completions(args) => shell::completions(&args, &mut output),
        Command::Diff(args) => diff::run(&args, today, &mut output),
        Command::Explain(args) => explain::run(&args, &mut output),
        Command::Init(args) => init::run(&args, &mut output),
        Command::Law(args) => law::run(&args, today, &mut output),
        Command::Man(args) => shell::man(&args, &mut output),
        Command::Notice(args) => notice::run(&args, today, &mut output),
        Command::Schema(args) => schema::run(&args, &mut output),
        Command::Serve(args) => serve::run(&args, today, &mut output),
        Command::Trace(args) => trace::run(&args, today, &mut output),
        Command::Waive(args) => waive::run(&args, today, &mut output),
    }
}

/// The register to work on: the one named, else the nearest folder upward that holds
/// `register.toml`, else `./register`.
fn register_folder(named: Option<&Path>) -> PathBuf {
    if let Some(named) = named {
        return named.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let nearest = here.ancestors().find(|folder| folder.join("register.toml").is_file());
    nearest.map_or_else(|| PathBuf::from("register"), Path::to_owned)
}

/// Where a register lies in its repository, with `/` at the end: what formats for CI write before
/// its paths. Without a repository it is where the register lies below the current folder.
fn prefix(folder: &Path) -> String {
    let below = || {
        let folder = folder.canonicalize().ok()?;
        let top = folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned);
        let top = top.or_else(|| std::env::current_dir().ok()?.canonicalize().ok())?;
        Some(folder.strip_prefix(top).ok()?.to_string_lossy().replace('\\', "/"))
    };
    below().filter(|below| !below.is_empty()).map(|below| below + "/").unwrap_or_default()
}

/// A calendar day of the command line: `2024-05-31` and nothing else.
fn day(text: &str) -> Result<Date, String> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    let date: Option<Date> = if shaped { text.parse().ok() } else { None };
    date.filter(|date| date.year() >= 1900)
        .ok_or_else(|| "write a day from 1900 on that exists, such as 2024-05-31".to_owned())
}

/// Runs a program to its end, and says how it ended as a process does: 0 where nothing is denied, 1 where something
/// is, 2 without a verdict. A panic is a bug of onward: it is said in one line, and the end is 70.
pub fn ended(run: impl FnOnce() -> Status + UnwindSafe) -> u8 {
    match panic::catch_unwind(run) {
        Ok(Status::Clean) => 0,
        Ok(Status::Denied) => 1,
        Ok(Status::NoVerdict) => 2,
        Err(_) => {
            let version = env!("CARGO_PKG_VERSION");
            output::say(&format!(
                "error: onward {version} has met a bug of its own and gives no verdict; please report what you ran and on which register"
            ));
            70
        }
    }
}
