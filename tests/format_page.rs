//! The page about the format has every key, and its examples load.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use onward::record::{COMMON, Key, Kind, Shape, all_keys};
use onward::register::format;

use super::kit::{folder, judge_folder};

fn page() -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/register-format.md");
    let text = fs::read_to_string(&path).expect("the page");
    (path, text)
}

/// What a key holds, in words.
fn holds(shape: Shape) -> String {
    let listed = |words: Vec<&str>| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" · ");
    match shape {
        Shape::Format => "`1`".to_owned(),
        Shape::Id => "id".to_owned(),
        Shape::Ids => "list of ids".to_owned(),
        Shape::Reference => "id or word".to_owned(),
        Shape::References => "list".to_owned(),
        Shape::SomeReferences => "list, not empty".to_owned(),
        Shape::Labels => "list of labels".to_owned(),
        Shape::Name => "short text".to_owned(),
        Shape::Names => "list of short texts".to_owned(),
        Shape::Text | Shape::SomeText => "text".to_owned(),
        Shape::Url => "address".to_owned(),
        Shape::Colour => "colour, as `#0b57a4`".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Period => "length of time".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Numbers => "list of numbers".to_owned(),
        Shape::Word(words) => listed(words()),
        Shape::Words(words) => format!("list of words: {}", listed(words())),
        Shape::Conditions => "list of words, or of lists of words".to_owned(),
        Shape::Table(_) => "table".to_owned(),
        Shape::Tables(_) => "tables".to_owned(),
    }
}

fn table<'k>(keys: impl Iterator<Item = &'k Key>) -> String {
    let mut table = "| key | holds | meaning |\n|---|---|---|\n".to_owned();
    for key in keys {
        let need = if key.required { ", required" } else { "" };
        let _ = writeln!(table, "| `{}` | {}{need} | {} |", key.name, holds(key.shape), key.says);
    }
    table
}

/// The keys of a section: of a kind, of a table inside one, or of all.
fn keys_of(section: &str) -> Vec<&'static Key> {
    if section == "common" {
        return COMMON.iter().collect();
    }
    let is_common = |key: &&Key| COMMON.iter().any(|common| common.name == key.name);
    if let Some(kind) = Kind::named(section) {
        // The keys of every record have a section of their own, except where only some of them stand.
        return all_keys(format::keys(kind)).filter(|key| kind == Kind::Register || !is_common(key)).collect();
    }
    let inner = Kind::OF_REGISTER.into_iter().flat_map(|kind| all_keys(format::keys(kind)));
    let found = inner.filter(|key| key.name == section).find_map(|key| match key.shape {
        Shape::Table(keys) | Shape::Tables(keys) => Some(keys),
        _ => None,
    });
    all_keys(found.unwrap_or_else(|| panic!("no table is called {section}"))).collect()
}

#[test]
fn the_page_has_every_key_with_its_meaning() {
    let (path, text) = page();
    let mut wanted = String::new();
    let mut sections = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("<!-- keys: ") {
        let (section, after) = after.split_once(" -->\n").expect("an end of the comment");
        let (_, after) = after.split_once("<!-- end -->").expect("an end of the section");
        let _ =
            write!(wanted, "{before}<!-- keys: {section} -->\n\n{}\n<!-- end -->", table(keys_of(section).into_iter()));
        sections.push(section);
        rest = after;
    }
    wanted.push_str(rest);
    for kind in Kind::OF_REGISTER {
        let told = if kind.is_party() { "affiliate" } else { kind.name() };
        assert!(kind == Kind::Rules || sections.contains(&told), "the page has no section for {}", kind.name());
        for key in all_keys(format::keys(kind)).filter(|key| matches!(key.shape, Shape::Table(_) | Shape::Tables(_))) {
            assert!(sections.contains(&key.name), "the page has no section for the tables of {}", key.name);
        }
    }
    if wanted != text && std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
        fs::write(path, &wanted).expect("the page");
        return;
    }
    assert_eq!(wanted, text, "INSTA_UPDATE=always writes the tables anew");
}

/// The records that the examples of the page refer to.
const REST: &str = r#"
[[data]]
id = "contact-details"
name = "Contact details"
[[subjects]]
id = "customers"
name = "Customers"
[[purpose]]
id = "support"
name = "Support"
[[affiliate]]
id = "acme"
name = "Acme GmbH"
jurisdiction = "DE"
[[affiliate]]
id = "acme-uk"
name = "Acme Ltd"
jurisdiction = "GB"
[[affiliate]]
id = "acme-india"
name = "Acme Pvt Ltd"
jurisdiction = "IN"
[[collection]]
id = "orders"
by = "acme"
data = ["contact-details"]
subjects = ["customers"]
purposes = ["support"]
subjects-in = ["eea"]
[[jurisdiction]]
code = "IN"
[[jurisdiction.assessment]]
id = "india-2024"
date = 2024-01-15
outcome = "no-extra-measures"
"#;

#[test]
fn the_examples_of_the_page_load() {
    let (_, text) = page();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 4, "the examples");
    let files = [
        ("register.toml", blocks[0]),
        ("vendors/helpdesk.toml", blocks[1]),
        ("papers.toml", blocks[2]),
        ("rest.toml", REST),
    ];
    let report = judge_folder(folder(&files).path(), "2026-06-01").report;
    assert!(report["verdicts"].is_array(), "{:#}", report["findings"]);
    assert_eq!(report["summary"]["denied"], 0, "{:#}", report["findings"]);
    assert_eq!(report["verdicts"][0]["outcome"], "safeguarded");
}
