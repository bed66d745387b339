//! The first page: are we in order on this day, what needs attention, and where does data go?

use std::collections::BTreeMap;

use minijinja::Error;
use serde::Serialize;

use super::{mends, pictures};
use crate::flow::{Outcome, PairId};
use crate::prose;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Piece, Row, Table, joined, message};
use crate::site::picture::{self, Picture};
use crate::site::render::Pages;
use crate::site::words;

/// The most root causes shown, and the most transfers under one: past that nobody reads a list.
const MAX_CAUSES: usize = 20;
const MAX_TRANSFERS: usize = 12;
/// The most crossings of borders shown.
const MAX_BORDERS: usize = 40;
/// The most recipients of a place that are named; its page has all.
const MAX_RECIPIENTS: usize = 12;

#[derive(Serialize)]
struct Overview {
    lead: Vec<String>,
    outcomes: Vec<Count>,
    causes: Vec<Cause>,
    /// How many root causes are not shown.
    more: usize,
    picture: Option<Picture>,
    mends: Option<Table>,
    tables: Vec<Table>,
}

/// An outcome and how many verdicts have it.
#[derive(Serialize)]
struct Count {
    outcome: Piece,
    verdicts: usize,
    meaning: &'static str,
}

/// A root cause and what it breaks.
#[derive(Serialize)]
struct Cause {
    phrase: Cell,
    count: usize,
    transfers: Vec<Cell>,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.add("overview", "index.html", ("Overview", "index.html"), || overview(index))
}

fn overview(index: &Index<'_>) -> Overview {
    let crossings = index.crossings();
    let mut causes = causes(index);
    let more = causes.len().saturating_sub(MAX_CAUSES);
    causes.truncate(MAX_CAUSES);
    Overview {
        lead: lead(index),
        outcomes: outcomes(index),
        causes,
        more,
        picture: picture::borders(index, &crossings),
        mends: mends::table(index),
        tables: vec![pictures::borders(index, &crossings, MAX_BORDERS), abroad(index)],
    }
}

fn lead(index: &Index<'_>) -> Vec<String> {
    let (run, register) = (index.run, index.register);
    let pairs = prose::count(run.pairs(), "pair");
    let counted = format!(
        "{} of parties in {} between {}: each judged under every law that is attached to its data.",
        pairs,
        prose::count(register.transfers.len(), "transfer"),
        prose::count(register.parties.len(), "party"),
    );
    let findings = format!(
        "{} denied, {}, {} waived.",
        prose::count(run.denied(), "finding"),
        prose::count(run.warned(), "warning"),
        run.docket.waived()
    );
    vec![counted, findings]
}

fn outcomes(index: &Index<'_>) -> Vec<Count> {
    let count =
        |outcome: Outcome| index.assessment.verdicts.iter().filter(|verdict| verdict.outcome == outcome).count();
    let all = Outcome::ALL.iter().rev();
    all.map(|outcome| Count {
        outcome: words::outcome(*outcome),
        verdicts: count(*outcome),
        meaning: words::meaning(*outcome),
    })
    .collect()
}

fn causes(index: &Index<'_>) -> Vec<Cause> {
    let mut causes: BTreeMap<&str, Cause> = BTreeMap::new();
    for finding in index.run.docket.findings() {
        let (Some(cause), Some(subject)) = (&finding.cause, &finding.subject) else { continue };
        if finding.waived_by.is_some() {
            continue;
        }
        let entry = causes.entry(&cause.key);
        let entry = entry.or_insert_with(|| Cause { phrase: message(&cause.phrase), count: 0, transfers: Vec::new() });
        entry.count += 1;
        let record = subject.id.split('/').next().unwrap_or(&subject.id);
        if entry.transfers.len() < MAX_TRANSFERS {
            entry.transfers.push(vec![Piece::link(&*subject.id, format!("transfer-{record}.html"))]);
        }
    }
    let mut causes: Vec<Cause> = causes.into_values().collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.count));
    causes
}

/// By place of the recipient: who gets data that a law restricts, and under what.
fn abroad(index: &Index<'_>) -> Table {
    let flow = &index.assessment.flow;
    let is_restricted = |pair: &PairId| index.verdicts(*pair).any(|verdict| verdict.outcome > Outcome::Unrestricted);
    let restricted = |pairs: &[PairId]| pairs.iter().copied().filter(is_restricted).collect::<Vec<PairId>>();
    let places = index.by_place().map(|(code, pairs)| (code, restricted(pairs))).filter(|(_, pairs)| !pairs.is_empty());
    let rows = places.map(|(code, pairs)| {
        let mut recipients: Vec<_> = pairs.iter().map(|pair| flow.pair(*pair).to).collect();
        recipients.sort_unstable();
        recipients.dedup();
        let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
        for verdict in pairs
            .iter()
            .flat_map(|pair| index.verdicts(*pair))
            .filter(|verdict| verdict.outcome > Outcome::Unrestricted)
        {
            *counts.entry(verdict.outcome).or_default() += 1;
        }
        let mut verdicts = Vec::new();
        for (outcome, count) in counts.into_iter().rev() {
            verdicts.push(Piece::text(format!("{count} ")));
            verdicts.push(words::outcome(outcome));
            verdicts.push(Piece::between(" "));
        }
        let named = recipients.iter().take(MAX_RECIPIENTS).map(|party| links::to_party(index.register, *party));
        let more = recipients.len().saturating_sub(MAX_RECIPIENTS);
        let more = (more > 0).then(|| Piece::link(format!("{more} more"), links::place(code)));
        Row::new(vec![index.place(code), joined(named.chain(more)), verdicts])
    });
    Table {
        title: "Where data goes that a law restricts".to_owned(),
        id: "abroad",
        lead: "Every place outside the territory of a law that is attached to the data, who gets it there, and with what verdict.".to_owned(),
        columns: vec!["Place", "Recipients", "Verdicts"],
        rows: rows.collect(),
        empty: "No transfer leaves the territory of a law that is attached to its data.",
    }
}
