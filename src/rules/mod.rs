//! The rules: each looks at one assessment and files what it finds.
//!
//! One rule, one file; the file's `//!` header is the rule's page. A rule never prints, counts
//! or knows a format. [`ALL`] is the sorted list of them.

mod assessment_overdue;
mod broken_promise;
mod decision_ending;
mod law_book_stale;
mod notice;
mod papers;
mod review_overdue;
mod safeguard_expiring;
mod single_point_of_failure;
mod transfer_without_data_source;
mod undisclosed_transfer;
mod unkept_statement;
mod unknown_condition;
mod unrecorded_jurisdiction;
mod unsafeguarded;
mod unsafeguarded_location;
mod unsafeguarded_onward_transfer;
mod unsafeguarded_transfer;
mod unused_safeguard;
mod unused_waiver;
mod waiver_expired;
mod waiving;
mod words;

pub(crate) use words::{cited, remarks, said};

use crate::finding::{Card, Docket, integrity};
use crate::flow::Assessment;
use crate::register::UNREAD_FILE;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// What it is called, how grave it is, its page.
    pub card: Card,
    /// Files what it finds.
    pub check: fn(&Assessment<'_>, &mut Docket),
}

/// Every rule, sorted by id. `unused-waiver` runs after the waivers have been applied.
pub static ALL: &[&Rule] = &[
    &assessment_overdue::RULE,
    &broken_promise::RULE,
    &decision_ending::RULE,
    &law_book_stale::RULE,
    &review_overdue::RULE,
    &safeguard_expiring::RULE,
    &single_point_of_failure::RULE,
    &transfer_without_data_source::RULE,
    &undisclosed_transfer::RULE,
    &unkept_statement::RULE,
    &unknown_condition::RULE,
    &unrecorded_jurisdiction::RULE,
    &unsafeguarded_location::RULE,
    &unsafeguarded_onward_transfer::RULE,
    &unsafeguarded_transfer::RULE,
    &unused_safeguard::RULE,
    &waiver_expired::RULE,
];

/// Every card that can appear on a finding, sorted by id.
#[must_use]
pub fn cards() -> Vec<&'static Card> {
    let mut cards: Vec<&'static Card> =
        ALL.iter().map(|rule| &rule.card).chain(integrity::ALL.iter().copied()).collect();
    cards.extend([&UNREAD_FILE, &unused_waiver::CARD]);
    cards.sort_by_key(|card| card.rule);
    cards
}

/// Runs every rule over an assessment, then applies levels and waivers.
pub fn run(assessment: &Assessment<'_>, docket: &mut Docket) {
    for rule in ALL {
        (rule.check)(assessment, docket);
    }
    let used = waiving::apply(assessment, docket);
    unused_waiver::check(assessment, &used, docket);
    let levels = &assessment.register().settings.levels;
    docket.level(|card| levels.get(card.rule).copied());
}
