//! The assessment: a register, judged on a day. Every rule and every output is a view of one.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::journey::Journeys;
use super::{Flow, Outcome, Pair, Verdict};
use crate::law::{Instrument, InstrumentKind, Law, Roles};
use crate::register::{PartyId, Register, SafeguardId};
use jiff::civil::Date;

/// A register judged on a day.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// Who holds what.
    pub flow: Flow<'a>,
    /// The verdict on every active pair under every regime that has an atom on it.
    pub verdicts: Vec<Verdict<'a>>,
    /// Verdicts that nothing carries, by sender, recipient and regime.
    broken: HashMap<(PartyId, PartyId, usize), Vec<usize>>,
}

impl<'a> Assessment<'a> {
    /// Judges a register on a day.
    #[must_use]
    pub fn of(register: &'a Register, law: &'a Law, day: Date) -> Self {
        let flow = Flow::of(register, law.on(day));
        let verdicts = flow.verdicts();
        let mut broken: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, verdict) in verdicts.iter().enumerate().filter(|(_, verdict)| verdict.outcome >= Outcome::Waived) {
            let pair = flow.pair(verdict.pair);
            broken.entry((pair.from, pair.to, verdict.regime)).or_default().push(at);
        }
        Self { flow, verdicts, broken }
    }

    /// The register.
    #[must_use]
    pub fn register(&self) -> &'a Register {
        self.flow.register
    }

    /// The day.
    #[must_use]
    pub fn day(&self) -> Date {
        self.flow.day
    }

    /// The pair of a verdict.
    #[must_use]
    pub fn pair(&self, verdict: &Verdict<'_>) -> &Pair {
        self.flow.pair(verdict.pair)
    }

    /// The path of a verdict: from a collector to the sender and the recipient.
    #[must_use]
    pub fn path<'v>(&self, verdict: &'v Verdict<'a>) -> &'v [PartyId] {
        self.flow.path(verdict, &mut Journeys::default())
    }

    /// Looks for the paths of all verdicts at once: for who is going to ask for each.
    pub fn find_paths(&self) {
        self.find_paths_of(&self.verdicts.iter().collect::<Vec<_>>());
    }

    /// Looks for the paths of some verdicts at once: long ways share what is found.
    pub fn find_paths_of(&self, verdicts: &[&Verdict<'a>]) {
        self.flow.find_paths(verdicts);
    }

    /// The id of the pair of a verdict.
    #[must_use]
    pub fn pair_id(&self, verdict: &Verdict<'_>) -> String {
        let pair = self.pair(verdict);
        self.register().pair_id(pair.transfer, pair.from, pair.to)
    }

    /// The ids of the data of a verdict.
    #[must_use]
    pub fn data_names(&self, verdict: &Verdict<'_>) -> Vec<&str> {
        let register = self.register();
        self.flow.data_of(&verdict.cells).into_iter().map(|data| register.name(register[data].id)).collect()
    }

    /// The ids of the people that a verdict is about, sorted; `unspecified` for those whom no record names.
    #[must_use]
    pub fn subject_names(&self, verdict: &Verdict<'_>) -> Vec<&str> {
        let register = self.register();
        let (groups, unspecified) = self.flow.subjects_of(&verdict.cells);
        let mut names: Vec<&str> = groups.into_iter().map(|group| register.name(register[group].id)).collect();
        if unspecified {
            names.push("unspecified");
            names.sort_unstable();
        }
        names
    }

    /// The first leg on the path of a verdict that nothing carries: where the trouble began.
    #[must_use]
    pub fn origin(&self, verdict: &Verdict<'a>) -> Option<&Verdict<'a>> {
        self.path(verdict).windows(2).find_map(|leg| {
            let broken = self.broken.get(&(leg[0], leg[1], verdict.regime))?;
            let shares = |at: &&usize| !self.verdicts[**at].cells.is_disjoint(&verdict.cells);
            broken.iter().find(shares).map(|at| &self.verdicts[*at])
        })
    }

    /// The safeguards that any verdict rests on.
    #[must_use]
    pub fn carrying(&self) -> BTreeSet<SafeguardId> {
        self.verdicts.iter().flat_map(|verdict| self.flow.rests_on(verdict)).collect()
    }

    /// An instrument that could newly be signed for a leg on the day, the youngest of them.
    #[must_use]
    pub fn signable(&self, verdict: &Verdict<'_>) -> Option<&'a Instrument> {
        let on = &self.flow.law.regimes()[verdict.regime];
        let roles = self.pair(verdict).roles;
        let serves = |instrument: &Instrument| {
            let fits = instrument.modules.iter().any(|module| module.roles == roles)
                || (instrument.modules.is_empty()
                    && (instrument.roles.is_empty() || instrument.roles.contains(&roles)));
            let is_plain =
                instrument.kind == InstrumentKind::Contract && !instrument.needs_approval && instrument.with.is_empty();
            fits && is_plain && instrument.not_a_tool.is_none() && roles != Roles::P2c
        };
        let day = self.day();
        let accepted = self.flow.law.law.acceptances.iter().filter(|accepted| accepted.key.0 == on.id);
        let open = accepted.filter(|accepted| accepted.signing.holds(day) && accepted.valid.holds(day));
        let found = open.map(|accepted| (accepted.signing.from, &self.flow.law.law[accepted.key.1]));
        let found = found.filter(|(_, instrument)| serves(instrument));
        found.max_by_key(|(from, instrument)| (*from, std::cmp::Reverse(&instrument.id))).map(|(_, found)| found)
    }
}
