//! Writes a register of any size, to try things on:
//!
//! ```text
//! cargo run --release --example generate -- 2000 /tmp/large        # 2,000 transfers
//! cargo run --release --example generate -- 2000 /tmp/other 7      # another one of that size
//! ```
#![allow(clippy::print_stderr)]

mod register;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u64>().ok());
    let (Some(transfers), Some(folder)) = (number(0), arguments.get(1)) else {
        eprintln!("usage: generate TRANSFERS FOLDER [SEED]");
        return ExitCode::from(2);
    };
    let folder = Path::new(folder);
    if folder.exists() {
        eprintln!("{} exists already", folder.display());
        return ExitCode::from(2);
    }
    match register::write(folder, register::Size { transfers, seed: number(2).unwrap_or(1) }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}
