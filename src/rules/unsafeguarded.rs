//! What the two rules about unsafeguarded transfers share: the words of a verdict that nothing carries.

use crate::finding::{Card, Cause, Docket, Finding, Level, Related};
use crate::flow::{Assessment, Outcome, Reason, ReasonKind, Verdict};
use crate::law::Coverage;
use crate::prose;

use super::words::{cited, remarks, said};

/// Files every verdict that nothing carries and that is onward or not.
pub(super) fn check(assessment: &Assessment<'_>, card: &'static Card, onward: bool, docket: &mut Docket) {
    let broken =
        assessment.verdicts.iter().filter(|verdict| verdict.outcome >= Outcome::Waived && verdict.onward == onward);
    docket.extend(broken.map(|verdict| finding(assessment, card, verdict)));
}

fn finding(assessment: &Assessment<'_>, card: &'static Card, verdict: &Verdict<'_>) -> Finding {
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
        .help(help(assessment, verdict))
        .about("transfer", assessment.pair_id(verdict));
    finding.regime = Some(on.regime.id.to_string());
    finding.notes = verdict.reasons.iter().map(|reason| cited(assessment, reason)).collect();
    if verdict.path.len() > 2 {
        finding.notes.push(format!("the data came by {}", path(assessment, verdict)));
    }
    let origin = assessment.origin(verdict).filter(|origin| origin.pair != verdict.pair);
    if let Some(origin) = origin {
        let id = prose::quote(&assessment.pair_id(origin));
        finding.notes.push(format!("it is bound in full because nothing carried it on {id} either: mend that first"));
    }
    for safeguard in verdict.reasons.iter().filter_map(|reason| reason.safeguard) {
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
        let waiver = verdict.waived_by.first().map(|at| &register.waivers[*at]);
        finding.waived_by = waiver.map(|waiver| register.name(waiver.id).to_owned());
    }
    finding.cause = Some(cause(assessment, origin.unwrap_or(verdict)));
    finding
}

fn what(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let register = assessment.register();
    let mut names: Vec<String> =
        verdict.data.iter().map(|data| prose::quote(register.name(register[*data].id))).collect();
    let many = names.len().saturating_sub(4);
    if many > 1 {
        names.truncate(4);
        names.push(format!("{many} more categories"));
    }
    prose::list(&names)
}

fn path(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let register = assessment.register();
    let steps: Vec<String> = verdict.path.iter().map(|party| prose::quote(register.party_id(*party))).collect();
    steps.join(" → ")
}

/// The act that mends it.
fn help(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let register = assessment.register();
    if let Some(hint) = verdict.hint {
        let id = prose::quote(register.safeguard_id(hint));
        return format!("list {id} in `safeguards` here: it is recorded, binds both parties and would hold");
    }
    let own = verdict.reasons.iter().filter_map(|reason| Some((reason.safeguard?, reason)));
    let mut single: Vec<_> = own.collect();
    let fixable =
        |kind: ReasonKind| !matches!(kind, ReasonKind::InstrumentNotAccepted | ReasonKind::InstrumentWithdrawn);
    single.retain(|(id, _)| {
        verdict.reasons.iter().filter(|reason| reason.safeguard == Some(*id)).all(|reason| fixable(reason.kind))
    });
    if let Some((id, reason)) = single.first() {
        return mend(&prose::quote(register.safeguard_id(*id)), reason);
    }
    let pair = assessment.pair(verdict);
    match assessment.signable(verdict) {
        Some((instrument, module)) => {
            let module = module.map(|module| format!(", module {},", module.id)).unwrap_or_default();
            format!(
                "sign `{}`{module} between {} and {}, record it as a `[[safeguard]]` and list it here; or end the transfer",
                instrument.id,
                prose::quote(register.party_id(pair.from)),
                prose::quote(register.party_id(pair.to)),
            )
        }
        None => "record a safeguard that the law accepts on this day (`onward law` lists them), or end the transfer"
            .to_owned(),
    }
}

/// The act that mends one safeguard.
fn mend(id: &str, reason: &Reason<'_>) -> String {
    let detail = reason.detail.as_deref().unwrap_or_default();
    match reason.kind {
        ReasonKind::SignedOutsideWindow | ReasonKind::ChangedAfterWindow => {
            format!("sign the instrument that replaced {id}")
        }
        ReasonKind::NotInForce | ReasonKind::Expired => {
            format!("renew {id} and record the new dates, or end the transfer")
        }
        ReasonKind::PartyNotBound => format!("have {detail} join {id}, or list a safeguard that binds both ends"),
        ReasonKind::CompanionMissing => format!("list the `{detail}` that {id} builds on beside it"),
        ReasonKind::WrongModule => format!("sign the module for this leg and add it to `modules` of {id}"),
        ReasonKind::ScopeExceeded => format!("widen the scope of {id}, or leave out what it does not cover"),
        ReasonKind::ApprovalMissing => {
            format!("record `approved` and `approved-by` in {id} once the authority has approved")
        }
        ReasonKind::AssessmentMissing => {
            format!(
                "assess the law of the place, record it as a `[[jurisdiction.assessment]]` and list it in `assessments` of {id}"
            )
        }
        ReasonKind::AssessmentNegative => {
            "end the transfer, or leave the data out: the assessment found no safeguard sufficient".to_owned()
        }
        ReasonKind::MeasuresMissing => {
            format!("take the measures that the assessment names and list them in `measures` of {id}")
        }
        ReasonKind::ConditionMissing => format!("if it is so, add {detail} to `confirms` of {id}"),
        ReasonKind::DerogationMisused => format!("{id} is {detail}: record a standing safeguard instead"),
        _ => format!("mend {id}"),
    }
}

/// What many findings have in common: a fact of the law, a safeguard, or a bare record.
fn cause(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Cause {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let of_law = verdict
        .reasons
        .iter()
        .filter(|reason| reason.is_of_the_law())
        .min_by_key(|reason| (reason.since.is_none(), reason.decision.is_none()));
    let own = verdict.reasons.iter().find(|reason| reason.safeguard.is_some());
    let phrase = if let Some(reason) = of_law.or(own) {
        said(assessment, reason)
    } else {
        let transfer = &register[assessment.pair(verdict).transfer];
        format!("no safeguard is recorded on {}", prose::quote(&transfer.id))
    };
    let key = match of_law.or(own) {
        Some(Reason { decision: Some(decision), .. }) => format!("decision {}", law[*decision].id),
        Some(Reason { instrument: Some(instrument), kind, .. }) if of_law.is_some() => {
            format!("{} {}", law[*instrument].id, kind.as_str())
        }
        Some(Reason { safeguard: Some(id), kind, .. }) => format!("{} {}", register.safeguard_id(*id), kind.as_str()),
        _ => phrase.clone(),
    };
    Cause { key: format!("{} {key}", on.regime.id), phrase }
}
