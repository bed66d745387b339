//! `onward schema`: the JSON Schema of register files.

use super::output::{Output, Status};
use crate::report::schema;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
An editor with a TOML language server completes and checks the keys of a file that begins with
  #:schema ./register.schema.json

Examples:
  onward schema > register/register.schema.json   beside `register.toml`; `onward init` writes it")]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, output: &mut Output) -> Status {
    output.product(&schema::render());
    output.end(Status::Clean)
}
