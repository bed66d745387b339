//! From finding to mend: what would be enough, cheapest first, and the few acts that clear the most.
//! Whatever is proposed is done here, in the records themselves, and the register judged again.

use proptest::prelude::*;
use serde_json::Value;

use super::kit::{CATALOGUE, Judged, cases, collected, done, folder, judge, party, text_of, transfer};

const DAY: &str = "2026-01-15";

/// Violations that are left, and acts as `clears act instrument-or-safeguard: parties`.
fn proposed(judged: &Judged) -> Vec<String> {
    let acts = judged.report["mends"]["acts"].as_array().expect("acts");
    let word = |act: &Value, key: &str| act[key].as_str().unwrap_or_default().to_owned();
    acts.iter()
        .map(|act| {
            let what: Vec<String> = ["instrument", "safeguard", "jurisdiction", "regime"]
                .iter()
                .map(|key| word(act, key))
                .filter(|word| !word.is_empty())
                .collect();
            let parties: Vec<&str> =
                act["parties"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("{} {} {} {}", act["clears"], word(act, "act"), what.join(" "), parties.join(" ")).trim().to_owned()
        })
        .collect()
}

fn violations(judged: &Judged) -> usize {
    judged.verdicts().iter().filter(|verdict| verdict["outcome"] == "violation").count()
}

/// Judges, does what is proposed, judges again, and holds the report to its word.
fn kept(records: &str, day: &str) -> Judged {
    let judged = judge(records, day);
    let mends = &judged.report["mends"];
    assert_eq!(mends["violations"], violations(&judged), "all violations are counted");
    let after = judge(&done(records, &judged.report, day), day);
    let left = mends["left"].as_array().expect("left").len();
    assert_eq!(violations(&after), left, "{mends:#}\nleft {:#}", after.report["verdicts"]);
    assert_eq!(mends["cleared"], violations(&judged) - left);
    judged
}

/// A German company that sends to others; `more` are further records.
fn acme(recipients: &[(&str, &str, &str)], listed: &str, more: &str) -> String {
    let mut records =
        vec![CATALOGUE.to_owned(), party("affiliate", "acme", "DE", "controller"), collected("acme", "DE")];
    for (id, place, role) in recipients {
        records.push(party("service-provider", id, place, role));
        records.push(transfer("acme", id, listed));
    }
    records.push(more.to_owned());
    records.join("\n")
}

fn assessed(place: &str, outcome: &str) -> String {
    let id = place.to_lowercase();
    format!(
        "[[jurisdiction]]\ncode = \"{place}\"\n[[jurisdiction.assessment]]\nid = \"{id}-look\"\ndate = 2024-01-01\n{outcome}\n"
    )
}

fn paper(keys: &str) -> String {
    format!("[[safeguard]]\nid = \"paper\"\n{keys}\n")
}

#[test]
fn a_register_without_a_violation_is_told_no_act() {
    let judged = kept(&acme(&[("fr", "FR", "processor")], "", ""), DAY);
    assert_eq!(judged.report["mends"]["violations"], 0);
    assert_eq!(proposed(&judged), [""; 0]);
}

#[test]
fn what_is_recorded_elsewhere_is_listed_before_anything_is_signed() {
    let papers = paper(
        "instrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]",
    );
    let judged = kept(
        &acme(&[("in", "IN", "processor")], "", &(assessed("IN", "outcome = \"no-extra-measures\"") + &papers)),
        DAY,
    );
    assert_eq!(proposed(&judged), ["1 list paper"]);
    let help = judged.findings("unsafeguarded-transfer")[0]["help"].as_str().expect("help");
    assert!(help.starts_with("list `paper`"), "{help}");
    assert!(help.contains("; or sign `eu-scc-2021-914`, module 2, between `acme` and `in`"), "{help}");
    assert!(help.ends_with("; or end the transfer"), "{help}");
}

#[test]
fn one_assessment_of_a_country_is_what_several_signatures_wait_for() {
    let judged = kept(&acme(&[("in-a", "IN", "processor"), ("in-b", "IN", "controller")], "", ""), DAY);
    assert_eq!(
        proposed(&judged),
        ["2 assess IN eu", "1 sign eu-scc-2021-914 acme in-b", "1 sign eu-scc-2021-914 acme in-a"]
    );
    let modules: Vec<&Value> =
        judged.report["mends"]["acts"].as_array().expect("acts").iter().map(|act| &act["modules"]).collect();
    assert_eq!((&modules[1][0], &modules[2][0]), (&1.into(), &2.into()), "the module for each role");
}

#[test]
fn one_certificate_of_a_recipient_does_for_all_who_send_to_it() {
    let senders = ["one", "two", "three"];
    let mut records = vec![CATALOGUE.to_owned(), party("reseller", "us", "US", "controller")];
    for sender in senders {
        records.extend([
            party("third-party", sender, "DE", "controller"),
            collected(sender, "DE"),
            transfer(sender, "us", ""),
        ]);
    }
    assert_eq!(proposed(&kept(&records.join("\n"), DAY)), ["3 certify eu-dpf-cert us"]);
    let one = acme(&[("us", "US", "controller")], "", &assessed("US", "outcome = \"no-extra-measures\""));
    assert_eq!(proposed(&kept(&one, DAY)), ["1 sign eu-scc-2021-914 acme us"], "for one sender a signature is less");
    let before = ["1 assess US eu", "1 sign eu-scc-2021-914 acme us"];
    assert_eq!(proposed(&kept(&one, "2023-07-09")), before, "nobody could certify, and nothing was assessed");
}

#[test]
fn a_certificate_covers_the_human_resources_data_that_it_is_for() {
    let records =
        acme(&[("us", "US", "controller")], "", "").replace("name = \"Customers\"", "name = \"Staff\"\nhr = true");
    let help = judge(&records, DAY).findings("unsafeguarded-transfer")[0]["help"].to_string();
    assert!(help.contains("have `us` certified under `eu-dpf-cert`, human resources data included"), "{help}");
    let of_customers = acme(&[("us", "US", "controller")], "", "");
    let help = judge(&of_customers, DAY).findings("unsafeguarded-transfer")[0]["help"].to_string();
    assert!(help.contains("certified under `eu-dpf-cert`") && !help.contains("human resources"), "{help}");
}

#[test]
fn a_certificate_is_proposed_only_where_the_decision_behind_it_is_about_all_of_the_data() {
    let decision = "[[adequacy]]\nid = \"eu-us-dpf\"\noverrides = true\nregime = \"eu\"\njurisdictions = [\"US\"]\nfrom = 2023-07-10\n\
         scope = { certification = \"eu-dpf-cert\", not-data-tags = [\"credit\"] }\nonward = \"contract\"\ncitation = \"C\"\n";
    let help = |tag: &str| {
        let mixed = format!("[[data]]\nid = \"d\"\nname = \"Scores\"\ntags = [\"{tag}\"]\n");
        let records = acme(&[("us", "US", "controller")], "", &mixed).replace("[\"c\"]", "[\"c\", \"d\"]");
        judge(&(records + decision), DAY).findings("unsafeguarded-transfer")[0]["help"].to_string()
    };
    assert!(help("plain").contains("have `us` certified under `eu-dpf-cert`"), "{}", help("plain"));
    assert!(!help("credit").contains("certified"), "{}", help("credit"));
}

#[test]
fn papers_among_companies_of_one_group_are_signed_as_one() {
    let mut records = vec![CATALOGUE.to_owned(), assessed("IN", "outcome = \"no-extra-measures\"")];
    for (id, place) in [("de", "DE"), ("fr", "FR"), ("in", "IN")] {
        records.push(party("affiliate", id, place, "controller"));
    }
    records.extend([collected("de", "DE"), collected("fr", "FR"), transfer("de", "in", ""), transfer("fr", "in", "")]);
    assert_eq!(proposed(&kept(&records.join("\n"), DAY)), ["2 sign eu-scc-2021-914 de fr in"]);
}

#[test]
fn a_listed_safeguard_is_mended_where_one_thing_is_wanting() {
    let india = assessed("IN", "outcome = \"no-extra-measures\"");
    let clauses = "instrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]\n";
    let with = |from: &str, to: &str| {
        let papers = india.clone() + &paper(&clauses.replace(from, to));
        kept(&acme(&[("in", "IN", "processor")], "safeguards = [\"paper\"]", &papers), DAY)
    };
    for (from, to, act, said) in [
        ("[2]", "[1]", "1 add-module paper", "sign module 2 of `paper` too and add it to `modules`"),
        ("\"acme\", \"in\"", "\"acme\"", "1 join paper in", "have `in` join `paper`"),
        ("[2]", "[2]\nexpires = 2025-01-01", "1 renew paper", "renew `paper` and record the new dates"),
        ("[2]", "[2]\nterminated = 2025-01-01", "1 renew paper", "renew `paper` and record the new dates"),
        (
            "[\"in-look\"]",
            "[]",
            "1 assess IN eu",
            "assess the law of India (IN) for eu-gdpr and, if that finds a safeguard enough, list that in `assessments` of `paper`",
        ),
    ] {
        let judged = with(from, to);
        assert_eq!(proposed(&judged), [act], "{to}");
        let help = judged.findings("unsafeguarded-transfer")[0]["help"].as_str().expect("help");
        assert!(help.starts_with(said), "{help}");
    }
}

#[test]
fn a_scope_that_is_too_narrow_is_widened() {
    let papers = assessed("IN", "outcome = \"no-extra-measures\"")
        + "[[purpose]]\nid = \"q\"\nname = \"q\"\n"
        + &paper(
            "instrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]\npurposes = [\"q\"]",
        );
    let judged = kept(&acme(&[("in", "IN", "processor")], "safeguards = [\"paper\"]", &papers), DAY);
    assert_eq!(proposed(&judged), ["1 widen paper"]);
}

#[test]
fn measures_conditions_and_approvals_that_are_wanting_are_named() {
    let needed = assessed("IN", "outcome = \"measures-needed\"\nmeasures = [\"encryption\"]");
    let clauses = "instrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]";
    let judged =
        kept(&acme(&[("in", "IN", "processor")], "safeguards = [\"paper\"]", &(needed.clone() + &paper(clauses))), DAY);
    assert_eq!(proposed(&judged), ["1 take-measures paper"]);
    let unsigned = kept(&acme(&[("in", "IN", "processor")], "", &needed), DAY);
    assert_eq!(proposed(&unsigned), ["1 sign eu-scc-2021-914 acme in"], "a new paper takes them with it");
    let swiss = acme(
        &[("in", "IN", "processor")],
        "safeguards = [\"paper\"]",
        &(assessed("IN", "outcome = \"no-extra-measures\"") + &paper(clauses)),
    )
    .replace("\"DE\"", "\"CH\"");
    let judged = kept(&swiss, DAY);
    assert_eq!(proposed(&judged), ["1 confirm paper"]);
    assert_eq!(judged.report["mends"]["acts"][0]["confirms"][0], "swiss-adaptations");
    let rules = paper(
        "instrument = \"eu-bcr-c-gdpr\"\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]",
    );
    let group = acme(
        &[("in", "IN", "controller")],
        "safeguards = [\"paper\"]",
        &(assessed("IN", "outcome = \"no-extra-measures\"") + &rules),
    )
    .replace("service-provider", "affiliate");
    assert_eq!(proposed(&kept(&group, DAY)), ["1 approve paper"]);
}

#[test]
fn the_clauses_that_an_addendum_builds_on_are_put_beside_it() {
    let addendum = assessed("IN", "outcome = \"no-extra-measures\"")
        + &paper(
            "instrument = \"uk-addendum\"\nmodules = [2]\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]",
        );
    let british = acme(&[("in", "IN", "processor")], "safeguards = [\"paper\"]", &addendum).replace("\"DE\"", "\"GB\"");
    assert_eq!(proposed(&kept(&british, DAY)), ["1 add-companion eu-scc-2021-914 paper"]);
}

#[test]
fn under_an_onward_principle_a_plain_contract_is_proposed() {
    let chain = |role: &str| {
        acme(
            &[("us", "US", "controller")],
            "",
            &[
                party("service-provider", "in", "IN", role),
                transfer("us", "in", ""),
                paper("instrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2024-02-01"),
            ]
            .join("\n"),
        )
    };
    assert_eq!(proposed(&kept(&chain("controller"), DAY)), ["1 sign onward-contract in us"]);
    assert_eq!(proposed(&kept(&chain("processor"), DAY)), ["1 sign processing-agreement in us"]);
}

#[test]
fn what_no_paper_mends_is_left_and_said() {
    let records = acme(&[("cn", "CN", "processor")], "", &assessed("CN", "outcome = \"not-sufficient\""));
    let judged = kept(&records, DAY);
    assert_eq!(proposed(&judged), [""; 0]);
    assert_eq!(judged.report["mends"]["left"][0]["transfer"], "acme--cn");
    let folder = folder(&[("records.toml", &records)]);
    let text = text_of(folder.path(), DAY);
    assert!(
        text.contains("no act of these clears 1 violation: `acme--cn`; leave the data out, or end the transfer"),
        "{text}"
    );
    let help = |judged: &Judged| judged.findings("unsafeguarded-transfer")[0]["help"].to_string();
    assert!(help(&judged).contains("record a safeguard that the law accepts on this day"), "{}", help(&judged));
    let clauses = "instrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"acme\", \"cn\"]\nsigned = 2024-02-01\nassessments = [\"cn-look\"]\n";
    let papers = assessed("CN", "outcome = \"not-sufficient\"") + &paper(clauses);
    let refused = kept(&acme(&[("cn", "CN", "processor")], "safeguards = [\"paper\"]", &papers), DAY);
    assert!(help(&refused).contains("the assessment found no safeguard enough, so no paper mends this"));
}

#[test]
fn data_that_can_be_left_out_is_named_where_other_data_may_go() {
    let papers = "[[data]]\nid = \"d\"\nname = \"d\"\n[[collection]]\nid = \"more\"\nby = \"acme\"\ndata = [\"d\"]\nsubjects = [\"s\"]\npurposes = [\"p\"]\nsubjects-in = [\"DE\"]\n".to_owned()
        + &assessed("IN", "outcome = \"no-extra-measures\"")
        + &paper("instrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"acme\", \"in\"]\nsigned = 2024-02-01\nassessments = [\"in-look\"]\ndata = [\"c\"]");
    let records = acme(&[("in", "IN", "processor")], "safeguards = [\"paper\"]", &papers).replace(
        "data = [\"c\"]\npurposes = [\"p\"]\nsafeguards",
        "data = [\"c\", \"d\"]\npurposes = [\"p\"]\nsafeguards",
    );
    let judged = kept(&records, DAY);
    let help = judged.findings("unsafeguarded-transfer")[0]["help"].as_str().expect("help");
    assert!(help.ends_with("; or leave `d` out of it"), "{help}");
}

#[test]
fn a_waived_violation_asks_for_no_act() {
    let waiver = "[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\non = [\"acme--in\"]\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-12-31\n";
    let judged = judge(&acme(&[("in", "IN", "processor")], "", waiver), DAY);
    assert_eq!(judged.report["mends"]["violations"], 0);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_proposed_acts_once_done_clear_what_was_said(sketch in super::properties::sketch(), bare in any::<bool>()) {
        let mut records = sketch.records();
        if bare {
            // Without any assessment, and of parties that are no group.
            records.retain(|record| !record.contains("jurisdiction.assessment"));
            let strip = |record: &String| {
                let lines = record.lines().filter(|line| !line.starts_with("assessments"));
                lines.collect::<Vec<_>>().join("\n").replace("[[affiliate]]", "[[reseller]]") + "\n"
            };
            records = records.iter().map(strip).collect();
        }
        kept(&records.join("\n"), sketch.day());
    }
}
