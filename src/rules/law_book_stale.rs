//! # Judged on a day that the law book does not know
//!
//! ## Why
//!
//! The law book says on which day it was last brought up to date. A verdict for a day more than a
//! quarter of a year later rests on law that may have changed: a court can end a decision
//! overnight, as it did in 2015 and in 2020.
//!
//! ## Instead
//!
//! Use a newer onward, or look up what changed and record it in the register as law of your own.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::record::{Period, PeriodUnit};

/// How long the book is good for.
const QUARTER: Period = Period { count: 3, unit: PeriodUnit::Months };

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "law-book-stale",
        level: Level::Warn,
        integrity: false,
        source: include_str!("law_book_stale.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let Some(updated) = assessment.flow.law.law.updated else { return };
    if QUARTER.after(updated) < assessment.day() {
        let message = format!("the law book is of {updated}, and this verdict is for {}", assessment.day());
        let help = "use a newer onward, or record what changed as law of the register";
        docket.file(Finding::new(&RULE.card, None, message).help(help));
    }
}
