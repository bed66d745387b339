//! Where data goes: hop by hop, until nothing is new.

use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use super::book::{day, flag, is_among, is_within, list, members, tables, text};
use super::judge::{Cell, Judge, Leg, Stands, territory};

/// What a party can come to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State<'r> {
    Plain(Cell<'r>),
    Under(&'static str, Stands, Cell<'r>),
    /// Under a law, by a transfer outside its territory.
    Arrived(&'static str, Cell<'r>),
}

/// Where data enters.
pub struct Entry<'r> {
    pub party: &'r str,
    pub as_processor: bool,
    pub cells: BTreeSet<Cell<'r>>,
    /// The collection; none where it had to be assumed.
    pub row: Option<&'r Table>,
}

impl<'r> Judge<'r> {
    pub fn begun(&self) -> Vec<Leg<'r>> {
        let mut legs = Vec::new();
        for row in tables(self.register, "transfer").filter(|row| is_within(self.today, day(row, "since"), None)) {
            for from in list(row, "from") {
                for to in list(row, "to").into_iter().filter(|to| *to != from) {
                    let letters = format!("{}2{}", self.parties[from].letter, self.parties[to].letter);
                    let roles = if text(row, "roles").is_empty() { letters } else { text(row, "roles").to_owned() };
                    let groups = row.contains_key("subjects").then(|| self.parts("subjects", &list(row, "subjects")));
                    let purposes = self.parts("purpose", &list(row, "purposes"));
                    legs.push(Leg { row, from, to, roles, purposes, data: self.personal(&list(row, "data")), groups });
                }
            }
        }
        legs
    }

    pub fn collected(&self) -> Vec<Entry<'r>> {
        let begun = tables(self.register, "collection").filter(|row| is_within(self.today, day(row, "since"), None));
        let entry = |row: &'r Table| {
            let party = list(row, "by")[0];
            let groups = self.parts("subjects", &list(row, "subjects"));
            let data = self.personal(&list(row, "data"));
            let cells = data.iter().flat_map(|data| groups.iter().map(|group| (*data, Some(*group)))).collect();
            Entry { party, as_processor: self.parties[party].letter == 'p', cells, row: Some(row) }
        };
        begun.map(entry).collect()
    }

    /// The laws that reach a collector abroad.
    fn reached(&self, entry: &Entry<'r>) -> Vec<&'static str> {
        let Some(row) = entry.row.filter(|row| !entry.as_processor && flag(row, "targeted", true)) else {
            return Vec::new();
        };
        let reaches = |law: &&&'static str| {
            let (own, version) = (territory(self.laws[**law]), self.laws[**law].1);
            let meets = |place: &str| match members(place, self.today) {
                Some(members) => members.iter().any(|member| is_among(member, &own, self.today)),
                None => is_among(place, &own, self.today),
            };
            flag(version, "extraterritorial", false)
                && !self.is_inside(entry.party, law)
                && list(row, "subjects-in").into_iter().any(meets)
        };
        self.laws.keys().filter(reaches).copied().collect()
    }

    /// In what states data enters with a collection.
    fn enters(&self, entry: &Entry<'r>) -> Vec<State<'r>> {
        let stands = if entry.as_processor { Stands::ThroughProcessor } else { Stands::InFull };
        let at_home = self.laws.keys().filter(|law| self.is_inside(entry.party, law)).map(|law| (*law, stands));
        let under: Vec<_> = at_home.chain(self.reached(entry).into_iter().map(|law| (law, Stands::InFull))).collect();
        let states = |cell: &Cell<'r>| {
            let cell = *cell;
            [State::Plain(cell)]
                .into_iter()
                .chain(under.clone().into_iter().map(move |(law, how)| State::Under(law, how, cell)))
        };
        entry.cells.iter().flat_map(states).collect()
    }

    /// What a state at its sender becomes at the end of a leg.
    fn sends(&self, leg: &Leg<'r>, state: State<'r>) -> Vec<State<'r>> {
        let (State::Plain(cell) | State::Under(_, _, cell)) = state else { return Vec::new() };
        if !leg.names(cell) {
            return Vec::new();
        }
        let State::Under(law, stands, _) = state else {
            let how = if leg.roles.ends_with('p') { Stands::ThroughProcessor } else { Stands::InFull };
            let at_home = self.laws.keys().filter(|law| self.is_inside(leg.to, law));
            return at_home.map(|law| State::Under(law, how, cell)).chain([State::Plain(cell)]).collect();
        };
        if self.is_inside(leg.to, law) {
            let goes = stands != Stands::ThroughProcessor;
            return goes.then_some(state).into_iter().collect();
        }
        if !flag(self.laws[law].1, "follows", true) {
            return Vec::new();
        }
        let arrives = self.fate(leg, law, stands, cell).arrives;
        let mark = (!arrives.is_empty()).then_some(State::Arrived(law, cell));
        arrives.into_iter().map(|how| State::Under(law, how, cell)).chain(mark).collect()
    }

    /// Hop by hop, with the least of the shortest ways to every state.
    pub fn spread(&mut self) {
        self.held = self.parties.keys().map(|party| (*party, BTreeMap::new())).collect();
        // What a controller gave depends on where data goes, whatever the law says of it: so that comes first.
        for is_plain in [true, false] {
            self.fates.take();
            let mut layer: BTreeMap<(&str, State<'_>), Vec<&str>> = BTreeMap::new();
            for entry in &self.entries {
                let states =
                    self.enters(entry).into_iter().filter(|state| !is_plain || matches!(state, State::Plain(_)));
                layer.extend(states.map(|state| ((entry.party, state), vec![entry.party])));
            }
            let mut held: BTreeMap<&str, BTreeMap<State<'_>, Vec<&str>>> =
                self.parties.keys().map(|party| (*party, BTreeMap::new())).collect();
            while !layer.is_empty() {
                let mut next: BTreeMap<(&str, State<'_>), Vec<&str>> = BTreeMap::new();
                for ((party, state), path) in &layer {
                    held.entry(party).or_default().insert(*state, path.clone());
                }
                for ((party, state), path) in &layer {
                    for leg in self.legs.iter().filter(|leg| leg.from == *party) {
                        let sent = self
                            .sends(leg, *state)
                            .into_iter()
                            .filter(|sent| !is_plain || matches!(sent, State::Plain(_)));
                        for sent in sent.filter(|sent| !held[leg.to].contains_key(sent)) {
                            let way: Vec<&str> = path.iter().copied().chain([leg.to]).collect();
                            let best = next.entry((leg.to, sent)).or_insert_with(|| way.clone());
                            *best = best.clone().min(way);
                        }
                    }
                }
                layer = next;
            }
            self.held = held;
        }
    }

    /// What a party has left, once what it erased is gone.
    pub fn left(&self, party: &str) -> BTreeSet<State<'r>> {
        let gone = |row: &Table| day(row, "erased").is_some_and(|day| *day <= *self.today);
        let own = || self.entries.iter().filter(|entry| entry.party == party);
        let into = || self.legs.iter().filter(|leg| leg.to == party);
        if !own().any(|entry| entry.row.is_some_and(gone)) && !into().any(|leg| gone(leg.row)) {
            return self.held[party].keys().copied().collect();
        }
        let mut left: BTreeSet<State<'_>> =
            own().filter(|entry| !entry.row.is_some_and(gone)).flat_map(|entry| self.enters(entry)).collect();
        for leg in into().filter(|leg| !gone(leg.row)) {
            left.extend(self.held[leg.from].keys().flat_map(|state| self.sends(leg, *state)));
        }
        left
    }

    /// What is sent and not held, as if its senders had collected it.
    pub fn assumed(&self) -> Vec<Entry<'r>> {
        let mut assumed = Vec::new();
        for row in tables(self.register, "transfer") {
            let legs: Vec<&Leg<'_>> = self.legs.iter().filter(|leg| std::ptr::eq(leg.row, row)).collect();
            let Some(first) = legs.first() else { continue };
            let goes_on = is_within(self.today, None, day(row, "until"));
            let had = |leg: &&Leg<'r>| {
                if goes_on { self.left(leg.from) } else { self.held[leg.from].keys().copied().collect() }
            };
            let held: BTreeSet<State<'_>> = legs.iter().flat_map(had).collect();
            let lacks = |data: &BTreeSet<&str>, groups: &Option<BTreeSet<&str>>| {
                let named = |(one, group): Cell<'_>| {
                    data.contains(one)
                        && groups.as_ref().is_none_or(|groups| group.is_some_and(|one| groups.contains(one)))
                };
                !data.is_empty() && !held.iter().any(|state| matches!(state, State::Plain(cell) if named(*cell)))
            };
            let mut missing: Vec<(BTreeSet<&str>, Vec<Option<&str>>)> = Vec::new();
            let named = list(row, "data");
            for data in named.iter().map(|data| self.personal(&[data])).filter(|data| lacks(data, &first.groups)) {
                let groups =
                    first.groups.as_ref().map_or(vec![None], |groups| groups.iter().copied().map(Some).collect());
                missing.push((data, groups));
            }
            if missing.len() < named.len() {
                for group in list(row, "subjects") {
                    let groups = self.parts("subjects", &[group]);
                    if lacks(&first.data, &Some(groups.clone())) {
                        missing.push((first.data.clone(), groups.into_iter().map(Some).collect()));
                    }
                }
            }
            for leg in &legs {
                for (data, groups) in &missing {
                    let cells = data.iter().flat_map(|data| groups.iter().map(|group| (*data, *group))).collect();
                    assumed.push(Entry { party: leg.from, as_processor: leg.roles.starts_with('p'), cells, row: None });
                }
            }
        }
        assumed
    }
}
