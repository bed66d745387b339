//! Findings: the work list, waived ones among them.

use minijinja::Error;

use super::{mends, tables};
use crate::finding::{Finding, Located};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, List, Piece, Row, Table, message, note};
use crate::site::render::Pages;

/// The most findings that are listed: past that nobody reads a list, and the reports have them all.
const MAX_LISTED: usize = 5_000;

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.list("findings.html", "findings.html", || list(index))
}

fn list(index: &Index<'_>) -> List {
    let mut findings: Vec<&Located<'_>> = index.run.located.iter().collect();
    findings.sort_by_key(|found| (found.finding.waived_by.is_some(), found.finding.level));
    let lead = if findings.is_empty() {
        let rules = crate::rules::ALL.len();
        format!("No findings. {rules} rules looked at {} transfers.", index.register.transfers.len())
    } else {
        "What the rules found: denied first, then warnings, then what is waived.".to_owned()
    };
    List {
        title: "Findings",
        lead,
        before: mends::table(index),
        facets: &["Level", "Rule", "Law"],
        tables: vec![every(index, &findings), waivers(index)],
        ..List::default()
    }
}

/// Every finding, a row each, to sort and to choose from.
fn every(index: &Index<'_>, findings: &[&Located<'_>]) -> Table {
    let left = findings.len().saturating_sub(MAX_LISTED);
    let mut table = table(index, "Every finding", &findings[..findings.len() - left], "There is none.");
    if left > 0 {
        table.lead = format!("The first {MAX_LISTED}; the other {left} are in report.csv.");
    }
    table
}

/// Findings about several records, a row each.
pub(super) fn table(index: &Index<'_>, title: &str, findings: &[&Located<'_>], empty: &'static str) -> Table {
    Table {
        title: title.to_owned(),
        id: "every-finding",
        lead: String::new(),
        columns: vec!["Level", "Rule", "Record", "Law", "What", "What to do"],
        rows: findings.iter().map(|found| row(index, found)).collect(),
        empty,
    }
}

fn row(index: &Index<'_>, found: &Located<'_>) -> Row {
    let finding = found.finding;
    let record = subject(index, finding);
    let mut recorded: Cell = record.iter().cloned().collect();
    if let Some(place) = tables::place(index, found) {
        recorded.extend([Piece::line(), place]);
    }
    let mut what = message(&finding.message);
    // A record's own page tells it in full; where there is none it is told here.
    match record.as_ref().and_then(|record| record.href.as_ref()) {
        Some(page) if !finding.notes.is_empty() => {
            what.extend([Piece::between(" "), Piece::link("more", format!("{page}#{}", tables::anchor(index, found)))]);
        }
        Some(_) => {}
        None => what.extend(finding.notes.iter().flat_map(|told| note(told))),
    }
    what.extend(finding.waived_by.iter().flat_map(|waiver| note(&index.run.waived(waiver))));
    Row::new(vec![
        vec![tables::level(finding)],
        vec![Piece::link(finding.card.rule, links::rule(finding.card.rule))],
        recorded,
        finding.regime.iter().map(|regime| Piece::text(&**regime)).collect(),
        what,
        message(&finding.help),
    ])
}

/// The record that a finding is about, and its page.
fn subject(index: &Index<'_>, finding: &Finding) -> Option<Piece> {
    let subject = finding.subject.as_ref()?;
    let page = index.page_of(subject.kind, &subject.id);
    Some(page.map_or_else(|| Piece::code(&*subject.id), |page| Piece::link(&*subject.id, page)))
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
