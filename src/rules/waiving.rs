//! Applying waivers to findings.

use std::collections::BTreeSet;

use crate::finding::{Docket, Subject};
use crate::flow::Assessment;
use crate::register::{Covered, Register};

/// Marks findings that live waivers cover; the positions of the waivers that did.
///
/// Verdicts know their own waivers, because a waived verdict is an outcome of its own; all other
/// findings are covered by what they are about.
pub(super) fn apply(assessment: &Assessment<'_>, docket: &mut Docket) -> BTreeSet<usize> {
    let register = assessment.register();
    let mut used: BTreeSet<usize> =
        assessment.verdicts.iter().flat_map(|verdict| verdict.waived_by.iter().copied()).collect();
    let live = register.waivers.iter().enumerate().filter(|(_, waiver)| waiver.until >= assessment.day());
    for (at, waiver) in live {
        let subjects: BTreeSet<Subject> = waiver.on.iter().map(|covered| subject(register, *covered)).collect();
        let covers = |about: &Subject| {
            subjects.contains(about)
                || around(register, about).into_iter().flatten().any(|wider| subjects.contains(&wider))
        };
        for finding in docket.findings_mut() {
            let is_covered = finding.card.rule == &*waiver.rule
                && !finding.card.integrity
                && finding.regime.is_none()
                && finding.subject.as_ref().is_some_and(covers);
            if is_covered {
                finding.waived_by.get_or_insert_with(|| register.name(waiver.id).to_owned());
                used.insert(at);
            }
        }
    }
    used
}

fn subject(register: &Register, covered: Covered) -> Subject {
    match covered {
        Covered::Transfer(transfer) => Subject::new("transfer", &*register[transfer].id),
        Covered::Pair(transfer, from, to) => Subject::new("transfer", register.pair_id(transfer, from, to)),
        Covered::Party(party) => Subject::new("party", register.party_id(party)),
        Covered::Safeguard(safeguard) => Subject::new("safeguard", register.safeguard_id(safeguard)),
    }
}

/// What else covers a finding about a pair: the record of its transfer, and its recipient.
fn around(register: &Register, about: &Subject) -> [Option<Subject>; 2] {
    if about.kind != "transfer" {
        return [None, None];
    }
    if let Some((record, pair)) = about.id.split_once('/') {
        let recipient = pair.split_once("--").map(|(_, to)| Subject::new("party", to));
        return [Some(Subject::new("transfer", record)), recipient];
    }
    let found = register.transfers.binary_search_by(|transfer| (*transfer.id).cmp(&about.id)).ok();
    let single = found.and_then(|at| register.transfers.get(at)).filter(|transfer| !transfer.is_many);
    let to = single.and_then(|transfer| transfer.to.first());
    [None, to.map(|to| Subject::new("party", register.party_id(*to)))]
}
