//! A trace as JSON, version 1. Keys are added, never renamed.

use serde_json::json;

use super::super::harmless::written;
use super::Traced;

/// Renders it, with a line end.
#[must_use]
pub fn render(traced: &Traced) -> String {
    let report = json!({
        "schema": "onward-trace/1",
        "organisation": traced.organisation,
        "as_of": traced.as_of,
        "data": traced.id,
        "holders": traced.rows,
    });
    written(&report)
}
