//! The acts that would clear the most violations, as the reports show them.

use std::fmt::Write as _;

use serde::Serialize;

use super::Run;
use crate::flow::Assessment;
use crate::mend::{Act, Mends, Proposal};
use crate::prose::{count, list, quoted, visible};

/// The most acts and transfers that the text names; the JSON report has them all.
const MAX_SHOWN: usize = 10;

/// What to do, after a summary: the acts, and what they would not clear.
pub(super) fn lines(run: &Run<'_>, assessment: &Assessment<'_>, out: &mut String) {
    let mends = run.mends;
    if mends.violations == 0 {
        return;
    }
    if !mends.acts.is_empty() {
        let clear = if mends.acts.len() == 1 { "clears" } else { "clear" };
        let with_known = if run.since.is_some_and(|since| since.known > 0) { ", with what was known" } else { "" };
        let acts = count(mends.acts.len(), "act");
        let _ = writeln!(
            out,
            "what would mend it{with_known}: {acts} {clear} {} of {}:",
            mends.cleared,
            count(mends.violations, "violation")
        );
        for proposal in mends.acts.iter().take(MAX_SHOWN) {
            let _ = writeln!(out, "  {:>4}  {}", proposal.clears, visible(&phrase(assessment, proposal)));
        }
        if let Some(more) = mends.acts.len().checked_sub(MAX_SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(out, "        and {} more; `--format json` has them all", count(more, "act"));
        }
    }
    if !mends.left.is_empty() {
        let mut pairs: Vec<String> =
            mends.left.iter().map(|at| assessment.pair_id(&assessment.verdicts[*at])).collect();
        pairs.dedup();
        let more = pairs.len().saturating_sub(MAX_SHOWN);
        pairs.truncate(MAX_SHOWN);
        let mut named = quoted(&pairs);
        if more > 0 {
            named.push(format!("{more} more"));
        }
        let _ = writeln!(
            out,
            "no act of these clears {}: {}; leave the data out, or end the transfer",
            count(mends.left.len(), "violation"),
            visible(&list(&named))
        );
    }
    if let Some(said) = crowded(assessment, mends) {
        let _ = writeln!(out, "{}", visible(&said));
    }
}

/// What is advised where a paper for every two parties is no way.
#[must_use]
pub fn crowded(assessment: &Assessment<'_>, mends: &Mends) -> Option<String> {
    let register = assessment.register();
    let first = mends.crowded.iter().take(MAX_SHOWN).map(|id| register.name(register[*id].id));
    let mut named = quoted(&first.collect::<Vec<_>>());
    if let Some(more) = mends.crowded.len().checked_sub(MAX_SHOWN).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    (!named.is_empty()).then(|| {
        format!(
            "no paper is proposed for every two parties of {}, which are too many: sign one among all of them",
            list(&named)
        )
    })
}

/// An act as a phrase, and on how many transfers it is to be listed.
#[must_use]
pub fn phrase(assessment: &Assessment<'_>, proposal: &Proposal) -> String {
    let said = proposal.act.phrase(assessment, &proposal.terms);
    let on = count(proposal.transfers.len(), "transfer");
    match proposal.act {
        Act::List(_) => format!("{said}, on {on}"),
        Act::Sign(_) => format!("{said}, and list it on {on}"),
        Act::Assess(..) => format!("{said}, which has to find a safeguard enough"),
        _ => said,
    }
}

/// The acts in the JSON report.
#[derive(Serialize)]
pub(super) struct MendsOut<'r> {
    violations: usize,
    cleared: usize,
    acts: Vec<ActOut<'r>>,
    left: Vec<LeftOut<'r>>,
}

#[derive(Serialize)]
struct ActOut<'r> {
    act: &'static str,
    text: String,
    clears: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    safeguard: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    modules: Vec<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parties: Vec<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regime: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    confirms: Vec<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assessments: Vec<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measures: Vec<&'r str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    covers_hr: bool,
    transfers: Vec<&'r str>,
}

#[derive(Serialize)]
struct LeftOut<'r> {
    transfer: String,
    regime: &'r str,
}

impl<'r> MendsOut<'r> {
    /// The acts of a run.
    pub(super) fn of(run: &'r Run<'_>, assessment: &'r Assessment<'_>) -> Self {
        let left = run.mends.left.iter().map(|at| &assessment.verdicts[*at]).map(|verdict| LeftOut {
            transfer: assessment.pair_id(verdict),
            regime: &assessment.flow.law.law[verdict.regime_id].id,
        });
        Self {
            violations: run.mends.violations,
            cleared: run.mends.cleared,
            acts: run.mends.acts.iter().map(|proposal| ActOut::of(assessment, proposal)).collect(),
            left: left.collect(),
        }
    }
}

impl<'r> ActOut<'r> {
    fn of(assessment: &'r Assessment<'_>, proposal: &'r Proposal) -> Self {
        let (register, law) = (assessment.register(), assessment.flow.law.law);
        let terms = &proposal.terms;
        let mut out = Self {
            act: proposal.act.word(),
            text: phrase(assessment, proposal),
            clears: proposal.clears,
            safeguard: None,
            instrument: None,
            modules: Vec::new(),
            parties: Vec::new(),
            jurisdiction: None,
            regime: None,
            confirms: terms.confirms.iter().map(|word| &**word).collect(),
            assessments: terms.assessments.iter().map(|id| register.name(register[*id].id)).collect(),
            measures: terms.measures.iter().map(|measure| &**measure).collect(),
            covers_hr: terms.covers_hr,
            transfers: proposal.transfers.iter().map(|id| register.name(register[*id].id)).collect(),
        };
        match &proposal.act {
            Act::List(id) | Act::Approve(id) | Act::Widen(id) | Act::Renew(id) => {
                out.safeguard = Some(register.safeguard_id(*id));
            }
            Act::Confirm(id, words) => {
                out.safeguard = Some(register.safeguard_id(*id));
                out.confirms = words.iter().map(|word| &**word).collect();
            }
            Act::Measure(id, by) => {
                out.safeguard = Some(register.safeguard_id(*id));
                out.assessments = vec![register.name(register[*by].id)];
                out.measures = register[*by].measures.iter().map(|measure| &**measure).collect();
            }
            Act::Join(id, party) => {
                out.safeguard = Some(register.safeguard_id(*id));
                out.parties = vec![register.party_id(*party)];
            }
            Act::Extend(id, module) => {
                out.safeguard = Some(register.safeguard_id(*id));
                out.modules = vec![*module];
            }
            Act::Complete(id, instrument) => {
                out.safeguard = Some(register.safeguard_id(*id));
                out.instrument = Some(&law[*instrument].id);
            }
            Act::Assess(place, regime) => {
                out.jurisdiction = Some(place.as_str());
                out.regime = Some(&law[*regime].id);
            }
            Act::Sign(paper) => {
                out.instrument = Some(&law[paper.instrument].id);
                out.modules.clone_from(&paper.modules);
                out.parties = paper.parties.iter().map(|party| register.party_id(*party)).collect();
            }
            Act::Certify(instrument, party) => {
                out.instrument = Some(&law[*instrument].id);
                out.parties = vec![register.party_id(*party)];
            }
        }
        out
    }
}
