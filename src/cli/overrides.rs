//! What the command line sets for one run over what the register says of itself.

use crate::finding::{FORMAT_RULES, Level};
use crate::prose;
use crate::record::Period;
use crate::register::Settings;

/// Levels of rules and the horizon.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Overrides {
    /// Let the findings of a rule fail the check, whatever the register says; can be given more than once.
    #[arg(long, value_name = "RULE", value_parser = rule)]
    deny: Vec<&'static str>,
    /// Make the findings of a rule warnings.
    #[arg(long, value_name = "RULE", value_parser = rule)]
    warn: Vec<&'static str>,
    /// Leave the findings of a rule out.
    #[arg(long, value_name = "RULE", value_parser = rule)]
    allow: Vec<&'static str>,
    /// Let warnings fail the check too.
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// How far ahead to warn, such as "90 days" or "6 months" [default: the register's `horizon`].
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    horizon: Option<Period>,
}

/// Nothing set.
pub(super) static NONE: Overrides =
    Overrides { deny: Vec::new(), warn: Vec::new(), allow: Vec::new(), deny_warnings: false, horizon: None };

impl Overrides {
    /// What is wrong with them together, if anything is.
    pub(super) fn contradiction(&self) -> Option<String> {
        let mut all: Vec<&str> = self.levels().map(|(rule, _)| rule).collect();
        all.sort_unstable();
        let twice = all.windows(2).find(|two| two[0] == two[1])?[0];
        Some(format!("{} is given two levels", prose::quote(twice)))
    }

    /// Sets what is given.
    pub(super) fn apply(&self, settings: &mut Settings) {
        settings.levels.extend(self.levels().map(|(rule, level)| (rule.into(), level)));
        if let Some(horizon) = self.horizon {
            settings.horizon = horizon;
        }
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, Level)> {
        let of = |rules: &[&'static str], level| rules.iter().map(move |rule| (*rule, level)).collect::<Vec<_>>();
        let denied = of(&self.deny, Level::Deny);
        denied.into_iter().chain(of(&self.warn, Level::Warn)).chain(of(&self.allow, Level::Allow))
    }
}

/// A rule whose level can be set.
fn rule(text: &str) -> Result<&'static str, String> {
    if let Some(rule) = FORMAT_RULES.iter().find(|rule| **rule == text) {
        return Ok(rule);
    }
    let near = prose::nearest(text, FORMAT_RULES.iter().copied());
    let help =
        near.map_or_else(|| "`onward explain` lists the rules".to_owned(), |near| format!("did you mean `{near}`?"));
    Err(format!("no rule of this name can be set; {help}"))
}

fn length(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "write `N days`, `N weeks`, `N months` or `N years`".to_owned())
}
