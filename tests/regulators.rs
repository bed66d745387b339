//! The regulators' own worked examples: what is a transfer at all, and which measures help.
//!
//! EDPB Guidelines 05/2021 v2.0 of 14 February 2023 (examples 1 to 12) and the guidance of the
//! British ICO on international transfers of 15 January 2026 (situations 1 to 10), in own words.

use super::kit::{CATALOGUE, Judged, Leg, collected, judge, party, transfer};

const DAY: &str = "2026-11-23";

fn judged(records: &[String]) -> Judged {
    judge(&[&[CATALOGUE.to_owned()], records].concat().join("\n"), DAY)
}

/// Whether a leg is restricted: without a safeguard it is a violation.
fn is_restricted(leg: &Leg) -> bool {
    match leg.on(DAY).as_str() {
        "violation" => true,
        "unrestricted" | "none" => false,
        other => panic!("{other}: {leg:?}"),
    }
}

#[test]
fn edpb_1_a_shopper_who_orders_abroad_herself_makes_no_transfer() {
    let shop = judged(&[party("affiliate", "shop", "US", "controller"), collected("shop", "IT")]);
    assert!(shop.verdicts().is_empty());
}

#[test]
fn edpb_2_the_foreign_shop_that_targets_the_union_exports_to_its_processor() {
    let shop = |targeted: bool| {
        judged(&[
            party("affiliate", "shop", "US", "controller"),
            party("service-provider", "helper", "PH", "processor"),
            collected("shop", "IT") + &format!("targeted = {targeted}\n"),
            transfer("shop", "helper", ""),
        ])
    };
    assert_eq!(shop(true).outcome("shop", "helper", "eu"), "violation");
    assert_eq!(shop(true).verdict("shop", "helper", "eu")["onward"], false);
    // Example 3: the same shop, which does not target the Union.
    assert_eq!(shop(false).outcome("shop", "helper", "eu"), "none");
}

#[test]
fn edpb_4_a_platform_that_passes_a_booking_to_a_hotel_abroad_transfers() {
    assert!(is_restricted(&Leg::new("eu", "ES", "TH", "c2c")));
}

#[test]
fn edpb_5_a_company_that_uses_a_foreign_provider_transfers() {
    assert!(is_restricted(&Leg::new("eu", "DE", "IN", "c2p")));
}

/// A controller abroad that has its own people's data processed inside, and gets it back.
fn returned(inside: &str, targeted: bool, more: &str) -> Judged {
    judged(&[
        party("affiliate", "client", "US", "controller"),
        party("service-provider", "bureau", inside, "processor"),
        collected("client", if targeted { inside } else { "US" }) + &format!("targeted = {targeted}\n"),
        transfer("client", "bureau", ""),
        transfer("bureau", "client", more),
        "[[safeguard]]\nid = \"m4\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [4]\nparties = [\"bureau\", \"client\"]\nsigned = 2024-01-15\n".to_owned(),
    ])
}

#[test]
fn edpb_6_a_processor_that_returns_data_to_its_foreign_controller_transfers() {
    assert_eq!(returned("FR", false, "").outcome("bureau", "client", "eu"), "violation");
    assert_eq!(returned("FR", false, "safeguards = [\"m4\"]").outcome("bureau", "client", "eu"), "safeguarded");
}

#[test]
fn edpb_7_a_processor_that_uses_a_foreign_sub_processor_transfers() {
    assert!(is_restricted(&Leg::new("eu", "IE", "IN", "p2p")));
}

#[test]
fn edpb_8_an_employee_on_a_journey_is_no_other_party() {
    let record = transfer("firm", "firm", "means = \"remote-access\"");
    let trip = judged(&[party("affiliate", "firm", "PL", "controller"), collected("firm", "PL"), record]);
    assert!(trip.report["verdicts"].is_null());
    let message = trip.findings("invalid-value")[0]["help"].as_str().expect("help").to_owned();
    assert!(message.contains("inside one legal entity is no transfer"), "{message}");
    let seat = party("affiliate", "firm", "PL", "controller") + "accessed-from = [\"PL\", \"IN\"]\n";
    assert!(judged(&[seat, collected("firm", "PL")]).verdicts().is_empty());
}

#[test]
fn edpb_9_a_subsidiary_that_stores_staff_data_with_its_foreign_parent_transfers() {
    assert!(is_restricted(&Leg::new("eu", "FR", "US", "c2p")));
}

#[test]
fn edpb_10_that_the_foreign_controller_is_bound_itself_changes_nothing() {
    assert_eq!(returned("FR", true, "").outcome("bureau", "client", "eu"), "violation");
}

#[test]
fn edpb_11_showing_data_on_a_screen_abroad_is_a_transfer() {
    assert!(is_restricted(&Leg::new("eu", "DE", "IN", "c2p").keys("means = \"remote-access\"")));
}

#[test]
fn edpb_12_a_foreign_owner_alone_makes_no_transfer() {
    let owned = judged(&[
        party("affiliate", "firm", "DE", "controller"),
        party("service-provider", "bureau", "FR", "processor") + "group = \"american\"\n",
        party("third-party", "owner", "US", "controller") + "group = \"american\"\n",
        collected("firm", "DE"),
        transfer("firm", "bureau", ""),
    ]);
    assert_eq!(owned.outcome("firm", "bureau", "eu"), "unrestricted");
    assert_eq!(owned.verdicts().len(), 1);
}

#[test]
fn ico_1_a_subsidiary_that_sends_staff_data_to_its_parent_transfers() {
    assert!(is_restricted(&Leg::new("uk", "GB", "US", "c2c")));
}

#[test]
fn ico_2_and_3_a_branch_and_a_remote_worker_are_the_same_organisation() {
    let record = transfer("firm", "firm", "");
    let branch = judged(&[party("affiliate", "firm", "GB", "controller"), collected("firm", "GB"), record]);
    assert!(branch.report["verdicts"].is_null());
}

#[test]
fn ico_4_a_customer_who_gives_data_to_a_foreign_site_makes_no_transfer() {
    let site = judged(&[party("affiliate", "site", "US", "controller"), collected("site", "GB")]);
    assert!(site.verdicts().is_empty());
}

#[test]
fn ico_5_a_processor_that_returns_data_to_its_foreign_controller_does_not_transfer() {
    assert_eq!(returned("GB", false, "").outcome("bureau", "client", "uk"), "unrestricted");
}

#[test]
fn ico_6_a_processor_that_engages_a_foreign_sub_processor_transfers() {
    assert!(is_restricted(&Leg::new("uk", "GB", "IN", "p2p")));
}

#[test]
fn ico_7_support_staff_abroad_who_view_data_receive_it() {
    assert!(is_restricted(&Leg::new("uk", "GB", "IN", "c2p").keys("means = \"remote-access\"")));
}

#[test]
fn ico_8_data_that_only_passes_through_reaches_who_it_is_for() {
    let transit = judged(&[
        party("affiliate", "firm", "GB", "controller"),
        party("service-provider", "bureau", "DE", "processor"),
        collected("firm", "GB"),
        transfer("firm", "bureau", "notes = \"Routed through the United States, encrypted.\""),
    ]);
    assert_eq!(transit.outcome("firm", "bureau", "uk"), "adequate");
    assert_eq!(transit.verdicts().iter().filter(|verdict| verdict["regime"] == "uk").count(), 1);
}

#[test]
fn ico_9_one_booking_rests_on_the_contract_and_a_standing_feed_does_not() {
    let booking = |frequency: &str| {
        Leg::new("uk", "GB", "TH", "c2c")
            .keys(&format!("frequency = \"{frequency}\""))
            .safeguard("uk-art49-1-b", "justification = \"The traveller booked this room.\"")
            .on(DAY)
    };
    assert_eq!(booking("occasional"), "derogated");
    assert_eq!(booking("continuous"), "violation: g: derogation-misused");
}

#[test]
fn ico_10_a_certificate_without_the_british_extension_covers_no_british_data() {
    let certified = |instrument: &str| {
        Leg::new("uk", "GB", "US", "c2c").safeguard(instrument, "parties = [\"to\"]\nsigned = 2024-01-15").on(DAY)
    };
    assert_eq!(certified("eu-dpf-cert"), "violation: g: instrument-not-accepted");
    assert_eq!(certified("uk-dpf-extension"), "adequate");
}

#[test]
fn measures_that_an_assessment_names_must_be_taken() {
    let clauses = |measures: &str| {
        Leg::new("eu", "DE", "IN", "c2p")
            .safeguard("eu-scc-2021-914", &format!("modules = [2]\nsigned = 2024-01-15\nassessments = [\"look\"]\n{measures}"))
            .records("[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2024-01-01\noutcome = \"measures-needed\"\nmeasures = [\"keys stay with the exporter\"]")
            .on(DAY)
    };
    assert_eq!(clauses("measures = [\"keys stay with the exporter\"]"), "safeguarded");
    assert_eq!(clauses("measures = [\"a policy\"]"), "violation: g: measures-missing");
    assert_eq!(clauses(""), "violation: g: measures-missing");
}
