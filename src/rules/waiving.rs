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
        for finding in docket.findings_mut() {
            let is_covered = finding.card.rule == &*waiver.rule
                && !finding.card.integrity
                && finding.regime.is_none()
                && finding.subject.as_ref().is_some_and(|about| subjects.contains(about));
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
