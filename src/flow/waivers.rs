//! Which live waivers cover an unsafeguarded pair.

use hashbrown::HashMap;
use jiff::civil::Date;

use super::Pair;
use crate::law::RegimeId;
use crate::register::{Covered, PartyId, Register, TransferId};

/// The rule about transfers out of a territory that nothing carries.
pub const UNSAFEGUARDED: &str = "unsafeguarded-transfer";
/// The rule about onward transfers that nothing carries.
pub const UNSAFEGUARDED_ONWARD: &str = "unsafeguarded-onward-transfer";

/// The live waivers of the two rules, by what they cover.
#[derive(Debug, Default)]
pub(super) struct Waivers {
    transfer: HashMap<TransferId, Vec<usize>>,
    pair: HashMap<(TransferId, PartyId, PartyId), Vec<usize>>,
    recipient: HashMap<PartyId, Vec<usize>>,
}

impl Waivers {
    pub(super) fn of(register: &Register, day: Date) -> Self {
        let mut waivers = Self::default();
        for (index, waiver) in register.waivers.iter().enumerate() {
            if waiver.until < day || !matches!(&*waiver.rule, UNSAFEGUARDED | UNSAFEGUARDED_ONWARD) {
                continue;
            }
            for covered in &waiver.on {
                match *covered {
                    Covered::Transfer(transfer) => waivers.transfer.entry(transfer).or_default().push(index),
                    Covered::Pair(transfer, from, to) => {
                        waivers.pair.entry((transfer, from, to)).or_default().push(index);
                    }
                    Covered::Party(party) => waivers.recipient.entry(party).or_default().push(index),
                    Covered::Safeguard(_) => {}
                }
            }
        }
        waivers
    }

    /// The waivers of a pair under a regime for a rule, by position, sorted.
    pub(super) fn covering(&self, register: &Register, pair: &Pair, regime: RegimeId, rule: &str) -> Vec<usize> {
        let lists = [
            self.transfer.get(&pair.transfer),
            self.pair.get(&(pair.transfer, pair.from, pair.to)),
            self.recipient.get(&pair.to),
        ];
        let mut covering: Vec<usize> = lists
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .filter(|index| {
                let waiver = &register.waivers[*index];
                *waiver.rule == *rule && (waiver.regimes.is_empty() || waiver.regimes.contains(&regime))
            })
            .collect();
        covering.sort_unstable();
        covering.dedup();
        covering
    }
}
