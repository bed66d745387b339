//! Of a long list of safeguards those that have a say for a leg. A transfer between groups may list a paper
//! for every two of its parties; to hold each of them against each leg would be work, and reasons, without end.

use std::borrow::Cow;

use super::{Flow, Pair};
use crate::law::Binds;
use crate::register::SafeguardId;

/// Lists up to this length are looked at whole, and of longer ones so many safeguards are told at most.
pub const FEW: usize = 16;
/// How many that bind other parties are looked at in a longer list, to say what they lack.
const OTHERS: usize = 2;

impl Flow<'_> {
    /// Those of the safeguards listed on the transfer of a leg that are looked at: of a long list those that
    /// bind whom they must. No other can carry anything.
    pub(super) fn with_a_say<'l>(&self, pair: &Pair, listed: &'l [SafeguardId]) -> Cow<'l, [SafeguardId]> {
        if listed.len() <= FEW {
            return Cow::Borrowed(listed);
        }
        let mut others = 0;
        let has_a_say = |id: &SafeguardId| {
            let binds = self.may_bind(*id, pair);
            others += usize::from(!binds);
            binds || others <= OTHERS
        };
        Cow::Owned(listed.iter().copied().filter(has_a_say).collect())
    }

    /// Whether a safeguard, as any of its instruments, binds those of a leg whom it must.
    pub(super) fn may_bind(&self, id: SafeguardId, pair: &Pair) -> bool {
        let safeguard = &self.register[id];
        let binds = |end| safeguard.parties.binary_search(&end).is_ok();
        let importer_only =
            || safeguard.instruments.iter().any(|number| self.law.law[*number].binds == Binds::Importer);
        binds(pair.to) && (binds(pair.from) || importer_only())
    }
}
