//! `onward completions` and `onward man`: what a shell and a reader of manuals install.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Cli;
use super::output::{Output, Status, say};
use crate::prose;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward completions bash > ~/.local/share/bash-completion/completions/onward
  onward completions zsh > ~/.zfunc/_onward
  onward completions fish > ~/.config/fish/completions/onward.fish")]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn completions(args: &Completions, output: &mut Output) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "onward", &mut script);
    output.product(&String::from_utf8_lossy(&script));
    output.end(Status::Clean)
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward man > ~/.local/share/man/man1/onward.1
  onward man check > ~/.local/share/man/man1/onward-check.1
  onward man check | man -l -          read it without installing it")]
pub(super) struct Man {
    /// The command [default: onward itself].
    command: Option<String>,
}

pub(super) fn man(args: &Man, output: &mut Output) -> Status {
    let mut root = Cli::command();
    root.build();
    let command = match &args.command {
        None => root,
        Some(name) => {
            let Some(found) = root.find_subcommand(name).cloned() else {
                let near = prose::nearest(name, root.get_subcommands().map(clap::Command::get_name));
                let help = near
                    .map_or_else(|| "`onward --help` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
                say(&format!("error: onward has no command {}\nhelp: {help}", prose::quote(name)));
                return Status::NoVerdict;
            };
            found
        }
    };
    let mut page = Vec::new();
    // Rendering into memory cannot fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    output.product(&String::from_utf8_lossy(&page));
    output.end(Status::Clean)
}
