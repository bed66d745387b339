//! `onward init`: a small register that checks clean and builds, commented for a first-time writer.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::output::{Output, Status, say};
use crate::prose;
use crate::report::schema;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward init            a register in ./register
  onward init acme       a register in ./acme
  onward check acme      … which checks clean")]
pub(super) struct Args {
    /// The folder to make; it must not exist, or be empty.
    #[arg(default_value = "register")]
    dir: PathBuf,
}

const FILES: [(&str, &str); 5] = [
    ("register.toml", include_str!("init/register.toml")),
    ("catalogue.toml", include_str!("init/catalogue.toml")),
    ("company.toml", include_str!("init/company.toml")),
    ("jurisdictions.toml", include_str!("init/jurisdictions.toml")),
    ("vendors/helpdesk.toml", include_str!("init/helpdesk.toml")),
];

/// The schema that the files name in their first line, for editors.
const SCHEMA: &str = "register.schema.json";

pub(super) fn run(args: &Args, output: &mut Output) -> Status {
    if let Err(why) = make(&args.dir) {
        say(&format!("error: {why}"));
        return Status::NoVerdict;
    }
    let shown = prose::visible(&args.dir.to_string_lossy());
    let mut text =
        format!("A register of {} is in {shown}. Read them in this order:\n", prose::count(FILES.len(), "file"));
    for (name, _) in FILES {
        let _ = writeln!(text, "  {shown}/{name}");
    }
    let _ = writeln!(text, "Then: onward check {shown}, and onward build {shown}");
    output.product(&text);
    output.end(Status::Clean)
}

fn make(dir: &Path) -> Result<(), String> {
    let shown = prose::quote(&dir.to_string_lossy());
    let said = |error: io::Error| format!("{shown} could not be made: {error}");
    match fs::read_dir(dir).map(Iterator::count) {
        Ok(0) => {}
        Ok(_) => return Err(format!("{shown} is not empty, and nothing in it is touched")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(said(error)),
    }
    let schema = schema::render();
    for (name, text) in FILES.into_iter().chain([(SCHEMA, schema.as_str())]) {
        let path = dir.join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(said)?;
        File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(said)?;
    }
    Ok(())
}
