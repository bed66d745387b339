//! What would carry one verdict that nothing carries, cheapest first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::act::{Act, Paper, Terms};
use crate::flow::{Assessment, Pair, Reason, ReasonKind, Verdict};
use crate::law::{
    Acceptance, Binds, Code, DecisionId, Instrument, InstrumentId, InstrumentKind, Module, RegimeId, RegimeOn, Roles,
};
use crate::prose::quote;
use crate::register::{AssessmentId, Outcome, PartyId, SafeguardId};

/// A way to mend a verdict: acts that are enough together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What carries the data then.
    pub carrier: Carrier,
    /// What has to be done, in order.
    pub acts: Vec<Act>,
    /// What the papers must contain.
    pub terms: Terms,
}

impl Way {
    /// The way as advice on one transfer, in words.
    #[must_use]
    pub fn phrase(&self, assessment: &Assessment<'_>) -> String {
        let acts = self.acts.iter().filter(|act| !matches!(act, Act::Assess(..)));
        let mut said: Vec<String> = acts.map(|act| act.phrase(assessment, &self.terms)).collect();
        let first = self.acts.iter().find(|act| matches!(act, Act::Assess(..)));
        let assess = first.map(|act| act.phrase(assessment, &self.terms));
        match &self.carrier {
            Carrier::Recorded(id) => {
                let id = quote(assessment.register().safeguard_id(*id));
                said.extend(assess.is_some().then(|| format!("list that in `assessments` of {id}")));
            }
            Carrier::Paper(_) => said.push("record it as a `[[safeguard]]` and list it here".to_owned()),
            Carrier::Certificate => said.push("record the certificate as a `[[safeguard]]`".to_owned()),
        }
        let said = said.join(", ");
        match assess {
            Some(assess) => format!("{assess} and, if that finds a safeguard enough, {said}"),
            None => said,
        }
    }
}

/// What is to carry the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A recorded safeguard, as it is or mended.
    Recorded(SafeguardId),
    /// A new paper.
    Paper(Paper),
    /// A certificate, through the decision that names it.
    Certificate,
}

/// An instrument, and the module of it that a leg needs.
type Form = (InstrumentId, Option<u8>);

/// Finds ways; what many verdicts ask for is looked up once.
#[derive(Debug)]
pub struct Ways<'s, 'a> {
    assessment: &'s Assessment<'a>,
    /// Instruments that can be signed on the day, by regime and roles, the youngest first.
    open: HashMap<(usize, Roles), Vec<Form>>,
    /// The assessment of a place that counts for a regime.
    latest: HashMap<(Code, RegimeId), Option<AssessmentId>>,
}

impl<'s, 'a> Ways<'s, 'a> {
    /// Ways to mend verdicts of an assessment.
    #[must_use]
    pub fn of(assessment: &'s Assessment<'a>) -> Self {
        Self { assessment, open: HashMap::new(), latest: HashMap::new() }
    }

    /// What would carry a verdict, cheapest first; nothing where only leaving data out would help.
    pub fn to_mend(&mut self, verdict: &Verdict<'a>) -> Vec<Way> {
        let mut ways = Vec::new();
        if let Some(id) = verdict.failure.hint {
            let (carrier, acts) = (Carrier::Recorded(id), vec![Act::List(id)]);
            ways.push(Way { carrier, acts, terms: Terms::default() });
        }
        ways.extend(self.amended(verdict));
        ways.extend(self.signed(verdict));
        ways.extend(self.certified(verdict));
        let dearest = |way: &Way| way.acts.iter().map(Act::cost).max();
        ways.sort_by_key(|way| (dearest(way), way.acts.len()));
        ways
    }

    /// Listed safeguards of which everything that is wanting can be had.
    fn amended(&mut self, verdict: &Verdict<'a>) -> Vec<Way> {
        let mut wanting: Vec<((SafeguardId, InstrumentId), Vec<&Reason<'a>>)> = Vec::new();
        for reason in &verdict.failure.reasons {
            let Some(as_one) = reason.safeguard.zip(reason.instrument) else { continue };
            match wanting.iter_mut().find(|(known, _)| *known == as_one) {
                Some((_, reasons)) => reasons.push(reason),
                None => wanting.push((as_one, vec![reason])),
            }
        }
        let mut ways = Vec::new();
        for ((id, instrument), reasons) in wanting {
            let mut acts = Vec::new();
            let is_possible = reasons.iter().all(|reason| {
                let found = self.amendment(verdict, id, instrument, reason);
                let some = !found.is_empty();
                acts.extend(found);
                some
            });
            if is_possible {
                ways.push(Way { carrier: Carrier::Recorded(id), acts, terms: Terms::default() });
            }
        }
        ways
    }

    /// The acts that answer one reason; none where nothing does.
    fn amendment(
        &mut self,
        verdict: &Verdict<'a>,
        id: SafeguardId,
        number: InstrumentId,
        reason: &Reason<'a>,
    ) -> Vec<Act> {
        let assessment = self.assessment;
        let (register, law) = (assessment.register(), assessment.flow.law.law);
        let instrument = &law[number];
        let pair = assessment.pair(verdict);
        let on = &assessment.flow.law.regimes()[verdict.regime];
        let acceptance = on.acceptance(number);
        // What stands under an onward principle asks no more of a contract than that it is one.
        let as_contract = acceptance.is_none();
        let is_open = as_contract || acceptance.is_some_and(|row| row.signing.holds(assessment.day()));
        match reason.kind {
            ReasonKind::NotInForce | ReasonKind::Expired if is_open && reason.since.is_some() => vec![Act::Renew(id)],
            ReasonKind::PartyNotBound if is_open => joined(assessment, pair, id, instrument),
            ReasonKind::CompanionMissing => instrument.with.iter().map(|with| Act::Complete(id, *with)).collect(),
            ReasonKind::WrongModule if is_open => {
                let text = instrument.modules.iter().find(|module| serves(**module, pair.roles));
                text.map(|module| Act::Extend(id, module.id)).into_iter().collect()
            }
            ReasonKind::ScopeExceeded if reason.citation.is_none() => widened(assessment, pair, id, instrument),
            ReasonKind::ApprovalMissing => vec![Act::Approve(id)],
            ReasonKind::AssessmentMissing => vec![Act::Assess(register[pair.to].jurisdiction, on.id)],
            ReasonKind::MeasuresMissing => {
                let seat = register[pair.to].jurisdiction;
                self.assessed(seat, on.id).map(|by| Act::Measure(id, by)).into_iter().collect()
            }
            ReasonKind::ConditionMissing => {
                let confirmed = |word: &str| register[id].confirms.iter().any(|known| register.name(*known) == word);
                let words = conditions(instrument, acceptance);
                vec![Act::Confirm(id, words.filter(|word| !confirmed(word)).map(Into::into).collect())]
            }
            _ => Vec::new(),
        }
    }

    /// Papers that could be signed between the two.
    fn signed(&mut self, verdict: &Verdict<'a>) -> Vec<Way> {
        let assessment = self.assessment;
        let (flow, register) = (&assessment.flow, assessment.register());
        let law = flow.law.law;
        let pair = assessment.pair(verdict);
        let on = &flow.law.regimes()[verdict.regime];
        let mut found = Vec::new();
        if flow.contract_suffices(verdict) {
            found.extend(plain_contract(assessment, pair.roles).map(|instrument| (instrument, None)));
        }
        found.extend(self.open(verdict.regime, pair.roles).iter().copied());
        let mut parties = vec![pair.from, pair.to];
        parties.sort_unstable();
        let mut ways = Vec::new();
        for (number, module) in found {
            let instrument = &law[number];
            let acceptance = on.acceptance(number);
            let sector = |list: &[Box<str>], party: PartyId| {
                let own: &str = register.name(register[party].sector);
                list.is_empty() || list.iter().any(|word| **word == *own)
            };
            if !sector(&instrument.exporter_sector, pair.from) || !sector(&instrument.importer_sector, pair.to) {
                continue;
            }
            let mut terms = Terms {
                confirms: acceptance
                    .map_or_else(Default::default, |_| conditions(instrument, acceptance).map(Into::into).collect()),
                ..Terms::default()
            };
            let mut acts = Vec::new();
            if acceptance.is_some() && asks_assessment(assessment, on, instrument, module) {
                let seat = register[pair.to].jurisdiction;
                match self.assessed(seat, on.id) {
                    None => acts.push(Act::Assess(seat, on.id)),
                    Some(by) if register[by].outcome == Outcome::NotSufficient => continue,
                    Some(by) => {
                        terms.assessments.insert(by);
                        if register[by].outcome == Outcome::MeasuresNeeded {
                            terms.measures.extend(register[by].measures.iter().cloned());
                        }
                    }
                }
            }
            let paper = Paper { instrument: number, modules: module.into_iter().collect(), parties: parties.clone() };
            acts.push(Act::Sign(paper.clone()));
            ways.push(Way { carrier: Carrier::Paper(paper), acts, terms });
        }
        ways
    }

    /// Certificates with which a decision would do.
    fn certified(&self, verdict: &Verdict<'a>) -> Vec<Way> {
        let assessment = self.assessment;
        let on = &assessment.flow.law.regimes()[verdict.regime];
        let day = assessment.day();
        let missing = verdict.failure.reasons.iter().filter(|reason| reason.kind == ReasonKind::CertificationMissing);
        let decisions = missing.filter_map(|reason| reason.decision);
        let way = |decision: DecisionId| {
            let instrument = assessment.flow.law.law[decision].scope.certification?;
            let row = on.acceptance(instrument)?;
            let can_be_had = row.signing.holds(day) && row.valid.holds(day);
            (can_be_had && assessment.flow.lacks_only_certificate(verdict, decision)).then(|| Way {
                carrier: Carrier::Certificate,
                acts: vec![Act::Certify(instrument, assessment.pair(verdict).to)],
                terms: Terms { covers_hr: assessment.flow.has_hr(verdict), ..Terms::default() },
            })
        };
        decisions.filter_map(way).collect()
    }

    /// Instruments that can be signed on the day for a leg under a regime, the youngest first.
    fn open(&mut self, regime: usize, roles: Roles) -> &[Form] {
        let assessment = self.assessment;
        self.open.entry((regime, roles)).or_insert_with(|| {
            let law = assessment.flow.law.law;
            let (day, on) = (assessment.day(), &assessment.flow.law.regimes()[regime]);
            let rows = law.acceptances.iter().filter(|row| row.key.0 == on.id);
            let rows = rows.filter(|row| row.signing.holds(day) && row.valid.holds(day));
            let mut open: Vec<_> = rows
                .filter_map(|row| {
                    let instrument = &law[row.key.1];
                    let module = instrument.modules.iter().find(|module| serves(**module, roles));
                    let fits = module.is_some()
                        || (instrument.modules.is_empty()
                            && (instrument.roles.is_empty() || instrument.roles.contains(&roles)));
                    let is_plain = instrument.kind == InstrumentKind::Contract
                        && !instrument.needs_approval
                        && !instrument.occasional_only
                        && instrument.with.is_empty()
                        && instrument.not_a_tool.is_none();
                    let found = (row.signing.from, row.key.1, module.map(|module| module.id));
                    (fits && is_plain && roles != Roles::P2c).then_some(found)
                })
                .collect();
            open.sort_by_key(|(from, number, _)| (Reverse(*from), law[*number].id.clone()));
            open.into_iter().map(|(_, number, module)| (number, module)).collect()
        })
    }

    /// The recorded assessment of a place that counts for a regime on the day: the latest, and of
    /// several made on one day the gravest.
    fn assessed(&mut self, seat: Code, regime: RegimeId) -> Option<AssessmentId> {
        let assessment = self.assessment;
        *self.latest.entry((seat, regime)).or_insert_with(|| {
            let made = assessment.register().assessments.iter().enumerate();
            let fits = made.filter(|(_, made)| {
                seat.is_within(made.code)
                    && made.date <= assessment.day()
                    && (made.regimes.is_empty() || made.regimes.contains(&regime))
            });
            fits.max_by_key(|(_, made)| (made.date, made.outcome)).map(|(at, _)| AssessmentId::at(at))
        })
    }
}

/// The parties of a leg that would have to join a paper; none where joining would not help.
fn joined(assessment: &Assessment<'_>, pair: &Pair, id: SafeguardId, instrument: &Instrument) -> Vec<Act> {
    let register = assessment.register();
    let ends = match instrument.binds {
        Binds::Importer => &[pair.to][..],
        Binds::Both | Binds::Group => &[pair.from, pair.to][..],
    };
    let group = |end: PartyId| register[end].group;
    let is_apart =
        instrument.binds == Binds::Group && (group(pair.from).is_none() || group(pair.from) != group(pair.to));
    if is_apart || instrument.named_by_decision {
        return Vec::new();
    }
    let parties = &register[id].parties;
    ends.iter().filter(|end| parties.binary_search(end).is_err()).map(|end| Act::Join(id, *end)).collect()
}

/// The papers of which a wider scope would have to be agreed: the safeguard, and what it builds on.
fn widened(assessment: &Assessment<'_>, pair: &Pair, id: SafeguardId, instrument: &Instrument) -> Vec<Act> {
    let register = assessment.register();
    if instrument.with.is_empty() {
        return vec![Act::Widen(id)];
    }
    let is_limited = |id: &SafeguardId| {
        let scope = &register[*id].scope;
        !(scope.data.is_empty() && scope.subjects.is_empty() && scope.purposes.is_empty())
    };
    let builds_on =
        |other: &SafeguardId| register[*other].instruments.iter().any(|held| instrument.with.contains(held));
    let below = register[pair.transfer].safeguards.iter().copied().filter(builds_on);
    let papers: BTreeSet<SafeguardId> = below.chain([id]).filter(is_limited).collect();
    papers.into_iter().map(Act::Widen).collect()
}

/// Whether a module is for a leg that somebody would sign it for: not one about returns.
fn serves(module: Module, roles: Roles) -> bool {
    module.roles == roles && roles != Roles::P2c
}

/// For each condition of an instrument and of its acceptance, the first word that meets it.
fn conditions<'l>(instrument: &'l Instrument, acceptance: Option<&'l Acceptance>) -> impl Iterator<Item = &'l str> {
    let added = acceptance.into_iter().flat_map(|row| &row.conditions);
    instrument.conditions.iter().chain(added).filter_map(|condition| condition.first().map(|word| &**word))
}

/// Whether a regime asks for an assessment with an instrument on the day.
fn asks_assessment(
    assessment: &Assessment<'_>,
    on: &RegimeOn<'_>,
    instrument: &Instrument,
    module: Option<u8>,
) -> bool {
    let is_due = on.version.assessment_required_from.is_some_and(|from| from <= assessment.day());
    let signed = instrument.modules.iter().find(|known| Some(known.id) == module);
    is_due && instrument.needs_assessment && signed.is_none_or(|module| module.needs_assessment)
}

/// The plain contract that is enough under an onward principle: with a processor the agreement that
/// is due anyway.
fn plain_contract(assessment: &Assessment<'_>, roles: Roles) -> Option<InstrumentId> {
    let id = if roles.to_processor() { "processing-agreement" } else { "onward-contract" };
    assessment.flow.law.law.instrument(id).map(|(number, _)| number)
}
