//! The choice: few acts that clear much. Always the acts next that clear most for each new act;
//! then those are dropped that the others have made needless, and papers of one group are signed as
//! one.
//!
//! Finding the smallest set is as hard as set cover; this is the known good way near it, in the time
//! that sorting takes: each set of acts has a place in a heap by what it still clears, and is weighed
//! again only when it comes to the top, or when one of its acts is chosen.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use hashbrown::HashMap;

use super::Plan;
use super::act::{Act, Paper};
use super::ways::{Carrier, Way};
use crate::flow::Assessment;
use crate::law::InstrumentId;
use crate::record::Sym;
use crate::register::PartyId;

/// Acts that are enough together, and the verdicts that they clear.
#[derive(Default)]
struct Bundle {
    acts: Vec<usize>,
    clears: Vec<usize>,
    cost: u8,
}

/// Everything to choose from.
#[derive(Default)]
struct Market {
    bundles: Vec<Bundle>,
    /// By act, the bundles it is in.
    of_act: Vec<Vec<usize>>,
    /// By verdict, the bundles that clear it.
    of_verdict: Vec<Vec<usize>>,
}

/// How good a bundle is now.
#[derive(PartialEq, Eq)]
struct Rank {
    clears: usize,
    /// Acts that are not chosen yet.
    new: usize,
    cost: u8,
    bundle: usize,
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // More cleared for each new act is better: a/b > c/d, without dividing.
        let (own, theirs) = (self.clears * other.new, other.clears * self.new);
        own.cmp(&theirs)
            .then_with(|| other.cost.cmp(&self.cost))
            .then_with(|| self.clears.cmp(&other.clears))
            .then_with(|| other.bundle.cmp(&self.bundle))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Chooses, for verdicts with their ways, the way that is to clear each; verdicts without a way stay out.
pub(super) fn plan(assessment: &Assessment<'_>, open: &[(usize, Vec<Way>)]) -> Plan {
    let mut numbers: HashMap<&Act, usize> = HashMap::new();
    let market = Market::of(open, &mut numbers);
    let mut chosen = market.choose();
    market.prune(&mut chosen);
    let is_chosen = |act: &Act| numbers.get(act).is_some_and(|number| chosen[*number]);
    let way = |ways: &[Way]| ways.iter().find(|way| way.acts.iter().all(is_chosen)).cloned();
    let mut plan: Plan = open.iter().filter_map(|(at, ways)| Some((*at, way(ways)?))).collect();
    join_groups(assessment, &mut plan);
    plan
}

impl Market {
    fn of<'w>(open: &'w [(usize, Vec<Way>)], numbers: &mut HashMap<&'w Act, usize>) -> Self {
        let mut market = Self { of_verdict: vec![Vec::new(); open.len()], ..Self::default() };
        let mut known: HashMap<Vec<usize>, usize> = HashMap::new();
        for (verdict, (_, ways)) in open.iter().enumerate() {
            for way in ways {
                let mut acts: Vec<usize> = way
                    .acts
                    .iter()
                    .map(|act| {
                        let next = numbers.len();
                        *numbers.entry(act).or_insert(next)
                    })
                    .collect();
                acts.sort_unstable();
                market.of_act.resize_with(numbers.len(), Vec::new);
                let bundle = *known.entry(acts.clone()).or_insert_with(|| {
                    let at = market.bundles.len();
                    for act in &acts {
                        market.of_act[*act].push(at);
                    }
                    let cost = way.acts.iter().map(Act::cost).max().unwrap_or_default();
                    market.bundles.push(Bundle { acts, clears: Vec::new(), cost });
                    at
                });
                market.bundles[bundle].clears.push(verdict);
                market.of_verdict[verdict].push(bundle);
            }
        }
        market
    }

    fn rank(&self, bundle: usize, chosen: &[bool], cleared: &[bool]) -> Rank {
        let Bundle { acts, clears, cost } = &self.bundles[bundle];
        let new = acts.iter().filter(|act| !chosen[**act]).count();
        let clears = clears.iter().filter(|verdict| !cleared[**verdict]).count();
        Rank { clears, new, cost: *cost, bundle }
    }

    /// For each act, whether it is chosen.
    fn choose(&self) -> Vec<bool> {
        let mut chosen = vec![false; self.of_act.len()];
        let mut cleared = vec![false; self.of_verdict.len()];
        let mut heap: BinaryHeap<Rank> =
            (0..self.bundles.len()).map(|bundle| self.rank(bundle, &chosen, &cleared)).collect();
        while let Some(top) = heap.pop() {
            let now = self.rank(top.bundle, &chosen, &cleared);
            if now.clears == 0 {
                continue;
            }
            if now != top {
                heap.push(now);
                continue;
            }
            let bundle = &self.bundles[top.bundle];
            for verdict in &bundle.clears {
                cleared[*verdict] = true;
            }
            for act in &bundle.acts {
                if !std::mem::replace(&mut chosen[*act], true) {
                    heap.extend(self.of_act[*act].iter().map(|other| self.rank(*other, &chosen, &cleared)));
                }
            }
        }
        chosen
    }

    /// Drops acts, the dearest first, without which every verdict still has a chosen way.
    fn prune(&self, chosen: &mut [bool]) {
        let cost = |act: usize| self.of_act[act].iter().map(|bundle| self.bundles[*bundle].cost).min();
        let mut order: Vec<usize> = (0..chosen.len()).filter(|act| chosen[*act]).collect();
        order.sort_by_key(|act| std::cmp::Reverse((cost(*act), *act)));
        for act in order {
            let is_whole = |bundle: &usize| self.bundles[*bundle].acts.iter().all(|act| chosen[*act]);
            let has_other = |verdict: &usize| {
                let ways = self.of_verdict[*verdict].iter();
                ways.filter(|bundle| is_whole(bundle)).any(|bundle| !self.bundles[*bundle].acts.contains(&act))
            };
            let used = self.of_act[act].iter().filter(|bundle| is_whole(bundle));
            if used.flat_map(|bundle| &self.bundles[*bundle].clears).all(has_other) {
                chosen[act] = false;
            }
        }
    }
}

/// Papers on one instrument between parties of one corporate group become one paper among them.
fn join_groups(assessment: &Assessment<'_>, plan: &mut Plan) {
    let register = assessment.register();
    let group_of = |paper: &Paper| -> Option<Sym> {
        let group = register[*paper.parties.first()?].group?;
        paper.parties.iter().all(|party| register[*party].group == Some(group)).then_some(group)
    };
    let mut joint: BTreeMap<(InstrumentId, Sym), (BTreeSet<PartyId>, BTreeSet<u8>)> = BTreeMap::new();
    for way in plan.values() {
        let Carrier::Paper(paper) = &way.carrier else { continue };
        let Some(group) = group_of(paper) else { continue };
        let (parties, modules) = joint.entry((paper.instrument, group)).or_default();
        parties.extend(&paper.parties);
        modules.extend(&paper.modules);
    }
    for way in plan.values_mut() {
        let Carrier::Paper(paper) = &way.carrier else { continue };
        let Some((parties, modules)) = group_of(paper).and_then(|group| joint.get(&(paper.instrument, group))) else {
            continue;
        };
        let wide = Paper {
            instrument: paper.instrument,
            modules: modules.iter().copied().collect(),
            parties: parties.iter().copied().collect(),
        };
        for act in &mut way.acts {
            if matches!(act, Act::Sign(_)) {
                *act = Act::Sign(wide.clone());
            }
        }
        way.carrier = Carrier::Paper(wide);
    }
}
