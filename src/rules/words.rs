//! Reasons in words: the same on a terminal and on a page.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::finding::{Card, Cause, Finding};
use crate::flow::{Assessment, Basis, OutOfForce, PairId, Reason, ReasonKind, Verdict};
use crate::law::{DecisionId, InstrumentId, Source};
use crate::prose;

/// A finding about a pair, at the record of its transfer; those of one record are one diagnostic.
pub(super) fn on_pair(
    assessment: &Assessment<'_>,
    card: &'static Card,
    pair: PairId,
    message: impl Into<Box<str>>,
) -> Finding {
    let register = assessment.register();
    let pair = assessment.flow.pair(pair);
    let transfer = &register[pair.transfer];
    let mut finding = Finding::new(card, transfer.at.place(), message)
        .about("transfer", register.pair_id(pair.transfer, pair.from, pair.to));
    let phrase = format!("of {}", prose::quote(register.name(transfer.id)));
    finding.cause = Some(Box::new(Cause { key: format!("{} {}", card.rule, register.name(transfer.id)), phrase }));
    finding
}

/// A reason in words: who fails, how, since when.
pub(crate) fn said(assessment: &Assessment<'_>, reason: &Reason<'_>) -> String {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let who = match (reason.safeguard, reason.decision) {
        (Some(safeguard), _) => {
            let id = prose::quote(register.safeguard_id(safeguard));
            match reason.instrument {
                Some(instrument) => format!("{id} ({}) ", law[instrument].id),
                None => format!("{id} "),
            }
        }
        (None, Some(decision)) => format!("decision {} ", law[decision].id),
        (None, None) => String::new(),
    };
    format!("{who}{}", detailed(reason.kind, reason.since, reason.detail.as_deref()))
}

/// Why a safeguard is not in force, in words: since when, or until when.
pub(super) fn out_of_force(out: OutOfForce) -> String {
    detailed(out.kind(), out.since(), out.until().as_deref())
}

fn detailed(kind: ReasonKind, day: Option<Date>, detail: Option<&str>) -> String {
    let mut said = since(kind, day);
    if let Some(detail) = detail {
        said.push_str(": ");
        said.push_str(detail);
    }
    said
}

/// A reason as a predicate, with the day since which it is so, where a day is the reason.
fn since(kind: ReasonKind, day: Option<Date>) -> String {
    let Some(day) = day else {
        let is_early = kind == ReasonKind::InstrumentWithdrawn;
        return if is_early { "is of an instrument that this law does not accept yet" } else { phrase(kind) }
            .to_owned();
    };
    match kind {
        ReasonKind::InstrumentWithdrawn => format!("is of an instrument that this law has not accepted since {day}"),
        ReasonKind::AdequacyEnded | ReasonKind::NotInForce => format!("has not been in force since {day}"),
        ReasonKind::Expired => format!("has been expired since {day}"),
        ReasonKind::ChangedAfterWindow => format!("was changed on {day}, when it could no longer be signed"),
        ReasonKind::AssessmentMissing => format!("{} (asked for since {day})", phrase(kind)),
        _ => format!("{} (of {day})", phrase(kind)),
    }
}

/// Names in backticks: the first four, and how many more there are of a noun.
pub(super) fn some_of(names: impl IntoIterator<Item = impl AsRef<str>>, noun: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| prose::quote(name.as_ref())).collect();
    let more = names.len().saturating_sub(4);
    if more > 1 {
        names.truncate(4);
        names.push(prose::count(more, &format!("more {noun}")));
    }
    prose::list(&names)
}

/// `1 transfer loses its safeguard`, `3 transfers lose their safeguard`.
pub(super) fn transfers(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", prose::count(count, "transfer"), if count == 1 { one } else { many })
}

/// What else there is to know about a verdict: what is contested, not certain, or law of the register
/// itself in all that it rests on.
pub(crate) fn remarks(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Vec<String> {
    let law = assessment.flow.law.law;
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let mut remarks = Vec::new();
    if verdict.no_local_law {
        let seat = assessment.register()[assessment.pair(verdict).to].jurisdiction;
        let place = law.codes.name(seat);
        remarks.push(format!(
            "the law of {place} binds the recipient from here on, and is not in the law book: the data stays under an onward principle"
        ));
    }
    for basis in &verdict.basis {
        match basis {
            Basis::Decision(id) => {
                let decision = &law[*id];
                let contested = decision.contested.iter();
                remarks.extend(
                    contested.map(|case| format!("decision {} is in force and contested: {case}", decision.id)),
                );
            }
            Basis::Safeguard(_) => {}
        }
    }
    for fact in worth_a_word(assessment, verdict) {
        remarks.extend(fact.source.unsure.iter().map(|why| format!("{} is not certain: {why}", fact.what)));
        if fact.source.house {
            remarks.push(format!("{} is law of the register itself, not of the law book", fact.what));
        }
    }
    if on.regime.house {
        remarks.push(format!("{} is law of the register itself, not of the law book", on.version.id));
    }
    remarks
}

/// A fact of the law that a verdict rests on, and of which there is something to say.
struct Fact<'l> {
    what: String,
    source: &'l Source,
}

/// Of the facts of the law behind a verdict those that are not certain or not of the book: the version of
/// the regime, and the decisions, instruments and acceptances that carry the data or, where nothing does,
/// that were asked.
fn worth_a_word<'l>(assessment: &Assessment<'l>, verdict: &Verdict<'_>) -> Vec<Fact<'l>> {
    let (law, register) = (assessment.flow.law.law, assessment.register());
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let mut facts = Vec::new();
    let mut note = |source: &'l Source, what: std::fmt::Arguments<'_>| {
        if source.unsure.is_some() || source.house {
            facts.push(Fact { what: what.to_string(), source });
        }
    };
    note(&on.version.source, format_args!("{}", on.version.id));
    let mut instruments: BTreeSet<InstrumentId> =
        verdict.failure.reasons.iter().filter_map(|reason| reason.instrument).collect();
    let mut decisions: BTreeSet<DecisionId> =
        verdict.failure.reasons.iter().filter_map(|reason| reason.decision).collect();
    for basis in &verdict.basis {
        match basis {
            Basis::Decision(id) => {
                decisions.insert(*id);
            }
            Basis::Safeguard(id) => instruments.extend(&register[*id].instruments),
        }
    }
    for decision in decisions.iter().map(|id| &law[*id]) {
        note(&decision.source, format_args!("decision {}", decision.id));
    }
    // What the law does not accept carries nothing here, and says nothing.
    for id in instruments {
        if let Some(acceptance) = on.acceptance(id) {
            let instrument = &law[id];
            note(&instrument.source, format_args!("instrument {}", instrument.id));
            note(&acceptance.source, format_args!("that {} accepts {}", on.regime.id, instrument.id));
        }
    }
    facts
}

/// A reason in words, with the place in the law where a reader can look it up.
pub(crate) fn cited(assessment: &Assessment<'_>, reason: &Reason<'_>) -> String {
    let said = said(assessment, reason);
    match reason.citation.filter(|citation| !citation.is_empty()) {
        Some(citation) => format!("{said} [{citation}]"),
        None => said,
    }
}

/// A reason as a predicate.
fn phrase(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::InstrumentNotAccepted => "is of an instrument that this law does not accept",
        ReasonKind::InstrumentWithdrawn => "is of an instrument that this law no longer accepts",
        ReasonKind::SignedOutsideWindow => "was signed on a day on which it could not be",
        ReasonKind::ChangedAfterWindow => "was changed after it could no longer be signed",
        ReasonKind::NotInForce => "is not in force",
        ReasonKind::Expired => "has expired",
        ReasonKind::PartyNotBound => "does not bind both ends of this transfer",
        ReasonKind::CompanionMissing => "builds on another instrument that is not recorded on this transfer",
        ReasonKind::WrongModule => "has no text for this leg",
        ReasonKind::ScopeExceeded => "does not reach this far",
        ReasonKind::ApprovalMissing => "needs an authority's approval, and none is recorded by this day",
        ReasonKind::AssessmentMissing => {
            "needs an assessment of the law of the place, and none is recorded by this day"
        }
        ReasonKind::AssessmentNegative => "rests on an assessment that found no safeguard sufficient",
        ReasonKind::MeasuresMissing => "rests on an assessment that asks for measures it does not have",
        ReasonKind::ConditionMissing => "does not confirm every condition",
        ReasonKind::DerogationMisused => "is an exception that does not fit",
        ReasonKind::AdequacyNotBegun => "has not begun",
        ReasonKind::AdequacyEnded => "has ended",
        ReasonKind::AdequacyOutOfScope => "does not cover this transfer",
        ReasonKind::CertificationMissing => "covers certified recipients only, and no certificate in force covers this",
        ReasonKind::NoneRecorded => "no safeguard is recorded on this transfer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_with_a_day_says_what_happened_on_it() {
        let day = jiff::civil::date(2020, 7, 16);
        for (kind, end) in [
            (ReasonKind::InstrumentWithdrawn, "has not accepted since 2020-07-16"),
            (ReasonKind::AdequacyEnded, "has not been in force since 2020-07-16"),
            (ReasonKind::NotInForce, "has not been in force since 2020-07-16"),
            (ReasonKind::Expired, "has been expired since 2020-07-16"),
            (ReasonKind::ChangedAfterWindow, "on 2020-07-16, when it could no longer be signed"),
            (ReasonKind::AssessmentMissing, "(asked for since 2020-07-16)"),
            (ReasonKind::AssessmentNegative, "(of 2020-07-16)"),
        ] {
            let said = since(kind, Some(day));
            assert!(said.ends_with(end), "{said}");
            assert_ne!(since(kind, None), said);
        }
    }

    #[test]
    fn of_many_names_four_are_told_and_the_number_of_the_others_if_it_is_more_than_one() {
        let told = |count: usize| some_of((1..=count).map(|number| format!("n{number}")), "record");
        assert_eq!(told(1), "`n1`");
        assert_eq!(told(4), "`n1`, `n2`, `n3` and `n4`");
        assert_eq!(told(5), "`n1`, `n2`, `n3`, `n4` and `n5`");
        assert_eq!(told(6), "`n1`, `n2`, `n3`, `n4` and 2 more records");
    }
}
