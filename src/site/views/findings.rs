//! Findings: the work list, waived ones among them.

use minijinja::Error;
use serde::Serialize;

use super::{mends, tables};
use crate::finding::{Finding, Located, locate};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Piece, Row, Table, message};
use crate::site::render::Pages;

#[derive(Serialize)]
struct Findings {
    lead: String,
    mends: Option<Table>,
    found: Vec<FindingView>,
    waivers: Table,
}

#[derive(Serialize)]
struct FindingView {
    anchor: String,
    level: Piece,
    rule: Piece,
    subject: Option<Piece>,
    message: Cell,
    notes: Vec<Cell>,
    help: Cell,
    waived: Option<Cell>,
    place: Option<Piece>,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let located = locate(index.run.sources, index.run.docket.findings());
    let mut findings: Vec<(bool, crate::finding::Level, FindingView)> = located
        .iter()
        .map(|found| (found.finding.waived_by.is_some(), found.finding.level, view(index, found)))
        .collect();
    findings.sort_by_key(|(is_waived, level, _)| (*is_waived, *level));
    let lead = if findings.is_empty() {
        let rules = crate::rules::ALL.len();
        format!("No findings. {rules} rules looked at {} transfers.", index.register.transfers.len())
    } else {
        "What the rules found: denied first, then warnings, then what is waived.".to_owned()
    };
    let findings = findings.into_iter().map(|(.., view)| view).collect();
    let view = Findings { lead, mends: mends::table(index), found: findings, waivers: waivers(index) };
    pages.add("findings", "findings.html", "Findings", "findings.html", &view)
}

fn view(index: &Index<'_>, found: &Located<'_>) -> FindingView {
    let finding = found.finding;
    let path = found.at.as_ref().map_or("", |at| index.run.sources.path(at.file));
    let place = found.at.as_ref().map(|at| {
        let text = format!("{path}:{}", at.span.start.line);
        match &index.register.settings.source {
            Some(template) => Piece::link(text, links::source(template, path, at.span.start.line)),
            None => Piece::code(text),
        }
    });
    FindingView {
        anchor: format!("finding-{}", finding.fingerprint(path)),
        level: tables::level(finding),
        rule: Piece::link(finding.card.rule, links::rule(finding.card.rule)),
        subject: subject(finding),
        message: message(&finding.message),
        notes: finding.notes.iter().map(|note| message(note)).collect(),
        help: message(&finding.help),
        waived: finding.waived_by.as_deref().map(|waiver| message(&index.run.waived(waiver))),
        place,
    }
}

/// The page of the record that a finding is about, if it has one.
fn subject(finding: &Finding) -> Option<Piece> {
    let subject = finding.subject.as_ref()?;
    let record = subject.id.split('/').next().unwrap_or(&subject.id);
    let prefix = match subject.kind {
        "transfer" => "transfer",
        "party" | "affiliate" | "service-provider" | "reseller" | "third-party" => "party",
        "safeguard" => "safeguard",
        "jurisdiction" => "place",
        "data" => "data",
        "subjects" => "subjects",
        "purpose" => "purpose",
        _ => return Some(Piece::code(&subject.id)),
    };
    Some(Piece::link(&subject.id, format!("{prefix}-{record}.html")))
}

fn waivers(index: &Index<'_>) -> Table {
    let register = index.register;
    let rows = register.waivers.iter().map(|waiver| {
        let is_live = waiver.until >= index.assessment.day();
        let state = if is_live { Piece::status("live", "fair") } else { Piece::status("expired", "quiet") };
        Row::new(vec![
            vec![Piece::code(register.name(waiver.id))],
            vec![Piece::code(&*waiver.rule)],
            vec![Piece::text(&*waiver.reason)],
            vec![Piece::text(&*waiver.approved_by)],
            tables::day(Some(waiver.until)),
            vec![state],
            index.source(waiver.at).value,
        ])
    });
    Table {
        title: "Waivers".to_owned(),
        id: "waivers",
        lead: "Findings that somebody has accepted for a time.".to_owned(),
        columns: vec!["Waiver", "Rule", "Reason", "Approved by", "Last day", "On this day", "Recorded in"],
        rows: rows.collect(),
        empty: "Nothing is waived.",
    }
}
