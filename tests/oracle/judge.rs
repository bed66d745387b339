//! The judge: every atom on every leg by itself, over and over until nothing is new.

use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use super::book::{self, day, flag, instrument, is_among, is_within, list, members, rows, tables, text};
use super::papers::Papers;

/// A category and a group; none: people whom no record names.
pub type Cell<'r> = (&'r str, Option<&'r str>);

/// How data stands at a party under a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    InFull,
    UnderPrinciple,
    ThroughProcessor,
}

/// What a party can come to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State<'r> {
    Plain(Cell<'r>),
    Under(&'static str, Stands, Cell<'r>),
    /// Under a law, by a transfer outside its territory.
    Arrived(&'static str, Cell<'r>),
}

/// A party.
pub struct Party<'r> {
    pub row: &'r Table,
    pub seat: &'r str,
    pub letter: char,
    pub sector: &'r str,
    pub group: &'r str,
    /// The laws in whose territory it sits.
    inside: BTreeSet<&'static str>,
}

/// A sender and a recipient of a transfer that has begun.
pub struct Leg<'r> {
    pub row: &'r Table,
    pub from: &'r str,
    pub to: &'r str,
    pub roles: String,
    pub purposes: BTreeSet<&'r str>,
    data: BTreeSet<&'r str>,
    groups: Option<BTreeSet<&'r str>>,
}

impl Leg<'_> {
    fn names(&self, (data, group): Cell<'_>) -> bool {
        self.data.contains(data)
            && self.groups.as_ref().is_none_or(|named| group.is_some_and(|one| named.contains(one)))
    }
}

struct Entry<'r> {
    party: &'r str,
    as_processor: bool,
    cells: BTreeSet<Cell<'r>>,
    /// The collection; none where it had to be assumed.
    row: Option<&'r Table>,
}

/// What becomes of an atom on a leg.
#[derive(Clone)]
pub struct Fate {
    outcome: usize,
    arrives: Vec<Stands>,
    decision: Option<&'static str>,
}

pub const OUTCOMES: [&str; 6] = ["unrestricted", "adequate", "safeguarded", "derogated", "waived", "violation"];

/// What is said of a pair under a law.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub outcome: String,
    pub onward: bool,
    pub data: BTreeSet<String>,
    pub subjects: BTreeSet<String>,
    pub basis: BTreeSet<String>,
    pub fallback: BTreeSet<String>,
    pub path: Vec<String>,
}

/// A register on a day.
pub struct Judge<'r> {
    pub register: &'r Table,
    pub today: &'r str,
    pub parties: BTreeMap<&'r str, Party<'r>>,
    /// The laws in force, each with its version.
    pub laws: BTreeMap<&'static str, (&'static Table, &'static Table)>,
    legs: Vec<Leg<'r>>,
    entries: Vec<Entry<'r>>,
    /// For every party its states, each with the best way there.
    held: BTreeMap<&'r str, BTreeMap<State<'r>, Vec<&'r str>>>,
    /// The decisions in force, by law and by the place that they are about.
    decisions: BTreeMap<(&'static str, &'r str), Vec<&'static Table>>,
}

impl<'r> Judge<'r> {
    pub fn of(register: &'r Table, today: &'r str) -> Self {
        let mut laws = BTreeMap::new();
        for law in rows("regime") {
            let mut versions = tables(law, "version");
            let version = versions.find(|row| is_within(today, day(row, "from"), day(row, "until")));
            laws.extend(version.map(|version| (text(law, "id"), (law, version))));
        }
        let mut parties = BTreeMap::new();
        let kinds =
            [("affiliate", 'c', "own"), ("service-provider", 'p', ""), ("reseller", 'c', ""), ("third-party", 'c', "")];
        for (kind, usual, own) in kinds {
            for row in tables(register, kind) {
                let letter = match text(row, "role") {
                    "" => usual,
                    "processor" => 'p',
                    _ => 'c',
                };
                let or = |key, usual| if text(row, key).is_empty() { usual } else { text(row, key) };
                let sits = |law: &&&'static str| is_among(text(row, "jurisdiction"), &territory(laws[**law]), today);
                let inside = laws.keys().filter(sits).copied().collect();
                let party = Party {
                    row,
                    seat: text(row, "jurisdiction"),
                    letter,
                    sector: or("sector", "private"),
                    group: or("group", own),
                    inside,
                };
                parties.insert(text(row, "id"), party);
            }
        }
        let decided = |law: &str, seat: &str| {
            let in_force = book::decisions(law).filter(|row| is_within(today, day(row, "from"), day(row, "until")));
            in_force.filter(|row| is_among(seat, &list(row, "jurisdictions"), today)).collect()
        };
        let seats: BTreeSet<&str> = parties.values().map(|party: &Party<'_>| party.seat).collect();
        let keys = laws.keys().flat_map(|law| seats.iter().map(move |seat| (*law, *seat)));
        let decisions = keys.map(|(law, seat)| ((law, seat), decided(law, seat))).collect();
        let (legs, entries, held) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut judge = Self { register, today, parties, laws, legs, entries, held, decisions };
        judge.legs = judge.begun();
        judge.entries = judge.collected();
        judge.spread();
        let assumed = judge.assumed();
        judge.entries.extend(assumed);
        judge.spread();
        judge
    }

    fn begun(&self) -> Vec<Leg<'r>> {
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

    fn collected(&self) -> Vec<Entry<'r>> {
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

    /// Entries and all that is part of them.
    pub fn parts(&self, kind: &str, named: &[&'r str]) -> BTreeSet<&'r str> {
        let mut all: BTreeSet<&str> = named.iter().copied().collect();
        loop {
            let wider = tables(self.register, kind).filter(|row| all.contains(text(row, "part-of")));
            let more: Vec<&str> = wider.map(|row| text(row, "id")).filter(|id| !all.contains(id)).collect();
            if more.is_empty() {
                return all;
            }
            all.extend(more);
        }
    }

    fn personal(&self, named: &[&'r str]) -> BTreeSet<&'r str> {
        let mut data = self.parts("data", named);
        data.retain(|id| flag(self.entry("data", id), "personal", true));
        data
    }

    /// The record of a catalogue with an id.
    pub fn entry(&self, kind: &str, id: &str) -> &'r Table {
        tables(self.register, kind).find(|row| text(row, "id") == id).expect("an entry")
    }

    pub fn is_inside(&self, party: &str, law: &str) -> bool {
        self.parties[party].inside.contains(law)
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
    fn spread(&mut self) {
        self.held = self.parties.keys().map(|party| (*party, BTreeMap::new())).collect();
        // What a controller gave depends on where data goes, whatever the law says of it: so that comes first.
        for is_plain in [true, false] {
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
    fn left(&self, party: &str) -> BTreeSet<State<'r>> {
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
    fn assumed(&self) -> Vec<Entry<'r>> {
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

    /// Whether a leg brings a cell back to who gave it, or from a processor that collected it.
    pub fn is_return(&self, leg: &Leg<'r>, cell: Cell<'r>) -> bool {
        let collected = |party: &str, as_processor: Option<bool>| {
            let by = self.entries.iter().filter(|entry| entry.party == party && entry.cells.contains(&cell));
            by.into_iter().any(|entry| as_processor.is_none_or(|asked| entry.as_processor == asked))
        };
        let given = self.legs.iter().any(|other| (other.from, other.to) == (leg.to, leg.from) && other.names(cell));
        let has_it_otherwise = || {
            collected(leg.to, None)
                || self.legs.iter().any(|other| {
                    other.to == leg.to
                        && other.from != leg.from
                        && other.names(cell)
                        && self.held[other.from].contains_key(&State::Plain(cell))
                })
        };
        leg.roles == "p2c" && (collected(leg.from, Some(true)) || (given && has_it_otherwise()))
    }

    fn fate(&self, leg: &Leg<'r>, law: &'static str, stands: Stands, cell: Cell<'r>) -> Fate {
        let is_return = self.is_return(leg, cell);
        let mut fate = self.fate_there(leg, law, stands, cell, is_return);
        if stands == Stands::ThroughProcessor && is_return {
            fate.arrives.clear();
        }
        fate
    }

    fn fate_there(&self, leg: &Leg<'r>, law: &'static str, stands: Stands, cell: Cell<'r>, is_return: bool) -> Fate {
        let version = self.laws[law].1;
        let in_full = |outcome: &str| fate(outcome, vec![Stands::InFull]);
        let is_its_own = || self.entries.iter().any(|entry| entry.party == leg.to && entry.cells.contains(&cell));
        if list(version, "unrestricted-roles").contains(&&*leg.roles)
            || (text(version, "processor-return") == "unrestricted"
                && is_return
                && (stands == Stands::ThroughProcessor || is_its_own()))
        {
            return in_full("unrestricted");
        }
        let papers = Papers { judge: self, leg, law };
        for (effect, outcome) in [("not-a-transfer", "unrestricted"), ("adequate", "adequate")] {
            let of_effect =
                |row: &&Table| text(row, "effect") == effect || (effect == "adequate" && !row.contains_key("effect"));
            if let Some(decision) = papers.decisions().filter(of_effect).find(|decision| papers.fits(decision, cell)) {
                let has_law = self.laws.keys().any(|other| self.is_inside(leg.to, other));
                let is_dropped = text(decision, "onward") == "local-law" && has_law;
                let arrives = if is_dropped { Vec::new() } else { vec![Stands::UnderPrinciple] };
                return Fate { decision: Some(text(decision, "id")), ..fate(outcome, arrives) };
            }
        }
        let mut outcome = "safeguarded";
        let mut by_contract = Vec::new();
        for purpose in &leg.purposes {
            let contract = stands == Stands::UnderPrinciple && !papers.contracts(cell, purpose).is_empty();
            let holding = papers.holding(cell, purpose);
            let is_firm =
                |(_, number): &(&str, &str)| !["derogation", "consent"].contains(&text(instrument(number), "kind"));
            if holding.is_empty() && !contract {
                return in_full("violation");
            }
            if !contract && !holding.iter().any(is_firm) {
                outcome = "derogated";
            }
            by_contract.push(contract);
        }
        let mut arrives = Vec::new();
        if by_contract.contains(&false) {
            arrives.push(Stands::InFull);
        }
        if by_contract.contains(&true) {
            arrives.push(Stands::UnderPrinciple);
        }
        fate(outcome, arrives)
    }

    /// What is said of every active pair under every law that has an atom on it.
    pub fn verdicts(&self) -> BTreeMap<(String, String, String, String), Said> {
        let mut verdicts = BTreeMap::new();
        for leg in self.legs.iter().filter(|leg| is_within(self.today, None, day(leg.row, "until"))) {
            let is_many = leg.row["from"].is_array() || leg.row["to"].is_array();
            let id = text(leg.row, "id");
            let id = if is_many { format!("{id}/{}--{}", leg.from, leg.to) } else { id.to_owned() };
            let left = self.left(leg.from);
            for law in self.laws.keys() {
                let key = (id.clone(), leg.from.to_owned(), leg.to.to_owned(), (*law).to_owned());
                verdicts.extend(self.verdict(leg, law, &left, &id).map(|said| (key, said)));
            }
        }
        verdicts
    }

    fn verdict(&self, leg: &Leg<'r>, law: &'static str, left: &BTreeSet<State<'r>>, id: &str) -> Option<Said> {
        let [from_inside, to_inside] = [leg.from, leg.to].map(|end| self.is_inside(end, law));
        let mut atoms: Vec<(Fate, bool, Stands, Cell<'_>)> = Vec::new();
        for state in left {
            let State::Under(own, stands, cell) = *state else { continue };
            if own != law || !leg.names(cell) {
                continue;
            }
            let onward = !from_inside && !to_inside && left.contains(&State::Arrived(law, cell));
            let mut fate = if to_inside { fate("unrestricted", Vec::new()) } else { self.fate(leg, law, stands, cell) };
            let rule = if onward { "unsafeguarded-onward-transfer" } else { "unsafeguarded-transfer" };
            if OUTCOMES[fate.outcome] == "violation" && self.is_waived(leg, law, rule, id) {
                fate.outcome -= 1;
            }
            atoms.push((fate, onward, stands, cell));
        }
        let worst = atoms.iter().map(|(fate, ..)| fate.outcome).max()?;
        atoms.retain(|(fate, ..)| fate.outcome == worst);
        let onward = atoms.iter().any(|(_, onward, ..)| *onward);
        let papers = Papers { judge: self, leg, law };
        let under_principle = atoms.iter().all(|(_, _, stands, _)| *stands == Stands::UnderPrinciple);
        let carrying = || -> BTreeSet<String> {
            let of = |cell: Cell<'r>, purpose: &str| {
                let contracts = if under_principle { papers.contracts(cell, purpose) } else { Vec::new() };
                papers
                    .holding(cell, purpose)
                    .into_iter()
                    .chain(contracts)
                    .map(|(id, _)| id.to_owned())
                    .collect::<Vec<_>>()
            };
            atoms.iter().flat_map(|(.., cell)| leg.purposes.iter().flat_map(|purpose| of(*cell, purpose))).collect()
        };
        let decisions = || atoms.iter().filter_map(|(fate, ..)| fate.decision).map(str::to_owned).collect();
        let (basis, fallback) = match OUTCOMES[worst] {
            "unrestricted" => (decisions(), BTreeSet::new()),
            "adequate" => (decisions(), carrying()),
            "safeguarded" | "derogated" => (carrying(), BTreeSet::new()),
            _ => (BTreeSet::new(), BTreeSet::new()),
        };
        let target = |(_, passed_on, stands, cell): &(Fate, bool, Stands, Cell<'r>)| match (onward, passed_on) {
            (true, false) => None,
            (true, true) => Some(State::Arrived(law, *cell)),
            (false, _) => Some(State::Under(law, *stands, *cell)),
        };
        let ways = atoms.iter().filter_map(target).filter_map(|state| self.held[leg.from].get(&state));
        let way = ways.min_by_key(|way| (way.len(), (*way).clone())).cloned().unwrap_or_else(|| vec![leg.from]);
        Some(Said {
            outcome: OUTCOMES[worst].to_owned(),
            onward,
            data: atoms.iter().map(|(.., (data, _))| (*data).to_owned()).collect(),
            subjects: atoms.iter().map(|(.., (_, group))| group.unwrap_or("unspecified").to_owned()).collect(),
            basis,
            fallback,
            path: way.into_iter().chain([leg.to]).map(str::to_owned).collect(),
        })
    }

    fn is_waived(&self, leg: &Leg<'r>, law: &str, rule: &str, id: &str) -> bool {
        tables(self.register, "waiver").any(|row| {
            let (on, regimes) = (list(row, "on"), list(row, "regimes"));
            text(row, "rule") == rule
                && is_within(self.today, None, day(row, "until"))
                && (regimes.is_empty() || regimes.contains(&law))
                && [text(leg.row, "id"), leg.to, id].iter().any(|named| on.contains(named))
        })
    }

    /// The decisions of a law in force about the place of a party.
    pub fn decisions(&self, law: &'static str, party: &str) -> impl Iterator<Item = &'static Table> {
        self.decisions[&(law, self.parties[party].seat)].iter().copied()
    }

    /// The labels of an entry and of all that it is part of.
    pub fn labels(&self, kind: &str, id: &str) -> BTreeSet<&'r str> {
        let row = self.entry(kind, id);
        let mut labels: BTreeSet<&str> = list(row, "tags").into_iter().collect();
        if row.contains_key("part-of") {
            labels.extend(self.labels(kind, text(row, "part-of")));
        }
        labels
    }

    /// Whether a group is one of employees, by itself or by what it is part of.
    pub fn is_hr(&self, group: Option<&str>) -> bool {
        let Some(row) = group.map(|group| self.entry("subjects", group)) else { return false };
        let wider = Some(text(row, "part-of")).filter(|wider| !wider.is_empty());
        if row.contains_key("hr") { book::flag(row, "hr", false) } else { self.is_hr(wider) }
    }
}

fn fate(outcome: &str, arrives: Vec<Stands>) -> Fate {
    let outcome = OUTCOMES.iter().position(|known| *known == outcome).expect("an outcome");
    Fate { outcome, arrives, decision: None }
}

/// Where a law applies: what its version says, or all of them.
fn territory((law, version): (&'static Table, &'static Table)) -> Vec<&'static str> {
    list(if version.contains_key("territory") { version } else { law }, "territory")
}
