//! What has a day: the page of it, and the calendar file.

use std::fs;
use std::path::Path;

use super::kit::runner::HOSTILE;
use super::kit::{CATALOGUE, Leg, collected, folder, onward, party, transfer};

/// The calendar page (its text between the heads of its tables) and the calendar file of a day.
fn built(register: &Path, day: &str) -> (Vec<String>, String) {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    let (register, out) = (register.to_str().expect("a path"), site.to_str().expect("a path"));
    onward(&["build", register, "--out", out, "--as-of", day]);
    let page = fs::read_to_string(site.join("calendar.html")).expect("the page");
    let parts = page.split("<h2 ").skip(1).map(plain).collect();
    (parts, fs::read_to_string(site.join("calendar.ics")).expect("the file"))
}

/// The text of a part of a page.
fn plain(html: &str) -> String {
    let text: String =
        html.split('>').map(|part| part.split('<').next().unwrap_or_default().trim().to_owned() + " ").collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clauses(keys: &str) -> tempfile::TempDir {
    let leg = Leg::new("eu", "DE", "IN", "c2c").assessed("2024-01-01", "no-extra-measures");
    let leg = leg
        .safeguard("eu-scc-2021-914", &format!("modules = [1]\nsigned = 2024-01-01\nassessments = [\"look\"]\n{keys}"));
    folder(&[("a.toml", &leg.register())])
}

#[test]
fn an_end_is_told_up_to_its_last_day_and_no_longer() {
    let register = clauses("expires = 2026-06-01\nowner = \"Legal\"");
    let (parts, file) = built(register.path(), "2026-06-01");
    assert!(parts[1].contains("2026-06-01 g ends: its last day safeguard g Legal"), "{parts:?}");
    assert!(file.contains("DTSTART;VALUE=DATE:20260601") && file.contains("DESCRIPTION:Owner: Legal"), "{file}");
    let (parts, file) = built(register.path(), "2026-06-02");
    assert!(!parts.concat().contains("its last day") && !file.contains("VEVENT"), "{parts:?}");
    // A safeguard that was given notice ends the day before it is gone.
    let (parts, _) = built(clauses("terminated = 2026-07-01").path(), "2026-06-01");
    assert!(parts[1].contains("2026-06-30 g ends: its"), "{parts:?}");
}

#[test]
fn what_lies_past_the_horizon_is_told_as_later() {
    let register = clauses("expires = 2026-11-28");
    let (parts, _) = built(register.path(), "2026-06-01");
    assert!(parts[1].contains("Up to 2026-11-28") && parts[1].contains("g ends: its"), "180 days: {parts:?}");
    let (parts, _) = built(clauses("expires = 2026-11-29").path(), "2026-06-01");
    assert!(parts[2].contains("g ends: its") && !parts[1].contains("g ends: its"), "{parts:?}");
}

#[test]
fn a_review_is_overdue_from_the_day_after() {
    let register = clauses("reviewed = 2025-06-01\nreview-every = \"12 months\"");
    let (parts, _) = built(register.path(), "2026-06-01");
    assert!(
        parts[1].contains("2026-06-01 g is to be reviewed") && parts[0].contains("Nothing is overdue"),
        "{parts:?}"
    );
    let (parts, file) = built(register.path(), "2026-06-02");
    assert!(parts[0].contains("2026-06-01 g is to be reviewed"), "{parts:?}");
    assert!(file.contains("UID:safeguard-g-review@onward"), "{file}");
}

#[test]
fn transfers_waivers_and_decisions_have_their_days_too() {
    let records = [
        CATALOGUE.to_owned(),
        party("affiliate", "a", "DE", "controller"),
        party("affiliate", "b", "GB", "controller"),
        collected("a", "DE"),
        transfer("a", "b", "since = 2024-01-01\nuntil = 2026-08-31"),
        transfer("b", "a", "since = 2026-07-01"),
        "[[waiver]]\nid = \"w\"\nrule = \"no-owner\"\non = [\"b\"]\nreason = \"r\"\napproved-by = \"x\"\nuntil = 2026-09-30\n".to_owned(),
    ];
    let register = folder(&[("a.toml", &records.concat())]);
    let (parts, _) = built(register.path(), "2026-06-01");
    for told in ["2026-08-31 a--b ends", "2026-07-01 b--a begins", "2026-09-30 w ends"] {
        assert!(parts[1].contains(told), "{told}: {parts:?}");
    }
    // The renewed decision about the United Kingdom says itself until when it holds.
    assert!(parts[2].contains("2031-12-27 eu-gb-2021-1772-renewed ends"), "{parts:?}");
}

#[test]
fn no_text_of_a_register_breaks_the_calendar_file() {
    for text in HOSTILE.iter().chain(&["a\\nEND:VCALENDAR", "a;b,c\\"]) {
        let quoted = serde_json::to_string(text).expect("a basic string");
        let register = clauses(&format!("expires = 2026-08-01\nowner = {quoted}"));
        let (_, file) = built(register.path(), "2026-06-01");
        assert_eq!(file.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{file}");
        assert_eq!(file.matches("\r\nEND:VCALENDAR\r\n").count(), 1, "{file}");
        for line in file.split("\r\n").filter(|line| !line.is_empty() && !line.starts_with(' ')) {
            let name = line.split([':', ';']).next().expect("a name");
            let known = [
                "BEGIN",
                "END",
                "VERSION",
                "PRODID",
                "NAME",
                "X-WR-CALNAME",
                "DESCRIPTION",
                "DTSTAMP",
                "DTSTART",
                "SUMMARY",
                "UID",
            ];
            assert!(known.contains(&name), "{text}: {line}");
        }
    }
}
