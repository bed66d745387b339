//! Who changed the judge: waivers, levels and law that a change brings along, as sentences.
//!
//! A change that adds a transfer and the waiver for it, or the law that allows it, passes its own
//! check. Whoever reviews it has to hear of that first.

use toml::Value;

use super::records::{Record, Records, Turn, Turned};
use crate::law;
use crate::prose::{list, quote};

/// Settings that decide what is judged, and how.
const SETTINGS: [&str; 4] = ["as-of", "horizon", "regimes", "review-every"];

/// What turned in the judge since an earlier register, a sentence each.
#[must_use]
pub fn turned(before: &Records, after: &Records) -> Vec<String> {
    let turns = after.since(before);
    let of = |section: &'static str| turns.iter().filter(move |turn| turn.section == section);
    let mut said: Vec<String> = Vec::new();
    said.extend(of("register").flat_map(|turn| settings(turn, |key| SETTINGS.contains(&key))));
    said.extend(of("rules").flat_map(|turn| settings(turn, |_| true)));
    said.extend(of("waiver").filter_map(waiver));
    let is_law = |section: &str| law::KINDS.iter().any(|kind| section.split('.').next() == Some(kind.name()));
    said.extend(turns.iter().filter(|turn| is_law(&turn.section)).map(own_law));
    said
}

/// The keys of a table that were set, unset or changed.
fn settings(turn: &Turn, is_told: impl Fn(&str) -> bool) -> Vec<String> {
    let table = if turn.section == "rules" { "`[rules]` in `register.toml`" } else { "`register.toml`" };
    let told = turn.keys().into_iter().filter(|(key, ..)| is_told(key));
    told.map(|(key, before, after)| match (before, after) {
        (None, Some(after)) => format!("{table} sets {} to {}", quote(&key), shown(&after)),
        (Some(before), Some(after)) => {
            format!("{table} sets {} to {}; it was {}", quote(&key), shown(&after), shown(&before))
        }
        (before, _) => {
            let was = before.as_ref().map_or_else(String::new, shown);
            format!("{table} sets {} no more; it was {was}", quote(&key))
        }
    })
    .collect()
}

/// A waiver that came or changed. One that went hides nothing.
fn waiver(turn: &Turn) -> Option<String> {
    let id = quote(&turn.id);
    match &turn.turned {
        Turned::Came(record) => {
            let told = |key: &str| record.get(key).map_or_else(|| "nothing".to_owned(), shown);
            let (rule, on, until) = (told("rule"), told("on"), told("until"));
            let (by, why) = (told("approved-by"), told("reason"));
            Some(format!("waiver {id} is new: {rule} on {on} until {until}, approved by {by}, because {why}"))
        }
        Turned::Changed(keys) => {
            let changed: Vec<String> = keys.iter().map(changed).collect();
            Some(format!("waiver {id} is changed: {}", list(&changed)))
        }
        Turned::Went(_) => None,
    }
}

fn own_law(turn: &Turn) -> String {
    let (kind, id) = (&turn.section, quote(&turn.id));
    match &turn.turned {
        Turned::Came(_) => format!("the register's own law has a new record: `{kind}` {id}"),
        Turned::Went(_) => format!("the register's own law has lost a record: `{kind}` {id}"),
        Turned::Changed(keys) => {
            let changed: Vec<String> = keys.iter().map(changed).collect();
            format!("the register's own law is changed: `{kind}` {id}: {}", list(&changed))
        }
    }
}

/// What a key is, and was.
#[must_use]
pub fn changed((key, before, after): &(String, Option<Value>, Option<Value>)) -> String {
    let shown = |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), shown);
    format!("{} is {}, and was {}", quote(key), shown(after), shown(before))
}

/// A value as words: texts in backticks, lists with `and`.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Array(items) => list(&items.iter().map(shown).collect::<Vec<_>>()),
        other => quote(&other.to_string()),
    }
}

impl Turn {
    /// What each key was and is.
    #[must_use]
    pub fn keys(&self) -> Vec<(String, Option<Value>, Option<Value>)> {
        let all = |record: &Record| record.clone().into_iter();
        match &self.turned {
            Turned::Came(record) => all(record).map(|(key, value)| (key, None, Some(value))).collect(),
            Turned::Went(record) => all(record).map(|(key, value)| (key, Some(value), None)).collect(),
            Turned::Changed(keys) => keys.clone(),
        }
    }
}
