//! The proof: acts written into a copy of the register, and the copy judged.

use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashMap;

use super::act::{Act, Paper, Terms};
use super::ways::{Carrier, Way};
use super::{Key, Plan};
use crate::flow::{Assessment, Flow, Pair};
use crate::law::{Code, InstrumentId, RegimeId};
use crate::record::{At, Common, Few, Rare, Sym, Within};
use crate::register::{
    Assessment as Assessed, AssessmentId, Modules, Outcome as Found, PartyId, Register, Safeguard, SafeguardDates,
    SafeguardId, TransferId,
};

/// What is still a violation when the acts of a plan are done.
pub(super) fn violations_after(assessment: &Assessment<'_>, plan: &Plan) -> BTreeSet<Key> {
    let Some(first) = plan.keys().next() else { return assessment.flow.violations() };
    let mut mended =
        Mended::of(assessment, assessment.register()[assessment.pair(&assessment.verdicts[*first]).from].id);
    mended.register.safeguards.reserve_exact(plan.len());
    for (at, way) in plan {
        let verdict = &assessment.verdicts[*at];
        mended.apply(assessment.pair(verdict), way);
    }
    Flow::of(&mended.register, assessment.flow.law.law.on(assessment.day())).violations()
}

/// A copy of a register in which acts are done.
struct Mended<'s, 'a> {
    assessment: &'s Assessment<'a>,
    register: Register,
    papers: HashMap<Paper, SafeguardId>,
    certificates: HashMap<(InstrumentId, PartyId), SafeguardId>,
    companions: HashMap<(SafeguardId, InstrumentId), SafeguardId>,
    assessments: HashMap<(Code, RegimeId), AssessmentId>,
    /// The id of everything new, of which there is no need to be its own; nothing looks for it.
    id: Sym,
}

impl<'s, 'a> Mended<'s, 'a> {
    fn of(assessment: &'s Assessment<'a>, id: Sym) -> Self {
        Self {
            assessment,
            register: assessment.register().clone(),
            papers: HashMap::new(),
            certificates: HashMap::new(),
            companions: HashMap::new(),
            assessments: HashMap::new(),
            id,
        }
    }

    fn apply(&mut self, pair: &Pair, way: &Way) {
        let at = self.register[pair.transfer].at;
        let carrier = match &way.carrier {
            Carrier::Recorded(id) => Some(*id),
            Carrier::Paper(paper) => Some(self.sign(paper, at)),
            Carrier::Certificate => None,
        };
        for act in &way.acts {
            self.act(act, carrier, pair, &way.terms);
        }
        if let Some(carrier) = carrier {
            self.list(carrier, pair.transfer);
            let safeguard = self.safeguard(carrier);
            safeguard.confirms.sort_unstable();
            safeguard.confirms.dedup();
        }
    }

    fn act(&mut self, act: &Act, carrier: Option<SafeguardId>, pair: &Pair, terms: &Terms) {
        let day = self.assessment.day();
        match act {
            // Its carrier is listed like any other.
            Act::List(_) => {}
            Act::Confirm(id, words) => self.confirm(*id, words),
            Act::Measure(id, by) => {
                let measures = self.register[*by].measures.clone();
                let taken = &mut self.safeguard(*id).papers.measures;
                taken.extend(measures);
                if taken.is_empty() {
                    taken.push("taken".into());
                }
            }
            Act::Approve(id) => self.safeguard(*id).dates.approved = Some(day),
            Act::Widen(id) => {
                let safeguard = self.safeguard(*id);
                (safeguard.scope, safeguard.covers_hr, safeguard.covers_other) = (Rare::default(), true, true);
            }
            Act::Renew(id) => {
                let dates = &mut self.safeguard(*id).dates;
                *dates = SafeguardDates { signed: Some(day), approved: dates.approved, ..SafeguardDates::default() };
            }
            Act::Join(id, party) => {
                let parties = &mut self.safeguard(*id).parties;
                parties.push(*party);
                parties.sort_unstable();
                parties.dedup();
            }
            Act::Extend(id, module) => {
                let modules = &mut self.safeguard(*id).modules;
                if !modules.contains(module) {
                    modules.push(*module);
                }
            }
            Act::Complete(id, instrument) => self.complete(*id, *instrument, pair.transfer),
            Act::Assess(place, regime) => {
                let made = self.assess(*place, *regime, self.register[pair.transfer].at);
                if let Some(carrier) = carrier {
                    self.safeguard(carrier).assessments.push(made);
                }
            }
            Act::Sign(_) => {
                if let Some(carrier) = carrier {
                    let confirms: Vec<Box<str>> = terms.confirms.iter().cloned().collect();
                    self.confirm(carrier, &confirms);
                    let paper = self.safeguard(carrier);
                    paper.assessments.extend(terms.assessments.iter().copied());
                    // To write none would make room for papers that say nothing.
                    if !terms.measures.is_empty() {
                        paper.papers.measures.extend(terms.measures.iter().cloned());
                    }
                }
            }
            Act::Certify(instrument, party) => {
                let at = self.register[*party].at;
                let key = (*instrument, *party);
                let known = self.certificates.get(&key).copied();
                let id =
                    known.unwrap_or_else(|| self.record(*instrument, Few::from_iter([*party]), Modules::new(), at));
                self.certificates.insert(key, id);
            }
        }
    }

    fn safeguard(&mut self, id: SafeguardId) -> &mut Safeguard {
        &mut self.register.safeguards[id.index()]
    }

    fn list(&mut self, id: SafeguardId, transfer: TransferId) {
        let listed = &mut self.register.transfers[transfer.index()].safeguards;
        if !listed.contains(&id) {
            listed.push(id);
        }
    }

    fn confirm(&mut self, id: SafeguardId, words: &[Box<str>]) {
        for word in words {
            let names = &mut self.register.names;
            let word = names.find(word).unwrap_or_else(|| Arc::make_mut(names).intern(word));
            self.safeguard(id).confirms.push(word);
        }
    }

    fn sign(&mut self, paper: &Paper, at: At) -> SafeguardId {
        if let Some(id) = self.papers.get(paper) {
            return *id;
        }
        let id = self.record(
            paper.instrument,
            paper.parties.iter().copied().collect(),
            Modules::from_slice(&paper.modules),
            at,
        );
        self.papers.insert(paper.clone(), id);
        id
    }

    /// The instrument that a safeguard builds on, between the same parties.
    fn complete(&mut self, id: SafeguardId, instrument: InstrumentId, transfer: TransferId) {
        let companion = self.companions.get(&(id, instrument)).copied().unwrap_or_else(|| {
            let Safeguard { parties, modules, at, .. } = &self.register[id];
            let (parties, modules, at) = (parties.clone(), modules.clone(), *at);
            self.record(instrument, parties, modules, at)
        });
        self.companions.insert((id, instrument), companion);
        self.list(companion, transfer);
    }

    fn assess(&mut self, code: Code, regime: RegimeId, at: At) -> AssessmentId {
        let next = AssessmentId::at(self.register.assessments.len());
        let made = *self.assessments.entry((code, regime)).or_insert(next);
        if made == next {
            self.register.assessments.push(Assessed {
                id: self.id,
                within: Within::record(at),
                code,
                date: self.assessment.day(),
                review_by: None,
                regimes: vec![regime],
                outcome: Found::NoExtraMeasures,
                measures: Vec::new(),
                evidence: None,
            });
        }
        made
    }

    /// A new safeguard, signed on the day, for everything.
    fn record(&mut self, instrument: InstrumentId, parties: Few<PartyId>, modules: Modules, at: At) -> SafeguardId {
        let id = SafeguardId::at(self.register.safeguards.len());
        self.register.safeguards.push(Safeguard {
            id: self.id,
            at,
            instruments: Few::from_iter([instrument]),
            parties,
            modules,
            dates: SafeguardDates { signed: Some(self.assessment.day()), ..SafeguardDates::default() },
            confirms: Few::new(),
            assessments: Few::new(),
            scope: Rare::default(),
            covers_hr: true,
            covers_other: true,
            papers: Rare::default(),
            common: Common::default(),
        });
        id
    }
}
