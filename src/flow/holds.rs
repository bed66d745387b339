//! When a recorded safeguard holds for a leg under a regime. Every "no" is its own named reason.

use std::borrow::Cow;
use std::cell::OnceCell;

use jiff::civil::Date;

use super::cell_set::CellSet;
use super::reach::Leg;
use super::verdict::{Reason, ReasonKind};
use super::{Flow, Pair, PairId};
use crate::law::{Acceptance, Binds, Instrument, InstrumentId, InstrumentKind, Module, Roles};
use crate::prose;
use crate::register::{Assessment, Outcome, PartyId, SafeguardId};

/// A safeguard as one of its instruments, held against a leg.
pub(super) struct Exam<'a> {
    /// The safeguard.
    pub safeguard: SafeguardId,
    /// The instrument.
    pub instrument: InstrumentId,
    /// Why it does not hold at all; nothing here: it holds for its scope.
    pub reasons: Vec<Reason<'a>>,
    /// The cells of its scope.
    pub scope: CellSet,
    /// The cells it can carry: its scope, and for a text about returns only what is returned.
    pub cells: CellSet,
    /// For each purpose of the transfer, whether it is within the scope.
    pub purposes: Vec<bool>,
    /// Where it builds on other papers: for each purpose the cells that those reach.
    below: Vec<CellSet>,
    /// Whether it counts as a contract under an onward principle, and is one in force.
    pub is_contract: bool,
    /// Whether what it carries is derogated.
    pub is_derogation: bool,
    /// Whether it carries data only through a decision.
    pub through_decision: bool,
}

impl Exam<'_> {
    /// What of some of its cells it covers for a purpose; nothing: the purpose is beyond its scope.
    pub(super) fn reach<'c>(&self, purpose: usize, of: &'c CellSet) -> Option<Cow<'c, CellSet>> {
        self.purposes.get(purpose).filter(|covered| **covered)?;
        Some(self.below.get(purpose).map_or(Cow::Borrowed(of), |below| {
            let mut reached = of.clone();
            reached.intersect_with(below);
            Cow::Owned(reached)
        }))
    }

    /// Whether cells are all among some of its own, for every purpose.
    pub(super) fn reaches_all(&self, cells: &CellSet, of: &CellSet) -> bool {
        (0..self.purposes.len()).all(|at| self.reach(at, of).is_some_and(|reached| cells.is_subset(&reached)))
    }

    /// Whether any of some cells is among some of its own, for any purpose.
    pub(super) fn reaches_any(&self, cells: &CellSet, of: &CellSet) -> bool {
        (0..self.purposes.len()).any(|at| self.reach(at, of).is_some_and(|reached| !cells.is_disjoint(&reached)))
    }

    /// Whether it holds, for what is in its scope, in its own right.
    pub(super) fn holds(&self) -> bool {
        self.reasons.is_empty() && !self.through_decision
    }
}

/// Collects the reasons of one safeguard.
pub(super) struct Reasons<'a> {
    pub safeguard: SafeguardId,
    pub instrument: InstrumentId,
    pub list: Vec<Reason<'a>>,
}

impl<'a> Reasons<'a> {
    pub(super) fn no(
        &mut self,
        kind: ReasonKind,
        since: Option<Date>,
        detail: Option<String>,
        citation: Option<&'a str>,
    ) {
        let (safeguard, instrument) = (Some(self.safeguard), Some(self.instrument));
        self.list.push(Reason { safeguard, instrument, decision: None, kind, since, detail, citation });
    }
}

/// What the safeguards of a leg are worth under a regime.
pub(super) struct Exams<'a> {
    /// How many purposes the leg has.
    pub purposes: usize,
    /// One for every instrument of every safeguard that is listed on its transfer and has a say.
    pub list: Vec<Exam<'a>>,
}

/// The same, looked at when first needed: one look serves every standing.
#[derive(Default)]
pub(super) struct Examined<'a>(OnceCell<Exams<'a>>);

impl<'a> Examined<'a> {
    pub(super) fn of(&self, flow: &Flow<'a>, id: PairId, regime: usize) -> &Exams<'a> {
        self.0.get_or_init(|| {
            let pair = flow.pair(id);
            let purposes = flow.purposes(pair);
            let listed = &flow.register[pair.transfer].safeguards;
            let leg = Leg { pair, regime, beside: listed, purposes: &purposes };
            Exams { purposes: purposes.len(), list: flow.examine(&leg, &flow.with_a_say(pair, listed)) }
        })
    }
}

impl<'a> Flow<'a> {
    /// Holds safeguards against a leg under a regime, each as every one of its instruments.
    pub(super) fn examine(&self, leg: &Leg<'_>, safeguards: &[SafeguardId]) -> Vec<Exam<'a>> {
        let mut exams = Vec::with_capacity(safeguards.len());
        for id in safeguards {
            let instruments = self.register[*id].instruments.iter();
            exams.extend(instruments.map(|number| self.examine_as(leg, *id, *number)));
        }
        exams
    }

    fn examine_as(&self, leg: &Leg<'_>, id: SafeguardId, number: InstrumentId) -> Exam<'a> {
        let Leg { pair, regime, purposes, .. } = *leg;
        let safeguard = &self.register[id];
        let instrument = &self.law.law[number];
        let modules = matching(instrument, &safeguard.modules, pair.roles);
        let mut scope = self.scope_of(id, number);
        let covered: Vec<bool> = purposes.iter().map(|purpose| self.covers_purpose(id, *purpose)).collect();
        let below = self.below(leg, instrument);
        if !below.is_empty() {
            // What none of them reaches for any purpose is not in its scope at all.
            let mut any = self.cells.none();
            for reached in &below {
                any.union_with(reached);
            }
            scope.intersect_with(&any);
        }
        let mut cells = scope.clone();
        if is_for_returns(pair, instrument, &modules) {
            cells.intersect_with(&self.returned(pair));
        }
        let mut reasons = Reasons { safeguard: id, instrument: number, list: Vec::new() };
        match self.law.regimes()[regime].acceptance(number).filter(|_| instrument.not_a_tool.is_none()) {
            None => {
                let why = instrument.not_a_tool.as_deref().map(str::to_owned);
                reasons.no(ReasonKind::InstrumentNotAccepted, None, why, Some(&instrument.source.citation));
            }
            Some(acceptance) => {
                self.dates(&mut reasons, instrument, acceptance);
                self.binding(&mut reasons, pair, instrument);
                self.fitness(&mut reasons, leg, instrument, &modules);
                self.evidence(&mut reasons, pair, regime, instrument, &modules);
                self.conditions(&mut reasons, instrument, acceptance);
                self.misuse(&mut reasons, pair, instrument);
            }
        }
        Exam {
            safeguard: id,
            instrument: number,
            reasons: reasons.list,
            scope,
            cells,
            purposes: covered,
            below,
            is_contract: self.contract_failures(leg, id, number).is_some_and(|failures| failures.is_empty()),
            is_derogation: instrument.kind.is_derogation(),
            through_decision: instrument.named_by_decision,
        }
    }

    /// Accepted on the day? Signed when it could be? Unchanged since? In force?
    fn dates(&self, reasons: &mut Reasons<'a>, instrument: &'a Instrument, acceptance: &'a Acceptance) {
        let (day, dates) = (self.day, self.register[reasons.safeguard].dates);
        let citation = Some(&*acceptance.source.citation);
        if !acceptance.valid.holds(day) {
            let valid = &acceptance.valid;
            let since = valid.until.filter(|_| valid.is_after(day)).and_then(|until| until.tomorrow().ok());
            let detail = valid.from.filter(|_| valid.is_before(day)).map(|from| format!("not before {from}"));
            reasons.no(ReasonKind::InstrumentWithdrawn, since, detail, citation);
        }
        if let Some(signed) = dates.signed.filter(|signed| !acceptance.signing.holds(*signed) && *signed <= day) {
            if !instrument.named_by_decision {
                let detail = window(acceptance.signing.from, acceptance.signing.until, signed);
                reasons.no(ReasonKind::SignedOutsideWindow, None, Some(detail), citation);
            } else if acceptance.signing.is_before(signed) {
                let first = acceptance.signing.from.map(|first| format!("nobody could certify before {first}"));
                reasons.no(ReasonKind::NotInForce, None, first, citation);
            }
        }
        let is_late = |amended: Date| amended <= day && acceptance.signing.is_after(amended);
        if let Some(amended) = dates.amended.filter(|amended| is_late(*amended)) {
            reasons.no(ReasonKind::ChangedAfterWindow, Some(amended), None, citation);
        }
        if let Some(out) = self.out_of_force(reasons.safeguard) {
            reasons.no(out.kind(), out.since(), out.until(), None);
        }
    }

    /// Are the ends of the leg bound?
    fn binding(&self, reasons: &mut Reasons<'a>, pair: &Pair, instrument: &'a Instrument) {
        let ends = match instrument.binds {
            Binds::Importer => &[pair.to][..],
            Binds::Both | Binds::Group => &[pair.from, pair.to][..],
        };
        let parties = &self.register[reasons.safeguard].parties;
        let free: Vec<String> = ends
            .iter()
            .filter(|end| parties.binary_search(end).is_err())
            .map(|end| prose::quote(self.register.party_id(*end)))
            .collect();
        let group = |end: PartyId| self.register[end].group;
        if !free.is_empty() {
            reasons.no(ReasonKind::PartyNotBound, None, Some(prose::list(&free)), None);
        } else if instrument.binds == Binds::Group && (group(pair.from).is_none() || group(pair.from) != group(pair.to))
        {
            let detail = "the two are not of one corporate group".to_owned();
            reasons.no(ReasonKind::PartyNotBound, None, Some(detail), Some(&instrument.source.citation));
        }
    }

    /// Is what it builds on there?
    pub(super) fn wants_companions(&self, reasons: &mut Reasons<'a>, leg: &Leg<'_>, instrument: &'a Instrument) {
        for companion in &instrument.with {
            if self.companions(leg, *companion).next().is_none() {
                let detail = self.law.law[*companion].id.to_string();
                reasons.no(ReasonKind::CompanionMissing, None, Some(detail), Some(&instrument.source.citation));
            }
        }
    }

    /// Does it build on something that is there? Is there a text for this leg? Does it serve these sectors?
    fn fitness(&self, reasons: &mut Reasons<'a>, leg: &Leg<'_>, instrument: &'a Instrument, modules: &[Module]) {
        let (register, pair, regime) = (self.register, leg.pair, leg.regime);
        self.wants_companions(reasons, leg, instrument);
        let outside = !self.seats.is_inside(pair.from, regime);
        let serves = if instrument.modules.is_empty() {
            instrument.roles.is_empty()
                || instrument.roles.contains(&pair.roles)
                || (outside && instrument.onward_roles.contains(&pair.roles))
        } else {
            !modules.is_empty()
        };
        if !serves {
            let detail = format!("this leg goes {}", pair.roles.in_words());
            reasons.no(ReasonKind::WrongModule, None, Some(detail), Some(&instrument.source.citation));
        }
        let serves_sector =
            |list: &[Box<str>], sector| list.is_empty() || list.iter().any(|item| **item == *register.name(sector));
        let (from, to) = (&register[pair.from], &register[pair.to]);
        if !serves_sector(&instrument.exporter_sector, from.sector)
            || !serves_sector(&instrument.importer_sector, to.sector)
        {
            let detail = format!("it serves {} bodies only", prose::choice(&instrument.exporter_sector));
            reasons.no(ReasonKind::ScopeExceeded, None, Some(detail), Some(&instrument.source.citation));
        }
    }

    /// Approved? Assessed, and with what result?
    fn evidence(
        &self,
        reasons: &mut Reasons<'a>,
        pair: &Pair,
        regime: usize,
        instrument: &'a Instrument,
        modules: &[Module],
    ) {
        let safeguard = &self.register[reasons.safeguard];
        if instrument.needs_approval && safeguard.dates.approved.is_none_or(|approved| approved > self.day) {
            reasons.no(ReasonKind::ApprovalMissing, None, None, Some(&instrument.source.citation));
        }
        let on = &self.law.regimes()[regime];
        let is_due = on.version.assessment_required_from.is_some_and(|from| from <= self.day);
        let asks = instrument.needs_assessment && modules.iter().all(|module| module.needs_assessment);
        if !is_due || !asks {
            return;
        }
        let seat = self.register[pair.to].jurisdiction;
        let fits = |assessment: &&Assessment| {
            seat.is_within(assessment.code)
                && assessment.date <= self.day
                && (assessment.regimes.is_empty() || assessment.regimes.contains(&on.id))
        };
        let listed = safeguard.assessments.iter().map(|id| &self.register[*id]).filter(fits);
        // Of several made on one day the gravest counts.
        let Some(latest) = listed.max_by_key(|assessment| (assessment.date, assessment.outcome)) else {
            let detail = format!("none for {seat}");
            reasons.no(
                ReasonKind::AssessmentMissing,
                on.version.assessment_required_from,
                Some(detail),
                Some(&on.version.source.citation),
            );
            return;
        };
        let id = || prose::quote(self.register.name(latest.id));
        let lacks = || latest.measures.iter().find(|measure| !safeguard.papers.measures.contains(measure));
        match latest.outcome {
            Outcome::NoExtraMeasures => {}
            Outcome::NotSufficient => reasons.no(ReasonKind::AssessmentNegative, Some(latest.date), Some(id()), None),
            Outcome::MeasuresNeeded if safeguard.papers.measures.is_empty() => {
                reasons.no(ReasonKind::MeasuresMissing, Some(latest.date), Some(id()), None);
            }
            Outcome::MeasuresNeeded => {
                if let Some(measure) = lacks() {
                    let detail = format!("{} names {}", id(), prose::quote(measure));
                    reasons.no(ReasonKind::MeasuresMissing, Some(latest.date), Some(detail), None);
                }
            }
        }
    }

    /// Is every condition confirmed?
    fn conditions(&self, reasons: &mut Reasons<'a>, instrument: &'a Instrument, acceptance: &'a Acceptance) {
        let confirms = &self.register[reasons.safeguard].confirms;
        let is_confirmed = |word: &str| confirms.iter().any(|sym| self.register.name(*sym) == word);
        let wanted = instrument.conditions.iter().chain(&acceptance.conditions);
        let missing: Vec<String> = wanted
            .filter(|condition| !condition.iter().any(|word| is_confirmed(word)))
            .map(|condition| prose::choice(&prose::quoted(condition)))
            .collect();
        if !missing.is_empty() {
            reasons.no(
                ReasonKind::ConditionMissing,
                None,
                Some(prose::list(&missing)),
                Some(&acceptance.source.citation),
            );
        }
    }

    /// Is an exception used as one?
    fn misuse(&self, reasons: &mut Reasons<'a>, pair: &Pair, instrument: &'a Instrument) {
        let citation = Some(&*instrument.source.citation);
        let frequency = self.register[pair.transfer].frequency;
        if instrument.occasional_only && !frequency.is_occasional() {
            let detail = format!("for occasional transfers only, and this one is {}", frequency.as_str());
            reasons.no(ReasonKind::DerogationMisused, None, Some(detail), citation);
        }
        let sector = self.register.name(self.register[pair.from].sector);
        if instrument.not_exporter_sector.iter().any(|closed| **closed == *sector) {
            let detail = format!("closed to {sector} exporters");
            reasons.no(ReasonKind::DerogationMisused, None, Some(detail), citation);
        }
        if instrument.kind == InstrumentKind::Derogation
            && self.register[reasons.safeguard].papers.justification.is_none()
        {
            reasons.no(ReasonKind::DerogationMisused, None, Some("without a `justification`".to_owned()), citation);
        }
    }

    /// Whether both ends of a leg are bound.
    pub(super) fn binds_both(&self, id: SafeguardId, pair: &Pair) -> bool {
        let parties = &self.register[id].parties;
        [pair.from, pair.to].iter().all(|end| parties.binary_search(end).is_ok())
    }
}

/// Whether the text that serves a leg is one about returns only.
fn is_for_returns(pair: &Pair, instrument: &Instrument, modules: &[Module]) -> bool {
    pair.roles == Roles::P2c && (!modules.is_empty() || instrument.roles.contains(&Roles::P2c))
}

/// The signed modules that serve a leg.
pub(super) fn matching(instrument: &Instrument, signed: &[u8], roles: Roles) -> Vec<Module> {
    instrument.modules.iter().filter(|module| module.roles == roles && signed.contains(&module.id)).copied().collect()
}

fn window(from: Option<Date>, until: Option<Date>, signed: Date) -> String {
    match (from, until) {
        (Some(from), _) if signed < from => format!("signed {signed}, and it could not be before {from}"),
        (_, Some(until)) => format!("signed {signed}, and it could not be after {until}"),
        _ => format!("signed {signed}"),
    }
}
