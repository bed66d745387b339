//! What is enough under an onward principle: a contract in force between the ends of a leg.

use super::Flow;
use super::holds::Reasons;
use super::reach::Leg;
use super::verdict::{Reason, ReasonKind};
use crate::law::{InstrumentId, InstrumentKind};
use crate::prose;
use crate::register::SafeguardId;

impl<'a> Flow<'a> {
    /// Why a contract is not enough under an onward principle; nothing for what is no contract. A
    /// pure processing agreement binds processors only, and an addendum to nothing is no contract.
    pub(super) fn contract_failures(
        &self,
        leg: &Leg<'_>,
        id: SafeguardId,
        number: InstrumentId,
    ) -> Option<Vec<Reason<'a>>> {
        let (pair, instrument) = (leg.pair, &self.law.law[number]);
        if instrument.kind != InstrumentKind::Contract {
            return None;
        }
        let mut reasons = Reasons { safeguard: id, instrument: number, list: Vec::new() };
        let is_agreement = instrument.processing_agreement && instrument.not_a_tool.is_some();
        if let Some(out) = self.out_of_force(id) {
            reasons.no(out.kind(), out.since(), out.until(), None);
        } else if !self.binds_both(id, pair) {
            let parties = &self.register[id].parties;
            let free = [pair.from, pair.to].into_iter().filter(|end| parties.binary_search(end).is_err());
            let free: Vec<String> = free.map(|end| prose::quote(self.register.party_id(end))).collect();
            reasons.no(ReasonKind::PartyNotBound, None, Some(prose::list(&free)), None);
        } else if is_agreement && !pair.roles.to_processor() {
            let detail = "it binds processors, and the recipient is a controller here".to_owned();
            reasons.no(ReasonKind::WrongModule, None, Some(detail), None);
        } else {
            self.wants_companions(&mut reasons, leg, instrument);
        }
        Some(reasons.list)
    }
}
