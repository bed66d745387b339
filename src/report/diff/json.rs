//! A diff as JSON, version 1. Keys are added, never renamed.

use serde::Serialize;
use serde_json::{Value, json};

use super::super::harmless::written;
use super::{Diff, Side};
use crate::change::{Judged, Turn, Turned, VerdictTurn};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    organisation: String,
    before: Value,
    after: Value,
    records: Vec<Value>,
    verdicts: Vec<Value>,
}

/// Renders it, with a line end.
#[must_use]
pub fn render(diff: &Diff) -> String {
    let report = Report {
        schema: "onward-diff/1",
        organisation: diff.organisation.clone(),
        before: side(&diff.before),
        after: side(&diff.after),
        records: diff.records.iter().map(record).collect(),
        verdicts: diff.verdicts.iter().map(verdict).collect(),
    };
    written(&report)
}

fn side(side: &Side) -> Value {
    let revision = side.revision.as_ref();
    json!({
        "revision": revision.map(|(name, _)| name),
        "commit": revision.map(|(_, commit)| commit),
        "as_of": side.as_of.to_string(),
    })
}

fn record(turn: &Turn) -> Value {
    let turned = match turn.turned {
        Turned::Came(_) => "came",
        Turned::Went(_) => "went",
        Turned::Changed(_) => "changed",
    };
    let keys = turn
        .keys()
        .into_iter()
        .map(|(key, before, after)| json!({ "key": key, "before": before.map(plain), "after": after.map(plain) }));
    json!({ "kind": turn.section, "id": turn.id, "turned": turned, "keys": keys.collect::<Vec<_>>() })
}

fn verdict(turn: &VerdictTurn) -> Value {
    let judged = |judged: &Judged| {
        json!({
            "law": judged.law,
            "outcome": judged.outcome.as_str(),
            "basis": judged.basis,
            "origin": judged.origin,
            "why": judged.why.iter().map(|(_, said)| said).collect::<Vec<_>>(),
        })
    };
    json!({
        "transfer": turn.transfer,
        "regime": turn.regime,
        "before": turn.before.as_ref().map(judged),
        "after": turn.after.as_ref().map(judged),
    })
}

/// A value of TOML; a date is a text.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(items) => items.into_iter().map(plain).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, plain(value))).collect(),
    }
}
