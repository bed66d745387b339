//! Where a category of data went: who holds it, by which way, and whom to tell.

use serde_json::Value;

use super::kit::runner::{HOSTILE, harmless};
use super::kit::{CATALOGUE, collected, folder, onward, party, transfer};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/register");

fn trace(register: &str, data: &str, more: &[&str]) -> (i32, String, String) {
    let done = onward(&[&["trace", data, register], more].concat());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code().expect("a status"), text(done.stdout), text(done.stderr))
}

/// The holders of a category on a day: each with its way and what it holds.
fn holders(records: &str, data: &str, day: &str) -> Vec<String> {
    let place = folder(&[("records.toml", records)]);
    let (status, text, talk) =
        trace(place.path().to_str().expect("a path"), data, &["--as-of", day, "--format", "json"]);
    assert_eq!(status, 0, "{talk}");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let list = |value: &Value| {
        value
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item.as_str().expect("a text").to_owned())
            .collect::<Vec<_>>()
    };
    let holders = report["holders"].as_array().expect("holders").iter();
    holders
        .map(|holder| format!("{}: {}", list(&holder["path"]).join(" > "), list(&holder["data"]).join(", ")))
        .collect()
}

fn four() -> String {
    ["a", "b", "c", "d"].map(|id| party("affiliate", id, "DE", "controller")).concat()
        + CATALOGUE
        + &collected("a", "DE")
}

#[test]
fn the_example_says_who_has_contact_details() {
    insta::assert_snapshot!("example.trace", trace(EXAMPLE, "contact-details", &["--as-of", "2015-10-06"]).1);
    let (_, csv, _) = trace(EXAMPLE, "contact-details", &["--as-of", "2015-10-06", "--format", "csv"]);
    insta::assert_snapshot!("example.trace.csv", csv);
}

#[test]
fn everyone_behind_a_collector_is_told_by_the_shortest_way() {
    let legs = transfer("a", "b", "") + &transfer("b", "c", "") + &transfer("c", "d", "") + &transfer("a", "d", "");
    assert_eq!(holders(&(four() + &legs), "c", "2026-06-01"), ["a: c", "a > b: c", "a > b > c: c", "a > d: c"]);
}

#[test]
fn data_that_goes_round_in_a_circle_is_told_once() {
    let legs = transfer("a", "b", "") + &transfer("b", "c", "") + &transfer("c", "a", "");
    assert_eq!(holders(&(four() + &legs), "c", "2026-06-01"), ["a: c", "a > b: c", "a > b > c: c"]);
}

#[test]
fn who_gets_only_something_else_is_not_told_and_who_gets_a_part_is() {
    let data = "[[data]]\nid = \"part\"\nname = \"Telephone number\"\npart-of = [\"c\"]\n[[data]]\nid = \"other\"\nname = \"Orders\"\n";
    let collect = "[[collection]]\nid = \"o\"\nby = \"a\"\ndata = [\"other\"]\nsubjects = [\"s\"]\npurposes = [\"p\"]\nsubjects-in = [\"DE\"]\n";
    let legs = transfer("a", "b", "").replace("[\"c\"]", "[\"other\"]")
        + &transfer("a", "d", "").replace("[\"c\"]", "[\"part\"]");
    let records = four() + data + collect + &legs;
    assert_eq!(holders(&records, "c", "2026-06-01"), ["a: c, part", "a > d: part"]);
    assert_eq!(holders(&records, "other", "2026-06-01"), ["a: other", "a > b: other"]);
}

#[test]
fn who_collects_a_part_or_the_whole_collects_what_is_traced() {
    let part = "[[data]]\nid = \"part\"\nname = \"Telephone number\"\npart-of = [\"c\"]\n[[data]]\nid = \"other\"\nname = \"Orders\"\n";
    for (collected_data, traced) in [("part", "c"), ("c", "part"), ("c", "c")] {
        let collects = collected("a", "DE").replace("[\"c\"]", &format!("[\"{collected_data}\"]"));
        let also = collected("b", "DE").replace("[\"c\"]", "[\"other\"]");
        let records = four().replace(&collected("a", "DE"), &collects) + part + &also + &transfer("a", "b", "");
        let place = folder(&[("records.toml", &records)]);
        let (_, tree, talk) = trace(place.path().to_str().expect("a path"), traced, &["--as-of", "2026-06-01"]);
        let who: Vec<&str> = tree.lines().filter(|line| line.contains("who collects it")).collect();
        assert_eq!(who.len(), 1, "{collected_data} {traced}: {tree}{talk}");
        assert!(who[0].starts_with('a'), "{tree}");
    }
}

#[test]
fn what_an_ended_transfer_brought_is_still_there_until_it_is_erased() {
    let ended = transfer("a", "b", "until = 2025-12-31") + &transfer("b", "d", "");
    assert_eq!(holders(&(four() + &ended), "c", "2026-06-01"), ["a: c", "a > b: c", "a > b > d: c"]);
    let erased =
        transfer("a", "b", "until = 2025-12-31\nerased = 2026-03-01") + &transfer("b", "d", "until = 2026-01-31");
    let records = four() + &erased;
    assert_eq!(holders(&records, "c", "2026-02-28"), ["a: c", "a > b: c", "a > b > d: c"], "the day before");
    assert_eq!(
        holders(&records, "c", "2026-03-01"),
        ["a: c", "a > b: ", "a > b > d: c"],
        "the way still goes through it"
    );
    let later = transfer("a", "b", "since = 2026-06-02");
    assert_eq!(holders(&(four() + &later), "c", "2026-06-01"), ["a: c"], "not yet");
}

#[test]
fn who_has_data_that_nobody_collected_is_told_as_such() {
    let records = four() + &transfer("b", "d", "");
    let place = folder(&[("records.toml", &records)]);
    let (_, text, _) = trace(place.path().to_str().expect("a path"), "c", &["--as-of", "2026-06-01"]);
    assert!(text.contains("b (`b`), Germany (DE), and the register does not say from where"), "{text}");
}

#[test]
fn an_unknown_category_is_refused_with_the_nearest_one() {
    let (status, text, talk) = trace(EXAMPLE, "contact-detials", &[]);
    assert_eq!((status, text.as_str()), (2, ""));
    assert!(talk.contains("did you mean `contact-details`?"), "{talk}");
    let broken = folder(&[("a.toml", "zzz = 1\n")]);
    let (status, _, talk) = trace(broken.path().to_str().expect("a path"), "c", &[]);
    assert!(status == 2 && talk.contains("1 problem"), "{talk}");
}

#[test]
fn no_text_of_a_register_acts_out_of_a_trace() {
    for text in HOSTILE {
        let quoted = serde_json::to_string(text).expect("a basic string");
        let keys = format!("owner = {quoted}\ncontact = {quoted}\n");
        let records = CATALOGUE.replace("\"Contact details\"", &quoted)
            + &party("affiliate", "a", "DE", "controller").replace("name = \"a\"", &format!("name = {quoted}\n{keys}"))
            + &party("affiliate", "b", "IN", "controller")
            + &collected("a", "DE")
            + &transfer("a", "b", "");
        let place = folder(&[("records.toml", &records)]);
        for format in ["tree", "csv", "json"] {
            let (status, output, talk) = trace(place.path().to_str().expect("a path"), "c", &["--format", format]);
            assert_eq!((status, talk.as_str()), (0, ""), "{output}");
            assert_eq!(harmless(format, &output), Ok(()), "{text} as {format}: {output}");
        }
    }
}

#[test]
fn a_long_way_is_told_by_its_ends_on_the_page_of_the_data() {
    let chain = |parties: usize| {
        let parties: Vec<String> = (0..parties).map(|at| format!("p{at:02}")).collect();
        let records = parties.iter().map(|id| super::kit::party("affiliate", id, "FR", "controller"));
        let legs = parties.windows(2).map(|pair| super::kit::transfer(&pair[0], &pair[1], ""));
        super::kit::CATALOGUE.to_owned()
            + &records.collect::<String>()
            + &super::kit::collected("p00", "FR")
            + &legs.collect::<String>()
    };
    let page = |parties: usize| {
        let register = super::kit::folder(&[("a.toml", &chain(parties))]);
        super::kit::site_of(register.path(), "2026-06-01")["data-c.html"].clone()
    };
    assert!(!page(8).contains(" more</bdi>"), "eight are told one by one");
    let long = page(12);
    assert!(long.contains("<bdi>5 more</bdi>"), "{long}");
}

#[test]
fn the_tree_of_a_very_long_chain_is_no_wider_than_a_page_and_its_ways_keep_their_ends() {
    let id = |at: usize| format!("p{at:03}");
    let mut records = super::kit::CATALOGUE.to_owned() + &super::kit::collected("p000", "FR");
    for at in 0..300 {
        records += &super::kit::party("affiliate", &id(at), "FR", "controller");
        if at > 0 {
            records += &super::kit::transfer(&id(at - 1), &id(at), "");
        }
    }
    // A branch near the end: its line goes on beside the parties between.
    records += &(super::kit::party("affiliate", "q", "FR", "controller") + &super::kit::transfer(&id(290), "q", ""));
    let place = super::kit::folder(&[("a.toml", &records)]);
    let path = place.path().to_str().expect("a path");
    let (_, tree, _) = trace(path, "c", &["--as-of", "2026-06-01"]);
    let line = |name: &str| tree.lines().find(|line| line.contains(&format!("{name} (`"))).expect("a line").to_owned();
    assert_eq!(line("p001"), "└─ p001 (`p001`), France (FR)");
    assert!(line("p016").starts_with(&format!("{}└─ p016", "   ".repeat(15))), "{}", line("p016"));
    assert!(line("p017").starts_with(&format!("⋯  {}└─ p017", "   ".repeat(15))), "{}", line("p017"));
    assert!(line("p291").starts_with(&format!("⋯  {}├─ p291", "   ".repeat(15))), "{}", line("p291"));
    assert!(line("p293").starts_with(&format!("⋯  {}│     └─ p293", "   ".repeat(13))), "{}", line("p293"));
    assert!(line("q").starts_with(&format!("⋯  {}└─ q", "   ".repeat(15))), "{}", line("q"));
    let way = |name: &str| {
        let holders = holders(&records, "c", "2026-06-01");
        let way = holders.iter().find(|holder| holder.split(": ").next().expect("a way").ends_with(name));
        way.expect("a holder")
            .split([':', ' '])
            .filter(|word| word.starts_with(['p', 'q']))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (whole, cut) = (way("p255"), way("p299"));
    assert_eq!((whole.len(), &*whole[127], &*whole[128]), (256, "p127", "p128"));
    assert_eq!((cut.len(), &*cut[0], &*cut[127], &*cut[128], &*cut[255]), (256, "p000", "p127", "p172", "p299"));
    let pages = super::kit::site_of(place.path(), "2026-06-01");
    let mut parts = pages.iter().filter(|(name, _)| name.starts_with("data-c."));
    assert!(parts.any(|(_, page)| page.contains("<bdi>293 more</bdi>")), "seven of three hundred are named");
}
