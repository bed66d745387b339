//! Signed documents: whether they are there, and are still what was signed. A path is a stranger's word.

use std::fs;
use std::path::Path;

use super::kit::{CATALOGUE, Judged, collected, folder, judge_folder, party, transfer};

const DAY: &str = "2026-01-15";
const MISSING: &str = "evidence-missing";
const CHANGED: &str = "evidence-changed";
/// The SHA-256 of `abc`, from FIPS 180.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// A transfer to a processor abroad under clauses with some keys, and more records.
fn records(keys: &str, more: &str) -> String {
    [
        CATALOGUE,
        &party("affiliate", "de", "DE", "controller"),
        &party("service-provider", "in", "IN", "processor"),
        &collected("de", "DE"),
        &transfer("de", "in", "safeguards = [\"k\"]"),
        "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2023-01-01\noutcome = \"no-extra-measures\"\n",
        more,
        &format!(
            "[[safeguard]]\nid = \"k\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"de\", \"in\"]\nsigned = 2024-01-01\nassessments = [\"look\"]\n{keys}\n"
        ),
    ]
    .join("\n")
}

fn written(keys: &str) -> tempfile::TempDir {
    folder(&[("records.toml", &records(keys, "")), ("papers/a.pdf", "abc")])
}

fn judged(keys: &str) -> Judged {
    judge_folder(written(keys).path(), DAY)
}

fn said(judged: &Judged, rule: &str) -> String {
    let found = judged.findings(rule);
    found.iter().map(|found| found["message"].as_str().expect("a message")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_document_that_is_there_is_in_order_and_one_that_is_not_is_told() {
    assert_eq!(judged("evidence = \"papers/a.pdf\"").findings(MISSING).len(), 0);
    assert_eq!(judged("evidence = \"papers/./a.pdf\"").findings(MISSING).len(), 0);
    let gone = judged("evidence = \"papers/b.pdf\"");
    assert!(said(&gone, MISSING).contains("is not there"), "{}", said(&gone, MISSING));
    assert!(said(&judged("evidence = \"papers\""), MISSING).contains("is a folder"));
    assert!(said(&judged("evidence = \"papers/a.pdf/x\""), MISSING).contains("is not there"));
    assert!(said(&judged("evidence = \".\""), MISSING).contains("the folder of the register"));
}

#[test]
fn a_path_that_leaves_the_folder_or_is_hidden_is_not_looked_at() {
    for (path, why) in [
        ("../../etc/passwd", "leads out"),
        ("papers/../../x", "leads out"),
        ("/etc/passwd", "absolute"),
        (".git/config", "hidden"),
        ("papers/.env", "hidden"),
        ("C:/x", "colon"),
    ] {
        let judged = judged(&format!("evidence = \"{path}\"\nevidence-sha256 = \"{ABC}\""));
        assert!(said(&judged, MISSING).contains(why), "{path}: {}", said(&judged, MISSING));
        assert!(judged.findings(CHANGED).is_empty(), "{path}");
    }
    assert!(said(&judged("evidence = 'papers\\a.pdf'"), MISSING).contains("backslash"));
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_and_a_pipe_is_not_opened() {
    let outside = folder(&[("secret.pdf", "abc")]);
    let check = |make: &dyn Fn(&Path), path: &str, why: &str| {
        let register = written(&format!("evidence = \"{path}\"\nevidence-sha256 = \"{ABC}\""));
        make(register.path());
        let judged = judge_folder(register.path(), DAY);
        assert!(said(&judged, MISSING).contains(why), "{path}: {}", said(&judged, MISSING));
        assert!(judged.findings(CHANGED).is_empty(), "{path}");
    };
    let link = |from: &str| {
        let (from, to) = (from.to_owned(), outside.path().join("secret.pdf"));
        move |root: &Path| std::os::unix::fs::symlink(&to, root.join(&from)).expect("a link")
    };
    check(&link("papers/link.pdf"), "papers/link.pdf", "symbolic link");
    let inside = |root: &Path| std::os::unix::fs::symlink("a.pdf", root.join("papers/b.pdf")).expect("a link");
    check(&inside, "papers/b.pdf", "symbolic link");
    let pipe = |root: &Path| {
        let made = std::process::Command::new("mkfifo").arg(root.join("papers/pipe")).status().expect("mkfifo");
        assert!(made.success());
    };
    check(&pipe, "papers/pipe", "not a regular file");
    // A linked folder is refused before anyone looks for documents in it, so nothing is judged.
    let register = written("evidence = \"elsewhere/secret.pdf\"");
    std::os::unix::fs::symlink(outside.path(), register.path().join("elsewhere")).expect("a link");
    assert_eq!(judge_folder(register.path(), DAY).rules(), ["unreadable-file"]);
}

#[test]
fn a_document_is_held_to_its_hash_in_either_case() {
    let with = |hash: &str| judged(&format!("evidence = \"papers/a.pdf\"\nevidence-sha256 = \"{hash}\""));
    assert!(with(ABC).rules().iter().all(|rule| ![MISSING, CHANGED].contains(rule)));
    assert!(with(&ABC.to_uppercase()).findings(CHANGED).is_empty());
    assert_eq!(with(&ABC.replace('b', "c")).findings(CHANGED)[0]["level"], "deny");
    assert!(said(&with("abc"), CHANGED).contains("is no SHA-256"));
}

#[test]
fn one_byte_more_is_another_document() {
    let register = written(&format!("evidence = \"papers/a.pdf\"\nevidence-sha256 = \"{ABC}\""));
    assert!(judge_folder(register.path(), DAY).findings(CHANGED).is_empty());
    fs::write(register.path().join("papers/a.pdf"), "abc\n").expect("a file");
    assert_eq!(judge_folder(register.path(), DAY).findings(CHANGED).len(), 1);
}

#[test]
fn a_document_too_large_to_be_hashed_is_told_and_not_read() {
    let register = written(&format!("evidence = \"papers/a.pdf\"\nevidence-sha256 = \"{ABC}\""));
    let file = fs::OpenOptions::new().write(true).open(register.path().join("papers/a.pdf")).expect("the file");
    file.set_len(onward::source::MAX_DOCUMENT_BYTES + 1).expect("a long file");
    let judged = judge_folder(register.path(), DAY);
    assert!(said(&judged, MISSING).contains("was not hashed"));
    assert!(judged.findings(CHANGED).is_empty());
}

#[test]
fn of_an_address_nothing_is_said() {
    let judged = judged(&format!("evidence = \"https://papers.example/a.pdf\"\nevidence-sha256 = \"{ABC}\""));
    assert!(judged.findings(MISSING).is_empty() && judged.findings(CHANGED).is_empty());
}

#[test]
fn a_hash_without_a_document_is_told() {
    assert_eq!(judged(&format!("evidence-sha256 = \"{ABC}\"")).findings(MISSING).len(), 1);
}

#[test]
fn the_document_of_an_assessment_is_looked_for_too() {
    let with = |path: &str| {
        let text =
            records("", "").replace("date = 2023-01-01\n", &format!("date = 2023-01-01\nevidence = \"{path}\"\n"));
        judge_folder(folder(&[("records.toml", &text), ("papers/a.pdf", "abc")]).path(), DAY)
    };
    assert!(with("papers/a.pdf").findings(MISSING).is_empty());
    assert_eq!(with("papers/b.pdf").findings(MISSING)[0]["subject"]["id"], "look");
}

#[test]
fn a_paper_that_carries_data_needs_a_document_where_another_has_one() {
    let other = |evidence: &str, instrument: &str| {
        let other = format!(
            "[[safeguard]]\nid = \"o\"\ninstrument = \"{instrument}\"\nparties = [\"in\"]\nsigned = 2024-01-01\nevidence = \"{evidence}\"\n"
        );
        let text = records("", &other);
        judge_folder(folder(&[("records.toml", &text), ("papers/a.pdf", "abc")]).path(), DAY)
    };
    assert_eq!(other("papers/a.pdf", "processing-agreement").findings(MISSING)[0]["subject"]["id"], "k");
    assert_eq!(other("https://papers.example/a", "processing-agreement").findings(MISSING).len(), 1);
    // The address of a public list of certificates is no paper, and nobody else names any.
    assert!(other("https://list.example/", "eu-dpf-cert").findings(MISSING).is_empty());
    assert!(judged("").findings(MISSING).is_empty());
}
