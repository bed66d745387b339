//! The site in a real browser: it opens from disk, nothing it does is refused by its own policy,
//! and it is laid out at every width.
//!
//! Needs Chromium (`chromium` on the path); `tests/run` installs it where it can. Where there is
//! none these tests fail and say so, unless `ONWARD_NO_BROWSER` is set.

use std::path::Path;
use std::process::{Command, Output};

use super::kit::onward;

/// One page of each kind.
const KINDS: [&str; 18] = [
    "index.html",
    "parties.html",
    "party-mimecast-north-america.html",
    "transfer-mimecast-limited--mimecast-north-america.html",
    "data-contact-details.html",
    "subjects.html",
    "safeguard-intra-group-contract.html",
    "place-US.html",
    "chains.html",
    "findings.html",
    "law.html",
    "law-book.html",
    "law-changes.html",
    "decision-eu-us-safe-harbor.html",
    "instrument-eu-scc-2010-87.html",
    "regime-eu.html",
    "rule-unsafeguarded-transfer.html",
    "about.html",
];

fn chromium(arguments: &[&str]) -> Option<Output> {
    if std::env::var_os("ONWARD_NO_BROWSER").is_some() {
        return None;
    }
    let profile = tempfile::tempdir().expect("a folder");
    let done = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--enable-logging=stderr",
            "--hide-scrollbars",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(arguments)
        .output();
    Some(done.expect("chromium runs: install it, or set ONWARD_NO_BROWSER to do without"))
}

fn site(place: &Path) -> String {
    let out = place.join("site");
    let register = concat!(env!("CARGO_MANIFEST_DIR"), "/register");
    onward(&["build", register, "--out", out.to_str().expect("a path"), "--as-of", "2015-10-06"]);
    format!("file://{}", out.display())
}

#[test]
fn every_kind_of_page_opens_from_disk_without_a_word_on_the_console() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    for page in KINDS {
        let Some(done) = chromium(&["--dump-dom", &format!("{site}/{page}")]) else { return };
        let dom = String::from_utf8_lossy(&done.stdout);
        assert!(dom.contains("<main id=\"main\">") && dom.contains("As of"), "{page} did not open: {dom}");
        let log = String::from_utf8_lossy(&done.stderr);
        let said: Vec<&str> =
            log.lines().filter(|line| line.contains("CONSOLE") || line.contains("Refused to")).collect();
        assert!(said.is_empty(), "{page}: {said:?}");
    }
}

#[test]
fn the_console_would_tell_of_a_page_that_breaks_its_own_policy() {
    let place = tempfile::tempdir().expect("a folder");
    let page = place.path().join("page.html");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
    std::fs::write(&page, format!("<!doctype html>{policy}<p style=\"color: red\">x</p>")).expect("a page");
    let Some(done) = chromium(&["--dump-dom", &format!("file://{}", page.display())]) else { return };
    assert!(String::from_utf8_lossy(&done.stderr).contains("CONSOLE"));
}

#[test]
fn pages_are_drawn_narrow_and_wide_and_in_the_dark() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    for (at, more) in ["--window-size=320,800", "--window-size=1600,900", "--blink-settings=preferredColorScheme=0"]
        .iter()
        .enumerate()
    {
        let shot = place.path().join(format!("shot-{at}.png"));
        let Some(_) = chromium(&[&format!("--screenshot={}", shot.display()), more, &format!("{site}/index.html")])
        else {
            return;
        };
        let bytes = std::fs::read(&shot).expect("a screenshot");
        // A page without its stylesheet, or a blank one, is a far smaller picture.
        assert!(bytes.len() > 20_000, "{more}: {} bytes", bytes.len());
    }
}
