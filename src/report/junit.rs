//! The JUnit report: a suite a rule, a test case a finding; a rule that found nothing has one that passes.
//!
//! A denied finding is a failure, one for which there is no verdict an error. Waived and known ones are
//! skipped, and warnings pass with their words as output, because JUnit has nothing in between.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Run, place};
use crate::finding::{Level, Located};
use crate::prose::visible;
use crate::rules;

/// Renders the report.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut by_rule: BTreeMap<&str, Vec<&Located<'_>>> = BTreeMap::new();
    for found in run.located {
        by_rule.entry(found.finding.card.rule).or_default().push(found);
    }
    let mut report = Report::new("onward");
    for card in rules::cards() {
        let mut suite = TestSuite::new(card.rule);
        for found in by_rule.get(card.rule).into_iter().flatten() {
            suite.add_test_case(case(run, found));
        }
        // Where there is no verdict, a rule that judges has not looked.
        if suite.test_cases.is_empty() && (card.integrity || run.assessment.is_some()) {
            let mut case = TestCase::new("nothing found", TestCaseStatus::success());
            case.set_classname(card.rule);
            suite.add_test_case(case);
        }
        if !suite.test_cases.is_empty() {
            report.add_test_suite(suite);
        }
    }
    // Writing into memory cannot fail, and every text in it is visible, so it is XML.
    report.to_string().unwrap_or_default()
}

fn case(run: &Run<'_>, found: &Located<'_>) -> TestCase {
    let finding = found.finding;
    let spot = place::of(run, found);
    let about = finding.subject.as_ref().map_or("register", |subject| &subject.id);
    let mut name = visible(about);
    for more in finding.regime.iter().chain(&finding.aspect) {
        let _ = write!(name, " ({})", visible(more));
    }
    let status = match (finding.waived_by.is_some() || finding.known, finding.level) {
        (true, _) => TestCaseStatus::skipped(),
        (false, Level::Deny) if finding.card.integrity => TestCaseStatus::non_success(NonSuccessKind::Error),
        (false, Level::Deny) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        (false, _) => TestCaseStatus::success(),
    };
    let passes = matches!(status, TestCaseStatus::Success { .. });
    let mut case = TestCase::new(name, status);
    case.set_classname(finding.card.rule);
    case.extra.insert("file".into(), visible(&spot.path).into());
    if let Some(span) = spot.span {
        case.extra.insert("line".into(), span.start.line.to_string().into());
    }
    let place = spot.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
    let mut lines = vec![format!("{}{place}", visible(&spot.path))];
    lines.extend(finding.notes.iter().map(|note| format!("note: {}", visible(note))));
    if !finding.help.is_empty() {
        lines.push(format!("help: {}", visible(&finding.help)));
    }
    let message = match &finding.waived_by {
        Some(id) => format!("{}: {}", visible(&run.waived(id)), visible(&finding.message)),
        None if finding.known => format!("known: {}", visible(&finding.message)),
        None => visible(&finding.message),
    };
    if passes {
        case.set_system_out(format!("warning: {message}\n{}", lines.join("\n")));
    } else {
        case.status.set_message(message).set_type(finding.card.rule).set_description(lines.join("\n"));
    }
    case
}
