//! What an earlier judgement knew, and which findings are new since then.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::finding::{Docket, Finding, Level};
use crate::flow::{Assessment, Outcome, UNSAFEGUARDED, UNSAFEGUARDED_ONWARD, Verdict};
use crate::prose::{list, quoted};
use crate::register::Register;
use crate::source::Sources;

/// The `schema` of a report that can be read.
const SCHEMA: &str = "onward-report/1";

/// What an earlier judgement knew.
#[derive(Debug, Default)]
pub struct Past {
    /// The live findings by fingerprint.
    findings: BTreeMap<String, Known>,
    /// What each violation carried, by pair and regime.
    carried: BTreeMap<(String, String), Carried>,
}

/// A finding of then.
#[derive(Clone, Debug)]
struct Known {
    level: Level,
    rule: String,
    subject: Option<String>,
    message: String,
}

/// The data of a violation, and the people that they are about.
#[derive(Clone, Debug, Default)]
struct Carried {
    data: BTreeSet<String>,
    subjects: BTreeSet<String>,
}

/// How a judgement differs from an earlier one.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// What it is held against, as a phrase: a revision or a file.
    pub name: String,
    /// How many findings were known.
    pub known: usize,
    /// What was found then and is not any more.
    pub fixed: Vec<Fixed>,
    /// What the change does to its own judge, a sentence each.
    pub judge: Vec<String>,
    /// What the reader must know of the earlier one, such as that it had no verdict.
    pub note: Option<String>,
}

/// A finding that was there and is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Its rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The record that it was about.
    pub subject: Option<String>,
    /// What was wrong.
    pub message: String,
}

impl Past {
    /// What a judged register knows.
    #[must_use]
    pub fn of(sources: &Sources, docket: &Docket, assessment: &Assessment<'_>) -> Self {
        let live = docket.findings().iter().filter(|finding| finding.waived_by.is_none());
        let findings = live.map(|finding| {
            let known = Known {
                level: finding.level,
                rule: finding.card.rule.to_owned(),
                subject: finding.subject.as_ref().map(|subject| subject.id.to_string()),
                message: finding.message.to_string(),
            };
            (fingerprint(sources, finding), known)
        });
        Self { findings: findings.collect(), carried: carried(assessment) }
    }

    /// What a JSON report of then says.
    ///
    /// # Errors
    /// When the text is no such report, as a phrase.
    pub fn read(text: &str) -> Result<Self, String> {
        let report: Report =
            serde_json::from_str(text).map_err(|error| format!("is no JSON report of onward: {error}"))?;
        if report.schema != SCHEMA {
            return Err(format!("is no report of the schema `{SCHEMA}`"));
        }
        let Some(verdicts) = report.verdicts else { return Err("is the report of a run without a verdict".to_owned()) };
        let live = report.findings.into_iter().filter(|finding| finding.waived_by.is_none());
        let findings = live.map(|found| {
            let level = if found.level == Level::Deny.as_str() { Level::Deny } else { Level::Warn };
            let subject = found.subject.map(|subject| subject.id);
            (found.fingerprint, Known { level, rule: found.rule, subject, message: found.message })
        });
        let violations = verdicts.into_iter().filter(|verdict| verdict.outcome == Outcome::Violation.as_str());
        let carried = violations.map(|verdict| {
            ((verdict.transfer, verdict.regime), Carried { data: verdict.data, subjects: verdict.subjects })
        });
        Ok(Self { findings: findings.collect(), carried: carried.collect() })
    }

    /// Marks the findings that were known, and tells what else there is to say.
    ///
    /// A finding is known if it was there, live and as grave; of an unsafeguarded transfer, if it
    /// carries nothing that it did not carry then.
    pub fn mark(
        &self,
        name: &str,
        sources: &Sources,
        register: &Register,
        docket: &mut Docket,
        assessment: &Assessment<'_>,
    ) -> Since {
        let now = carried(assessment);
        let (mut still, mut known) = (BTreeSet::new(), 0);
        for finding in docket.findings_mut() {
            let print = fingerprint(sources, finding);
            let was = self.findings.get(&print);
            still.insert(print);
            if finding.waived_by.is_some() || was.is_none_or(|was| was.level > finding.level) {
                continue;
            }
            let more = self.more(finding, &now);
            if more.is_empty() {
                finding.known = true;
                known += 1;
            } else {
                finding.notes.insert(0, format!("new since {name}: it carries {}", list(&quoted(&more))));
            }
        }
        let is_allowed = |known: &Known| register.settings.levels.get(&*known.rule) == Some(&Level::Allow);
        let gone = self.findings.iter().filter(|(print, known)| !still.contains(*print) && !is_allowed(known));
        let fixed = gone.map(|(print, known)| Fixed {
            rule: known.rule.clone(),
            fingerprint: print.clone(),
            subject: known.subject.clone(),
            message: known.message.clone(),
        });
        Since { name: name.to_owned(), known, fixed: fixed.collect(), judge: Vec::new(), note: None }
    }

    /// What an unsafeguarded transfer carries that it did not carry then.
    fn more(&self, finding: &Finding, now: &BTreeMap<(String, String), Carried>) -> Vec<String> {
        if !matches!(finding.card.rule, UNSAFEGUARDED | UNSAFEGUARDED_ONWARD) {
            return Vec::new();
        }
        let (Some(subject), Some(regime)) = (&finding.subject, &finding.regime) else { return Vec::new() };
        let key = (subject.id.to_string(), regime.to_string());
        let (Some(now), Some(then)) = (now.get(&key), self.carried.get(&key)) else { return Vec::new() };
        now.data.difference(&then.data).chain(now.subjects.difference(&then.subjects)).cloned().collect()
    }
}

fn fingerprint(sources: &Sources, finding: &Finding) -> String {
    finding.fingerprint(finding.place.as_ref().map_or("", |place| sources.path(place.file)))
}

fn carried(assessment: &Assessment<'_>) -> BTreeMap<(String, String), Carried> {
    let violations = assessment.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Violation);
    let named = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let of = |verdict: &Verdict<'_>| {
        let key = (assessment.pair_id(verdict), assessment.flow.law.law[verdict.regime_id].id.to_string());
        let (data, subjects) = (assessment.data_names(verdict), assessment.subject_names(verdict));
        (key, Carried { data: named(data), subjects: named(subjects) })
    };
    violations.map(of).collect()
}

/// As much of the JSON report as is looked at.
#[derive(Deserialize)]
struct Report {
    schema: String,
    verdicts: Option<Vec<VerdictIn>>,
    findings: Vec<FindingIn>,
}

#[derive(Deserialize)]
struct VerdictIn {
    transfer: String,
    regime: String,
    outcome: String,
    data: BTreeSet<String>,
    subjects: BTreeSet<String>,
}

#[derive(Deserialize)]
struct FindingIn {
    rule: String,
    level: String,
    waived_by: Option<String>,
    message: String,
    subject: Option<SubjectIn>,
    fingerprint: String,
}

#[derive(Deserialize)]
struct SubjectIn {
    id: String,
}
