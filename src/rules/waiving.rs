//! Applying waivers to findings.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use crate::finding::{Docket, Finding, Subject};
use crate::flow::{Assessment, UNSAFEGUARDED, UNSAFEGUARDED_ONWARD};
use crate::register::{Covered, PartyId, PartyKind, Register, Transfer, Waiver};

/// Live waivers by the rule they waive and what they name.
#[derive(Default)]
struct Index<'r> {
    by_subject: HashMap<(&'r str, &'static str, Box<str>), Vec<usize>>,
}

impl<'r> Index<'r> {
    fn of(assessment: &Assessment<'r>) -> Self {
        let register = assessment.register();
        let mut index = Self::default();
        let live = register.waivers.iter().enumerate().filter(|(_, waiver)| waiver.until >= assessment.day());
        for (at, waiver) in live {
            for covered in &waiver.on {
                let Subject { kind, id } = subject(register, *covered);
                index.by_subject.entry((&waiver.rule, kind, id)).or_default().push(at);
            }
        }
        index
    }

    /// The waivers of a rule that name a record.
    fn naming(&self, rule: &'r str, kind: &'static str, id: &str) -> &[usize] {
        self.by_subject.get(&(rule, kind, id.into())).map_or(&[], Vec::as_slice)
    }
}

/// Marks findings that live waivers cover; the positions of the waivers that did.
///
/// Verdicts know their own waivers, because a waived verdict is an outcome of its own; all other
/// findings are covered by what they are about: a waiver on a transfer covers its pairs, one on a
/// party the pairs to it, one on every recipient of a transfer what is found of the transfer as a
/// whole.
pub(super) fn apply(assessment: &Assessment<'_>, docket: &mut Docket) -> BTreeSet<usize> {
    let register = assessment.register();
    let mut used: BTreeSet<usize> =
        assessment.verdicts.iter().flat_map(|verdict| verdict.failure.waived_by.iter().copied()).collect();
    let index = Index::of(assessment);
    if index.by_subject.is_empty() {
        return used;
    }
    for finding in docket.findings_mut() {
        if finding.card.integrity || matches!(finding.card.rule, UNSAFEGUARDED | UNSAFEGUARDED_ONWARD) {
            continue;
        }
        let covering: BTreeSet<usize> = covering(register, &index, finding)
            .into_iter()
            .filter(|at| is_under(assessment, &register.waivers[*at], finding))
            .collect();
        if let Some(first) = covering.first() {
            let id = register.name(register.waivers[*first].id);
            finding.waived_by.get_or_insert_with(|| id.into());
            used.extend(covering);
        }
    }
    used
}

/// The waivers that cover what a finding is about.
fn covering(register: &Register, index: &Index<'_>, finding: &Finding) -> Vec<usize> {
    let Some(about) = &finding.subject else { return Vec::new() };
    let rule = finding.card.rule;
    // A finding about any record speaks of a party by its kind.
    let is_party = PartyKind::ALL.iter().any(|kind| kind.name() == about.kind);
    let kind = if is_party { "party" } else { about.kind };
    let mut covering = index.naming(rule, kind, &about.id).to_vec();
    if about.kind != "transfer" {
        return covering;
    }
    // A pair of a record with many is `ID/FROM--TO`.
    if let Some((record, pair)) = about.id.split_once('/') {
        covering.extend(index.naming(rule, "transfer", record));
        if let Some((_, to)) = pair.split_once("--") {
            covering.extend(index.naming(rule, "party", to));
        }
    } else if let Some(transfer) = transfer(register, &about.id) {
        covering.extend(on_every_recipient(register, index, rule, transfer));
    }
    covering
}

fn transfer<'r>(register: &'r Register, id: &str) -> Option<&'r Transfer> {
    let at = register.transfers.binary_search_by(|transfer| register.name(transfer.id).cmp(id)).ok()?;
    register.transfers.get(at)
}

/// The waivers that name every recipient of a transfer.
fn on_every_recipient(register: &Register, index: &Index<'_>, rule: &'static str, transfer: &Transfer) -> Vec<usize> {
    let Some(first) = transfer.to.first() else { return Vec::new() };
    let naming = index.naming(rule, "party", register.party_id(*first));
    let names_all = |at: &&usize| {
        let on = &register.waivers[**at].on;
        let named: BTreeSet<PartyId> = on.iter().filter_map(|covered| party(*covered)).collect();
        transfer.to.iter().all(|to| named.contains(to))
    };
    naming.iter().filter(names_all).copied().collect()
}

fn party(covered: Covered) -> Option<PartyId> {
    match covered {
        Covered::Party(party) => Some(party),
        Covered::Transfer(_) | Covered::Pair(..) | Covered::Safeguard(_) => None,
    }
}

/// Whether a waiver reaches the regime of a finding: one that names regimes covers no finding without.
fn is_under(assessment: &Assessment<'_>, waiver: &Waiver, finding: &Finding) -> bool {
    let law = assessment.flow.law.law;
    let named = |regime: &str| waiver.regimes.iter().any(|id| *law[*id].id == *regime);
    waiver.regimes.is_empty() || finding.regime.as_deref().is_some_and(named)
}

fn subject(register: &Register, covered: Covered) -> Subject {
    match covered {
        Covered::Transfer(transfer) => Subject::new("transfer", register.name(register[transfer].id)),
        Covered::Pair(transfer, from, to) => Subject::new("transfer", register.pair_id(transfer, from, to)),
        Covered::Party(party) => Subject::new("party", register.party_id(party)),
        Covered::Safeguard(safeguard) => Subject::new("safeguard", register.safeguard_id(safeguard)),
    }
}
