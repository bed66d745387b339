//! The law relied on: the laws attached to data, the decisions and the instruments of the register.

use std::collections::BTreeSet;

use minijinja::Error;

use super::tables;
use crate::law::{Coverage, Decision, DecisionId, Instrument, InstrumentId, RegimeOn, Source};
use crate::site::index::Index;
use crate::site::page::{Cell, List, Piece, Row, Table};
use crate::site::render::Pages;

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let law = &index.assessment.flow.law;
    let codes = index.places();
    let decisions: BTreeSet<DecisionId> =
        law.regimes().iter().flat_map(|regime| codes.iter().flat_map(|code| regime.decisions(*code))).collect();
    let instruments: BTreeSet<InstrumentId> =
        index.register.safeguards.iter().flat_map(|safeguard| safeguard.instruments.iter().copied()).collect();
    let named = decisions.iter().filter_map(|id| law.law[*id].scope.certification);
    let instruments: BTreeSet<InstrumentId> = instruments.into_iter().chain(named).collect();
    let tables = vec![
        regimes(index),
        Table {
            title: "Adequacy decisions".to_owned(),
            id: "decisions",
            lead: "About the places of this register.".to_owned(),
            columns: vec!["Decision", "Law", "First day", "Last day", "On this day", "Source"],
            rows: decisions.iter().map(|id| decision(index, &law.law[*id])).collect(),
            empty: "No law has decided anything about a place of this register.",
        },
        Table {
            title: "Instruments".to_owned(),
            id: "instruments",
            lead: "That safeguards of this register are instances of, or that decisions name.".to_owned(),
            columns: vec!["Instrument", "Kind", "Accepted on this day by", "Source"],
            rows: instruments.iter().map(|id| instrument(index, *id, &law.law[*id])).collect(),
            empty: "No safeguard is recorded.",
        },
    ];
    let updated =
        law.law.updated.map(|day| format!(" The law book was brought up to date on {day}.")).unwrap_or_default();
    let lead = format!("The law as it stood on {}.{updated}", law.day);
    let view = List { title: "Law", lead, tables };
    pages.add("list", "law.html", "Law", "law.html", &view)
}

fn regimes(index: &Index<'_>) -> Table {
    let law = &index.assessment.flow.law;
    let places = index.places();
    let is_of_use = |regime: &&RegimeOn<'_>| {
        places.iter().any(|code| regime.territory.contains(*code) || regime.decisions(*code).next().is_some())
    };
    let row = |regime: &RegimeOn<'_>| {
        let verdicts = index.assessment.verdicts.iter().filter(|verdict| verdict.regime_id == regime.id).count();
        let coverage =
            if regime.regime.coverage == Coverage::Full { "in full" } else { "in outline: findings are warnings" };
        Row {
            id: Some(format!("law-{}", regime.regime.id)),
            cells: vec![
                vec![Piece::text(&*regime.version.name), Piece::text(" "), Piece::code(&*regime.version.id)],
                vec![Piece::text(coverage)],
                tables::day(regime.version.in_force.from),
                tables::day(regime.version.in_force.until),
                vec![Piece::text(verdicts.to_string())],
                source(&regime.version.source),
            ],
        }
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

fn decision(index: &Index<'_>, decision: &Decision) -> Row {
    let law = &index.assessment.flow.law;
    let mut state = if decision.in_force.holds(law.day) {
        vec![Piece::status("in force", "good")]
    } else {
        vec![Piece::status("not in force", "quiet")]
    };
    for case in decision.ended_by.iter().filter(|_| decision.in_force.is_after(law.day)) {
        state.push(Piece::small(format!(" ended by {case}")));
    }
    if let Some(case) = &decision.contested {
        state.push(Piece::small(format!(" contested in {case}")));
    }
    Row {
        id: Some(format!("law-{}", decision.id)),
        cells: vec![
            vec![Piece::code(&*decision.id)],
            vec![Piece::code(&*law.law[decision.regime].id)],
            tables::day(decision.in_force.from),
            tables::day(decision.in_force.until),
            state,
            source(&decision.source),
        ],
    }
}

fn instrument(index: &Index<'_>, id: InstrumentId, instrument: &Instrument) -> Row {
    let law = &index.assessment.flow.law;
    let accepting = law.regimes().iter().filter(|regime| {
        instrument.not_a_tool.is_none() && regime.acceptance(id).is_some_and(|accepted| accepted.valid.holds(law.day))
    });
    let mut accepted = crate::site::page::joined(accepting.map(|regime| Piece::code(&*regime.regime.id)));
    accepted.extend(instrument.not_a_tool.iter().map(|why| Piece::small(format!("no tool: {why}"))));
    Row {
        id: Some(format!("law-{}", instrument.id)),
        cells: vec![
            vec![Piece::text(&*instrument.name), Piece::text(" "), Piece::code(&*instrument.id)],
            vec![Piece::text(instrument.kind.as_str())],
            accepted,
            source(&instrument.source),
        ],
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
