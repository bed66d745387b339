//! The notice that a register makes, and where a published one has drifted from it.

use std::fs;
use std::path::Path;

use super::kit::runner::{HOSTILE, only_text};
use super::kit::{CATALOGUE, Leg, collected, folder, onward, party, transfer};

const DAY: &str = "2026-06-01";

fn notice(register: &Path, more: &[&str]) -> (i32, String, String) {
    let done = onward(&[&["notice", register.to_str().expect("a path"), "--as-of", DAY], more].concat());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code().expect("a status"), text(done.stdout), text(done.stderr))
}

fn check(register: &Path, published: &str) -> (i32, String) {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("privacy.md");
    fs::write(&file, published).expect("a file");
    let (status, text, _) = notice(register, &["--check", file.to_str().expect("a path")]);
    (status, text.replace(file.to_str().expect("a path"), "privacy.md"))
}

#[test]
fn the_notice_of_the_example_tells_who_gets_what_and_on_what_ground_it_goes_abroad() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/register");
    let done = onward(&["notice", example, "--as-of", "2015-10-05"]);
    assert_eq!(done.status.code(), Some(0));
    insta::assert_snapshot!("example.notice", String::from_utf8(done.stdout).expect("UTF-8"));
}

#[test]
fn a_transfer_without_a_ground_is_never_told_as_one_that_has_it() {
    let register = folder(&[("a.toml", &Leg::new("eu", "DE", "VN", "c2c").register())]);
    let (status, text, talk) = notice(register.path(), &[]);
    assert_eq!(status, 1);
    assert!(!text.contains("on the ground of"), "{text}");
    assert!(talk.contains("1 transfer to other countries cannot be told") && talk.contains("`from--to`"), "{talk}");
}

#[test]
fn what_is_not_about_people_is_in_no_notice_and_neither_is_what_has_ended() {
    let things = "[[data]]\nid = \"t\"\nname = \"Temperatures\"\npersonal = false\n";
    let records = CATALOGUE.to_owned()
        + things
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "FR", "controller")
        + &party("affiliate", "c", "FR", "controller")
        + &collected("a", "DE")
        + &transfer("a", "b", "").replace("[\"c\"]", "[\"t\"]")
        + &transfer("a", "c", "until = 2026-05-31");
    let register = folder(&[("a.toml", &records)]);
    let (status, text, _) = notice(register.path(), &[]);
    assert_eq!(status, 0);
    assert!(!text.contains("Temperatures") && !text.contains("- **"), "{text}");
    assert!(text.contains("No personal data leaves the territory"), "{text}");
}

#[test]
fn a_published_text_is_held_against_the_register_line_by_line() {
    let leg = Leg::new("eu", "DE", "JP", "c2c");
    let register = folder(&[("a.toml", &leg.register())]);
    let (_, text, _) = notice(register.path(), &[]);
    let around = format!("# Privacy\n\nWe like data.\n\n{text}\nWrite to us.\n");
    assert_eq!(check(register.path(), &around), (0, "`privacy.md` says what the register says\n".to_owned()));
    // Other spaces and blank lines are no drift.
    assert_eq!(check(register.path(), &around.replace('\n', "  \n\n")).0, 0);
    let renamed = around.replace("**to** (Japan)", "**Tokyo KK** (Japan)");
    let (status, told) = check(register.path(), &renamed);
    assert_eq!(status, 1);
    assert!(told.contains("`privacy.md` lacks:\n  - **to** (Japan)"), "{told}");
    assert!(told.contains("`privacy.md` says, and the register does not:\n  - **Tokyo KK** (Japan)"), "{told}");
    // Without the marks nothing can be called out of date, and that is said.
    let bare: Vec<&str> = renamed.lines().filter(|line| !line.starts_with("<!--")).collect();
    let (status, told) = check(register.path(), &bare.join("\n"));
    assert!(status == 1 && told.contains("lacks:") && !told.contains("does not:"), "{told}");
    assert!(told.contains("does not mark"), "{told}");
}

#[test]
fn a_published_text_that_is_not_there_is_no_verdict() {
    let register = folder(&[("a.toml", &Leg::new("eu", "DE", "JP", "c2c").register())]);
    assert_eq!(notice(register.path(), &["--check", "/nowhere.md"]).0, 2);
    let broken = folder(&[("a.toml", "zzz = 1\n")]);
    assert_eq!(notice(broken.path(), &[]).0, 2);
}

#[test]
fn a_published_text_that_is_too_long_is_told_with_its_own_limit() {
    let register = folder(&[("a.toml", &Leg::new("eu", "DE", "JP", "c2c").register())]);
    let file = register.path().join("long.md");
    fs::File::create(&file).and_then(|file| file.set_len((16 << 20) + 1)).expect("a long file");
    let (status, _, told) = notice(register.path(), &["--check", file.to_str().expect("a path")]);
    assert_eq!(status, 2);
    assert!(told.contains("has 16777217 bytes, more than the 16777216 that it may have"), "{told}");
}

#[test]
fn no_text_of_a_register_is_markup_of_the_notice() {
    for text in HOSTILE {
        let quoted = serde_json::to_string(text).expect("a basic string");
        let records = CATALOGUE.replace("\"Contact details\"", &quoted)
            + &party("affiliate", "a", "DE", "controller")
            + &party("affiliate", "b", "JP", "controller").replace("name = \"b\"", &format!("name = {quoted}"))
            + &collected("a", "DE")
            + &transfer("a", "b", "");
        let register = folder(&[("a.toml", &records)]);
        let (status, output, _) = notice(register.path(), &[]);
        assert_eq!(status, 0, "{output}");
        let (begin, rest) = output.split_once('\n').expect("a first line");
        assert!(begin.starts_with("<!-- begin: "), "{begin}");
        let body = rest.rsplit_once("<!-- end: ").expect("a last line").0;
        assert_eq!(only_text(body), Ok(()), "{text}:\n{output}");
    }
}
