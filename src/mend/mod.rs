//! From finding to mend: what would be enough for each violation, and the smallest set of acts that
//! clears the most of them.
//!
//! [`Ways`] lists, for one verdict, what would carry it, cheapest first: a line in a file, a renewal,
//! an assessment, a signature, a certificate. [`Mends::of`] looks over the whole register: one
//! signature between two parties may clear five transfers, one assessment of a country be what twenty
//! signatures wait for. It chooses acts greedily (most cleared per act), and then does not believe
//! itself: it writes the acts into a copy of the register, judges the copy, and claims only what is
//! no violation there.

mod act;
mod apply;
mod choose;
mod sought;
mod ways;

pub use act::{Act, Paper, Terms};
pub use sought::Sought;
pub use ways::{Carrier, Way, Ways};

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use crate::flow::{Assessment, Outcome, PairId};
use crate::register::TransferId;
use crate::threads::in_pieces;

/// Above this many pairs, or acts, the choice is not tried again with each act left out.
const WORTH_TRYING: (usize, usize) = (2_000, 24);
/// How many violations a thread takes at once: what it finds out about the law for one serves the others.
const CHUNK: usize = 512;
/// The most papers that a choice lists on one transfer. Where that many parties have none with each other,
/// nobody signs them one by one, and each would have to be held against each pair.
const MAX_PAPERS: usize = 256;
/// How often a choice that did not clear what it should is made smaller before it is given up.
const TRIES: usize = 4;

/// The smallest set of acts that onward found, and what it clears.
#[derive(Debug, Default)]
pub struct Mends {
    /// How many violations there are.
    pub violations: usize,
    /// How many of them the acts clear together.
    pub cleared: usize,
    /// The acts, those that clear most first.
    pub acts: Vec<Proposal>,
    /// The violations that stay, by position among the verdicts.
    pub left: Vec<usize>,
    /// The transfers between so many parties that a paper for every two of them is no way.
    pub crowded: Vec<TransferId>,
}

/// One act, and what it is good for.
#[derive(Debug)]
pub struct Proposal {
    /// The act.
    pub act: Act,
    /// What it must contain.
    pub terms: Terms,
    /// The transfers that rely on it.
    pub transfers: Vec<TransferId>,
    /// How many violations it clears, or helps to.
    pub clears: usize,
}

/// Violations, each with the way that is to clear it.
type Plan = BTreeMap<usize, Way>;

impl Mends {
    /// The acts that clear the most violations of an assessment; nothing where there is none.
    #[must_use]
    pub fn of(assessment: &Assessment<'_>) -> Self {
        let is_violation = |at: &usize| assessment.verdicts[*at].outcome == Outcome::Violation;
        let broken: Vec<usize> = (0..assessment.verdicts.len()).filter(is_violation).collect();
        if broken.is_empty() {
            return Self::default();
        }
        let open: Vec<(usize, Vec<Way>)> = in_pieces(&broken, CHUNK, |some| {
            let mut ways = Ways::of(assessment);
            some.iter().map(|at| (*at, ways.to_mend(&assessment.verdicts[*at]))).collect()
        });
        let mut plan = choose::plan(assessment, &open);
        let crowded = leave_crowds(assessment, &mut plan);
        let (plan, still) = proven(assessment, plan);
        let (plan, still) = smaller(assessment, plan, still);
        let left: Vec<usize> = broken.iter().copied().filter(|at| still.contains(&key(assessment, *at))).collect();
        Self {
            violations: broken.len(),
            cleared: broken.len() - left.len(),
            acts: proposals(assessment, &plan),
            left,
            crowded,
        }
    }
}

/// Takes out of a plan the papers of transfers that would have to list too many; which those are.
fn leave_crowds(assessment: &Assessment<'_>, plan: &mut Plan) -> Vec<TransferId> {
    let transfer = |at: &usize| assessment.pair(&assessment.verdicts[*at]).transfer;
    let mut papers: HashMap<TransferId, HashSet<&Paper>> = HashMap::new();
    for (at, way) in plan.iter() {
        if let Carrier::Paper(paper) = &way.carrier {
            papers.entry(transfer(at)).or_default().insert(paper);
        }
    }
    let mut crowded: Vec<TransferId> =
        papers.into_iter().filter(|(_, papers)| papers.len() > MAX_PAPERS).map(|(transfer, _)| transfer).collect();
    crowded.sort_unstable();
    let is_crowded = |at: &usize| crowded.binary_search(&transfer(at)).is_ok();
    plan.retain(|at, way| !matches!(way.carrier, Carrier::Paper(_)) || !is_crowded(at));
    crowded
}

/// What names a verdict in two assessments of the same transfers.
type Key = (PairId, usize);

fn key(assessment: &Assessment<'_>, at: usize) -> Key {
    let verdict = &assessment.verdicts[at];
    (verdict.pair, verdict.regime)
}

/// A plan that clears all that it is meant to, and what is still a violation under it.
fn proven(assessment: &Assessment<'_>, mut plan: Plan) -> (Plan, BTreeSet<Key>) {
    for _ in 0..TRIES {
        let still = apply::violations_after(assessment, &plan);
        let before = plan.len();
        plan.retain(|at, _| !still.contains(&key(assessment, *at)));
        if plan.len() == before {
            return (plan, still);
        }
    }
    let plan = Plan::new();
    let still = apply::violations_after(assessment, &plan);
    (plan, still)
}

/// Leaves out acts without which as much is cleared: a certificate may bring data to its holder
/// under terms that make later signatures needless.
fn smaller(assessment: &Assessment<'_>, mut plan: Plan, mut still: BTreeSet<Key>) -> (Plan, BTreeSet<Key>) {
    let acts: BTreeSet<Act> = plan.values().flat_map(|way| way.acts.iter().cloned()).collect();
    if assessment.flow.active_pairs().count() > WORTH_TRYING.0 || acts.len() > WORTH_TRYING.1 || acts.len() < 2 {
        return (plan, still);
    }
    for act in acts.iter().rev() {
        let mut fewer = plan.clone();
        fewer.retain(|_, way| !way.acts.contains(act));
        let after = apply::violations_after(assessment, &fewer);
        if after.is_subset(&still) {
            (plan, still) = (fewer, after);
        }
    }
    (plan, still)
}

/// The acts of a plan, those that clear most first.
fn proposals(assessment: &Assessment<'_>, plan: &Plan) -> Vec<Proposal> {
    let mut found: BTreeMap<&Act, (Terms, BTreeSet<TransferId>, usize)> = BTreeMap::new();
    for (at, way) in plan {
        for act in &way.acts {
            let (terms, transfers, clears) = found.entry(act).or_default();
            if matches!(act, Act::Sign(_) | Act::Certify(..)) {
                terms.add(&way.terms);
            }
            transfers.insert(assessment.pair(&assessment.verdicts[*at]).transfer);
            *clears += 1;
        }
    }
    let mut acts: Vec<Proposal> = found
        .into_iter()
        .map(|(act, (terms, transfers, clears))| Proposal {
            act: act.clone(),
            terms,
            transfers: transfers.into_iter().collect(),
            clears,
        })
        .collect();
    acts.sort_by(|a, b| b.clears.cmp(&a.clears).then_with(|| a.act.cmp(&b.act)));
    acts
}
