//! The house keeps its shape: who may use whom, and what every file begins with.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from left to right: a room uses only what stands to its right.
const ROOMS: [&str; 15] = [
    "cli", "serve", "site", "report", "change", "rules", "mend", "flow", "register", "law", "record", "finding",
    "source", "prose", "threads",
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, into);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            into.push(entry);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let named = |path: &PathBuf| path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
    files.iter().map(|path| (named(path), fs::read_to_string(path).expect("a source"))).collect()
}

#[test]
fn a_room_uses_only_what_stands_to_its_right() {
    let mut wrong = Vec::new();
    for (path, text) in all() {
        let Some(room) =
            ROOMS.iter().position(|room| path.starts_with(&format!("{room}/")) || path == format!("{room}.rs"))
        else {
            assert!(["lib.rs", "main.rs"].contains(&path.as_str()), "{path} belongs to no room: add it to ROOMS");
            continue;
        };
        for (line, used) in text
            .lines()
            .enumerate()
            .flat_map(|(at, line)| line.split("crate::").skip(1).map(move |used| (at + 1, used)))
        {
            let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            if ROOMS.iter().position(|room| *room == used).is_some_and(|other| other < room) {
                wrong.push(format!("{path}:{line} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "these look to the left:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let bare: Vec<String> =
        all().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(bare.is_empty(), "these open without a `//!` line: {bare:?}");
}

#[test]
fn no_file_is_past_four_hundred_lines() {
    let long: Vec<String> = all()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 400)
        .map(|(path, text)| format!("{path}: {}", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "each of these is asking to be two: {long:?}");
}

#[test]
fn every_rule_file_is_in_the_list_of_rules() {
    let cards: Vec<String> =
        onward::rules::cards().iter().map(|card| format!("{}.rs", card.rule.replace('-', "_"))).collect();
    for (path, text) in all() {
        let Some(file) = path.strip_prefix("rules/").or(path.strip_prefix("finding/integrity/")) else { continue };
        if text.starts_with("//! # ") {
            assert!(
                cards.iter().any(|card| card == file),
                "{path} holds a rule: add it to the list in its folder's mod.rs"
            );
        }
    }
}

#[test]
fn the_format_knows_every_rule() {
    for card in onward::rules::cards().into_iter().filter(|card| !card.integrity) {
        assert!(onward::finding::FORMAT_RULES.contains(&card.rule), "add {} to FORMAT_RULES", card.rule);
    }
    let mut sorted = onward::finding::FORMAT_RULES.to_vec();
    sorted.sort_unstable();
    assert_eq!(sorted, onward::finding::FORMAT_RULES);
}
