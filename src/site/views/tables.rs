//! Tables that several kinds of page show.

use crate::finding::{Finding, Level, Located};
use crate::flow::{Outcome, PairId, Verdict};
use crate::record::Common;
use crate::register::Register;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, Piece, Row, Table, Told, few, joined, message};
use crate::site::words;

/// Legs, with both ends.
pub(super) fn legs(
    index: &Index<'_>,
    title: &str,
    id: &'static str,
    lead: String,
    pairs: &[PairId],
    empty: &'static str,
) -> Table {
    let register = index.register;
    let mut rows: Vec<(Option<Outcome>, Row)> = Vec::with_capacity(pairs.len());
    for pair_id in pairs {
        let pair = index.assessment.flow.pair(*pair_id);
        let transfer = &register[pair.transfer];
        let to = &register[pair.to];
        let cells = vec![
            vec![links::to_party(register, pair.from)],
            vec![links::to_party(register, pair.to)],
            index.place(to.jurisdiction),
            few(transfer.data.iter().map(|data| links::to_data(register, *data))),
            few(transfer.purposes.iter().map(|purpose| links::to_purpose(register, *purpose))),
            index.judged(*pair_id),
            vec![Piece::link("how", links::leg(index.assessment, *pair_id))],
        ];
        rows.push((index.worst(&[*pair_id]), Row::new(cells)));
    }
    // What needs attention first; what leaves no territory last.
    rows.sort_by_key(|(worst, _)| std::cmp::Reverse(*worst));
    let columns = vec!["From", "To", "Place", "Data", "For", "Under what", ""];
    Table { title: title.to_owned(), id, lead, columns, rows: rows.into_iter().map(|(_, row)| row).collect(), empty }
}

/// A leg of a verdict: the first columns of several tables.
pub(super) fn leg(index: &Index<'_>, verdict: &Verdict<'_>) -> Vec<Cell> {
    let pair = index.assessment.pair(verdict);
    vec![
        vec![Piece::link(index.assessment.pair_id(verdict), links::leg(index.assessment, verdict.pair))],
        vec![links::to_party(index.register, pair.from)],
        vec![links::to_party(index.register, pair.to)],
        words::verdict(index.assessment, verdict),
    ]
}

/// The legs that rest on something.
pub(super) fn resting(index: &Index<'_>, carried: &[&Verdict<'_>]) -> Table {
    let rows = carried.iter().map(|verdict| {
        let mut cells = leg(index, verdict);
        cells.push(few(verdict.fallback.iter().map(|id| links::to_safeguard(index.register, *id))));
        Row::new(cells)
    });
    Table {
        title: "What rests on it".to_owned(),
        id: "carries",
        lead: String::new(),
        columns: vec!["Transfer", "From", "To", "Verdict", "Would hold if this fell"],
        rows: rows.collect(),
        empty: "Nothing rests on it.",
    }
}

/// The findings about the record that has a page, in full.
pub(super) fn findings(index: &Index<'_>, page: &str) -> Vec<Told> {
    told(index, index.findings(page))
}

/// Findings, each in full.
pub(super) fn told(index: &Index<'_>, findings: &[&Located<'_>]) -> Vec<Told> {
    let told = |found: &&Located<'_>| {
        let finding = found.finding;
        Told {
            anchor: anchor(index, found),
            level: level(finding),
            rule: Piece::link(finding.card.rule, links::rule(finding.card.rule)),
            message: message(&finding.message),
            notes: finding.notes.iter().map(|note| message(note)).collect(),
            help: message(&finding.help),
            waived: finding.waived_by.as_deref().map(|waiver| message(&index.run.waived(waiver))),
            place: place(index, found),
        }
    };
    findings.iter().map(told).collect()
}

/// The anchor of a finding on the page of its record.
pub(super) fn anchor(index: &Index<'_>, found: &Located<'_>) -> String {
    let path = found.at.as_ref().map_or("", |at| index.run.sources.path(at.file));
    format!("finding-{}", found.finding.fingerprint(path))
}

/// Where a finding is recorded.
pub(super) fn place(index: &Index<'_>, found: &Located<'_>) -> Option<Piece> {
    let path = found.at.as_ref().map_or("", |at| index.run.sources.path(at.file));
    found.at.as_ref().map(|at| {
        let text = format!("{path}:{}", at.span.start.line);
        match &index.register.settings.source {
            Some(template) => Piece::link(text, links::source(template, path, at.span.start.line)),
            None => Piece::code(text),
        }
    })
}

/// The level of a finding as a status.
pub(super) fn level(finding: &Finding) -> Piece {
    match (&finding.waived_by, finding.level) {
        (Some(waiver), _) => Piece::status(format!("waived by {waiver}"), "fair"),
        (None, Level::Deny) => Piece::status("denied", "bad"),
        (None, _) => Piece::status("warning", "fair"),
    }
}

/// Who answers for a record.
pub(super) fn owner(register: &Register, common: &Common) -> Cell {
    register.owner(common).map(Piece::text).into_iter().collect()
}

/// The facts that every record may have, in their order.
pub(super) fn governance(index: &Index<'_>, common: &Common) -> Vec<Fact> {
    let name = |sym| index.register.name(sym);
    vec![
        Fact::text("Owner", index.register.owner(common)),
        Fact::new("Last reviewed", day(common.reviewed)),
        Fact::new("Tags", joined(common.remarks.tags.iter().map(|tag| Piece::code(name(*tag))))),
        Fact::new("Former ids", joined(common.remarks.aliases.iter().map(|id| Piece::code(name(*id))))),
    ]
}

/// The notes of a record, as Markdown.
pub(super) fn notes(common: &Common) -> String {
    common.remarks.notes.as_deref().map(crate::site::markdown::html).unwrap_or_default()
}

/// A day in a cell.
pub(super) fn day(day: Option<jiff::civil::Date>) -> Cell {
    day.map(|day| Piece { text: day.to_string(), href: None, look: "day" }).into_iter().collect()
}

/// Yes or no.
pub(super) fn yes_no(yes: bool) -> Cell {
    vec![Piece::text(if yes { "yes" } else { "no" })]
}
