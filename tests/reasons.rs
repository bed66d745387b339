//! Why nothing carries data: which decisions are told, with what they are told, and what a safeguard
//! leaves uncovered.

use serde_json::Value;

use super::kit::{Leg, folder, judge, party, text_of, transfer};

/// The reasons of a leg's verdict under a law: the decision or safeguard, the kind, the detail.
fn reasons(leg: &Leg, day: &str, law: &str) -> Vec<[String; 3]> {
    let judged = judge(&leg.register(), day);
    let reasons = judged.verdict("from", "to", law)["reasons"].as_array().expect("reasons").clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |reason: &Value| {
        let id = if reason["decision"].is_null() { &reason["safeguard"] } else { &reason["decision"] };
        [text(id), text(&reason["reason"]), text(&reason["detail"])]
    };
    reasons.iter().map(of).collect()
}

/// The same of decisions only, as a line each.
fn decisions(leg: &Leg, day: &str) -> Vec<String> {
    let all = reasons(leg, day, "eu").into_iter();
    all.filter(|[id, ..]| id.starts_with("eu-us-") && !id.contains("pnr")).map(|words| words.join(" ")).collect()
}

#[test]
fn of_decisions_to_come_the_next_is_told_and_none_once_one_has_been() {
    let leg = Leg::new("eu", "DE", "US", "c2c");
    assert_eq!(decisions(&leg, "2000-07-25"), ["eu-us-safe-harbor adequacy-not-begun not before 2000-07-26"]);
    assert_eq!(decisions(&leg, "2015-12-01"), ["eu-us-safe-harbor adequacy-ended C-362/14"]);
}

#[test]
fn of_decisions_that_ended_the_last_is_told_and_none_while_one_is_in_force() {
    let leg = Leg::new("eu", "DE", "US", "c2c");
    assert_eq!(decisions(&leg, "2021-06-01"), ["eu-us-privacy-shield adequacy-ended C-311/18"]);
    assert_eq!(decisions(&leg, "2024-06-01"), ["eu-us-dpf certification-missing eu-dpf-cert"]);
}

#[test]
fn the_decision_whose_certificate_the_recipient_holds_is_told_whatever_became_of_it() {
    let holds = |certificate: &str, signed: &str| {
        Leg::new("eu", "DE", "US", "c2c").safeguard(certificate, &format!("parties = [\"to\"]\nsigned = {signed}"))
    };
    let old = holds("eu-safe-harbor-cert", "2012-01-01");
    assert_eq!(
        decisions(&old, "2024-06-01"),
        ["eu-us-dpf certification-missing eu-dpf-cert", "eu-us-safe-harbor adequacy-ended C-362/14"]
    );
    let early = holds("eu-dpf-cert", "2023-07-10");
    assert_eq!(
        decisions(&early, "2023-07-01"),
        ["eu-us-dpf adequacy-not-begun not before 2023-07-10", "eu-us-privacy-shield adequacy-ended C-311/18"]
    );
}

#[test]
fn what_lies_beyond_the_scope_of_a_safeguard_is_named() {
    for (scope, wanted) in [
        ("data = [\"d\"]", "it does not cover `c`"),
        ("subjects = [\"t\"]", "it does not cover `s`"),
        ("purposes = [\"q\"]", "it does not cover `p`"),
    ] {
        let leg = Leg::new("eu", "DE", "IN", "c2c")
            .safeguard(
                "eu-scc-2021-914",
                &format!("modules = [1]\nsigned = 2022-01-01\nassessments = [\"look\"]\n{scope}"),
            )
            .assessed("2024-01-01", "no-extra-measures")
            .records("[[data]]\nid = \"d\"\nname = \"D\"\n[[subjects]]\nid = \"t\"\nname = \"T\"")
            .records("[[purpose]]\nid = \"q\"\nname = \"Q\"");
        let of_safeguard: Vec<_> = reasons(&leg, "2026-01-01", "eu").into_iter().filter(|[id, ..]| id == "g").collect();
        assert_eq!(of_safeguard, [["g", "scope-exceeded", wanted]], "{scope}");
    }
}

#[test]
fn of_a_certificate_the_people_whom_it_leaves_out_are_named() {
    let leg = Leg::new("eu", "DE", "US", "c2c")
        .safeguard("eu-dpf-cert", "parties = [\"to\"]\nsigned = 2024-01-01\nexpires = 2027-01-01");
    let staff = leg.register().replace("name = \"Customers\"", "name = \"Staff\"\nhr = true");
    let judged = judge(&staff, "2026-01-01");
    let reasons = judged.verdict("from", "to", "eu")["reasons"].as_array().expect("reasons").clone();
    let of_scope = reasons.iter().find(|reason| reason["reason"] == "scope-exceeded").expect("a reason");
    assert_eq!(of_scope["detail"], "it does not cover `s`");
}

#[test]
fn a_decision_that_leaves_data_to_a_law_outside_the_book_says_so() {
    let notes = |to: &str| {
        let judged = judge(&Leg::new("eu", "DE", to, "c2c").register(), "2026-01-01");
        judged.verdict("from", "to", "eu")["notes"].to_string()
    };
    assert!(notes("UY").contains("the law of Uruguay binds the recipient from here on, and is not in the law book"));
    assert!(!notes("AR").contains("binds the recipient"), "the law of Argentina is in the book");
}

#[test]
fn a_decision_about_some_data_is_no_reason_why_other_data_is_not_carried() {
    let judged = |tags: &str| {
        let register = Leg::new("eu", "DE", "US", "c2c").register();
        judge(
            &register.replace("name = \"Contact details\"", &format!("name = \"Contact details\"\n{tags}")),
            "2005-01-01",
        )
    };
    assert_eq!(judged("tags = [\"passenger-names\"]").outcome("from", "to", "eu"), "adequate");
    for tags in ["tags = [\"newsletters\"]", ""] {
        let reasons = judged(tags).reasons("from", "to", "eu");
        assert!(reasons.iter().all(|reason| !reason.contains("pnr")), "{reasons:?}");
    }
}

#[test]
fn clauses_signed_too_early_or_too_late_say_when_they_could_be_signed() {
    for (instrument, keys, signed, wanted) in [
        (
            "eu-scc-2021-914",
            "modules = [1]\n",
            "2021-06-26",
            "signed 2021-06-26, and it could not be before 2021-06-27",
        ),
        ("eu-scc-2004-915", "", "2021-09-27", "signed 2021-09-27, and it could not be after 2021-09-26"),
    ] {
        let leg = Leg::new("eu", "DE", "IN", "c2c")
            .safeguard(instrument, &format!("{keys}signed = {signed}\nassessments = [\"look\"]"))
            .assessed("2021-01-01", "no-extra-measures");
        let told = reasons(&leg, "2022-06-01", "eu");
        assert!(told.contains(&["g", "signed-outside-window", wanted].map(str::to_owned)), "{told:?}");
    }
}

#[test]
fn clauses_that_do_not_count_yet_say_from_when_they_will_and_those_that_no_longer_do_say_nothing_of_it() {
    let told = |instrument: &str, keys: &str, signed: &str, day: &str| {
        let leg = Leg::new("eu", "DE", "IN", "c2c")
            .safeguard(instrument, &format!("{keys}signed = {signed}\nassessments = [\"look\"]"))
            .assessed("2021-01-01", "no-extra-measures");
        let of_law = reasons(&leg, day, "eu").into_iter().filter(|[_, kind, _]| kind == "instrument-withdrawn");
        of_law.map(|[.., detail]| detail).collect::<Vec<_>>()
    };
    let new = |day: &str| told("eu-scc-2021-914", "modules = [1]\n", "2021-06-10", day);
    assert_eq!((new("2021-06-26"), new("2021-06-27")), (vec!["not before 2021-06-27".to_owned()], vec![]));
    let old = |day: &str| told("eu-scc-2004-915", "", "2019-01-01", day);
    assert_eq!((old("2022-12-27"), old("2022-12-28")), (vec![], vec![String::new()]));
}

#[test]
fn what_many_violations_have_in_common_is_the_law_before_the_papers_of_each() {
    let register = |instrument: &str, keys: &str| {
        let both = Leg::new("eu", "DE", "IN", "c2c").safeguard(instrument, &format!("{keys}\nexpires = 2022-01-01"));
        let to_other = party("third-party", "other", "PH", "controller")
            + &transfer("from", "other", "safeguards = [\"other\"]")
            + &format!(
                "[[safeguard]]\nid = \"other\"\ninstrument = \"{instrument}\"\nparties = [\"from\", \"other\"]\n{keys}\nexpires = 2022-01-01\n"
            );
        both.register() + &to_other
    };
    let causes = |register: &str, day: &str| {
        let folder = folder(&[("records.toml", register)]);
        let text = text_of(folder.path(), day);
        let told = text.lines().filter_map(|line| Some(line.split_once("  because ")?.1.to_owned()));
        told.collect::<Vec<_>>()
    };
    let old = register("eu-scc-2004-915", "signed = 2019-01-01");
    assert_eq!(causes(&old, "2023-06-01"), ["this law has not accepted eu-scc-2004-915 since 2022-12-28"]);
    assert_eq!(
        causes(&old, "2022-06-01"),
        [
            "`g` (eu-scc-2004-915) has been expired since 2022-01-02",
            "`other` (eu-scc-2004-915) has been expired since 2022-01-02"
        ]
    );
    let new = Leg::new("eu", "DE", "IN", "c2c")
        .safeguard("eu-scc-2021-914", "modules = [1]\nsigned = 2021-06-10\nassessments = [\"look\"]")
        .assessed("2021-01-01", "no-extra-measures");
    assert_eq!(causes(&new.register(), "2021-06-20"), ["this law does not accept eu-scc-2021-914 yet"]);
}

#[test]
fn clauses_changed_after_they_could_be_signed_say_when_they_were() {
    let leg = Leg::new("eu", "DE", "IN", "c2c")
        .safeguard("eu-scc-2004-915", "signed = 2019-01-01\namended = 2021-10-01\nassessments = [\"look\"]")
        .assessed("2021-01-01", "no-extra-measures");
    let notes = judge(&leg.register(), "2022-06-01").findings("unsafeguarded-transfer")[0]["notes"].to_string();
    assert!(notes.contains("was changed on 2021-10-01, when it could no longer be signed"), "{notes}");
}
