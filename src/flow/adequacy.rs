//! Adequacy decisions: what they cover on a leg, and why they do not.

use hashbrown::HashMap;

use super::cell_set::CellSet;
use super::verdict::{Reason, ReasonKind};
use super::{Flow, Pair};
use crate::law::{Decision, DecisionId, InstrumentId, Law};
use crate::record::Sym;
use crate::register::{PartyId, PurposeId, Register, SafeguardId};

/// What a decision that is in force covers on a leg.
pub(super) struct Fit {
    /// The cells it covers.
    pub cells: CellSet,
    /// The cells for which only the certification is wanting.
    pub uncertified: CellSet,
}

/// The certificates that decisions name, by instrument and holder.
pub(super) fn certificates(register: &Register, law: &Law) -> HashMap<(InstrumentId, PartyId), Vec<SafeguardId>> {
    let mut held: HashMap<(InstrumentId, PartyId), Vec<SafeguardId>> = HashMap::new();
    for (index, safeguard) in register.safeguards.iter().enumerate() {
        for instrument in safeguard.instruments.iter().filter(|id| law[**id].named_by_decision) {
            for holder in &safeguard.parties {
                held.entry((*instrument, *holder)).or_default().push(SafeguardId::at(index));
            }
        }
    }
    held
}

impl<'a> Flow<'a> {
    /// The certificates that a party holds and that decisions name, in force or not.
    pub fn certificates_of(&self, party: PartyId) -> impl Iterator<Item = SafeguardId> + '_ {
        let carries = |id: &InstrumentId| self.law.law[*id].named_by_decision;
        let named = move |id: &SafeguardId| self.register[*id].instruments.iter().any(carries);
        self.binding[party.index()].iter().copied().filter(named)
    }

    /// The decisions of a regime about the recipient of a leg.
    pub(super) fn decisions(
        &self,
        pair: &Pair,
        regime: usize,
    ) -> impl Iterator<Item = (DecisionId, &'a Decision)> + '_ {
        let seat = self.register[pair.to].jurisdiction;
        let law = self.law.law;
        self.law.regimes()[regime].decisions(seat).map(move |id| (id, &law[id]))
    }

    /// What a decision covers on a leg, whether in force or not.
    pub(super) fn fit(&self, pair: &Pair, decision: &Decision) -> Fit {
        self.fit_without(pair, decision, None)
    }

    /// What a decision would cover on a leg if a certificate were not there.
    pub(super) fn fit_without(&self, pair: &Pair, decision: &Decision, lost: Option<SafeguardId>) -> Fit {
        self.fit_between(pair.from, pair.to, &self.purposes(pair), decision, lost)
    }

    /// What a decision covers of that which one party makes available to another (or to itself, in
    /// another place) for some purposes.
    pub(super) fn fit_between(
        &self,
        from: PartyId,
        to: PartyId,
        purposes: &[PurposeId],
        decision: &Decision,
        lost: Option<SafeguardId>,
    ) -> Fit {
        let (scope, register) = (&decision.scope, self.register);
        let (from, to) = (&register[from], &register[to]);
        let sector = register.name(to.sector);
        let is_one_of = |list: &[Box<str>], word: &str| list.iter().any(|item| **item == *word);
        let tagged = |tags: &[Sym], list: &[Box<str>]| tags.iter().any(|tag| is_one_of(list, register.name(*tag)));
        let party_tags = &to.common.remarks.tags;
        let fits = (scope.sector.is_empty() || is_one_of(&scope.sector, sector))
            && !is_one_of(&scope.not_sector, sector)
            && (scope.exporter_sector.is_empty() || is_one_of(&scope.exporter_sector, register.name(from.sector)))
            && (scope.party_tags.is_empty() || tagged(party_tags, &scope.party_tags))
            && !purposes.iter().any(|purpose| tagged(&register[*purpose].tags, &scope.not_purpose_tags));
        let mut cells = if !fits {
            self.cells.none()
        } else if scope.only_data_tags.is_empty() && scope.not_data_tags.is_empty() {
            self.cells.all()
        } else {
            self.cells.where_data(|data| {
                let tags = &register[data].tags;
                (scope.only_data_tags.is_empty() || tagged(tags, &scope.only_data_tags))
                    && !tagged(tags, &scope.not_data_tags)
            })
        };
        match scope.hr {
            Some(true) => cells.intersect_with(self.cells.hr()),
            Some(false) => cells.difference_with(self.cells.hr()),
            None => {}
        }
        let Some(certification) = scope.certification else {
            return Fit { cells, uncertified: self.cells.none() };
        };
        let held = self.certificates.get(&(certification, to.number)).map_or(&[][..], Vec::as_slice);
        let good =
            held.iter().copied().filter(|id| Some(*id) != lost && self.is_certified(*id, certification, decision));
        let certified = self.certified(&good.collect::<Vec<_>>(), certification, purposes);
        let mut uncertified = cells.clone();
        uncertified.difference_with(&certified);
        cells.intersect_with(&certified);
        Fit { cells, uncertified }
    }

    /// The cells that certificates in force cover, for every purpose.
    fn certified(&self, good: &[SafeguardId], wanted: InstrumentId, purposes: &[PurposeId]) -> CellSet {
        let mut certified = self.cells.none();
        for certificate in good {
            certified.union_with(&self.scope_of(*certificate, wanted));
        }
        for purpose in purposes {
            let mut covered = self.cells.none();
            for certificate in good.iter().filter(|id| self.covers_purpose(**id, *purpose)) {
                covered.union_with(&self.scope_of(*certificate, wanted));
            }
            certified.intersect_with(&covered);
        }
        certified
    }

    /// The certificates of a recipient that a decision carries data through.
    pub(super) fn behind(&self, decision: DecisionId, holder: PartyId) -> impl Iterator<Item = SafeguardId> + '_ {
        let decision = &self.law.law[decision];
        decision.scope.certification.into_iter().flat_map(move |wanted| {
            let held = self.certificates.get(&(wanted, holder)).into_iter().flatten().copied();
            held.filter(move |id| self.is_certified(*id, wanted, decision))
        })
    }

    /// Whether a certificate is in force on the day, and was signed when one could be.
    pub(super) fn is_certified(&self, certificate: SafeguardId, wanted: InstrumentId, decision: &Decision) -> bool {
        self.out_of_force(certificate).is_none() && !self.is_premature(certificate, wanted, decision.regime.index())
    }

    /// Whether a certificate was signed before anyone could certify under a regime.
    pub(super) fn is_premature(&self, certificate: SafeguardId, wanted: InstrumentId, regime: usize) -> bool {
        let signed = self.register[certificate].dates.signed;
        let on = self.law.regimes().iter().find(|on| on.id.index() == regime);
        let first = on.and_then(|on| on.acceptance(wanted)).and_then(|accepted| accepted.signing.from);
        first.zip(signed).is_some_and(|(first, signed)| signed < first)
    }

    /// Why no decision makes a leg adequate for some cells.
    ///
    /// Of decisions that are not in force only what matters is told: the one that ended last (or
    /// whose certificate the recipient holds), or the next to begin, where none is or was in force.
    pub(super) fn decision_reasons(&self, pair: &Pair, regime: usize, cells: &CellSet) -> Vec<Reason<'a>> {
        let mut reasons = Vec::new();
        let decisions: Vec<_> =
            self.decisions(pair, regime).filter(|(_, decision)| self.is_about(decision, cells)).collect();
        let in_force = decisions.iter().any(|(_, decision)| decision.in_force.holds(self.day));
        let last = decisions
            .iter()
            .filter_map(|(_, decision)| decision.in_force.until.filter(|until| *until < self.day))
            .max();
        let next =
            decisions.iter().filter_map(|(_, decision)| decision.in_force.from.filter(|from| *from > self.day)).min();
        for (id, decision) in decisions {
            let days = &decision.in_force;
            let is_held =
                decision.scope.certification.is_some_and(|cert| self.certificates.contains_key(&(cert, pair.to)));
            let (kind, since) = if days.is_after(self.day) {
                if !is_held && (in_force || days.until != last) {
                    continue;
                }
                (ReasonKind::AdequacyEnded, days.until.and_then(|until| until.tomorrow().ok()))
            } else if days.is_before(self.day) {
                if !is_held && (in_force || last.is_some() || days.from != next) {
                    continue;
                }
                (ReasonKind::AdequacyNotBegun, None)
            } else {
                let fit = self.fit(pair, decision);
                let kind = if fit.uncertified.is_disjoint(cells) {
                    ReasonKind::AdequacyOutOfScope
                } else {
                    ReasonKind::CertificationMissing
                };
                (kind, None)
            };
            let detail = self.decision_detail(decision, kind);
            let citation = Some(&*decision.source.citation);
            reasons.push(Reason {
                safeguard: None,
                instrument: None,
                decision: Some(id),
                kind,
                since,
                detail,
                citation,
            });
        }
        reasons
    }

    /// Whether a decision speaks of such data at all: one about passenger names says nothing about others.
    fn is_about(&self, decision: &Decision, cells: &CellSet) -> bool {
        let only = &decision.scope.only_data_tags;
        let is_tagged = |tag: &Sym| only.iter().any(|wanted| **wanted == *self.register.name(*tag));
        only.is_empty() || self.cells.of_set(cells).any(|cell| self.register[cell.data].tags.iter().any(is_tagged))
    }

    fn decision_detail(&self, decision: &Decision, kind: ReasonKind) -> Option<String> {
        match kind {
            ReasonKind::AdequacyEnded => decision.ended_by.as_deref().map(str::to_owned),
            ReasonKind::CertificationMissing => decision.scope.certification.map(|id| self.law.law[id].id.to_string()),
            ReasonKind::AdequacyNotBegun => decision.in_force.from.map(|from| format!("not before {from}")),
            _ => None,
        }
    }
}
