//! By which way the data came: the path that a verdict shows.

use super::kit::{CATALOGUE, collected, judge, party, transfer};

const LATE: &str = "2026-06-01";

fn controller(id: &str, place: &str) -> String {
    party("third-party", id, place, "controller")
}

/// A leg that carries one category in the roles given.
fn leg(from: &str, to: &str, data: &str, roles: &str) -> String {
    transfer(from, to, &format!("roles = \"{roles}\"")).replace("data = [\"c\"]", &format!("data = {data}"))
}

/// The path of the verdict between two parties under a law.
fn path(records: &[String], ends: (&str, &str), law: &str) -> String {
    let second = "[[data]]\nid = \"d\"\nname = \"Orders\"\n";
    let judged = judge(&[CATALOGUE, second, &records.concat()].concat(), LATE);
    let path = judged.verdict(ends.0, ends.1, law)["path"].as_array().expect("a path").clone();
    path.iter().map(|step| step.as_str().expect("an id")).collect::<Vec<_>>().join(" ")
}

/// Under the law of the United Kingdom a processor's return to its controller is free, and the same data is
/// not where the processor also has it as a controller: the path of that violation is the way by which it
/// came to it as a controller, though the other way is as short and first by id.
#[test]
fn the_path_is_that_of_the_data_which_nothing_carries_and_not_of_what_is_returned() {
    let records = [
        controller("first", "US"),
        controller("abroad", "US"),
        controller("origin", "GB"),
        controller("home", "GB"),
        controller("worker", "GB"),
        collected("first", "US"),
        collected("origin", "GB"),
        leg("first", "abroad", "[\"c\"]", "c2c"),
        leg("origin", "home", "[\"c\"]", "c2c"),
        leg("abroad", "worker", "[\"c\"]", "c2p"),
        leg("home", "worker", "[\"c\"]", "c2c"),
        leg("worker", "abroad", "[\"c\"]", "p2c"),
    ];
    assert_eq!(path(&records, ("worker", "abroad"), "uk"), "origin home worker abroad");
}

/// One company holds data of customers under its certificate, and data of staff, which that does not cover,
/// in full, and sends them on by two others: the path goes by the first of these by id, whichever it has.
#[test]
fn of_two_ways_on_from_a_party_that_stands_in_two_ways_the_first_by_id_is_shown() {
    let by = |with_customers: &str, with_staff: &str| {
        let records = [
            controller("start", "DE"),
            controller("both", "US"),
            controller("left", "IN"),
            controller("right", "IN"),
            controller("meet", "IN"),
            controller("end", "PH"),
            "[[subjects]]\nid = \"staff\"\nname = \"Staff\"\nhr = true\n".to_owned(),
            collected("start", "DE"),
            collected("start", "DE").replace("by-start", "staff").replace("[\"c\"]", "[\"d\"]").replace("[\"s\"]", "[\"staff\"]"),
            "[[safeguard]]\nid = \"certificate\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"both\"]\nsigned = 2024-01-01\ncovers-hr = false\n".to_owned(),
            leg("start", "both", "[\"c\", \"d\"]", "c2c"),
            leg("both", with_customers, "[\"c\"]", "c2c"),
            leg("both", with_staff, "[\"d\"]", "c2c"),
            leg(with_customers, "meet", "[\"c\"]", "c2c"),
            leg(with_staff, "meet", "[\"d\"]", "c2c"),
            leg("meet", "end", "[\"c\", \"d\"]", "c2c"),
        ];
        path(&records, ("meet", "end"), "eu")
    };
    assert_eq!(by("left", "right"), "start both left meet end");
    assert_eq!(by("right", "left"), "start both left meet end");
}

/// What a controller abroad has from a processor inside is followed back through the processor, to the
/// controller that sent it there.
#[test]
fn a_path_goes_back_through_a_processor_inside() {
    let clauses = "[[safeguard]]\nid = \"k\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [4]\nparties = [\"fr\", \"eg\"]\nsigned = 2022-01-01\n";
    let mut records = vec![
        controller("de", "DE"),
        party("service-provider", "fr", "FR", "processor"),
        controller("eg", "EG"),
        party("service-provider", "gb", "GB", "processor"),
        collected("de", "DE"),
        leg("de", "fr", "[\"c\"]", "c2p"),
        leg("fr", "eg", "[\"c\"]", "p2c") + "safeguards = [\"k\"]\n",
        leg("eg", "gb", "[\"c\"]", "c2p"),
        clauses.to_owned(),
    ];
    assert_eq!(path(&records, ("eg", "gb"), "eu"), "de fr eg gb");
    // What the processor collects itself it had before, and on other terms: that is not what goes on here.
    records.push(collected("fr", "FR"));
    assert_eq!(path(&records, ("eg", "gb"), "eu"), "de fr eg gb");
}

/// Fifty rounds of companies, one to three a round, each of which sends to all of the next: what was found
/// on one long way serves the others, and the least by ids stays the least.
#[test]
fn long_ways_that_share_their_beginning_are_each_the_least_by_ids() {
    let widths = |round: usize| [1, 2, 3, 1, 1, 2][round % 6];
    let mut records = vec![controller("start", "DE"), collected("start", "DE")];
    let mut before = vec!["start".to_owned()];
    // The least way to a company goes by the least of those before it that has the least way itself.
    let mut least: Vec<(String, Vec<String>)> = vec![("start".to_owned(), vec!["start".to_owned()])];
    let mut expected = Vec::new();
    for round in 0..50 {
        // Ids do not follow the order in which they are written.
        let here: Vec<String> =
            (0..widths(round)).map(|at| format!("x{:02}-{round}", (at * 7 + round * 5) % 11)).collect();
        records.extend(here.iter().map(|id| controller(id, "IN")));
        let mut next = Vec::new();
        for to in &here {
            records.extend(before.iter().map(|from| leg(from, to, "[\"c\"]", "c2c")));
            let ways = least.iter().map(|(_, way)| way).min().expect("a way");
            next.push((to.clone(), [&ways[..], std::slice::from_ref(to)].concat()));
            expected.extend(
                least
                    .iter()
                    .map(|(from, way)| ((from.clone(), to.clone()), [&way[..], std::slice::from_ref(to)].concat())),
            );
        }
        (least, before) = (next, here);
    }
    let judged = judge(&(CATALOGUE.to_owned() + &records.concat()), LATE);
    for ((from, to), way) in expected {
        assert_eq!(judged.verdict(&from, &to, "eu")["path"], serde_json::json!(way), "{from} -> {to}");
    }
}

#[test]
fn a_way_through_more_than_two_hundred_and_fifty_six_companies_keeps_its_ends() {
    let id = |at: usize| format!("x{at:03}");
    let mut records = controller("start", "DE")
        + &collected("start", "DE")
        + &controller(&id(0), "IN")
        + &leg("start", &id(0), "[\"c\"]", "c2c");
    for at in 1..266 {
        records += &(controller(&id(at), "IN") + &leg(&id(at - 1), &id(at), "[\"c\"]", "c2c"));
    }
    let judged = judge(&(CATALOGUE.to_owned() + &records), LATE);
    let way = |at: usize| judged.verdict(&id(at - 1), &id(at), "eu")["path"].as_array().expect("a path").clone();
    let whole = way(254);
    assert_eq!(
        (whole.len(), &whole[0], &whole[128], &whole[255]),
        (256, &"start".into(), &id(127).into(), &id(254).into())
    );
    assert_eq!(way(255).len(), 256, "one more, and its middle is left out");
    let cut = way(265);
    assert_eq!((cut.len(), &cut[0], &cut[127], &cut[128]), (256, &"start".into(), &id(126).into(), &id(138).into()));
    assert_eq!(cut[255], id(265));
    let notes = judged.findings("unsafeguarded-onward-transfer").last().expect("a finding")["notes"].to_string();
    assert!(notes.contains("`x018` → … → `x246`"), "{notes}");
}

/// Two ways of one length meet, and a long one goes on from there: the least begins with the lesser company, though
/// the other goes through the lesser one later.
#[test]
fn a_long_way_begins_where_the_least_does_and_not_where_its_parties_are_least() {
    let mut records = vec![controller("start", "DE"), collected("start", "DE")];
    let mut ids: Vec<String> = ["z0", "a0", "a1", "b1"].map(str::to_owned).to_vec();
    ids.extend((2..=40).map(|at| format!("c{at:02}")));
    records.extend(ids.iter().map(|id| controller(id, "IN")));
    for (from, to) in [("start", "z0"), ("start", "a0"), ("z0", "a1"), ("a0", "b1"), ("a1", "c02"), ("b1", "c02")] {
        records.push(leg(from, to, "[\"c\"]", "c2c"));
    }
    let rest: Vec<&str> = ids[4..].iter().map(String::as_str).collect();
    records.extend(rest.windows(2).map(|pair| leg(pair[0], pair[1], "[\"c\"]", "c2c")));
    let expected = format!("start a0 b1 {}", rest.join(" "));
    assert_eq!(path(&records, ("c39", "c40"), "eu"), expected);
    assert_eq!(path(&records, ("a1", "c02"), "eu"), "start z0 a1 c02");
}
