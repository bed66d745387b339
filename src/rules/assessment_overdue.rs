//! # An assessment whose review is overdue
//!
//! ## Why
//!
//! A transfer impact assessment describes the law of a place on the day it was made, and an authority
//! will ask why nobody looked again. No law makes a safeguard fall on the night its review was due,
//! so this is a warning.
//!
//! ## Example
//!
//! ```toml
//! [[jurisdiction]]
//! code = "CL"
//!
//! [[jurisdiction.assessment]]
//! id = "chile-2024"
//! date = 2024-03-01
//! review-by = 2026-05-31
//! outcome = "no-extra-measures"
//!
//! [[third-party]]
//! id = "partner"
//! name = "Partner S.A."
//! jurisdiction = "CL"
//!
//! [[safeguard]]
//! id = "partner-clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [1]
//! parties = ["acme", "partner"]
//! signed = 2024-04-01
//! assessments = ["chile-2024"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "partner"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["partner-clauses"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[jurisdiction]]
//! code = "CL"
//!
//! [[jurisdiction.assessment]]
//! id = "chile-2024"
//! date = 2024-03-01
//! review-by = 2026-06-01
//! outcome = "no-extra-measures"
//!
//! [[third-party]]
//! id = "partner"
//! name = "Partner S.A."
//! jurisdiction = "CL"
//!
//! [[safeguard]]
//! id = "partner-clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [1]
//! parties = ["acme", "partner"]
//! signed = 2024-04-01
//! assessments = ["chile-2024"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "partner"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["partner-clauses"]
//! ```
//!
//! ## Law
//!
//! Decision (EU) 2021/914, clause 14(e); EDPB Recommendations 01/2020, step 6.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "assessment-overdue",
        level: Level::Warn,
        integrity: false,
        source: include_str!("assessment_overdue.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for made in &register.assessments {
        // One made after the day is not there yet, and so is not overdue.
        let Some(due) = made.review_by.filter(|due| *due < assessment.day() && made.date <= assessment.day()) else {
            continue;
        };
        let id = register.name(made.id);
        let place = assessment.flow.law.law.codes.name(made.code);
        let message =
            format!("the assessment {} of {place} ({}) was to be reviewed by {due}", prose::quote(id), made.code);
        let finding = Finding::new(&RULE.card, made.within.key("review-by"), message).label("overdue");
        docket
            .file(finding.help("review it, and record the new assessment with its own `date`").about("assessment", id));
    }
}
