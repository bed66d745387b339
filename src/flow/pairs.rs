//! The legs of transfers: one pair of parties each.

use jiff::civil::Date;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::law::Roles;
use crate::register::{PartyId, Register, Role, TransferId};

/// A pair of a [`super::Flow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PairId(u32);

impl PairId {
    pub(super) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position among the pairs.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A leg of a transfer, from one party to another.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The transfer.
    pub transfer: TransferId,
    /// The sender.
    pub from: PartyId,
    /// The recipient.
    pub to: PartyId,
    /// Their roles on this leg.
    pub roles: Roles,
    /// Whether it goes on on the day.
    pub active: bool,
    /// Whether what came by it is held on the day.
    pub held: bool,
}

/// The pairs of every transfer that has begun, and the graph of them: nodes are parties.
pub(super) fn graph(register: &Register, day: Date) -> (DiGraph<(), ()>, Vec<Pair>) {
    let mut pairs = Vec::new();
    for (index, transfer) in register.transfers.iter().enumerate() {
        let (active, held) = (transfer.days.is_active(day), transfer.days.is_held(day));
        if !transfer.days.has_begun(day) {
            continue;
        }
        for from in &transfer.from {
            for to in transfer.to.iter().filter(|to| *to != from) {
                let roles = transfer.roles.unwrap_or_else(|| roles(register, *from, *to));
                let (from, to) = (*from, *to);
                pairs.push(Pair { transfer: TransferId::at(index), from, to, roles, active, held });
            }
        }
    }
    let mut graph = DiGraph::with_capacity(register.parties.len(), pairs.len());
    for _ in &register.parties {
        graph.add_node(());
    }
    for pair in &pairs {
        graph.add_edge(node(pair.from), node(pair.to), ());
    }
    (graph, pairs)
}

/// The node of a party.
pub(super) fn node(party: PartyId) -> NodeIndex {
    NodeIndex::new(party.index())
}

/// The roles of two parties towards each other, where the transfer does not say.
fn roles(register: &Register, from: PartyId, to: PartyId) -> Roles {
    match (register[from].role == Role::Processor, register[to].role == Role::Processor) {
        (false, false) => Roles::C2c,
        (false, true) => Roles::C2p,
        (true, true) => Roles::P2p,
        (true, false) => Roles::P2c,
    }
}
