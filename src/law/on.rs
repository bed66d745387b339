//! The law on one day, indexed for the questions that a transfer asks.

use hashbrown::HashMap;
use jiff::civil::Date;

use super::facts::{DecisionId, InstrumentId, PlaceRef, Regime, RegimeId, Version};
use super::instrument::Acceptance;
use super::{Code, Law};

/// What of the law is in force on a day.
#[derive(Debug)]
pub struct LawOn<'l> {
    /// The whole law.
    pub law: &'l Law,
    /// The day.
    pub day: Date,
    regimes: Vec<RegimeOn<'l>>,
}

/// A regime that is in force on the day.
#[derive(Debug)]
pub struct RegimeOn<'l> {
    /// Its id.
    pub id: RegimeId,
    /// The family.
    pub regime: &'l Regime,
    /// The version that is in force.
    pub version: &'l Version,
    /// Where it applies.
    pub territory: Territory,
    decisions: HashMap<Code, Vec<DecisionId>>,
    acceptances: HashMap<InstrumentId, &'l Acceptance>,
}

/// A set of places on a day.
#[derive(Clone, Debug, Default)]
pub struct Territory(Vec<Code>);

impl Territory {
    /// Whether a place, or the country that it counts as, belongs to the set.
    #[must_use]
    pub fn contains(&self, code: Code) -> bool {
        let has = |code| self.0.binary_search(&code).is_ok();
        has(code) || code.country().is_some_and(has)
    }

    /// Whether the two sets share a place.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        other.0.iter().any(|code| self.contains(*code))
    }

    /// The places, sorted.
    #[must_use]
    pub fn codes(&self) -> &[Code] {
        &self.0
    }
}

impl<'l> LawOn<'l> {
    pub(super) fn new(law: &'l Law, day: Date) -> Self {
        let mut regimes: Vec<RegimeOn<'l>> = Vec::new();
        for (index, regime) in law.regimes.iter().enumerate() {
            let Some(version) = regime.versions.iter().find(|version| version.in_force.holds(day)) else { continue };
            let places = version.territory.as_ref().unwrap_or(&regime.territory);
            let mut territory = Vec::new();
            for place in places {
                law.members(place, day, &mut territory);
            }
            territory.sort_unstable();
            territory.dedup();
            regimes.push(RegimeOn {
                id: RegimeId::at(index),
                regime,
                version,
                territory: Territory(territory),
                decisions: HashMap::new(),
                acceptances: HashMap::new(),
            });
        }
        let mut on = Self { law, day, regimes };
        on.index();
        on
    }

    fn index(&mut self) {
        let mut slots: Vec<Option<usize>> = vec![None; self.law.regimes.len()];
        for (at, regime) in self.regimes.iter().enumerate() {
            slots[regime.id.index()] = Some(at);
        }
        for (index, decision) in self.law.decisions.iter().enumerate() {
            let Some(at) = slots[decision.regime.index()] else { continue };
            let mut codes = Vec::new();
            decision.jurisdictions.iter().for_each(|place| self.law.members(place, self.day, &mut codes));
            for code in codes {
                let listed = self.regimes[at].decisions.entry(code).or_default();
                if listed.last() != Some(&DecisionId::at(index)) {
                    listed.push(DecisionId::at(index));
                }
            }
        }
        for acceptance in &self.law.acceptances {
            let (regime, instrument) = acceptance.key;
            if let Some(at) = slots[regime.index()] {
                self.regimes[at].acceptances.insert(instrument, acceptance);
            }
        }
    }

    /// The regimes in force, by id.
    #[must_use]
    pub fn regimes(&self) -> &[RegimeOn<'l>] {
        &self.regimes
    }

    /// Whether any regime is in force in a place.
    #[must_use]
    pub fn is_regulated(&self, code: Code) -> bool {
        self.regimes.iter().any(|regime| regime.territory.contains(code))
    }

    /// A place, or the members of an area on the day.
    #[must_use]
    pub fn places(&self, place: &PlaceRef) -> Territory {
        let mut codes = Vec::new();
        self.law.members(place, self.day, &mut codes);
        codes.sort_unstable();
        codes.dedup();
        Territory(codes)
    }
}

impl<'l> RegimeOn<'l> {
    /// Every decision of the regime about a place (or the country it counts as), in force or not.
    pub fn decisions(&self, code: Code) -> impl Iterator<Item = DecisionId> + '_ {
        let own = self.decisions.get(&code);
        let wider = code.country().and_then(|country| self.decisions.get(&country));
        own.into_iter().chain(wider).flatten().copied()
    }

    /// Under what terms the regime accepts an instrument, if it ever did.
    #[must_use]
    pub fn acceptance(&self, instrument: InstrumentId) -> Option<&'l Acceptance> {
        self.acceptances.get(&instrument).copied()
    }
}

impl Law {
    fn members(&self, place: &PlaceRef, day: Date, into: &mut Vec<Code>) {
        match place {
            PlaceRef::Code(code) => into.push(*code),
            PlaceRef::Area(area) => {
                let members = &self.areas[*area].members;
                into.extend(members.iter().filter(|(_, days)| days.holds(day)).map(|(code, _)| *code));
            }
        }
    }
}
