//! # A transfer that the notice does not disclose
//!
//! ## Why
//!
//! People must be told who receives their data and why, and that it leaves the territory. Every
//! active transfer of personal data needs statements of the notice that disclose it: each category,
//! for each purpose, to each recipient. The keys that `discloses` gives must all match, and one
//! that is left out matches everything; a statement about a part does not cover the whole. Where
//! any statement names an area that data leaves (`outside`), a restricted transfer out of that area
//! needs one that does.
//!
//! With no `[[statement]]` in the register this rule sleeps.
//!
//! ## Example
//!
//! ```toml
//! [[statement]]
//! id = "sisters"
//! notice = "Privacy notice, 1 May 2026"
//! quote = "We share your contact details with our sister company."
//! discloses = { recipients = ["acme-bv"], purposes = ["support"] }
//!
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "DE"
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[statement]]
//! id = "sisters-and-resellers"
//! notice = "Privacy notice, 1 June 2026"
//! quote = "We share your contact details with our sister company and our resellers."
//! discloses = { recipients = ["acme-bv", "@resellers"], purposes = ["support"] }
//!
//! [[reseller]]
//! id = "shop"
//! name = "Shop"
//! jurisdiction = "DE"
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "shop"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 13(1)(c), (e) and (f) and 14(1)(c) to (f); Directive 95/46/EC Art. 10 and 11.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use hashbrown::HashMap;

use super::Rule;
use super::notice::{Notice, Seen, by_transfer, outermost, quoted, with_parts};
use super::words::some_of;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, PairId};
use crate::register::{PartyId, Transfer};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "undisclosed-transfer",
        level: Level::Deny,
        integrity: false,
        source: include_str!("undisclosed_transfer.rs"),
    },
    check,
};

/// What the notice does not say of a pair.
#[derive(Debug)]
struct Gap {
    /// Categories, and the purposes for which they are not disclosed.
    parts: Vec<(FixedBitSet, FixedBitSet)>,
    /// The statement that covers the most of the pair, if any covers a part.
    nearest: Option<usize>,
    /// A statement that covers it all except that it leaves an area.
    but_for_area: Option<usize>,
    /// Whether it needs a statement that says that data leaves an area.
    leaves: bool,
}

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    if assessment.register().statements.is_empty() {
        return;
    }
    let notice = Notice::of(assessment);
    for pairs in by_transfer(assessment) {
        record(assessment, &notice, &pairs, docket);
    }
}

/// Files what is not disclosed of the pairs of one transfer: once where all are alike.
fn record(assessment: &Assessment<'_>, notice: &Notice, pairs: &[PairId], docket: &mut Docket) {
    let register = assessment.register();
    let Some(first) = pairs.first() else { return };
    let transfer = &register[assessment.flow.pair(*first).transfer];
    let purposes = with_parts(&register.purposes, transfer.purposes.iter().map(|id| id.index()));
    let mut sender: Option<(PartyId, FixedBitSet)> = None;
    let mut known: HashMap<(FixedBitSet, Seen), Option<usize>> = HashMap::new();
    let mut gaps: Vec<Gap> = Vec::new();
    let mut all = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let (from, to) = (assessment.flow.pair(*pair).from, assessment.flow.pair(*pair).to);
        if sender.as_ref().is_none_or(|(known, _)| *known != from) {
            sender = Some((from, carried(assessment, *pair)));
        }
        let Some((_, data)) = sender.as_ref().filter(|(_, data)| !data.is_clear()) else { continue };
        let seen = notice.sees(assessment, *pair);
        let found = *known.entry((data.clone(), seen)).or_insert_with_key(|(data, seen)| {
            gap(notice, seen, to, data, &purposes).map(|gap| {
                gaps.push(gap);
                gaps.len() - 1
            })
        });
        all.push((*pair, found));
    }
    let alike = all.windows(2).all(|two| two[0].1 == two[1].1);
    match all.first() {
        Some((_, Some(at))) if alike => {
            let pairs: Vec<PairId> = all.iter().map(|(pair, _)| *pair).collect();
            docket
                .file(finding(assessment, transfer, &pairs, &gaps[*at]).about("transfer", register.name(transfer.id)));
        }
        _ => {
            let missing = all.iter().filter_map(|(pair, found)| Some((*pair, (*found)?)));
            docket.extend(missing.map(|(pair, at)| {
                let leg = assessment.flow.pair(pair);
                let id = register.pair_id(leg.transfer, leg.from, leg.to);
                finding(assessment, transfer, &[pair], &gaps[at]).about("transfer", id)
            }));
        }
    }
}

/// The categories of personal data that go along a pair.
fn carried(assessment: &Assessment<'_>, pair: PairId) -> FixedBitSet {
    let mut data = FixedBitSet::with_capacity(assessment.register().data.len());
    assessment.flow.carried_by(pair).for_each(|cell| data.insert(cell.data.index()));
    data
}

fn gap(notice: &Notice, seen: &Seen, to: PartyId, data: &FixedBitSet, purposes: &FixedBitSet) -> Option<Gap> {
    let parts = missing(notice, &seen.statements, data, purposes);
    if parts.is_empty() {
        return None;
    }
    let covered = |at: &usize| {
        let Some(reach) = notice.reach(*at) else { return 0 };
        let served = purposes.ones().filter(|purpose| reach.serves(*purpose)).count();
        let mut rest = data.clone();
        reach.take_from(&mut rest);
        served * (data.count_ones(..) - rest.count_ones(..))
    };
    // The first of those that cover the most.
    let nearest = seen.statements.iter().copied().filter(|at| covered(at) > 0);
    let nearest = nearest.max_by_key(|at| (covered(at), std::cmp::Reverse(*at)));
    let without_area = || notice.about(to).find(|at| missing(notice, &[*at], data, purposes).is_empty());
    let but_for_area = if seen.leaves { without_area() } else { None };
    Some(Gap { parts, nearest, but_for_area, leaves: seen.leaves })
}

/// What some statements do not cover: categories, and the purposes for which they miss them.
fn missing(
    notice: &Notice,
    statements: &[usize],
    data: &FixedBitSet,
    purposes: &FixedBitSet,
) -> Vec<(FixedBitSet, FixedBitSet)> {
    let mut parts: Vec<(FixedBitSet, FixedBitSet)> = Vec::new();
    for purpose in purposes.ones() {
        let mut rest = data.clone();
        let serving = statements.iter().filter_map(|at| notice.reach(*at)).filter(|reach| reach.serves(purpose));
        serving.for_each(|reach| reach.take_from(&mut rest));
        if rest.is_clear() {
            continue;
        }
        let at = parts.iter().position(|(known, _)| *known == rest).unwrap_or_else(|| {
            parts.push((rest, FixedBitSet::with_capacity(purposes.len())));
            parts.len() - 1
        });
        parts[at].1.insert(purpose);
    }
    parts
}

fn finding(assessment: &Assessment<'_>, transfer: &Transfer, pairs: &[PairId], gap: &Gap) -> Finding {
    let register = assessment.register();
    let recipients: BTreeSet<PartyId> = pairs.iter().map(|pair| assessment.flow.pair(*pair).to).collect();
    let recipients = some_of(recipients.into_iter().map(|party| register.party_id(party)), "recipient");
    let said = |(data, purposes): &(FixedBitSet, FixedBitSet)| {
        let data = some_of(outermost(register, &register.data, data), "category");
        let purposes = some_of(outermost(register, &register.purposes, purposes), "purpose");
        format!("{data} for {purposes}")
    };
    let first = gap.parts.first().map(said).unwrap_or_default();
    let area = if gap.leaves { " outside the area that the notice speaks of" } else { "" };
    let message = format!("no statement of the notice discloses to {recipients}{area}: {first}");
    let mut finding = Finding::new(&RULE.card, transfer.at.place(), message)
        .label("not in the notice")
        .help("disclose it in the notice and record the statement, or end the transfer");
    for part in gap.parts.iter().skip(1).take(4) {
        finding = finding.note(format!("nor {}", said(part)));
    }
    if let Some(at) = gap.but_for_area {
        let statement = &register.statements[at];
        let message = format!("this discloses it, and not that it leaves the area: {}", quoted(statement));
        finding = finding.related(message, statement.at.place());
    } else if let Some(at) = gap.nearest {
        let statement = &register.statements[at];
        finding = finding.related(format!("this covers a part of it: {}", quoted(statement)), statement.at.place());
    }
    let key = format!("undisclosed-transfer {}", register.name(transfer.id));
    finding.because(key, format!("the notice does not disclose {}", crate::prose::quote(register.name(transfer.id))))
}
