//! What is ready-made for CI: the action, the hook, and the page about them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::kit::runner::commands;
use super::kit::{onward, party, transfer};
use super::since::{append, git, repository, write};

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the file")
}

/// The script of the action's last step.
fn script() -> String {
    let action = file("action.yml");
    let (_, step) = action.split_once("- name: Check the register").expect("the step");
    let (_, script) = step.split_once("run: |\n").expect("a script");
    script.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// Runs the action's last step in a folder, onward installed as its first step does.
fn act(at: &Path, inputs: &[(&str, &str)]) -> (i32, String, String) {
    let temp = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(temp.path().join("onward/bin")).expect("folders");
    fs::copy(env!("CARGO_BIN_EXE_onward"), temp.path().join("onward/bin/onward")).expect("the program");
    let summary = temp.path().join("summary.md");
    fs::write(&summary, "before\n").expect("a file");
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script()]).current_dir(at);
    bash.env("RUNNER_TEMP", temp.path()).env("GITHUB_STEP_SUMMARY", &summary);
    for key in ["REGISTER", "BASE", "AS_OF", "DENY_WARNINGS", "SARIF", "MARKDOWN"] {
        bash.env(key, inputs.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value));
    }
    let done = bash.output().expect("bash runs");
    let output = String::from_utf8(done.stdout).expect("UTF-8");
    (done.status.code().expect("a status"), output, fs::read_to_string(summary).expect("the summary"))
}

#[test]
fn the_action_annotates_writes_the_summary_and_fails_on_what_is_new() {
    let place = repository();
    let at = place.path();
    let inputs = [("REGISTER", "legal/register"), ("AS_OF", "2026-06-01")];
    let (status, output, summary) = act(at, &inputs);
    assert_eq!((status, commands(&output)[0].name.as_str()), (1, "error"), "{output}");
    assert!(commands(&output)[0].properties.contains(&("file".to_owned(), "legal/register/in.toml".to_owned())));
    assert!(summary.starts_with("before\n### onward: 1 finding denied"), "{summary}");
    // Held against what is there, nothing is new …
    let held = [inputs[0], inputs[1], ("BASE", "HEAD"), ("SARIF", "onward.sarif")];
    let (status, output, summary) = act(at, &held);
    assert_eq!((status, commands(&output).len()), (0, 0), "{output}");
    assert!(summary.contains("nothing new denied"), "{summary}");
    assert!(fs::read_to_string(at.join("onward.sarif")).expect("the report").contains("\"unchanged\""));
    // … until something is.
    write(at, "vn.toml", &(party("affiliate", "vn", "VN", "controller") + &transfer("de", "vn", "")));
    assert_eq!(act(at, &held).0, 1);
    // A register that cannot be read is no pass, and the summary says so.
    append(at, "in.toml", "zzz = 1\n");
    let (status, _, summary) = act(at, &held);
    assert_eq!(status, 2);
    assert!(summary.contains("### onward: no verdict"), "{summary}");
}

#[test]
fn no_input_of_the_action_becomes_a_command_or_an_option() {
    let place = repository();
    for bad in ["--help", "$(touch pwned)", "`touch pwned`", "; touch pwned", "-q"] {
        for key in ["REGISTER", "BASE", "AS_OF", "SARIF"] {
            let mut inputs = vec![("REGISTER", "legal/register")];
            inputs.retain(|(name, _)| *name != key);
            inputs.push((key, bad));
            let (status, output, _) = act(place.path(), &inputs);
            assert!(status != 0 || key == "SARIF", "{key}={bad}: {output}");
            assert!(!place.path().join("pwned").exists(), "{key}={bad}");
        }
    }
    assert!(!script().contains("${{"), "an expression in a script is text that a runner pastes into it");
}

#[test]
fn the_hook_runs_what_it_says() {
    let hook = file(".pre-commit-hooks.yaml");
    let entry = hook.lines().find_map(|line| line.trim().strip_prefix("entry: onward ")).expect("an entry");
    let place = repository();
    let register = place.path().join("legal/register");
    let mut arguments: Vec<&str> = entry.split(' ').collect();
    let register = register.to_str().expect("a path");
    arguments.push(register);
    let done = onward(&[&arguments[..], &["--as-of", "2026-06-01"]].concat());
    assert_eq!(done.status.code(), Some(1));
    git(place.path(), &["status", "--short"]);
    let done = onward(&[&arguments[..], &["--as-of", "2026-06-01", "--base", "HEAD"]].concat());
    assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn every_option_that_the_documentation_names_exists() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let overview = String::from_utf8(onward(&["--help"]).stdout).expect("UTF-8");
    let (_, commands) = overview.split_once("Commands:\n").expect("commands");
    let commands = commands
        .lines()
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().next().expect("a command"));
    for command in commands.filter(|command| *command != "help") {
        let help = onward(&[command, "--help"]);
        known.extend(options(&String::from_utf8(help.stdout).expect("UTF-8")));
    }
    let texts = [file("docs/ci.md"), file("README.md"), file("action.yml"), file("docs/register-format.md")];
    // Options of cargo, git and bash, which stand beside ours.
    let others = [
        "--bench",
        "--example",
        "--locked",
        "--quiet",
        "--path",
        "--root",
        "--git",
        "--rev",
        "--release",
        "--open",
        "--depth",
    ];
    for option in texts.iter().flat_map(|text| options(text)) {
        assert!(known.contains(&option) || others.contains(&option.as_str()), "no command has {option}");
    }
}

/// The long options in a text.
fn options(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let is_option =
        |word: &&str| word.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    words.filter(is_option).map(str::to_owned).collect()
}

#[test]
fn an_old_register_with_five_hundred_findings_is_adopted_in_an_afternoon() {
    let place = repository();
    let at = place.path();
    let many: Vec<String> = (0..500)
        .map(|n| party("service-provider", &format!("v{n}"), "VN", "processor") + &transfer("de", &format!("v{n}"), ""))
        .collect();
    write(at, "vendors.toml", &many.join("\n"));
    super::since::commit(at);
    let register = at.join("legal/register");
    let check = |more: &[&str]| {
        let path = register.to_str().expect("a path");
        let done = onward(&[&["check", path, "--as-of", "2026-06-01", "-q", "--format", "concise"], more].concat());
        (done.status.code().expect("a status"), String::from_utf8(done.stdout).expect("UTF-8"))
    };
    let (status, all) = check(&[]);
    assert!(status == 1 && all.matches("[unsafeguarded-transfer]").count() > 500, "{status}");
    let baseline = at.join("baseline.json");
    let report = format!("json={}", baseline.display());
    assert_eq!(check(&["--exit-zero", "--report", &report]).0, 0);
    for against in [["--base", "HEAD"], ["--baseline", baseline.to_str().expect("a path")]] {
        assert_eq!(check(&against), (0, String::new()), "{against:?}");
    }
    // A new vendor on top of them is the only one that is told.
    write(at, "new.toml", &(party("service-provider", "new", "VN", "processor") + &transfer("de", "new", "")));
    for against in [["--base", "HEAD"], ["--baseline", baseline.to_str().expect("a path")]] {
        let (status, told) = check(&against);
        assert_eq!(status, 1);
        assert!(
            told.lines().all(|line| line.contains("new.toml")) && told.contains("[unsafeguarded-transfer]"),
            "{told}"
        );
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = String::from_utf8(onward(&["completions", shell]).stdout).expect("UTF-8");
        assert!(script.contains("waive") && script.contains("deny-warnings"), "{shell}");
    }
    let pages = String::from_utf8(onward(&["man"]).stdout).expect("UTF-8");
    for command in ["build", "check", "diff", "explain", "init", "law", "schema", "waive"] {
        assert!(pages.contains(&format!("onward\\-{command}(1)")), "{command}");
        let page = String::from_utf8(onward(&["man", command]).stdout).expect("UTF-8");
        assert!(page.starts_with(".ie") && page.contains(&format!(".TH onward-{command} 1")), "{command}: {page}");
    }
    assert_eq!(onward(&["man", "chekc"]).status.code(), Some(2));
}
