//! What changed: two revisions of a register, or one on two days.

use std::path::Path;

use serde_json::Value;

use super::kit::onward;
use super::kit::runner::{HOSTILE, harmless, only_text};
use super::since::{append, commit, git, recipient, repository, write};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/register");

/// Runs `onward diff`: its status, what it printed and what it said.
fn diff(register: &str, arguments: &[&str]) -> (i32, String, String) {
    let done = onward(&[&["diff", "--register", register], arguments].concat());
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code().expect("a status"), text(done.stdout), text(done.stderr))
}

fn register(repository: &Path) -> String {
    repository.join("legal/register").to_string_lossy().into_owned()
}

#[test]
fn two_days_of_one_register_show_what_the_law_changed() {
    let days = ["@2015-10-05", "@2015-10-06"];
    let (status, text, _) = diff(EXAMPLE, &days);
    assert_eq!(status, 0, "a difference is no fault");
    insta::assert_snapshot!("example.diff", text);
    let (_, markdown, _) = diff(EXAMPLE, &[days[0], days[1], "--format", "markdown"]);
    insta::assert_snapshot!("example.diff.markdown", markdown);
    let (_, json, _) = diff(EXAMPLE, &[days[0], days[1], "--format", "json"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["schema"], "onward-diff/1");
    assert_eq!((&report["before"]["as_of"], &report["after"]["as_of"]), (&"2015-10-05".into(), &"2015-10-06".into()));
    let turns = report["verdicts"].as_array().expect("verdicts");
    assert_eq!(turns.len(), 10);
    assert!(turns.iter().all(|turn| turn["after"]["outcome"] == "violation"));
    assert_eq!(diff(EXAMPLE, &["@2015-10-05", "@2015-10-05"]).1.matches("no verdict turned").count(), 1);
}

#[test]
fn two_revisions_show_records_that_came_went_and_changed_and_the_verdicts_that_turned() {
    let place = repository();
    let at = place.path();
    // In one change: a recipient comes, a safeguard is signed for the other, and a name changes.
    write(at, "br.toml", &recipient("br", "BR"));
    append(
        at,
        "in.toml",
        "safeguards = [\"clauses\"]\n[[safeguard]]\nid = \"clauses\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [1]\nparties = [\"de\", \"in\"]\nsigned = 2024-01-01\nassessments = [\"look\"]\n",
    );
    append(
        at,
        "company.toml",
        "[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2024-01-01\noutcome = \"no-extra-measures\"\n",
    );
    let company = at.join("legal/register/company.toml");
    let text = std::fs::read_to_string(&company).expect("the file").replace("\"Orders\"", "\"Orders and bills\"");
    // The assessment belongs to the place above it, which must be India.
    let text = text
        .replace("[[jurisdiction]]\ncode = \"IN\"\n", "")
        .replace("[[jurisdiction.assessment]]", "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]");
    std::fs::write(&company, text).expect("the file");
    commit(at);
    let (status, text, talk) = diff(&register(at), &["HEAD~1@2026-06-01", "HEAD@2026-06-01"]);
    assert_eq!((status, talk.as_str()), (0, ""), "{text}");
    let body: Vec<&str> = text.lines().skip(1).collect();
    insta::assert_snapshot!("revisions.diff", body.join("\n"));
    // The other way round, what came has gone.
    let (_, back, _) = diff(&register(at), &["HEAD@2026-06-01", "HEAD~1@2026-06-01"]);
    assert!(back.contains("  - affiliate `br`") && back.contains("1 verdict from safeguarded to violation"), "{back}");
    // Without a second one, the folder as it is.
    write(at, "br.toml", "");
    let (_, now, _) = diff(&register(at), &["HEAD@2026-06-01", "@2026-06-01"]);
    assert!(now.contains("  - affiliate `br`"), "{now}");
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_reason() {
    let place = repository();
    let at = place.path();
    let (status, text, talk) = diff(&register(at), &["nowhere"]);
    assert_eq!((status, text.as_str()), (2, ""));
    assert!(talk.contains("no revision `nowhere`"), "{talk}");
    write(at, "broken.toml", "zzz = 1\n");
    commit(at);
    let (status, text, talk) = diff(&register(at), &["HEAD~1"]);
    assert_eq!((status, text.as_str()), (2, ""));
    assert!(talk.contains("has 1 problem and no verdict") && talk.contains("onward check"), "{talk}");
    git(at, &["rm", "-q", "-r", "--cached", "legal"]);
    git(at, &["commit", "-q", "-m", "Gone"]);
    let (status, _, talk) = diff(&register(at), &["HEAD"]);
    assert!(status == 2 && talk.contains("does not have this register"), "{talk}");
    for wrong in ["@2015-02-30", "", "@20-1-1"] {
        let (status, ..) = diff(&register(at), &[wrong]);
        assert_eq!(status, 2, "{wrong}");
    }
}

#[test]
fn no_text_of_a_register_acts_out_of_a_diff() {
    let place = repository();
    let at = place.path();
    for (n, text) in HOSTILE.iter().enumerate() {
        let quoted = serde_json::to_string(text).expect("a basic string");
        let record = format!("[[data]]\nid = \"d{n}\"\nname = {quoted}\nnotes = {quoted}\ndpv = [{quoted}]\n");
        write(at, &format!("data-{n}.toml"), &record);
    }
    for format in ["text", "markdown", "json"] {
        let (status, output, talk) = diff(&register(at), &["HEAD@2026-06-01", "@2026-06-01", "--format", format]);
        assert_eq!((status, talk.as_str()), (0, ""), "{output}");
        assert_eq!(harmless(format, &output), Ok(()), "{format}: {output}");
        if format == "markdown" {
            assert_eq!(only_text(&output), Ok(()), "{output}");
        }
    }
}
