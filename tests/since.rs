//! Only what is new: a check held against another git revision, or against a report of then.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::kit::{CATALOGUE, collected, copy, onward, party, transfer};

const DAY: &str = "2026-06-01";

/// Runs git in a folder, as somebody, under no settings but those of the repository.
pub fn git(folder: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A repository with one transfer from Germany to India that nothing protects, in `legal/register`.
pub fn repository() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let company = [
        CATALOGUE.to_owned(),
        "[[data]]\nid = \"d\"\nname = \"Orders\"\n".to_owned(),
        party("affiliate", "de", "DE", "controller"),
        collected("de", "DE").replace("data = [\"c\"]", "data = [\"c\", \"d\"]"),
        "[[jurisdiction]]\ncode = \"DE\"\n[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction]]\ncode = \"BR\"\n"
            .to_owned(),
    ];
    write(place.path(), "register.toml", super::kit::HEAD);
    write(place.path(), "company.toml", &company.join("\n"));
    write(place.path(), "in.toml", &recipient("in", "IN"));
    git(place.path(), &["init", "-q", "-b", "main"]);
    commit(place.path());
    place
}

pub fn recipient(id: &str, place: &str) -> String {
    party("affiliate", id, place, "controller") + &transfer("de", id, "")
}

pub fn write(repository: &Path, name: &str, text: &str) {
    let path = repository.join("legal/register").join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, text).expect("a file");
}

pub fn append(repository: &Path, name: &str, text: &str) {
    let path = repository.join("legal/register").join(name);
    let before = fs::read_to_string(&path).expect("the file");
    fs::write(path, before + text).expect("a file");
}

pub fn commit(repository: &Path) {
    git(repository, &["add", "-A"]);
    git(repository, &["commit", "-q", "-m", "A change"]);
}

/// A check of the register in a repository: its status, its text, its JSON report.
struct Checked {
    status: i32,
    text: String,
    talk: String,
    report: Value,
}

fn check(repository: &Path, more: &[&str]) -> Checked {
    check_on(&repository.join("legal/register"), DAY, more)
}

fn check_on(register: &Path, day: &str, more: &[&str]) -> Checked {
    let mut arguments = vec!["check", register.to_str().expect("a path"), "--as-of", day];
    arguments.extend(more);
    let done = onward(&arguments);
    arguments.extend(["--format", "json"]);
    let json = onward(&arguments);
    Checked {
        status: done.status.code().expect("a status"),
        text: String::from_utf8(done.stdout).expect("UTF-8"),
        talk: String::from_utf8(done.stderr).expect("UTF-8"),
        report: serde_json::from_slice(&json.stdout).unwrap_or_default(),
    }
}

impl Checked {
    /// The records of findings that are not known, sorted.
    fn news(&self) -> Vec<&str> {
        let findings = self.report["findings"].as_array().expect("findings");
        let new = findings.iter().filter(|finding| finding["known"] != true);
        let mut about: Vec<&str> = new.map(|finding| finding["subject"]["id"].as_str().expect("an id")).collect();
        about.sort_unstable();
        about
    }
}

#[test]
fn what_the_other_revision_had_is_known_and_fails_nothing() {
    let repository = repository();
    assert_eq!(check(repository.path(), &[]).status, 1);
    let checked = check(repository.path(), &["--base", "HEAD"]);
    assert_eq!(checked.status, 0);
    assert!(!checked.text.contains("error["), "{}", checked.text);
    assert!(checked.text.contains("0 new, 1 known, 0 fixed"), "{}", checked.text);
    assert!(checked.text.contains("1 violation of the law of 2026-06-01, none of them new since `HEAD`"));
}

#[test]
fn only_what_a_change_brings_is_denied() {
    let repository = repository();
    write(repository.path(), "br.toml", &recipient("br", "BR").replace("\"BR\"", "\"ZA\""));
    append(repository.path(), "company.toml", "[[jurisdiction]]\ncode = \"ZA\"\n");
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.status, 1);
    assert_eq!(checked.news(), ["de--br"]);
    assert_eq!(checked.report["summary"]["denied"], 1);
    assert_eq!(checked.report["since"]["known"], 1);
    assert!(!checked.text.contains("de--in`"), "{}", checked.text);
}

#[test]
fn what_a_change_mends_is_said_to_be_fixed() {
    let repository = repository();
    fs::remove_file(repository.path().join("legal/register/in.toml")).expect("the file");
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.report["since"]["fixed"][0]["subject"], "de--in");
    assert!(checked.text.contains("fixed since `main`:\n  de--in  unsafeguarded-transfer\n"), "{}", checked.text);
    // A level that is lowered hides a finding; it mends none.
    git(repository.path(), &["checkout", "-q", "."]);
    append(repository.path(), "register.toml", "[rules]\nunsafeguarded-transfer = \"allow\"\n");
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.report["since"]["fixed"], Value::Array(Vec::new()));
}

#[test]
fn a_known_violation_that_carries_more_than_it_did_is_new() {
    let repository = repository();
    let more = recipient("in", "IN").replace("data = [\"c\"]", "data = [\"c\", \"d\"]");
    write(repository.path(), "in.toml", &more);
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.status, 1);
    assert!(checked.text.contains("new since `main`: it carries `d`"), "{}", checked.text);
    // The other way round it is known: nobody is kept from sending less.
    commit(repository.path());
    write(repository.path(), "in.toml", &recipient("in", "IN"));
    assert_eq!(check(repository.path(), &["--base", "main"]).status, 0);
}

#[test]
fn a_change_that_brings_its_own_waiver_level_law_or_day_is_told_on_first() {
    let repository = repository();
    append(repository.path(), "register.toml", "as-of = 2020-01-01\n[rules]\nunsafeguarded-transfer = \"warn\"\n");
    append(
        repository.path(),
        "in.toml",
        "[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\non = [\"de--in\"]\nreason = \"soon\"\napproved-by = \"me\"\nuntil = 2026-12-31\n",
    );
    append(
        repository.path(),
        "company.toml",
        "[[adequacy]]\nid = \"in-house\"\nregime = \"eu\"\njurisdictions = [\"IN\"]\nfrom = 2020-01-01\nonward = \"local-law\"\ncitation = \"ours\"\n",
    );
    let checked = check(repository.path(), &["--base", "main"]);
    let expected = "\
since `main`, what judges this register has changed too; review this first:
  `register.toml` sets `as-of` to `2020-01-01`
  `[rules]` in `register.toml` sets `unsafeguarded-transfer` to `warn`
  waiver `w` is new: `unsafeguarded-transfer` on `de--in` until `2026-12-31`, approved by `me`, because `soon`
  the register's own law has a new record: `adequacy` `in-house`
";
    assert!(checked.text.starts_with(expected), "{}{}", checked.talk, checked.text);
    assert_eq!(checked.report["since"]["judge"].as_array().map(Vec::len), Some(4));
    // Once they are in, and then changed or taken away:
    commit(repository.path());
    let company = fs::read_to_string(repository.path().join("legal/register/company.toml")).expect("the file");
    let (before, _) = company.split_once("[[adequacy]]").expect("the law");
    write(repository.path(), "company.toml", before);
    let waiver = fs::read_to_string(repository.path().join("legal/register/in.toml")).expect("the file");
    write(repository.path(), "in.toml", &waiver.replace("2026-12-31", "2027-12-31"));
    write(repository.path(), "register.toml", super::kit::HEAD);
    let checked = check(repository.path(), &["--base", "main"]);
    let expected = "\
since `main`, what judges this register has changed too; review this first:
  `register.toml` sets `as-of` no more; it was `2020-01-01`
  `[rules]` in `register.toml` sets `unsafeguarded-transfer` no more; it was `warn`
  waiver `w` is changed: `until` is `2027-12-31`, and was `2026-12-31`
  the register's own law has lost a record: `adequacy` `in-house`
";
    assert!(checked.text.starts_with(expected), "{}{}", checked.talk, checked.text);
}

#[test]
fn a_waiver_or_level_that_is_taken_away_leaves_a_finding_that_is_new() {
    let repository = repository();
    append(repository.path(), "register.toml", "[rules]\nunsafeguarded-transfer = \"warn\"\n");
    commit(repository.path());
    write(repository.path(), "register.toml", super::kit::HEAD);
    assert_eq!(check(repository.path(), &["--base", "main"]).status, 1);
}

#[test]
fn a_revision_without_the_register_leaves_everything_new() {
    let repository = repository();
    git(repository.path(), &["checkout", "-q", "--orphan", "empty"]);
    git(repository.path(), &["rm", "-q", "-r", "--cached", "."]);
    git(repository.path(), &["commit", "-q", "--allow-empty", "-m", "Nothing yet"]);
    let checked = check(repository.path(), &["--base", "empty"]);
    assert_eq!(checked.status, 1);
    assert!(checked.text.starts_with("note: `empty` does not have this register: everything in it is new\n"));
}

#[test]
fn a_revision_with_errors_leaves_everything_new_and_says_so() {
    let repository = repository();
    append(repository.path(), "in.toml", "nonsense = 1\n");
    commit(repository.path());
    write(repository.path(), "in.toml", &recipient("in", "IN"));
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.status, 1);
    assert!(checked.text.contains("has errors and no verdict: everything found now counts as new"), "{}", checked.text);
}

#[test]
fn links_and_documents_of_a_revision_are_judged_as_those_of_a_folder() {
    let repository = repository();
    let papers = "[[safeguard]]\nid = \"g\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [1]\nparties = [\"de\", \"in\"]\nsigned = 2025-01-01\nevidence = \"papers/g.txt\"\n";
    // The hash of another text.
    let hash = format!("evidence-sha256 = \"{}\"\n", "0".repeat(64));
    write(repository.path(), "papers/g.txt", "We agree.");
    write(repository.path(), "papers.toml", &format!("{papers}{hash}"));
    commit(repository.path());
    let checked = check(repository.path(), &["--base", "main"]);
    assert!(checked.report["findings"].as_array().expect("findings").iter().any(|f| f["rule"] == "evidence-changed"));
    assert_eq!(checked.news(), Vec::<&str>::new());
    // A document that goes is news.
    fs::remove_file(repository.path().join("legal/register/papers/g.txt")).expect("the file");
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.news(), ["g"]);
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = repository();
    let root = repository.path();
    let marker = root.join("marker");
    let script = root.join(".git/evil");
    fs::write(&script, format!("#!/bin/sh\ntouch {}\ncat\n", marker.display())).expect("a script");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("permissions");
    let evil = script.to_str().expect("a path");
    fs::write(root.join(".gitattributes"), "*.toml filter=evil diff=evil\n").expect("a file");
    commit(root);
    for key in ["filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.fsmonitor", "core.pager"] {
        git(root, &["config", key, evil]);
    }
    for hook in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"] {
        fs::copy(&script, root.join(".git/hooks").join(hook)).expect("a hook");
    }
    fs::remove_file(&marker).unwrap_or_default();
    assert_eq!(check(root, &["--base", "HEAD"]).status, 0);
    assert!(!marker.exists(), "something of the repository was run");
    // The trap itself works: git runs it where it does check out.
    git(root, &["checkout", "-q", "-f", "-b", "other"]);
    assert!(marker.exists());
}

#[test]
fn a_revision_that_cannot_be_had_gives_no_verdict_and_says_what_to_do() {
    let repository = repository();
    for revision in ["nowhere", "--help", "HEAD:legal", ""] {
        let checked = check(repository.path(), &[&format!("--base={revision}")]);
        assert_eq!(checked.status, 2, "{revision}");
        assert!(checked.talk.contains("there is no revision"), "{revision}: {}", checked.talk);
        assert!(checked.talk.contains("help: a clone made in CI"), "{revision}: {}", checked.talk);
    }
    fs::remove_dir_all(repository.path().join(".git")).expect("the repository");
    let checked = check(repository.path(), &["--base", "main"]);
    assert_eq!(checked.status, 2);
    assert!(checked.talk.contains("not a git repository"), "{}", checked.talk);
}

#[test]
fn a_report_of_then_does_the_same_where_there_is_no_git() {
    let repository = repository();
    let baseline = repository.path().join("baseline.json");
    let baseline = baseline.to_str().expect("a path");
    check(repository.path(), &["--report", &format!("json={baseline}")]);
    let checked = check(repository.path(), &["--baseline", baseline]);
    assert_eq!(checked.status, 0);
    assert_eq!(checked.news(), Vec::<&str>::new());
    let more = recipient("in", "IN").replace("data = [\"c\"]", "data = [\"c\", \"d\"]");
    write(repository.path(), "in.toml", &more);
    assert_eq!(check(repository.path(), &["--baseline", baseline]).news(), ["de--in"]);
    write(repository.path(), "in.toml", &recipient("other", "IN"));
    let checked = check(repository.path(), &["--baseline", baseline]);
    assert_eq!(checked.news(), ["de--other"]);
    assert_eq!(checked.report["since"]["fixed"][0]["subject"], "de--in");
}

#[test]
fn a_baseline_that_is_no_report_gives_no_verdict() {
    let repository = repository();
    let file = repository.path().join("baseline.json");
    let path = file.to_str().expect("a path");
    let refused = |why: &str| {
        let checked = check(repository.path(), &["--baseline", path]);
        assert_eq!(checked.status, 2, "{why}");
        assert!(checked.talk.contains(why), "{why}: {}", checked.talk);
    };
    refused("cannot be read");
    for (text, why) in [
        ("", "is no JSON report of onward"),
        ("{}", "is no JSON report of onward"),
        (
            "{\"schema\": \"other/1\", \"verdicts\": [], \"findings\": []}",
            "is no report of the schema `onward-report/1`",
        ),
        ("{\"schema\": \"onward-report/1\", \"verdicts\": null, \"findings\": []}", "a run without a verdict"),
    ] {
        fs::write(&file, text).expect("a file");
        refused(why);
    }
}

#[test]
fn on_a_history_of_the_example_exactly_the_new_findings_are_shown() {
    let place = tempfile::tempdir().expect("a folder");
    let example = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/register"));
    copy(example, &place.path().join("register"));
    git(place.path(), &["init", "-q", "-b", "main"]);
    commit(place.path());
    let register = place.path().join("register");
    // On the day after Safe Harbor fell, ten transfers are broken, and all are known.
    let checked = check_on(&register, "2015-10-06", &["--base", "main"]);
    assert_eq!((checked.status, &checked.report["since"]["known"]), (0, &Value::from(10)));
    // Somebody mends one and adds another.
    let file = register.join("resellers/reseller-united-states.toml");
    let text = fs::read_to_string(&file).expect("the reseller");
    let head = text.split("[[transfer]]").next().expect("its head");
    let new = "[[transfer]]\nid = \"leads\"\nfrom = \"mimecast-limited\"\nto = \"reseller-united-states\"\ndata = [\"contact-details\"]\npurposes = [\"learning-requirements\"]\n";
    fs::write(&file, format!("{head}{new}")).expect("the reseller");
    let checked = check_on(&register, "2015-10-06", &["--base", "main"]);
    assert_eq!(checked.status, 1);
    let of_rule = |rule: &str| -> Vec<&str> {
        let findings = checked.report["findings"].as_array().expect("findings");
        let new = findings.iter().filter(|finding| finding["known"] != true && finding["rule"] == rule);
        new.map(|finding| finding["subject"]["id"].as_str().expect("an id")).collect()
    };
    assert_eq!(of_rule("unsafeguarded-transfer"), ["leads"]);
    assert_eq!(of_rule("unsafeguarded-onward-transfer"), Vec::<&str>::new());
    // The notice knows nothing of it either, and the contract that went with the old one is idle.
    assert_eq!(checked.news(), ["leads", "leads", "leads", "reseller-contract-united-states"]);
    assert_eq!(checked.report["since"]["known"], 9);
    assert_eq!(checked.report["since"]["fixed"][0]["subject"], "mimecast-north-america--reseller-united-states");
}

#[test]
fn every_format_tells_what_is_new_from_what_was_known() {
    let place = repository();
    write(place.path(), "vn.toml", &recipient("vn", "VN"));
    let told = |format: &str| {
        let path = place.path().join("legal/register");
        let arguments = ["check", path.to_str().expect("a path"), "--as-of", DAY, "--base", "HEAD", "--format", format];
        let done = onward(&arguments);
        assert_eq!(done.status.code(), Some(1), "{format}");
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    // Those for people tell the new one only …
    for format in ["text", "concise", "github"] {
        let output = told(format);
        assert!(output.contains("vn.toml") && !output.contains("in.toml"), "{format}: {output}");
    }
    // … and the others tell them apart.
    let sarif: Value = serde_json::from_str(&told("sarif")).expect("JSON");
    let mut states: Vec<(&str, &str)> = Vec::new();
    for result in sarif["runs"][0]["results"].as_array().expect("results") {
        let rule = result["ruleId"].as_str().expect("a rule");
        if rule == "unsafeguarded-transfer" {
            let file = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a file");
            states.push((file, result["baselineState"].as_str().expect("a state")));
        }
    }
    states.sort_unstable();
    assert_eq!(states, [("legal/register/in.toml", "unchanged"), ("legal/register/vn.toml", "new")]);
    let junit = told("junit");
    assert!(junit.contains("failures=\"1\"") && junit.contains("<skipped message=\"known: "), "{junit}");
    let csv = told("csv");
    assert!(csv.contains("\"deny\",\"known\",\"unsafeguarded-transfer\""), "{csv}");
    assert!(csv.contains("\"deny\",\"new\",\"unsafeguarded-transfer\""), "{csv}");
    let markdown = told("markdown");
    let (new, known) = markdown.split_once("<summary>Known (").expect("a part about known ones");
    assert!(markdown.starts_with("### onward: 1 new finding denied\n"), "{markdown}");
    assert!(new.contains("vn.toml") && !new.contains("in.toml") && known.contains("in.toml"), "{markdown}");
}

#[test]
fn the_annotations_and_the_comment_say_first_who_changed_the_judge() {
    let place = repository();
    let waiver = "[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\non = [\"de--in\"]\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-09-30\n";
    write(place.path(), "waivers.toml", waiver);
    let path = place.path().join("legal/register");
    for (format, first) in [("github", "::notice title=what judges"), ("markdown", "> **Since `HEAD`, what judges")] {
        let done =
            onward(&["check", path.to_str().expect("a path"), "--as-of", DAY, "--base", "HEAD", "--format", format]);
        let output = String::from_utf8(done.stdout).expect("UTF-8");
        let told = output.lines().find(|line| line.starts_with("::") || line.starts_with('>')).expect("a line");
        assert!(told.starts_with(first), "{format}: {output}");
        assert!(output.contains("waiver") && output.contains("is new"), "{format}: {output}");
    }
}
