//! The JSON report, version 1: a contract. Keys are added, never renamed.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::Run;
use super::harmless::written;
use super::mending::MendsOut;
use super::since::SinceOut;
use crate::finding::{Located, LocatedLabel};
use crate::flow::{Assessment, Basis, Outcome, Reason, Verdict};
use crate::rules;
use crate::source::Sources;

#[derive(Serialize)]
struct Report<'r> {
    schema: &'static str,
    as_of: String,
    as_of_source: &'static str,
    register: RegisterOut<'r>,
    summary: Summary,
    verdicts: Option<Verdicts<'r>>,
    findings: Findings<'r>,
    mends: Option<MendsOut<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<SinceOut<'r>>,
}

/// The verdicts, each made when it is written: all of them at once take more room than the report.
struct Verdicts<'r>(&'r Assessment<'r>);

impl Serialize for Verdicts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.find_paths();
        to.collect_seq(self.0.verdicts.iter().map(|found| verdict(self.0, found)))
    }
}

/// The findings, likewise.
struct Findings<'r>(&'r Run<'r>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.located.iter().map(|located| finding(self.0.sources, located)))
    }
}

#[derive(Serialize)]
struct RegisterOut<'r> {
    organisation: &'r str,
    files: usize,
    parties: usize,
    transfers: usize,
    pairs: usize,
    safeguards: usize,
}

#[derive(Serialize)]
struct Summary {
    denied: usize,
    warned: usize,
    waived: usize,
    verdicts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct VerdictOut<'r> {
    transfer: String,
    from: &'r str,
    to: &'r str,
    regime: &'r str,
    law: &'r str,
    onward: bool,
    outcome: &'static str,
    basis: Vec<&'r str>,
    fallback: Vec<&'r str>,
    reasons: Vec<ReasonOut<'r>>,
    data: Vec<&'r str>,
    subjects: Vec<&'r str>,
    path: Vec<&'r str>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ReasonOut<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    safeguard: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<&'r str>,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<&'r str>,
}

#[derive(Serialize)]
struct FindingOut<'r> {
    rule: &'static str,
    level: &'static str,
    waived_by: Option<&'r str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    known: bool,
    message: &'r str,
    notes: &'r [String],
    help: &'r str,
    subject: Option<SubjectOut<'r>>,
    regime: Option<&'r str>,
    location: Option<LocationOut<'r>>,
    related: Vec<RelatedOut<'r>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct SubjectOut<'r> {
    kind: &'static str,
    id: &'r str,
}

#[derive(Serialize)]
struct RelatedOut<'r> {
    message: &'r str,
    location: Option<LocationOut<'r>>,
}

#[derive(Serialize)]
struct LocationOut<'r> {
    file: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders the report, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut counts: BTreeMap<&'static str, usize> = Outcome::ALL.iter().map(|outcome| (outcome.as_str(), 0)).collect();
    for verdict in run.assessment.iter().flat_map(|assessment| &assessment.verdicts) {
        *counts.entry(verdict.outcome.as_str()).or_default() += 1;
    }
    let report = Report {
        schema: "onward-report/1",
        as_of: run.as_of.to_string(),
        as_of_source: run.as_of_source.as_str(),
        register: RegisterOut {
            organisation: &run.register.settings.organisation,
            files: run.sources.len(),
            parties: run.register.parties.len(),
            transfers: run.register.transfers.len(),
            pairs: run.pairs(),
            safeguards: run.register.safeguards.len(),
        },
        summary: Summary { denied: run.denied(), warned: run.warned(), waived: run.docket.waived(), verdicts: counts },
        verdicts: run.assessment.map(Verdicts),
        findings: Findings(run),
        mends: run.assessment.map(|assessment| MendsOut::of(run, assessment)),
        since: run.since.map(|since| SinceOut::of(run, since)),
    };
    written(&report)
}

fn verdict<'r>(assessment: &'r Assessment<'r>, verdict: &'r Verdict<'r>) -> VerdictOut<'r> {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let pair = assessment.pair(verdict);
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let basis = verdict.basis.iter().map(|basis| match basis {
        Basis::Decision(id) => &*law[*id].id,
        Basis::Safeguard(id) => register.safeguard_id(*id),
    });
    VerdictOut {
        transfer: assessment.pair_id(verdict),
        from: register.party_id(pair.from),
        to: register.party_id(pair.to),
        regime: &on.regime.id,
        law: &on.version.id,
        onward: verdict.onward,
        outcome: verdict.outcome.as_str(),
        basis: basis.collect(),
        fallback: verdict.fallback.iter().map(|id| register.safeguard_id(*id)).collect(),
        reasons: verdict.failure.reasons.iter().map(|found| reason(assessment, found)).collect(),
        data: assessment.data_names(verdict),
        subjects: assessment.subject_names(verdict),
        path: assessment.path(verdict).iter().map(|party| register.party_id(*party)).collect(),
        notes: rules::remarks(assessment, verdict),
    }
}

fn reason<'r>(assessment: &'r Assessment<'r>, reason: &'r Reason<'r>) -> ReasonOut<'r> {
    ReasonOut {
        safeguard: reason.safeguard.map(|id| assessment.register().safeguard_id(id)),
        instrument: reason.instrument.map(|id| &*assessment.flow.law.law[id].id),
        decision: reason.decision.map(|id| &*assessment.flow.law.law[id].id),
        reason: reason.kind.as_str(),
        since: reason.since.map(|since| since.to_string()),
        detail: reason.detail.as_deref(),
        citation: reason.citation.filter(|citation| !citation.is_empty()),
    }
}

fn finding<'r>(sources: &'r Sources, located: &'r Located<'r>) -> FindingOut<'r> {
    let finding = located.finding;
    let path = located.at.as_ref().map_or("", |at| sources.path(at.file));
    FindingOut {
        rule: finding.card.rule,
        level: finding.level.as_str(),
        waived_by: finding.waived_by.as_deref(),
        known: finding.known,
        message: &finding.message,
        notes: &finding.notes,
        help: &finding.help,
        subject: finding.subject.as_ref().map(|subject| SubjectOut { kind: subject.kind, id: &subject.id }),
        regime: finding.regime.as_deref(),
        location: located.at.as_ref().map(|at| location(sources, at)),
        related: finding
            .related
            .iter()
            .zip(&located.related)
            .map(|(related, at)| RelatedOut {
                message: &related.message,
                location: at.as_ref().map(|at| location(sources, at)),
            })
            .collect(),
        fingerprint: finding.fingerprint(path),
    }
}

fn location<'r>(sources: &'r Sources, at: &LocatedLabel) -> LocationOut<'r> {
    LocationOut {
        file: sources.path(at.file),
        line: at.span.start.line,
        column: at.span.start.column,
        end_line: at.span.end.line,
        end_column: at.span.end.column,
    }
}
