//! What the two rules about unsafeguarded transfers share: the words of a verdict that nothing carries.

use std::collections::BTreeSet;

use crate::finding::{Card, Cause, Docket, Finding, Level, Related};
use crate::flow::{Assessment, FEW, Outcome, Reason, ReasonKind, Verdict};
use crate::law::Coverage;
use crate::mend::{Act, Ways};
use crate::prose;
use crate::register::PartyId;

use super::words::{cited, remarks, said, some_of};

/// Files every verdict that nothing carries and that is onward or not.
pub(super) fn check(assessment: &Assessment<'_>, card: &'static Card, onward: bool, docket: &mut Docket) {
    let broken =
        assessment.verdicts.iter().filter(|verdict| verdict.outcome >= Outcome::Waived && verdict.onward == onward);
    let mut ways = Ways::of(assessment);
    docket.extend(broken.map(|verdict| finding(assessment, card, verdict, &mut ways)));
}

fn finding<'a>(
    assessment: &Assessment<'a>,
    card: &'static Card,
    verdict: &Verdict<'a>,
    ways: &mut Ways<'_, 'a>,
) -> Finding {
    let register = assessment.register();
    let pair = assessment.pair(verdict);
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let transfer = &register[pair.transfer];
    let (from, to) = (&register[pair.from], &register[pair.to]);
    let place = assessment.flow.law.law.codes.name(to.jurisdiction);
    let what = what(assessment, verdict);
    let message = format!(
        "nothing that {} accepts protects {what} on the way from {} to {} ({place}, {})",
        on.version.id,
        prose::quote(register.name(from.id)),
        prose::quote(register.name(to.id)),
        to.jurisdiction,
    );
    let label =
        if verdict.onward { "passed on without a safeguard" } else { "leaves the territory without a safeguard" };
    let mut finding = Finding::new(card, transfer.at.place(), message)
        .label(label)
        .help(help(assessment, verdict, ways))
        .about("transfer", assessment.pair_id(verdict));
    finding.regime = Some((&*on.regime.id).into());
    finding.notes = verdict.failure.reasons.iter().map(|reason| cited(assessment, reason)).collect();
    if transfer.safeguards.len() > FEW {
        let listed = transfer.safeguards.len();
        finding.notes.push(format!(
            "of the {listed} safeguards listed here {FEW} are told at most, first of all those that bind the ends"
        ));
    }
    if assessment.path(verdict).len() > 2 {
        finding.notes.push(format!("the data came by {}", path(assessment, verdict)));
    }
    let origin = assessment.origin(verdict).filter(|origin| origin.pair != verdict.pair);
    if let Some(origin) = origin {
        let id = prose::quote(&assessment.pair_id(origin));
        finding.notes.push(format!("it is bound in full because nothing carried it on {id} either: mend that first"));
    }
    for safeguard in verdict.failure.reasons.iter().filter_map(|reason| reason.safeguard) {
        let related =
            Related { message: "this safeguard does not hold".to_owned(), place: register[safeguard].at.place() };
        if !finding.related.contains(&related) {
            finding.related.push(related);
        }
    }
    if on.regime.coverage == Coverage::Outline && !register.settings.regimes.contains(&on.id) {
        finding.level = Level::Warn;
        finding.notes.push(format!("the law book has {} in outline only, so this is a warning", on.version.id));
    }
    finding.notes.extend(remarks(assessment, verdict));
    if verdict.outcome == Outcome::Waived {
        let waiver = verdict.failure.waived_by.first().map(|at| &register.waivers[*at]);
        finding.waived_by = waiver.map(|waiver| register.name(waiver.id).into());
    }
    finding.cause = Some(Box::new(cause(assessment, origin.unwrap_or(verdict))));
    finding
}

fn what(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    some_of(assessment.data_names(verdict), "category")
}

/// How many parties of a path are named: of a longer one its ends.
const MAX_STEPS: usize = 40;

fn path(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let register = assessment.register();
    let path = assessment.path(verdict);
    let quoted = |party: &PartyId| prose::quote(register.party_id(*party));
    let mut steps: Vec<String> = path.iter().take(MAX_STEPS).map(quoted).collect();
    if path.len() > MAX_STEPS {
        steps.truncate(MAX_STEPS / 2);
        steps.push("…".to_owned());
        steps.extend(path[path.len() - MAX_STEPS / 2..].iter().map(quoted));
    }
    steps.join(" → ")
}

/// How many ways to mend it a finding names before it names leaving the data out.
const MAX_WAYS: usize = 3;

/// What would be enough, cheapest first.
fn help<'a>(assessment: &Assessment<'a>, verdict: &Verdict<'a>, ways: &mut Ways<'_, 'a>) -> String {
    let mut found = ways.to_mend(verdict);
    // Of several papers of one sort the first will do: an older form of the clauses is no second way.
    let mut sorts = BTreeSet::new();
    found.retain(|way| sorts.insert(way.acts.iter().map(Act::word).collect::<Vec<_>>()));
    let mut said: Vec<String> = found.iter().take(MAX_WAYS).map(|way| way.phrase(assessment)).collect();
    if said.is_empty() {
        let is_refused = verdict.failure.reasons.iter().any(|reason| reason.kind == ReasonKind::AssessmentNegative);
        let regime = &assessment.flow.law.law[verdict.regime_id].id;
        said.push(if is_refused {
            "the assessment found no safeguard enough, so no paper mends this".to_owned()
        } else {
            format!("record a safeguard that the law accepts on this day (`onward law {regime}` lists them)")
        });
    }
    said.push(without(assessment, verdict));
    said.join("; or ")
}

/// The way that is always open: not to send it.
fn without(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let data = assessment.flow.data_of(&verdict.cells);
    let goes_on = assessment.flow.carried_by(verdict.pair).any(|cell| data.binary_search(&cell.data).is_err());
    if goes_on { format!("leave {} out of it", what(assessment, verdict)) } else { "end the transfer".to_owned() }
}

/// What many findings have in common: a fact of the law, a safeguard, or a bare record.
fn cause(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Cause {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let on = &assessment.flow.law.regimes()[verdict.regime];
    // What has a day turned on it, and is the likelier cause; then what the law itself says.
    let main = verdict
        .failure
        .reasons
        .iter()
        .filter(|reason| reason.is_of_the_law() || reason.safeguard.is_some())
        .min_by_key(|reason| (reason.since.is_none(), !reason.is_of_the_law(), reason.decision.is_none()));
    let (phrase, key) = match main {
        None => {
            let transfer = &register[assessment.pair(verdict).transfer];
            (format!("no safeguard is recorded on {}", prose::quote(register.name(transfer.id))), None)
        }
        Some(reason @ Reason { decision: Some(decision), .. }) => {
            (said(assessment, reason), Some(format!("decision {}", law[*decision].id)))
        }
        // The same of every safeguard of the instrument, so none of them is named.
        Some(Reason { instrument: Some(instrument), since, kind: ReasonKind::InstrumentWithdrawn, .. }) => {
            let id = &law[*instrument].id;
            let phrase = match since {
                Some(day) => format!("this law has not accepted {id} since {day}"),
                None => format!("this law does not accept {id} yet"),
            };
            (phrase, None)
        }
        Some(reason @ Reason { safeguard: Some(id), kind, .. }) => {
            (said(assessment, reason), Some(format!("{} {}", register.safeguard_id(*id), kind.as_str())))
        }
        Some(reason) => (said(assessment, reason), None),
    };
    let key = key.as_deref().unwrap_or(&phrase);
    Cause { key: format!("{} {key}", on.regime.id), phrase }
}
