//! The SARIF 2.1.0 report, for code scanning: rules with their pages, findings with fingerprints,
//! related places, waivers as suppressions.
//!
//! The structs are the part of the format that is written, in its own words.
//! Source: OASIS, Static Analysis Results Interchange Format 2.1.0.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::json;

use super::harmless::written;
use super::{Run, place};
use crate::finding::{Card, Level, Located};
use crate::prose::{count, visible};
use crate::rules;

/// The most results that GitHub takes of a run.
const MAX_RESULTS: usize = 25_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'r> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    properties: Properties<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are those of the format")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
struct Properties<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regime: Option<&'r str>,
}

/// Renders the report, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let cards = rules::cards();
    let results: Vec<Outcome<'_>> =
        run.located.iter().take(MAX_RESULTS).filter_map(|found| result(run, &cards, found)).collect();
    let left = run.located.len().saturating_sub(MAX_RESULTS);
    let notices = (left > 0).then(|| {
        let text = format!(
            "{} left out: no more than {MAX_RESULTS} are taken; the JSON report has them all",
            count(left, "finding")
        );
        json!({ "level": "warning", "message": { "text": text } })
    });
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "onward",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": cards.iter().map(|card| rule(card)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": format!("onward/{}", visible(&uri(run.prefix))) },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": run.assessment.is_some(),
                "toolExecutionNotifications": notices.into_iter().collect::<Vec<_>>(),
            }],
            "properties": { "asOf": run.as_of.to_string(), "organisation": visible(&run.register.settings.organisation) },
            "results": results,
        }],
    });
    written(&report)
}

fn rule(card: &Card) -> Rule {
    let page = card.page();
    Rule {
        id: card.rule,
        short_description: Text { text: card.title() },
        full_description: Text { text: card.why() },
        help: Help { text: page.clone(), markdown: page },
        default_configuration: Configuration { level: level(card.level) },
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "none",
    }
}

fn result<'r>(run: &Run<'_>, cards: &[&Card], found: &Located<'r>) -> Option<Outcome<'r>> {
    let finding = found.finding;
    let file = found.at.as_ref().map_or("", |at| run.sources.path(at.file));
    let mut lines = vec![visible(&finding.message)];
    lines.extend(finding.notes.iter().map(|note| visible(note)));
    if !finding.help.is_empty() {
        lines.push(format!("help: {}", visible(&finding.help)));
    }
    let related = finding.related.iter().zip(&found.related);
    let related = related.enumerate().filter_map(|(index, (related, at))| {
        let at = place::at_label(run, at.as_ref()?);
        Some(Location {
            id: Some(index),
            message: Some(text(&visible(&related.message))),
            physical_location: physical(&at),
        })
    });
    Some(Outcome {
        rule_id: finding.card.rule,
        rule_index: cards.iter().position(|card| card.rule == finding.card.rule)?,
        level: level(finding.level),
        message: text(&lines.join("\n")),
        locations: vec![Location { id: None, message: None, physical_location: physical(&place::of(run, found)) }],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([("onwardFinding/v1", finding.fingerprint(file))]),
        suppressions: finding.waived_by.iter().map(|id| suppression(run, id)).collect(),
        baseline_state: run.since.map(|_| if finding.known { "unchanged" } else { "new" }),
        properties: Properties {
            record: finding.subject.as_ref().map(|subject| &*subject.id),
            regime: finding.regime.as_deref(),
        },
    })
}

fn suppression(run: &Run<'_>, waiver: &str) -> Suppression {
    Suppression { kind: "external", status: "accepted", justification: visible(&run.waived(waiver)) }
}

/// A message: plain text, and no link where a text of the register looks like one.
fn text(plain: &str) -> Text {
    if !plain.contains("](") {
        return Text { text: plain.to_owned() };
    }
    Text { text: plain.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") }
}

fn physical(spot: &place::Spot) -> PhysicalLocation {
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&spot.path), uri_base_id: "%SRCROOT%" },
        region: spot.span.map(|span| Region {
            start_line: span.start.line,
            start_column: span.start.column,
            end_line: span.end.line,
            end_column: span.end.column,
        }),
    }
}

/// A path as a relative reference: what an address cannot hold is percent-encoded.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if plain(byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
