//! The program: parse, run, exit status.

use std::panic;
use std::process::ExitCode;

use onward::cli::{self, Status};

/// A check of a million transfers makes a hundred million small things: the allocator of the C library
/// spends a third of the run on them, and more of it the more there are.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A panic is a bug of onward, said in one line; what a stranger's register made of it is not shown.
    panic::set_hook(Box::new(|_| {}));
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    let Ok(status) = panic::catch_unwind(|| cli::run(std::env::args_os(), today)) else {
        cli::own_bug();
        return ExitCode::from(70);
    };
    match status {
        Status::Clean => ExitCode::SUCCESS,
        Status::Denied => ExitCode::from(1),
        Status::NoVerdict => ExitCode::from(2),
    }
}
