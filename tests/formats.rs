//! Every format of a report: what it is for, that others can read it, and that all tell the same.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use onward::finding::{Card, Docket, Finding, Level};
use onward::report::{AsOfSource, Run, concise, csv, github, gitlab, json, junit, markdown, sarif, text};
use quick_junit::{Report, TestCaseStatus};
use serde_json::{Value, json};

use super::faults;
use super::kit::runner::{FORMATS, HOSTILE, commands, harmless, only_text};
use super::kit::{CATALOGUE, HEAD, collected, folder, onward, party, reported, transfer};

const DAY: &str = "2026-06-01";

/// A denied finding, a warning, a waived finding, and one about no line at all.
fn small() -> tempfile::TempDir {
    small_in("flows.toml")
}

/// The same, in a file of a name.
fn small_in(file: &str) -> tempfile::TempDir {
    let records = [
        CATALOGUE.to_owned(),
        party("affiliate", "de", "DE", "controller"),
        party("affiliate", "in", "IN", "controller"),
        party("affiliate", "vn", "VN", "controller"),
        collected("de", "DE"),
        transfer("de", "in", ""),
        transfer("de", "vn", ""),
        "[[waiver]]\nid = \"vietnam-for-now\"\nrule = \"unsafeguarded-transfer\"\non = [\"de--vn\"]\nreason = \"Clauses are with their counsel.\"\napproved-by = \"DPO\"\nuntil = 2026-09-30\n".to_owned(),
        "[[jurisdiction]]\ncode = \"DE\"\n[[jurisdiction]]\ncode = \"VN\"\n".to_owned(),
    ];
    folder(&[(file, &records.join("\n")), ("old.TOML", "")])
}

/// A finding as a format tells it: rule, file, line.
pub type Told = (String, String, u64);

pub fn from_json(text: &str) -> Vec<Told> {
    let report: Value = serde_json::from_str(text).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let told = findings.iter().map(|finding| {
        let place = &finding["location"];
        let file = place["file"].as_str().unwrap_or("register.toml").to_owned();
        (finding["rule"].as_str().expect("a rule").to_owned(), file, place["line"].as_u64().unwrap_or(0))
    });
    sorted(told)
}

fn sorted(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut told: Vec<Told> = told.collect();
    told.sort();
    told
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

/// `path:line:column`, or a path alone.
fn place(text: &str) -> (String, u64) {
    let mut parts = text.rsplitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(line), Some(path)) => (path.to_owned(), number(line)),
        _ => (text.to_owned(), 0),
    }
}

pub fn from_concise(text: &str) -> Vec<Told> {
    sorted(text.lines().filter_map(|line| {
        let (at, rest) = line.split_once(": ")?;
        let rule = rest.split_once('[')?.1.split_once(']')?.0;
        let (file, line) = place(at);
        Some((rule.to_owned(), file, line))
    }))
}

pub fn from_text(text: &str) -> Vec<Told> {
    let mut told = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_head = ["error[", "warning[", "waived["].iter().any(|head| line.starts_with(head));
        let Some((_, rest)) = line.split_once('[').filter(|_| is_head) else { continue };
        let rule = rest.split_once(']').expect("a rule").0.to_owned();
        let at = lines.peek().and_then(|next| next.trim_start().strip_prefix("--> "));
        let (file, line) = at.map_or(("register.toml".to_owned(), 0), place);
        told.push((rule, file, line));
    }
    sorted(told.into_iter())
}

pub fn from_sarif(text: &str) -> Vec<Told> {
    let report: Value = serde_json::from_str(text).expect("JSON");
    let results = report["runs"][0]["results"].as_array().expect("results");
    sorted(results.iter().map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("an address");
        let file = [
            ("%20", " "),
            ("%2C", ","),
            ("%3A", ":"),
            ("%3D", "="),
            ("%28", "("),
            ("%29", ")"),
            ("%5B", "["),
            ("%5D", "]"),
            ("%25", "%"),
        ]
        .iter()
        .fold(file.to_owned(), |file, (escape, plain)| file.replace(escape, plain));
        (
            result["ruleId"].as_str().expect("a rule").to_owned(),
            file,
            place["region"]["startLine"].as_u64().unwrap_or(0),
        )
    }))
}

pub fn from_junit(text: &str) -> Vec<Told> {
    let report = Report::deserialize_from_str(text).expect("JUnit");
    let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    sorted(cases.filter(|case| case.name.as_str() != "nothing found").map(|case| {
        let extra =
            |key: &str| case.extra.iter().find(|(name, _)| name.as_str() == key).map(|(_, value)| value.as_str());
        let rule = case.classname.as_ref().expect("a rule").as_str().to_owned();
        (rule, extra("file").expect("a file").to_owned(), extra("line").map_or(0, number))
    }))
}

pub fn from_gitlab(text: &str) -> Vec<Told> {
    let issues: Vec<Value> = serde_json::from_str(text).expect("JSON");
    sorted(issues.iter().map(|issue| {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        (
            text(&issue["check_name"]),
            text(&issue["location"]["path"]),
            issue["location"]["lines"]["begin"].as_u64().expect("a line"),
        )
    }))
}

pub fn from_csv(text: &str) -> Vec<Told> {
    let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    sorted(rows.iter().map(|row| {
        let line = if row[9].is_empty() { 0 } else { number(&row[9]) };
        (row[2].to_owned(), row[8].to_owned(), line)
    }))
}

pub fn from_markdown(text: &str) -> Vec<Told> {
    sorted(text.lines().filter_map(|line| {
        let (rule, rest) = line.strip_prefix("- **")?.split_once("** `")?;
        let at = rest.split_once('`')?.0;
        let (file, line) =
            at.rsplit_once(':').map_or((at.to_owned(), 0), |(file, line)| (file.to_owned(), number(line)));
        Some((rule.to_owned(), file, line))
    }))
}

pub fn from_github(text: &str) -> Vec<Told> {
    sorted(commands(text).into_iter().map(|command| {
        let of = |key: &str| command.properties.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        (of("title").expect("a title"), of("file").expect("a file"), of("line").map_or(0, |line| number(&line)))
    }))
}

#[test]
fn every_format_names_the_same_findings_at_the_same_places() {
    // The name of a file may hold what parts one thing from the next in a format.
    for register in [small(), small_in("50%2C, line=9:[x](y).toml"), faults::all()] {
        let at = register.path();
        let wanted = from_json(&reported(at, DAY, json::render));
        assert!(wanted.len() >= 4, "{wanted:?}");
        assert_eq!(
            from_text(&reported(at, DAY, |run| text::render(run, onward::report::Style::default()))),
            wanted,
            "text"
        );
        assert_eq!(
            from_concise(&reported(at, DAY, |run| concise::render(run, onward::report::Style::default()))),
            wanted,
            "concise"
        );
        assert_eq!(from_sarif(&reported(at, DAY, sarif::render)), wanted, "SARIF");
        assert_eq!(from_junit(&reported(at, DAY, junit::render)), wanted, "JUnit");
        assert_eq!(from_csv(&reported(at, DAY, csv::render)), wanted, "CSV");
        assert_eq!(from_markdown(&reported(at, DAY, markdown::render)), wanted, "Markdown");
        // GitLab wants a line of every issue: one about no line is shown at the first.
        let with_lines: Vec<Told> =
            wanted.iter().cloned().map(|(rule, file, line)| (rule, file, line.max(1))).collect();
        assert_eq!(from_gitlab(&reported(at, DAY, gitlab::render)), with_lines, "GitLab");
        let annotated = from_github(&reported(at, DAY, github::render));
        assert!(annotated.iter().all(|told| wanted.contains(told)), "GitHub: {annotated:?}");
        assert!(
            annotated.len() == wanted.len() || annotated.len() == 8 + 10,
            "GitHub shows ten of a kind: {annotated:?}"
        );
    }
}

#[test]
fn each_format_of_a_small_register() {
    let register = small();
    let at = register.path();
    insta::assert_snapshot!(
        "small.concise",
        reported(at, DAY, |run| concise::render(run, onward::report::Style::default()))
    );
    insta::assert_snapshot!("small.github", reported(at, DAY, github::render));
    insta::assert_snapshot!("small.gitlab", reported(at, DAY, gitlab::render));
    insta::assert_snapshot!("small.markdown", reported(at, DAY, markdown::render));
    insta::assert_snapshot!("small.csv", reported(at, DAY, csv::render));
    insta::assert_snapshot!("small.junit", reported(at, DAY, junit::render));
    let mut report: Value = serde_json::from_str(&reported(at, DAY, sarif::render)).expect("JSON");
    // The pages of the rules have a snapshot of their own: one rule stands for all, in short.
    let rules = &mut report["runs"][0]["tool"]["driver"]["rules"];
    *rules = json!([rules[0].clone()]);
    rules[0]["help"] = json!("…");
    report["runs"][0]["tool"]["driver"]["version"] = json!("…");
    report["runs"][0]["tool"]["driver"]["semanticVersion"] = json!("…");
    insta::assert_snapshot!("small.sarif", serde_json::to_string_pretty(&report).expect("JSON"));
}

/// The contract of the JSON report, version 1: keys may be added, none goes and none changes.
fn report_schema() -> Value {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let text_or_null = json!({ "type": ["string", "null"] });
    let count = json!({ "type": "integer", "minimum": 0 });
    let object = |required: Value, properties: Value| json!({ "type": "object", "required": required, "properties": properties });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let place = object(
        json!(["file", "line", "column", "end_line", "end_column"]),
        json!({ "file": { "type": "string" }, "line": { "type": "integer", "minimum": 1 }, "column": { "type": "integer", "minimum": 1 } }),
    );
    let place_or_null = json!({ "anyOf": [place, { "type": "null" }] });
    let outcomes = ["unrestricted", "adequate", "safeguarded", "derogated", "waived", "violation"];
    let counts =
        outcomes.iter().map(|outcome| ((*outcome).to_owned(), count.clone())).collect::<serde_json::Map<_, _>>();
    let reason = object(
        json!(["reason"]),
        json!({ "reason": { "type": "string" }, "since": { "type": "string", "format": "date" } }),
    );
    let verdict = object(
        json!([
            "transfer", "from", "to", "regime", "law", "onward", "outcome", "basis", "fallback", "reasons", "data",
            "subjects", "path"
        ]),
        json!({
            "onward": { "type": "boolean" }, "outcome": { "enum": outcomes }, "basis": texts, "fallback": texts,
            "reasons": list(reason), "data": texts, "subjects": texts, "path": texts,
        }),
    );
    let finding = object(
        json!([
            "rule",
            "level",
            "waived_by",
            "message",
            "help",
            "subject",
            "regime",
            "location",
            "related",
            "fingerprint"
        ]),
        json!({
            "level": { "enum": ["deny", "warn", "allow"] }, "waived_by": text_or_null, "message": { "type": "string" },
            "help": { "type": "string" }, "regime": text_or_null, "location": place_or_null,
            "subject": { "anyOf": [object(json!(["kind", "id"]), json!({})), { "type": "null" }] },
            "related": list(object(json!(["message", "location"]), json!({ "location": place_or_null }))),
            "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
        }),
    );
    object(
        json!(["schema", "as_of", "as_of_source", "register", "summary", "verdicts", "findings"]),
        json!({
            "schema": { "const": "onward-report/1" },
            "as_of": { "type": "string", "format": "date" },
            "as_of_source": { "enum": ["option", "register", "today"] },
            "register": object(json!(["organisation", "files", "parties", "transfers", "pairs", "safeguards"]), json!({ "pairs": count })),
            "summary": object(
                json!(["denied", "warned", "waived", "verdicts"]),
                json!({ "denied": count, "warned": count, "waived": count, "verdicts": object(json!(outcomes), Value::Object(counts)) }),
            ),
            "verdicts": { "anyOf": [list(verdict), { "type": "null" }] },
            "findings": list(finding),
        }),
    )
}

#[test]
fn the_json_report_keeps_its_contract() {
    let validator = jsonschema::options().should_validate_formats(true).build(&report_schema()).expect("a schema");
    let example = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/register"));
    let broken = folder(&[("b.toml", "zzz = 1\n")]);
    let nowhere = example.join("nowhere");
    for (at, day) in [
        (small().path(), DAY),
        (faults::all().path(), DAY),
        (broken.path(), DAY),
        (example, "2015-10-06"),
        (&nowhere, DAY),
    ] {
        let report: Value = serde_json::from_str(&reported(at, day, json::render)).expect("JSON");
        let wrong: Vec<String> =
            validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", at.display());
    }
}

/// The official schema of SARIF 2.1.0, out of the source of a crate that reads it.
fn sarif_schema() -> Value {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(rustc.stdout).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform");
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&cargo.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("the crate");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let schema = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&schema).expect("JSON");
    // Its pattern of a language has a stray bracket, which no strict reader takes; we write no language.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"];
        language.as_object_mut().expect("a schema").remove("pattern").expect("the pattern");
    }
    schema
}

#[test]
fn sarif_fits_the_official_schema_and_another_program_reads_it() {
    let schema = sarif_schema();
    assert_eq!(schema["title"], "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema");
    let validator = jsonschema::draft7::options().should_validate_formats(true).build(&schema).expect("a schema");
    let broken = folder(&[("a.toml", "[[transfer]\n"), ("b.toml", "zzz = 1\n")]);
    let strange = folder(&[("ä b#?%.toml", "zzz = 1\n")]);
    for register in [small(), faults::all(), broken, strange] {
        let text = reported(register.path(), DAY, sarif::render);
        let report: Value = serde_json::from_str(&text).expect("JSON");
        let wrong: Vec<String> =
            validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let read: serde_sarif::sarif::Sarif = serde_json::from_str(&text).expect("SARIF");
        let run = &read.runs[0];
        let rules = run.tool.driver.rules.as_ref().expect("rules");
        for result in run.results.as_ref().expect("results") {
            let at = usize::try_from(result.rule_index.expect("an index")).expect("a position");
            assert_eq!(Some(&rules[at].id), result.rule_id.as_ref(), "the index names the rule");
        }
    }
}

#[test]
fn sarif_tells_waived_findings_as_suppressed_and_encodes_paths() {
    let report: Value = serde_json::from_str(&reported(small().path(), DAY, sarif::render)).expect("JSON");
    let results = report["runs"][0]["results"].as_array().expect("results");
    let suppressed: Vec<&Value> = results.iter().filter(|result| result["suppressions"].is_array()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(
        suppressed[0]["suppressions"][0]["justification"],
        "waived by `vietnam-for-now` until 2026-09-30: Clauses are with their counsel."
    );
    let linked = hostile("[x](javascript:alert(1))");
    let report: Value = serde_json::from_str(&reported(linked.path(), DAY, sarif::render)).expect("JSON");
    let results = report["runs"][0]["results"].as_array().expect("results").iter();
    let messages: Vec<&str> = results.map(|result| result["message"]["text"].as_str().expect("a text")).collect();
    assert!(messages.iter().any(|message| message.contains("\\[x\\](javascript")), "{messages:?}");
    assert!(!messages.iter().any(|message| message.contains("[x](")), "no message holds a link");
    let strange = folder(&[("ä b#?%.toml", "zzz = 1\n")]);
    let report: Value = serde_json::from_str(&reported(strange.path(), DAY, sarif::render)).expect("JSON");
    let place = &report["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%C3%A4%20b%23%3F%25.toml");
    assert_eq!(report["runs"][0]["invocations"][0]["executionSuccessful"], false, "there was no verdict");
}

static MANY: Card = Card {
    rule: "no-owner",
    level: Level::Warn,
    integrity: false,
    source: "//! # Many\n//!\n//! ## Why\n//!\n//! Many.\n",
};

#[test]
fn sarif_stops_where_code_scanning_does_and_says_so() {
    let opened = onward::register::open(small().path());
    let mut docket = Docket::default();
    docket.extend((0..25_001).map(|n| Finding::new(&MANY, None, format!("finding {n}"))));
    let run = Run {
        as_of: DAY.parse().expect("a day"),
        as_of_source: AsOfSource::Option,
        sources: &opened.sources,
        prefix: "",
        register: &opened.register,
        assessment: None,
        docket: &docket,
        located: &onward::finding::locate(&opened.sources, docket.findings()),
        mends: &onward::mend::Sought::of(None),
        since: None,
    };
    let report: Value = serde_json::from_str(&sarif::render(&run)).expect("JSON");
    assert_eq!(report["runs"][0]["results"].as_array().expect("results").len(), 25_000);
    let notice = &report["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(notice.as_str().is_some_and(|text| text.starts_with("1 finding left out")), "{notice}");
    let comment = markdown::render(&run);
    assert!(comment.len() < 65_536, "a comment on GitHub has no more room: {}", comment.len());
    assert!(comment.contains("left out of this comment"), "{}", &comment[comment.len() - 200..]);
}

#[test]
fn junit_counts_failures_errors_and_skipped_as_the_check_does() {
    let report = Report::deserialize_from_str(&reported(small().path(), DAY, junit::render)).expect("JUnit");
    assert_eq!((report.failures, report.errors, report.skipped), (1, 0, 1));
    let cases: Vec<_> = report.test_suites.iter().flat_map(|suite| &suite.test_cases).collect();
    let passed = |rule: &str| {
        let of_rule = cases.iter().filter(|case| case.classname.as_ref().is_some_and(|name| name.as_str() == rule));
        of_rule.map(|case| matches!(case.status, TestCaseStatus::Success { .. })).collect::<Vec<_>>()
    };
    assert_eq!(passed("unsafeguarded-transfer"), [false, false]);
    assert_eq!(passed("broken-promise"), [true], "a rule that found nothing has passed");
    assert_eq!(passed("unread-file"), [true], "a warning fails nothing");
    let broken = folder(&[("b.toml", "zzz = 1\n")]);
    let report = Report::deserialize_from_str(&reported(broken.path(), DAY, junit::render)).expect("JUnit");
    assert_eq!((report.failures, report.errors), (0, 1), "no verdict is an error");
    let suites: BTreeSet<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert!(!suites.contains("unsafeguarded-transfer"), "a rule that has not looked has not passed");
}

/// What GitLab asks of an issue. Source: its documentation of the code quality report format.
fn gitlab_schema() -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "minLength": 1 },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": { "type": "string", "pattern": "^[^/]" },
                        "lines": { "required": ["begin"], "properties": { "begin": { "type": "integer", "minimum": 1 } } },
                    },
                },
            },
        },
    })
}

#[test]
fn the_report_for_gitlab_has_what_gitlab_asks_for_and_no_fingerprint_twice() {
    let validator = jsonschema::validator_for(&gitlab_schema()).expect("a schema");
    let twice = folder(&[("b.toml", "[[data]]\nid = \"A\"\n[[data]]\nid = \"A\"\n")]);
    for register in [small(), faults::all(), twice] {
        let report: Value = serde_json::from_str(&reported(register.path(), DAY, gitlab::render)).expect("JSON");
        assert!(validator.is_valid(&report), "{report:#}");
        let issues = report.as_array().expect("issues");
        let prints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().expect("one")).collect();
        assert_eq!(prints.len(), issues.len());
    }
}

#[test]
fn the_markdown_holds_no_link_no_picture_and_no_markup_of_the_register() {
    for text in HOSTILE {
        let register = hostile(text);
        let comment = reported(register.path(), DAY, markdown::render);
        assert_eq!(only_text(&comment), Ok(()), "{text}:\n{comment}");
        for glued in ["@everyone", "#1 ", "!1 ", "https://", "www.evil", "a@b"] {
            let outside: String = comment.split('`').step_by(2).collect();
            assert!(!outside.contains(glued), "{glued} of {text} is left alone:\n{comment}");
        }
    }
}

/// The register of every fault, with a text of a stranger wherever a text can stand.
fn hostile(text: &str) -> tempfile::TempDir {
    let register = faults::all();
    let mut files = Vec::new();
    list(register.path(), &mut files);
    let quoted = toml::Value::String(text.to_owned()).to_string();
    let free = [
        "notes",
        "quote",
        "reason",
        "owner",
        "approved-by",
        "contact",
        "services",
        "legal-basis",
        "authority",
        "retention",
        "section",
        "notice",
        "organisation",
        "title",
    ];
    for file in files {
        let content = std::fs::read_to_string(&file).expect("a file");
        let lines = content.lines().enumerate().map(|(at, line)| {
            let key = line.split(" = ").next().unwrap_or_default();
            let is_one_line = line.contains(" = ") && !line.ends_with("\"\"\"");
            if is_one_line && free.contains(&key) {
                format!("{key} = {quoted}")
            } else if is_one_line && key == "name" {
                // Names differ, else they would be findings themselves.
                format!("name = {}", toml::Value::String(format!("{text} {at}")))
            } else {
                line.to_owned()
            }
        });
        let content: Vec<String> = lines.collect();
        std::fs::write(&file, content.join("\n") + "\n").expect("a file");
    }
    register
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            list(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            into.push(path);
        }
    }
}

#[test]
fn a_hostile_register_makes_no_format_misbehave() {
    for text in HOSTILE {
        let register = hostile(text);
        let path = register.path().to_str().expect("a path");
        let mut counts = BTreeSet::new();
        for format in FORMATS {
            let done = onward(&["check", path, "--as-of", DAY, "--format", format]);
            let output = String::from_utf8(done.stdout).expect("UTF-8");
            assert_eq!(done.status.code(), Some(1), "{text} as {format}: {output}");
            assert_eq!(harmless(format, &output), Ok(()), "{text} as {format}:\n{output}");
            counts.insert(match format {
                "json" => from_json(&output).len(),
                "sarif" => from_sarif(&output).len(),
                "junit" => from_junit(&output).len(),
                "gitlab" => from_gitlab(&output).len(),
                "csv" => from_csv(&output).len(),
                "markdown" => from_markdown(&output).len(),
                "concise" => from_concise(&output).len(),
                _ => continue,
            });
            if format == "csv" {
                let mut reader = ::csv::Reader::from_reader(output.trim_start_matches('\u{feff}').as_bytes());
                let formula = |cell: &str| cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']);
                let cells: Vec<String> = reader
                    .records()
                    .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
                    .collect();
                assert!(!cells.iter().any(|cell| formula(cell)), "{text}: {cells:?}");
            }
        }
        assert_eq!(counts.len(), 1, "every format has the same number of findings: {text}: {counts:?}");
    }
}

#[test]
fn several_reports_come_of_one_run() {
    let register = small();
    let out = tempfile::tempdir().expect("a folder");
    let at = |name: &str| out.path().join(name);
    let report = |format: &str| format!("{format}={}", at(format).display());
    let wanted: Vec<String> = FORMATS.iter().map(|format| report(format)).collect();
    let mut arguments = vec!["check", register.path().to_str().expect("a path"), "--as-of", DAY, "--quiet"];
    arguments.extend(wanted.iter().flat_map(|report| ["--report", report]));
    let done = onward(&arguments);
    assert_eq!(done.status.code(), Some(1));
    for format in FORMATS {
        let alone =
            onward(&["check", register.path().to_str().expect("a path"), "--as-of", DAY, "-q", "--format", format]);
        assert_eq!(std::fs::read(at(format)).expect("the report"), alone.stdout, "{format}");
    }
}

#[test]
fn paths_are_told_from_the_top_of_the_repository() {
    let place = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(place.path().join("legal/register")).expect("folders");
    std::fs::create_dir(place.path().join(".git")).expect("a folder");
    std::fs::write(place.path().join("legal/register/register.toml"), HEAD).expect("a file");
    std::fs::write(place.path().join("legal/register/flows.toml"), "zzz = 1\n").expect("a file");
    let path = place.path().join("legal/register");
    for format in ["concise", "sarif", "junit", "github", "gitlab", "markdown", "csv"] {
        let done = onward(&["check", path.to_str().expect("a path"), "--format", format]);
        let output = String::from_utf8(done.stdout).expect("UTF-8");
        assert!(output.contains("legal/register/flows.toml"), "{format}: {output}");
    }
}

#[test]
fn quiet_prints_findings_and_nothing_else() {
    let register = small();
    let path = register.path().to_str().expect("a path");
    let done = onward(&["check", path, "--as-of", DAY, "--quiet"]);
    let output = String::from_utf8(done.stdout).expect("UTF-8");
    assert!(output.starts_with("error[unsafeguarded-transfer]") && !output.contains("verdicts"), "{output}");
    assert!(done.stderr.is_empty());
    let clean = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/clean");
    for format in ["text", "concise"] {
        let done = onward(&["check", clean, "--as-of", DAY, "-q", "--format", format]);
        assert_eq!((done.stdout.len(), done.stderr.len(), done.status.code()), (0, 0, Some(0)), "nothing to say");
    }
}

#[test]
fn the_command_line_sets_levels_over_the_register() {
    let register = small();
    let path = register.path().to_str().expect("a path");
    let status = |more: &[&str]| onward(&[&["check", path, "--as-of", DAY], more].concat()).status.code();
    assert_eq!(status(&[]), Some(1));
    assert_eq!(status(&["--allow", "unsafeguarded-transfer"]), Some(0));
    assert_eq!(status(&["--warn", "unsafeguarded-transfer"]), Some(0));
    assert_eq!(status(&["--warn", "unsafeguarded-transfer", "--deny-warnings"]), Some(1));
    assert_eq!(status(&["--warn", "unsafeguarded-transfer", "--deny", "unread-file"]), Some(1));
    assert_eq!(status(&["--warn", "no-owner", "--deny", "no-owner"]), Some(2), "two levels");
    let done = onward(&["check", path, "--deny", "unsafeguarded-transfers"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("did you mean `unsafeguarded-transfer`?"));
    assert_eq!(status(&["--deny", "invalid-value"]), Some(2), "a broken file cannot be given a level");
}

#[test]
fn the_command_line_sets_how_far_ahead_to_warn() {
    let register = faults::all();
    let path = register.path().to_str().expect("a path");
    let expiring = |more: &[&str]| {
        let done = onward(&[&["check", path, "--as-of", DAY, "-q", "--format", "concise"], more].concat());
        String::from_utf8_lossy(&done.stdout).matches("[safeguard-expiring]").count()
    };
    // It ends on 2026-08-31: 91 days after the day of the check.
    assert_eq!(expiring(&["--horizon", "91 days"]), 1);
    assert_eq!(expiring(&["--horizon", "90 days"]), 0);
    let done = onward(&["check", path, "--horizon", "soon"]);
    assert_eq!(done.status.code(), Some(2));
}
