//! The program: parse, run, exit status.

use std::panic;
use std::process::ExitCode;

use onward::cli;

/// A check of a million transfers makes a hundred million small things: the allocator of the C library
/// spends a third of the run on them, and more of it the more there are.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // What a stranger's register made of a panic is not shown.
    panic::set_hook(Box::new(|_| {}));
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    ExitCode::from(cli::ended(|| cli::run(std::env::args_os(), today)))
}
