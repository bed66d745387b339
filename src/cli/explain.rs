//! `onward explain`: what a rule means.

use std::fmt::Write as _;

use super::output::{Output, Status, say};
use crate::{prose, rules};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  onward explain                         every rule, a line each
  onward explain unsafeguarded-transfer  one rule: why, an example, how to mend it")]
pub(super) struct Args {
    /// The rule [default: list them all].
    rule: Option<String>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Status {
    let cards = rules::cards();
    let Some(wanted) = &args.rule else {
        let width = cards.iter().map(|card| card.rule.len()).max().unwrap_or(0);
        let mut text = String::new();
        for card in &cards {
            let level = if card.integrity { "error" } else { card.level.as_str() };
            let _ = writeln!(text, "{:width$}  {level:5}  {}", card.rule, card.title());
        }
        output.product(&text);
        return output.end(Status::Clean);
    };
    if let Some(card) = cards.iter().find(|card| card.rule == wanted) {
        let level = if card.integrity {
            "always an error: the register has no verdict until it is mended".to_owned()
        } else {
            format!("`{}`; change it under `[rules]` in `register.toml`", card.level)
        };
        output.product(&format!("{}\n\n## Level\n\n`{}` is {level}.\n", card.page(), card.rule));
        return output.end(Status::Clean);
    }
    let near = prose::nearest(wanted, cards.iter().map(|card| card.rule));
    let help =
        near.map_or_else(|| "`onward explain` lists the rules".to_owned(), |near| format!("did you mean `{near}`?"));
    say(&format!("error: there is no rule {}\nhelp: {help}", prose::quote(wanted)));
    Status::NoVerdict
}
