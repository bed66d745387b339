//! The JSON Schema of register files says what the loader does: no key more, none fewer.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use onward::record::{Kind, Shape, all_keys};
use onward::register::format;
use onward::report::schema;
use serde_json::{Value, json};

use super::kit::{folder, judge_folder, onward};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema::render()).expect("JSON");
    assert!(jsonschema::draft7::meta::is_valid(&schema), "a schema of draft-07");
    jsonschema::draft7::options().should_validate_formats(true).build(&schema).expect("a schema that compiles")
}

/// A file as a TOML language server hands it to a schema: a date is a text.
fn as_json(text: &str) -> Value {
    fn value(from: toml::Value) -> Value {
        match from {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(flag) => json!(flag),
            toml::Value::Datetime(day) => json!(day.to_string()),
            toml::Value::Array(items) => items.into_iter().map(value).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, of)| (key, value(of))).collect(),
        }
    }
    value(toml::Value::Table(text.parse().expect("TOML")))
}

fn toml_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            toml_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            into.push(path);
        }
    }
}

#[test]
fn every_file_of_a_good_register_fits_the_schema() {
    let validator = validator();
    let made = tempfile::tempdir().expect("a folder");
    assert!(onward(&["init", &made.path().join("r").to_string_lossy()]).status.success());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in [&root.join("register"), &root.join("tests/faults/clean"), made.path()] {
        toml_files(folder, &mut files);
    }
    assert!(files.len() > 20, "the example is read: {files:?}");
    for file in files {
        let content = as_json(&fs::read_to_string(&file).expect("a file"));
        let wrong: Vec<String> =
            validator.iter_errors(&content).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", file.display());
    }
}

#[test]
fn init_writes_the_schema_and_each_file_names_it() {
    let made = tempfile::tempdir().expect("a folder");
    let root = made.path().join("r");
    assert!(onward(&["init", &root.to_string_lossy()]).status.success());
    let printed = onward(&["schema"]);
    assert_eq!(fs::read(root.join("register.schema.json")).expect("the schema"), printed.stdout);
    let mut files = Vec::new();
    toml_files(&root, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a file");
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).expect("a schema line");
        assert!(file.parent().expect("a folder").join(named).is_file(), "{} names {named}", file.display());
    }
}

/// The kinds whose keys are a list; those of `[rules]` are the rules.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::OF_REGISTER.into_iter().filter(|kind| *kind != Kind::Rules)
}

/// How many records are read at once.
const AT_ONCE: usize = 60;

/// A register in which each record has one line below its header, and where each record stands.
struct OneLiners {
    settings: String,
    records: String,
    /// The file and line of the one line, and its path in the JSON of the file.
    at: Vec<(&'static str, u64, String)>,
}

impl OneLiners {
    /// For every kind, a record a line that is wanted of it.
    fn of(lines: impl Fn(Kind) -> Vec<String>) -> Self {
        let mut all = Self { settings: "[register]\n".to_owned(), records: String::new(), at: Vec::new() };
        for kind in kinds() {
            for (index, line) in lines(kind).iter().enumerate() {
                let key = line.split(' ').next().expect("a key");
                let (name, into, path) = if kind == Kind::Register {
                    ("register.toml", &mut all.settings, format!("/register/{key}"))
                } else {
                    let _ = writeln!(all.records, "[[{}]]", kind.name());
                    ("records.toml", &mut all.records, format!("/{}/{index}/{key}", kind.name()))
                };
                into.push_str(line);
                into.push('\n');
                all.at.push((name, into.lines().count() as u64, path));
            }
        }
        all
    }

    /// What the loader says of values and keys, with file and line.
    fn told(&self) -> Vec<(String, u64, String)> {
        // A few records at a time, each on its line: of all together not everything would be told.
        let lines: Vec<&str> = self.records.lines().collect();
        let pieces = lines.chunks(2 * AT_ONCE).enumerate();
        let mut told = Vec::new();
        for (at, piece) in pieces {
            let records = "\n".repeat(at * 2 * AT_ONCE) + &piece.join("\n");
            let files = [("register.toml", self.settings.as_str()), ("records.toml", &records)];
            let report = judge_folder(folder(&files).path(), "2026-06-01").report;
            let findings = report["findings"].as_array().expect("findings").iter();
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            assert!(findings.clone().all(|finding| finding["rule"] != "over-limit"), "too many at once");
            let ours = findings.filter(|finding| {
                ["invalid-value", "unknown-key"].contains(&finding["rule"].as_str().expect("a rule"))
            });
            told.extend(ours.map(|finding| {
                let place = &finding["location"];
                (text(&place["file"]), place["line"].as_u64().expect("a line"), text(&finding["message"]))
            }));
        }
        told
    }

    /// What the schema says, with the path in the file.
    fn refused(&self, validator: &Validator) -> Vec<(String, String)> {
        let contents = [as_json(&self.settings), as_json(&self.records)];
        let errors = contents.iter().flat_map(|content| validator.iter_errors(content));
        errors.map(|error| (error.instance_path().as_str().to_owned(), error.to_string())).collect()
    }
}

#[test]
fn what_the_schema_lets_stand_behind_a_key_is_what_the_loader_reads() {
    let validator = validator();
    let samples = [
        "\"a-text\"",
        "\"\"",
        "\"A text: with words\"",
        "\"https://example.org/a\"",
        "\"12 months\"",
        "7",
        "300",
        "1.5",
        "true",
        "2024-05-31",
        "2024-05-31T10:00:00",
        "[\"a-text\"]",
        "[]",
        "[7]",
        "[[\"a-text\"]]",
        "{}",
        "[{}]",
    ];
    let mut differ = Vec::new();
    for sample in samples {
        // To a schema a date is a text, so it can tell them apart only where a date is wanted.
        let fits =
            |shape: Shape| !sample.starts_with("2024") || matches!(shape, Shape::Date | Shape::Flag | Shape::Numbers);
        let wanted = |kind| {
            let keys = all_keys(format::keys(kind)).filter(|key| fits(key.shape));
            keys.map(|key| format!("{} = {sample}", key.name)).collect()
        };
        let lines = OneLiners::of(wanted);
        let (told, refused) = (lines.told(), lines.refused(&validator));
        for (file, line, path) in &lines.at {
            let by_loader: Vec<_> = told.iter().filter(|(at, on, _)| at == file && on == line).collect();
            let below = format!("{path}/");
            let by_schema: Vec<_> = refused.iter().filter(|(at, _)| at == path || at.starts_with(&below)).collect();
            if by_loader.is_empty() != by_schema.is_empty() {
                differ.push(format!("{path} = {sample}\n  schema: {by_schema:?}\n  loader: {by_loader:?}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}:\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn a_key_that_is_in_no_list_is_known_to_neither() {
    let lines = OneLiners::of(|_| vec!["zzz = 1".to_owned()]);
    let (told, refused) = (lines.told(), lines.refused(&validator()));
    for (file, line, path) in &lines.at {
        let is_told =
            |(at, on, message): &(String, u64, String)| at == file && on == line && message.contains("`zzz` is no key");
        assert!(told.iter().any(is_told), "the loader knows {path}");
        let of_record = path.strip_suffix("/zzz").expect("a path");
        assert!(
            refused.iter().any(|(at, message)| at == of_record && message.contains("zzz")),
            "the schema knows {path}"
        );
    }
}

#[test]
fn the_loader_and_the_schema_ask_for_the_same_keys() {
    let lines = OneLiners::of(|_| vec!["notes = \"\"".to_owned()]);
    let (told, refused) = (lines.told(), lines.refused(&validator()));
    for (file, line, path) in &lines.at {
        let of_record = path.strip_suffix("/notes").expect("a path");
        let asked = |message: &str| message.strip_suffix(" is a required property").map(|key| key.replace('"', ""));
        let by_schema: BTreeSet<String> =
            refused.iter().filter(|(at, _)| at == of_record).filter_map(|(_, message)| asked(message)).collect();
        let missing = |message: &str| Some(message.split_once("` is missing")?.0.trim_start_matches('`').to_owned());
        let by_loader: BTreeSet<String> = told
            .iter()
            .filter(|(at, on, _)| at == file && *on == line - 1)
            .filter_map(|(_, _, message)| missing(message))
            .collect();
        assert_eq!(by_schema, by_loader, "{path}");
        assert!(!by_loader.is_empty(), "{path} needs something");
    }
}

#[test]
fn every_key_says_what_it_means() {
    fn look(keys: onward::record::Keys) {
        for key in all_keys(keys) {
            assert!(!key.says.is_empty() && !key.says.ends_with('.'), "{}: {}", key.name, key.says);
            if let Shape::Table(inner) | Shape::Tables(inner) = key.shape {
                look(inner);
            }
        }
    }
    kinds().for_each(|kind| look(format::keys(kind)));
}
