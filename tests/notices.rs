//! What the published notice says, held against what is done; and waivers of such findings.

use super::kit::{CATALOGUE, Judged, collected, judge, party, transfer};

const DAY: &str = "2026-01-15";

fn joined(records: &[&str]) -> String {
    let more = r#"
[[data]]
id = "wide"
name = "Everything"
[[data]]
id = "health"
name = "Health"
part-of = "wide"
special = true
[[data]]
id = "mail"
name = "Mail"
part-of = "wide"
[[data]]
id = "counts"
name = "Counts"
personal = false
[[subjects]]
id = "pupils"
name = "Pupils"
children = true
[[purpose]]
id = "all"
name = "All"
[[purpose]]
id = "part"
name = "Part"
part-of = "all"
"#;
    let parties = [("de", "DE"), ("nl", "NL"), ("fr", "FR"), ("ch", "CH")];
    let parties = parties.map(|(id, place)| party("third-party", id, place, "controller")).concat();
    let places = ["DE", "NL", "FR", "CH"].map(|code| format!("[[jurisdiction]]\ncode = \"{code}\"\n")).concat();
    [CATALOGUE, more, &parties, &places, &collected("de", "DE")]
        .iter()
        .chain(records)
        .copied()
        .collect::<Vec<_>>()
        .join("\n")
}

fn states(id: &str, keys: &str) -> String {
    format!("[[statement]]\nid = \"{id}\"\nnotice = \"Notice of 2026\"\nquote = \"We say {id}.\"\n{keys}\n")
}

fn said(judged: &Judged, rule: &str) -> Vec<String> {
    let text = |found: &&serde_json::Value| found["message"].as_str().expect("a message").to_owned();
    judged.findings(rule).iter().map(text).collect()
}

fn undisclosed(records: &[&str]) -> Vec<String> {
    said(&judge(&joined(records), DAY), "undisclosed-transfer")
}

#[test]
fn without_any_statement_nothing_need_be_disclosed() {
    assert!(undisclosed(&[&transfer("de", "nl", "")]).is_empty());
    let other = states("other", "discloses = { recipients = [\"fr\"] }");
    assert_eq!(undisclosed(&[&transfer("de", "nl", ""), &other]).len(), 1);
}

#[test]
fn every_key_that_a_statement_gives_must_match() {
    let with = |keys: &str| {
        undisclosed(&[&transfer("de", "nl", ""), &states("x", &format!("discloses = {{ {keys} }}"))]).len()
    };
    assert_eq!(with(""), 0);
    assert_eq!(with("recipients = [\"nl\"], data = [\"c\"], purposes = [\"p\"]"), 0);
    assert_eq!(with("recipients = [\"@third-parties\"]"), 0);
    assert_eq!(with("recipients = [\"fr\"], data = [\"c\"], purposes = [\"p\"]"), 1);
    assert_eq!(with("recipients = [\"nl\"], data = [\"mail\"], purposes = [\"p\"]"), 1);
    assert_eq!(with("recipients = [\"nl\"], data = [\"c\"], purposes = [\"all\"]"), 1);
}

#[test]
fn a_statement_on_a_part_does_not_cover_the_whole_and_several_share_the_work() {
    let wide = transfer("de", "nl", "").replace("[\"c\"]", "[\"wide\"]").replace("[\"p\"]", "[\"all\"]");
    let source = collected("de", "DE").replace("by-de", "wide").replace("[\"c\"]", "[\"wide\"]");
    let mail = states("mail", "discloses = { data = [\"mail\"] }");
    let part = undisclosed(&[&wide, &source, &mail]);
    assert!(part[0].contains("`health` and `wide`") || part[0].contains("`wide`"), "{part:?}");
    let purposes = |list: &str| states("w", &format!("discloses = {{ data = [\"wide\"], purposes = {list} }}"));
    assert_eq!(undisclosed(&[&wide, &source, &purposes("[\"part\"]")]).len(), 1);
    assert!(undisclosed(&[&wide, &source, &purposes("[\"all\"]")]).is_empty());
    let two = transfer("de", "nl", "").replace("[\"p\"]", "[\"p\", \"part\"]");
    let first = states("a", "discloses = { purposes = [\"p\"] }");
    let second = states("b", "discloses = { purposes = [\"all\"] }");
    assert!(undisclosed(&[&two, &first])[0].ends_with("`c` for `part`"));
    assert!(undisclosed(&[&two, &first, &second]).is_empty());
}

#[test]
fn a_restricted_transfer_out_of_an_area_needs_a_statement_that_says_so() {
    let plain = states("plain", "discloses = { recipients = [\"ch\", \"nl\"] }");
    let abroad =
        |area: &str| states("abroad", &format!("discloses = {{ recipients = [\"ch\"], outside = [\"{area}\"] }}"));
    let other = states("other", "discloses = { recipients = [\"fr\"], outside = [\"eea\"] }");
    let (out, within) = (transfer("de", "ch", ""), transfer("de", "nl", ""));
    assert!(undisclosed(&[&out, &plain]).is_empty());
    assert!(undisclosed(&[&out, &plain, &other])[0].contains("outside the area"));
    assert!(undisclosed(&[&out, &within, &plain, &abroad("eea")]).is_empty());
    let swiss = abroad("CH").replace("\"abroad\"", "\"swiss\"");
    assert!(undisclosed(&[&out, &plain, &swiss, &abroad("eea")]).is_empty(), "each statement has its own area");
    assert_eq!(undisclosed(&[&out, &plain, &other, &swiss]).len(), 1, "and not that of another");
    assert!(undisclosed(&[&within, &plain, &abroad("DE")]).is_empty(), "no law restricts what goes from DE to NL");
    // What stays within the area is not disclosed by a statement about what leaves it.
    assert_eq!(undisclosed(&[&within, &states("x", "discloses = { outside = [\"eea\"] }")]).len(), 1);
    // An area that the sender is not in is not left.
    assert!(undisclosed(&[&out, &plain, &abroad("CH")]).is_empty());
}

#[test]
fn ended_transfers_and_data_that_is_not_personal_need_no_disclosure() {
    let other = states("other", "discloses = { recipients = [\"fr\"] }");
    assert!(undisclosed(&[&transfer("de", "nl", "until = 2026-01-14"), &other]).is_empty());
    assert_eq!(undisclosed(&[&transfer("de", "nl", "until = 2026-01-15"), &other]).len(), 1);
    assert!(undisclosed(&[&transfer("de", "nl", "").replace("[\"c\"]", "[\"counts\"]"), &other]).is_empty());
}

#[test]
fn a_record_whose_pairs_are_alike_is_found_once_and_otherwise_by_pair() {
    let many = transfer("de", "nl", "id = \"many\"").replace("to = \"nl\"", "to = [\"nl\", \"fr\"]");
    let judged = |statement: &str| judge(&joined(&[&many, &states("x", statement)]), DAY);
    let ids = |judged: &Judged| -> Vec<String> {
        let found = judged.findings("undisclosed-transfer");
        found.iter().map(|finding| finding["subject"]["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&judged("discloses = { recipients = [\"ch\"] }")), ["many"]);
    assert_eq!(ids(&judged("discloses = { recipients = [\"nl\"] }")), ["many/de--fr"]);
}

fn broken(records: &[&str]) -> Vec<String> {
    said(&judge(&joined(records), DAY), "broken-promise")
}

#[test]
fn a_promise_of_purposes_takes_their_parts_along() {
    let to = |purposes: &str| transfer("de", "nl", "").replace("[\"p\"]", purposes);
    let only = states("only", "discloses = {}\nabout = [\"nl\"]\nonly-purposes = [\"all\"]");
    assert!(broken(&[&to("[\"part\"]"), &only]).is_empty());
    assert_eq!(broken(&[&to("[\"all\", \"p\"]"), &only]).len(), 1);
    let narrow = only.replace("[\"all\"]", "[\"part\"]");
    assert_eq!(broken(&[&to("[\"all\"]"), &narrow]).len(), 1);
}

#[test]
fn a_promise_is_about_those_it_names_else_those_it_discloses_to_else_everyone() {
    let sold = transfer("de", "nl", "sale = true");
    let promise = |keys: &str| broken(&[&sold, &states("no-sale", &format!("forbids = [\"sale\"]\n{keys}"))]).len();
    assert_eq!(promise(""), 1);
    assert_eq!(promise("about = [\"nl\"]"), 1);
    assert_eq!(promise("about = [\"fr\"]"), 0);
    assert_eq!(promise("discloses = { recipients = [\"fr\"] }"), 0);
    assert_eq!(promise("about = [\"nl\"]\ndiscloses = { recipients = [\"fr\"] }"), 1);
    assert!(broken(&[&transfer("de", "nl", ""), &states("no-sale", "forbids = [\"sale\"]")]).is_empty());
}

#[test]
fn a_required_paper_is_listed_in_force_and_binds_both_ends() {
    let with = |listed: &str, keys: &str| {
        let paper =
            format!("[[safeguard]]\nid = \"c\"\ninstrument = \"onward-contract\"\nsigned = 2022-01-01\n{keys}\n");
        let promise = states("bound", "requires = [\"contract\"]");
        broken(&[&transfer("de", "nl", listed), &paper, &promise]).len()
    };
    let both = "parties = [\"de\", \"nl\"]";
    assert_eq!(with("safeguards = [\"c\"]", both), 0);
    assert_eq!(with("", both), 1);
    assert_eq!(with("safeguards = [\"c\"]", "parties = [\"nl\", \"fr\"]"), 1);
    assert_eq!(with("safeguards = [\"c\"]", &format!("{both}\nexpires = 2026-01-14")), 1);
    assert_eq!(with("safeguards = [\"c\"]", &format!("{both}\nexpires = 2026-01-15")), 0);
}

#[test]
fn a_required_certificate_is_held_by_the_recipient_listed_or_not() {
    let held = |by: &str| {
        let certificate = format!(
            "[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"{by}\"]\nsigned = 2024-01-01\n"
        );
        broken(&[&transfer("de", "nl", ""), &certificate, &states("x", "requires = [\"eu-dpf-cert\"]")]).len()
    };
    assert_eq!((held("nl"), held("de")), (0, 1));
}

#[test]
fn clauses_with_a_processing_agreement_are_one_for_a_processor() {
    let promise = states("x", "requires = [\"processing-agreement\"]");
    let with = |module: u8| {
        let clauses = format!(
            "[[safeguard]]\nid = \"k\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [{module}]\nparties = [\"de\", \"nl\"]\nsigned = 2022-01-01\n"
        );
        broken(&[&transfer("de", "nl", "roles = \"c2p\"\nsafeguards = [\"k\"]"), &clauses, &promise]).len()
    };
    assert_eq!((with(2), with(1)), (0, 1));
    let contract = "[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"nl\"]\nsigned = 2022-01-01\n";
    for roles in ["c2p", "c2c"] {
        let leg = transfer("de", "nl", &format!("roles = \"{roles}\"\nsafeguards = [\"k\"]"));
        assert_eq!(broken(&[&leg, contract, &promise]).len(), 1, "a plain contract is none");
    }
    let module_two = contract.replace("onward-contract", "eu-scc-2021-914").replace("signed", "modules = [2]\nsigned");
    let wanted = states("x", "requires = [\"onward-contract\"]");
    let leg = transfer("de", "nl", "roles = \"c2p\"\nsafeguards = [\"k\"]");
    assert_eq!(broken(&[&leg, &module_two, &wanted]).len(), 1, "and what is an agreement is nothing else");
}

#[test]
fn special_data_and_children_are_seen_in_the_parts_of_what_is_sent() {
    let source = collected("de", "DE")
        .replace("by-de", "w")
        .replace("[\"c\"]", "[\"wide\"]")
        .replace("[\"s\"]", "[\"s\", \"pupils\"]");
    let wide = transfer("de", "nl", "").replace("[\"c\"]", "[\"wide\"]");
    let mail = transfer("de", "nl", "subjects = [\"s\"]").replace("[\"c\"]", "[\"mail\"]");
    let (special, children) = (states("x", "forbids = [\"special\"]"), states("x", "forbids = [\"children\"]"));
    assert!(broken(&[&wide, &source, &special])[0].contains("`health`"));
    assert!(broken(&[&wide, &source, &children])[0].contains("`pupils`"));
    assert!(broken(&[&mail, &source, &special]).is_empty() && broken(&[&mail, &source, &children]).is_empty());
}

#[test]
fn passing_on_is_to_a_third_and_giving_back_is_not() {
    let promise = states("x", "forbids = [\"onward\"]\nabout = [\"nl\"]");
    let onward = |more: &str| broken(&[&transfer("de", "nl", ""), more, &promise]);
    assert!(onward("").is_empty());
    assert!(onward(&transfer("nl", "de", "")).is_empty());
    assert!(onward(&transfer("nl", "fr", ""))[0].contains("`fr`"));
    assert!(onward(&transfer("nl", "fr", "until = 2026-01-14")).is_empty());
    assert_eq!(onward(&(transfer("nl", "de", "") + &transfer("nl", "ch", ""))).len(), 1);
    let back_twice = transfer("nl", "de", "") + &transfer("nl", "de", "id = \"again\"") + &transfer("nl", "ch", "");
    assert!(onward(&back_twice)[0].contains("on to `ch`, and"), "{:?}", onward(&back_twice));
    let two = transfer("nl", "fr", "") + &transfer("nl", "ch", "");
    assert!(onward(&two)[0].contains("on to `ch` and others, and"), "{:?}", onward(&two));
}

#[test]
fn a_promise_that_all_pairs_of_a_record_break_is_one_finding_and_otherwise_one_a_pair() {
    let many = transfer("de", "nl", "id = \"many\"").replace("to = \"nl\"", "to = [\"nl\", \"fr\"]");
    let ids = |records: &[&str]| -> Vec<String> {
        let judged = judge(&joined(records), DAY);
        let found = judged.findings("broken-promise");
        found.iter().map(|finding| finding["subject"]["id"].as_str().expect("an id").to_owned()).collect()
    };
    let promise = |about: &str| states("x", &format!("requires = [\"contract\"]\nabout = [{about}]"));
    assert_eq!(ids(&[&many, &promise("\"nl\", \"fr\"")]), ["many"]);
    assert_eq!(ids(&[&many, &promise("\"fr\"")]), ["many/de--fr"]);
    // Each sender is asked for what it holds itself: `ch` has nothing special to send.
    let senders = transfer("de", "nl", "id = \"many\"")
        .replace("from = \"de\"", "from = [\"ch\", \"de\"]")
        .replace("[\"c\"]", "[\"c\", \"health\"]");
    let health = collected("de", "DE").replace("by-de", "h").replace("[\"c\"]", "[\"health\"]");
    let special = states("x", "forbids = [\"special\"]");
    assert_eq!(ids(&[&senders, &health, &collected("ch", "CH"), &special]), ["many/de--nl"]);
}

#[test]
fn what_is_not_disclosed_is_asked_of_each_sender_and_what_discloses_none_of_it_is_no_part() {
    let senders = transfer("de", "nl", "id = \"many\"")
        .replace("from = \"de\"", "from = [\"ch\", \"de\"]")
        .replace("[\"c\"]", "[\"c\", \"health\"]");
    let health = collected("de", "DE").replace("by-de", "h").replace("[\"c\"]", "[\"health\"]");
    let told = states("x", "discloses = { recipients = [\"nl\"], data = [\"c\"] }");
    let judged = judge(&joined(&[&senders, &health, &collected("ch", "CH"), &told]), DAY);
    let [found] = judged.findings("undisclosed-transfer")[..] else { panic!("one finding") };
    assert_eq!(found["subject"]["id"], "many/de--nl");
    assert!(found["related"][0]["message"].as_str().is_some_and(|said| said.contains("this covers a part of it")));
    // What is missing is told purpose by purpose, and together where it is the same.
    let for_two = transfer("de", "nl", "")
        .replace("[\"c\"]", "[\"c\", \"mail\"]")
        .replace("[\"p\"]", "[\"p\", \"part\", \"all\"]");
    let mail = health.replace("\"h\"", "\"m\"").replace("[\"health\"]", "[\"mail\"]");
    let some = states("x", "discloses = { recipients = [\"nl\"], data = [\"mail\"], purposes = [\"p\"] }");
    let judged = judge(&joined(&[&for_two, &mail, &some]), DAY);
    let found = judged.findings("undisclosed-transfer")[0];
    assert!(found["message"].as_str().is_some_and(|said| said.ends_with(": `c` and `mail` for `all`")), "{found}");
    assert_eq!(found["notes"], serde_json::json!(["nor `c` for `p`"]));
    // Of two that cover a part, the one that covers more.
    let three = transfer("de", "nl", "").replace("[\"c\"]", "[\"c\", \"health\", \"mail\"]");
    let less = states("less", "discloses = { recipients = [\"nl\"], data = [\"c\"] }");
    let more = states("more", "discloses = { recipients = [\"nl\"], data = [\"mail\", \"c\"] }");
    let judged = judge(&joined(&[&three, &health, &mail, &less, &more]), DAY);
    let nearest = judged.findings("undisclosed-transfer")[0]["related"][0]["message"].to_string();
    assert!(nearest.contains("We say more."), "{nearest}");
    // A statement about other data, though for the same purpose, covers no part.
    let other = states("x", "discloses = { recipients = [\"nl\"], data = [\"mail\"] }");
    let judged = judge(&joined(&[&transfer("de", "nl", ""), &other]), DAY);
    assert_eq!(judged.findings("undisclosed-transfer")[0]["related"], serde_json::json!([]));
}

#[test]
fn a_broken_promise_points_at_the_key_and_where_that_is_left_out_at_the_record() {
    let lines = |keys: &str, promise: &str, more: &str| {
        let records = joined(&[more, &states("x", promise), &transfer("de", "nl", keys)]);
        let line = judge(&records, DAY).findings("broken-promise")[0]["location"]["line"].as_u64().expect("a line");
        records.lines().nth(usize::try_from(line).expect("a number") - 1).expect("the line").to_owned()
    };
    let paper = "[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"nl\"]\nsigned = 2022-01-01\nexpires = 2023-01-01\n";
    let contract = "requires = [\"contract\"]";
    assert_eq!(lines("", contract, ""), "[[transfer]]");
    assert_eq!(lines("safeguards = [\"k\"]", contract, paper), "safeguards = [\"k\"]");
    let pupils = collected("de", "DE").replace("by-de", "w").replace("[\"s\"]", "[\"pupils\"]");
    let children = "forbids = [\"children\"]";
    assert_eq!(lines("", children, &pupils), "[[transfer]]");
    assert_eq!(lines("subjects = [\"pupils\"]", children, &pupils), "subjects = [\"pupils\"]");
}

#[test]
fn a_broken_promise_points_at_the_statement_and_two_promises_are_two_findings() {
    let sold = transfer("de", "nl", "sale = true");
    let judged =
        judge(&joined(&[&sold, &states("a", "forbids = [\"sale\"]"), &states("b", "forbids = [\"sale\"]")]), DAY);
    let found = judged.findings("broken-promise");
    assert_eq!(found.len(), 2);
    assert_ne!(found[0]["fingerprint"], found[1]["fingerprint"]);
    assert!(found[0]["related"][0]["message"].as_str().is_some_and(|text| text.contains("We say a.")));
}

#[test]
fn a_statement_that_nothing_matches_is_found() {
    let unkept = |keys: &str, more: &str| {
        let records = [transfer("de", "nl", more), states("x", keys)];
        judge(&joined(&[&records[0], &records[1]]), DAY).findings("unkept-statement").len()
    };
    assert_eq!(unkept("", ""), 0);
    assert_eq!(unkept("discloses = { recipients = [\"nl\"], data = [\"c\"], purposes = [\"p\"] }", ""), 0);
    assert_eq!(unkept("discloses = { recipients = [\"fr\"] }", ""), 1);
    assert_eq!(unkept("discloses = { data = [\"mail\"] }", ""), 1);
    assert_eq!(unkept("discloses = { purposes = [\"all\"] }", ""), 1);
    assert_eq!(unkept("discloses = { outside = [\"eea\"] }", ""), 1);
    assert_eq!(unkept("forbids = [\"sale\"]\nabout = [\"fr\"]", ""), 1);
    assert_eq!(unkept("forbids = [\"sale\"]\nabout = [\"nl\"]", ""), 0);
    assert_eq!(unkept("forbids = [\"sale\"]", "until = 2026-01-14"), 1);
    assert_eq!(unkept("forbids = [\"sale\"]", "until = 2026-01-15"), 0);
}

#[test]
fn a_statement_on_a_part_or_on_data_that_is_not_personal_is_matched() {
    let wide = transfer("de", "nl", "").replace("[\"c\"]", "[\"wide\", \"counts\"]");
    let source = collected("de", "DE").replace("by-de", "w").replace("[\"c\"]", "[\"wide\"]");
    for data in ["mail", "counts", "wide"] {
        let statement = states("x", &format!("discloses = {{ data = [\"{data}\"] }}"));
        assert!(judge(&joined(&[&wide, &source, &statement]), DAY).findings("unkept-statement").is_empty(), "{data}");
    }
}

fn waived(on: &str, more: &str) -> bool {
    let many = transfer("de", "nl", "id = \"many\"").replace("to = \"nl\"", "to = [\"nl\", \"fr\"]");
    let waiver = format!(
        "[[waiver]]\nid = \"w\"\nrule = \"undisclosed-transfer\"\non = {on}\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-12-31\n{more}\n"
    );
    let statement = states("x", "discloses = { recipients = [\"nl\"] }");
    let judged = judge(&joined(&[&many, &statement, &waiver]), DAY);
    let found = judged.findings("undisclosed-transfer");
    assert_eq!(found.len(), 1);
    let is_waived = found[0]["waived_by"] == "w" || found[0]["waived-by"] == "w";
    // A waiver that covers nothing says so.
    assert_eq!(judged.findings("unused-waiver").len(), usize::from(!is_waived));
    is_waived
}

#[test]
fn a_waiver_on_a_record_covers_its_pairs_and_one_on_a_party_the_pairs_to_it() {
    assert!(waived("[\"many\"]", ""));
    assert!(waived("[\"many/de--fr\"]", ""));
    assert!(waived("[\"fr\"]", ""));
    assert!(!waived("[\"nl\"]", ""));
    assert!(!waived("[\"de\"]", ""));
    assert!(!waived("[\"many/de--nl\"]", ""));
}

#[test]
fn a_waiver_that_names_regimes_covers_no_finding_without_one() {
    assert!(!waived("[\"many\"]", "regimes = [\"eu\"]"));
}

#[test]
fn a_waiver_that_names_regimes_covers_findings_of_these() {
    let waived = |regimes: &str| {
        let records = joined(&[
            &party("third-party", "us", "US", "controller"),
            "[[jurisdiction]]\ncode = \"US\"\n",
            &transfer("de", "us", ""),
            "[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2024-01-01\n",
            &format!(
                "[[waiver]]\nid = \"w\"\nrule = \"single-point-of-failure\"\non = [\"us\"]\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-12-31\nregimes = [\"{regimes}\"]\n"
            ),
        ]);
        judge(&records, DAY).findings("unused-waiver").is_empty()
    };
    assert!(waived("eu"));
    assert!(!waived("uk"));
}

#[test]
fn a_waiver_on_every_recipient_covers_what_is_found_of_the_whole_record() {
    let waived = |on: &str| {
        let many = transfer("de", "nl", "id = \"many\"").replace("to = \"nl\"", "to = [\"nl\", \"fr\"]");
        let waiver = format!(
            "[[waiver]]\nid = \"w\"\nrule = \"undisclosed-transfer\"\non = {on}\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-12-31\n"
        );
        let statement = states("x", "discloses = { recipients = [\"ch\"] }");
        judge(&joined(&[&many, &statement, &waiver]), DAY).findings("unused-waiver").is_empty()
    };
    assert!(waived("[\"nl\", \"fr\"]"));
    assert!(!waived("[\"nl\"]"));
    assert!(!waived("[\"fr\"]"));
}

#[test]
fn a_waiver_on_a_party_covers_its_overdue_review() {
    let records = joined(&[
        &(party("reseller", "shop", "DE", "controller") + "reviewed = 2020-01-01\nreview-every = \"1 year\"\n"),
        "[[waiver]]\nid = \"w\"\nrule = \"review-overdue\"\non = [\"shop\"]\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-12-31\n",
    ]);
    let judged = judge(&records, DAY);
    assert_eq!(judged.findings("review-overdue")[0]["waived_by"], "w");
    assert!(judged.findings("unused-waiver").is_empty());
}
