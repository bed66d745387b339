//! The records of a register as they are written, and what turned in them key by key.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::source::Sources;

/// What tells a record from others: its section, such as `transfer`, and its id.
pub(super) type Name = (String, String);

/// A record as it is written: its keys, those of tables inside it joined by dots.
pub type Record = BTreeMap<String, Value>;

/// The records of a register by name. What cannot be read as TOML is passed over: a judged
/// register has no such file.
#[derive(Debug, Default)]
pub struct Records {
    records: BTreeMap<Name, Record>,
}

/// A record that came, went or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The section.
    pub section: String,
    /// The id.
    pub id: String,
    /// What happened to it.
    pub turned: Turned,
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Turned {
    /// It was not there before.
    Came(Record),
    /// It is not there any more.
    Went(Record),
    /// Keys and their values before and after.
    Changed(Vec<(String, Option<Value>, Option<Value>)>),
}

impl Records {
    /// Reads the files of a register again, for their records.
    #[must_use]
    pub fn of(sources: &Sources) -> Self {
        let mut records = Self::default();
        for file in sources.ids() {
            let text = sources.text(file).unwrap_or_default();
            let Ok(table) = text.trim_start_matches('\u{feff}').parse::<Table>() else { continue };
            for (section, value) in table {
                match value {
                    Value::Table(table) => records.take(&section, table),
                    Value::Array(items) => {
                        for item in items {
                            if let Value::Table(table) = item {
                                records.take(&section, table);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        records
    }

    /// The records of one section, in order of their ids.
    pub fn section<'r>(&'r self, section: &'r str) -> impl Iterator<Item = (&'r str, &'r Record)> {
        let of_section = self.records.iter().filter(move |((kind, _), _)| kind == section);
        of_section.map(|((_, id), record)| (id.as_str(), record))
    }

    /// What turned since another register, in order of sections and ids.
    #[must_use]
    pub fn since(&self, before: &Self) -> Vec<Turn> {
        let names: BTreeSet<&Name> = before.records.keys().chain(self.records.keys()).collect();
        let turn = |name: &Name| {
            let turned = match (before.records.get(name), self.records.get(name)) {
                (None, Some(after)) => Turned::Came(after.clone()),
                (Some(before), None) => Turned::Went(before.clone()),
                (Some(before), Some(after)) if before != after => Turned::Changed(keys(before, after)),
                _ => return None,
            };
            Some(Turn { section: name.0.clone(), id: name.1.clone(), turned })
        };
        names.into_iter().filter_map(turn).collect()
    }

    fn take(&mut self, section: &str, table: Table) {
        let id = id(section, &table);
        let mut record = Record::new();
        let mut inner = Vec::new();
        flatten("", table, &mut record, &mut inner);
        for (inside, table) in inner {
            // An assessment belongs to its place, and is a record of its own all the same.
            self.take(&format!("{section}.{inside}"), table);
        }
        let mut name = (section.to_owned(), id);
        // Two records of one name: the register is unusable; here each keeps a place.
        while self.records.contains_key(&name) {
            name.1.push('\'');
        }
        self.records.insert(name, record);
    }
}

/// The id of a record: what its section is told apart by.
fn id(section: &str, table: &Table) -> String {
    let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
    let of_ends = || {
        let end = |key: &str| match table.get(key) {
            Some(Value::String(one)) => one.clone(),
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
            _ => String::new(),
        };
        (section == "transfer").then(|| format!("{}--{}", end("from"), end("to")))
    };
    text("id").or_else(|| text("code")).or_else(of_ends).unwrap_or_default()
}

/// Keys of tables inside a record are joined by dots; lists of tables that have ids are records.
fn flatten(before: &str, table: Table, record: &mut Record, inner: &mut Vec<(String, Table)>) {
    for (key, value) in table {
        let key = if before.is_empty() { key } else { format!("{before}.{key}") };
        match value {
            Value::Table(table) => flatten(&key, table, record, inner),
            Value::Array(items) if items.iter().any(|item| item.get("id").is_some()) => {
                for item in items {
                    if let Value::Table(table) = item {
                        inner.push((key.clone(), table));
                    }
                }
            }
            value => drop(record.insert(key, value)),
        }
    }
}

fn keys(before: &Record, after: &Record) -> Vec<(String, Option<Value>, Option<Value>)> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    differing.map(|key| (key.clone(), before.get(key).cloned(), after.get(key).cloned())).collect()
}
