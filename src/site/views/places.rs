//! Places: who is there, which law applies, who finds it adequate, what was assessed.

use minijinja::Error;

use super::tables::{self, legs};
use crate::law::Code;
use crate::prose;
use crate::record::Common;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, List, Piece, Record, Row, Table, joined};
use crate::site::render::Pages;

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let lead = "Every place that a party is established in, keeps data in or reaches data from.";
    pages.list("places.html", "places.html", || List {
        title: "Places",
        lead: lead.to_owned(),
        facets: &["Found adequate by"],
        tables: vec![table(index)],
        ..List::default()
    })?;
    for code in index.places() {
        let title = index.assessment.flow.law.law.codes.name(code);
        pages.record(&links::place(code), (title, "places.html"), || record(index, code))?;
    }
    Ok(())
}

/// Every place.
pub(super) fn table(index: &Index<'_>) -> Table {
    let rows = index.places().into_iter().map(|code| row(index, code)).collect();
    Table {
        title: "Places".to_owned(),
        id: "places",
        lead: String::new(),
        columns: vec!["Place", "Law of its own in the book", "Found adequate by", "Parties there"],
        rows,
        empty: "No place is used.",
    }
}

fn row(index: &Index<'_>, code: Code) -> Row {
    Row::new(vec![
        index.place(code),
        laws(index, code),
        adequate(index, code),
        joined(index.at_home(code).iter().map(|party| links::to_party(index.register, *party))),
    ])
}

/// The laws in force there.
fn laws(index: &Index<'_>, code: Code) -> Cell {
    let on = index.assessment.flow.law.regimes().iter().filter(|regime| regime.territory.contains(code));
    joined(on.map(|regime| links::to_version(regime)))
}

/// The decisions in force about it.
fn adequate(index: &Index<'_>, code: Code) -> Cell {
    let law = &index.assessment.flow.law;
    let decisions = law.regimes().iter().flat_map(|regime| regime.decisions(code));
    let in_force = decisions.map(|id| &law.law[id]).filter(|decision| decision.in_force.holds(law.day));
    joined(in_force.map(links::to_decision))
}

fn record(index: &Index<'_>, code: Code) -> Record {
    let (register, flow) = (index.register, &index.assessment.flow);
    let described = register.jurisdictions.iter().find(|place| place.code == code);
    let nothing = Common::default();
    let common = described.map_or(&nothing, |place| &place.common);
    let incoming = index.into(code);
    let mut facts = vec![
        Fact::new("Law of its own in the book", laws(index, code)),
        Fact::new("Found adequate by", adequate(index, code)),
        Fact::new(
            "Offices",
            described
                .map(|place| joined(place.offices.iter().map(|office| Piece::text(&**office))))
                .unwrap_or_default(),
        ),
        Fact::text("Authority", described.and_then(|place| place.authority.as_deref())),
    ];
    facts.extend(tables::governance(index, common));
    facts.extend(described.map(|place| index.source(place.at)));
    let there = index.at_home(code).len();
    let answer = format!(
        "{} established here; {} bring data here.",
        is_are(there, "party"),
        prose::count(incoming.len(), "leg")
    );
    Record {
        kind: "place",
        name: flow.law.law.codes.name(code).to_owned(),
        id: code.to_string(),
        answer: vec![vec![Piece::text(answer)]],
        facts,
        picture: None,
        timeline: None,
        parts: Vec::new(),
        notes: tables::notes(common),
        findings: Some(tables::findings(index, &links::place(code))),
        tables: vec![
            legs(index, "What comes here", "incoming", String::new(), incoming, "Nothing that is recorded comes here."),
            parties(index, code),
            decisions(index, code),
            assessments(index, code),
        ],
    }
}

fn is_are(n: usize, noun: &str) -> String {
    format!("{} {}", prose::count(n, noun), if n == 1 { "is" } else { "are" })
}

fn parties(index: &Index<'_>, code: Code) -> Table {
    let here = index.register.parties.iter().filter(|party| {
        party.jurisdiction == code || party.stored_in.contains(&code) || party.accessed_from.contains(&code)
    });
    let rows = here.map(|party| {
        let facts = [
            (party.jurisdiction == code, "is established here"),
            (party.stored_in.contains(&code), "keeps data here"),
            (party.accessed_from.contains(&code), "reaches data from here"),
        ];
        let facts: Vec<&str> = facts.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
        Row::new(vec![vec![links::to_party(index.register, party.number)], vec![Piece::text(prose::list(&facts))]])
    });
    Table {
        title: "Parties".to_owned(),
        id: "parties",
        lead: String::new(),
        columns: vec!["Party", "How"],
        rows: rows.collect(),
        empty: "No party is here.",
    }
}

fn decisions(index: &Index<'_>, code: Code) -> Table {
    let law = &index.assessment.flow.law;
    let mut rows = Vec::new();
    for regime in law.regimes() {
        for decision in regime.decisions(code).map(|id| &law.law[id]) {
            let state = if decision.in_force.holds(law.day) {
                Piece::status("in force", "good")
            } else {
                Piece::status("not in force", "quiet")
            };
            rows.push(Row::new(vec![
                vec![links::to_version(regime)],
                vec![links::to_decision(decision)],
                tables::day(decision.in_force.from),
                tables::day(decision.in_force.until),
                vec![state],
            ]));
        }
    }
    Table {
        title: "Adequacy decisions".to_owned(),
        id: "decisions",
        lead: "What the laws in force on this day have decided about this place, then and now.".to_owned(),
        columns: vec!["Law", "Decision", "First day", "Last day", "On this day"],
        rows: rows.into(),
        empty: "No law in force on this day has decided anything about this place.",
    }
}

fn assessments(index: &Index<'_>, code: Code) -> Table {
    let own = index.register.assessments.iter().filter(|assessment| assessment.code == code);
    let rows = own.map(|assessment| Row {
        id: Some(format!("assessment-{}", index.register.name(assessment.id))),
        ..Row::new(vec![
            vec![Piece::code(index.register.name(assessment.id))],
            tables::day(Some(assessment.date)),
            tables::day(assessment.review_by),
            vec![Piece::text(assessment.outcome.as_str())],
            joined(assessment.measures.iter().map(|measure| Piece::text(&**measure))),
        ])
    });
    Table {
        title: "Assessments".to_owned(),
        id: "assessments",
        lead: String::new(),
        columns: vec!["Assessment", "Made on", "Review by", "Outcome", "Measures"],
        rows: rows.collect(),
        empty: "The law of this place has not been assessed.",
    }
}
