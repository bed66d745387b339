//! Pages of a register that is not small: none is too long to open, and no row is lost.

use std::collections::BTreeMap;

use onward::site::{Imprint, Look, Site};
use tempfile::TempDir;

use super::kit::{CATALOGUE, collected, folder, party, site_of, transfer, with_run};

const DAY: &str = "2026-06-01";

/// A party that sends to so many others, and gets nothing to carry the data of every second.
fn hub(spokes: usize) -> TempDir {
    let spoke = |n: usize| {
        let (id, place) = (format!("r{n:03}"), if n.is_multiple_of(2) { "FR" } else { "US" });
        party("affiliate", &id, place, "controller") + &transfer("hub", &id, "")
    };
    let spokes: String = (0..spokes).map(spoke).collect();
    let hub = party("affiliate", "hub", "DE", "controller") + &collected("hub", "DE");
    folder(&[("a.toml", &(CATALOGUE.to_owned() + &hub + &spokes))])
}

/// A page and its further parts.
fn parts<'p>(pages: &'p BTreeMap<String, String>, stem: &str) -> Vec<(&'p str, &'p str)> {
    let further = (2..).map(|part| format!("{stem}.{part}.html"));
    let names = std::iter::once(format!("{stem}.html")).chain(further);
    names.map_while(|name| pages.get_key_value(&name)).map(|(name, page)| (&**name, &**page)).collect()
}

fn rows(page: &str) -> usize {
    page.matches("<tr><td>").count()
}

#[test]
fn no_page_but_the_whole_register_and_the_map_is_longer_than_a_hundred_kilobytes() {
    let pages = site_of(hub(400).path(), DAY);
    let long: Vec<_> = pages.iter().filter(|(name, page)| name.ends_with(".html") && page.len() > 100_000).collect();
    let names: Vec<&str> = long.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "map.html").collect();
    assert_eq!(names, ["whole.html"]);
}

#[test]
fn a_record_with_many_rows_takes_several_pages_that_lead_to_each_other() {
    let pages = site_of(hub(400).path(), DAY);
    let parts = parts(&pages, "subjects-s");
    assert!(parts.len() > 1);
    for (at, (_, page)) in parts.iter().enumerate() {
        for (other, (name, _)) in parts.iter().enumerate() {
            assert_eq!(page.contains(&format!("<a href=\"{name}\"><bdi>{}</bdi>", other + 1)), at != other);
        }
    }
    let legs: usize = parts.iter().map(|(_, page)| page.matches("how</bdi>").count()).sum();
    assert_eq!(legs, 400, "no row is lost, and none is told twice");
    let left = 400 - parts[0].1.matches("how</bdi>").count();
    assert!(parts[0].1.contains(&format!("{left} more rows on the next page.")), "{}", parts[0].1);
    assert!(!pages.contains_key("party-r000.2.html"), "a short page stays one");
}

#[test]
fn a_long_list_takes_several_pages_and_a_script_has_all_of_its_rows() {
    let pages = site_of(hub(400).path(), DAY);
    for (list, count) in [("parties", 401), ("transfers", 400), ("findings", 200)] {
        let parts = parts(&pages, list);
        assert!(parts.len() > 1, "{list}");
        assert!(parts.iter().map(|(_, page)| rows(page)).sum::<usize>() >= count, "{list}");
        assert!(parts[0].1.contains(&format!("data-rows=\"{list}.rows.js\"")), "{list}");
        assert!(!parts[1].1.contains("data-rows") && !parts[1].1.contains("class=\"list\""), "{list}");
        let script = &pages[&format!("{list}.rows.js")];
        assert!(script.starts_with("window.onwardRows = {") && rows(script) >= count, "{list}");
    }
    assert!(!pages.contains_key("data.rows.js"), "a short list needs none");
}

#[test]
fn a_file_that_is_made_alone_is_the_one_that_is_made_with_all_others() {
    with_run(hub(150).path(), DAY, |run| {
        let (look, imprint) = (Look::default(), Imprint::default());
        let site = Site::of(run, &look, &imprint).expect("a site").expect("a verdict");
        let files = site.files().expect("files");
        assert!(files.iter().any(|file| file.name == "parties.2.html"), "parts of pages are among them");
        let some = files.iter().filter(|file| !file.name.contains("-r") || file.name.contains("-r007"));
        for file in some {
            let alone = site.file(&file.name).expect("a page").map(|page| page.bytes);
            assert!(alone.as_ref() == Some(&file.bytes), "{}", file.name);
        }
        for nothing in ["", "nowhere.html", "parties.99.html", "parties", "party-r007.2.html", "../a.toml"] {
            assert!(site.file(nothing).expect("no fault").is_none(), "{nothing}");
        }
    });
}

#[test]
fn a_chain_of_three_hundred_companies_is_one_chain_told_by_its_ends() {
    let id = |at: usize| format!("p{at:03}");
    let mut records = CATALOGUE.to_owned() + &party("affiliate", "p000", "DE", "controller") + &collected("p000", "DE");
    for at in 1..300 {
        records += &(party("affiliate", &id(at), "IN", "controller") + &transfer(&id(at - 1), &id(at), ""));
    }
    let pages = site_of(folder(&[("a.toml", &records)]).path(), DAY);
    let chains = &pages["chains.html"];
    assert_eq!(rows(chains), 1, "each of the others is the beginning of it");
    assert!(chains.contains("p000</bdi>") && chains.contains("p299</bdi>") && !chains.contains("p150</bdi>"));
    assert!(chains.contains("<bdi>at least 233 more</bdi>"), "{chains}");
    let leg = &pages["transfer-p199--p200.html"];
    assert!(leg.contains("<bdi>178 more</bdi>"), "{leg}");
    assert!(!leg.contains("<svg") && pages["transfer-p022--p023.html"].contains("<svg"), "twenty-four are drawn");
    assert!(!pages["transfer-p023--p024.html"].contains("<svg"));
}

#[test]
fn a_row_about_a_transfer_of_many_things_names_a_few_and_its_own_page_names_all() {
    let entry = |kind: &str, id: &str| format!("[[{kind}]]\nid = \"{id}\"\nname = \"The {id}\"\n");
    let ids = |kind: &str| (0..30).map(|at| format!("{kind}{at:02}")).collect::<Vec<_>>();
    let (data, purposes) = (ids("d"), ids("u"));
    let all = data.iter().map(|id| entry("data", id)).chain(purposes.iter().map(|id| entry("purpose", id)));
    let list = |ids: &[String]| format!("[\"{}\"]", ids.join("\", \""));
    let records = CATALOGUE.to_owned()
        + &all.collect::<String>()
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "FR", "controller")
        + &collected("a", "DE").replace("data = [\"c\"]", &format!("data = {}", list(&data)))
        + &transfer("a", "b", "")
            .replace("data = [\"c\"]", &format!("data = {}", list(&data)))
            .replace("purposes = [\"p\"]", &format!("purposes = {}", list(&purposes)));
    let pages = site_of(folder(&[("a.toml", &records)]).path(), DAY);
    for page in ["data-d29.html", "purpose-u29.html", "party-b.html"] {
        let row = pages[page].split("<tr><td>").find(|row| row.contains("how</bdi>")).expect("a row");
        for (kind, last) in [("The d", "11"), ("The u", "11")] {
            assert_eq!(row.matches(kind).count(), 12, "{page}: {row}");
            assert!(row.contains(&format!("{kind}{last}")), "{page}: {row}");
        }
        assert_eq!(row.matches("<bdi>18 more</bdi>").count(), 2, "{page}: {row}");
    }
    for (page, kinds) in [("transfer-a--b.html", 2), ("transfers.html", 2)] {
        let named = ["The d29", "The u29"].iter().filter(|name| pages[page].contains(*name)).count();
        assert_eq!(named, kinds, "{page}");
    }
}
