//! The UK Addendum and the clauses it is attached to: it reaches as far as they do, and falls with them.

use super::kit::{CATALOGUE, Judged, collected, folder, judge, party, site_of, text_of, transfer};

const DAY: &str = "2026-01-15";

/// Clauses with a scope of their own.
fn clauses(id: &str, keys: &str) -> String {
    format!(
        "[[safeguard]]\nid = \"{id}\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"gb\", \"in\"]\nsigned = 2023-01-01\n{keys}\n"
    )
}

/// A British company that sends `c` and `d` for `p` and `q` to a vendor in India, under an addendum to clauses.
fn leg(addendum: &str, papers: &[String]) -> String {
    let ids = papers.iter().filter_map(|paper| paper.lines().nth(1)?.strip_prefix("id = "));
    let listed: Vec<&str> = ids.chain(["\"add\""]).collect();
    let what = "data = [\"c\", \"d\"]\npurposes = [\"p\", \"q\"]\n";
    [
        CATALOGUE.to_owned(),
        "[[data]]\nid = \"d\"\nname = \"D\"\n[[purpose]]\nid = \"q\"\nname = \"Q\"".to_owned(),
        party("affiliate", "gb", "GB", "controller"),
        party("service-provider", "in", "IN", "processor"),
        format!("[[collection]]\nid = \"k\"\nby = \"gb\"\nsubjects = [\"s\"]\nsubjects-in = [\"GB\"]\n{what}"),
        format!("[[transfer]]\nfrom = \"gb\"\nto = \"in\"\nsafeguards = [{}]\n{what}", listed.join(", ")),
        format!(
            "[[safeguard]]\nid = \"add\"\ninstrument = \"uk-addendum\"\nmodules = [2]\nparties = [\"gb\", \"in\"]\nsigned = 2023-01-01\nassessments = [\"look\"]\n{addendum}"
        ),
        "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2023-01-01\noutcome = \"no-extra-measures\"".to_owned(),
        papers.join("\n"),
    ]
    .join("\n")
}

fn judged(papers: &[String]) -> Judged {
    judge(&leg("", papers), DAY)
}

fn outcome(papers: &[String]) -> String {
    judged(papers).outcome("gb", "in", "uk").to_owned()
}

#[test]
fn clauses_share_the_work_below_an_addendum_by_category_or_by_purpose() {
    assert_eq!(outcome(&[clauses("one", "")]), "safeguarded");
    assert_eq!(outcome(&[clauses("one", "data = [\"c\"]"), clauses("two", "data = [\"d\"]")]), "safeguarded");
    assert_eq!(outcome(&[clauses("one", "purposes = [\"p\"]"), clauses("two", "purposes = [\"q\"]")]), "safeguarded");
}

#[test]
fn what_no_clauses_cover_for_a_purpose_the_addendum_does_not_carry_for_it() {
    // Together they name all the data and all the purposes; for `q`, none of them covers `c`.
    let split =
        [clauses("one", "data = [\"c\"]\npurposes = [\"p\"]"), clauses("two", "data = [\"d\"]\npurposes = [\"q\"]")];
    assert_eq!(outcome(&split), "violation");
    let text = text_of(folder(&[("a.toml", &leg("", &split))]).path(), DAY);
    let said = "`add` (uk-addendum) does not reach this far: it does not cover `c` for `q` and `d` for `p`";
    assert!(text.contains(said), "{text}");
    assert!(text.contains("help: agree a wider scope of `one` and record it, agree a wider scope of `two`"), "{text}");
    // One of the two is mended: what is left is the other.
    let half = [clauses("one", "data = [\"c\"]"), clauses("two", "data = [\"d\"]\npurposes = [\"q\"]")];
    let verdict = judged(&half).verdict("gb", "in", "uk").clone();
    assert_eq!(
        (&verdict["outcome"], &verdict["data"][0], &verdict["data"][1]),
        (&"violation".into(), &"d".into(), &().into())
    );
}

#[test]
fn an_addendum_and_clauses_with_scopes_of_their_own_reach_what_both_do() {
    let narrow =
        |addendum: &str, papers: &[String]| judge(&leg(addendum, papers), DAY).outcome("gb", "in", "uk").to_owned();
    assert_eq!(narrow("data = [\"c\", \"d\"]", &[clauses("one", "purposes = [\"p\", \"q\"]")]), "safeguarded");
    assert_eq!(narrow("data = [\"c\"]", &[clauses("one", "data = [\"d\"]")]), "violation");
    let details = |papers: &[String]| {
        let judged = judged(papers);
        let reasons = judged.verdict("gb", "in", "uk")["reasons"].as_array().expect("reasons").clone();
        reasons.iter().find(|reason| reason["safeguard"] == "add").expect("of the addendum")["detail"].clone()
    };
    assert_eq!(details(&[clauses("one", "data = [\"d\"]")]), "it does not cover `c`");
    assert_eq!(details(&[clauses("one", "purposes = [\"p\"]")]), "it does not cover `q`");
}

#[test]
fn clauses_that_end_are_told_by_what_loses_the_addendum_on_them() {
    let ending = |papers: &[String]| {
        let judged = judged(papers);
        let found = judged.findings("safeguard-expiring");
        found.iter().map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect::<Vec<_>>()
    };
    let soon = clauses("one", "expires = 2026-02-15");
    assert_eq!(ending(std::slice::from_ref(&soon)), ["`one` ends after 2026-02-15: 1 transfer loses its safeguard"]);
    assert_eq!(ending(&[soon, clauses("two", "")]), ["`one` ends after 2026-02-15: 1 transfer has another"]);
    assert!(ending(&[clauses("one", "expires = 2029-02-15")]).is_empty(), "far off");
    // So it is on the day after.
    let after = judge(&leg("", &[clauses("one", "expires = 2026-02-15")]), "2026-02-16");
    assert_eq!(after.outcome("gb", "in", "uk"), "violation");
}

#[test]
fn the_page_of_clauses_below_an_addendum_says_what_rests_on_them() {
    let answer = |papers: &[String]| {
        let folder = folder(&[("a.toml", &leg("", papers))]);
        let page = site_of(folder.path(), DAY)["safeguard-one.html"].clone();
        let from = page.find("<div class=\"answer\">").expect("an answer");
        page[from..].lines().nth(1).expect("a sentence").to_owned()
    };
    let alone = answer(&[clauses("one", "")]);
    assert!(alone.contains("1 verdict rests on it. If it fell today, 1 of them would have nothing else"), "{alone}");
    let with_others = answer(&[clauses("one", ""), clauses("two", "")]);
    assert!(with_others.contains("If it fell today, 0 of them would have nothing else"), "{with_others}");
}

#[test]
fn clauses_below_an_addendum_carry_data_and_must_name_their_document() {
    let records = leg("evidence = \"https://example.org/a\"", &[clauses("one", "")]);
    let top = "[register]\nformat = 1\norganisation = \"Acme\"\n[rules]\nevidence-missing = \"warn\"\n";
    let folder = folder(&[("register.toml", top), ("a.toml", &records)]);
    let text = text_of(folder.path(), DAY);
    assert!(text.contains("the safeguard `one` carries data and names no document"), "{text}");
}

#[test]
fn a_paper_of_clauses_and_addendum_that_is_recorded_elsewhere_is_proposed() {
    let both = clauses("both", "assessments = [\"look\"]")
        .replace("\"eu-scc-2021-914\"", "[\"eu-scc-2021-914\", \"uk-addendum\"]");
    let records = leg("", &[]).replace("safeguards = [\"add\"]\n", "") + &both;
    let help = judge(&records, DAY).findings("unsafeguarded-transfer")[0]["help"].to_string();
    assert!(help.contains("list `both`"), "{help}");
}

#[test]
fn an_addendum_to_nothing_is_no_contract_under_an_onward_principle_either() {
    let passed_on = |papers: &str, listed: &str| {
        let records = [
            CATALOGUE.to_owned(),
            party("affiliate", "de", "DE", "controller"),
            party("reseller", "us", "US", "controller"),
            party("third-party", "more", "US", "controller"),
            collected("de", "DE"),
            transfer("de", "us", ""),
            transfer("us", "more", &format!("safeguards = [{listed}]")),
            "[[safeguard]]\nid = \"certificate\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2024-01-01\nexpires = 2027-01-01".to_owned(),
            papers.to_owned(),
        ];
        judge(&records.join("\n"), DAY)
    };
    let paper = |id: &str, instrument: &str| {
        format!(
            "[[safeguard]]\nid = \"{id}\"\ninstrument = \"{instrument}\"\nmodules = [1]\nparties = [\"us\", \"more\"]\nsigned = 2024-02-01\n"
        )
    };
    let alone = passed_on(&paper("add", "uk-addendum"), "\"add\"");
    assert_eq!(alone.outcome("us", "more", "eu"), "violation");
    assert!(alone.reasons("us", "more", "eu").contains(&"add: companion-missing".to_owned()));
    let both = paper("add", "uk-addendum") + &paper("one", "eu-scc-2021-914");
    assert_eq!(passed_on(&both, "\"add\", \"one\"").outcome("us", "more", "eu"), "safeguarded");
    assert_eq!(passed_on(&paper("plain", "onward-contract"), "\"plain\"").outcome("us", "more", "eu"), "safeguarded");
}
