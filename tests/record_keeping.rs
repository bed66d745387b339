//! The rules about the register itself: owners, left-overs, look-alikes, dates, certificates.

use super::kit::{CATALOGUE, Judged, collected, judge, party, transfer};

const DAY: &str = "2026-01-15";

fn joined(records: &[&str]) -> String {
    [CATALOGUE].iter().chain(records).copied().collect::<Vec<_>>().join("\n")
}

/// Two sisters in Germany and France, and a transfer between them.
fn sisters(more: &str) -> String {
    joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("affiliate", "fr", "FR", "controller"),
        &collected("de", "DE"),
        &transfer("de", "fr", ""),
        more,
    ])
}

fn subjects<'j>(judged: &'j Judged, rule: &str) -> Vec<&'j str> {
    let mut ids: Vec<&str> =
        judged.findings(rule).iter().map(|found| found["subject"]["id"].as_str().expect("an id")).collect();
    ids.sort_unstable();
    ids
}

fn messages(judged: &Judged, rule: &str) -> String {
    let found = judged.findings(rule);
    found.iter().map(|found| found["message"].as_str().expect("a message")).collect::<Vec<_>>().join("\n")
}

const OWNER: &str = "no-owner";

#[test]
fn nobody_is_asked_for_an_owner_where_nobody_names_one() {
    assert!(judge(&sisters(""), DAY).findings(OWNER).is_empty());
}

#[test]
fn where_one_record_has_an_owner_every_party_transfer_and_safeguard_needs_one() {
    let paper = "[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"fr\"]\nsigned = 2024-01-01\n";
    let owned = sisters(paper).replace("id = \"s\"\n", "id = \"s\"\nowner = \"Legal\"\n");
    assert_eq!(subjects(&judge(&owned, DAY), OWNER), ["de", "de--fr", "fr", "k"]);
    let of_party = sisters(paper).replace("id = \"fr\"\n", "id = \"fr\"\nowner = \"Legal\"\n");
    assert_eq!(subjects(&judge(&of_party, DAY), OWNER), ["de", "de--fr", "k"]);
}

const UNREFERENCED: &str = "unreferenced-record";

#[test]
fn a_party_that_takes_part_in_nothing_is_told() {
    let alone = party("reseller", "shop", "DE", "controller");
    assert_eq!(subjects(&judge(&sisters(&alone), DAY), UNREFERENCED), ["shop"]);
    let ended = alone.clone() + &transfer("de", "shop", "until = 2020-01-01");
    assert!(judge(&sisters(&ended), DAY).findings(UNREFERENCED).is_empty());
    let source = alone + &collected("fr", "FR").replace("subjects-in", "source-party = \"shop\"\nsubjects-in");
    assert!(judge(&sisters(&source), DAY).findings(UNREFERENCED).is_empty());
}

#[test]
fn an_entry_is_used_with_its_parts_and_with_what_it_is_part_of() {
    let entries = |part_of: &str| {
        format!("[[data]]\nid = \"wide\"\nname = \"Wide\"\n[[data]]\nid = \"left\"\nname = \"Left\"\n{part_of}\n")
    };
    assert_eq!(subjects(&judge(&sisters(&entries("")), DAY), UNREFERENCED), ["left", "wide"]);
    // Naming `c` uses the wider entry, and not another part of it.
    let part = sisters(&entries("part-of = \"wide\"")).replace("id = \"c\"\n", "id = \"c\"\npart-of = \"wide\"\n");
    assert_eq!(subjects(&judge(&part, DAY), UNREFERENCED), ["left"]);
    let below = sisters(&entries("part-of = \"c\"").replace("[[data]]\nid = \"wide\"\nname = \"Wide\"\n", ""));
    assert!(judge(&below, DAY).findings(UNREFERENCED).is_empty());
}

#[test]
fn an_assessment_that_no_safeguard_lists_is_told() {
    let look = "[[jurisdiction]]\ncode = \"FR\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2024-01-01\noutcome = \"no-extra-measures\"\n";
    let paper = "[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"fr\"]\nsigned = 2024-01-01\nassessments = [\"look\"]\n";
    assert_eq!(subjects(&judge(&sisters(look), DAY), UNREFERENCED), ["look"]);
    assert!(judge(&sisters(&(look.to_owned() + paper)), DAY).findings(UNREFERENCED).is_empty());
}

#[test]
fn what_a_notice_or_a_waiver_speaks_of_is_no_left_over() {
    let alone = party("reseller", "shop", "DE", "controller");
    let more = "[[data]]\nid = \"d\"\nname = \"D\"\n[[purpose]]\nid = \"q\"\nname = \"Q\"\n[[purpose]]\nid = \"r\"\nname = \"R\"\n";
    let left = |records: &str| {
        let judged = judge(&sisters(&(alone.clone() + more + records)), DAY);
        subjects(&judged, UNREFERENCED).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(left(""), ["d", "q", "r", "shop"]);
    let states = |keys: &str| format!("[[statement]]\nid = \"x\"\nnotice = \"Notice\"\nquote = \"So.\"\n{keys}\n");
    let discloses = states("discloses = { recipients = [\"shop\"], data = [\"d\"], purposes = [\"q\"] }");
    assert_eq!(left(&discloses), ["r"]);
    let promises = states("about = [\"shop\"]\nonly-purposes = [\"r\"]");
    assert_eq!(left(&promises), ["d", "q"]);
    let waiver = "[[waiver]]\nid = \"w\"\nrule = \"no-owner\"\non = [\"shop\"]\nreason = \"known\"\napproved-by = \"Legal\"\nuntil = 2026-12-31\n";
    assert_eq!(left(waiver), ["d", "q", "r"]);
}

#[test]
fn a_waiver_that_covers_nothing_is_told_up_to_its_last_day() {
    let told = |rule: &str, until: &str| {
        let waiver = format!(
            "[[waiver]]\nid = \"w\"\nrule = \"{rule}\"\non = [\"fr\"]\nreason = \"known\"\napproved-by = \"Legal\"\nuntil = {until}\n"
        );
        judge(&sisters(&waiver), DAY).findings("unused-waiver").len()
    };
    assert_eq!((told("review-overdue", "2026-01-14"), told("review-overdue", "2026-01-15")), (0, 1));
    // What is found before the rules run cannot be waived, and nobody can say whether such a waiver is used.
    assert_eq!(told("unread-file", "2026-12-31"), 0);
}

const CONFUSABLE: &str = "confusable-ids";

fn named(id: &str, name: &str, jurisdiction: &str) -> String {
    party("reseller", id, jurisdiction, "controller")
        .replace(&format!("name = \"{id}\""), &format!("name = \"{name}\""))
        + &transfer("de", id, "")
}

#[test]
fn ids_that_look_alike_are_told_and_ids_that_only_resemble_are_not() {
    let two = |one: &str, other: &str| {
        let judged = judge(&sisters(&(named(one, "One", "DE") + &named(other, "Other", "DE"))), DAY);
        judged.findings(CONFUSABLE).len()
    };
    assert_eq!(two("shop-1", "shop-l"), 1);
    assert_eq!(two("help-desk", "helpdesk"), 1);
    assert_eq!(two("acrne", "acme"), 1);
    assert_eq!(two("vendor-1", "vendor-2"), 0);
    assert_eq!(two("site-1-2", "site-12"), 0);
    let said = |one: &str, other: &str| {
        let judged = judge(&sisters(&(named(one, "One", "DE") + &named(other, "Other", "DE"))), DAY);
        messages(&judged, CONFUSABLE)
    };
    let characters = said("shop-1", "shop-l");
    assert!(
        characters.contains("the id `shop-l` looks like `shop-1`: ") && characters.contains("U+006C"),
        "{characters}"
    );
    // Where one has nothing that the other lacks, no characters are set against each other.
    assert!(!said("help-desk", "helpdesk").contains("U+002D"), "{}", said("help-desk", "helpdesk"));
}

#[test]
fn ids_of_different_kinds_may_look_alike() {
    let data = "[[data]]\nid = \"fr\"\nname = \"France\"\n[[collection]]\nid = \"d-e\"\nby = \"de\"\ndata = [\"fr\"]\nsubjects = [\"s\"]\npurposes = [\"p\"]\nsubjects-in = [\"DE\"]\n";
    assert!(judge(&sisters(data), DAY).findings(CONFUSABLE).is_empty());
}

#[test]
fn names_that_look_the_same_are_told_with_their_code_points() {
    let judged = judge(&sisters(&(named("one", "Acme", "DE") + &named("two", "\u{0410}cme", "NL"))), DAY);
    assert_eq!(subjects(&judged, CONFUSABLE), ["two"]);
    let told = messages(&judged, CONFUSABLE);
    assert!(told.contains("the first has U+0410") && told.contains("where the second has U+0041"), "{told}");
    let apart = judge(&sisters(&(named("one", "Acme", "DE") + &named("two", "Acne", "NL"))), DAY);
    assert!(apart.findings(CONFUSABLE).is_empty());
}

#[test]
fn two_parties_of_one_name_in_one_place_are_told() {
    let two = |place: &str| judge(&sisters(&(named("one", "Acme", "DE") + &named("two", "Acme", place))), DAY);
    assert_eq!(subjects(&two("DE"), CONFUSABLE), ["two"]);
    assert!(two("NL").findings(CONFUSABLE).is_empty());
}

#[test]
fn a_hidden_character_is_told_wherever_a_reader_would_not_see_it() {
    for hidden in ['\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{ad}'] {
        let judged = judge(&sisters(&named("one", &format!("Ac{hidden}me"), "DE")), DAY);
        assert_eq!(subjects(&judged, CONFUSABLE), ["one"]);
        assert!(messages(&judged, CONFUSABLE).contains(&format!("U+{:04X}", u32::from(hidden))));
    }
    let told = |records: &str| {
        let judged = judge(&sisters(records), DAY);
        subjects(&judged, CONFUSABLE).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let text = "a\u{200b}b";
    let paper = "[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"fr\"]\nsigned = 2022-01-01\n";
    let place = "[[jurisdiction]]\ncode = \"DE\"\n";
    let look = "[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2024-01-01\noutcome = \"no-extra-measures\"\n";
    for (record, id, keys) in [
        (
            party("reseller", "r", "DE", "controller") + &transfer("de", "r", ""),
            "de--r",
            &["owner", "notes", "retention"][..],
        ),
        (paper.to_owned(), "k", &["owner", "notes", "approved-by", "justification", "evidence"][..]),
        (place.to_owned(), "DE", &["name", "offices", "authority", "notes"][..]),
        (place.to_owned() + look, "look", &["evidence"][..]),
    ] {
        for key in keys {
            assert!(told(&format!("{record}{key} = \"{text}\"\n")).contains(&id.to_owned()), "{key} of {id}");
        }
        assert!(!told(&record).contains(&id.to_owned()), "{id}");
    }
    let measured = format!("{paper}measures = [\"{text}\"]\n");
    assert_eq!(told(&measured), ["k"]);
    // A basis that parts of a purpose take over is told where it is written.
    let purposes = format!(
        "[[purpose]]\nid = \"wide\"\nname = \"Wide\"\nlegal-basis = \"{text}\"\n[[purpose]]\nid = \"part\"\nname = \"Part\"\npart-of = \"wide\"\n"
    );
    assert_eq!(told(&purposes), ["wide"]);
    let own = purposes.clone() + &format!("legal-basis = \"{text}{text}\"\n");
    assert_eq!(told(&own), ["part", "wide"]);
    let quote = "[[statement]]\nid = \"q\"\nnotice = \"Notice\"\nquote = \"we share\u{202e} nothing\"\n";
    assert!(subjects(&judge(&sisters(quote), DAY), CONFUSABLE).contains(&"q"));
    assert!(judge(&sisters(&named("one", "Société 株式会社", "DE")), DAY).findings(CONFUSABLE).is_empty());
}

const DATES: &str = "dates-out-of-order";

fn dated(dates: &str) -> usize {
    let paper =
        format!("[[safeguard]]\nid = \"k\"\ninstrument = \"onward-contract\"\nparties = [\"de\", \"fr\"]\n{dates}\n");
    judge(&sisters(&paper), DAY).findings(DATES).len()
}

#[test]
fn dates_that_cannot_be_in_this_order_are_told() {
    for wrong in [
        "signed = 2024-02-01\nexpires = 2024-01-31",
        "signed = 2024-02-01\neffective = 2024-06-01\nexpires = 2024-05-31",
        "signed = 2024-02-01\nterminated = 2024-01-31",
        "signed = 2024-02-01\namended = 2024-01-31",
        "signed = 2024-02-01\nterminated = 2025-01-31\namended = 2025-02-01",
    ] {
        assert_eq!(dated(wrong), 1, "{wrong}");
    }
}

#[test]
fn dates_that_are_odd_and_ordinary_are_left_alone() {
    for ordinary in [
        "signed = 2024-02-01\nexpires = 2024-02-01",
        "signed = 2024-02-01\neffective = 2024-01-01",
        "signed = 2024-02-01\neffective = 2024-06-01\nterminated = 2024-05-01",
        "signed = 2024-02-01\nterminated = 2024-02-01",
        "signed = 2024-02-01\namended = 2024-02-01",
        "signed = 2024-02-01\napproved = 2023-02-01\napproved-by = \"CNIL\"",
        "signed = 2024-02-01\nexpires = 2025-01-31\namended = 2025-06-01",
    ] {
        assert_eq!(dated(ordinary), 0, "{ordinary}");
    }
}

#[test]
fn a_review_before_its_assessment_and_an_erasure_before_the_end_are_told() {
    let look = |due: &str| {
        let look = format!(
            "[[jurisdiction]]\ncode = \"FR\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2024-01-15\nreview-by = {due}\noutcome = \"no-extra-measures\"\n"
        );
        judge(&sisters(&look), DAY).findings(DATES).len()
    };
    assert_eq!((look("2024-01-14"), look("2024-01-15")), (1, 0));
    let erased = |day: &str| {
        let more = transfer("fr", "de", &format!("until = 2024-01-15\nerased = {day}"));
        subjects(&judge(&sisters(&more), DAY), DATES).len()
    };
    assert_eq!((erased("2024-01-14"), erased("2024-01-15")), (1, 0));
}

const CERTIFICATE: &str = "certificate-without-end";

fn certified(keys: &str, day: &str) -> Judged {
    let records = joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("third-party", "us", "US", "controller"),
        &collected("de", "DE"),
        &transfer("de", "us", ""),
        &format!(
            "[[safeguard]]\nid = \"d\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"us\"]\nsigned = 2023-08-01\n{keys}\n"
        ),
    ]);
    judge(&records, day)
}

#[test]
fn a_certificate_that_carries_data_needs_a_last_day() {
    let judged = certified("", DAY);
    assert_eq!(judged.outcome("de", "us", "eu"), "adequate");
    assert_eq!(subjects(&judged, CERTIFICATE), ["d"]);
    assert!(certified("expires = 2026-12-31", DAY).findings(CERTIFICATE).is_empty());
}

#[test]
fn a_certificate_on_which_nothing_rests_needs_none() {
    // Before the decision, and after the end of the certificate, it carries nothing.
    assert!(certified("", "2023-07-09").findings(CERTIFICATE).is_empty());
    assert!(certified("terminated = 2026-01-15", DAY).findings(CERTIFICATE).is_empty());
    assert_eq!(subjects(&certified("terminated = 2026-01-16", DAY), CERTIFICATE), ["d"]);
}
