//! Verdicts that turned between two assessments: of two registers, or of one on two days.

use std::collections::BTreeMap;

use crate::flow::{Assessment, Basis, Outcome, Reason, Verdict};
use crate::prose::{list, quote, quoted};
use crate::rules;

/// The verdict on a pair under a regime, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictTurn {
    /// The id of the pair.
    pub transfer: String,
    /// The id of the regime.
    pub regime: String,
    /// What it was; nothing if there was none.
    pub before: Option<Judged>,
    /// What it is; nothing if there is none any more.
    pub after: Option<Judged>,
}

/// A verdict, in words that need no register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The id of the law in force.
    pub law: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The ids of what it rests on.
    pub basis: Vec<String>,
    /// The pair on which the trouble began, where it is not this one.
    pub origin: Option<String>,
    /// Why nothing carries the data, a phrase for each thing that was asked, by its id.
    pub why: Vec<(Option<String>, String)>,
}

/// The verdicts whose outcome or basis is another, in order of pairs and regimes.
#[must_use]
pub fn turned<'a>(before: &Assessment<'a>, after: &Assessment<'a>) -> Vec<VerdictTurn> {
    let (mut was, is) = (by_name(before), by_name(after));
    let mut turns: Vec<(Name, [Option<&Verdict<'a>>; 2])> = Vec::new();
    for (name, verdict) in is {
        let then = was.remove(&name);
        let is_same =
            then.is_some_and(|then| then.outcome == verdict.outcome && basis(before, then) == basis(after, verdict));
        if !is_same {
            turns.push((name, [then, Some(verdict)]));
        }
    }
    turns.extend(was.into_iter().map(|(name, then)| (name, [Some(then), None])));
    turns.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (at, of) in [before, after].into_iter().enumerate() {
        of.find_paths_of(&turns.iter().filter_map(|(_, sides)| sides[at]).collect::<Vec<_>>());
    }
    let told = |((transfer, regime), [then, now]): (Name, [Option<&Verdict<'a>>; 2])| VerdictTurn {
        transfer,
        regime,
        before: then.map(|then| judged(before, then)),
        after: now.map(|now| judged(after, now)),
    };
    turns.into_iter().map(told).collect()
}

/// The ids of a pair and of a regime.
type Name = (String, String);

fn by_name<'v, 'a>(assessment: &'v Assessment<'a>) -> BTreeMap<Name, &'v Verdict<'a>> {
    let name = |verdict: &Verdict<'_>| {
        let regime = &assessment.flow.law.regimes()[verdict.regime].regime.id;
        (assessment.pair_id(verdict), regime.to_string())
    };
    assessment.verdicts.iter().map(|verdict| (name(verdict), verdict)).collect()
}

fn basis(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> Vec<String> {
    let named = verdict.basis.iter().map(|basis| match basis {
        Basis::Decision(id) => assessment.flow.law.law[*id].id.to_string(),
        Basis::Safeguard(id) => assessment.register().safeguard_id(*id).to_owned(),
    });
    named.collect()
}

fn judged<'a>(assessment: &Assessment<'a>, verdict: &Verdict<'a>) -> Judged {
    let asked = |reason: &Reason<'_>| {
        let decision = reason.decision.map(|id| assessment.flow.law.law[id].id.to_string());
        reason.safeguard.map(|id| assessment.register().safeguard_id(id).to_owned()).or(decision)
    };
    let origin = assessment.origin(verdict).map(|origin| assessment.pair_id(origin));
    Judged {
        law: assessment.flow.law.regimes()[verdict.regime].version.id.to_string(),
        outcome: verdict.outcome,
        origin: origin.filter(|origin| *origin != assessment.pair_id(verdict)),
        basis: basis(assessment, verdict),
        why: verdict.failure.reasons.iter().map(|reason| (asked(reason), rules::said(assessment, reason))).collect(),
    }
}

impl VerdictTurn {
    /// What was and what is, as a phrase that follows the pair.
    #[must_use]
    pub fn phrase(&self) -> String {
        match (&self.before, &self.after) {
            (None, Some(after)) => format!("{} now; there was no verdict", after.phrase()),
            (Some(before), None) => format!("no verdict any more; it was {}", before.phrase()),
            (Some(before), Some(after)) => {
                let (is, was) = (after.phrase(), before.phrase());
                if let Some(origin) = &after.origin {
                    let came = format!("the data came by {}, which has no safeguard", quote(origin));
                    return format!("{}; it was {was}, and {came}", after.outcome_words());
                }
                // What carried the data then, and why it does so no more, is the answer.
                let carried = |(asked, _): &&(Option<String>, String)| {
                    asked.as_ref().is_some_and(|asked| before.basis.contains(asked))
                };
                let said: Vec<&str> = after.why.iter().filter(carried).map(|(_, said)| said.as_str()).collect();
                if said.is_empty() {
                    format!("{is}; it was {was}")
                } else {
                    format!("{}; it was {was}, and {}", after.outcome_words(), said.join(", and "))
                }
            }
            (None, None) => String::new(),
        }
    }
}

impl Judged {
    fn outcome_words(&self) -> &'static str {
        match self.outcome {
            Outcome::Violation => "a violation",
            other => other.as_str(),
        }
    }

    fn phrase(&self) -> String {
        let outcome = self.outcome_words();
        match self.outcome {
            Outcome::Violation => {
                self.why.first().map_or_else(|| outcome.to_owned(), |(_, said)| format!("{outcome} ({said})"))
            }
            _ if self.basis.is_empty() => outcome.to_owned(),
            _ => {
                let by = if self.outcome == Outcome::Adequate { "under" } else { "by" };
                format!("{outcome} {by} {}", list(&quoted(&self.basis)))
            }
        }
    }
}
