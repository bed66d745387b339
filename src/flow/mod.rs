//! Who holds what, how it got there, and whether every step had a safeguard on the day.
//!
//! What flows is a set of atoms: a regime, a category of data, a group of people. An atom stands
//! at a party *in full*, *under an onward principle* or *through a processor*, and what becomes of
//! it on a leg depends on that leg alone: so there is one least fixpoint, and no order of files or
//! loops can change it. [`Flow::of`] computes it; [`Flow::verdicts`] judges every active pair.
//!
//! petgraph ends here: callers see parties, pairs and verdicts.

mod adequacy;
mod assess;
mod assessment;
mod cell_set;
mod cells;
mod contract;
mod duties;
mod force;
mod holding;
mod holds;
mod journey;
mod judge;
mod limits;
mod listed;
mod location;
mod losing;
mod pairs;
mod proof;
mod purposes;
mod reach;
mod roles;
mod sources;
mod spread;
mod trace;
mod verdict;
mod waivers;
mod wanting;

pub use assessment::Assessment;
pub use cell_set::CellSet;
pub use cells::{Cell, Cells};
pub use duties::Gap;
pub use force::OutOfForce;
pub use journey::MAX_PATH;
pub use judge::Standing;
pub use listed::FEW;
pub use losing::Lost;
pub use pairs::{Pair, PairId};
pub use proof::{Answer, DecisionProof, Proof, SafeguardProof};
pub use purposes::Excess;
pub use roles::{SelfMade, TwoRoles};
pub use sources::{Missing, Unsourced};
pub use trace::{Holder, Trace};
pub use verdict::{Basis, Outcome, Reason, ReasonKind, Verdict};
pub use waivers::{UNSAFEGUARDED, UNSAFEGUARDED_ONWARD};

use fixedbitset::FixedBitSet;
use hashbrown::HashMap;
use jiff::civil::Date;
use petgraph::graph::DiGraph;

use crate::law::{Code, InstrumentId, LawOn};
use crate::register::{PartyId, Register, SafeguardId, TransferId};
use holding::Holding;
use waivers::Waivers;

/// The flow of data of a register on a day.
#[derive(Debug)]
pub struct Flow<'a> {
    /// The register.
    pub register: &'a Register,
    /// The law on the day.
    pub law: LawOn<'a>,
    /// The day.
    pub day: Date,
    /// What can flow.
    pub cells: Cells,
    /// Parties and pairs; an edge has the number of its pair.
    graph: DiGraph<(), ()>,
    pairs: Vec<Pair>,
    /// What each transfer names.
    named: Vec<CellSet>,
    /// What each party has ever held by the day.
    holdings: Vec<Holding>,
    /// What parties hold that have erased something.
    left: HashMap<PartyId, Holding>,
    /// What each party collected, and what of it as a processor.
    collected: HashMap<PartyId, Collected>,
    /// For a leg from a processor to a controller: what its recipient gave its sender.
    given: HashMap<(PartyId, PartyId), CellSet>,
    /// Named data that no sender holds, of every transfer that has begun.
    unsourced: Vec<Unsourced>,
    /// Where parties sit, and which regimes apply there.
    seats: Seats,
    /// Certificates that decisions name, by instrument and holder.
    certificates: HashMap<(InstrumentId, PartyId), Vec<SafeguardId>>,
    /// For each party, the safeguards that bind it.
    binding: Vec<Vec<SafeguardId>>,
    waivers: Waivers,
}

/// What a party collected.
#[derive(Clone, Debug, Default)]
struct Collected {
    all: CellSet,
    as_processor: CellSet,
}

/// For every party, the regimes in force (by position) in whose territory it sits.
#[derive(Debug, Default)]
struct Seats {
    places: Vec<FixedBitSet>,
    place_of: Vec<u32>,
}

impl Seats {
    fn of(register: &Register, law: &LawOn<'_>) -> Self {
        let mut seats = Self::default();
        let mut numbers: HashMap<Code, u32> = HashMap::new();
        for party in &register.parties {
            let number = *numbers.entry(party.jurisdiction).or_insert_with(|| {
                let mut inside = FixedBitSet::with_capacity(law.regimes().len());
                for (at, regime) in law.regimes().iter().enumerate() {
                    inside.set(at, regime.territory.contains(party.jurisdiction));
                }
                seats.places.push(inside);
                u32::try_from(seats.places.len() - 1).unwrap_or(u32::MAX)
            });
            seats.place_of.push(number);
        }
        seats
    }

    /// The regimes in whose territory a party sits.
    fn regimes(&self, party: PartyId) -> &FixedBitSet {
        &self.places[self.place_of[party.index()] as usize]
    }

    /// Whether a party sits in the territory of a regime.
    fn is_inside(&self, party: PartyId, regime: usize) -> bool {
        self.regimes(party).contains(regime)
    }
}

impl<'a> Flow<'a> {
    /// How the data of a register flows on a day, under the law of that day.
    #[must_use]
    pub fn of(register: &'a Register, law: LawOn<'a>) -> Self {
        let day = law.day;
        let seats = Seats::of(register, &law);
        let (graph, pairs) = pairs::graph(register, day);
        let mut flow = Self {
            register,
            day,
            graph,
            pairs,
            cells: Cells::default(),
            named: Vec::new(),
            holdings: Vec::new(),
            left: HashMap::new(),
            collected: HashMap::new(),
            given: HashMap::new(),
            unsourced: Vec::new(),
            seats,
            certificates: adequacy::certificates(register, law.law),
            binding: binding(register),
            waivers: Waivers::of(register, day),
            law,
        };
        flow.spread();
        flow
    }

    /// The pairs that are active on the day, in the order of transfers, senders and recipients.
    pub fn active_pairs(&self) -> impl Iterator<Item = PairId> + '_ {
        let active = self.pairs.iter().enumerate().filter(|(_, pair)| pair.active);
        active.map(|(at, _)| PairId::at(at))
    }

    /// The position of a pair among those of its transfer, which follow each other.
    #[must_use]
    pub fn position(&self, id: PairId) -> usize {
        let transfer = self.pair(id).transfer;
        if !self.register[transfer].is_many {
            return 0;
        }
        id.index() - self.pairs.partition_point(|pair| pair.transfer < transfer)
    }

    /// A pair.
    #[must_use]
    pub fn pair(&self, pair: PairId) -> &Pair {
        &self.pairs[pair.index()]
    }

    /// The pairs that have begun by the day: what came by an ended one goes on.
    pub fn begun_pairs(&self) -> impl Iterator<Item = PairId> + use<> {
        (0..self.pairs.len()).map(PairId::at)
    }

    /// What a party holds on the day.
    fn now(&self, party: PartyId) -> &Holding {
        self.left.get(&party).unwrap_or(&self.holdings[party.index()])
    }

    /// What a party holds, whatever the law says of it.
    pub fn held_by(&self, party: PartyId) -> impl Iterator<Item = Cell> + '_ {
        self.cells.of_set(self.now(party).plain.all())
    }

    /// What stands at a party under a regime (by position among those in force) in a standing.
    pub fn standing_at(&self, party: PartyId, regime: usize, standing: Standing) -> impl Iterator<Item = Cell> + '_ {
        let held = self.now(party).under(regime);
        held.into_iter().flat_map(move |held| self.cells.of_set(held.standings[standing as usize].all()))
    }

    /// What goes along a pair: what it names of that which its sender holds.
    pub fn carried_by(&self, pair: PairId) -> impl Iterator<Item = Cell> {
        let pair = self.pair(pair);
        let mut cells = self.named[pair.transfer.index()].clone();
        cells.intersect_with(self.now(pair.from).plain.all());
        let cells: Vec<Cell> = self.cells.of_set(&cells).collect();
        cells.into_iter()
    }

    /// Whether a transfer names a cell.
    #[must_use]
    pub fn names(&self, transfer: TransferId, cell: Cell) -> bool {
        self.cells.position(cell).is_some_and(|at| self.named[transfer.index()].contains(at))
    }

    /// Whether a party sits in the territory of a regime.
    #[must_use]
    pub fn is_inside(&self, party: PartyId, regime: usize) -> bool {
        self.seats.is_inside(party, regime)
    }

    /// In which standings an atom arrives that goes along a leg with a standing.
    #[must_use]
    pub fn fate(&self, pair: PairId, regime: usize, standing: Standing, cell: Cell) -> Vec<Standing> {
        let Some(at) = self.cells.position(cell) else { return Vec::new() };
        let mut one = self.cells.none();
        one.insert(at);
        let mut arrivals = Vec::new();
        self.carried(pair, regime, standing, one, &holds::Examined::default(), &mut arrivals);
        let standing_of = |(slot, _)| match slot {
            holding::Slot::Standing(_, standing) => Some(standing),
            holding::Slot::Plain | holding::Slot::Arrived(_) => None,
        };
        arrivals.into_iter().filter_map(standing_of).collect()
    }

    /// The named data that no sender of its transfer holds, of transfers that go on on the day.
    pub fn unsourced(&self) -> impl Iterator<Item = &Unsourced> {
        self.unsourced.iter().filter(|missing| self.register[missing.transfer].days.is_active(self.day))
    }
}

fn binding(register: &Register) -> Vec<Vec<SafeguardId>> {
    let mut binding = vec![Vec::new(); register.parties.len()];
    for (index, safeguard) in register.safeguards.iter().enumerate() {
        for party in &safeguard.parties {
            binding[party.index()].push(SafeguardId::at(index));
        }
    }
    binding
}
