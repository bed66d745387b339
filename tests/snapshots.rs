//! Snapshots of every output, over the worked example and a small register of faults.

use std::path::Path;

use super::kit::{folder, judge_folder, reported, text_of};
use onward::report::{json, law};
use onward::{finding::Problems, law as book};

fn example() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/register"))
}

#[test]
fn the_example_on_its_own_day() {
    insta::assert_snapshot!("example-2015-10-05", text_of(example(), "2015-10-05"));
}

#[test]
fn the_example_on_the_day_safe_harbor_fell() {
    insta::assert_snapshot!("example-2015-10-06", text_of(example(), "2015-10-06"));
}

#[test]
fn the_example_as_json() {
    insta::assert_snapshot!("example-2015-10-06.json", reported(example(), "2015-10-06", json::render));
}

#[test]
fn the_example_is_denied_nothing_on_its_own_day_and_loses_what_stood_on_safe_harbor_on_the_next() {
    let clean = judge_folder(example(), "2015-10-05");
    // Nothing is denied, and two things are said: that a single decision carries all that goes to
    // America, and that the policy does not say until when the certificate runs.
    assert_eq!(clean.rules(), ["certificate-without-end", "single-point-of-failure"]);
    let fallen = judge_folder(example(), "2015-10-06");
    for verdict in clean.verdicts().iter().filter(|verdict| verdict["outcome"] == "adequate") {
        let (from, to) = (verdict["from"].as_str().expect("from"), verdict["to"].as_str().expect("to"));
        assert_eq!(verdict["basis"][0], "eu-us-safe-harbor");
        assert_eq!(fallen.outcome(from, to, "eu"), "violation", "{from} -> {to}");
    }
    let onward = fallen.findings("unsafeguarded-onward-transfer");
    assert!(onward.iter().all(|finding| finding["subject"]["id"].as_str().is_some_and(|id| !id.is_empty())));
}

#[test]
fn the_swiss_certificate_of_the_example_is_idle() {
    let judged = judge_folder(example(), "2015-10-05");
    assert!(judged.verdicts().iter().all(|verdict| verdict["regime"] != "ch"));
}

#[test]
fn a_register_of_faults() {
    let faults = folder(&[
        ("register.toml", "[register]\nformat = 1\norganisation = \"Acme\"\nas_of = 2024-01-01\n"),
        (
            "parties.toml",
            "[[affiliate]]\nid = \"acme\"\nname = \"Acme\"\njurisdiction = \"UK\"\n\n[[affiliate]]\nid = \"acme\"\nname = \"Acme\"\njurisdiction = \"NL-CW\"\n",
        ),
        (
            "transfers.toml",
            "[[transfer]]\nfrom = \"acme\"\nto = \"acne\"\ndata = [\"x\"]\nsafegaurds = []\nsince = 2024-02-30\n",
        ),
        (
            "vendors.toml",
            "[[safeguard]]\nid = \"clauses\"\ninstrument = \"eu-scc-2021-941\"\nparties = [\"acme\"]\nsigned = \"2024-01-01\"\n",
        ),
    ]);
    insta::assert_snapshot!("faults", text_of(faults.path(), "2026-06-01"));
}

#[test]
fn the_law_of_a_day_and_single_entries() {
    let mut problems = Problems::default();
    let law = book::resolve(book::book().0, book::RawLaw::default(), book::Codes::default(), &mut problems);
    let day = "2015-10-06".parse().expect("a day");
    insta::assert_snapshot!("law-2015-10-06", law::overview(&law, day));
    for id in ["eu", "eu-us-safe-harbor", "eu-scc-2010-87", "uk-addendum", "eea"] {
        insta::assert_snapshot!(format!("law-{id}"), law::entry(&law, id, day).expect("an entry"));
    }
}

#[test]
fn the_law_about_a_place_and_what_changed_in_two_years() {
    let mut problems = Problems::default();
    let law = book::resolve(book::book().0, book::RawLaw::default(), book::Codes::default(), &mut problems);
    let code = law.codes.check("US").expect("a place");
    insta::assert_snapshot!("law-US", law::place(&law, code, "2016-09-01".parse().expect("a day")));
    let (from, to) = ("2015-01-01".parse().expect("a day"), "2016-12-31".parse().expect("a day"));
    insta::assert_snapshot!("law-2015-to-2016", law::changes(&law, from, to));
    let none = law::changes(&law, "2017-09-14".parse().expect("a day"), "2017-09-15".parse().expect("a day"));
    assert_eq!(none, "nothing in the law book changed from 2017-09-14 to 2017-09-15\n");
}

#[test]
fn the_page_of_a_rule() {
    let cards = onward::rules::cards();
    let card = cards.iter().find(|card| card.rule == "unsafeguarded-transfer").expect("the rule");
    insta::assert_snapshot!("explain-unsafeguarded-transfer", card.page());
}
