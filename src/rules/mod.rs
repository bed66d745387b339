//! The rules: each looks at one assessment and files what it finds.
//!
//! One rule, one file; the file's `//!` header is the rule's page. A rule never prints, counts
//! or knows a format. [`ALL`] is the sorted list of them.

mod assessment_overdue;
mod broken_promise;
mod certificate_without_end;
mod confusable_ids;
mod dates_out_of_order;
mod decision_ending;
mod evidence_changed;
mod evidence_missing;
mod law_book_stale;
mod look_alike;
mod no_owner;
mod notice;
mod papers;
mod processor_without_agreement;
mod purpose_exceeds_upstream;
mod review_overdue;
mod role_conflict;
mod safeguard_expiring;
mod shown;
mod single_point_of_failure;
mod special_category_without_condition;
mod sub_processor_without_authorisation;
mod transfer_without_data_source;
mod undisclosed_transfer;
mod unkept_statement;
mod unknown_condition;
mod unrecorded_jurisdiction;
mod unreferenced_record;
mod unsafeguarded;
mod unsafeguarded_location;
mod unsafeguarded_onward_transfer;
mod unsafeguarded_transfer;
mod unused_safeguard;
mod unused_waiver;
mod waiver_expired;
mod waiving;
mod words;

pub(crate) use review_overdue::reviews;
pub(crate) use words::{cited, remarks, said};

use crate::finding::{Card, Docket, integrity};
use crate::flow::Assessment;
use crate::register::UNREAD_FILE;
use crate::threads::side_by_side;

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
    &certificate_without_end::RULE,
    &confusable_ids::RULE,
    &dates_out_of_order::RULE,
    &decision_ending::RULE,
    &evidence_changed::RULE,
    &evidence_missing::RULE,
    &law_book_stale::RULE,
    &no_owner::RULE,
    &processor_without_agreement::RULE,
    &purpose_exceeds_upstream::RULE,
    &review_overdue::RULE,
    &role_conflict::RULE,
    &safeguard_expiring::RULE,
    &single_point_of_failure::RULE,
    &special_category_without_condition::RULE,
    &sub_processor_without_authorisation::RULE,
    &transfer_without_data_source::RULE,
    &undisclosed_transfer::RULE,
    &unkept_statement::RULE,
    &unknown_condition::RULE,
    &unrecorded_jurisdiction::RULE,
    &unreferenced_record::RULE,
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
    let check = |rule: &Rule| {
        let mut own = Docket::default();
        (rule.check)(assessment, &mut own);
        own.into_findings()
    };
    let worth = if assessment.verdicts.len() < WORTH_A_THREAD { ALL.len() } else { 1 };
    // Those that work most are late in the alphabet, beside the one that looks at every text: begun first,
    // they keep no thread waiting at the end.
    let mut begun: Vec<(usize, &Rule)> = ALL.iter().copied().enumerate().rev().collect();
    begun.sort_by_key(|(_, rule)| rule.card.rule != confusable_ids::RULE.card.rule);
    let mut found = side_by_side(&begun, worth, |(at, rule)| (*at, check(rule)));
    found.sort_by_key(|(at, _)| *at);
    docket.make_room(found.iter().map(|(_, findings)| findings.len()).sum());
    docket.extend(found.into_iter().flat_map(|(_, findings)| findings));
    let used = waiving::apply(assessment, docket);
    unused_waiver::check(assessment, &used, docket);
    let levels = &assessment.register().settings.levels;
    docket.level(|card| levels.get(card.rule).copied());
}

/// The fewest verdicts for which rules are worth a thread.
const WORTH_A_THREAD: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_in_one_sentence_why_it_matters() {
        for card in cards() {
            let why = card.why();
            assert!(why.ends_with('.') && (30..=260).contains(&why.len()), "{}: `{why}`", card.rule);
        }
    }
}
