//! A page for every regime, decision and instrument: what it says, its history, what rests on it.

use std::cell::LazyCell;

use hashbrown::HashMap;
use minijinja::Error;

use super::{UNDER, history, state};
use crate::flow::{Basis, Verdict};
use crate::law::{About, Change, DecisionId, Instrument, InstrumentId, Law, RegimeId};
use crate::prose;
use crate::register::SafeguardId;
use crate::report::law::{self as text, Section};
use crate::rules;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, Piece, Record, Row, Table, joined, message};
use crate::site::picture::timeline;
use crate::site::render::Pages;
use crate::site::views::tables;

/// What of the register rests on the law, and what of the law changed, by entry.
#[derive(Default)]
struct Uses<'a> {
    carried: HashMap<DecisionId, Vec<&'a Verdict<'a>>>,
    dropped: HashMap<DecisionId, Vec<&'a Verdict<'a>>>,
    judged: HashMap<RegimeId, usize>,
    instances: HashMap<InstrumentId, Vec<SafeguardId>>,
    changes: HashMap<RegimeId, Vec<&'a Change<'a>>>,
    of_decision: HashMap<DecisionId, Vec<&'a Change<'a>>>,
    of_instrument: HashMap<InstrumentId, Vec<&'a Change<'a>>>,
}

impl<'a> Uses<'a> {
    fn of(index: &Index<'a>, law: &Law, changes: &'a [Change<'a>]) -> Self {
        let mut uses = Self::default();
        for verdict in &index.assessment.verdicts {
            *uses.judged.entry(verdict.regime_id).or_default() += 1;
            for basis in &verdict.basis {
                if let Basis::Decision(id) = basis {
                    uses.carried.entry(*id).or_default().push(verdict);
                }
            }
            for id in verdict.failure.reasons.iter().filter_map(|reason| reason.decision) {
                uses.dropped.entry(id).or_default().push(verdict);
            }
        }
        for (at, safeguard) in index.register.safeguards.iter().enumerate() {
            for instrument in &safeguard.instruments {
                uses.instances.entry(*instrument).or_default().push(SafeguardId::at(at));
            }
        }
        for change in changes {
            match change.about {
                About::Regime(id) => uses.changes.entry(id).or_default().push(change),
                About::Decision(id) => {
                    uses.of_decision.entry(id).or_default().push(change);
                    uses.changes.entry(law[id].regime).or_default().push(change);
                }
                About::Instrument(id, regime) => {
                    uses.of_instrument.entry(id).or_default().push(change);
                    uses.changes.entry(regime).or_default().push(change);
                }
                About::Area(..) => {}
            }
        }
        uses
    }
}

fn listed<'s, T>(map: &'s HashMap<T, Vec<&'s Change<'s>>>, id: &T) -> &'s [&'s Change<'s>]
where
    T: std::hash::Hash + Eq,
{
    map.get(id).map_or(&[], Vec::as_slice)
}

pub(super) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let law = index.assessment.flow.law.law;
    let changes = LazyCell::new(|| law.changes());
    let uses = LazyCell::new(|| Uses::of(index, law, &changes));
    for (id, regime) in law.regimes.iter().filter_map(|row| law.regime(&row.id)) {
        pages.record(&links::regime(regime), (&regime.name, UNDER), || of_regime(index, &uses, id))?;
    }
    for (id, decision) in law.decisions.iter().filter_map(|row| law.decision(&row.id)) {
        pages.record(&links::decision(decision), (&decision.id, UNDER), || of_decision(index, &uses, id))?;
    }
    for (id, instrument) in law.instruments.iter().filter_map(|row| law.instrument(&row.id)) {
        pages.record(&links::instrument(instrument), (&instrument.name, UNDER), || of_instrument(index, &uses, id))?;
    }
    Ok(())
}

fn of_regime(index: &Index<'_>, uses: &Uses<'_>, id: RegimeId) -> Record {
    let law = index.assessment.flow.law.law;
    let regime = &law[id];
    let sections = text::regime(law, regime, index.assessment.day());
    let verdicts = uses.judged.get(&id).copied().unwrap_or_default();
    let answer = match verdicts {
        0 => "It is attached to no data of this register on this day.".to_owned(),
        1 => "1 verdict of this register is under it.".to_owned(),
        n => format!("{n} verdicts of this register are under it."),
    };
    let rest = Rest {
        answer: vec![vec![Piece::text(answer)]],
        tables: vec![history::timeline(index, listed(&uses.changes, &id))],
        parts: "Versions",
    };
    record("law", &regime.name, &regime.id, sections, rest)
}

fn of_instrument(index: &Index<'_>, uses: &Uses<'_>, id: InstrumentId) -> Record {
    let law = index.assessment.flow.law.law;
    let instrument = &law[id];
    let sections = text::instrument(law, instrument, index.assessment.day());
    let rest = Rest {
        answer: vec![accepted(index, id, instrument)],
        tables: vec![instances(index, id, uses), history::timeline(index, listed(&uses.of_instrument, &id))],
        parts: "Under each law",
    };
    record("instrument", &instrument.name, &instrument.id, sections, rest)
}

fn of_decision(index: &Index<'_>, uses: &Uses<'_>, id: DecisionId) -> Record {
    let law = index.assessment.flow.law.law;
    let decision = &law[id];
    let sections = vec![text::decision(law, decision, index.assessment.day())];
    let (carried, dropped) = (uses.carried.get(&id), uses.dropped.get(&id));
    let alone = carried.into_iter().flatten().filter(|verdict| verdict.fallback.is_empty()).count();
    let mut about = state(index, decision);
    about.push(Piece::text(format!(" about {}", text::places(law, &decision.jurisdictions))));
    let mut answer = vec![about];
    answer.push(vec![Piece::text(match carried.map_or(0, Vec::len) {
        0 => "No transfer of this register rests on it on this day.".to_owned(),
        1 => format!("1 verdict rests on it; if it fell, {alone} would have nothing else recorded."),
        n => format!("{n} verdicts rest on it; if it fell, {alone} of them would have nothing else recorded."),
    })]);
    let tables = vec![
        tables::resting(index, carried.map_or(&[], Vec::as_slice)),
        left(index, id, dropped.map_or(&[], Vec::as_slice)),
        history::timeline(index, listed(&uses.of_decision, &id)),
    ];
    let rest = Rest { answer, tables, parts: "" };
    let mut view = record("adequacy decision", &decision.id, &decision.id, sections, rest);
    view.timeline = Some(timeline::decision(index, decision));
    view
}

/// What a page says besides the law's own words.
struct Rest {
    answer: Vec<Cell>,
    tables: Vec<Table>,
    /// What the further sections are called together.
    parts: &'static str,
}

/// A page: the facts of the first section, one table of the further ones, then what rests on it.
fn record(kind: &'static str, name: &str, id: &str, sections: Vec<Section>, rest: Rest) -> Record {
    let mut sections = sections.into_iter();
    let facts = sections.next().map(facts).unwrap_or_default();
    let mut rows = Vec::new();
    for section in sections {
        let mut heading = vec![Piece::text(prose::capital(&section.heading))];
        for fact in self::facts(section) {
            rows.push(Row::new(vec![std::mem::take(&mut heading), vec![Piece::text(fact.name)], fact.value]));
        }
    }
    let parts = Table {
        title: rest.parts.to_owned(),
        id: "parts",
        lead: String::new(),
        columns: vec!["", "What", "What the law book says"],
        rows: rows.into(),
        empty: "No law of the book accepts it.",
    };
    let mut tables = rest.tables;
    if !rest.parts.is_empty() {
        tables.insert(0, parts);
    }
    Record {
        kind,
        name: name.to_owned(),
        id: id.to_owned(),
        answer: rest.answer,
        picture: None,
        timeline: None,
        parts: Vec::new(),
        findings: None,
        facts,
        notes: String::new(),
        tables,
    }
}

/// Rows as facts: an address without a name of its own is a link beside what it goes on from.
fn facts(section: Section) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::with_capacity(section.rows.len());
    for (name, value) in section.rows {
        let piece = if value.starts_with("https://") || value.starts_with("http://") {
            Piece::link(value.clone(), value)
        } else {
            Piece::text(value)
        };
        match facts.last_mut().filter(|_| name.is_empty()) {
            Some(last) => last.value.extend([Piece::between(" "), piece]),
            None => facts.push(Fact::new(prose::capital(&name), vec![piece])),
        }
    }
    facts
}

/// Which laws accept an instrument on the day.
fn accepted(index: &Index<'_>, id: InstrumentId, instrument: &Instrument) -> Cell {
    let law = &index.assessment.flow.law;
    if let Some(why) = &instrument.not_a_tool {
        return vec![Piece::status("no tool", "quiet"), Piece::text(format!(" {why}"))];
    }
    let accepting = law
        .regimes()
        .iter()
        .filter(|regime| regime.acceptance(id).is_some_and(|accepted| accepted.valid.holds(law.day)));
    let accepting = joined(accepting.map(links::to_version));
    if accepting.is_empty() {
        return vec![Piece::status("accepted by no law on this day", "quiet")];
    }
    let mut cell = vec![Piece::status("accepted", "good"), Piece::between(" on this day by ")];
    cell.extend(accepting);
    cell
}

/// The transfers that nothing carries and that the decision, being about the place, does not carry either.
fn left(index: &Index<'_>, id: DecisionId, dropped: &[&Verdict<'_>]) -> Table {
    let mut rows = Vec::new();
    for verdict in dropped {
        for reason in verdict.failure.reasons.iter().filter(|reason| reason.decision == Some(id)) {
            let mut cells = tables::leg(index, verdict);
            cells.push(message(&rules::said(index.assessment, reason)));
            rows.push(Row::new(cells));
        }
    }
    Table {
        title: "What it does not carry, and nothing else does".to_owned(),
        id: "fails",
        lead: String::new(),
        columns: vec!["Transfer", "From", "To", "Verdict", "Why"],
        rows: rows.into(),
        empty: "No transfer without a safeguard goes to a place that it is about.",
    }
}

fn instances(index: &Index<'_>, id: InstrumentId, uses: &Uses<'_>) -> Table {
    let register = index.register;
    let rows = uses.instances.get(&id).into_iter().flatten().map(|safeguard| {
        let row = &register[*safeguard];
        Row::new(vec![
            vec![links::to_safeguard(register, *safeguard)],
            joined(row.parties.iter().map(|party| links::to_party(register, *party))),
            tables::day(row.dates.signed),
            tables::day(row.dates.last_day()),
            vec![Piece::text(prose::count(index.carried(*safeguard).len(), "verdict"))],
        ])
    });
    Table {
        title: "Safeguards of this register".to_owned(),
        id: "instances",
        lead: "What rests on each is on its own page.".to_owned(),
        columns: vec!["Safeguard", "Binds", "Signed", "Last day", "Carries"],
        rows: rows.collect(),
        empty: "No safeguard of this register is one.",
    }
}
