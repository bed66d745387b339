//! Safeguards: what each is, whom it binds, and every transfer that rests on it.

use jiff::civil::Date;
use minijinja::Error;

use super::tables;
use crate::flow::Lost;
use crate::prose;
use crate::register::{Safeguard, SafeguardId};
use crate::rules;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, List, Piece, Record, Row, Table, joined};
use crate::site::picture::timeline;
use crate::site::render::Pages;

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let all = || index.register.safeguards.iter().enumerate().map(|(at, row)| (SafeguardId::at(at), row));
    let lead = "Every contract, certificate, rule book and exception that is recorded. The page of one lists what rests on it.";
    pages.list("safeguards.html", "safeguards.html", || List {
        title: "Safeguards",
        lead: lead.to_owned(),
        facets: &["Instrument", "Ends", "Owner"],
        tables: vec![table(index)],
        ..List::default()
    })?;
    for (id, safeguard) in all() {
        let (page, name) = (links::safeguard(index.register, id), index.register.name(safeguard.id));
        pages.record(&page, (name, "safeguards.html"), || record(index, id, safeguard))?;
    }
    Ok(())
}

pub(super) fn instruments(index: &Index<'_>, safeguard: &Safeguard) -> Cell {
    let mut cell = Vec::new();
    for instrument in safeguard.instruments.iter().map(|id| &index.assessment.flow.law.law[*id]) {
        if !cell.is_empty() {
            cell.push(Piece::between(", "));
        }
        cell.push(Piece::link(&*instrument.name, links::instrument(instrument)));
        cell.push(Piece::between(" "));
        cell.push(Piece::code(&*instrument.id));
    }
    cell
}

/// Every safeguard.
pub(super) fn table(index: &Index<'_>) -> Table {
    let all = index.register.safeguards.iter().enumerate().map(|(at, row)| (SafeguardId::at(at), row));
    let rows = all.map(|(id, safeguard)| row(index, id, safeguard)).collect();
    Table {
        title: "Safeguards".to_owned(),
        id: "safeguards",
        lead: String::new(),
        columns: vec!["Safeguard", "Instrument", "Binds", "Signed", "Last day", "Ends", "Owner", "Carries"],
        rows,
        empty: "No safeguard is recorded.",
    }
}

fn row(index: &Index<'_>, id: SafeguardId, safeguard: &Safeguard) -> Row {
    let last = safeguard.dates.last_day();
    Row::new(vec![
        vec![links::to_safeguard(index.register, id)],
        instruments(index, safeguard),
        joined(safeguard.parties.iter().map(|party| links::to_party(index.register, *party))),
        tables::day(safeguard.dates.signed),
        tables::day(last),
        vec![ends(index, last)],
        tables::owner(index.register, &safeguard.common),
        vec![Piece::text(prose::count(index.carried(id).len(), "verdict"))],
    ])
}

/// How near its end is.
fn ends(index: &Index<'_>, last: Option<Date>) -> Piece {
    let today = index.assessment.day();
    match last {
        None => Piece::status("no end is recorded", "quiet"),
        Some(last) if last < today => Piece::status("has ended", "bad"),
        Some(last) if last <= index.register.settings.horizon.after(today) => Piece::status("soon", "fair"),
        Some(_) => Piece::status("later", "good"),
    }
}

fn record(index: &Index<'_>, id: SafeguardId, safeguard: &Safeguard) -> Record {
    let carried = index.carried(id);
    let (flow, today) = (&index.assessment.flow, index.assessment.day());
    let alone = carried.iter().filter(|verdict| !flow.stands_without(verdict, Lost::Safeguard(id), today)).count();
    let answer = if carried.is_empty() {
        "No transfer rests on this safeguard on this day.".to_owned()
    } else {
        format!(
            "{} on it. If it fell today, {alone} of them would have nothing else recorded.",
            if carried.len() == 1 { "1 verdict rests".to_owned() } else { format!("{} verdicts rest", carried.len()) },
        )
    };
    Record {
        kind: "safeguard",
        name: index.register.name(safeguard.id).to_owned(),
        id: index.register.name(safeguard.id).to_owned(),
        answer: vec![vec![Piece::text(answer)]],
        facts: facts(index, safeguard),
        picture: None,
        timeline: timeline::safeguard(index, id),
        parts: Vec::new(),
        notes: tables::notes(&safeguard.common),
        findings: Some(tables::findings(index, &links::safeguard(index.register, id))),
        tables: vec![tables::resting(index, &carried), failing(index, id)],
    }
}

fn facts(index: &Index<'_>, safeguard: &Safeguard) -> Vec<Fact> {
    let register = index.register;
    let (dates, scope) = (&safeguard.dates, &safeguard.scope);
    let modules: Vec<String> = safeguard.modules.iter().map(u8::to_string).collect();
    let assessments = safeguard.assessments.iter().map(|id| {
        let made = &register[*id];
        let name = register.name(made.id);
        Piece::link(name, format!("{}#assessment-{name}", links::place(made.code)))
    });
    let evidence = safeguard.papers.evidence.as_deref().map(|evidence| {
        let is_address = evidence.starts_with("https://") || evidence.starts_with("http://");
        if is_address { Piece::link(evidence, evidence) } else { Piece::code(evidence) }
    });
    let mut facts = vec![
        Fact::new("Instrument", instruments(index, safeguard)),
        Fact::new("Binds", joined(safeguard.parties.iter().map(|party| links::to_party(register, *party)))),
        Fact::new("Modules", joined(modules.into_iter().map(Piece::text))),
        Fact::new("Signed", tables::day(dates.signed)),
        Fact::new("In effect from", tables::day(dates.effective.or(dates.signed))),
        Fact::new("Last day", tables::day(dates.expires)),
        Fact::new("Terminated", tables::day(dates.terminated)),
        Fact::new("Changed", tables::day(dates.amended)),
        Fact::new("Approved", tables::day(dates.approved)),
        Fact::text("Approved by", safeguard.papers.approved_by.as_deref()),
        Fact::new("Only data", joined(scope.data.iter().map(|data| links::to_data(register, *data)))),
        Fact::new("Only about", joined(scope.subjects.iter().map(|group| links::to_subjects(register, *group)))),
        Fact::new("Only for", joined(scope.purposes.iter().map(|purpose| links::to_purpose(register, *purpose)))),
        Fact::new("Confirms", joined(safeguard.confirms.iter().map(|word| Piece::code(register.name(*word))))),
        Fact::new("Assessments", joined(assessments)),
        Fact::new("Measures", joined(safeguard.papers.measures.iter().map(|measure| Piece::text(&**measure)))),
        Fact::text("Justification", safeguard.papers.justification.as_deref()),
        Fact::new("Evidence", evidence.into_iter().collect()),
    ];
    facts.extend(tables::governance(index, &safeguard.common));
    facts.push(index.source(safeguard.at));
    facts
}

fn failing(index: &Index<'_>, id: SafeguardId) -> Table {
    let mut rows = Vec::new();
    for verdict in index.failed(id) {
        for reason in verdict.failure.reasons.iter().filter(|reason| reason.safeguard == Some(id)) {
            let mut cells = tables::leg(index, verdict);
            cells.push(vec![Piece::text(rules::said(index.assessment, reason))]);
            rows.push(Row::new(cells));
        }
    }
    Table {
        title: "Where it is listed and does not hold".to_owned(),
        id: "fails",
        lead: String::new(),
        columns: vec!["Transfer", "From", "To", "Verdict", "Why it does not hold"],
        rows: rows.into(),
        empty: "It fails nowhere where a transfer has nothing else.",
    }
}
