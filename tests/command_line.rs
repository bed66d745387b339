//! The program as its users run it: transcripts of the documentation, exit statuses, streams.

use std::fs;

use super::kit::{CATALOGUE, collected, folder, onward, party, transfer};

fn unsafeguarded() -> String {
    [
        CATALOGUE.to_owned(),
        party("affiliate", "de", "DE", "controller"),
        party("service-provider", "in", "IN", "processor"),
        collected("de", "DE"),
        transfer("de", "in", ""),
        "[[jurisdiction]]\ncode = \"DE\"\n[[jurisdiction]]\ncode = \"IN\"\n".to_owned(),
    ]
    .join("\n")
}

fn status(arguments: &[&str]) -> i32 {
    onward(arguments).status.code().expect("a status")
}

#[test]
fn the_transcripts_of_the_documentation_are_true() {
    trycmd::TestCases::new()
        .case("README.md")
        .case("tests/cmd/*.md")
        .register_bin("onward", trycmd::cargo::cargo_bin!("onward"));
}

#[test]
fn the_exit_status_tells_clean_denied_and_no_verdict_apart() {
    let denied = folder(&[("a.toml", &unsafeguarded())]);
    let path = denied.path().to_str().expect("a path");
    assert_eq!(status(&["check", path, "--as-of", "2026-06-01"]), 1);
    assert_eq!(status(&["check", path, "--as-of", "2026-06-01", "--exit-zero"]), 0);
    // Before there was a law there is nothing to break.
    assert_eq!(status(&["check", path, "--as-of", "1990-01-01"]), 0);
    let broken = folder(&[("a.toml", "[[transfer]]\nfrom = 1\n")]);
    let path = broken.path().to_str().expect("a path");
    assert_eq!(status(&["check", path]), 2);
    assert_eq!(status(&["check", path, "--exit-zero"]), 2);
    assert_eq!(status(&["check", "no-such-folder"]), 2);
    assert_eq!(status(&["check", "--as-of", "2025-02-30"]), 2);
    assert_eq!(status(&["chekc"]), 2);
    assert_eq!(status(&["--help"]), 0);
}

#[test]
fn warnings_fail_a_check_only_when_asked_to() {
    let records = unsafeguarded()
        .replace("[[jurisdiction]]\ncode = \"IN\"\n", "")
        .replace("jurisdiction = \"IN\"", "jurisdiction = \"FR\"")
        .replace("role = \"processor\"", "role = \"controller\"");
    let folder = folder(&[("a.toml", &records)]);
    let path = folder.path().to_str().expect("a path");
    assert_eq!(status(&["check", path, "--as-of", "2026-06-01"]), 0);
    assert_eq!(status(&["check", path, "--as-of", "2026-06-01", "--deny-warnings"]), 1);
}

#[test]
fn the_product_goes_to_stdout_and_talk_to_stderr() {
    let denied = folder(&[("a.toml", &unsafeguarded())]);
    let path = denied.path().to_str().expect("a path");
    let done = onward(&["check", path, "--as-of", "2026-06-01", "--format", "json"]);
    assert!(serde_json::from_slice::<serde_json::Value>(&done.stdout).is_ok());
    assert!(done.stderr.is_empty());
    let done = onward(&["explain", "unsafeguarded-transfers"]);
    assert!(done.stdout.is_empty());
    assert!(String::from_utf8_lossy(&done.stderr).contains("did you mean `unsafeguarded-transfer`?"));
}

#[test]
fn an_unusable_register_still_gives_the_report_that_was_asked_for() {
    let broken = folder(&[("a.toml", "[[transfer]]\nfrm = \"a\"\n")]);
    let path = broken.path().to_str().expect("a path");
    let done = onward(&["check", path, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert!(report["verdicts"].is_null());
    assert!(report["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
}

#[test]
fn reports_are_written_to_files_beside_what_is_printed() {
    let denied = folder(&[("a.toml", &unsafeguarded())]);
    let path = denied.path().to_str().expect("a path");
    let out = tempfile::tempdir().expect("a folder");
    let json = out.path().join("report.json");
    let text = out.path().join("report.txt");
    let (json_option, text_option) = (format!("json={}", json.display()), format!("text={}", text.display()));
    let done = onward(&["check", path, "--as-of", "2026-06-01", "--report", &json_option, "--report", &text_option]);
    assert_eq!(done.status.code(), Some(1));
    assert!(serde_json::from_str::<serde_json::Value>(&fs::read_to_string(json).expect("a report")).is_ok());
    assert_eq!(fs::read(text).expect("a report"), done.stdout);
    assert_eq!(fs::read_dir(out.path()).expect("a folder").count(), 2);
}

#[test]
fn a_report_that_cannot_be_written_is_no_verdict() {
    let denied = folder(&[("a.toml", &unsafeguarded())]);
    let path = denied.path().to_str().expect("a path");
    assert_eq!(status(&["check", path, "--report", "json=no-such-folder/report.json"]), 2);
    let input = format!("json={}", denied.path().join("a.toml").display());
    assert_eq!(status(&["check", path, "--report", &input]), 2);
    assert!(fs::read_to_string(denied.path().join("a.toml")).expect("the record").contains("[[transfer]]"));
}

#[test]
fn the_nearest_register_upward_is_the_default() {
    let denied = folder(&[("vendors/a.toml", &unsafeguarded())]);
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_onward"))
        .args(["check", "--as-of", "2026-06-01"])
        .current_dir(denied.path().join("vendors"))
        .output()
        .expect("onward runs");
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn the_registers_own_day_is_judged_unless_another_is_asked_for_and_said_aloud() {
    let head = "[register]\nformat = 1\norganisation = \"Acme\"\nas-of = 1990-01-01\n";
    let records = unsafeguarded();
    let still = folder(&[("register.toml", head), ("a.toml", &records)]);
    let path = still.path().to_str().expect("a path");
    let done = onward(&["check", path]);
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&done.stderr).contains("time stands still"));
    assert_eq!(status(&["check", path, "--as-of", "2026-06-01"]), 1);
}

#[test]
fn colours_appear_only_when_asked_for_where_nobody_looks() {
    let denied = folder(&[("a.toml", &unsafeguarded())]);
    let path = denied.path().to_str().expect("a path");
    let plain = onward(&["check", path, "--as-of", "2026-06-01"]).stdout;
    assert!(!plain.contains(&0x1b));
    let coloured = onward(&["check", path, "--as-of", "2026-06-01", "--color", "always"]).stdout;
    assert!(coloured.contains(&0x1b));
}
