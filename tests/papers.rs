//! One paper, several instruments: each is judged by itself, and one that holds is enough.

use serde_json::{Value, json};

use super::kit::{CATALOGUE, collected, judge, party, transfer};

const DAY: &str = "2026-01-15";

/// A German, a British and a Swiss company that send to one vendor in India, under one paper.
fn group(paper: &str) -> String {
    let senders = [("de", "DE"), ("gb", "GB"), ("ch", "CH")];
    let mut records = vec![CATALOGUE.to_owned(), party("service-provider", "in", "IN", "processor")];
    for (id, place) in senders {
        records.push(party("affiliate", id, place, "controller"));
        records.push(collected(id, place));
        records.push(transfer(id, "in", "safeguards = [\"paper\"]"));
    }
    records.push("[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"india\"\ndate = 2024-01-01\noutcome = \"no-extra-measures\"".to_owned());
    records.push(format!(
        "[[safeguard]]\nid = \"paper\"\nparties = [\"de\", \"gb\", \"ch\", \"in\"]\nmodules = [2]\nsigned = 2024-02-01\nassessments = [\"india\"]\n{paper}"
    ));
    records.join("\n")
}

fn outcomes(records: &str) -> [String; 3] {
    let judged = judge(records, DAY);
    [("de", "eu"), ("gb", "uk"), ("ch", "ch")].map(|(from, regime)| judged.outcome(from, "in", regime).to_owned())
}

const ALL: &str = "instrument = [\"eu-scc-2021-914\", \"uk-addendum\"]\nconfirms = [\"swiss-adaptations\"]\n";

#[test]
fn one_signature_serves_three_laws() {
    assert_eq!(outcomes(&group(ALL)), ["safeguarded", "safeguarded", "safeguarded"]);
    let judged = judge(&group(ALL), DAY);
    for (from, regime) in [("de", "eu"), ("gb", "uk"), ("ch", "ch")] {
        assert_eq!(judged.verdict(from, "in", regime)["basis"], json!(["paper"]), "once, not once an instrument");
    }
}

#[test]
fn each_instrument_of_a_paper_is_judged_by_itself() {
    let without = |out: &str| outcomes(&group(&ALL.replace(out, "")));
    assert_eq!(without(", \"uk-addendum\""), ["safeguarded", "violation", "safeguarded"]);
    assert_eq!(without("\nconfirms = [\"swiss-adaptations\"]"), ["safeguarded", "safeguarded", "violation"]);
    assert_eq!(without("\"eu-scc-2021-914\", "), ["violation", "violation", "violation"], "an addendum to nothing");
}

#[test]
fn a_single_instrument_may_stand_in_a_list() {
    let [alone, listed] = ["\"eu-scc-2021-914\"", "[\"eu-scc-2021-914\"]"].map(|written| {
        judge(&group(&format!("instrument = {written}\nconfirms = [\"swiss-adaptations\"]")), DAY).report["verdicts"]
            .clone()
    });
    assert_eq!(alone, listed);
}

#[test]
fn reasons_speak_of_the_instruments_that_the_law_knows() {
    let judged = judge(&group("instrument = [\"eu-scc-2021-914\", \"uk-addendum\", \"uk-idta\"]\n"), DAY);
    let reasons = |from: &str, regime: &str| -> Vec<Value> {
        let listed = judged.verdict(from, "in", regime)["reasons"].as_array().expect("reasons").iter();
        listed.filter(|reason| reason["safeguard"] == "paper").cloned().collect()
    };
    let swiss = reasons("ch", "ch");
    assert_eq!(swiss.len(), 1, "{swiss:?}");
    assert_eq!(swiss[0]["instrument"], "eu-scc-2021-914");
    assert_eq!(swiss[0]["reason"], "condition-missing");
    // Where the law accepts none of them, each says so.
    let british = judge(&group("instrument = [\"eu-bcr-c-dpd\", \"ar-60e\"]\n"), DAY);
    let kinds = british.reasons("gb", "in", "uk");
    assert_eq!(kinds.iter().filter(|kind| *kind == "paper: instrument-not-accepted").count(), 2, "{kinds:?}");
}

#[test]
fn an_instrument_listed_twice_or_unknown_or_none_at_all_is_a_problem() {
    let problems = |written: &str| {
        let judged = judge(&group(&format!("instrument = {written}\n")), DAY);
        let findings = judged.report["findings"].as_array().expect("findings").clone();
        findings.iter().map(|finding| finding["rule"].as_str().expect("a rule").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(problems("[\"eu-scc-2021-914\", \"eu-scc-2021-914\"]"), ["invalid-value"]);
    assert_eq!(problems("[\"eu-scc-2021-914\", \"eu-scc-2021-941\"]"), ["unknown-reference"]);
    assert_eq!(problems("[]"), ["invalid-value"]);
    assert_eq!(problems("[7]"), ["invalid-value"]);
}
