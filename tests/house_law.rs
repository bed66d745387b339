//! Law that the register adds or overrides: the same checks, and every verdict that rests on it says so.

use super::kit::{CATALOGUE, collected, folder, judge, party, text_of, transfer};

const DAY: &str = "2026-01-15";

/// A German company that sends to a vendor in Chile.
fn chile(more: &str, keys: &str) -> String {
    let records = [
        CATALOGUE.to_owned(),
        party("affiliate", "de", "DE", "controller"),
        party("service-provider", "cl", "CL", "processor"),
        collected("de", "DE"),
        transfer("de", "cl", keys),
        more.to_owned(),
    ];
    records.join("\n")
}

const DECISION: &str = "[[adequacy]]\nid = \"eu-chile\"\nregime = \"eu\"\njurisdictions = [\"CL\"]\nfrom = 2026-01-01\nonward = \"contract\"\ncitation = \"Our lawyers, 2 January 2026\"\n";

fn notes(records: &str) -> String {
    judge(records, DAY).verdict("de", "cl", "eu")["notes"].to_string()
}

#[test]
fn a_verdict_on_a_decision_of_the_register_says_so_everywhere() {
    let records = chile(DECISION, "");
    let judged = judge(&records, DAY);
    assert_eq!(judged.outcome("de", "cl", "eu"), "adequate");
    let said = "decision eu-chile is law of the register itself, not of the law book";
    assert!(notes(&records).contains(said), "{}", notes(&records));
    let text = text_of(folder(&[("records.toml", &records)]).path(), DAY);
    assert!(text.contains(said), "{text}");
    // The day before it begins it carries nothing, and the finding says whose law it is.
    let before = judge(&records, "2025-12-31");
    assert_eq!(before.outcome("de", "cl", "eu"), "violation");
    assert!(before.findings("unsafeguarded-transfer")[0]["notes"].to_string().contains(said));
}

#[test]
fn a_verdict_on_an_instrument_that_the_register_lets_a_law_accept_says_so() {
    let house = "[[instrument]]\nid = \"our-clauses\"\nname = \"Our clauses\"\nkind = \"contract\"\nbinds = \"both\"\nroles = [\"c2p\"]\ncitation = \"Drawer 3\"\n[[acceptance]]\nregime = \"eu\"\ninstrument = \"our-clauses\"\nsign-from = 2026-01-01\ncitation = \"Authority, letter of 1 January 2026\"\n[[safeguard]]\nid = \"g\"\ninstrument = \"our-clauses\"\nparties = [\"de\", \"cl\"]\nsigned = 2026-01-01\n";
    let records = chile(house, "safeguards = [\"g\"]");
    assert_eq!(judge(&records, DAY).outcome("de", "cl", "eu"), "safeguarded");
    assert!(notes(&records).contains("instrument our-clauses is law of the register itself"), "{}", notes(&records));
    assert!(notes(&records).contains("that eu accepts our-clauses is law of the register itself"));
}

#[test]
fn verdicts_on_the_law_book_alone_say_nothing_of_the_kind() {
    let clauses = "[[jurisdiction]]\ncode = \"CL\"\n[[jurisdiction.assessment]]\nid = \"cl\"\ndate = 2024-01-01\noutcome = \"no-extra-measures\"\n[[safeguard]]\nid = \"g\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"de\", \"cl\"]\nsigned = 2024-01-01\nassessments = [\"cl\"]\n";
    let records = chile(
        &(clauses.to_owned() + DECISION.replace("eu-chile", "eu-peru").replace("CL", "PE").as_str()),
        "safeguards = [\"g\"]",
    );
    assert_eq!(judge(&records, DAY).outcome("de", "cl", "eu"), "safeguarded");
    assert_eq!(notes(&records), "[]");
}

#[test]
fn the_text_report_says_what_is_contested_behind_verdicts_that_pass() {
    let certified =
        "[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"cl\"]\nsigned = 2024-01-01\n";
    let records = chile(certified, "").replace("\"CL\"", "\"US\"");
    let text = text_of(folder(&[("records.toml", &records)]).path(), DAY);
    assert!(text.contains("   1  verdict: decision eu-us-dpf is in force and contested"), "{text}");
}

#[test]
fn a_violation_of_a_law_in_outline_is_never_called_clean() {
    // Israel's law is in the book in outline: a warning, and no "every transfer has what the law asks for".
    let records = chile("", "").replace("\"DE\"", "\"IL\"");
    let judged = judge(&records, DAY);
    assert_eq!(judged.outcome("de", "cl", "il"), "violation");
    let text = text_of(folder(&[("records.toml", &records)]).path(), DAY);
    assert!(text.contains("1 transfer has no safeguard"), "{text}");
    assert!(!text.contains("every transfer judged has"), "{text}");
    // Nor where the register allows the rule.
    let allowed = format!("{}[rules]\nunsafeguarded-transfer = \"allow\"\n", super::kit::HEAD);
    let text = text_of(folder(&[("register.toml", &allowed), ("records.toml", &records)]).path(), DAY);
    assert!(text.contains("1 violation") && !text.contains("every transfer judged has"), "{text}");
}

#[test]
fn a_decision_of_the_register_reaches_no_further_than_its_scope() {
    let limited = |scope: &str, from: &str, to: &str, subjects: &str| {
        let records = chile(&format!("{DECISION}scope = {{ {scope} }}\n"), "")
            .replace("name = \"de\"", &format!("name = \"de\"\n{from}"))
            .replace("name = \"cl\"", &format!("name = \"cl\"\n{to}"))
            .replace("name = \"Customers\"", &format!("name = \"Customers\"\n{subjects}"));
        judge(&records, DAY).outcome("de", "cl", "eu").to_owned()
    };
    let (public, private) = ("sector = \"public\"", "sector = \"private\"");
    let (tagged, staff, others) = ("tags = [\"club\"]", "hr = true", "hr = false");
    for (scope, within, beyond) in [
        ("sector = [\"public\"]", ["", public, ""], ["", private, ""]),
        ("not-sector = [\"public\"]", ["", private, ""], ["", public, ""]),
        ("exporter-sector = [\"public\"]", [public, "", ""], [private, public, ""]),
        ("party-tags = [\"club\"]", ["", tagged, ""], [tagged, "", ""]),
        ("hr = true", ["", "", staff], ["", "", others]),
        ("hr = false", ["", "", others], ["", "", staff]),
    ] {
        let outcome = |[from, to, subjects]: [&str; 3]| limited(scope, from, to, subjects);
        assert_eq!((outcome(within), outcome(beyond)), ("adequate".to_owned(), "violation".to_owned()), "{scope}");
    }
}

#[test]
fn a_version_may_have_a_territory_of_its_own() {
    let law = "[[regime]]\nid = \"house\"\nname = \"House\"\nterritory = [\"DE\"]\n[[regime.version]]\nid = \"house-1\"\nname = \"First\"\nfrom = 2000-01-01\nuntil = 2025-12-31\nterritory = [\"DE\", \"CL\"]\ncitation = \"C\"\n[[regime.version]]\nid = \"house-2\"\nname = \"Second\"\nfrom = 2026-01-01\ncitation = \"C\"\n";
    let records = chile(law, "");
    for (day, outcome) in [("2025-12-31", "unrestricted"), ("2026-01-01", "violation")] {
        assert_eq!(judge(&records, day).outcome("de", "cl", "house"), outcome, "{day}");
    }
}

#[test]
fn a_record_of_law_has_the_keys_of_every_record_and_no_others() {
    let problems = |law: &str| -> Vec<String> {
        let opened = onward::register::open(folder(&[("records.toml", &chile(law, ""))]).path());
        opened.problems.iter().map(|found| found.message.to_string()).collect()
    };
    let common = "owner = \"legal\"\nnotes = \"From the file.\"\ntags = [\"chile\"]\nreviewed = 2026-01-02\n";
    assert_eq!(problems(&format!("{DECISION}{common}")), Vec::<String>::new());
    assert_eq!(problems(&format!("{DECISION}owners = \"legal\"\n")), ["`owners` is no key of `[[adequacy]]`"]);
    // Of no words none can be confirmed.
    let instrument = |conditions: &str| {
        format!(
            "[[instrument]]\nid = \"our-clauses\"\nname = \"Ours\"\nkind = \"contract\"\nconditions = {conditions}\ncitation = \"C\"\n"
        )
    };
    assert_eq!(problems(&instrument("[\"a\", [\"b\", \"c\"]]")), Vec::<String>::new());
    for conditions in ["[[]]", "[[1]]", "[2]", "\"a\""] {
        assert_eq!(problems(&instrument(conditions)).len(), 1, "{conditions}");
    }
    // An acceptance is known by what it joins.
    let acceptance = "[[acceptance]]\nid = \"a\"\noverrides = true\nregime = \"eu\"\ninstrument = \"eu-scc-2021-914\"\ncitation = \"C\"\n";
    assert_eq!(problems(acceptance), ["`id` is no key of `[[acceptance]]`"]);
}

#[test]
fn what_a_record_of_law_must_have_is_asked_for() {
    let missing = |law: &str| -> Vec<String> {
        let opened = onward::register::open(folder(&[("records.toml", &chile(law, ""))]).path());
        let messages = opened.problems.iter().map(|found| found.message.to_string());
        messages.filter(|message| message.contains("is missing from this")).collect()
    };
    for (record, keys) in [
        ("[[area]]\nid = \"x\"\n", &["name", "members"][..]),
        ("[[regime]]\nid = \"x\"\n", &["name", "territory", "version"]),
        ("[[adequacy]]\nid = \"x\"\n", &["regime", "jurisdictions", "from", "onward", "citation"]),
        ("[[instrument]]\nid = \"x\"\n", &["name", "kind", "citation"]),
        ("[[acceptance]]\nregime = \"eu\"\n", &["instrument", "citation"]),
    ] {
        let kind = record.trim_start_matches('[').split(']').next().expect("a kind");
        let mut wanted: Vec<String> = keys.iter().map(|key| format!("`{key}` is missing from this {kind}")).collect();
        let mut told = missing(record);
        wanted.sort();
        told.sort();
        assert_eq!(told, wanted, "{record}");
    }
}
