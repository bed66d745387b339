//! What pages look up: verdicts by pair, pairs by party and transfer, findings by record, lines of records.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::lines::Lines;
use super::links;
use super::page::{Cell, Fact, Piece};
use super::words;
use crate::finding::Located;
use crate::flow::{Assessment, Outcome, PairId, Verdict};
use crate::law::Code;
use crate::record::At;
use crate::register::{Collection, DataId, PartyId, PurposeId, Register, SafeguardId, SubjectsId, TransferId};
use crate::report::Run;

/// Everything that pages look up.
pub(super) struct Index<'a> {
    pub run: &'a Run<'a>,
    pub assessment: &'a Assessment<'a>,
    pub register: &'a Register,
    of_pair: HashMap<PairId, Vec<usize>>,
    from: HashMap<PartyId, Vec<PairId>>,
    to: HashMap<PartyId, Vec<PairId>>,
    of_transfer: HashMap<TransferId, Vec<PairId>>,
    told_on: HashMap<String, Vec<&'a Located<'a>>>,
    /// Findings about transfers and their legs, by id: their positions among all.
    told_of: HashMap<&'a str, Vec<usize>>,
    /// The legs of transfers that take several pages, by id.
    leg_of: HashMap<String, PairId>,
    lines: Lines<'a>,
    into: BTreeMap<Code, Vec<PairId>>,
    at_home: BTreeMap<Code, Vec<PartyId>>,
    /// Per safeguard: the verdicts that rest on it, and those it is listed for and fails.
    carried: HashMap<SafeguardId, Vec<usize>>,
    failed: HashMap<SafeguardId, Vec<usize>>,
    binding: HashMap<PartyId, Vec<SafeguardId>>,
    collecting: HashMap<PartyId, Vec<usize>>,
    by_data: HashMap<DataId, Vec<PairId>>,
    by_subjects: HashMap<SubjectsId, Vec<PairId>>,
    by_purpose: HashMap<PurposeId, Vec<PairId>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(run: &'a Run<'a>, assessment: &'a Assessment<'a>) -> Self {
        let register = assessment.register();
        let mut index = Self {
            run,
            assessment,
            register,
            of_pair: HashMap::new(),
            from: HashMap::new(),
            to: HashMap::new(),
            of_transfer: HashMap::new(),
            told_on: HashMap::new(),
            told_of: HashMap::new(),
            leg_of: HashMap::new(),
            lines: Lines::of(run.sources, register),
            into: BTreeMap::new(),
            at_home: BTreeMap::new(),
            carried: HashMap::new(),
            failed: HashMap::new(),
            binding: HashMap::new(),
            collecting: HashMap::new(),
            by_data: HashMap::new(),
            by_subjects: HashMap::new(),
            by_purpose: HashMap::new(),
        };
        index.records();
        index.legs();
        index.many_legs();
        index.safeguards();
        for (at, verdict) in assessment.verdicts.iter().enumerate() {
            index.of_pair.entry(verdict.pair).or_default().push(at);
        }
        for (at, found) in run.located.iter().enumerate() {
            let Some(subject) = &found.finding.subject else { continue };
            if subject.kind == "transfer" {
                index.told_of.entry(&subject.id).or_default().push(at);
                continue;
            }
            if let Some(page) = links::own(register, subject.kind, &subject.id) {
                index.told_on.entry(page).or_default().push(found);
            }
        }
        index
    }

    fn records(&mut self) {
        for party in &self.register.parties {
            self.at_home.entry(party.jurisdiction).or_default().push(party.number);
        }
        for (at, safeguard) in self.register.safeguards.iter().enumerate() {
            for party in &safeguard.parties {
                self.binding.entry(*party).or_default().push(SafeguardId::at(at));
            }
        }
        for (at, collection) in self.register.collections.iter().enumerate() {
            for party in &collection.by {
                self.collecting.entry(*party).or_default().push(at);
            }
        }
    }

    fn legs(&mut self) {
        let (flow, register) = (&self.assessment.flow, self.register);
        for id in flow.active_pairs() {
            let pair = flow.pair(id);
            self.from.entry(pair.from).or_default().push(id);
            self.to.entry(pair.to).or_default().push(id);
            self.of_transfer.entry(pair.transfer).or_default().push(id);
            self.into.entry(register[pair.to].jurisdiction).or_default().push(id);
            for cell in flow.carried_by(id) {
                push_once(self.by_data.entry(cell.data).or_default(), id);
                if let Some(group) = cell.subjects {
                    push_once(self.by_subjects.entry(group).or_default(), id);
                }
            }
            for purpose in &register[pair.transfer].purposes {
                for part in &register[*purpose].parts {
                    push_once(self.by_purpose.entry(PurposeId::at(*part as usize)).or_default(), id);
                }
            }
        }
    }

    fn many_legs(&mut self) {
        for (transfer, legs) in self.of_transfer.iter().filter(|(_, legs)| legs.len() > links::LEGS) {
            let id = |leg: &PairId| {
                let pair = self.assessment.flow.pair(*leg);
                (self.register.pair_id(*transfer, pair.from, pair.to), *leg)
            };
            self.leg_of.extend(legs.iter().map(id));
        }
    }

    fn safeguards(&mut self) {
        for (at, verdict) in self.assessment.verdicts.iter().enumerate() {
            for id in self.assessment.flow.rests_on(verdict) {
                self.carried.entry(id).or_default().push(at);
            }
            for id in verdict.failure.reasons.iter().filter_map(|reason| reason.safeguard) {
                let failed = self.failed.entry(id).or_default();
                if failed.last() != Some(&at) {
                    failed.push(at);
                }
            }
        }
    }

    /// The verdicts that rest on a safeguard: itself, through the decision that names it, or what builds on it.
    pub(super) fn carried(&self, id: SafeguardId) -> Vec<&'a Verdict<'a>> {
        let listed = self.carried.get(&id).into_iter().flatten();
        listed.map(|at| &self.assessment.verdicts[*at]).collect()
    }

    /// The verdicts without a basis for which a safeguard is listed.
    pub(super) fn failed(&self, id: SafeguardId) -> Vec<&'a Verdict<'a>> {
        let listed = self.failed.get(&id).into_iter().flatten();
        listed.map(|at| &self.assessment.verdicts[*at]).collect()
    }

    /// The safeguards that bind a party.
    pub(super) fn binding(&self, party: PartyId) -> &[SafeguardId] {
        self.binding.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The collections of a party.
    pub(super) fn collections(&self, party: PartyId) -> impl Iterator<Item = &'a Collection> + '_ {
        let own = self.collecting.get(&party).map_or(&[][..], Vec::as_slice);
        own.iter().map(|at| &self.register.collections[*at])
    }

    /// The parties established in a place.
    pub(super) fn at_home(&self, code: Code) -> &[PartyId] {
        self.at_home.get(&code).map_or(&[], Vec::as_slice)
    }

    /// The active pairs into a place.
    pub(super) fn into(&self, code: Code) -> &[PairId] {
        self.into.get(&code).map_or(&[], Vec::as_slice)
    }

    /// The active pairs by place of the recipient.
    pub(super) fn by_place(&self) -> impl Iterator<Item = (Code, &[PairId])> {
        self.into.iter().map(|(code, pairs)| (*code, pairs.as_slice()))
    }

    /// The active pairs that carry a category, for a group, for a purpose.
    pub(super) fn pairs_of_data(&self, data: DataId) -> Vec<PairId> {
        self.by_data.get(&data).cloned().unwrap_or_default()
    }

    pub(super) fn pairs_of_subjects(&self, subjects: SubjectsId) -> Vec<PairId> {
        self.by_subjects.get(&subjects).cloned().unwrap_or_default()
    }

    pub(super) fn pairs_of_purpose(&self, purpose: PurposeId) -> Vec<PairId> {
        self.by_purpose.get(&purpose).cloned().unwrap_or_default()
    }

    /// How many rows the pages take that tell of every leg: those of its two parties, of all that it carries (once
    /// among who gets it, about once among who holds it) and of whom that is about and what for.
    pub(super) fn rows(&self) -> usize {
        let of_legs = 2 * self.of_transfer.values().map(Vec::len).sum::<usize>();
        let of_data = 2 * self.by_data.values().map(Vec::len).sum::<usize>();
        let of_people = self.by_subjects.values().map(Vec::len).sum::<usize>();
        let of_purposes = self.by_purpose.values().map(Vec::len).sum::<usize>();
        of_legs + of_data + of_people + of_purposes
    }

    /// The verdicts on a pair.
    pub(super) fn verdicts(&self, pair: PairId) -> impl Iterator<Item = &'a Verdict<'a>> + '_ {
        let listed = self.of_pair.get(&pair).map_or(&[][..], Vec::as_slice);
        listed.iter().map(|at| &self.assessment.verdicts[*at])
    }

    /// The active pairs that a party sends on.
    pub(super) fn sent(&self, party: PartyId) -> &[PairId] {
        self.from.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The active pairs that a party receives by.
    pub(super) fn received(&self, party: PartyId) -> &[PairId] {
        self.to.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The active pairs of a transfer.
    pub(super) fn pairs(&self, transfer: TransferId) -> &[PairId] {
        self.of_transfer.get(&transfer).map_or(&[], Vec::as_slice)
    }

    /// The findings about a transfer itself and about some of its legs.
    pub(super) fn told_of_legs(&self, transfer: TransferId, legs: &[PairId]) -> Vec<&'a Located<'a>> {
        let told = |id: &str| self.told_of.get(id).into_iter().flatten().copied();
        let mut found: Vec<usize> = told(self.register.name(self.register[transfer].id)).collect();
        for leg in legs.iter().filter(|_| self.register[transfer].is_many) {
            let pair = self.assessment.flow.pair(*leg);
            found.extend(told(&self.register.pair_id(transfer, pair.from, pair.to)));
        }
        found.sort_unstable();
        found.into_iter().map(|at| &self.run.located[at]).collect()
    }

    /// The page that tells of a record, by its kind and id.
    pub(super) fn page_of(&self, kind: &str, id: &str) -> Option<String> {
        let leg = self.leg_of.get(id).filter(|_| kind == "transfer");
        leg.map(|leg| links::leg(self.assessment, *leg)).or_else(|| links::own(self.register, kind, id))
    }

    /// The findings about the record that has a page, which is no transfer.
    pub(super) fn findings(&self, page: &str) -> &[&'a Located<'a>] {
        self.told_on.get(page).map_or(&[], Vec::as_slice)
    }

    /// The worst outcome on a pair; none where no law is attached.
    pub(super) fn worst(&self, pairs: &[PairId]) -> Option<Outcome> {
        pairs.iter().flat_map(|pair| self.verdicts(*pair)).map(|verdict| verdict.outcome).max()
    }

    /// The legs between two places, for every two that data goes between.
    pub(super) fn crossings(&self) -> BTreeMap<(Code, Code), Vec<PairId>> {
        let (flow, register) = (&self.assessment.flow, self.register);
        let mut crossings: BTreeMap<(Code, Code), Vec<PairId>> = BTreeMap::new();
        for id in flow.active_pairs() {
            let pair = flow.pair(id);
            let (from, to) = (register[pair.from].jurisdiction, register[pair.to].jurisdiction);
            if from != to {
                crossings.entry((from, to)).or_default().push(id);
            }
        }
        crossings
    }

    /// The verdicts on a pair in words, one after the other.
    pub(super) fn judged(&self, pair: PairId) -> Cell {
        let mut cell = Vec::new();
        for verdict in self.verdicts(pair) {
            if !cell.is_empty() {
                cell.push(Piece::between("; "));
            }
            cell.extend(words::verdict(self.assessment, verdict));
        }
        if cell.is_empty() {
            cell.push(Piece::status("no law attached", "quiet"));
        }
        cell
    }

    /// A place, by name, with its code.
    pub(super) fn place(&self, code: Code) -> Cell {
        vec![self.to_place(code), Piece::between(" "), Piece::code(code.as_str())]
    }

    /// A link to a place.
    pub(super) fn to_place(&self, code: Code) -> Piece {
        Piece::link(self.assessment.flow.law.law.codes.name(code), links::place(code))
    }

    /// Where a record stands in the files.
    pub(super) fn source(&self, at: At) -> Fact {
        let path = self.run.sources.path(at.file);
        let line = self.lines.of_record(at);
        let text = format!("{path}:{line}");
        let piece = match &self.register.settings.source {
            Some(template) => Piece::link(text, links::source(template, path, line)),
            None => Piece::code(text),
        };
        Fact::new("Recorded in", vec![piece])
    }

    /// Every place that the register uses or describes.
    pub(super) fn places(&self) -> BTreeSet<Code> {
        let mut places: BTreeSet<Code> = self.register.jurisdictions.iter().map(|place| place.code).collect();
        for party in &self.register.parties {
            places.insert(party.jurisdiction);
            places.extend(party.stored_in.iter().chain(&party.accessed_from));
        }
        places
    }
}

fn push_once(list: &mut Vec<PairId>, id: PairId) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}
