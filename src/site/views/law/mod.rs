//! The law relied on: what is in force, every regime, decision and instrument with its history, and
//! what in this register rests on it.

mod entries;
mod history;

use std::collections::BTreeSet;

use minijinja::Error;

use super::tables;
use crate::law::{Coverage, Decision, DecisionId, Instrument, InstrumentId, RegimeOn, Source};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, List, Piece, Row, Table, joined};
use crate::site::render::Pages;

/// The page that all pages about the law belong to.
const UNDER: &str = "law.html";

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.list("law.html", UNDER, || overview(index))?;
    pages.list("law-book.html", UNDER, || whole_book(index))?;
    history::page(index, pages)?;
    entries::pages(index, pages)
}

/// What matters for this register.
fn overview(index: &Index<'_>) -> List {
    let law = &index.assessment.flow.law;
    let codes = index.places();
    let about: BTreeSet<DecisionId> =
        law.regimes().iter().flat_map(|regime| codes.iter().flat_map(|code| regime.decisions(*code))).collect();
    let named = about.iter().filter_map(|id| law.law[*id].scope.certification);
    let used = index.register.safeguards.iter().flat_map(|safeguard| safeguard.instruments.iter().copied());
    let used: BTreeSet<InstrumentId> = used.chain(named).collect();
    let about = about.into_iter().map(|id| &law.law[id]);
    let tables = vec![
        regimes(index),
        decisions(index, about, "About the places of this register."),
        instruments(
            index,
            used.into_iter().map(|id| (id, &law.law[id])),
            "That safeguards of this register are instances of, or that decisions name.",
        ),
    ];
    let updated =
        law.law.updated.map(|day| format!(" The law book was brought up to date on {day}.")).unwrap_or_default();
    let lead = format!("The law as it stood on {}.{updated}", law.day);
    let more = vec![
        Piece::link("Every law, decision and instrument of the law book", "law-book.html"),
        Piece::between(" · "),
        Piece::link("What changed, and when", "law-changes.html"),
    ];
    List { title: "Law", lead, more, tables, ..List::default() }
}

/// Every entry of the book.
fn whole_book(index: &Index<'_>) -> List {
    let law = index.assessment.flow.law.law;
    let instrument_ids = law.instruments.iter().filter_map(|row| law.instrument(&row.id));
    let all = law.regimes.iter().map(|regime| {
        Row::new(vec![
            vec![Piece::link(&*regime.name, links::regime(regime)), Piece::between(" "), Piece::code(&*regime.id)],
            vec![Piece::text(coverage(regime.coverage))],
            joined(regime.versions.iter().map(|version| Piece::code(&*version.id))),
        ])
    });
    let regimes = Table {
        title: "Laws".to_owned(),
        id: "regimes",
        lead: "Families of laws that restrict transfers; of each, one version is in force on a day.".to_owned(),
        columns: vec!["Law", "In the book", "Versions"],
        rows: all.collect(),
        empty: "The law book is empty.",
    };
    let tables = vec![
        regimes,
        decisions(index, law.decisions.iter(), "Every one, in force or not."),
        instruments(index, instrument_ids, "Every one that the law book knows, accepted anywhere or not."),
    ];
    List {
        title: "The law book",
        lead: "Everything that onward knows of the law, each with its source on its own page.".to_owned(),
        more: vec![Piece::link("Only what matters for this register", "law.html")],
        facets: &["Law", "Kind", "In the book"],
        tables,
        ..List::default()
    }
}

fn coverage(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Full => "in full",
        Coverage::Outline => "in outline: findings are warnings",
    }
}

fn regimes(index: &Index<'_>) -> Table {
    let law = &index.assessment.flow.law;
    let places = index.places();
    let is_of_use = |regime: &&RegimeOn<'_>| {
        places.iter().any(|code| regime.territory.contains(*code) || regime.decisions(*code).next().is_some())
    };
    let row = |regime: &RegimeOn<'_>| {
        let verdicts = index.assessment.verdicts.iter().filter(|verdict| verdict.regime_id == regime.id).count();
        Row::new(vec![
            vec![
                Piece::link(&*regime.version.name, links::regime(regime.regime)),
                Piece::between(" "),
                Piece::code(&*regime.version.id),
            ],
            vec![Piece::text(coverage(regime.regime.coverage))],
            tables::day(regime.version.in_force.from),
            tables::day(regime.version.in_force.until),
            vec![Piece::text(verdicts.to_string())],
            source(&regime.version.source),
        ])
    };
    Table {
        title: "Laws in force".to_owned(),
        id: "regimes",
        lead: "Those that apply in a place of this register, or have decided about one.".to_owned(),
        columns: vec!["Law", "In the book", "First day", "Last day", "Verdicts here", "Source"],
        rows: law.regimes().iter().filter(is_of_use).map(row).collect(),
        empty: "No law of the book is in force on this day.",
    }
}

fn decisions<'d>(index: &Index<'_>, decisions: impl Iterator<Item = &'d Decision>, lead: &str) -> Table {
    let law = &index.assessment.flow.law;
    let row = |decision: &Decision| {
        Row::new(vec![
            vec![links::to_decision(decision)],
            vec![Piece::code(&*law.law[decision.regime].id)],
            tables::day(decision.in_force.from),
            tables::day(decision.in_force.until),
            state(index, decision),
        ])
    };
    Table {
        title: "Adequacy decisions".to_owned(),
        id: "decisions",
        lead: lead.to_owned(),
        columns: vec!["Decision", "Law", "First day", "Last day", "On this day"],
        rows: decisions.map(row).collect(),
        empty: "No law has decided anything about a place of this register.",
    }
}

/// Whether a decision is in force on the day, what ended it, and whether it is contested or not certain.
fn state(index: &Index<'_>, decision: &Decision) -> Cell {
    let day = index.assessment.day();
    let mut state = if decision.in_force.holds(day) {
        vec![Piece::status("in force", "good")]
    } else {
        vec![Piece::status("not in force", "quiet")]
    };
    for case in decision.ended_by.iter().filter(|_| decision.in_force.is_after(day)) {
        state.push(Piece::small(format!(" ended by {case}")));
    }
    for case in decision.contested.iter().filter(|_| decision.in_force.holds(day)) {
        state.push(Piece::small(format!(" contested: {case}")));
    }
    if decision.source.unsure.is_some() {
        state.push(Piece::small(" not certain"));
    }
    state
}

fn instruments<'i>(
    index: &Index<'_>,
    instruments: impl Iterator<Item = (InstrumentId, &'i Instrument)>,
    lead: &str,
) -> Table {
    let law = &index.assessment.flow.law;
    let row = |(id, instrument): (InstrumentId, &Instrument)| {
        let accepting = law.regimes().iter().filter(|regime| {
            instrument.not_a_tool.is_none()
                && regime.acceptance(id).is_some_and(|accepted| accepted.valid.holds(law.day))
        });
        let mut accepted = joined(accepting.map(|regime| Piece::code(&*regime.regime.id)));
        accepted.extend(instrument.not_a_tool.iter().map(|why| Piece::small(format!("no tool: {why}"))));
        Row::new(vec![
            vec![
                Piece::link(&*instrument.name, links::instrument(instrument)),
                Piece::between(" "),
                Piece::code(&*instrument.id),
            ],
            vec![Piece::text(instrument.kind.as_str())],
            accepted,
        ])
    };
    Table {
        title: "Instruments".to_owned(),
        id: "instruments",
        lead: lead.to_owned(),
        columns: vec!["Instrument", "Kind", "Accepted on this day by"],
        rows: instruments.map(row).collect(),
        empty: "No safeguard is recorded.",
    }
}

fn source(source: &Source) -> Cell {
    let mut cell = vec![match &source.url {
        Some(url) => Piece::link(&*source.citation, &**url),
        None => Piece::text(&*source.citation),
    }];
    cell.extend(source.unsure.iter().map(|why| Piece::small(format!(" Not certain: {why}"))));
    if source.house {
        cell.push(Piece::small(" Law of the register itself"));
    }
    cell
}
