//! Where a register is silent, ends or erases: what must not fall through.

use super::kit::{CATALOGUE, collected, judge, party, transfer};

const DAY: &str = "2026-01-15";

fn joined(records: &[&str]) -> String {
    [CATALOGUE].iter().chain(records).copied().collect::<Vec<_>>().join("\n")
}

/// A group of employees beside `s`.
const EMPLOYEES: &str = "[[subjects]]\nid = \"emp\"\nname = \"Employees\"\nhr = true\n";

fn about(id: &str, by: &str, subjects: &str, more: &str) -> String {
    format!(
        "[[collection]]\nid = \"{id}\"\nby = \"{by}\"\ndata = [\"c\"]\nsubjects = [\"{subjects}\"]\npurposes = [\"p\"]\nsubjects-in = [\"DE\"]\n{more}\n"
    )
}

#[test]
fn a_named_group_of_whom_no_sender_holds_anything_is_found_and_judged_all_the_same() {
    let records = joined(&[
        EMPLOYEES,
        &party("affiliate", "de", "DE", "controller"),
        &party("service-provider", "us", "US", "processor"),
        &collected("de", "DE"),
        &transfer("de", "us", "subjects = [\"s\", \"emp\"]\nsafeguards = [\"d\"]"),
        "[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2023-08-01\n",
    ]);
    let judged = judge(&records, DAY);
    assert_eq!(judged.outcome("de", "us", "eu"), "violation");
    assert_eq!(judged.verdict("de", "us", "eu")["subjects"][0], "emp");
    let found = judged.findings("transfer-without-data-source");
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].as_str().is_some_and(|message| message.contains("`emp`")));
    // With the group collected too, only the certificate is wanting; without it, nothing is.
    let all = judge(&(records.clone() + &about("hr", "de", "emp", "")), DAY);
    assert!(all.findings("transfer-without-data-source").is_empty());
    assert_eq!(all.outcome("de", "us", "eu"), "violation");
    let fewer = judge(&records.replace("[\"s\", \"emp\"]", "[\"s\"]"), DAY);
    assert_eq!(fewer.outcome("de", "us", "eu"), "adequate");
}

/// A selector may stand for nobody, today or for ever: nobody sends, so nothing is missing.
#[test]
fn a_transfer_without_a_sender_or_a_recipient_has_no_source_to_look_for() {
    for (from, to, found) in [("@resellers", "us", 0), ("de", "@resellers", 0), ("@affiliates", "us", 1)] {
        let records = joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("service-provider", "us", "US", "processor"),
            &transfer(from, to, "id = \"t\""),
        ]);
        assert_eq!(judge(&records, DAY).findings("transfer-without-data-source").len(), found, "{from} {to}");
    }
}

#[test]
fn what_was_passed_on_before_it_was_erased_is_still_held_where_it_went() {
    let chain = |erased: &str| {
        joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("service-provider", "in", "IN", "processor"),
            &party("third-party", "ph", "PH", "controller"),
            &party("service-provider", "us", "US", "processor"),
            &collected("de", "DE"),
            &transfer("de", "in", &format!("until = 2023-12-31\n{erased}")),
            &transfer("in", "ph", "until = 2023-12-31"),
            &transfer("ph", "us", ""),
        ])
    };
    for erased in ["", "erased = 2024-06-01"] {
        let judged = judge(&chain(erased), DAY);
        assert_eq!(judged.outcome("ph", "us", "eu"), "violation", "{erased}");
        assert_eq!(judged.verdict("ph", "us", "eu")["onward"], true);
        assert!(judged.findings("transfer-without-data-source").is_empty(), "{erased}");
    }
}

#[test]
fn what_a_collector_erased_is_still_held_by_whom_it_gave_it_to() {
    let records = joined(&[
        EMPLOYEES,
        &party("affiliate", "de", "DE", "controller"),
        &party("third-party", "in", "IN", "controller"),
        &party("service-provider", "us", "US", "processor"),
        &about("customers", "de", "s", ""),
        &about("staff", "de", "emp", "until = 2023-12-31\nerased = 2024-06-01"),
        &transfer("de", "in", "until = 2023-12-31"),
        &transfer("in", "us", "safeguards = [\"m\"]"),
        "[[safeguard]]\nid = \"m\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"in\", \"us\"]\nsubjects = [\"s\"]\nsigned = 2023-08-01\nassessments = [\"look\"]\n",
        "[[jurisdiction]]\ncode = \"US\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2023-01-01\noutcome = \"no-extra-measures\"\n",
    ]);
    let judged = judge(&records, DAY);
    assert_eq!(judged.outcome("in", "us", "eu"), "violation");
    assert_eq!(judged.verdict("in", "us", "eu")["subjects"][0], "emp");
}

#[test]
fn what_a_recipient_has_erased_it_passes_on_no_more() {
    let records = |erased: &str| {
        joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("third-party", "ph", "PH", "controller"),
            &party("service-provider", "us", "US", "processor"),
            &collected("de", "DE"),
            &collected("ph", "PH").replace("source", "").replace("subjects-in", "targeted = false\nsubjects-in"),
            &transfer("de", "ph", &format!("until = 2023-12-31\nerased = {erased}")),
            &transfer("ph", "us", ""),
        ])
    };
    assert_eq!(judge(&records("2026-01-16"), DAY).outcome("ph", "us", "eu"), "violation");
    assert_eq!(judge(&records("2026-01-15"), DAY).outcome("ph", "us", "eu"), "none");
}

#[test]
fn a_controller_cannot_have_given_what_it_has_only_from_the_processor() {
    let module_four = "[[safeguard]]\nid = \"m4\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [4]\nparties = [\"p\", \"us\"]\nsigned = 2022-01-01\n";
    let records = |us: &str| {
        joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("service-provider", "p", "DE", "processor"),
            &party("affiliate", "us", "US", "controller"),
            &collected("de", "DE"),
            &transfer("de", "p", ""),
            &transfer("us", "p", "since = 2020-01-01\nuntil = 2020-01-02"),
            &transfer("p", "us", "safeguards = [\"m4\"]"),
            module_four,
            us,
        ])
    };
    assert_eq!(judge(&records(""), DAY).outcome("p", "us", "eu"), "violation");
    let own = collected("us", "US").replace("subjects-in", "targeted = false\nsubjects-in");
    assert_eq!(judge(&records(&own), DAY).outcome("p", "us", "eu"), "safeguarded");
}

/// A processor inside may give back what a controller abroad gave it, and the law stays behind. What the
/// controller has only from the processor was never its to give: the law goes with it, and on from there.
#[test]
fn what_a_controller_has_only_from_the_processor_stays_bound_when_it_goes_on() {
    let records = |more: &str| {
        joined(&[
            &party("third-party", "us", "US", "controller"),
            &party("service-provider", "p", "DE", "processor"),
            &party("affiliate", "in", "IN", "controller"),
            &party("third-party", "ph", "PH", "controller"),
            &collected("us", "US").replace("subjects-in", "targeted = false\nsubjects-in"),
            &transfer("us", "p", ""),
            &transfer("in", "p", "since = 2020-01-01\nuntil = 2020-01-02"),
            &transfer("p", "in", ""),
            &transfer("in", "ph", ""),
            more,
        ])
    };
    let bound = judge(&records(""), DAY);
    assert_eq!(bound.outcome("p", "in", "eu"), "violation");
    assert_eq!(bound.outcome("in", "ph", "eu"), "violation");
    assert_eq!(bound.verdict("in", "ph", "eu")["onward"], true);
    let own = collected("in", "IN").replace("subjects-in", "targeted = false\nsubjects-in");
    assert_eq!(judge(&records(&own), DAY).outcome("in", "ph", "eu"), "none");
}

#[test]
fn an_addendum_reaches_no_further_than_its_clauses() {
    let records = |scope: &str| {
        joined(&[
            "[[data]]\nid = \"d\"\nname = \"d\"\n",
            &party("affiliate", "gb", "GB", "controller"),
            &party("service-provider", "in", "IN", "processor"),
            &collected("gb", "GB").replace("[\"c\"]", "[\"c\", \"d\"]"),
            &transfer("gb", "in", "safeguards = [\"a\", \"b\"]").replace("[\"c\"]", "[\"c\", \"d\"]"),
            "[[safeguard]]\nid = \"a\"\ninstrument = \"uk-addendum\"\nmodules = [2]\nparties = [\"gb\", \"in\"]\nsigned = 2023-01-01\nassessments = [\"look\"]\n",
            &format!(
                "[[safeguard]]\nid = \"b\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"gb\", \"in\"]\nsigned = 2023-01-01\n{scope}\n"
            ),
            "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2023-01-01\noutcome = \"no-extra-measures\"\n",
        ])
    };
    assert_eq!(judge(&records(""), DAY).outcome("gb", "in", "uk"), "safeguarded");
    let narrow = judge(&records("data = [\"d\"]"), DAY);
    assert_eq!(narrow.outcome("gb", "in", "uk"), "violation");
    assert_eq!(narrow.verdict("gb", "in", "uk")["data"][0], "c");
    let for_one = records("purposes = [\"q\"]") + "[[purpose]]\nid = \"q\"\nname = \"Other\"\n";
    assert_eq!(judge(&for_one, DAY).outcome("gb", "in", "uk"), "violation", "the clauses are not for that purpose");
    let for_both = for_one.replace("purposes = [\"q\"]", "purposes = [\"p\", \"q\"]");
    assert_eq!(judge(&for_both, DAY).outcome("gb", "in", "uk"), "safeguarded");
}

#[test]
fn a_contract_that_fails_under_an_onward_principle_says_why_it_does() {
    let records = |more: &str| {
        joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("affiliate", "je", "JE", "controller"),
            &party("third-party", "us", "US", "controller"),
            &collected("de", "DE"),
            &transfer("de", "je", ""),
            &transfer("je", "us", "safeguards = [\"k\"]"),
            &format!("[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nsigned = 2020-01-01\n{more}\n"),
        ])
    };
    let reasons = |more: &str| judge(&records(more), DAY).reasons("je", "us", "eu");
    assert!(reasons("parties = [\"je\", \"us\"]\nexpires = 2024-01-01").contains(&"k: expired".to_owned()));
    assert!(reasons("parties = [\"je\"]").contains(&"k: party-not-bound".to_owned()));
    assert_eq!(judge(&records("parties = [\"je\", \"us\"]"), DAY).outcome("je", "us", "eu"), "safeguarded");
}

#[test]
fn what_comes_back_into_the_territory_is_not_passed_on() {
    let records = joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("service-provider", "in", "IN", "processor"),
        &collected("de", "DE"),
        &transfer("de", "in", ""),
        &transfer("in", "de", ""),
    ]);
    let judged = judge(&records, DAY);
    assert_eq!(judged.outcome("in", "de", "eu"), "unrestricted");
    assert_eq!(judged.verdict("in", "de", "eu")["onward"], false);
}

#[test]
fn a_register_without_any_record_is_no_pass() {
    let empty = super::kit::folder(&[("vendors.toml", "# nothing yet\n")]);
    let judged = super::kit::judge_folder(empty.path(), DAY);
    assert!(judged.report["verdicts"].is_null());
    assert_eq!(judged.rules(), ["not-a-register"]);
}

#[test]
fn a_second_register_inside_a_register_is_one_problem() {
    let nested = super::kit::folder(&[("a/register.toml", super::kit::HEAD), ("b.toml", CATALOGUE)]);
    let judged = super::kit::judge_folder(nested.path(), DAY);
    assert_eq!(judged.rules(), ["invalid-value"]);
    assert_eq!(judged.findings("invalid-value")[0]["location"]["file"], "a/register.toml");
}

#[test]
fn a_sector_that_no_law_speaks_of_is_refused_with_the_nearest() {
    let records =
        |sector: &str| joined(&[&(party("affiliate", "us", "US", "controller") + &format!("sector = \"{sector}\"\n"))]);
    let misspelt = judge(&records("finacial"), DAY);
    let found = misspelt.findings("invalid-value");
    assert_eq!(found[0]["help"], "did you mean `financial`?");
    assert!(!judge(&records("financial"), DAY).report["verdicts"].is_null());
}

#[test]
fn a_waiver_without_a_reason_is_refused() {
    let waiver = "[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\non = [\"us\"]\nreason = \" \"\napproved-by = \"x\"\nuntil = 2030-01-01\n";
    let judged = judge(&joined(&[&party("affiliate", "us", "US", "controller"), waiver]), DAY);
    assert_eq!(judged.rules(), ["invalid-value"]);
}

#[test]
fn a_place_is_defined_before_those_below_it_whatever_the_order() {
    let places =
        "[[jurisdiction]]\ncode = \"XA-N\"\nname = \"North\"\n[[jurisdiction]]\ncode = \"XA\"\nname = \"A ship\"\n";
    let judged = judge(&joined(&[places, &party("affiliate", "ship", "XA-N", "controller")]), DAY);
    assert!(!judged.report["verdicts"].is_null(), "{:#}", judged.report["findings"]);
}

#[test]
fn selectors_that_stand_for_too_much_are_over_a_limit() {
    let parties: String = (0..4_000).map(|n| party("third-party", &format!("p{n}"), "US", "controller")).collect();
    let transfers: String =
        (0..2_500).map(|n| transfer(&format!("p{n}"), "@third-parties", &format!("id = \"t{n}\""))).collect();
    let judged = judge(&joined(&[&parties, &transfers]), DAY);
    assert!(judged.rules().contains(&"over-limit"));
}

#[test]
fn a_value_that_is_wrong_is_not_called_missing_too() {
    let unsigned = "[[safeguard]]\nid = \"g\"\ninstrument = \"eu-scc-2021-914\"\nparties = [\"a\", \"b\"]\nsigned = \"2022-01-01\"\n";
    let parties = party("affiliate", "a", "DE", "controller") + &party("affiliate", "b", "US", "controller");
    assert_eq!(judge(&joined(&[&parties, unsigned]), DAY).rules(), ["invalid-value"]);
    let nameless = transfer("a", "b", "id = \"Bad Id\"").replace("from = \"a\"", "from = [\"a\"]");
    assert_eq!(judge(&joined(&[&parties, &nameless]), DAY).rules(), ["invalid-value"]);
}

/// Where data goes round, the transfer that closes the ring is the source of the next.
#[test]
fn a_transfer_that_was_a_source_leaves_data_behind_that_is_judged_as_collected_by_its_sender() {
    let ring = |closing: &str| {
        joined(&[
            &party("affiliate", "us", "US", "controller"),
            &party("reseller", "ca", "US", "controller"),
            &party("service-provider", "de", "DE", "processor"),
            &collected("de", "DE"),
            &transfer("ca", "de", ""),
            &transfer("de", "us", ""),
            closing,
        ])
    };
    // What a processor collected and hands back is the controller's own from there on.
    let round = judge(&ring(&transfer("us", "ca", "")), DAY);
    assert!(round.find("us", "ca", "eu").is_none());
    assert!(round.findings("transfer-without-data-source").is_empty());
    // Once nothing is known of where `ca` has it from, what `us` receives was not given by `us`.
    let on = transfer("us", "in", "") + &party("third-party", "in", "IN", "controller");
    let cut = judge(&ring(&on), DAY);
    assert_eq!(cut.findings("transfer-without-data-source").len(), 1);
    assert_eq!(cut.outcome("us", "in", "eu"), "violation");
}

#[test]
fn what_comes_back_to_a_controller_is_its_own_only_while_it_gives_it() {
    let shared = |gives: &str| {
        joined(&[
            &party("affiliate", "us", "US", "controller"),
            &party("affiliate", "jp", "JP", "controller"),
            &party("service-provider", "de", "DE", "processor"),
            &party("third-party", "in", "IN", "controller"),
            &collected("us", "US"),
            &about("k-jp", "jp", "s", "").replace("\"DE\"", "\"JP\""),
            gives,
            &transfer("jp", "de", ""),
            &transfer("de", "us", ""),
            &transfer("us", "in", ""),
        ])
    };
    assert!(judge(&shared(&transfer("us", "de", "")), DAY).find("us", "in", "eu").is_none());
    let judged = judge(&shared(""), DAY);
    assert_eq!(judged.outcome("us", "in", "eu"), "violation");
    assert_eq!(judged.verdict("us", "in", "eu")["onward"], true);
}
