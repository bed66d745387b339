//! Several days in one site: a folder for each further day, and a way from each page to the others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::kit::{CATALOGUE, collected, folder, onward, party, transfer};

/// From Germany to the United States: carried by a decision until it was invalidated.
fn register() -> tempfile::TempDir {
    let records = CATALOGUE.to_owned()
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "US", "controller")
        + &collected("a", "DE")
        + &transfer("a", "b", "safeguards = [\"g\"]\n")
        + "[[safeguard]]\nid = \"g\"\ninstrument = \"eu-safe-harbor-cert\"\nparties = [\"b\"]\nsigned = 2014-01-01\nexpires = 2016-01-01\n";
    folder(&[("a.toml", &records)])
}

fn build(register: &Path, site: &Path, days: &[&str], more: &[&str]) -> (i32, String) {
    let mut arguments = vec!["build", register.to_str().expect("a path"), "--out", site.to_str().expect("a path")];
    arguments.extend(days.iter().flat_map(|day| ["--as-of", day]));
    arguments.extend(more);
    let done = onward(&arguments);
    (done.status.code().expect("a status"), String::from_utf8(done.stderr).expect("UTF-8"))
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
}

#[test]
fn every_day_has_its_own_pages_and_the_first_is_the_front() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    let (status, said) = build(register.path(), &site, &["2015-10-05", "2015-10-06", "2015-10-05"], &[]);
    assert_eq!(status, 0, "the first day decides: {said}");
    assert!(said.contains("also Acme, as of 2015-10-06: 1 denied"), "{said}");
    let page = |name: &str| fs::read_to_string(site.join(name)).expect("a page").replace("&#x2f;", "/");
    let transfer = "transfer-a--b.html";
    assert!(page(transfer).contains(">adequate<"), "the day before");
    assert!(page(&format!("2015-10-06/{transfer}")).contains(">no safeguard<"), "the day of the judgment");
    assert!(page(transfer).contains("<a href=\"2015-10-06/transfer-a--b.html\">"), "a way to the other day");
    assert!(page(&format!("2015-10-06/{transfer}")).contains("<a href=\"../transfer-a--b.html\">"), "and back");
    let (front, mut inside) = (names(&site), names(&site.join("2015-10-06")));
    inside.extend(["2015-10-06", ".onward-manifest"].map(str::to_owned));
    assert_eq!(front, inside, "every page is there on every day, so that every way leads somewhere");
}

#[test]
fn where_the_first_day_is_in_order_a_later_one_does_not_fail_the_build_and_the_other_way_round() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    assert_eq!(build(register.path(), &site, &["2015-10-06", "2015-10-05"], &[]).0, 1);
    assert_eq!(build(register.path(), &site, &["2015-10-05", "2015-10-06"], &[]).0, 0);
}

#[test]
fn a_day_that_is_asked_for_no_more_goes_and_a_second_build_writes_nothing() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    let two = ["2015-10-05", "2015-10-06"];
    build(register.path(), &site, &two, &[]);
    assert!(build(register.path(), &site, &two, &[]).1.contains("(0 written, 0 removed)"));
    let (_, said) = build(register.path(), &site, &["2015-10-05"], &[]);
    assert!(!site.join("2015-10-06").exists(), "{said}");
    assert!(!fs::read_to_string(site.join("index.html")).expect("a page").contains("class=\"days\""), "{said}");
}

#[test]
fn a_strangers_file_in_the_folder_of_a_day_is_refused_or_kept() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    let two = ["2015-10-05", "2015-10-06"];
    build(register.path(), &site, &two, &[]);
    let mine = site.join("2015-10-06/mine.txt");
    fs::write(&mine, "mine").expect("a file");
    let (status, said) = build(register.path(), &site, &["2015-10-05"], &[]);
    assert!(status == 2 && said.contains("2015-10-06/mine.txt") && mine.exists(), "{said}");
    let (status, said) = build(register.path(), &site, &["2015-10-05"], &["--force"]);
    assert_eq!((status, names(&site.join("2015-10-06"))), (0, BTreeSet::from(["mine.txt".to_owned()])), "{said}");
    assert_eq!(fs::read_to_string(&mine).expect("my file"), "mine");
    // A folder of somebody else's that has the name of a day is not filled with pages.
    let (status, said) = build(register.path(), &site, &["2015-10-05", "2015-10-06"], &["--force"]);
    assert!(status == 2 && said.contains("is not onward's and has the name of a page"), "{said}");
}
