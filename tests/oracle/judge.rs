//! The judge: every atom on every leg by itself, over and over until nothing is new.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use super::book::{self, day, instrument, is_among, is_within, list, rows, tables, text};
use super::flow::{Entry, State};
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

/// An atom on a leg: the leg by its address, the law, how it stands, the cell.
type Asked<'r> = (usize, &'static str, Stands, Cell<'r>);

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
    pub data: BTreeSet<&'r str>,
    pub groups: Option<BTreeSet<&'r str>>,
}

impl Leg<'_> {
    pub fn names(&self, (data, group): Cell<'_>) -> bool {
        self.data.contains(data)
            && self.groups.as_ref().is_none_or(|named| group.is_some_and(|one| named.contains(one)))
    }
}

/// What becomes of an atom on a leg.
#[derive(Clone)]
pub struct Fate {
    outcome: usize,
    pub arrives: Vec<Stands>,
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
    pub legs: Vec<Leg<'r>>,
    pub entries: Vec<Entry<'r>>,
    /// For every party its states, each with the best way there.
    pub held: BTreeMap<&'r str, BTreeMap<State<'r>, Vec<&'r str>>>,
    /// The decisions in force, by law and by the place that they are about.
    decisions: BTreeMap<(&'static str, &'r str), Vec<&'static Table>>,
    /// What was found out, as long as what is held stays as it is.
    pub fates: RefCell<BTreeMap<Asked<'r>, Fate>>,
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
        let (legs, entries, held, fates) = (Vec::new(), Vec::new(), BTreeMap::new(), RefCell::default());
        let mut judge = Self { register, today, parties, laws, legs, entries, held, decisions, fates };
        judge.legs = judge.begun();
        judge.entries = judge.collected();
        judge.spread();
        let assumed = judge.assumed();
        judge.entries.extend(assumed);
        judge.spread();
        judge
    }

    pub fn is_inside(&self, party: &str, law: &str) -> bool {
        self.parties[party].inside.contains(law)
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

    pub fn fate(&self, leg: &Leg<'r>, law: &'static str, stands: Stands, cell: Cell<'r>) -> Fate {
        let key = (std::ptr::from_ref(leg).addr(), law, stands, cell);
        if let Some(known) = self.fates.borrow().get(&key) {
            return known.clone();
        }
        let is_return = self.is_return(leg, cell);
        let mut fate = self.fate_there(leg, law, stands, cell, is_return);
        if stands == Stands::ThroughProcessor && is_return {
            fate.arrives.clear();
        }
        self.fates.borrow_mut().insert(key, fate.clone());
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
}

fn fate(outcome: &str, arrives: Vec<Stands>) -> Fate {
    let outcome = OUTCOMES.iter().position(|known| *known == outcome).expect("an outcome");
    Fate { outcome, arrives, decision: None }
}

/// Where a law applies: what its version says, or all of them.
pub fn territory((law, version): (&'static Table, &'static Table)) -> Vec<&'static str> {
    list(if version.contains_key("territory") { version } else { law }, "territory")
}
