//! Who holds a category of data, and by which way each came to it: for a person who asks, and for a leak.

use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use super::cell_set::CellSet;
use super::journey::MAX_PATH;
use super::{Assessment, Flow, PairId, Verdict};
use crate::register::{DataId, PartyId};

/// Where a category went.
#[derive(Debug)]
pub struct Trace<'v, 'a> {
    /// Everyone who has it, as a tree told from its roots: collectors first, each followed by those
    /// who have it from there.
    pub holders: Vec<Holder>,
    /// The verdicts on the legs by which it came, those that concern it.
    pub verdicts: HashMap<PairId, Vec<&'v Verdict<'a>>>,
}

/// Somebody who holds the data, or held it and passed it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub party: PartyId,
    /// The way from a collector, this party last: one of the shortest. Of one through more than [`MAX_PATH`]
    /// parties the two ends.
    pub path: Vec<PartyId>,
    /// How many parties are before it on the way.
    pub depth: usize,
    /// The legs by which it came; none for one who only collected it.
    pub by: Vec<PairId>,
    /// Whether it collects the data itself.
    pub collects: bool,
    /// Which data of the category it holds; nothing if it has been erased there.
    pub data: Vec<DataId>,
}

impl<'a> Assessment<'a> {
    /// Where a category or a part of it went by the day.
    #[must_use]
    pub fn trace(&self, data: DataId) -> Trace<'_, 'a> {
        let cells = self.flow.cells.named(&[data], &[]);
        let (mut from, mut to): (HashMap<_, Vec<PairId>>, HashMap<_, Vec<PairId>>) = (HashMap::new(), HashMap::new());
        for leg in self.flow.legs_of(&cells) {
            let pair = self.flow.pair(leg);
            from.entry(pair.from).or_default().push(leg);
            to.entry(pair.to).or_default().push(leg);
        }
        let collectors = self.collectors(data);
        let all = self.register().parties.iter().map(|party| party.number);
        let had = all.filter(|party| !self.flow.ever(*party).is_disjoint(&cells));
        // Whoever has it from nobody is a root too: the register does not say how it came.
        let roots: Vec<PartyId> = had.filter(|party| collectors.contains(party) || !to.contains_key(party)).collect();
        let paths = self.flow.tree(&roots, &from);
        let holders = paths.into_iter().filter_map(|(depth, path)| {
            let party = *path.last()?;
            let by = to.get(&party).cloned().unwrap_or_default();
            let collects = collectors.contains(&party);
            Some(Holder { party, by, collects, data: self.held_of(party, &cells), path, depth })
        });
        let holders = holders.collect();
        let mut verdicts: HashMap<PairId, Vec<&Verdict<'a>>> = HashMap::new();
        for verdict in self.verdicts.iter().filter(|verdict| !verdict.cells.is_disjoint(&cells)) {
            verdicts.entry(verdict.pair).or_default().push(verdict);
        }
        Trace { holders, verdicts }
    }

    fn is_part(&self, data: DataId, whole: DataId) -> bool {
        self.register()[whole].parts.iter().any(|part| *part as usize == data.index())
    }

    /// Those who collected it by the day.
    fn collectors(&self, data: DataId) -> HashSet<PartyId> {
        let register = self.register();
        let begun = register.collections.iter().filter(|collection| collection.days.has_begun(self.day()));
        // Whoever collects the wider category collects its parts.
        let touches = |named: &DataId| self.is_part(*named, data) || self.is_part(data, *named);
        begun
            .filter(|collection| collection.data.iter().any(touches))
            .flat_map(|collection| collection.by.iter().copied())
            .collect()
    }

    fn held_of(&self, party: PartyId, cells: &CellSet) -> Vec<DataId> {
        let mut held = self.flow.now(party).plain.all().clone();
        held.intersect_with(cells);
        self.flow.data_of(&held)
    }
}

impl Flow<'_> {
    /// What a party held by the day, erased or not.
    fn ever(&self, party: PartyId) -> &CellSet {
        self.holdings[party.index()].plain.all()
    }

    /// The legs that carried some of these cells by the day.
    fn legs_of(&self, cells: &CellSet) -> Vec<PairId> {
        let carries = |id: &PairId| {
            let pair = self.pair(*id);
            let mut carried = self.named[pair.transfer.index()].clone();
            carried.intersect_with(self.ever(pair.from));
            !carried.is_disjoint(cells)
        };
        self.begun_pairs().filter(carries).collect()
    }

    /// The shortest ways from the roots to everyone behind them, each told after the one that it continues, with
    /// how many parties are on it before the last.
    fn tree(&self, roots: &[PartyId], from: &HashMap<PartyId, Vec<PairId>>) -> Vec<(usize, Vec<PartyId>)> {
        let mut seen: HashSet<PartyId> = roots.iter().copied().collect();
        let mut queue: VecDeque<PartyId> = roots.iter().copied().collect();
        let mut behind: HashMap<PartyId, Vec<PartyId>> = HashMap::new();
        while let Some(party) = queue.pop_front() {
            for leg in from.get(&party).into_iter().flatten() {
                let to = self.pair(*leg).to;
                if seen.insert(to) {
                    behind.entry(party).or_default().push(to);
                    queue.push_back(to);
                }
            }
        }
        let mut paths = Vec::new();
        let mut open: Vec<(usize, Vec<PartyId>)> = roots.iter().rev().map(|root| (0, vec![*root])).collect();
        while let Some((depth, path)) = open.pop() {
            let mut next = path.last().and_then(|party| behind.remove(party)).unwrap_or_default();
            next.sort_unstable();
            open.extend(next.into_iter().rev().map(|to| (depth + 1, continued(&path, to))));
            paths.push((depth, path));
        }
        paths
    }
}

/// A path with one more party at its end.
fn continued(path: &[PartyId], to: PartyId) -> Vec<PartyId> {
    let (head, tail) = path.split_at(path.len().min(MAX_PATH / 2));
    let left_out = usize::from(path.len() == MAX_PATH);
    [head, &tail[left_out..], &[to]].concat()
}
