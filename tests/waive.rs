//! Accepting a finding for a time: `onward waive` writes the record, and the next check reads it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::kit::{CATALOGUE, collected, folder, judge_folder, onward, party, text_of, transfer};

const DAY: &str = "2026-06-01";

/// A transfer from Germany to India that nothing protects, each party in a file of its own.
fn unsafeguarded() -> TempDir {
    let top = [
        CATALOGUE.to_owned(),
        party("affiliate", "de", "DE", "controller"),
        collected("de", "DE"),
        "[[jurisdiction]]\ncode = \"DE\"\n[[jurisdiction]]\ncode = \"IN\"\n".to_owned(),
    ];
    let helpdesk = [party("affiliate", "in", "IN", "controller"), transfer("de", "in", "")];
    folder(&[("company.toml", &top.join("\n")), ("vendors/helpdesk.toml", &helpdesk.join("\n"))])
}

/// What a run of `onward waive` said, and its exit status.
struct Said {
    status: i32,
    out: String,
    err: String,
}

fn waive(register: &Path, finding: &str, more: &[&str]) -> Said {
    let register = register.to_str().expect("a path");
    let usual = ["waive", finding, register, "--as-of", DAY];
    let mut arguments: Vec<&str> = usual.to_vec();
    for (key, value) in [("--until", "2026-12-31"), ("--reason", "clauses are being signed"), ("--approved-by", "DPO")]
    {
        if !more.contains(&key) {
            arguments.extend([key, value]);
        }
    }
    arguments.extend(more);
    let done = onward(&arguments);
    Said {
        status: done.status.code().expect("a status"),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

fn helpdesk(register: &Path) -> String {
    fs::read_to_string(register.join("vendors/helpdesk.toml")).expect("the file")
}

#[test]
fn a_finding_is_waived_from_the_next_check_on_until_the_last_day_of_the_waiver() {
    let register = unsafeguarded();
    assert_eq!(judge_folder(register.path(), DAY).report["summary"]["denied"], 1);
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &[]);
    assert_eq!(said.status, 0, "{}", said.err);
    let judged = judge_folder(register.path(), "2026-12-31");
    assert_eq!(judged.report["summary"]["denied"], 0);
    assert_eq!(judged.report["summary"]["waived"], 1);
    assert_eq!(judge_folder(register.path(), "2027-01-01").report["summary"]["denied"], 1);
}

#[test]
fn the_text_says_by_which_waiver_until_when_and_why() {
    let register = unsafeguarded();
    waive(register.path(), "unsafeguarded-transfer:de--in", &["--id", "w"]);
    let text = text_of(register.path(), DAY);
    assert!(text.contains("waived by `w` until 2026-12-31: clauses are being signed"), "{text}");
}

#[test]
fn the_record_goes_behind_all_else_in_the_file_of_the_transfer_and_changes_nothing_there() {
    let register = unsafeguarded();
    let file = register.path().join("vendors/helpdesk.toml");
    let before = format!("# Ours.\n\n{}", helpdesk(register.path()));
    fs::write(&file, &before).expect("a file");
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &[]);
    let record = "\
[[waiver]]
id = \"waive-unsafeguarded-transfer-de-in\"
rule = \"unsafeguarded-transfer\"
on = [\"de--in\"]
regimes = [\"eu\"]
reason = \"clauses are being signed\"
approved-by = \"DPO\"
until = 2026-12-31
";
    let line = before.lines().count() + 1;
    assert_eq!(said.out, format!("wrote to vendors/helpdesk.toml:{line}:\n\n{record}"));
    assert_eq!(helpdesk(register.path()), before + record);
}

#[test]
fn a_file_keeps_its_line_ends_its_mark_and_gets_the_line_end_that_it_lacks() {
    let register = unsafeguarded();
    let file = register.path().join("vendors/helpdesk.toml");
    let before = format!("\u{feff}{}", helpdesk(register.path()).trim_end().replace('\n', "\r\n"));
    fs::write(&file, &before).expect("a file");
    assert_eq!(waive(register.path(), "unsafeguarded-transfer:de--in", &[]).status, 0);
    let after = helpdesk(register.path());
    assert!(after.starts_with(&format!("{before}\r\n\r\n[[waiver]]\r\n")), "{after:?}");
    assert!(after.ends_with("until = 2026-12-31\r\n"), "{after:?}");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_eq!(judge_folder(register.path(), DAY).report["summary"]["waived"], 1);
}

#[test]
fn a_fingerprint_names_a_finding_as_well() {
    let register = unsafeguarded();
    let judged = judge_folder(register.path(), DAY);
    let fingerprint = judged.findings("unsafeguarded-transfer")[0]["fingerprint"].as_str().expect("a fingerprint");
    let said = waive(register.path(), fingerprint, &[]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(judge_folder(register.path(), DAY).report["summary"]["denied"], 0);
}

#[test]
fn a_waiver_of_one_pair_leaves_the_other_pairs_of_its_transfer_denied() {
    let register = unsafeguarded();
    let two = [
        party("affiliate", "in", "IN", "controller"),
        party("affiliate", "br", "BR", "controller"),
        "[[jurisdiction]]\ncode = \"BR\"\n".to_owned(),
        transfer("de", "in", "id = \"out\"").replace("to = \"in\"", "to = [\"in\", \"br\"]"),
    ];
    fs::write(register.path().join("vendors/helpdesk.toml"), two.join("\n")).expect("a file");
    // Before Brazil was adequate, both pairs are violations.
    let day = "2025-06-01";
    assert_eq!(judge_folder(register.path(), day).report["summary"]["denied"], 2);
    let said = waive(register.path(), "unsafeguarded-transfer:out/de--in", &["--as-of", day]);
    assert_eq!(said.status, 2, "one day to judge as of is enough");
    let path = register.path().to_str().expect("a path");
    let usual = ["--as-of", day, "--until", "2026-12-31", "--reason", "r", "--approved-by", "a"];
    let mut arguments = vec!["waive", "unsafeguarded-transfer:out/de--in", path];
    arguments.extend(usual);
    let done = onward(&arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(helpdesk(register.path()).contains("on = [\"out/de--in\"]"));
    let judged = judge_folder(register.path(), day);
    assert_eq!(judged.report["summary"]["denied"], 1);
    assert_eq!(judged.report["summary"]["waived"], 1);
}

#[test]
fn findings_about_parties_and_safeguards_are_waived_in_the_files_of_those() {
    let register = unsafeguarded();
    let records = "\n[[safeguard]]\nid = \"papers\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [1]\nparties = [\"de\", \"in\"]\nsigned = 2025-01-01\n";
    fs::write(register.path().join("vendors/papers.toml"), records).expect("a file");
    let rules: Vec<String> = judge_folder(register.path(), DAY).rules().iter().map(|rule| (*rule).to_owned()).collect();
    assert!(rules.contains(&"unused-safeguard".to_owned()), "{rules:?}");
    let said = waive(register.path(), "unused-safeguard:papers", &[]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.starts_with("wrote to vendors/papers.toml:9:"), "{}", said.out);
    // A safeguard's finding is of no regime, and so is its waiver.
    assert!(!said.out.contains("regimes"), "{}", said.out);
    let judged = judge_folder(register.path(), DAY);
    assert_eq!(judged.findings("unused-safeguard")[0]["waived_by"], "waive-unused-safeguard-papers");
}

#[test]
fn a_trial_run_shows_the_record_and_writes_nothing() {
    let register = unsafeguarded();
    let before = helpdesk(register.path());
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &["--dry-run"]);
    assert_eq!(said.status, 0);
    assert!(said.out.starts_with("would write to vendors/helpdesk.toml:"), "{}", said.out);
    assert!(said.out.contains("[[waiver]]\n"), "{}", said.out);
    assert_eq!(helpdesk(register.path()), before);
}

#[test]
fn what_cannot_be_waived_is_refused_with_a_reason_and_nothing_is_written() {
    let register = unsafeguarded();
    let before = helpdesk(register.path());
    let refused = |finding: &str, more: &[&str], why: &str| {
        let said = waive(register.path(), finding, more);
        assert_eq!(said.status, 2, "{finding} {more:?}");
        assert!(said.err.contains(why), "{finding} {more:?}: {}", said.err);
        assert_eq!(said.out, "", "{finding} {more:?}");
        assert_eq!(helpdesk(register.path()), before, "{finding} {more:?}");
    };
    let good = "unsafeguarded-transfer:de--in";
    refused("unsafeguarded-transfer:de-in", &[], "did you mean `unsafeguarded-transfer:de--in`?");
    refused("nonsense", &[], "there are `unsafeguarded-transfer:de--in`");
    refused(good, &["--until", "2026-05-31"], "would have ended on 2026-05-31 already");
    refused(good, &["--until", "2026-02-30"], "write a day");
    refused(good, &["--reason", "  "], "say it in words");
    refused(good, &["--approved-by", "two\nlines"], "plain text");
    refused(good, &["--id", "Not An Id"], "cannot be written");
}

#[test]
fn a_finding_is_waived_once() {
    let register = unsafeguarded();
    let finding = "unsafeguarded-transfer:de--in";
    assert_eq!(waive(register.path(), finding, &[]).status, 0);
    let before = helpdesk(register.path());
    let said = waive(register.path(), finding, &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("is waived by `waive-unsafeguarded-transfer-de-in` already"), "{}", said.err);
    assert_eq!(helpdesk(register.path()), before);
}

#[test]
fn an_id_that_is_made_is_free_and_no_longer_than_an_id_may_be() {
    let register = unsafeguarded();
    let taken = "[[waiver]]\nid = \"waive-unsafeguarded-transfer-de-in\"\nrule = \"unsafeguarded-transfer\"\non = [\"de--in\"]\nreason = \"r\"\napproved-by = \"a\"\nuntil = 2026-01-31\n";
    fs::write(register.path().join("old.toml"), taken).expect("a file");
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &[]);
    assert!(said.out.contains("id = \"waive-unsafeguarded-transfer-de-in-2\"\n"), "{}{}", said.out, said.err);

    let long = "a-recipient-with-a-name-that-takes-nearly-all-of-an-id";
    let register = unsafeguarded();
    let records = helpdesk(register.path()).replace("\"in\"", &format!("\"{long}\""));
    fs::write(register.path().join("vendors/helpdesk.toml"), records).expect("a file");
    let said = waive(register.path(), &format!("unsafeguarded-transfer:de--{long}"), &[]);
    assert!(
        said.out.contains("id = \"waive-unsafeguarded-transfer-de-a-recipient-with-a-name\"\n"),
        "{}{}",
        said.out,
        said.err
    );
}

#[test]
fn words_that_mean_something_to_toml_come_back_as_they_were() {
    let register = unsafeguarded();
    let reason = r#"a "quoted" \ 'word' # and [[waiver]] = """ ''' ü"#;
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &["--reason", reason, "--id", "w"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let text = text_of(register.path(), DAY);
    assert!(text.contains(&format!("waived by `w` until 2026-12-31: {reason}")), "{text}");
}

#[test]
fn a_register_with_an_error_is_shown_its_errors_and_not_written_to() {
    let register = unsafeguarded();
    fs::write(register.path().join("broken.toml"), "[[transfer]]\nfrom = 1\n").expect("a file");
    let before = helpdesk(register.path());
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &[]);
    assert_eq!(said.status, 2);
    assert!(said.out.contains("broken.toml"), "{}", said.out);
    assert_eq!(helpdesk(register.path()), before);
}

#[test]
fn errors_of_the_register_cannot_be_waived_and_findings_of_no_record_are_told_what_else_to_do() {
    let register = unsafeguarded();
    fs::write(register.path().join("OTHER.TOML"), "").expect("a file");
    let said = waive(register.path(), "unread-file:OTHER.TOML", &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("a waiver covers transfers, parties and safeguards"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left_alone_and_the_permissions_of_others_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let register = unsafeguarded();
    let file = register.path().join("vendors/helpdesk.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("permissions");
    let before = helpdesk(register.path());
    let said = waive(register.path(), "unsafeguarded-transfer:de--in", &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("is read-only, and nothing was written"), "{}", said.err);
    assert_eq!(helpdesk(register.path()), before);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    assert_eq!(waive(register.path(), "unsafeguarded-transfer:de--in", &[]).status, 0);
    assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o640);
    let beside = fs::read_dir(register.path().join("vendors")).expect("the folder").count();
    assert_eq!(beside, 1, "nothing is left beside the file");
}

#[test]
fn the_site_shows_the_acts_that_would_mend_a_violation_and_who_waived_it_until_when() {
    let register = unsafeguarded();
    let path = register.path().to_str().expect("a path");
    let site = tempfile::tempdir().expect("a folder");
    let out = site.path().join("site");
    let build = ["build", path, "--as-of", DAY, "--out", out.to_str().expect("a path"), "--exit-zero"];
    let page = |name: &str| fs::read_to_string(out.join(name)).expect("a page");
    assert!(onward(&build).status.success());
    for name in ["index.html", "findings.html"] {
        assert!(page(name).contains("<bdi>sign </bdi><code>eu-scc-2021-914</code>"), "{name}");
    }
    assert_eq!(waive(register.path(), "unsafeguarded-transfer:de--in", &["--id", "w"]).status, 0);
    assert!(onward(&build).status.success());
    assert!(!page("findings.html").contains("What would mend it"));
    assert!(page("findings.html").contains("<code>w</code><bdi> until 2026-12-31: clauses are being signed</bdi>"));
}
