//! Transfers between many parties, and long lists of safeguards: judged like others, bounded, and without a
//! flood of advice.

use proptest::prelude::*;
use serde_json::Value;

use super::kit::{CATALOGUE, cases, collected, folder, judge, judge_folder, onward, party, site_of, text_of, transfer};
use super::properties::sketch;

const DAY: &str = "2026-01-15";

/// Papers between two companies that have nothing to do with anything.
fn of_others(papers: usize) -> (String, Vec<String>) {
    let ids: Vec<String> = (0..papers).map(|at| format!("other-{at}")).collect();
    let mut records = party("reseller", "x1", "NZ", "controller") + &party("reseller", "x2", "NZ", "controller");
    for id in &ids {
        records += &clauses(id, "\"x1\", \"x2\"");
    }
    (records, ids)
}

fn clauses(id: &str, parties: &str) -> String {
    format!(
        "[[safeguard]]\nid = \"{id}\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [1, 2, 3]\nparties = [{parties}]\nsigned = 2022-01-01\nassessments = [\"look\"]\n"
    )
}

const LOOK: &str = "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2022-01-01\noutcome = \"no-extra-measures\"\n";

/// A German company that sends to an Indian one, with some safeguards listed.
fn one_leg(listed: &[String], more: &str) -> String {
    [
        CATALOGUE,
        &party("affiliate", "acme", "DE", "controller"),
        &party("service-provider", "in", "IN", "processor"),
        &collected("acme", "DE"),
        &transfer("acme", "in", &format!("safeguards = {listed:?}")),
        LOOK,
        more,
    ]
    .join("\n")
}

/// So many processors in India, all of which send to all others what a German company gives them.
fn mesh(processors: usize) -> String {
    let parties: Vec<String> =
        (0..processors).map(|at| party("service-provider", &format!("p{at}"), "IN", "processor")).collect();
    let sent = "id = \"mesh\"\nfrom = [\"acme\", \"@service-providers\"]\nto = \"@service-providers\"\ndata = [\"c\"]\npurposes = [\"p\"]\n";
    [
        CATALOGUE,
        &party("affiliate", "acme", "DE", "controller"),
        &parties.concat(),
        &collected("acme", "DE"),
        "[[transfer]]",
        sent,
        LOOK,
    ]
    .join("\n")
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn papers_of_others_on_a_list_change_no_verdict(sketch in sketch()) {
        let (others, ids) = of_others(20);
        let mut crowded: Vec<String> = sketch.records();
        for record in crowded.iter_mut().filter(|record| record.starts_with("[[transfer]]")) {
            // In front and behind, so that what binds the ends stands anywhere.
            let (front, behind) = ids.split_at(record.len() % ids.len());
            let (before, listed) = record.split_once("safeguards = [").expect("a list");
            let own = listed.trim_end().trim_end_matches(']').split(", ").filter(|id| !id.is_empty()).map(str::to_owned);
            let quoted = |ids: &[String]| ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>();
            let all: Vec<String> = quoted(front).into_iter().chain(own).chain(quoted(behind)).collect();
            *record = format!("{before}safeguards = [{}]\n", all.join(", "));
        }
        crowded.push(others.replace("assessments = [\"look\"]\n", ""));
        let told = |records: &[String]| -> Vec<[Value; 6]> {
            let report = judge(&records.join("\n"), sketch.day());
            let keys = ["transfer", "from", "to", "regime", "outcome", "basis"];
            report.verdicts().iter().map(|verdict| keys.map(|key| verdict[key].clone())).collect()
        };
        prop_assert_eq!(told(&sketch.records()), told(&crowded));
    }
}

#[test]
fn of_a_long_list_what_binds_the_ends_is_told_and_of_the_rest_a_few() {
    let (others, mut listed) = of_others(40);
    listed.insert(30, "own".to_owned());
    let own = clauses("own", "\"acme\", \"in\"");
    let judged = judge(&one_leg(&listed, &(others.clone() + &own)), DAY);
    assert_eq!(judged.outcome("acme", "in", "eu"), "safeguarded");
    let expired = own.replace("signed = 2022-01-01", "signed = 2022-01-01\nexpires = 2025-12-31");
    let judged = judge(&one_leg(&listed, &(others + &expired)), DAY);
    let reasons = judged.reasons("acme", "in", "eu");
    assert_eq!(reasons, ["other-0: party-not-bound", "other-1: party-not-bound", "own: expired"]);
    let notes = judged.findings("unsafeguarded-transfer")[0]["notes"].to_string();
    assert!(notes.contains("of the 41 safeguards listed here 16 are told at most"), "{notes}");
}

#[test]
fn of_sixteen_papers_of_others_each_is_told_and_of_one_more_two() {
    let (records, listed) = of_others(17);
    let reasons = |listed: &[String]| judge(&one_leg(listed, &records), DAY).reasons("acme", "in", "eu").len();
    assert_eq!((reasons(&listed[..16]), reasons(&listed)), (16, 2));
}

#[test]
fn in_a_long_list_a_paper_binds_whom_its_instrument_has_it_bind() {
    let (mut others, mut listed) = of_others(20);
    // Clauses of one end with somebody else bind nobody here.
    for (id, parties) in [("z-sender", "\"acme\", \"x1\""), ("z-recipient", "\"x1\", \"in\"")] {
        others += &clauses(id, parties);
        listed.push(id.to_owned());
    }
    let judged = judge(&one_leg(&listed, &others), DAY);
    assert_eq!(judged.reasons("acme", "in", "eu"), ["other-0: party-not-bound", "other-1: party-not-bound"]);
    // The rules of a processor bind the processor, who commits itself to all its customers.
    others += "[[safeguard]]\nid = \"rules\"\ninstrument = \"eu-bcr-p-gdpr\"\nparties = [\"in\"]\n\
               signed = 2022-01-01\napproved = 2022-01-01\nconfirms = [\"controller-contract\"]\n\
               assessments = [\"look\"]\n";
    listed.push("rules".to_owned());
    assert_eq!(judge(&one_leg(&listed, &others), DAY).outcome("acme", "in", "eu"), "safeguarded");
}

#[test]
fn of_many_papers_that_bind_the_ends_and_fail_sixteen_are_told() {
    let ids: Vec<String> = (0..20).map(|at| format!("own-{at:02}")).collect();
    let late = |id: &String| clauses(id, "\"acme\", \"in\"").replace("2022-01-01\na", "2027-01-01\na");
    let records: String = ids.iter().map(late).collect();
    let judged = judge(&one_leg(&ids, &records), DAY);
    let told: Vec<String> = ids.iter().take(16).map(|id| format!("{id}: not-in-force")).collect();
    assert_eq!(judged.reasons("acme", "in", "eu"), told);
    // What would carry counts wherever it stands.
    let last =
        records[..records.rfind("2027").expect("the last")].to_owned() + "2022-01-01\nassessments = [\"look\"]\n";
    assert_eq!(judge(&one_leg(&ids, &last), DAY).outcome("acme", "in", "eu"), "safeguarded");
}

#[test]
fn a_paper_that_is_not_listed_is_found_where_the_recipient_is_bound_by_hundreds() {
    let others: Vec<String> = (0..300)
        .map(|at| {
            party("reseller", &format!("x{at}"), "FR", "controller")
                + &clauses(&format!("a{at}"), &format!("\"x{at}\", \"in\""))
        })
        .collect();
    let records = one_leg(&[], &(others.concat() + &clauses("wanted", "\"acme\", \"in\"")));
    let judged = judge(&records, DAY);
    let help = judged.findings("unsafeguarded-transfer")[0]["help"].as_str().expect("help");
    assert!(help.contains("list `wanted`"), "{help}");
}

#[test]
fn many_parties_that_lack_a_paper_with_each_other_are_advised_to_sign_one() {
    // 12 processors are 66 couples and one more with the sender each, 24 are 276 and 24.
    let few = judge(&mesh(12), DAY);
    assert_eq!(few.report["mends"]["left"], Value::Array(Vec::new()));
    let many = folder(&[("records.toml", &mesh(24))]);
    let judged = judge_folder(many.path(), DAY);
    let mends = &judged.report["mends"];
    assert_eq!((mends["violations"].as_u64(), mends["cleared"].as_u64()), (Some(24 * 24), Some(0)));
    let said = "no paper is proposed for every two parties of `mesh`, which are too many: sign one among all of them";
    let text = text_of(many.path(), DAY);
    assert!(text.contains(said), "{}", &text[text.len() - 2_000..]);
    let pages = site_of(many.path(), DAY);
    let said = "No paper is proposed for every two parties of mesh, which are too many: sign one among all of them.";
    assert!(pages.values().any(|page| page.contains(said)));
}

#[test]
fn lists_stand_for_a_bounded_number_of_pairs_and_papers() {
    let over = |records: &str| -> Vec<String> {
        let root = folder(&[("records.toml", records)]);
        let report = judge_folder(root.path(), DAY).report;
        assert!(report["verdicts"].is_null());
        let findings = report["findings"].as_array().expect("findings").iter();
        findings.map(|found| format!("{}:{} {}", found["rule"], found["location"]["line"], found["message"])).collect()
    };
    // 500 parties to each other, and one more.
    let parties: String = (0..501).map(|at| party("service-provider", &format!("p{at}"), "IN", "processor")).collect();
    let all = "[[transfer]]\nid = \"all\"\nfrom = \"@service-providers\"\nto = \"@service-providers\"\ndata = [\"c\"]\npurposes = [\"p\"]\n";
    let told = over(&(CATALOGUE.to_owned() + &parties + all));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("stand for a pair of parties 251001 times, more than the 250000"), "{told:#?}");
    // A thousand categories about a thousand groups.
    let many = |kind: &str, wanted: usize| -> String {
        let record = |at: usize| format!("[[{kind}]]\nid = \"{kind}-{at}\"\nname = \"{kind} {at}\"\n");
        (0..wanted).map(record).collect::<Vec<_>>().concat()
    };
    let told = over(&(many("data", 1_000) + &many("subjects", 1_000)));
    assert!(told.len() == 1 && told[0].contains("are 1001000 combinations, more than the 1000000"), "{told:#?}");
    // A thousand and one papers for one leg.
    let (others, listed) = of_others(1_001);
    let told = over(&one_leg(&listed, &others));
    assert!(told.len() == 1 && told[0].contains("lists 1001 safeguards, more than the 1000"), "{told:#?}");
    // A hundred papers for ten thousand and one hundred pairs.
    let (others, listed) = of_others(100);
    let listing = format!("to = \"@service-providers\"\nsafeguards = {listed:?}\n");
    let told = over(&(mesh(100).replace("to = \"@service-providers\"\n", &listing) + &others));
    assert!(told.len() == 1 && told[0].contains("list a safeguard for a pair of parties 1010000 times"), "{told:#?}");
}

/// The text of the element that an anchor names, up to the next one of its kind.
fn told<'p>(page: &'p str, anchor: &str) -> &'p str {
    let start = page.find(&format!("id=\"{anchor}\"")).unwrap_or_else(|| panic!("no {anchor}"));
    let rest = &page[start..];
    &rest[..rest.find("</section>").unwrap_or(rest.len())]
}

#[test]
fn a_transfer_of_many_legs_takes_several_pages_and_every_link_finds_its_leg() {
    // 6 processors and the sender to 6: 36 legs, and no party to itself.
    let register = folder(&[("records.toml", &mesh(6))]);
    let pages = site_of(register.path(), DAY);
    let parts: Vec<&str> = pages.keys().map(String::as_str).filter(|name| name.starts_with("transfer-mesh.")).collect();
    assert_eq!(parts, ["transfer-mesh.2.html", "transfer-mesh.3.html", "transfer-mesh.html"]);
    let mut legs = 0;
    for name in parts {
        let page = &pages[name];
        assert!(page.len() < 100 << 10, "{name}: {} bytes", page.len());
        assert!(page.contains("page 1 of 3") == (name == "transfer-mesh.html"));
        assert!(page.contains("<h2 id=\"facts\">") == (name == "transfer-mesh.html"), "the first says what it is");
        legs += page.matches("<h2 id=\"pair-").count();
    }
    assert_eq!(legs, 36);
    // Whatever speaks of a leg leads to where it is told; what is found about it is told beside it.
    let links: Vec<&str> = pages
        .values()
        .flat_map(|page| page.split("href=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let to_legs: Vec<&&str> =
        links.iter().filter(|link| link.starts_with("transfer-mesh") && link.contains('#')).collect();
    assert!(to_legs.len() > 72, "{}", to_legs.len());
    for link in to_legs {
        let (page, anchor) = link.split_once('#').expect("an anchor");
        assert!(pages[page].contains(&format!("id=\"{anchor}\"")), "{link}");
    }
    let last = &pages["transfer-mesh.3.html"];
    assert!(told(last, "pair-p5--p4").contains("Violation") || told(last, "pair-p5--p4").contains("violation"));
    assert!(
        told(last, "findings").contains("<code>p5</code><bdi> to </bdi><code>p4</code>"),
        "{}",
        told(last, "findings")
    );
    assert!(!told(&pages["transfer-mesh.html"], "findings").contains("<code>p5</code><bdi> to </bdi>"));
}

#[test]
fn of_a_transfer_between_many_a_party_is_told_what_concerns_it() {
    // Of two recipients one has clauses.
    let two = [
        CATALOGUE,
        &party("affiliate", "acme", "DE", "controller"),
        &party("service-provider", "good", "IN", "processor"),
        &party("service-provider", "poor", "IN", "processor"),
        &collected("acme", "DE"),
        "[[transfer]]\nid = \"both\"\nfrom = \"acme\"\nto = [\"good\", \"poor\"]\ndata = [\"c\"]\npurposes = [\"p\"]\nsafeguards = [\"own\"]\n",
        LOOK,
        &clauses("own", "\"acme\", \"good\""),
    ];
    let register = folder(&[("records.toml", &two.join("\n"))]);
    let pages = site_of(register.path(), DAY);
    assert!(told(&pages["party-good.html"], "every-finding").contains("No rule has found anything"));
    assert!(told(&pages["party-poor.html"], "every-finding").contains("unsafeguarded-transfer"));
    // "Can I send this?" answers for each of them.
    let answers = &pages
        .iter()
        .find(|(name, _)| name.contains("answers") || name.starts_with("send") && name.ends_with("js"))
        .expect("answers")
        .1;
    let leg = |to: &str| {
        let start = answers.find(&format!("\"to\":\"{to}\"")).expect("a leg");
        let rest = &answers[start..];
        rest[..rest.find('}').expect("an end")].to_owned()
    };
    assert!(leg("good").contains("\"good\":true"), "{}", leg("good"));
    assert!(leg("poor").contains("\"good\":false"), "{}", leg("poor"));
}

#[test]
fn a_site_of_far_too_many_rows_is_refused_before_it_is_made() {
    let part = |at: usize| format!("[[data]]\nid = \"d{at}\"\nname = \"d{at}\"\npart-of = \"c\"\n");
    let leg = |at: usize| {
        let id = format!("b{at}");
        party("affiliate", &id, "FR", "controller") + &transfer("a", &id, "")
    };
    let register = CATALOGUE.to_owned()
        + &party("affiliate", "a", "DE", "controller")
        + &collected("a", "DE")
        + &(0..2_100).map(part).collect::<String>()
        + &(0..1_000).map(leg).collect::<String>();
    let place = folder(&[("a.toml", &register)]);
    let path = place.path().to_str().expect("a path");
    assert_eq!(onward(&["check", path, "--as-of", DAY]).status.code(), Some(0), "it is judged all the same");
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let done = onward(&["build", path, "--as-of", DAY, "--out", site.to_str().expect("a path")]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("more than the 4000000 that a site may have"), "{said}");
    assert!(!site.exists());
}
