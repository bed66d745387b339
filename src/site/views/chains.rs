//! Chains: every path from a collector to a last recipient, the broken and the longest first.

use std::collections::BTreeSet;

use minijinja::Error;

use crate::flow::{MAX_PATH, Outcome, Verdict};
use crate::register::PartyId;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{List, Piece, Row, Table};
use crate::site::render::Pages;
use crate::site::words;

/// The most chains shown; past that nobody reads a list.
const MAX_SHOWN: usize = 2_000;

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.list("chains.html", "chains.html", || list(index))
}

fn list(index: &Index<'_>) -> List {
    let assessment = index.assessment;
    assessment.find_paths();
    let restricted = assessment.verdicts.iter().filter(|verdict| verdict.outcome > Outcome::Unrestricted);
    let restricted: Vec<&Verdict<'_>> = restricted.collect();
    // A chain that another one continues is told by that one.
    let continued: BTreeSet<_> = restricted
        .iter()
        .filter_map(|verdict| Some((verdict.regime, ends(assessment.path(verdict).split_last()?.1))))
        .collect();
    let mut last: Vec<&Verdict<'_>> = Vec::new();
    let mut seen = BTreeSet::new();
    for verdict in restricted {
        let key = (verdict.regime, ends(assessment.path(verdict)));
        if !continued.contains(&key) && seen.insert(key) {
            last.push(verdict);
        }
    }
    last.sort_by_key(|verdict| std::cmp::Reverse((verdict.outcome, assessment.path(verdict).len())));
    let hidden = last.len().saturating_sub(MAX_SHOWN);
    let rows = last.iter().take(MAX_SHOWN).map(|verdict| row(index, verdict)).collect();
    let lead =
        if hidden > 0 { format!("The first {MAX_SHOWN}; {hidden} more are in report.json.") } else { String::new() };
    let table = Table {
        title: "Chains".to_owned(),
        id: "chains",
        lead,
        columns: vec!["From the collector to the last recipient", "Place of the last", "Verdict on the last leg"],
        rows,
        empty: "No data leaves the territory of a law that is attached to it.",
    };
    let lead = "Where data ends up after the recipient's recipient: every path on which a law restricts the last leg.";
    List {
        title: "Chains",
        lead: lead.to_owned(),
        facets: &["Place of the last"],
        tables: vec![table],
        ..List::default()
    }
}

/// The two ends of a path, as a path that continues it has them: of a long one the middle is left out.
fn ends(path: &[PartyId]) -> (&[PartyId], &[PartyId]) {
    let (head, tail) = path.split_at(path.len().min(MAX_PATH / 2));
    (head, &tail[usize::from(path.len() == MAX_PATH)..])
}

fn row(index: &Index<'_>, verdict: &Verdict<'_>) -> Row {
    let pair = index.assessment.pair(verdict);
    let mut path = words::path(index.assessment, verdict);
    path.push(Piece::between(" "));
    path.push(Piece::link("how", links::leg(index.assessment, verdict.pair)));
    Row::new(vec![path, index.place(index.register[pair.to].jurisdiction), words::verdict(index.assessment, verdict)])
}
