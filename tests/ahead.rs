//! What will end, what everything rests on, what nothing uses, and where data lies.

use super::kit::{CATALOGUE, Judged, collected, folder, judge, party, site_of, transfer};

const DAY: &str = "2026-01-15";
/// 180 days after `DAY`.
const HORIZON: &str = "2026-07-14";

fn joined(records: &[&str]) -> String {
    [CATALOGUE].iter().chain(records).copied().collect::<Vec<_>>().join("\n")
}

/// Assessments of the places that the cases use.
fn looked_at() -> String {
    let look = |place: &str| {
        format!(
            "[[jurisdiction]]\ncode = \"{place}\"\n[[jurisdiction.assessment]]\nid = \"look-{}\"\ndate = 2020-01-01\noutcome = \"no-extra-measures\"\n",
            place.to_lowercase()
        )
    };
    ["IN", "US", "PH"].map(look).concat() + "[[jurisdiction]]\ncode = \"DE\"\n"
}

fn clauses(id: &str, parties: &str, module: u8, place: &str, more: &str) -> String {
    format!(
        "[[safeguard]]\nid = \"{id}\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [{module}]\nparties = {parties}\nsigned = 2022-01-01\nassessments = [\"look-{place}\"]\n{more}\n"
    )
}

/// `de` sends to `in` under clauses `k`, with more safeguards where wanted.
fn to_india(listed: &str, keys: &str, more: &str) -> String {
    joined(&[
        &looked_at(),
        &party("affiliate", "de", "DE", "controller"),
        &party("third-party", "in", "IN", "controller"),
        &collected("de", "DE"),
        &transfer("de", "in", &format!("safeguards = {listed}")),
        &clauses("k", "[\"de\", \"in\"]", 1, "in", keys),
        more,
    ])
}

fn message(judged: &Judged, rule: &str) -> String {
    let found = judged.findings(rule);
    assert_eq!(found.len(), 1, "{:#}", judged.report["findings"]);
    found[0]["message"].as_str().expect("a message").to_owned()
}

#[test]
fn a_safeguard_that_ends_within_the_horizon_is_announced_and_one_that_ends_later_is_not() {
    let expiring = |last: &str| judge(&to_india("[\"k\"]", &format!("expires = {last}"), ""), DAY);
    assert!(message(&expiring(HORIZON), "safeguard-expiring").contains("1 transfer loses its safeguard"));
    assert!(expiring("2026-07-15").findings("safeguard-expiring").is_empty());
    assert_eq!(expiring(DAY).findings("safeguard-expiring").len(), 1);
    // What has ended already is a violation, not an announcement.
    let ended = expiring("2026-01-14");
    assert!(ended.findings("safeguard-expiring").is_empty());
    assert_eq!(ended.findings("unsafeguarded-transfer").len(), 1);
}

#[test]
fn the_horizon_of_the_register_counts() {
    let folder = super::kit::folder(&[
        ("register.toml", "[register]\nformat = 1\norganisation = \"Acme\"\nhorizon = \"10 days\"\n"),
        ("r.toml", &to_india("[\"k\"]", "expires = 2026-01-25", "")),
    ]);
    let found = |day: &str| super::kit::judge_folder(folder.path(), day).findings("safeguard-expiring").len();
    assert_eq!((found(DAY), found("2026-01-14")), (1, 0));
}

#[test]
fn a_recorded_termination_to_come_is_an_end() {
    let terminated = |first: &str| judge(&to_india("[\"k\"]", &format!("terminated = {first}"), ""), DAY);
    assert!(message(&terminated("2026-03-01"), "safeguard-expiring").contains("2026-02-28"));
    assert_eq!(terminated(HORIZON).findings("safeguard-expiring").len(), 1);
    assert!(terminated("2026-07-15").findings("safeguard-expiring").is_empty());
}

#[test]
fn another_safeguard_counts_only_if_it_outlasts_the_one_that_ends() {
    let second = |keys: &str| {
        let other = clauses("l", "[\"de\", \"in\"]", 1, "in", keys);
        judge(&to_india("[\"k\", \"l\"]", "expires = 2026-03-01", &other), DAY)
    };
    assert!(message(&second(""), "safeguard-expiring").ends_with("1 transfer has another"));
    let both = second("expires = 2026-03-01");
    assert_eq!(both.findings("safeguard-expiring").len(), 2);
    let lost = |found: &&serde_json::Value| found["message"].as_str().is_some_and(|said| said.contains("loses"));
    assert!(both.findings("safeguard-expiring").iter().all(lost));
}

#[test]
fn a_safeguard_that_carries_nothing_ends_in_silence() {
    let records = joined(&[
        &looked_at(),
        &party("affiliate", "de", "DE", "controller"),
        &party("affiliate", "nl", "NL", "controller"),
        "[[jurisdiction]]\ncode = \"NL\"\n",
        &collected("de", "DE"),
        &transfer("de", "nl", "safeguards = [\"c\"]"),
        "[[safeguard]]\nid = \"c\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"nl\"]\nsigned = 2022-01-01\nexpires = 2026-02-01\n",
    ]);
    assert!(judge(&records, DAY).findings("safeguard-expiring").is_empty());
}

/// `de` sends to `us`, which holds a certificate of the framework.
fn certified(keys: &str, listed: &str, more: &str) -> String {
    joined(&[
        &looked_at(),
        &party("affiliate", "de", "DE", "controller"),
        &party("third-party", "us", "US", "controller"),
        &collected("de", "DE"),
        &transfer("de", "us", listed),
        &format!(
            "[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2024-01-01\n{keys}\n"
        ),
        more,
    ])
}

#[test]
fn a_certificate_that_ends_takes_what_rests_on_its_decision_along() {
    let alone = judge(&certified("expires = 2026-05-01", "", ""), DAY);
    assert!(message(&alone, "safeguard-expiring").contains("1 transfer loses its safeguard"));
    let renewed = "[[safeguard]]\nid = \"e\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2025-12-01\n";
    let renewed = judge(&certified("expires = 2026-05-01", "", renewed), DAY);
    assert!(message(&renewed, "safeguard-expiring").ends_with("1 transfer has another"));
}

#[test]
fn nothing_rests_on_a_certificate_that_has_lapsed_where_its_holder_has_another() {
    let renewed = "[[safeguard]]\nid = \"e\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2025-12-01\n";
    let folder = folder(&[("a.toml", &certified("expires = 2026-01-14", "", renewed))]);
    let site = site_of(folder.path(), DAY);
    assert!(site["safeguard-d.html"].contains("No transfer rests on this safeguard"));
    assert!(site["safeguard-e.html"].contains("1 verdict rests on it. If it fell today, 1 of them"));
}

/// One paper can be the certificate of a decision and, should that fall, the clauses that would catch it.
#[test]
fn a_paper_that_carries_and_would_catch_is_told_as_one_that_carries() {
    let records = joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("reseller", "us", "US", "controller"),
        &collected("de", "DE"),
        &transfer("de", "us", "safeguards = [\"both\"]"),
        &looked_at(),
        &format!(
            "[[safeguard]]\nid = \"both\"\ninstrument = [\"eu-dpf-cert\", \"eu-scc-2021-914\"]\nmodules = [1]\nparties = [\"de\", \"us\"]\nsigned = 2024-01-01\nexpires = {HORIZON}\nassessments = [\"look-us\"]\n"
        ),
    ]);
    let judged = judge(&records, DAY);
    assert_eq!(judged.verdict("de", "us", "eu")["fallback"][0], "both");
    assert!(message(&judged, "safeguard-expiring").ends_with("1 transfer loses its safeguard"));
}

#[test]
fn the_end_that_the_law_set_to_old_clauses_is_announced_once_it_was_known() {
    let records = joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("third-party", "in", "IN", "controller"),
        "[[jurisdiction]]\ncode = \"DE\"\n[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look-in\"\ndate = 2020-08-01\noutcome = \"no-extra-measures\"\n",
        &collected("de", "DE"),
        &transfer("de", "in", "safeguards = [\"old\"]"),
        "[[safeguard]]\nid = \"old\"\ninstrument = \"eu-scc-2004-915\"\nparties = [\"de\", \"in\"]\nsigned = 2019-01-01\nassessments = [\"look-in\"]\n",
    ]);
    let found = |day: &str| judge(&records, day).findings("safeguard-expiring").len();
    assert_eq!((found("2022-06-29"), found("2022-06-30"), found("2022-12-27"), found("2022-12-28")), (0, 1, 1, 0));
    let judged = judge(&records, "2022-12-27");
    assert_eq!(judged.findings("safeguard-expiring")[0]["regime"], "eu");
    assert!(
        judged.findings("safeguard-expiring")[0]["help"].as_str().is_some_and(|help| help.contains("eu-scc-2021-914"))
    );
}

#[test]
fn old_clauses_catch_nothing_that_ends_after_the_law_ended_them() {
    let found = |expires: &str| {
        let old = "[[safeguard]]\nid = \"old\"\ninstrument = \"eu-scc-2004-915\"\nparties = [\"de\", \"in\"]\nsigned = 2019-01-01\nassessments = [\"look-in\"]\n";
        let records = to_india("[\"k\", \"old\"]", &format!("expires = {expires}"), old);
        let judged = judge(&records, "2022-11-01");
        let about = |found: &&serde_json::Value| found["subject"]["id"] == "k";
        let of_new = judged.findings("safeguard-expiring").into_iter().find(about).expect("an end").clone();
        of_new["message"].as_str().expect("a message").to_owned()
    };
    assert!(found("2022-12-25").ends_with("1 transfer has another"), "{}", found("2022-12-25"));
    assert!(found("2022-12-26").ends_with("1 transfer has another"), "{}", found("2022-12-26"));
    assert!(found("2022-12-27").contains("loses"), "{}", found("2022-12-27"));
}

#[test]
fn an_end_of_the_law_is_not_announced_before_it_was_known() {
    let found = |day: &str, instrument: &str, keys: &str| {
        let records = joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("third-party", "in", "IN", "controller"),
            "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look-in\"\ndate = 2020-08-01\noutcome = \"no-extra-measures\"\n",
            &collected("de", "DE"),
            &transfer("de", "in", "safeguards = [\"old\"]\nfrequency = \"once\""),
            &format!(
                "[[safeguard]]\nid = \"old\"\ninstrument = \"{instrument}\"\nparties = [\"de\", \"in\"]\n{keys}\n"
            ),
        ]);
        let head = "[register]\nformat = 1\norganisation = \"Acme\"\nhorizon = \"3 years\"\n";
        let folder = super::kit::folder(&[("register.toml", head), ("r.toml", &records)]);
        let judged = super::kit::judge_folder(folder.path(), day);
        assert!(["safeguarded", "derogated"].contains(&judged.outcome("de", "in", "eu")), "{day}");
        judged.findings("safeguard-expiring").len()
    };
    // The act that closed the old clauses to new signatures after 2021-09-26 also set their last day.
    let signed = "signed = 2019-01-01\nassessments = [\"look-in\"]";
    assert_eq!(found("2021-09-26", "eu-scc-2004-915", signed), 0);
    assert_eq!(found("2021-09-27", "eu-scc-2004-915", signed), 1);
    // Of an exception that the Directive took along the book does not say since when that was known.
    assert_eq!(found("2018-05-01", "eu-dir-26-1-d", "justification = \"A claim in court\""), 0);
}

#[test]
fn no_judgment_is_announced() {
    let records =
        certified("", "", "").replace("eu-dpf-cert", "eu-safe-harbor-cert").replace("2024-01-01", "2014-01-01");
    let judged = judge(&records, "2015-10-05");
    assert_eq!(judged.outcome("de", "us", "eu"), "adequate");
    assert!(judged.findings("decision-ending").is_empty() && judged.findings("safeguard-expiring").is_empty());
}

/// A decision of the register about India.
fn decided(id: &str, from: &str, keys: &str) -> String {
    format!(
        "[[adequacy]]\nid = \"{id}\"\nregime = \"eu\"\njurisdictions = [\"IN\"]\nfrom = {from}\nonward = \"local-law\"\ncitation = \"Of the house\"\n{keys}\n"
    )
}

#[test]
fn a_decision_that_ends_of_itself_within_the_horizon_is_announced() {
    let ending = |until: &str, more: &str| {
        let decision = decided("pilot", "2024-01-01", &format!("until = {until}"));
        judge(&(to_india("[\"k\"]", more, &decision)), DAY)
    };
    let judged = ending(HORIZON, "");
    assert!(message(&judged, "decision-ending").contains("1 transfer rests on it: it has a safeguard that catches it"));
    assert_eq!(judged.findings("decision-ending")[0]["subject"]["id"], "pilot");
    assert!(ending("2026-07-15", "").findings("decision-ending").is_empty());
    let alone = ending(HORIZON, "data = [\"other\"]\n[[data]]\nid = \"other\"\nname = \"Other\"");
    assert!(message(&alone, "decision-ending").contains("none has a safeguard"));
}

#[test]
fn how_many_of_the_transfers_have_something_else_is_said() {
    let said = |listed: &[&str]| {
        let more: Vec<String> = listed
            .iter()
            .enumerate()
            .map(|(at, listed)| transfer("de", "in", &format!("id = \"t{at}\"\nsafeguards = {listed}")))
            .collect();
        let decision = decided("pilot", "2024-01-01", "until = 2026-03-31");
        let judged = judge(&to_india("[\"k\"]", "", &(decision + &more.concat())), DAY);
        let found = message(&judged, "decision-ending");
        let help = judged.findings("decision-ending")[0]["help"].as_str().expect("help").to_owned();
        let left = judged.findings("decision-ending")[0]["notes"].to_string().contains("left without a safeguard: `t");
        assert_ne!(left, help.starts_with("nothing to do"), "who is left without is named");
        (found.split(": ").last().expect("the end").to_owned(), !left)
    };
    assert_eq!(said(&[]), ("it has a safeguard that catches it".to_owned(), true));
    assert_eq!(said(&["[\"k\"]"]), ("each has a safeguard that catches it".to_owned(), true));
    assert_eq!(said(&["[]"]), ("1 of them has a safeguard".to_owned(), false));
    assert_eq!(said(&["[\"k\"]", "[]"]), ("2 of them have a safeguard".to_owned(), false));
}

#[test]
fn a_decision_about_a_place_that_joins_the_territory_is_no_end() {
    let ends = |until: &str| {
        let decision = decided("before", "2010-01-01", &format!("until = {until}")).replace("\"IN\"", "\"HR\"");
        let records = joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("third-party", "hr", "HR", "controller"),
            &collected("de", "DE"),
            &transfer("de", "hr", ""),
            &decision,
        ]);
        let judged = judge(&records, "2013-05-01");
        assert_eq!(judged.outcome("de", "hr", "eu"), "adequate");
        judged.findings("decision-ending").len()
    };
    assert_eq!((ends("2013-06-30"), ends("2013-06-29")), (0, 1), "Croatia joined on 1 July 2013");
}

#[test]
fn a_decision_that_another_takes_over_or_that_something_else_ended_is_not_announced() {
    let judged = |keys: &str, more: &str| {
        let decision = decided("pilot", "2024-01-01", &format!("until = 2026-03-31\n{keys}"));
        judge(&to_india("[]", "terminated = 2023-01-01", &(decision + more)), DAY)
    };
    assert_eq!(judged("", "").findings("decision-ending").len(), 1);
    let renewed = judged("", &decided("renewed", "2026-04-01", ""));
    assert!(renewed.findings("decision-ending").is_empty());
    let too_late = judged("", &decided("renewed", "2026-04-02", ""));
    assert_eq!(too_late.findings("decision-ending").len(), 1);
    let narrower = judged("", &decided("renewed", "2026-04-01", "scope = { sector = [\"public\"] }"));
    assert_eq!(narrower.findings("decision-ending").len(), 1);
    assert!(judged("ended-by = \"C-1/26\"", "").findings("decision-ending").is_empty());
}

#[test]
fn the_renewal_of_the_british_decision_is_no_end() {
    let records = joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("third-party", "gb", "GB", "controller"),
        &collected("de", "DE"),
        &transfer("de", "gb", ""),
    ]);
    assert!(judge(&records, "2025-12-18").findings("decision-ending").is_empty());
    assert_eq!(judge(&records, "2031-07-01").findings("decision-ending").len(), 1);
}

#[test]
fn what_rests_on_a_certificate_alone_is_found_until_something_would_catch_it() {
    let rule = "single-point-of-failure";
    let alone = judge(&certified("", "", ""), DAY);
    assert!(
        message(&alone, rule).contains("every transfer to `us` that eu-gdpr restricts rests on decision eu-us-dpf")
    );
    assert_eq!(alone.findings(rule)[0]["subject"]["kind"], "party");
    let caught = clauses("k", "[\"de\", \"us\"]", 1, "us", "");
    assert!(judge(&certified("", "safeguards = [\"k\"]", &caught), DAY).findings(rule).is_empty());
    // Clauses that are recorded and not listed catch nothing, and are what to list.
    let unlisted = judge(&certified("", "", &caught), DAY);
    assert!(unlisted.findings(rule)[0]["help"].as_str().is_some_and(|help| help.starts_with("list `k`")));
    // A paper that does not hold catches nothing.
    let expired = clauses("k", "[\"de\", \"us\"]", 1, "us", "expires = 2025-01-01");
    assert_eq!(judge(&certified("", "safeguards = [\"k\"]", &expired), DAY).findings(rule).len(), 1);
}

#[test]
fn one_caught_transfer_is_enough_to_keep_a_party_out_of_it() {
    let second =
        transfer("de", "us", "id = \"second\"\nsafeguards = [\"k\"]") + &clauses("k", "[\"de\", \"us\"]", 1, "us", "");
    assert!(judge(&certified("", "", &second), DAY).findings("single-point-of-failure").is_empty());
    assert!(
        judge(&certified("", "safeguards = [\"k\"]", &second.replace("\nsafeguards = [\"k\"]", "")), DAY)
            .findings("single-point-of-failure")
            .is_empty()
    );
}

#[test]
fn what_is_proposed_for_signing_is_the_youngest_that_serves_the_roles() {
    let help = |modules: &str, window: &str| {
        let own = format!(
            "[[instrument]]\nid = \"young\"\nname = \"Clauses of the house\"\nkind = \"contract\"\nbinds = \"both\"\n{modules}\n\
             citation = \"Drawer 3\"\n[[acceptance]]\nregime = \"eu\"\ninstrument = \"young\"\n\
             sign-from = 2026-01-01\n{window}\ncitation = \"Letter of 1 January 2026\"\n"
        );
        let judged = judge(&certified("", "", &own), DAY);
        judged.findings("single-point-of-failure")[0]["help"].as_str().expect("a help").to_owned()
    };
    for serving in ["modules = [{ id = 1, roles = \"c2c\" }]", "roles = [\"c2c\"]", ""] {
        assert!(help(serving, "").starts_with("sign `young` now"), "{serving}: {}", help(serving, ""));
    }
    for other in ["modules = [{ id = 1, roles = \"c2p\" }]", "roles = [\"c2p\"]"] {
        assert!(help(other, "").starts_with("sign `eu-scc-2021-914` now"), "{other}: {}", help(other, ""));
    }
    // Nor is what could be signed until yesterday.
    let over = help("", "sign-until = 2026-01-14");
    assert!(over.starts_with("sign `eu-scc-2021-914` now"), "{over}");
    assert!(help("", "sign-until = 2026-01-15").starts_with("sign `young` now"));
}

#[test]
fn a_party_whose_transfers_rest_on_two_things_does_not_rest_on_one() {
    let records = |on: &str| {
        let staff = "[[subjects]]\nid = \"staff\"\nname = \"Staff\"\nhr = true\n".to_owned()
            + &collected("de", "DE").replace("by-de", "staff").replace("[\"s\"]", "[\"staff\"]")
            + &transfer("de", "us", &format!("id = \"second\"\nsubjects = [\"staff\"]\nsafeguards = {on}"))
            + "[[safeguard]]\nid = \"e\"\ninstrument = \"eu-cert-europrivacy-v82\"\nparties = [\"us\"]\nsigned = 2026-09-01\nassessments = [\"look-us\"]\nconfirms = [\"binding-commitments\"]\ncovers-hr = true\n";
        certified("", "subjects = [\"s\"]", &staff)
    };
    let judged = judge(&records("[\"e\"]"), "2026-11-01");
    assert_eq!(judged.outcome("de", "us", "eu"), "adequate");
    let outcomes: Vec<&str> = judged.verdicts().iter().filter_map(|verdict| verdict["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["adequate", "safeguarded"]);
    assert!(judged.findings("single-point-of-failure").is_empty());
}

#[test]
fn several_parties_of_one_place_that_rest_on_one_decision_are_one_finding() {
    let more = party("third-party", "us-b", "US", "controller")
        + &transfer("de", "us-b", "")
        + "[[safeguard]]\nid = \"f\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us-b\"]\nsigned = 2024-01-01\n";
    let judged = judge(&certified("", "", &more), DAY);
    assert!(message(&judged, "single-point-of-failure").contains("`us` and `us-b`"));
    assert_eq!(judged.findings("single-point-of-failure")[0]["subject"]["id"], "US");
    let header = |records: &str| {
        let line = judge(records, DAY).findings("single-point-of-failure")[0]["location"]["line"].as_u64();
        let line = usize::try_from(line.expect("a line")).expect("a number");
        records.lines().nth(line - 1).expect("the line").to_owned()
    };
    assert_eq!(header(&certified("", "", &more)), "[[jurisdiction]]");
    assert_eq!(header(&certified("", "", "")), "[[third-party]]");
}

#[test]
fn a_plain_decision_about_a_country_is_no_news() {
    let records = |place: &str| {
        joined(&[
            &party("affiliate", "de", "DE", "controller"),
            &party("third-party", "to", place, "controller"),
            &collected("de", "DE"),
            &transfer("de", "to", ""),
        ])
    };
    assert!(judge(&records("CH"), DAY).findings("single-point-of-failure").is_empty());
    assert_eq!(judge(&records("GB"), DAY).findings("single-point-of-failure").len(), 1);
}

#[test]
fn a_safeguard_is_used_where_an_active_transfer_lists_it_or_a_recipient_holds_it() {
    let unused = |records: &str| judge(records, DAY).findings("unused-safeguard").len();
    assert_eq!(unused(&to_india("[]", "", "")), 1);
    assert_eq!(unused(&to_india("[\"k\"]", "", "")), 0);
    assert_eq!(unused(&to_india("[]", "expires = 2026-01-14", "")), 0);
    assert_eq!(unused(&to_india("[]", "effective = 2026-01-16", "")), 0);
    assert_eq!(unused(&certified("", "", "")), 0);
    assert_eq!(unused(&certified("", "until = 2026-01-15", "")), 0);
    assert_eq!(unused(&certified("", "until = 2026-01-14", "")), 1);
}

#[test]
fn a_safeguard_listed_by_ended_transfers_alone_says_so_and_one_listed_by_a_coming_one_is_silent() {
    let listed = |days: &str| {
        judge(
            &to_india("[\"k\"]", "", "").replace("safeguards = [\"k\"]", &format!("safeguards = [\"k\"]\n{days}")),
            DAY,
        )
    };
    assert!(message(&listed("until = 2026-01-14"), "unused-safeguard").contains("only `de--in` listed it"));
    assert!(listed("until = 2026-01-15").findings("unused-safeguard").is_empty());
    assert!(listed("since = 2026-01-16").findings("unused-safeguard").is_empty());
}

#[test]
fn a_paper_that_authorises_a_sub_processor_is_used() {
    let records = |authorisation: &str| {
        joined(&[
            &party("service-provider", "p", "DE", "processor"),
            &party("service-provider", "q", "DE", "processor"),
            &collected("p", "DE"),
            &transfer("p", "q", authorisation),
            "[[safeguard]]\nid = \"c\"\naliases = [\"former\"]\ninstrument = \"processing-agreement\"\nparties = [\"p\", \"q\"]\nsigned = 2022-01-01\n",
        ])
    };
    let unused = |key: &str| judge(&records(key), DAY).findings("unused-safeguard").len();
    assert_eq!((unused("authorisation = \"general\""), unused("authorisation = \"c\"")), (1, 0));
    assert_eq!(unused("authorisation = \"former\""), 0);
}

/// `de` keeps data in a place.
fn kept(keys: &str) -> Judged {
    let records =
        joined(&[&looked_at(), &(party("affiliate", "de", "DE", "controller") + keys + "\n"), &collected("de", "DE")]);
    judge(&records, DAY)
}

#[test]
fn data_kept_or_reached_outside_the_territory_is_found_once_a_place() {
    let rule = "unsafeguarded-location";
    assert!(message(&kept("stored-in = [\"DE\", \"IN\"]"), rule).contains("keeps personal data in India (IN)"));
    assert!(message(&kept("accessed-from = [\"IN\"]"), rule).contains("reaches personal data from India"));
    assert!(message(&kept("stored-in = [\"IN\"]\naccessed-from = [\"IN\"]"), rule).contains("reaches it from"));
    let two = kept("stored-in = [\"IN\", \"PH\"]");
    assert_eq!(two.findings(rule).len(), 2);
    assert_ne!(two.findings(rule)[0]["fingerprint"], two.findings(rule)[1]["fingerprint"]);
    let places = |judged: &Judged| judged.findings(rule)[0]["related"].as_array().map(Vec::len);
    assert_eq!(places(&kept("stored-in = [\"IN\"]\naccessed-from = [\"IN\"]")), Some(1));
    assert_eq!((places(&kept("stored-in = [\"IN\"]")), places(&kept("accessed-from = [\"IN\"]"))), (Some(0), Some(0)));
    assert!(kept("stored-in = [\"NL\", \"CH\"]\naccessed-from = [\"DE-BY\"]").findings(rule).is_empty());
}

#[test]
fn a_decision_tied_to_a_certificate_does_not_cover_a_place_without_one() {
    assert_eq!(kept("stored-in = [\"US\"]").findings("unsafeguarded-location").len(), 1);
    let certificate = "stored-in = [\"US\"]\n[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"de\"]\nsigned = 2024-01-01";
    assert!(kept(certificate).findings("unsafeguarded-location").is_empty());
    // One for employees' data alone does not cover customers'.
    let narrow = format!("{certificate}\ncovers-hr = true\ncovers-other = false");
    assert_eq!(kept(&narrow).findings("unsafeguarded-location").len(), 1);
}

#[test]
fn a_party_that_holds_nothing_keeps_nothing_anywhere() {
    let records = joined(&[&looked_at(), &(party("affiliate", "de", "DE", "controller") + "stored-in = [\"IN\"]\n")]);
    assert!(judge(&records, DAY).findings("unsafeguarded-location").is_empty());
}

#[test]
fn a_recipient_abroad_needs_an_assessment_of_every_place_it_uses() {
    let stored = |assessments: &str| {
        let records = to_india("[\"k\"]", "", "")
            .replace("id = \"in\"\n", "id = \"in\"\nstored-in = [\"PH\"]\n")
            .replace("[\"look-in\"]", assessments);
        judge(&records, DAY).findings("unsafeguarded-location").len()
    };
    assert_eq!((stored("[\"look-in\"]"), stored("[\"look-in\", \"look-ph\"]")), (1, 0));
}

#[test]
fn a_part_of_the_country_of_the_seat_is_no_other_place() {
    let of = |seat: &str, place: &str| {
        let keys = format!("id = \"in\"\nstored-in = [\"{place}\"]\n");
        let records = to_india("[\"k\"]", "", "").replace("id = \"in\"\n", &keys);
        // Only the seat itself has been looked at.
        let records = records.replace("jurisdiction = \"IN\"", &format!("jurisdiction = \"{seat}\""));
        let records = records.replace("code = \"IN\"", &format!("code = \"{seat}\""));
        judge(&records, DAY).findings("unsafeguarded-location").len()
    };
    assert_eq!((of("IN", "IN-KA"), of("IN-KA", "IN")), (0, 0));
    assert_eq!((of("IN-KA", "IN-MH"), of("IN", "PH")), (1, 1));
}

#[test]
fn what_helps_a_place_depends_on_where_the_party_sits() {
    let rule = "unsafeguarded-location";
    let abroad = to_india("[\"k\"]", "", "").replace("id = \"in\"\n", "id = \"in\"\nstored-in = [\"PH\"]\n");
    let abroad = judge(&abroad, DAY).findings(rule)[0].clone();
    assert!(abroad["help"].as_str().is_some_and(|help| help.starts_with("assess the law of that place too")));
    assert_eq!(abroad["notes"], serde_json::json!([]));
    let inside = kept("stored-in = [\"IN\"]").findings(rule)[0].clone();
    assert!(inside["help"].as_str().is_some_and(|help| help.starts_with("if another company keeps or opens")));
    assert!(inside["notes"][0].as_str().is_some_and(|note| note.contains("this is no transfer")));
}
