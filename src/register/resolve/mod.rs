//! From what was written to what it means: ids numbered, references followed, selectors spelled
//! out. One pass tells every problem; nothing here looks at a date or a verdict.

mod entries;
mod names;
mod notices;
mod places;
mod records;
mod rows;
mod safeguards;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::load::Loaded;
use super::settings::{DEFAULT_HORIZON, RawSettings, Settings};
use super::{HiddenCharacter, Opened, Register, Transfer};
use crate::finding::integrity::over_limit;
use crate::finding::{Finding, Problems};
use crate::law::{Codes, Law, RawLaw};
use crate::record::Interner;
use crate::source::Place;
use names::Ids;
use rows::Records;

/// The most pairs of parties that transfers between lists and selectors may stand for: each is judged, and told,
/// as a transfer of its own, and costs whoever wrote it nothing.
const MAX_PAIRS: usize = 250_000;
/// The most safeguards that may be listed for these pairs, each counted for every pair.
const MAX_LISTED_FOR_PAIRS: usize = 1_000_000;
/// The most combinations of a category of data and a group of people: what a party holds is a set of them.
const MAX_COMBINATIONS: usize = 1_000_000;
/// The most safeguards that one transfer may list.
const MAX_LISTED: usize = 1_000;

/// Resolves what was read.
pub(super) fn resolve(loaded: Loaded) -> Opened {
    let Loaded { sources, files, reader_of, maps, mut names, mut problems } = loaded;
    let mut records = Records::default();
    let (mut house, mut settings) = (RawLaw::default(), RawSettings::default());
    let (mut unusable, mut hidden) = (Vec::new(), Vec::new());
    for (id, (mut file, reader)) in sources.ids().zip(files.into_iter().zip(reader_of)) {
        let map = &maps[reader];
        problems.append(std::mem::take(&mut file.problems));
        unusable.extend(file.mentions.iter().map(|sym| map[sym.index()]));
        house.append(std::mem::take(&mut file.law));
        if let Some(raw) = file.settings.take() {
            let owner = raw.owner.map(|sym| map[sym.index()]);
            settings = RawSettings { regimes: raw.regimes.iter().map(|sym| map[sym.index()]).collect(), owner, ..raw };
        }
        hidden.extend(file.hidden.take().map(|(at, character)| HiddenCharacter {
            file: sources.path(id).into(),
            place: Place::bytes(id, &at),
            character,
        }));
        records.add(file, reader);
    }
    let mut codes = Codes::default();
    places::define(&records.jurisdictions, &maps, &names, &mut codes);
    let (book, _) = crate::law::book();
    let law = crate::law::resolve(book, house, codes, &mut problems);
    let register =
        Resolver { names: &mut names, maps: &maps, law: &law, unusable, problems: &mut problems, spelled_out: 0 }
            .register(records, settings);
    let register = Register { names: Arc::new(names), hidden, ..register };
    work_within_limits(&register, &mut problems);
    Opened { sources, register, law, problems }
}

/// What resolving needs to hand.
struct Resolver<'r> {
    names: &'r mut Interner,
    maps: &'r [Vec<crate::record::Sym>],
    law: &'r Law,
    /// Ids of records that could not be read: a reference to one is no second problem.
    unusable: Vec<crate::record::Sym>,
    problems: &'r mut Problems,
    /// How many parties lists and selectors have stood for so far.
    spelled_out: usize,
}

impl Resolver<'_> {
    fn register(&mut self, records: Records, settings: RawSettings) -> Register {
        let settings = self.settings(settings);
        let mut ids = Ids::default();
        let parties = self.parties(records.parties, &mut ids);
        let data = self.entries(records.data, "data category", &mut ids.data);
        let subjects = self.entries(records.subjects, "subject group", &mut ids.subjects);
        let purposes = self.entries(records.purposes, "purpose", &mut ids.purposes);
        let (jurisdictions, assessments) = self.jurisdictions(records.jurisdictions, &mut ids);
        let safeguards = self.safeguards(records.safeguards, &mut ids);
        let collections = self.collections(records.collections, &ids);
        let transfers = self.transfers(records.transfers, &mut ids);
        let statements = self.statements(records.statements, &ids);
        let waivers = self.waivers(records.waivers, &ids);
        Register {
            settings,
            names: Arc::default(),
            parties,
            data,
            subjects,
            purposes,
            collections,
            transfers,
            safeguards,
            jurisdictions,
            assessments,
            statements,
            waivers,
            documents: BTreeMap::new(),
            hidden: Vec::new(),
        }
    }

    fn settings(&mut self, raw: RawSettings) -> Settings {
        let mut regimes = Vec::new();
        for (at, (index, sym)) in raw.at.iter().cycle().zip(raw.regimes.iter().enumerate()) {
            regimes.extend(self.regime(*sym, || at.item("regimes", index)));
        }
        Settings {
            organisation: raw.organisation,
            title: raw.title,
            as_of: raw.as_of,
            source: raw.source,
            owner: raw.owner,
            house: raw.house,
            review_every: raw.review_every,
            horizon: raw.horizon.unwrap_or(DEFAULT_HORIZON),
            regimes,
            levels: raw.levels,
        }
    }
}

/// Whether the work that transfers ask for is bounded; where it is not, it is told of the one that asks for most.
fn work_within_limits(register: &Register, problems: &mut Problems) {
    let pairs_of = |transfer: &Transfer| transfer.from.len() * transfer.to.len();
    let listed_of = |transfer: &Transfer| pairs_of(transfer) * transfer.safeguards.len();
    let many = || register.transfers.iter().filter(|transfer| transfer.is_many);
    let mut over = |of: &dyn Fn(&Transfer) -> usize, most: usize, key: &'static str, what: &str| {
        let total: usize = many().map(of).sum();
        let Some(largest) = many().max_by_key(|transfer| of(transfer)).filter(|_| total > most) else { return };
        let message = format!(
            "the transfers between lists and selectors {what} {total} times, more than the {most} that onward judges"
        );
        let finding = Finding::new(&over_limit::CARD, largest.at.key(key), message).label("here most often");
        problems.push(finding.help("name fewer parties, list fewer safeguards, or split the register by company"));
    };
    over(&pairs_of, MAX_PAIRS, "to", "stand for a pair of parties");
    over(&listed_of, MAX_LISTED_FOR_PAIRS, "safeguards", "list a safeguard for a pair of parties");
    let (data, groups) = (register.data.len(), register.subjects.len());
    // Data may also be about nobody in particular.
    let combinations = data * (groups + 1);
    if combinations > MAX_COMBINATIONS {
        let message = format!(
            "{data} categories of data about {groups} groups of people are {combinations} combinations, more than the {MAX_COMBINATIONS} that onward tells apart"
        );
        problems.push(Finding::new(&over_limit::CARD, None, message).help("record wider categories, or wider groups"));
    }
    for transfer in register.transfers.iter().filter(|transfer| transfer.safeguards.len() > MAX_LISTED) {
        let (listed, place) = (transfer.safeguards.len(), transfer.at.key("safeguards"));
        let message = format!("this transfer lists {listed} safeguards, more than the {MAX_LISTED} that onward reads");
        problems.push(Finding::new(&over_limit::CARD, place, message).help("record a transfer for each recipient"));
    }
}
