//! When a safeguard holds: every question, its yes, its no, and the day on which the answer changes.

use super::kit::{CATALOGUE, Judged, Leg, judge, party, transfer};

const LATE: &str = "2026-06-01";
const CLAUSES: &str = "modules = [2]\nsigned = 2022-01-01\nassessments = [\"look\"]\n";
const OLD_CLAUSES: &str = "signed = 2019-01-01\nassessments = [\"look\"]\n";
const RULES: &str = "signed = 2020-01-01\napproved-by = \"CNIL\"\napproved = 2020-01-01\nassessments = [\"look\"]\n";
const CONSENT: &str = "justification = \"asked\"\nconfirms = [\"explicit\", \"risks-explained\"]\n";

fn says(leg: &Leg, days: &[(&str, &str)]) {
    for (day, expected) in days {
        assert_eq!(leg.on(day), *expected, "{day}: {leg:?}");
    }
}

fn to_india(roles: &str) -> Leg {
    Leg::new("eu", "DE", "IN", roles)
}

fn assessed_leg(instrument: &str, keys: &str) -> Leg {
    to_india("c2p").safeguard(instrument, keys).assessed("2012-01-01", "no-extra-measures")
}

fn clauses(more: &str) -> Leg {
    assessed_leg("eu-scc-2021-914", &format!("{CLAUSES}{more}"))
}

fn old_clauses(more: &str) -> Leg {
    assessed_leg("eu-scc-2010-87", &format!("{OLD_CLAUSES}{more}"))
}

fn derogation(instrument: &str, keys: &str) -> Leg {
    to_india("c2c").safeguard(instrument, keys)
}

fn certified(regime: &str, from: &str, instrument: &str, keys: &str) -> Leg {
    Leg::new(regime, from, "US", "c2c").safeguard(instrument, &format!("parties = [\"to\"]\n{keys}"))
}

/// The leg with one text of its register put in place of another, judged on a late day.
fn changed(leg: &Leg, old: &str, new: &str) -> Judged {
    let register = leg.register();
    assert!(register.contains(old), "{register}");
    judge(&register.replacen(old, new, 1), LATE)
}

fn of_public_exporter(leg: &Leg) -> Judged {
    changed(leg, "id = \"from\"\n", "id = \"from\"\nsector = \"public\"\n")
}

fn about_employees(leg: &Leg) -> Judged {
    changed(leg, "name = \"Customers\"\n", "name = \"Employees\"\nhr = true\n")
}

fn eu_outcome(judged: &Judged) -> &str {
    judged.outcome("from", "to", "eu")
}

fn eu_reasons(leg: &Leg, day: &str) -> Vec<String> {
    judge(&leg.register(), day).reasons("from", "to", "eu")
}

/// A leg that carries `c` and `d` about `s` and `t` for `p` and `q`, and safeguards on it.
fn shared(safeguards: &[&str]) -> Judged {
    let ids: Vec<String> = (0..safeguards.len()).map(|at| format!("g{at}")).collect();
    let mut records = vec![
        CATALOGUE.to_owned(),
        "[[data]]\nid = \"d\"\nname = \"D\"\n[[subjects]]\nid = \"t\"\nname = \"T\"\n".to_owned(),
        "[[purpose]]\nid = \"q\"\nname = \"Q\"".to_owned(),
        party("affiliate", "from", "DE", "controller"),
        party("affiliate", "to", "IN", "processor"),
        "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2021-01-01".to_owned(),
        "outcome = \"no-extra-measures\"".to_owned(),
        "[[collection]]\nid = \"k\"\nby = \"from\"\ndata = [\"c\", \"d\"]\nsubjects = [\"s\", \"t\"]".to_owned(),
        "purposes = [\"p\", \"q\"]\nsubjects-in = [\"DE\"]".to_owned(),
        "[[transfer]]\nfrom = \"from\"\nto = \"to\"\ndata = [\"c\", \"d\"]\npurposes = [\"p\", \"q\"]".to_owned(),
        format!("safeguards = {ids:?}"),
    ];
    for (id, scope) in ids.iter().zip(safeguards) {
        records.push(format!(
            "[[safeguard]]\nid = \"{id}\"\ninstrument = \"eu-scc-2021-914\"\n\
             parties = [\"from\", \"to\"]\n{CLAUSES}{scope}"
        ));
    }
    judge(&records.join("\n"), LATE)
}

/// A leg that carries `named`, where `part` is a part of `c`; its clauses cover `covered`.
fn in_parts(named: &str, covered: &str) -> Judged {
    let leg = clauses(&format!("data = [\"{covered}\"]"))
        .records("[[data]]\nid = \"part\"\nname = \"Part\"\npart-of = \"c\"");
    let register = leg.register().replace("to = \"to\"\ndata = [\"c\"]", &format!("to = \"to\"\ndata = [\"{named}\"]"));
    judge(&register, LATE)
}

/// India's sender passes on to the Philippines as a processor to a processor, under the clauses of 2010.
fn sub_processing(day: &str) -> Judged {
    let leg = old_clauses("")
        .records(&party("service-provider", "sub", "PH", "processor"))
        .records(&transfer("to", "sub", "roles = \"p2p\"\nsafeguards = [\"below\"]"))
        .records("[[safeguard]]\nid = \"below\"\ninstrument = \"eu-scc-2010-87\"\nparties = [\"to\", \"sub\"]")
        .records("signed = 2014-01-01");
    judge(&leg.register(), day)
}

fn help_with(elsewhere: &str) -> String {
    let leg = to_india("c2p").assessed("2021-01-01", "no-extra-measures").records(elsewhere);
    let judged = judge(&leg.register(), LATE);
    judged.findings("unsafeguarded-transfer")[0]["help"].as_str().expect("help").to_owned()
}

#[test]
fn an_instrument_that_the_law_does_not_accept_carries_nothing() {
    for id in ["eu-scc-2021-915", "eu-scc-art3-2", "processing-agreement", "onward-contract", "uk-idta", "apec-cbpr"] {
        says(&assessed_leg(id, OLD_CLAUSES), &[(LATE, "violation: g: instrument-not-accepted")]);
    }
}

#[test]
fn the_clauses_of_2021_alone_are_not_accepted_in_the_uk() {
    let leg = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("eu-scc-2021-914", CLAUSES)
        .assessed("2021-01-01", "no-extra-measures");
    says(&leg, &[(LATE, "violation: g: instrument-not-accepted")]);
}

#[test]
fn old_clauses_are_withdrawn_after_their_last_day() {
    says(&old_clauses(""), &[("2022-12-27", "safeguarded"), ("2022-12-28", "violation: g: instrument-withdrawn")]);
    let uk = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("eu-scc-2010-87", OLD_CLAUSES)
        .assessed("2012-01-01", "no-extra-measures");
    says(&uk, &[("2024-03-20", "safeguarded"), ("2024-03-21", "violation: g: instrument-withdrawn")]);
}

#[test]
fn an_instrument_does_not_count_before_its_first_day() {
    says(
        &derogation("eu-art49-1-a", CONSENT),
        &[("2018-05-24", "violation: g: instrument-withdrawn"), ("2018-05-25", "derogated")],
    );
}

#[test]
fn a_signature_can_be_recognised_later_than_it_was_given() {
    let keys = "modules = [2]\nsigned = 2021-06-27\nassessments = [\"look\"]\nconfirms = [\"swiss-adaptations\"]";
    let leg = Leg::new("ch", "CH", "IN", "c2p")
        .safeguard("eu-scc-2021-914", keys)
        .assessed("2021-01-01", "no-extra-measures");
    says(&leg, &[("2021-08-26", "violation: g: instrument-withdrawn"), ("2021-08-27", "safeguarded")]);
}

#[test]
fn an_instrument_is_signed_within_its_window() {
    let signed = |day: &str| assessed_leg("eu-scc-2010-87", &format!("signed = {day}\nassessments = [\"look\"]"));
    for (day, expected) in [
        ("2010-05-14", "violation: g: signed-outside-window"),
        ("2010-05-15", "safeguarded"),
        ("2021-09-26", "safeguarded"),
        ("2021-09-27", "violation: g: signed-outside-window"),
    ] {
        says(&signed(day), &[("2022-06-01", expected)]);
    }
}

#[test]
fn a_change_after_the_window_ends_the_grace_on_its_day() {
    says(
        &old_clauses("amended = 2021-09-27"),
        &[
            ("2021-09-26", "safeguarded"),
            ("2021-09-27", "violation: g: changed-after-window"),
            ("2022-06-01", "violation: g: changed-after-window"),
        ],
    );
}

#[test]
fn a_change_within_the_window_ends_nothing() {
    says(&old_clauses("amended = 2021-09-26"), &[("2022-06-01", "safeguarded")]);
    says(&clauses("amended = 2024-01-01"), &[(LATE, "safeguarded")]);
}

#[test]
fn a_safeguard_is_in_force_from_its_signature_unless_it_says_otherwise() {
    says(&clauses(""), &[("2021-12-31", "violation: g: not-in-force"), ("2022-01-01", "safeguarded")]);
    says(
        &clauses("effective = 2022-03-01"),
        &[("2022-02-28", "violation: g: not-in-force"), ("2022-03-01", "safeguarded")],
    );
}

#[test]
fn a_safeguard_for_other_data_is_no_basis_of_what_another_carries() {
    let basis = |scopes: &[&str]| shared(scopes).verdict("from", "to", "eu")["basis"].clone();
    assert_eq!(basis(&["", "data = [\"c\"]"]), serde_json::json!(["g0", "g1"]));
    let elsewhere = "data = [\"e\"]\n[[data]]\nid = \"e\"\nname = \"E\"";
    assert_eq!(basis(&["", elsewhere]), serde_json::json!(["g0"]));
}

#[test]
fn of_a_safeguard_that_is_in_force_later_the_later_of_its_days_is_told() {
    let told = |keys: &str, day: &str| {
        let verdict = judge(&clauses(keys).register(), day).verdict("from", "to", "eu").clone();
        verdict["reasons"][0]["detail"].as_str().map(str::to_owned)
    };
    assert_eq!(told("", "2021-12-31").as_deref(), Some("not before 2022-01-01"));
    assert_eq!(told("effective = 2022-03-01", "2021-12-31").as_deref(), Some("not before 2022-03-01"));
    assert_eq!(told("effective = 2021-12-01", "2021-12-31").as_deref(), Some("not before 2022-01-01"));
    assert_eq!(told("terminated = 2024-03-01", "2024-03-01"), None);
}

#[test]
fn a_safeguard_is_out_of_force_on_the_day_it_is_terminated() {
    says(
        &clauses("terminated = 2024-03-01"),
        &[("2024-02-29", "safeguarded"), ("2024-03-01", "violation: g: not-in-force")],
    );
}

#[test]
fn a_safeguard_holds_to_the_end_of_the_day_it_expires() {
    says(&clauses("expires = 2024-03-01"), &[("2024-03-01", "safeguarded"), ("2024-03-02", "violation: g: expired")]);
}

#[test]
fn a_contract_binds_both_ends() {
    let other = party("third-party", "other", "IN", "controller");
    for (parties, expected) in [
        ("\"from\", \"to\", \"other\"", "safeguarded"),
        ("\"from\"", "violation: g: party-not-bound"),
        ("\"to\"", "violation: g: party-not-bound"),
        ("\"from\", \"other\"", "violation: g: party-not-bound"),
    ] {
        says(&clauses(&format!("parties = [{parties}]")).records(&other), &[(LATE, expected)]);
    }
}

#[test]
fn a_certification_binds_its_holder_alone() {
    let leg = |holder: &str| {
        let keys = format!(
            "parties = [\"{holder}\"]\nsigned = 2026-04-15\nassessments = [\"look\"]\n\
             confirms = [\"binding-commitments\"]"
        );
        assessed_leg("eu-cert-europrivacy-v82", &keys)
    };
    says(&leg("to"), &[(LATE, "safeguarded")]);
    says(&leg("from"), &[(LATE, "violation: g: party-not-bound")]);
}

#[test]
fn controller_rules_bind_members_of_one_group() {
    says(&assessed_leg("eu-bcr-c-gdpr", RULES), &[(LATE, "safeguarded")]);
    for (parties, group, expected) in [
        ("\"from\", \"to\"", "elsewhere", "violation: g: party-not-bound"),
        ("\"to\"", "own", "violation: g: party-not-bound"),
        ("\"from\"", "own", "violation: g: party-not-bound"),
    ] {
        let leg = assessed_leg("eu-bcr-c-gdpr", &format!("{RULES}parties = [{parties}]"))
            .recipient(&format!("group = \"{group}\""));
        says(&leg, &[(LATE, expected)]);
    }
}

#[test]
fn processor_rules_bind_the_importer_whatever_group_the_exporter_is_of() {
    let rules = |holder: &str| {
        let keys = format!("{RULES}parties = [\"{holder}\"]\nconfirms = [\"controller-contract\"]");
        assessed_leg("eu-bcr-p-gdpr", &keys).recipient("group = \"elsewhere\"")
    };
    says(&rules("to"), &[(LATE, "safeguarded")]);
    says(&rules("from"), &[(LATE, "violation: g: party-not-bound")]);
}

/// What a leg out of the UK says of its addendum (`g`), beside the clauses of 2021 (`h`) with these keys.
fn addendum(clauses: &str, day: &str) -> String {
    let leg = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("uk-addendum", "modules = [2]\nsigned = 2022-03-21\nassessments = [\"look\"]")
        .safeguard("eu-scc-2021-914", clauses)
        .assessed("2021-01-01", "no-extra-measures");
    leg.on(day).split(", h: ").next().unwrap_or_default().to_owned()
}

#[test]
fn the_addendum_holds_beside_the_clauses_it_builds_on() {
    assert_eq!(addendum(CLAUSES, LATE), "safeguarded");
    let alone = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("uk-addendum", CLAUSES.replace("2022-01-01", "2022-03-21").as_str())
        .assessed("2021-01-01", "no-extra-measures");
    says(&alone, &[(LATE, "violation: g: companion-missing")]);
}

#[test]
fn the_clauses_beside_the_addendum_have_the_same_module() {
    let keys = CLAUSES.replace("[2]", "[1]");
    assert_eq!(addendum(&keys, LATE), "violation: g: companion-missing");
}

#[test]
fn the_clauses_beside_the_addendum_bind_the_same_parties() {
    assert_eq!(addendum(&format!("parties = [\"from\"]\n{CLAUSES}"), LATE), "violation: g: companion-missing");
}

#[test]
fn the_clauses_beside_the_addendum_are_in_force() {
    let ended = format!("{CLAUSES}terminated = 2025-01-01");
    assert_eq!(addendum(&ended, "2024-12-31"), "safeguarded");
    assert_eq!(addendum(&ended, "2025-01-01"), "violation: g: companion-missing");
    let expired = format!("{CLAUSES}expires = 2025-01-01");
    assert_eq!(addendum(&expired, "2025-01-01"), "safeguarded");
    assert_eq!(addendum(&expired, "2025-01-02"), "violation: g: companion-missing");
}

#[test]
fn clauses_that_the_transfer_does_not_list_do_not_carry_the_addendum() {
    let leg = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("uk-addendum", "modules = [2]\nsigned = 2022-03-21\nassessments = [\"look\"]")
        .assessed("2021-01-01", "no-extra-measures")
        .records(&format!("[[safeguard]]\nid = \"base\"\ninstrument = \"eu-scc-2021-914\"\n{CLAUSES}"))
        .records("parties = [\"from\", \"to\"]");
    says(&leg, &[(LATE, "violation: g: companion-missing")]);
}

#[test]
fn each_module_fits_the_roles_it_was_written_for() {
    for (module, fits) in [(1, "c2c"), (2, "c2p"), (3, "p2p"), (4, "p2c")] {
        for roles in ["c2c", "c2p", "p2p", "p2c"] {
            let leg = to_india(roles)
                .safeguard(
                    "eu-scc-2021-914",
                    &format!("modules = [{module}]\nsigned = 2022-01-01\nassessments = [\"look\"]"),
                )
                .assessed("2021-01-01", "no-extra-measures");
            let expected = if roles == fits { "safeguarded" } else { "violation: g: wrong-module" };
            assert_eq!(leg.on(LATE), expected, "module {module} on {roles}");
        }
    }
}

#[test]
fn one_fitting_module_of_several_is_enough_and_none_is_not() {
    let signed = |modules: &str| {
        assessed_leg("eu-scc-2021-914", &format!("{modules}\nsigned = 2022-01-01\nassessments = [\"look\"]"))
    };
    says(&signed("modules = [1, 2]"), &[(LATE, "safeguarded")]);
    says(&signed(""), &[(LATE, "violation: g: wrong-module")]);
}

#[test]
fn an_instrument_without_modules_fits_its_roles() {
    let old = |instrument: &str, roles: &str| {
        to_india(roles).safeguard(instrument, OLD_CLAUSES).assessed("2012-01-01", "no-extra-measures")
    };
    for (instrument, roles, expected) in [
        ("eu-scc-2004-915", "c2c", "safeguarded"),
        ("eu-scc-2004-915", "c2p", "violation: g: wrong-module"),
        ("eu-scc-2010-87", "c2p", "safeguarded"),
        ("eu-scc-2010-87", "c2c", "violation: g: wrong-module"),
        ("eu-scc-2010-87", "p2p", "violation: g: wrong-module"),
    ] {
        says(&old(instrument, roles), &[("2022-01-01", expected)]);
    }
}

#[test]
fn the_clauses_of_2010_serve_sub_processing_from_outside_only() {
    assert_eq!(sub_processing("2020-01-01").outcome("to", "sub", "eu"), "safeguarded");
    says(
        &to_india("p2p").safeguard("eu-scc-2010-87", OLD_CLAUSES).assessed("2012-01-01", "no-extra-measures"),
        &[("2020-01-01", "violation: g: wrong-module")],
    );
}

#[test]
fn a_safeguard_without_a_scope_covers_everything_on_the_transfer() {
    assert_eq!(eu_outcome(&shared(&[""])), "safeguarded");
}

#[test]
fn data_groups_and_purposes_outside_the_scope_are_not_covered() {
    for (scope, data, subjects) in [
        ("data = [\"c\"]", vec!["d"], vec!["s", "t"]),
        ("subjects = [\"s\"]", vec!["c", "d"], vec!["t"]),
        ("purposes = [\"p\"]", vec!["c", "d"], vec!["s", "t"]),
    ] {
        let judged = shared(&[scope]);
        assert_eq!(eu_outcome(&judged), "violation", "{scope}");
        assert_eq!(judged.reasons("from", "to", "eu"), ["g0: scope-exceeded"], "{scope}");
        let verdict = judged.verdict("from", "to", "eu");
        assert_eq!(verdict["data"], serde_json::json!(data), "{scope}");
        assert_eq!(verdict["subjects"], serde_json::json!(subjects), "{scope}");
    }
}

#[test]
fn several_safeguards_share_the_work() {
    for (one, other) in [
        ("data = [\"c\"]", "data = [\"d\"]"),
        ("subjects = [\"s\"]", "subjects = [\"t\"]"),
        ("purposes = [\"p\"]", "purposes = [\"q\"]"),
    ] {
        let judged = shared(&[one, other]);
        assert_eq!(eu_outcome(&judged), "safeguarded", "{one}");
        assert_eq!(judged.verdict("from", "to", "eu")["basis"], serde_json::json!(["g0", "g1"]), "{one}");
    }
}

#[test]
fn shared_work_leaves_no_corner_uncovered() {
    let judged = shared(&["data = [\"c\"]\npurposes = [\"p\"]", "data = [\"d\"]\npurposes = [\"q\"]"]);
    assert_eq!(eu_outcome(&judged), "violation");
    assert_eq!(judged.reasons("from", "to", "eu"), ["g0: scope-exceeded", "g1: scope-exceeded"]);
}

#[test]
fn a_safeguard_on_the_whole_covers_the_part() {
    assert_eq!(eu_outcome(&in_parts("part", "c")), "safeguarded");
    assert_eq!(eu_outcome(&in_parts("c", "c")), "safeguarded");
}

#[test]
fn a_safeguard_on_a_part_does_not_cover_the_whole() {
    let judged = in_parts("c", "part");
    assert_eq!(eu_outcome(&judged), "violation");
    assert_eq!(judged.verdict("from", "to", "eu")["data"], serde_json::json!(["c"]));
    assert_eq!(eu_outcome(&in_parts("part", "part")), "safeguarded");
}

#[test]
fn clauses_cover_employees_without_saying_so() {
    assert_eq!(eu_outcome(&about_employees(&clauses(""))), "safeguarded");
}

#[test]
fn a_certification_covers_employees_only_if_it_says_so() {
    let leg = |more: &str| {
        let keys =
            "parties = [\"to\"]\nsigned = 2026-04-15\nassessments = [\"look\"]\nconfirms = [\"binding-commitments\"]";
        assessed_leg("eu-cert-europrivacy-v82", &format!("{keys}\n{more}"))
    };
    let silent = about_employees(&leg(""));
    assert_eq!(silent.reasons("from", "to", "eu"), ["g: scope-exceeded"]);
    assert_eq!(eu_outcome(&about_employees(&leg("covers-hr = true"))), "safeguarded");
    says(&leg("covers-hr = true\ncovers-other = false"), &[(LATE, "violation: g: scope-exceeded")]);
}

#[test]
fn a_framework_certificate_carries_what_it_names() {
    let leg = |more: &str| certified("eu", "DE", "eu-dpf-cert", &format!("signed = 2024-01-01\n{more}"));
    for (keys, customers, employees) in [
        ("", "adequate", "violation"),
        ("covers-hr = true", "adequate", "adequate"),
        ("covers-hr = true\ncovers-other = false", "violation", "adequate"),
        ("covers-other = false", "violation", "violation"),
    ] {
        assert_eq!(leg(keys).on(LATE).split(':').next(), Some(customers), "{keys}");
        assert_eq!(eu_outcome(&about_employees(&leg(keys))), employees, "{keys}");
    }
    let reasons = about_employees(&leg("")).reasons("from", "to", "eu");
    assert!(reasons.contains(&"eu-us-dpf: certification-missing".to_owned()), "{reasons:?}");
}

#[test]
fn an_instrument_between_public_bodies_serves_public_bodies() {
    let leg = |sector: &str| {
        to_india("c2c")
            .recipient(&format!("sector = \"{sector}\""))
            .safeguard("eu-public-46-2-a", "confirms = [\"binding\"]")
    };
    assert_eq!(eu_outcome(&of_public_exporter(&leg("public"))), "safeguarded");
    assert_eq!(of_public_exporter(&leg("private")).reasons("from", "to", "eu"), ["g: scope-exceeded"]);
    says(&leg("public"), &[(LATE, "violation: g: scope-exceeded")]);
}

#[test]
fn an_approval_counts_from_its_day() {
    let keys = "signed = 2020-01-01\napproved-by = \"CNIL\"\napproved = 2020-07-01\nassessments = [\"look\"]";
    says(
        &assessed_leg("eu-bcr-c-gdpr", keys),
        &[("2020-06-30", "violation: g: approval-missing"), ("2020-07-01", "safeguarded")],
    );
    says(&assessed_leg("eu-bcr-c-gdpr", OLD_CLAUSES), &[(LATE, "violation: g: approval-missing")]);
}

#[test]
fn an_assessment_is_asked_for_since_the_day_of_the_judgment() {
    let bare = to_india("c2p").safeguard("eu-scc-2010-87", "signed = 2019-01-01");
    says(&bare, &[("2020-07-15", "safeguarded"), ("2020-07-16", "violation: g: assessment-missing")]);
}

#[test]
fn an_assessment_counts_from_its_day() {
    let leg = to_india("c2p").safeguard("eu-scc-2021-914", CLAUSES).assessed("2023-05-01", "no-extra-measures");
    says(&leg, &[("2023-04-30", "violation: g: assessment-missing"), ("2023-05-01", "safeguarded")]);
}

#[test]
fn an_assessment_that_the_safeguard_does_not_name_is_not_its_own() {
    let leg = to_india("c2p")
        .safeguard("eu-scc-2021-914", "modules = [2]\nsigned = 2022-01-01")
        .assessed("2021-01-01", "no-extra-measures");
    says(&leg, &[(LATE, "violation: g: assessment-missing")]);
}

/// The clauses on a leg to `to`, with the assessments of `place` that `records` has.
fn looked_at(to: &str, place: &str, assessments: &str, records: &str) -> Leg {
    Leg::new("eu", "DE", to, "c2p")
        .safeguard("eu-scc-2021-914", &format!("modules = [2]\nsigned = 2022-01-01\nassessments = {assessments}"))
        .records(&format!("[[jurisdiction]]\ncode = \"{place}\"\n{records}"))
}

fn look(id: &str, date: &str, outcome: &str, more: &str) -> String {
    format!("[[jurisdiction.assessment]]\nid = \"{id}\"\ndate = {date}\noutcome = \"{outcome}\"\n{more}\n")
}

#[test]
fn an_assessment_is_of_the_place_of_arrival() {
    let fine = look("look", "2021-01-01", "no-extra-measures", "");
    for (to, place, expected) in [
        ("IN", "IN", "safeguarded"),
        ("IN", "PH", "violation: g: assessment-missing"),
        ("US-CA", "US-CA", "safeguarded"),
        ("US-CA", "US", "safeguarded"),
        ("US", "US-CA", "violation: g: assessment-missing"),
        ("AE-DIFC", "AE", "violation: g: assessment-missing"),
    ] {
        says(&looked_at(to, place, "[\"look\"]", &fine), &[(LATE, expected)]);
    }
}

#[test]
fn an_assessment_is_of_the_regime_that_asks() {
    let under = |regimes: &str| look("look", "2021-01-01", "no-extra-measures", &format!("regimes = {regimes}"));
    says(&looked_at("IN", "IN", "[\"look\"]", &under("[\"eu\"]")), &[(LATE, "safeguarded")]);
    says(&looked_at("IN", "IN", "[\"look\"]", &under("[\"uk\", \"eu\"]")), &[(LATE, "safeguarded")]);
    says(&looked_at("IN", "IN", "[\"look\"]", &under("[\"uk\"]")), &[(LATE, "violation: g: assessment-missing")]);
}

#[test]
fn of_several_assessments_the_latest_counts() {
    let worse = look("one", "2021-01-01", "no-extra-measures", "") + &look("two", "2023-05-01", "not-sufficient", "");
    says(
        &looked_at("IN", "IN", "[\"two\", \"one\"]", &worse),
        &[("2023-04-30", "safeguarded"), ("2023-05-01", "violation: g: assessment-negative")],
    );
    let better = look("one", "2021-01-01", "not-sufficient", "") + &look("two", "2023-05-01", "no-extra-measures", "");
    says(
        &looked_at("IN", "IN", "[\"one\", \"two\"]", &better),
        &[("2023-04-30", "violation: g: assessment-negative"), ("2023-05-01", "safeguarded")],
    );
}

#[test]
fn a_later_assessment_under_another_regime_changes_nothing() {
    let both = look("one", "2021-01-01", "no-extra-measures", "")
        + &look("two", "2023-05-01", "not-sufficient", "regimes = [\"uk\"]");
    says(&looked_at("IN", "IN", "[\"one\", \"two\"]", &both), &[(LATE, "safeguarded")]);
}

#[test]
fn no_assessment_is_asked_for_module_four_a_derogation_or_a_public_instrument() {
    let returned = to_india("p2c").safeguard("eu-scc-2021-914", "modules = [4]\nsigned = 2022-01-01");
    says(&returned, &[(LATE, "safeguarded")]);
    says(&derogation("eu-art49-1-a", CONSENT), &[(LATE, "derogated")]);
    let order = derogation("eu-art48", "confirms = [\"international-agreement\"]");
    says(&order, &[(LATE, "safeguarded")]);
}

#[test]
fn measures_that_are_needed_are_taken() {
    let needed = look("look", "2021-01-01", "measures-needed", "");
    let named = look("look", "2021-01-01", "measures-needed", "measures = [\"encryption\", \"audit\"]");
    for (assessment, measures, expected) in [
        (&needed, "[]", "violation: g: measures-missing"),
        (&needed, "[\"encryption\"]", "safeguarded"),
        (&named, "[]", "violation: g: measures-missing"),
        (&named, "[\"encryption\"]", "violation: g: measures-missing"),
        (&named, "[\"audit\", \"encryption\", \"training\"]", "safeguarded"),
    ] {
        let listed = format!("[\"look\"]\nmeasures = {measures}");
        says(&looked_at("IN", "IN", &listed, assessment), &[(LATE, expected)]);
    }
}

#[test]
fn every_condition_of_an_instrument_is_confirmed() {
    let consent = |confirms: &str| derogation("eu-art49-1-a", &format!("justification = \"asked\"\n{confirms}"));
    for (confirms, expected) in [
        ("", "violation: g: condition-missing"),
        ("confirms = [\"explicit\"]", "violation: g: condition-missing"),
        ("confirms = [\"risks-explained\"]", "violation: g: condition-missing"),
        ("confirms = [\"risks-explained\", \"explicit\", \"documented\"]", "derogated"),
    ] {
        says(&consent(confirms), &[(LATE, expected)]);
    }
}

#[test]
fn a_regime_may_add_a_condition_of_its_own() {
    let swiss = |more: &str| {
        Leg::new("ch", "CH", "IN", "c2p")
            .safeguard("eu-scc-2021-914", &format!("{CLAUSES}{more}"))
            .assessed("2021-01-01", "no-extra-measures")
    };
    says(&swiss(""), &[(LATE, "violation: g: condition-missing")]);
    says(&swiss("confirms = [\"swiss-adaptations\"]"), &[(LATE, "safeguarded")]);
    says(&clauses(""), &[(LATE, "safeguarded")]);
}

#[test]
fn one_of_two_conditions_can_be_enough() {
    let leg = |confirms: &str| Leg::new("za", "ZA", "IN", "c2p").safeguard("za-s72-a", confirms);
    says(&leg(""), &[(LATE, "violation: g: condition-missing")]);
    says(&leg("confirms = [\"law-named\"]"), &[(LATE, "safeguarded")]);
    says(&leg("confirms = [\"onward-rule\"]"), &[(LATE, "safeguarded")]);
}

#[test]
fn processor_rules_need_a_contract_with_the_controller() {
    let rules = |more: &str| assessed_leg("eu-bcr-p-gdpr", &format!("{RULES}{more}"));
    says(&rules(""), &[(LATE, "violation: g: condition-missing")]);
    says(&rules("confirms = [\"controller-contract\"]"), &[(LATE, "safeguarded")]);
}

#[test]
fn an_occasional_derogation_carries_no_standing_flow() {
    for instrument in ["eu-art49-1-b", "eu-art49-1-c", "eu-art49-1-e"] {
        for (frequency, expected) in [
            ("continuous", "violation: g: derogation-misused"),
            ("recurring", "violation: g: derogation-misused"),
            ("occasional", "derogated"),
            ("once", "derogated"),
        ] {
            let leg =
                derogation(instrument, "justification = \"one booking\"").keys(&format!("frequency = \"{frequency}\""));
            says(&leg, &[(LATE, expected)]);
        }
        let by_default = derogation(instrument, "justification = \"one booking\"");
        says(&by_default, &[(LATE, "violation: g: derogation-misused")]);
    }
}

#[test]
fn a_derogation_needs_a_justification() {
    let leg = derogation("eu-art49-1-a", "confirms = [\"explicit\", \"risks-explained\"]");
    says(&leg, &[(LATE, "violation: g: derogation-misused")]);
    says(&derogation("eu-art49-1-a", CONSENT), &[(LATE, "derogated")]);
}

#[test]
fn some_derogations_are_closed_to_public_exporters() {
    let legitimate = "confirms = [\"limited-subjects\", \"authority-notified\", \"subjects-informed\", \"documented\"]";
    for (instrument, confirms, public) in [
        ("eu-art49-1-a", "confirms = [\"explicit\", \"risks-explained\"]", "violation"),
        ("eu-art49-1-b", "", "violation"),
        ("eu-art49-1-c", "", "violation"),
        ("eu-art49-1-d", "confirms = [\"law-named\"]", "derogated"),
        ("eu-art49-1-e", "", "derogated"),
        ("eu-art49-1-f", "confirms = [\"subject-incapable\"]", "derogated"),
        ("eu-art49-1-g", "", "derogated"),
        ("eu-art49-1-2", legitimate, "violation"),
    ] {
        let leg = derogation(instrument, &format!("justification = \"a case\"\n{confirms}"))
            .keys("frequency = \"occasional\"");
        says(&leg, &[(LATE, "derogated")]);
        let judged = of_public_exporter(&leg);
        assert_eq!(eu_outcome(&judged), public, "{instrument}");
        if public == "violation" {
            assert_eq!(judged.reasons("from", "to", "eu"), ["g: derogation-misused"], "{instrument}");
        }
    }
}

#[test]
fn a_decision_to_come_is_a_reason() {
    let leg = Leg::new("eu", "DE", "KR", "c2c");
    assert!(eu_reasons(&leg, "2021-12-16").contains(&"eu-kr-2022-254: adequacy-not-begun".to_owned()));
    says(&leg, &[("2021-12-17", "adequate")]);
}

#[test]
fn a_certificate_and_its_decision_fall_together_and_both_say_so() {
    let leg = certified("eu", "IE", "eu-safe-harbor-cert", "signed = 2012-01-01");
    says(&leg, &[("2015-10-05", "adequate"), ("2015-10-06", "violation: g: instrument-withdrawn")]);
    let reasons = eu_reasons(&leg, "2015-10-06");
    assert!(reasons.contains(&"eu-us-safe-harbor: adequacy-ended".to_owned()), "{reasons:?}");
}

#[test]
fn a_recipient_outside_the_scope_of_a_decision_is_a_reason() {
    let leg = |sector: &str| Leg::new("eu", "DE", "CA", "c2c").recipient(&format!("sector = \"{sector}\""));
    says(&leg("private"), &[(LATE, "adequate")]);
    let reasons = eu_reasons(&leg("public"), LATE);
    assert!(reasons.contains(&"eu-ca-2002-2: adequacy-out-of-scope".to_owned()), "{reasons:?}");
}

#[test]
fn a_purpose_outside_the_scope_of_a_decision_is_a_reason() {
    let leg = Leg::new("eu", "DE", "BR", "c2c");
    says(&leg, &[(LATE, "adequate")]);
    let police = changed(&leg, "name = \"Support\"\n", "name = \"Police\"\ntags = [\"public-security\"]\n");
    assert_eq!(eu_outcome(&police), "violation");
    let reasons = police.reasons("from", "to", "eu");
    assert!(reasons.contains(&"eu-br-2026-179: adequacy-out-of-scope".to_owned()), "{reasons:?}");
}

#[test]
fn a_missing_or_lapsed_certificate_is_a_reason() {
    let missing = "eu-us-dpf: certification-missing".to_owned();
    assert!(eu_reasons(&Leg::new("eu", "DE", "US", "c2c"), LATE).contains(&missing));
    let lapsing = certified("eu", "DE", "eu-dpf-cert", "signed = 2024-01-01\nexpires = 2025-01-01");
    says(&lapsing, &[("2025-01-01", "adequate")]);
    assert!(eu_reasons(&lapsing, "2025-01-02").contains(&missing));
    let of_exporter =
        Leg::new("eu", "DE", "US", "c2c").safeguard("eu-dpf-cert", "parties = [\"from\"]\nsigned = 2024-01-01");
    assert!(eu_reasons(&of_exporter, LATE).contains(&missing));
}

#[test]
fn a_certificate_signed_before_anyone_could_certify_is_not_in_force() {
    let reasons = eu_reasons(&certified("eu", "DE", "eu-dpf-cert", "signed = 2023-07-09"), LATE);
    assert!(reasons.iter().any(|reason| reason.ends_with(": not-in-force")), "{reasons:?}");
    says(&certified("eu", "DE", "eu-dpf-cert", "signed = 2023-07-10"), &[(LATE, "adequate")]);
}

#[test]
fn a_certificate_is_found_by_its_holder_without_being_listed() {
    let leg = Leg::new("eu", "DE", "US", "c2c")
        .records("[[safeguard]]\nid = \"dpf\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"to\"]\nsigned = 2024-01-01");
    says(&leg, &[("2023-12-31", "violation"), ("2024-01-01", "adequate")]);
}

#[test]
fn a_certificate_carries_data_only_through_its_decision() {
    let bank = certified("eu", "DE", "eu-dpf-cert", "signed = 2024-01-01").recipient("sector = \"financial\"");
    assert_eq!(bank.on(LATE).split(':').next(), Some("violation"));
    let reasons = eu_reasons(&bank, LATE);
    assert!(reasons.contains(&"eu-us-dpf: adequacy-out-of-scope".to_owned()), "{reasons:?}");
}

#[test]
fn a_certificate_of_one_law_serves_no_other() {
    let uk = certified("uk", "GB", "eu-dpf-cert", "signed = 2024-01-01");
    assert_eq!(uk.on(LATE).split(':').next(), Some("violation"));
    let swiss = certified("ch", "CH", "eu-dpf-cert", "signed = 2024-01-01");
    assert_eq!(swiss.on(LATE).split(':').next(), Some("violation"));
}

#[test]
fn nothing_recorded_at_all_is_a_reason_of_its_own() {
    assert_eq!(eu_reasons(&to_india("c2p"), LATE), ["none-recorded"]);
}

#[test]
fn every_question_that_fails_is_a_reason() {
    let leg = to_india("c2c").safeguard("eu-bcr-p-gdpr", "parties = [\"from\"]\nsigned = 2027-01-01");
    let mut reasons = eu_reasons(&leg, LATE);
    reasons.sort();
    assert_eq!(
        reasons,
        [
            "g: approval-missing",
            "g: assessment-missing",
            "g: condition-missing",
            "g: not-in-force",
            "g: party-not-bound",
            "g: wrong-module"
        ]
    );
}

#[test]
fn one_safeguard_that_holds_makes_up_for_one_that_does_not() {
    let leg = old_clauses("").safeguard("eu-scc-2021-914", CLAUSES);
    says(&leg, &[(LATE, "safeguarded")]);
    let judged = judge(&leg.register(), LATE);
    assert_eq!(judged.verdict("from", "to", "eu")["basis"], serde_json::json!(["h"]));
}

#[test]
fn a_safeguard_goes_before_a_derogation() {
    let leg = to_india("c2c")
        .safeguard("eu-art49-1-a", CONSENT)
        .safeguard(
            "eu-scc-2021-914",
            "modules = [1]\nsigned = 2022-01-01\nassessments = [\"look\"]\nexpires = 2024-12-31",
        )
        .assessed("2021-01-01", "no-extra-measures");
    says(&leg, &[("2024-12-31", "safeguarded"), ("2025-01-01", "derogated")]);
    let judged = judge(&leg.register(), "2025-01-01");
    assert_eq!(judged.verdict("from", "to", "eu")["basis"], serde_json::json!(["g"]));
}

#[test]
fn consent_gives_the_outcome_derogated() {
    let leg = Leg::new("au", "AU", "IN", "c2c")
        .safeguard("au-app8-2-b", "confirms = [\"informed\"]\njustification = \"asked\"");
    says(&leg, &[(LATE, "derogated")]);
}

#[test]
fn adequacy_comes_first_and_a_recorded_safeguard_is_its_fallback() {
    let leg = Leg::new("eu", "DE", "US", "c2p")
        .safeguard("eu-scc-2021-914", CLAUSES)
        .safeguard("eu-dpf-cert", "parties = [\"to\"]\nsigned = 2024-01-01")
        .assessed("2021-01-01", "no-extra-measures");
    says(&leg, &[("2023-12-31", "safeguarded"), ("2024-01-01", "adequate")]);
    let judged = judge(&leg.register(), "2024-01-01");
    let verdict = judged.verdict("from", "to", "eu");
    assert_eq!(verdict["basis"], serde_json::json!(["eu-us-dpf"]));
    assert_eq!(verdict["fallback"], serde_json::json!(["g"]));
}

#[test]
fn the_basis_is_every_recorded_safeguard_that_holds() {
    let leg = clauses("").safeguard("eu-bcr-c-gdpr", RULES).safeguard("eu-scc-2010-87", OLD_CLAUSES);
    let judged = judge(&leg.register(), LATE);
    let verdict = judged.verdict("from", "to", "eu");
    assert_eq!(verdict["basis"], serde_json::json!(["g", "h"]));
    assert_eq!(verdict["fallback"], serde_json::json!([]));
    assert_eq!(verdict["reasons"], serde_json::json!([]));
}

#[test]
fn the_help_names_a_safeguard_recorded_elsewhere_that_would_hold() {
    let elsewhere = format!(
        "[[safeguard]]\nid = \"elsewhere\"\ninstrument = \"eu-scc-2021-914\"\nparties = [\"from\", \"to\"]\n{CLAUSES}"
    );
    assert!(help_with(&elsewhere).contains("elsewhere"));
    for (old, new) in [
        ("[2]", "[1]"),
        ("\"from\", \"to\"", "\"to\""),
        ("2022-01-01", "2027-01-01"),
        ("[\"look\"]", "[]"),
        ("modules", "data = [\"c\"]\nterminated = 2026-06-01\nmodules"),
    ] {
        let failing = elsewhere.replacen(old, new, 1);
        assert_ne!(failing, elsewhere);
        assert!(!help_with(&failing).contains("elsewhere"), "{failing}");
    }
}

#[test]
fn a_reason_says_since_when_it_is_so() {
    let since = |leg: &Leg, day: &str| {
        judge(&leg.register(), day).verdict("from", "to", "eu")["reasons"][0]["since"].as_str().map(str::to_owned)
    };
    assert_eq!(since(&old_clauses(""), LATE).as_deref(), Some("2022-12-28"));
    assert_eq!(since(&clauses("terminated = 2024-03-01"), LATE).as_deref(), Some("2024-03-01"));
    assert_eq!(since(&clauses("expires = 2024-03-01"), LATE).as_deref(), Some("2024-03-02"));
}

#[test]
fn a_derogation_on_the_way_on_is_derogated() {
    let leg = clauses("")
        .records(&party("third-party", "hotel", "TH", "controller"))
        .records(&transfer("to", "hotel", "roles = \"c2c\"\nsafeguards = [\"booking\"]\nfrequency = \"once\""))
        .records("[[safeguard]]\nid = \"booking\"\ninstrument = \"eu-art49-1-b\"\nparties = [\"to\", \"hotel\"]")
        .records("justification = \"one booking\"");
    assert_eq!(judge(&leg.register(), LATE).outcome("to", "hotel", "eu"), "derogated");
}
