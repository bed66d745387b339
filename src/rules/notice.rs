//! What the three rules about the published notice share: which statements speak of a pair.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use hashbrown::HashMap;

use crate::flow::{Assessment, Outcome, PairId};
use crate::law::{Code, PlaceRef, Territory};
use crate::register::{Disclosure, Entry, PartyId, Promise, Register, Statement};

/// What a disclosure covers; a part that is not given covers everything.
#[derive(Debug)]
pub(super) struct Reach {
    /// Data, with parts.
    pub data: Option<FixedBitSet>,
    /// Purposes, with parts.
    pub purposes: Option<FixedBitSet>,
    /// Areas that the data leaves.
    pub outside: Option<FixedBitSet>,
}

/// Statements by the recipients they speak of.
#[derive(Debug, Default)]
pub(super) struct ByRecipient {
    everyone: Vec<usize>,
    some: HashMap<PartyId, Vec<usize>>,
}

impl ByRecipient {
    fn add(&mut self, statement: usize, recipients: Option<&[PartyId]>) {
        match recipients {
            None => self.everyone.push(statement),
            Some(list) => list.iter().for_each(|party| self.some.entry(*party).or_default().push(statement)),
        }
    }

    /// The statements about a recipient, by position.
    pub(super) fn about(&self, party: PartyId) -> impl Iterator<Item = usize> + '_ {
        self.everyone.iter().chain(self.some.get(&party).into_iter().flatten()).copied()
    }
}

/// Whether a statement promises anything.
pub(super) fn promises(promise: &Promise) -> bool {
    promise.only_purposes.is_some() || !promise.requires.is_empty() || !promise.forbids.is_empty()
}

/// The recipients that a statement's promise is about; none: everyone.
pub(super) fn promised_to(statement: &Statement) -> Option<&[PartyId]> {
    let disclosed = || statement.discloses.as_ref().and_then(|disclosure| disclosure.recipients.as_deref());
    statement.promise.about.as_deref().or_else(disclosed)
}

/// The promises, by recipient.
pub(super) fn promising(register: &Register) -> ByRecipient {
    let mut by = ByRecipient::default();
    for (at, statement) in register.statements.iter().enumerate() {
        if promises(&statement.promise) {
            by.add(at, promised_to(statement));
        }
    }
    by
}

/// The disclosures of the notice, indexed.
#[derive(Debug)]
pub(super) struct Notice {
    /// What each statement discloses, by position; none where it discloses nothing.
    reaches: Vec<Option<Reach>>,
    by_recipient: ByRecipient,
    /// For each place of a party, the areas of the notice that it belongs to.
    areas: HashMap<Code, FixedBitSet>,
    /// The pairs that some law restricts; empty where no statement speaks of an area.
    restricted: FixedBitSet,
}

/// A pair as the notice sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    /// The statements about its recipient that can disclose it, by position.
    pub statements: Vec<usize>,
    /// Whether it needs one that says that data leaves an area.
    pub leaves: bool,
}

impl Notice {
    pub(super) fn of(assessment: &Assessment<'_>) -> Self {
        let register = assessment.register();
        let mut places: Vec<&PlaceRef> = Vec::new();
        let mut by_recipient = ByRecipient::default();
        let mut reaches = Vec::with_capacity(register.statements.len());
        for (at, statement) in register.statements.iter().enumerate() {
            let reach = statement.discloses.as_ref().map(|disclosure| {
                by_recipient.add(at, disclosure.recipients.as_deref());
                reach(register, disclosure, &mut places)
            });
            reaches.push(reach);
        }
        let territories: Vec<Territory> = places.iter().map(|place| assessment.flow.law.places(place)).collect();
        let mut areas: HashMap<Code, FixedBitSet> = HashMap::new();
        for party in &register.parties {
            areas.entry(party.jurisdiction).or_insert_with_key(|code| {
                let mut of = FixedBitSet::with_capacity(territories.len());
                for (at, territory) in territories.iter().enumerate() {
                    of.set(at, territory.contains(*code));
                }
                of
            });
        }
        let mut restricted = FixedBitSet::new();
        if !territories.is_empty() {
            for verdict in assessment.verdicts.iter().filter(|verdict| verdict.outcome > Outcome::Unrestricted) {
                restricted.grow_and_insert(verdict.pair.index());
            }
        }
        Self { reaches, by_recipient, areas, restricted }
    }

    /// The statements that can disclose a pair, by its recipient and the areas it leaves.
    pub(super) fn sees(&self, assessment: &Assessment<'_>, id: PairId) -> Seen {
        let leaves = self.restricted.contains(id.index()) && !self.left(assessment, id).is_clear();
        let says = |at: &usize| !leaves || self.reach(*at).is_some_and(|reach| reach.outside.is_some());
        Seen { statements: self.matching(assessment, id).filter(says).collect(), leaves }
    }

    /// The statements whose recipients and areas match a pair.
    pub(super) fn matching(&self, assessment: &Assessment<'_>, id: PairId) -> impl Iterator<Item = usize> + '_ {
        let left = self.left(assessment, id);
        let can = move |at: &usize| {
            let outside = self.reach(*at).and_then(|reach| reach.outside.as_ref());
            outside.is_none_or(|outside| !outside.is_disjoint(&left))
        };
        self.about(assessment.flow.pair(id).to).filter(can)
    }

    /// The areas of the notice that a pair leaves.
    fn left(&self, assessment: &Assessment<'_>, id: PairId) -> FixedBitSet {
        let (pair, register) = (assessment.flow.pair(id), assessment.register());
        let of = |party: PartyId| self.areas.get(&register[party].jurisdiction).cloned().unwrap_or_default();
        let mut left = of(pair.from);
        left.difference_with(&of(pair.to));
        left
    }

    /// The statements that disclose anything to a recipient.
    pub(super) fn about(&self, party: PartyId) -> impl Iterator<Item = usize> + '_ {
        self.by_recipient.about(party)
    }

    /// What a statement discloses.
    pub(super) fn reach(&self, statement: usize) -> Option<&Reach> {
        self.reaches.get(statement).and_then(Option::as_ref)
    }
}

impl Reach {
    /// Whether it covers a purpose.
    pub(super) fn serves(&self, purpose: usize) -> bool {
        self.purposes.as_ref().is_none_or(|purposes| purposes.contains(purpose))
    }

    /// Takes what it covers out of some categories.
    pub(super) fn take_from(&self, data: &mut FixedBitSet) {
        match &self.data {
            Some(covered) => data.difference_with(covered),
            None => data.clear(),
        }
    }
}

fn reach<'r>(register: &'r Register, disclosure: &'r Disclosure, places: &mut Vec<&'r PlaceRef>) -> Reach {
    let outside = disclosure.outside.as_ref().map(|listed| {
        let mut set = FixedBitSet::new();
        for place in listed {
            let at = places.iter().position(|known| *known == place).unwrap_or_else(|| {
                places.push(place);
                places.len() - 1
            });
            set.grow_and_insert(at);
        }
        set
    });
    let data = disclosure.data.as_ref().map(|ids| with_parts(&register.data, ids.iter().map(|id| id.index())));
    let purposes =
        disclosure.purposes.as_ref().map(|ids| with_parts(&register.purposes, ids.iter().map(|id| id.index())));
    Reach { data, purposes, outside }
}

/// Entries with all their parts, by position.
pub(super) fn with_parts(entries: &[Entry], named: impl Iterator<Item = usize>) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(entries.len());
    named.filter_map(|at| entries.get(at)).flat_map(|entry| &entry.parts).for_each(|part| set.insert(*part as usize));
    set
}

/// The names of entries, leaving out those that are parts of another of them.
pub(super) fn outermost<'r>(register: &'r Register, entries: &'r [Entry], set: &FixedBitSet) -> Vec<&'r str> {
    let inner: BTreeSet<usize> = set
        .ones()
        .flat_map(|at| entries[at].parts.iter().map(move |part| (at, *part as usize)))
        .filter(|(at, part)| at != part)
        .map(|(_, part)| part)
        .collect();
    set.ones().filter(|at| !inner.contains(at)).map(|at| register.name(entries[at].id)).collect()
}

/// The active pairs, those of one transfer together.
pub(super) fn by_transfer(assessment: &Assessment<'_>) -> Vec<Vec<PairId>> {
    let pairs: Vec<PairId> = assessment.flow.active_pairs().collect();
    let same = |a: &PairId, b: &PairId| assessment.flow.pair(*a).transfer == assessment.flow.pair(*b).transfer;
    pairs.chunk_by(same).map(<[PairId]>::to_vec).collect()
}

/// A sentence of the notice, to point at.
pub(super) fn quoted(statement: &Statement) -> String {
    format!("“{}”", crate::prose::visible(&crate::prose::shortened(&statement.quote, 160)))
}
