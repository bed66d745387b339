//! The law book as its files say it, and what is asked of tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use toml::{Table, Value};

static BOOK: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/law/book");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the book").map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a file").parse().expect("TOML")).collect()
});

/// The records of a kind.
pub fn rows(kind: &str) -> impl Iterator<Item = &'static Table> {
    BOOK.iter().flat_map(move |file| tables(file, kind))
}

static INSTRUMENTS: LazyLock<BTreeMap<&str, &Table>> =
    LazyLock::new(|| rows("instrument").map(|row| (text(row, "id"), row)).collect());

static ACCEPTANCES: LazyLock<BTreeMap<(&str, &str), &Table>> =
    LazyLock::new(|| rows("acceptance").map(|row| ((text(row, "regime"), text(row, "instrument")), row)).collect());

static DECISIONS: LazyLock<BTreeMap<&str, Vec<&Table>>> = LazyLock::new(|| {
    let mut decisions: BTreeMap<&str, Vec<&Table>> = BTreeMap::new();
    rows("adequacy").for_each(|row| decisions.entry(text(row, "regime")).or_default().push(row));
    decisions
});

/// An instrument.
pub fn instrument(id: &str) -> &'static Table {
    INSTRUMENTS[id]
}

/// An instrument under a law.
pub fn acceptance(law: &'static str, id: &'static str) -> Option<&'static Table> {
    ACCEPTANCES.get(&(law, id)).copied()
}

/// The decisions of a law, in the order of the book.
pub fn decisions(law: &str) -> impl Iterator<Item = &'static Table> {
    DECISIONS.get(law).into_iter().flatten().copied()
}

/// Whether a decision names an instrument as the certificate that a recipient must hold.
pub fn is_named_by_decision(id: &str) -> bool {
    let scopes = DECISIONS.values().flatten().filter_map(|row| row.get("scope")?.as_table());
    scopes.into_iter().any(|scope| text(scope, "certification") == id)
}

/// The tables of a list.
pub fn tables<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

/// A text; nothing is the empty one.
pub fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A list of texts; one text is a list of itself.
pub fn list<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    match table.get(key) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A day as text, which sorts as days do.
pub fn day(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Value::as_datetime).map(ToString::to_string)
}

/// True or false.
pub fn flag(table: &Table, key: &str, usual: bool) -> bool {
    table.get(key).and_then(Value::as_bool).unwrap_or(usual)
}

/// Whether a day is from a first to a last, both counted.
pub fn is_within(today: &str, first: Option<String>, last: Option<String>) -> bool {
    first.is_none_or(|first| *first <= *today) && last.is_none_or(|last| *today <= *last)
}

/// Whether a place counts as another: a subdivision as its country.
pub fn counts_as(place: &str, other: &str) -> bool {
    let of_its_own = ["AE-DIFC", "AE-ADGM"].contains(&place);
    place == other || (!of_its_own && place.strip_prefix(other).is_some_and(|rest| rest.starts_with('-')))
}

/// The places of an area on a day; nothing where there is no such area.
pub fn members(area: &str, today: &str) -> Option<Vec<&'static str>> {
    let area = rows("area").find(|row| text(row, "id") == area.to_lowercase())?;
    let members = tables(area, "members").filter(|row| is_within(today, day(row, "from"), day(row, "until")));
    Some(members.map(|row| text(row, "code")).collect())
}

/// Whether a place is among places and areas on a day.
pub fn is_among(place: &str, list: &[&str], today: &str) -> bool {
    list.iter().any(|item| match members(item, today) {
        Some(members) => members.iter().any(|member| counts_as(place, member)),
        None => counts_as(place, item),
    })
}
