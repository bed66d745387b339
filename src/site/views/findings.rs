//! Findings: the work list, waived ones among them.

use minijinja::Error;
use serde::Serialize;

use super::{mends, tables};
use crate::finding::{Finding, Located};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Piece, Row, Table, message};
use crate::site::render::Pages;

/// The most findings that are shown in full, and the most that are listed: past that a page is slow
/// to open, and the reports have them all.
const MAX_FULL: usize = 200;
const MAX_LISTED: usize = 5_000;

#[derive(Serialize)]
struct Findings {
    lead: String,
    mends: Option<Table>,
    /// Every finding, a row each.
    list: Table,
    facets: &'static [&'static str],
    /// The first of them in full.
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
    let mut findings: Vec<&Located<'_>> = index.run.located.iter().collect();
    findings.sort_by_key(|found| (found.finding.waived_by.is_some(), found.finding.level));
    let lead = if findings.is_empty() {
        let rules = crate::rules::ALL.len();
        format!("No findings. {rules} rules looked at {} transfers.", index.register.transfers.len())
    } else {
        "What the rules found: denied first, then warnings, then what is waived.".to_owned()
    };
    let view = Findings {
        lead,
        mends: mends::table(index),
        list: list(index, &findings),
        facets: &["Level", "Rule", "Law"],
        found: findings.iter().take(MAX_FULL).map(|found| view(index, found)).collect(),
        waivers: waivers(index),
    };
    pages.add("findings", "findings.html", "Findings", "findings.html", &view)
}

/// Every finding, a row each, to sort and to choose from.
fn list(index: &Index<'_>, findings: &[&Located<'_>]) -> Table {
    let rows = findings.iter().take(MAX_LISTED).enumerate().map(|(at, found)| {
        let finding = found.finding;
        let mut what = message(&finding.message);
        let anchor = anchor(index, found);
        if at < MAX_FULL {
            what.extend([Piece::text(" "), Piece::link("more", format!("#{anchor}"))]);
        }
        let law = finding.regime.iter().map(|regime| Piece::text(regime.as_str())).collect();
        let cells = vec![
            vec![tables::level(finding)],
            vec![Piece::link(finding.card.rule, links::rule(finding.card.rule))],
            subject(finding).into_iter().collect(),
            law,
            what,
            message(&finding.help),
            place(index, found).into_iter().collect(),
        ];
        Row { id: (at >= MAX_FULL).then_some(anchor), cells }
    });
    let left = findings.len().saturating_sub(MAX_LISTED);
    let more = if left > 0 { format!(" The other {left} are in report.csv.") } else { String::new() };
    Table {
        title: "Every finding".to_owned(),
        id: "all",
        lead: if findings.len() > MAX_FULL {
            format!("The first {MAX_FULL} are told in full below.{more}")
        } else {
            String::new()
        },
        columns: vec!["Level", "Rule", "Record", "Law", "What", "What to do", "Recorded in"],
        rows: rows.collect(),
        empty: "There is none.",
    }
}

fn anchor(index: &Index<'_>, found: &Located<'_>) -> String {
    let path = found.at.as_ref().map_or("", |at| index.run.sources.path(at.file));
    format!("finding-{}", found.finding.fingerprint(path))
}

/// Where a finding is recorded.
fn place(index: &Index<'_>, found: &Located<'_>) -> Option<Piece> {
    let path = found.at.as_ref().map_or("", |at| index.run.sources.path(at.file));
    found.at.as_ref().map(|at| {
        let text = format!("{path}:{}", at.span.start.line);
        match &index.register.settings.source {
            Some(template) => Piece::link(text, links::source(template, path, at.span.start.line)),
            None => Piece::code(text),
        }
    })
}

fn view(index: &Index<'_>, found: &Located<'_>) -> FindingView {
    let finding = found.finding;
    FindingView {
        anchor: anchor(index, found),
        level: tables::level(finding),
        rule: Piece::link(finding.card.rule, links::rule(finding.card.rule)),
        subject: subject(finding),
        message: message(&finding.message),
        notes: finding.notes.iter().map(|note| message(note)).collect(),
        help: message(&finding.help),
        waived: finding.waived_by.as_deref().map(|waiver| message(&index.run.waived(waiver))),
        place: place(index, found),
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

pub(super) fn waivers(index: &Index<'_>) -> Table {
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
