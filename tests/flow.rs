//! Where a law attaches, what travels with the data, and what is said of each leg.

use super::kit::{CATALOGUE, HEAD, Judged, collected, folder, judge, judge_folder, party, transfer};
use serde_json::json;

const LATE: &str = "2026-06-01";
const LOOKED_AT: [&str; 5] = ["IN", "PH", "US", "KR", "IE"];
const MORE_DATA: &str = "[[data]]\nid = \"d\"\nname = \"D\"\n";

fn written(records: &[String]) -> String {
    let looks = LOOKED_AT.map(|place| {
        format!(
            "[[jurisdiction]]\ncode = \"{place}\"\n[[jurisdiction.assessment]]\nid = \"look-{}\"\n\
             date = 2020-01-01\noutcome = \"no-extra-measures\"\n",
            place.to_lowercase()
        )
    });
    format!("{CATALOGUE}\n{}\n{}", looks.concat(), records.join("\n"))
}

fn on(day: &str, records: &[String]) -> Judged {
    judge(&written(records), day)
}

fn controller(id: &str, place: &str) -> String {
    party("third-party", id, place, "controller")
}

fn processor(id: &str, place: &str) -> String {
    party("service-provider", id, place, "processor")
}

fn sent(from: &str, to: &str) -> String {
    transfer(from, to, "")
}

/// A transfer and the one safeguard on it, `FROM-TO`.
fn carried(from: &str, to: &str, instrument: &str, keys: &str) -> String {
    let parties = if keys.contains("parties") { String::new() } else { format!("parties = [\"{from}\", \"{to}\"]\n") };
    transfer(from, to, &format!("safeguards = [\"{from}-{to}\"]"))
        + &format!(
            "[[safeguard]]\nid = \"{from}-{to}\"\ninstrument = \"{instrument}\"\nsigned = 2022-01-01\n{parties}{keys}\n"
        )
}

fn by_clauses(from: &str, to: &str, module: u8, place: &str) -> String {
    let keys = format!("modules = [{module}]\nassessments = [\"look-{place}\"]");
    carried(from, to, "eu-scc-2021-914", &keys)
}

fn by_contract(from: &str, to: &str) -> String {
    carried(from, to, "onward-contract", "")
}

/// A US controller `us` in the framework, to which `de` sends what it collects.
fn framework() -> Vec<String> {
    vec![
        controller("de", "DE"),
        collected("de", "DE"),
        controller("us", "US"),
        "[[safeguard]]\nid = \"dpf\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2023-07-10\n"
            .to_owned(),
        sent("de", "us"),
    ]
}

/// `us` in the framework passes on to `in`, which has a role, by a leg.
fn passed_on(role: &str, leg: &str, day: &str) -> Judged {
    let mut records = framework();
    records.extend([party("third-party", "in", "IN", role), leg.to_owned()]);
    on(day, &records)
}

/// `us` in the framework passes on to `in` by one leg, and `in` to `ph` by another.
fn passed_on_twice(first: String, second: String) -> Judged {
    let mut records = framework();
    records.extend([controller("in", "IN"), controller("ph", "PH"), first, second]);
    on(LATE, &records)
}

/// `de` collects and sends to `in`, which sends on to `ph`; the legs with more keys.
fn chain(first: &str, second: &str) -> Vec<String> {
    vec![
        controller("de", "DE"),
        collected("de", "DE"),
        controller("in", "IN"),
        controller("ph", "PH"),
        transfer("de", "in", first),
        transfer("in", "ph", second),
    ]
}

/// A US controller's data goes to a processor and back; `back` is the way back.
fn there_and_back(place: &str, back: String) -> Judged {
    on(
        LATE,
        &[
            controller("us", "US"),
            collected("us", "US"),
            processor("proc", place),
            sent("us", "proc"),
            back,
            processor("in", "IN"),
            sent("us", "in"),
        ],
    )
}

/// The outcome under a regime of sending to India what a party collected.
fn export(sender: String, collection: String, regime: &str, day: &str) -> String {
    let id = sender.split("id = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    on(day, &[sender, collection, controller("in", "IN"), sent(&id, "in")]).outcome(&id, "in", regime).to_owned()
}

fn waiver(rule: &str, covered: &str, until: &str, more: &str) -> String {
    format!(
        "[[waiver]]\nid = \"w\"\nrule = \"{rule}\"\non = [\"{covered}\"]\nreason = \"r\"\n\
         approved-by = \"a\"\nuntil = {until}\n{more}\n"
    )
}

/// A transfer record with lists.
fn listed(id: &str, from: &str, to: &str, data: &str, more: &str) -> String {
    format!("[[transfer]]\nid = \"{id}\"\nfrom = {from}\nto = {to}\ndata = {data}\npurposes = [\"p\"]\n{more}\n")
}

fn collected_data(id: &str, by: &str, data: &str) -> String {
    format!(
        "[[collection]]\nid = \"{id}\"\nby = \"{by}\"\ndata = [\"{data}\"]\nsubjects = [\"s\"]\n\
         purposes = [\"p\"]\nsubjects-in = [\"DE\"]\n"
    )
}

fn unsourced(judged: &Judged) -> usize {
    judged.findings("transfer-without-data-source").len()
}

fn path(judged: &Judged, from: &str, to: &str) -> String {
    let path = judged.verdict(from, to, "eu")["path"].as_array().expect("a path").clone();
    path.iter().map(|step| step.as_str().expect("an id")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_law_attaches_to_what_a_controller_inside_collects_from_anybody() {
    assert_eq!(export(controller("de", "DE"), collected("de", "US"), "eu", LATE), "violation");
    assert_eq!(export(controller("de", "DE"), collected("de", "US"), "uk", LATE), "none");
    assert_eq!(export(controller("us", "US"), collected("us", "US"), "eu", LATE), "none");
}

#[test]
fn some_laws_reach_a_controller_abroad_that_collects_from_people_inside() {
    for place in ["DE", "ES-CT", "eea", "EEA"] {
        assert_eq!(export(controller("us", "US"), collected("us", place), "eu", LATE), "violation", "{place}");
    }
    assert_eq!(export(controller("us", "US"), collected("us", "GB"), "uk", LATE), "violation");
    assert_eq!(export(controller("us", "US"), collected("us", "BR"), "br", LATE), "none");
}

#[test]
fn the_swiss_law_reaches_abroad_since_its_revision() {
    let outcome = |day: &str| export(controller("us", "US"), collected("us", "CH"), "ch", day);
    assert_eq!(outcome("2023-08-31"), "none");
    assert_eq!(outcome("2023-09-01"), "violation");
}

#[test]
fn a_collection_that_does_not_target_people_inside_is_not_reached() {
    let untargeted = collected("us", "DE") + "targeted = false\n";
    assert_eq!(export(controller("us", "US"), untargeted, "eu", LATE), "none");
    let inside = collected("de", "DE") + "targeted = false\n";
    assert_eq!(export(controller("de", "DE"), inside, "eu", LATE), "violation");
}

#[test]
fn a_processor_abroad_that_collects_from_people_inside_is_not_reached() {
    assert_eq!(export(processor("us", "US"), collected("us", "DE"), "eu", LATE), "none");
}

#[test]
fn a_joint_controller_counts_as_a_controller() {
    let joint = |id: &str, place: &str| party("third-party", id, place, "joint-controller");
    assert_eq!(export(joint("us", "US"), collected("us", "DE"), "eu", LATE), "violation");
    let records = [joint("de", "DE"), collected("de", "DE"), joint("in", "IN"), by_clauses("de", "in", 1, "in")];
    assert_eq!(on(LATE, &records).outcome("de", "in", "eu"), "safeguarded");
}

#[test]
fn what_a_controller_abroad_collects_from_people_inside_is_exported_not_passed_on() {
    let judged = on(LATE, &[controller("us", "US"), collected("us", "DE"), processor("in", "IN"), sent("us", "in")]);
    assert_eq!(judged.verdict("us", "in", "eu")["onward"], false);
    assert_eq!(judged.findings("unsafeguarded-transfer").len(), 1);
}

#[test]
fn a_law_attaches_on_arrival_at_a_controller_and_at_a_processor() {
    for (recipient, roles) in [(controller("de", "DE"), "c2c"), (processor("de", "DE"), "c2p")] {
        let judged = on(
            LATE,
            &[
                controller("us", "US"),
                collected("us", "US"),
                recipient,
                transfer("us", "de", &format!("roles = \"{roles}\"")),
                controller("in", "IN"),
                sent("de", "in"),
            ],
        );
        assert_eq!(judged.outcome("us", "de", "eu"), "none", "{roles}");
        assert_eq!(judged.outcome("de", "in", "eu"), "violation", "{roles}");
        assert_eq!(judged.verdict("de", "in", "eu")["onward"], false, "{roles}");
    }
}

#[test]
fn the_role_on_the_leg_decides_how_a_law_attaches() {
    for (recipient, roles, expected) in [
        (controller("gb", "GB"), "c2p", "unrestricted"),
        (controller("gb", "GB"), "c2c", "violation"),
        (processor("gb", "GB"), "c2p", "unrestricted"),
        (processor("gb", "GB"), "c2c", "violation"),
    ] {
        let judged = on(
            LATE,
            &[
                controller("source", "US"),
                collected("source", "US"),
                controller("us", "US"),
                sent("source", "us"),
                recipient,
                transfer("us", "gb", &format!("roles = \"{roles}\"")),
                transfer("gb", "us", "roles = \"p2c\""),
            ],
        );
        assert_eq!(judged.outcome("gb", "us", "uk"), expected, "{roles}");
    }
}

#[test]
fn the_seat_decides_not_where_data_is_stored() {
    let seated = |place: &str, stored: &str| {
        let recipient = controller("to", place) + &format!("stored-in = [\"{stored}\"]\n");
        let records = [controller("de", "DE"), collected("de", "DE"), recipient, sent("de", "to")];
        on(LATE, &records).outcome("de", "to", "eu").to_owned()
    };
    assert_eq!(seated("FR", "IN"), "unrestricted");
    assert_eq!(seated("IN", "FR"), "violation");
}

#[test]
fn legs_inside_a_territory_are_unrestricted_and_the_law_goes_along() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            controller("fr", "FR"),
            processor("it", "IT"),
            processor("in", "IN"),
            sent("de", "fr"),
            sent("fr", "it"),
            sent("it", "in"),
        ],
    );
    assert_eq!(judged.outcome("de", "fr", "eu"), "unrestricted");
    assert_eq!(judged.outcome("fr", "it", "eu"), "unrestricted");
    assert_eq!(judged.outcome("it", "in", "eu"), "violation");
    assert_eq!(judged.verdict("it", "in", "eu")["onward"], false);
}

#[test]
fn a_law_attaches_anew_at_each_processor_inside() {
    let judged = on(
        LATE,
        &[
            controller("us", "US"),
            collected("us", "US"),
            processor("de", "DE"),
            processor("fr", "FR"),
            processor("in", "IN"),
            sent("us", "de"),
            sent("de", "fr"),
            sent("fr", "in"),
        ],
    );
    assert_eq!(judged.outcome("de", "fr", "eu"), "unrestricted");
    assert_eq!(judged.outcome("fr", "in", "eu"), "violation");
}

#[test]
fn the_eu_restricts_a_return_to_the_controller() {
    assert_eq!(there_and_back("IE", sent("proc", "us")).outcome("proc", "us", "eu"), "violation");
    assert_eq!(there_and_back("IE", by_clauses("proc", "us", 4, "us")).outcome("proc", "us", "eu"), "safeguarded");
    assert_eq!(
        there_and_back("IE", carried("proc", "us", "eu-scc-2021-914", "modules = [4]")).outcome("proc", "us", "eu"),
        "safeguarded"
    );
}

#[test]
fn the_uk_frees_a_return_to_the_controller() {
    assert_eq!(there_and_back("GB", sent("proc", "us")).outcome("proc", "us", "uk"), "unrestricted");
}

/// What an importer abroad has from the United Kingdom stays bound in full at its processor there: that it
/// goes back to the importer frees nothing.
#[test]
fn what_came_from_inside_is_not_freed_by_a_processor_in_between() {
    let judged = on(
        LATE,
        &[
            controller("gb", "GB"),
            collected("gb", "GB"),
            controller("us", "US"),
            processor("proc", "GB"),
            sent("gb", "us"),
            sent("us", "proc"),
            transfer("proc", "us", "roles = \"p2c\""),
        ],
    );
    assert_eq!(judged.outcome("us", "proc", "uk"), "unrestricted");
    assert_eq!(judged.outcome("proc", "us", "uk"), "violation");
}

#[test]
fn no_law_follows_what_a_processor_returned() {
    for (place, back, regime) in [
        ("IE", sent("proc", "us"), "eu"),
        ("IE", by_clauses("proc", "us", 4, "us"), "eu"),
        ("GB", sent("proc", "us"), "uk"),
    ] {
        assert_eq!(there_and_back(place, back).outcome("us", "in", regime), "none", "{place}");
    }
}

#[test]
fn what_a_processor_collected_for_a_controller_abroad_is_returned_to_it() {
    let outcome = |place: &str, regime: &str, collector: String, back: String| {
        let records = [collector, collected("proc", place), controller("us", "US"), back];
        on(LATE, &records).outcome("proc", "us", regime).to_owned()
    };
    let back = || transfer("proc", "us", "roles = \"p2c\"");
    assert_eq!(outcome("GB", "uk", processor("proc", "GB"), back()), "unrestricted");
    assert_eq!(outcome("GB", "uk", controller("proc", "GB"), back()), "violation");
    assert_eq!(outcome("IE", "eu", processor("proc", "IE"), back()), "violation");
    assert_eq!(outcome("IE", "eu", processor("proc", "IE"), by_clauses("proc", "us", 4, "us")), "safeguarded");
}

#[test]
fn what_goes_along_with_a_return_and_is_none_is_judged_by_itself() {
    let of = |record: String, data: &str| record.replace("data = [\"c\"]", &format!("data = {data}"));
    let judged = |data: &str| {
        on(
            LATE,
            &[
                "[[data]]\nid = \"d\"\nname = \"D\"\n".to_owned(),
                controller("us", "US"),
                controller("br", "BR"),
                processor("proc", "GB"),
                collected("us", "US"),
                of(collected("br", "BR").replace("collects-us", "collects-br"), "[\"d\"]"),
                sent("us", "proc"),
                of(sent("br", "proc"), "[\"d\"]"),
                of(transfer("proc", "us", "roles = \"p2c\""), data),
            ],
        )
    };
    assert_eq!(judged("[\"c\"]").outcome("proc", "us", "uk"), "unrestricted");
    let both = judged("[\"c\", \"d\"]");
    assert_eq!(both.outcome("proc", "us", "uk"), "violation", "the data of the other controller is not returned");
    assert_eq!(both.verdict("proc", "us", "uk")["data"], serde_json::json!(["d"]));
}

#[test]
fn a_controllers_data_that_its_uk_processor_sends_abroad_is_no_return() {
    let judged = on(
        LATE,
        &[
            controller("gb", "GB"),
            collected("gb", "GB"),
            processor("proc", "GB"),
            controller("us", "US"),
            processor("in", "IN"),
            sent("gb", "proc"),
            sent("proc", "us"),
            sent("us", "in"),
        ],
    );
    assert_eq!(judged.outcome("gb", "proc", "uk"), "unrestricted");
    assert_eq!(judged.outcome("proc", "us", "uk"), "violation");
    assert_eq!(judged.outcome("us", "in", "uk"), "violation");
    assert_eq!(judged.verdict("us", "in", "uk")["onward"], true);
}

#[test]
fn the_uk_frees_the_return_of_what_the_recipient_itself_collected() {
    let judged = on(
        LATE,
        &[
            controller("us", "US"),
            collected("us", "GB"),
            processor("proc", "GB"),
            carried("us", "proc", "processing-agreement", ""),
            sent("proc", "us"),
            processor("in", "IN"),
            sent("us", "in"),
        ],
    );
    assert_eq!(judged.outcome("us", "proc", "uk"), "unrestricted");
    assert_eq!(judged.outcome("proc", "us", "uk"), "unrestricted");
    assert_eq!(judged.outcome("us", "in", "uk"), "violation");
}

#[test]
fn module_four_carries_nothing_to_a_controller_who_did_not_give_the_data() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            processor("us", "US"),
            controller("broker", "US"),
            by_clauses("de", "us", 2, "us"),
            by_clauses("us", "broker", 4, "us"),
        ],
    );
    assert_eq!(judged.outcome("de", "us", "eu"), "safeguarded");
    assert_eq!(judged.outcome("us", "broker", "eu"), "violation");
    let reasons = judged.reasons("us", "broker", "eu");
    assert!(reasons.contains(&"us-broker: wrong-module".to_owned()), "{reasons:?}");
}

#[test]
fn what_left_under_clauses_stays_bound_in_full() {
    let chain = |second: String| {
        let records = [
            controller("de", "DE"),
            collected("de", "DE"),
            controller("in", "IN"),
            controller("ph", "PH"),
            by_clauses("de", "in", 1, "in"),
            second,
        ];
        on(LATE, &records)
    };
    for (second, expected) in [
        (sent("in", "ph"), "violation"),
        (by_contract("in", "ph"), "violation"),
        (by_clauses("in", "ph", 1, "ph"), "safeguarded"),
    ] {
        let judged = chain(second);
        assert_eq!(judged.outcome("de", "in", "eu"), "safeguarded");
        assert_eq!(judged.verdict("de", "in", "eu")["onward"], false);
        assert_eq!(judged.outcome("in", "ph", "eu"), expected);
        assert_eq!(judged.verdict("in", "ph", "eu")["onward"], true);
    }
}

#[test]
fn a_breach_does_not_set_data_free() {
    let judged = on(LATE, &chain("", ""));
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
    assert_eq!(judged.findings("unsafeguarded-transfer").len(), 1);
    assert_eq!(judged.findings("unsafeguarded-onward-transfer").len(), 1);
}

#[test]
fn a_derogation_on_the_first_leg_leaves_the_data_bound_in_full() {
    let records = |second: String| {
        let derogation = "justification = \"j\"\nconfirms = [\"explicit\", \"risks-explained\"]";
        [
            controller("de", "DE"),
            collected("de", "DE"),
            controller("in", "IN"),
            controller("ph", "PH"),
            carried("de", "in", "eu-art49-1-a", derogation),
            second,
        ]
    };
    let judged = on(LATE, &records(by_contract("in", "ph")));
    assert_eq!(judged.outcome("de", "in", "eu"), "derogated");
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
    assert_eq!(on(LATE, &records(by_clauses("in", "ph", 1, "ph"))).outcome("in", "ph", "eu"), "safeguarded");
}

#[test]
fn onward_speaks_of_what_came_by_a_transfer_not_of_what_the_sender_collected() {
    let judged = |names: &str| {
        on(
            LATE,
            &[
                MORE_DATA.to_owned(),
                controller("de", "DE"),
                collected_data("of-de", "de", "d"),
                controller("us", "US"),
                collected_data("of-us", "us", "c"),
                controller("in", "IN"),
                listed("first", "\"de\"", "\"us\"", "[\"d\"]", ""),
                listed("second", "\"us\"", "\"in\"", names, ""),
            ],
        )
    };
    assert_eq!(judged("[\"c\"]").verdict("us", "in", "eu")["onward"], false);
    assert_eq!(judged("[\"d\"]").verdict("us", "in", "eu")["onward"], true);
    assert_eq!(judged("[\"c\", \"d\"]").verdict("us", "in", "eu")["onward"], true);
}

#[test]
fn an_adequate_place_with_a_law_in_the_book_binds_by_its_own_law() {
    for recipient in [controller("ch", "CH"), processor("ch", "CH")] {
        let judged = on(
            LATE,
            &[
                controller("de", "DE"),
                collected("de", "DE"),
                recipient,
                controller("kr", "KR"),
                sent("de", "ch"),
                sent("ch", "kr"),
            ],
        );
        assert_eq!(judged.outcome("de", "ch", "eu"), "adequate");
        assert_eq!(judged.outcome("de", "ch", "ch"), "none");
        assert_eq!(judged.outcome("ch", "kr", "eu"), "none");
        assert_eq!(judged.outcome("ch", "kr", "ch"), "violation");
    }
}

#[test]
fn the_law_of_an_adequate_place_takes_over_on_its_first_day() {
    let judged = |day: &str| {
        on(
            day,
            &[
                controller("de", "DE"),
                collected("de", "DE"),
                controller("nz", "NZ"),
                controller("in", "IN"),
                sent("de", "nz"),
                sent("nz", "in"),
            ],
        )
    };
    for (day, eu, nz) in [("2020-11-30", "violation", "none"), ("2020-12-01", "none", "violation")] {
        let judged = judged(day);
        assert_eq!(judged.outcome("de", "nz", "eu"), "adequate", "{day}");
        assert_eq!((judged.outcome("nz", "in", "eu"), judged.outcome("nz", "in", "nz")), (eu, nz), "{day}");
    }
}

#[test]
fn an_adequate_place_without_a_law_in_the_book_is_under_an_onward_principle() {
    let judged = |second: String| {
        let records = [
            controller("de", "DE"),
            collected("de", "DE"),
            controller("je", "JE"),
            controller("in", "IN"),
            sent("de", "je"),
            second,
        ];
        on(LATE, &records)
    };
    let bare = judged(sent("je", "in"));
    assert_eq!(bare.outcome("de", "je", "eu"), "adequate");
    assert_eq!(bare.outcome("je", "in", "eu"), "violation");
    assert_eq!(bare.verdict("je", "in", "eu")["onward"], true);
    assert_eq!(judged(by_contract("je", "in")).outcome("je", "in", "eu"), "safeguarded");
}

#[test]
fn a_framework_asks_for_a_contract_on_the_way_on() {
    let bare = passed_on("controller", &sent("us", "in"), LATE);
    assert_eq!(bare.outcome("de", "us", "eu"), "adequate");
    assert_eq!(bare.outcome("us", "in", "eu"), "violation");
    assert_eq!(bare.verdict("us", "in", "eu")["onward"], true);
    assert_eq!(passed_on("controller", &by_contract("us", "in"), LATE).outcome("us", "in", "eu"), "safeguarded");
}

#[test]
fn a_contract_on_the_way_on_is_in_force_binds_both_ends_and_covers_the_data() {
    let outcome = |keys: &str, day: &str| {
        let leg = carried("us", "in", "onward-contract", keys) + MORE_DATA;
        passed_on("controller", &leg, day).outcome("us", "in", "eu").to_owned()
    };
    for (keys, day, expected) in [
        ("terminated = 2026-01-01", "2025-12-31", "safeguarded"),
        ("terminated = 2026-01-01", "2026-01-01", "violation"),
        ("expires = 2026-01-01", "2026-01-01", "safeguarded"),
        ("expires = 2026-01-01", "2026-01-02", "violation"),
        ("effective = 2026-01-01", "2025-12-31", "violation"),
        ("effective = 2026-01-01", "2026-01-01", "safeguarded"),
        ("parties = [\"us\"]", LATE, "violation"),
        ("parties = [\"in\"]", LATE, "violation"),
        ("data = [\"c\"]", LATE, "safeguarded"),
        ("data = [\"d\"]", LATE, "violation"),
        ("purposes = [\"p\"]", LATE, "safeguarded"),
    ] {
        assert_eq!(outcome(keys, day), expected, "{keys} on {day}");
    }
}

#[test]
fn a_processing_agreement_serves_the_way_on_to_a_processor_only() {
    let leg = carried("us", "in", "processing-agreement", "");
    assert_eq!(passed_on("processor", &leg, LATE).outcome("us", "in", "eu"), "safeguarded");
    assert_eq!(passed_on("controller", &leg, LATE).outcome("us", "in", "eu"), "violation");
}

#[test]
fn clauses_that_would_not_hold_in_full_are_still_a_contract_on_the_way_on() {
    for (instrument, keys) in [
        ("eu-scc-2021-914", ""),
        ("eu-scc-2021-914", "modules = [3]"),
        ("eu-scc-2010-87", ""),
        ("uk-idta", ""),
        ("eu-scc-2004-915", "amended = 2024-01-01"),
    ] {
        let leg = carried("us", "in", instrument, keys);
        assert_eq!(passed_on("controller", &leg, LATE).outcome("us", "in", "eu"), "safeguarded", "{instrument} {keys}");
    }
}

#[test]
fn a_derogation_serves_the_way_on_too() {
    let keys = "justification = \"j\"\nconfirms = [\"explicit\", \"risks-explained\"]";
    let leg = carried("us", "in", "eu-art49-1-a", keys);
    assert_eq!(passed_on("controller", &leg, LATE).outcome("us", "in", "eu"), "derogated");
    let unexplained = carried("us", "in", "eu-art49-1-a", "justification = \"j\"\nconfirms = [\"explicit\"]");
    assert_eq!(passed_on("controller", &unexplained, LATE).outcome("us", "in", "eu"), "violation");
}

#[test]
fn the_way_on_to_an_adequate_place_is_adequate() {
    let mut records = framework();
    records.extend([controller("ch", "CH"), controller("in", "IN"), sent("us", "ch"), sent("ch", "in")]);
    let judged = on(LATE, &records);
    assert_eq!(judged.outcome("us", "ch", "eu"), "adequate");
    assert_eq!(judged.outcome("ch", "in", "eu"), "none");
    assert_eq!(judged.outcome("ch", "in", "ch"), "violation");
}

#[test]
fn a_contract_passes_the_onward_principle_on() {
    let judged = passed_on_twice(by_contract("us", "in"), by_contract("in", "ph"));
    assert_eq!(judged.outcome("us", "in", "eu"), "safeguarded");
    assert_eq!(judged.outcome("in", "ph", "eu"), "safeguarded");
    let judged = passed_on_twice(by_contract("us", "in"), sent("in", "ph"));
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
}

#[test]
fn what_goes_on_by_anything_else_than_a_contract_is_bound_in_full() {
    let derogation = "justification = \"j\"\nconfirms = [\"explicit\", \"risks-explained\"]";
    for first in [sent("us", "in"), carried("us", "in", "eu-art49-1-a", derogation)] {
        let judged = passed_on_twice(first.clone(), by_contract("in", "ph"));
        assert_eq!(judged.outcome("in", "ph", "eu"), "violation", "{first}");
        let judged = passed_on_twice(first.clone(), by_clauses("in", "ph", 1, "ph"));
        assert_eq!(judged.outcome("in", "ph", "eu"), "safeguarded", "{first}");
    }
}

#[test]
fn what_a_processor_sends_back_is_bound_there_as_it_was_with_the_processor() {
    let judged = |through_processor: &str| {
        let records = [
            controller("de", "DE"),
            collected("de", "DE"),
            controller("je", "JE"),
            controller("in", "IN"),
            processor("ph", "PH"),
            controller("br", "CL"),
            sent("de", "je"),
            by_contract("je", "in"),
            through_processor.to_owned(),
            by_contract("in", "br"),
        ];
        on(LATE, &records)
    };
    assert_eq!(judged("").outcome("in", "br", "eu"), "safeguarded");
    let judged = judged(&(sent("in", "ph") + &sent("ph", "in")));
    assert_eq!((judged.outcome("in", "ph", "eu"), judged.outcome("ph", "in", "eu")), ("violation", "violation"));
    assert_eq!(judged.outcome("in", "br", "eu"), "violation");
}

#[test]
fn data_that_arrived_both_ways_must_satisfy_both() {
    let direct = by_clauses("de", "in", 1, "in");
    let with_contract = passed_on_twice(by_contract("us", "in") + &direct, by_contract("in", "ph"));
    assert_eq!(with_contract.outcome("de", "in", "eu"), "safeguarded");
    assert_eq!(with_contract.outcome("us", "in", "eu"), "safeguarded");
    assert_eq!(with_contract.outcome("in", "ph", "eu"), "violation");
    let with_clauses = passed_on_twice(by_contract("us", "in") + &direct, by_clauses("in", "ph", 1, "ph"));
    assert_eq!(with_clauses.outcome("in", "ph", "eu"), "safeguarded");
}

#[test]
fn the_bridge_of_2021_made_no_transfer_and_uk_law_took_over() {
    let judged = |day: &str| {
        on(
            day,
            &[
                controller("ie", "IE"),
                collected("ie", "IE"),
                controller("gb", "GB"),
                controller("in", "IN"),
                sent("ie", "gb"),
                sent("gb", "in"),
            ],
        )
    };
    for (day, first, eu, uk) in [
        ("2020-12-31", "unrestricted", "violation", "none"),
        ("2021-01-01", "unrestricted", "none", "violation"),
        ("2021-06-27", "unrestricted", "none", "violation"),
        ("2021-06-28", "adequate", "none", "violation"),
    ] {
        let judged = judged(day);
        assert_eq!(judged.outcome("ie", "gb", "eu"), first, "{day}");
        assert_eq!((judged.outcome("gb", "in", "eu"), judged.outcome("gb", "in", "uk")), (eu, uk), "{day}");
    }
}

#[test]
fn a_law_that_does_not_follow_ends_at_the_border() {
    for (place, regime) in [("AU", "au"), ("ZA", "za"), ("JP", "jp"), ("NZ", "nz")] {
        let judged = on(
            LATE,
            &[
                controller("home", place),
                collected("home", place),
                controller("sister", place),
                controller("us", "US"),
                controller("in", "IN"),
                sent("home", "sister"),
                sent("sister", "us"),
                sent("us", "in"),
            ],
        );
        assert_eq!(judged.outcome("home", "sister", regime), "unrestricted");
        assert_eq!(judged.outcome("sister", "us", regime), "violation");
        assert_eq!(judged.outcome("us", "in", regime), "none");
    }
}

#[test]
fn behind_an_adequate_place_whose_law_does_not_follow_nothing_is_left() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            controller("jp", "JP"),
            controller("us", "US"),
            controller("in", "IN"),
            sent("de", "jp"),
            sent("jp", "us"),
            sent("us", "in"),
        ],
    );
    assert_eq!(judged.outcome("jp", "us", "jp"), "violation");
    assert_eq!(judged.outcome("jp", "us", "eu"), "none");
    assert!(judged.verdicts().iter().all(|verdict| verdict["from"] != "us"));
}

#[test]
fn an_agents_storage_is_no_disclosure_in_new_zealand() {
    let outcome = |recipient: String| {
        let records = [controller("nz", "NZ"), collected("nz", "NZ"), recipient, sent("nz", "us")];
        on(LATE, &records).outcome("nz", "us", "nz").to_owned()
    };
    assert_eq!(outcome(processor("us", "US")), "unrestricted");
    assert_eq!(outcome(controller("us", "US")), "violation");
}

#[test]
fn a_subdivision_is_under_its_countrys_law_and_its_own() {
    let judged = on(
        LATE,
        &[
            controller("quebec", "CA-QC"),
            collected("quebec", "CA-QC"),
            controller("ontario", "CA-ON"),
            controller("us", "US"),
            sent("quebec", "ontario"),
            sent("quebec", "us"),
        ],
    );
    assert_eq!(judged.outcome("quebec", "ontario", "ca"), "unrestricted");
    assert_eq!(judged.outcome("quebec", "ontario", "ca-qc"), "violation");
    assert_eq!(judged.outcome("quebec", "us", "ca"), "violation");
    assert_eq!(judged.outcome("quebec", "us", "ca-qc"), "violation");
    let ontario = export(controller("ontario", "CA-ON"), collected("ontario", "CA-ON"), "ca-qc", LATE);
    assert_eq!(ontario, "none");
}

#[test]
fn every_law_of_an_adequate_subdivision_takes_over() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            controller("quebec", "CA-QC"),
            controller("us", "US"),
            sent("de", "quebec"),
            sent("quebec", "us"),
        ],
    );
    assert_eq!(judged.outcome("de", "quebec", "eu"), "adequate");
    assert_eq!(judged.outcome("quebec", "us", "eu"), "none");
    assert_eq!(judged.outcome("quebec", "us", "ca"), "violation");
    assert_eq!(judged.outcome("quebec", "us", "ca-qc"), "violation");
}

#[test]
fn a_subdivision_is_adequate_as_its_country_and_not_the_other_way() {
    let california = framework().join("\n").replace("jurisdiction = \"US\"", "jurisdiction = \"US-CA\"");
    assert_eq!(on(LATE, &[california]).outcome("de", "us", "eu"), "adequate");
    let from_dubai = |place: &str| {
        let records =
            [controller("difc", "AE-DIFC"), collected("difc", "AE-DIFC"), controller("us", place), sent("difc", "us")];
        on(LATE, &records).outcome("difc", "us", "ae-difc").to_owned()
    };
    assert_eq!(from_dubai("US-CA"), "adequate");
    assert_eq!(from_dubai("US"), "violation");
    assert_eq!(from_dubai("US-NY"), "violation");
}

#[test]
fn places_of_their_own_are_no_part_of_their_country() {
    let outcome = |from: &str, to: &str, regime: &str| {
        let records = [controller("a", from), collected("a", from), controller("b", to), sent("a", "b")];
        on(LATE, &records).outcome("a", "b", regime).to_owned()
    };
    assert_eq!(outcome("AE-DIFC", "AE", "ae-difc"), "violation");
    assert_eq!(outcome("AE-DIFC", "AE-DU", "ae-difc"), "violation");
    assert_eq!(outcome("AE", "AE-DIFC", "ae-difc"), "none");
    assert_eq!(outcome("DE", "CW", "eu"), "violation");
    assert_eq!(outcome("DE", "AX", "eu"), "unrestricted");
}

#[test]
fn eu_institutions_are_inside_and_unknown_places_outside() {
    let outcome = |from: &str, to: &str| {
        let records = [controller("a", from), collected("a", "DE"), controller("b", to), sent("a", "b")];
        on(LATE, &records).outcome("a", "b", "eu").to_owned()
    };
    assert_eq!(outcome("DE", "EU-INST"), "unrestricted");
    assert_eq!(outcome("EU-INST", "IN"), "violation");
    assert_eq!(outcome("EU-INST", "FR"), "unrestricted");
    assert_eq!(outcome("DE", "ZZ"), "violation");
    assert_eq!(outcome("ZZ", "IN"), "violation");
}

#[test]
fn a_transfer_is_judged_from_its_first_day_to_its_last() {
    let outcome =
        |day: &str| on(day, &chain("since = 2024-01-01\nuntil = 2024-12-31", "")).outcome("de", "in", "eu").to_owned();
    assert_eq!(outcome("2023-12-31"), "none");
    assert_eq!(outcome("2024-01-01"), "violation");
    assert_eq!(outcome("2024-12-31"), "violation");
    assert_eq!(outcome("2025-01-01"), "none");
}

#[test]
fn what_came_by_a_transfer_that_ended_is_still_held_and_goes_on() {
    let judged = on(LATE, &chain("until = 2024-12-31", ""));
    assert_eq!(judged.outcome("de", "in", "eu"), "none");
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
    assert_eq!(judged.verdict("in", "ph", "eu")["onward"], true);
    assert_eq!(unsourced(&judged), 0);
}

#[test]
fn what_is_erased_is_held_no_more_from_that_day() {
    let records = chain("until = 2024-12-31\nerased = 2025-03-01", "");
    let before = on("2025-02-28", &records);
    assert_eq!((before.outcome("in", "ph", "eu"), unsourced(&before)), ("violation", 0));
    let after = on("2025-03-01", &records);
    assert_eq!((after.outcome("in", "ph", "eu"), unsourced(&after)), ("none", 1));
}

#[test]
fn what_is_to_come_by_a_transfer_is_not_held_yet() {
    let records = chain("since = 2025-01-01", "");
    let before = on("2024-12-31", &records);
    assert_eq!((before.outcome("in", "ph", "eu"), unsourced(&before)), ("none", 1));
    let after = on("2025-01-01", &records);
    assert_eq!((after.outcome("in", "ph", "eu"), unsourced(&after)), ("violation", 0));
}

#[test]
fn what_a_collection_brought_is_held_from_its_first_day_until_it_is_erased() {
    let records = [
        controller("us", "US"),
        collected("us", "DE") + "since = 2024-01-01\nuntil = 2024-06-30\nerased = 2025-01-01\n",
        controller("in", "IN"),
        sent("us", "in"),
    ];
    for (day, outcome, missing) in [
        ("2023-12-31", "none", 1),
        ("2024-01-01", "violation", 0),
        ("2024-07-01", "violation", 0),
        ("2024-12-31", "violation", 0),
        ("2025-01-01", "none", 1),
    ] {
        let judged = on(day, &records);
        assert_eq!((judged.outcome("us", "in", "eu"), unsourced(&judged)), (outcome, missing), "{day}");
    }
}

#[test]
fn data_that_is_not_personal_is_not_judged() {
    let records = |data: &str| {
        [
            "[[data]]\nid = \"weather\"\nname = \"Weather\"\npersonal = false\n".to_owned(),
            controller("de", "DE"),
            collected_data("k", "de", "c"),
            controller("in", "IN"),
            listed("leg", "\"de\"", "\"in\"", data, ""),
        ]
    };
    let impersonal = on(LATE, &records("[\"weather\"]"));
    assert!(impersonal.verdicts().is_empty());
    assert_eq!(unsourced(&impersonal), 0);
    let mixed = on(LATE, &records("[\"c\", \"weather\"]"));
    assert_eq!(mixed.verdict("de", "in", "eu")["data"], json!(["c"]));
}

#[test]
fn a_transfer_of_the_whole_carries_its_parts_and_one_of_a_part_no_more() {
    let judged = |collected: &str, named: &str| {
        on(
            LATE,
            &[
                "[[data]]\nid = \"part\"\nname = \"Part\"\npart-of = \"c\"\n".to_owned(),
                controller("de", "DE"),
                collected_data("k", "de", collected),
                controller("in", "IN"),
                listed("leg", "\"de\"", "\"in\"", &format!("[\"{named}\"]"), ""),
            ],
        )
    };
    assert_eq!(judged("c", "c").verdict("de", "in", "eu")["data"], json!(["c", "part"]));
    assert_eq!(judged("c", "part").verdict("de", "in", "eu")["data"], json!(["part"]));
    assert_eq!(judged("part", "c").verdict("de", "in", "eu")["data"], json!(["part"]));
}

#[test]
fn a_transfer_that_names_groups_carries_those_only() {
    let judged = |subjects: &str| {
        let both = collected("de", "DE").replace("[\"s\"]", "[\"s\", \"t\"]");
        let records = [
            "[[subjects]]\nid = \"t\"\nname = \"T\"\n".to_owned(),
            controller("de", "DE"),
            both,
            controller("in", "IN"),
            transfer("de", "in", subjects),
        ];
        on(LATE, &records).verdict("de", "in", "eu")["subjects"].clone()
    };
    assert_eq!(judged(""), json!(["s", "t"]));
    assert_eq!(judged("subjects = [\"t\"]"), json!(["t"]));
}

#[test]
fn a_record_of_lists_stands_for_every_pair() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            controller("fr", "FR"),
            collected("fr", "FR"),
            controller("in", "IN"),
            controller("ph", "PH"),
            listed("out", "[\"de\", \"fr\"]", "[\"in\", \"ph\", \"fr\"]", "[\"c\"]", ""),
        ],
    );
    let mut ids: Vec<&str> = judged.verdicts().iter().filter_map(|verdict| verdict["transfer"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["out/de--fr", "out/de--in", "out/de--ph", "out/fr--in", "out/fr--ph"]);
    assert_eq!(judged.report["register"]["pairs"], 5);
    assert_eq!(judged.report["register"]["transfers"], 1);
    let counts = &judged.report["summary"]["verdicts"];
    assert_eq!((&counts["unrestricted"], &counts["violation"]), (&json!(1), &json!(4)));
}

#[test]
fn a_selector_stands_for_every_party_it_names() {
    let judged = on(
        LATE,
        &[
            party("affiliate", "a", "DE", "controller"),
            party("affiliate", "b", "FR", "controller"),
            collected("a", "DE"),
            collected("b", "FR"),
            party("service-provider", "x", "IN", "processor"),
            party("service-provider", "y", "PH", "processor") + "group = \"helpers\"\n",
            party("reseller", "z", "IN", "controller"),
            listed("all", "\"@affiliates\"", "\"@service-providers\"", "[\"c\"]", ""),
            listed("group", "\"a\"", "[\"@group:helpers\", \"@resellers\"]", "[\"c\"]", ""),
            listed("own", "\"@group:own\"", "\"b\"", "[\"c\"]", ""),
        ],
    );
    let mut ids: Vec<&str> = judged.verdicts().iter().filter_map(|verdict| verdict["transfer"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["all/a--x", "all/a--y", "all/b--x", "all/b--y", "group/a--y", "group/a--z", "own/a--b"]);
    assert_eq!(judged.report["register"]["pairs"], 7);
}

#[test]
fn a_transfer_between_two_parties_is_named_after_them() {
    let judged = on(LATE, &chain("", "id = \"mine\""));
    assert_eq!(judged.verdict("de", "in", "eu")["transfer"], "de--in");
    assert_eq!(judged.verdict("in", "ph", "eu")["transfer"], "mine");
}

#[test]
fn data_from_nowhere_is_a_finding_and_judged_as_if_collected_where_it_sits() {
    let judged = |place: &str, more: &str| {
        on(LATE, &[controller("a", place), controller("in", "IN"), transfer("a", "in", more)])
    };
    let bare = judged("DE", "");
    let verdict = bare.verdict("a", "in", "eu");
    assert_eq!(verdict["outcome"], "violation");
    assert_eq!(verdict["onward"], false);
    assert_eq!(verdict["subjects"], json!(["unspecified"]));
    assert_eq!(verdict["path"], json!(["a", "in"]));
    assert_eq!(bare.findings("transfer-without-data-source")[0]["level"], "deny");
    let named = judged("DE", "subjects = [\"s\"]");
    assert_eq!((named.verdict("a", "in", "eu")["subjects"].clone(), unsourced(&named)), (json!(["s"]), 1));
    let two = on(
        LATE,
        &[
            controller("a", "DE"),
            controller("in", "IN"),
            controller("ph", "PH"),
            transfer("a", "in", "subjects = [\"s\"]"),
            transfer("in", "ph", "subjects = [\"s\"]"),
        ],
    );
    assert_eq!(unsourced(&two), 2, "one each, though nobody has the people either");
    let british = judged("GB", "");
    assert_eq!((british.outcome("a", "in", "uk"), british.outcome("a", "in", "eu")), ("violation", "none"));
    assert_eq!(unsourced(&judged("US", "")), 1);
}

#[test]
fn a_group_that_the_sender_does_not_hold_is_from_nowhere() {
    let judged = on(
        LATE,
        &[
            "[[subjects]]\nid = \"t\"\nname = \"T\"\n".to_owned(),
            controller("de", "DE"),
            collected("de", "DE"),
            controller("in", "IN"),
            transfer("de", "in", "subjects = [\"t\"]"),
        ],
    );
    assert_eq!(unsourced(&judged), 1);
    assert_eq!(judged.verdict("de", "in", "eu")["subjects"], json!(["t"]));
}

#[test]
fn one_sender_that_holds_the_data_is_a_source_for_the_record() {
    let judged = |collections: &[String]| {
        let mut records = vec![controller("de", "DE"), controller("fr", "FR"), controller("in", "IN")];
        records.push(listed("out", "[\"de\", \"fr\"]", "\"in\"", "[\"c\"]", ""));
        records.extend_from_slice(collections);
        on(LATE, &records)
    };
    let one = judged(&[collected("de", "DE")]);
    assert_eq!(
        (unsourced(&one), one.outcome("de", "in", "eu"), one.outcome("fr", "in", "eu")),
        (0, "violation", "none")
    );
    let none = judged(&[]);
    assert_eq!(unsourced(&none), 1);
    assert_eq!((none.outcome("de", "in", "eu"), none.outcome("fr", "in", "eu")), ("violation", "violation"));
}

#[test]
fn a_category_is_sourced_if_any_part_of_it_is_held() {
    let judged = on(
        LATE,
        &[
            "[[data]]\nid = \"part\"\nname = \"Part\"\npart-of = \"c\"\n".to_owned(),
            MORE_DATA.to_owned(),
            controller("de", "DE"),
            collected_data("k", "de", "part"),
            controller("in", "IN"),
            listed("leg", "\"de\"", "\"in\"", "[\"c\", \"d\"]", ""),
        ],
    );
    assert_eq!(unsourced(&judged), 1);
    assert_eq!(judged.verdict("de", "in", "eu")["data"], json!(["d", "part"]));
}

#[test]
fn sources_are_looked_for_before_any_is_assumed() {
    let records =
        [controller("de", "DE"), controller("in", "IN"), controller("ph", "PH"), sent("de", "in"), sent("in", "ph")];
    let judged = on(LATE, &records);
    assert_eq!(unsourced(&judged), 2);
    assert_eq!(judged.outcome("de", "in", "eu"), "violation");
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
}

#[test]
fn a_circle_carries_what_came_into_it_and_is_no_source_of_its_own() {
    let mut records = chain("", "");
    records.push(sent("ph", "in"));
    let fed = on(LATE, &records);
    assert_eq!((fed.outcome("ph", "in", "eu"), unsourced(&fed)), ("violation", 0));
    assert_eq!(path(&fed, "in", "ph"), "de in ph");
    assert_eq!(path(&fed, "ph", "in"), "de in ph in");
    let unfed = on(LATE, &[controller("in", "IN"), controller("ph", "PH"), sent("in", "ph"), sent("ph", "in")]);
    assert_eq!((unfed.verdicts().len(), unsourced(&unfed)), (0, 2));
}

#[test]
fn the_path_is_the_shortest() {
    let mut records = chain("", "");
    records.extend([controller("a", "FR"), sent("de", "a"), sent("a", "in")]);
    assert_eq!(path(&on(LATE, &records), "in", "ph"), "de in ph");
}

#[test]
fn of_paths_of_one_length_the_least_by_ids_is_shown() {
    let records = [
        controller("z", "DE"),
        collected("z", "DE"),
        controller("m", "FR"),
        controller("b", "FR"),
        controller("in", "IN"),
        controller("ph", "PH"),
        sent("z", "m"),
        sent("z", "b"),
        sent("m", "in"),
        sent("b", "in"),
        sent("in", "ph"),
    ];
    assert_eq!(path(&on(LATE, &records), "in", "ph"), "z b in ph");
    let mut two = chain("", "");
    two.extend([controller("at", "AT"), collected("at", "AT"), sent("at", "in")]);
    assert_eq!(path(&on(LATE, &two), "in", "ph"), "at in ph");
}

#[test]
fn the_path_of_an_onward_transfer_reaches_the_sender_by_a_transfer() {
    let mut records = chain("", "");
    records.push(collected("in", "DE"));
    let judged = on(LATE, &records);
    assert_eq!(judged.verdict("in", "ph", "eu")["onward"], true);
    assert_eq!(path(&judged, "in", "ph"), "de in ph");
}

#[test]
fn a_waiver_accepts_a_violation_to_the_end_of_its_last_day() {
    let mut records = chain("", "");
    records.push(waiver("unsafeguarded-transfer", "de--in", "2026-06-01", ""));
    let live = on("2026-06-01", &records);
    assert_eq!(live.outcome("de", "in", "eu"), "waived");
    assert_eq!(live.findings("unsafeguarded-transfer")[0]["waived_by"], "w");
    assert!(live.findings("waiver-expired").is_empty());
    assert!(live.findings("unused-waiver").is_empty());
    let over = on("2026-06-02", &records);
    assert_eq!(over.outcome("de", "in", "eu"), "violation");
    assert!(over.findings("unsafeguarded-transfer")[0]["waived_by"].is_null());
    assert_eq!(over.findings("waiver-expired").len(), 1);
}

#[test]
fn what_went_under_a_waiver_stays_bound_in_full() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            controller("in", "IN"),
            controller("ph", "PH"),
            sent("de", "in"),
            by_contract("in", "ph"),
            waiver("unsafeguarded-transfer", "de--in", "2026-12-31", ""),
        ],
    );
    assert_eq!(judged.outcome("de", "in", "eu"), "waived");
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
}

#[test]
fn a_waiver_covers_its_rule_only() {
    let outcomes = |rule: &str| {
        let mut records = chain("", "");
        records.push(waiver(rule, "in--ph", "2026-12-31", ""));
        let judged = on(LATE, &records);
        (judged.outcome("in", "ph", "eu").to_owned(), judged.findings("unused-waiver").len())
    };
    assert_eq!(outcomes("unsafeguarded-onward-transfer"), ("waived".to_owned(), 0));
    assert_eq!(outcomes("unsafeguarded-transfer"), ("violation".to_owned(), 1));
}

#[test]
fn a_waiver_on_a_party_covers_the_pairs_to_it() {
    let mut records = chain("", "");
    records.extend([
        waiver("unsafeguarded-transfer", "in", "2026-12-31", ""),
        waiver("unsafeguarded-onward-transfer", "in", "2026-12-31", "").replace("id = \"w\"", "id = \"v\""),
    ]);
    let judged = on(LATE, &records);
    assert_eq!(judged.outcome("de", "in", "eu"), "waived");
    assert_eq!(judged.outcome("in", "ph", "eu"), "violation");
    assert_eq!(judged.findings("unused-waiver").len(), 1);
}

#[test]
fn a_waiver_covers_a_whole_record_or_one_pair_of_it() {
    let outcomes = |covered: &str| {
        let judged = on(
            LATE,
            &[
                controller("de", "DE"),
                collected("de", "DE"),
                controller("in", "IN"),
                controller("ph", "PH"),
                listed("out", "\"de\"", "[\"in\", \"ph\"]", "[\"c\"]", ""),
                waiver("unsafeguarded-transfer", covered, "2026-12-31", ""),
            ],
        );
        (judged.outcome("de", "in", "eu").to_owned(), judged.outcome("de", "ph", "eu").to_owned())
    };
    assert_eq!(outcomes("out"), ("waived".to_owned(), "waived".to_owned()));
    assert_eq!(outcomes("out/de--ph"), ("violation".to_owned(), "waived".to_owned()));
}

#[test]
fn a_waiver_that_names_regimes_covers_those_only() {
    let outcomes = |regimes: &str| {
        let judged = on(
            LATE,
            &[
                controller("us", "US"),
                collected("us", "DE").replace("[\"DE\"]", "[\"DE\", \"GB\"]"),
                controller("in", "IN"),
                sent("us", "in"),
                waiver("unsafeguarded-transfer", "us--in", "2026-12-31", regimes),
            ],
        );
        (judged.outcome("us", "in", "eu").to_owned(), judged.outcome("us", "in", "uk").to_owned())
    };
    assert_eq!(outcomes(""), ("waived".to_owned(), "waived".to_owned()));
    assert_eq!(outcomes("regimes = [\"uk\"]"), ("violation".to_owned(), "waived".to_owned()));
}

#[test]
fn a_waiver_of_a_transfer_that_is_fine_is_unused() {
    let judged = on(
        LATE,
        &[
            controller("de", "DE"),
            collected("de", "DE"),
            controller("fr", "FR"),
            sent("de", "fr"),
            waiver("unsafeguarded-transfer", "de--fr", "2026-12-31", ""),
        ],
    );
    assert_eq!(judged.outcome("de", "fr", "eu"), "unrestricted");
    assert_eq!(judged.findings("unused-waiver").len(), 1);
}

/// The level of the one unsafeguarded transfer of a controller in a place, with this `register.toml`.
fn level(place: &str, register: &str) -> String {
    let records = written(&[controller("a", place), collected("a", place), controller("in", "IN"), sent("a", "in")]);
    let folder = folder(&[("register.toml", register), ("records.toml", &records)]);
    let judged = judge_folder(folder.path(), LATE);
    assert_eq!(judged.report["summary"]["verdicts"]["violation"], 1);
    let findings = judged.findings("unsafeguarded-transfer");
    findings.first().map_or("none", |finding| finding["level"].as_str().expect("a level")).to_owned()
}

#[test]
fn a_law_in_outline_warns_unless_the_register_holds_itself_to_it() {
    assert_eq!(level("CN", HEAD), "warn");
    assert_eq!(level("CN", &format!("{HEAD}regimes = [\"cn\"]\n")), "deny");
    assert_eq!(level("CN", &format!("{HEAD}regimes = [\"sg\"]\n")), "warn");
    assert_eq!(level("DE", HEAD), "deny");
}

#[test]
fn a_register_sets_the_level_of_a_rule() {
    for (setting, expected) in [("deny", "deny"), ("warn", "warn"), ("allow", "none")] {
        assert_eq!(level("DE", &format!("{HEAD}[rules]\nunsafeguarded-transfer = \"{setting}\"\n")), expected);
    }
}

#[test]
fn a_verdict_speaks_of_the_data_with_the_worst_outcome_only() {
    let judged = |leg: &str| {
        on(
            LATE,
            &[
                "[[data]]\nid = \"d\"\nname = \"D\"\ntags = [\"credit-information\"]\n".to_owned(),
                controller("de", "DE"),
                collected_data("k", "de", "c"),
                controller("fr", "FR"),
                collected_data("l", "fr", "d"),
                listed("in-between", "\"fr\"", "\"de\"", "[\"d\"]", ""),
                controller("kr", "KR"),
                leg.replace("data = [\"c\"]\npurposes", "data = [\"c\", \"d\"]\npurposes"),
            ],
        )
    };
    let bare = judged(&sent("de", "kr"));
    let verdict = bare.verdict("de", "kr", "eu");
    assert_eq!((&verdict["outcome"], &verdict["data"]), (&json!("violation"), &json!(["d"])));
    assert_eq!(verdict["basis"], json!([]));
    let reasons = bare.reasons("de", "kr", "eu");
    assert!(reasons.contains(&"eu-kr-2022-254: adequacy-out-of-scope".to_owned()), "{reasons:?}");
    assert_eq!(path(&bare, "de", "kr"), "fr de kr");
    let signed = judged(&by_clauses("de", "kr", 1, "kr"));
    let verdict = signed.verdict("de", "kr", "eu");
    assert_eq!((&verdict["outcome"], &verdict["data"]), (&json!("safeguarded"), &json!(["d"])));
    assert_eq!((&verdict["basis"], &verdict["reasons"]), (&json!(["de-kr"]), &json!([])));
}

#[test]
fn a_verdict_is_onward_only_if_its_worst_data_is() {
    let judged = on(
        LATE,
        &[
            MORE_DATA.to_owned(),
            controller("de", "DE"),
            collected_data("k", "de", "d"),
            controller("us", "US"),
            collected_data("l", "us", "c"),
            controller("in", "IN"),
            listed("first", "\"de\"", "\"us\"", "[\"d\"]", ""),
            by_clauses("us", "in", 1, "in")
                .replace("data = [\"c\"]\npurposes", "data = [\"c\", \"d\"]\npurposes")
                .replace("modules", "data = [\"d\"]\nmodules"),
        ],
    );
    let verdict = judged.verdict("us", "in", "eu");
    assert_eq!((&verdict["outcome"], &verdict["data"]), (&json!("violation"), &json!(["c"])));
    assert_eq!(verdict["onward"], false);
    assert_eq!(path(&judged, "us", "in"), "us in");
}

#[test]
fn there_is_one_verdict_for_every_law_that_is_on_the_data() {
    let judged = on(
        LATE,
        &[
            controller("us", "US"),
            collected("us", "DE").replace("[\"DE\"]", "[\"DE\", \"GB\", \"CH\", \"AU\"]"),
            controller("in", "IN"),
            sent("us", "in"),
        ],
    );
    let mut regimes: Vec<&str> = judged.verdicts().iter().filter_map(|verdict| verdict["regime"].as_str()).collect();
    regimes.sort_unstable();
    assert_eq!(regimes, ["ch", "eu", "uk"]);
}

#[test]
fn up_to_four_senders_that_lack_the_data_are_named() {
    let message = |senders: &[&str]| {
        let mut records: Vec<String> = senders.iter().map(|id| controller(id, "DE")).collect();
        records.extend([controller("in", "IN"), listed("out", &format!("{senders:?}"), "\"in\"", "[\"c\"]", "")]);
        on(LATE, &records).findings("transfer-without-data-source")[0]["message"].as_str().expect("text").to_owned()
    };
    assert_eq!(message(&["a"]), "`a` does not hold `c`");
    assert_eq!(message(&["a", "b", "d", "e"]), "`a`, `b`, `d` and `e` do not hold `c`");
    assert_eq!(message(&["a", "b", "d", "e", "f"]), "no sender of this transfer holds `c`");
}
