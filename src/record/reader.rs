//! Reading the fields of a table, one pass, every problem filed.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::all;
use super::{Common, Interner, Keys, Sym, Within};
use crate::finding::integrity::{invalid_value, unknown_key};
use crate::finding::{Finding, Problems};
use crate::prose;
use crate::source::Place;

/// What reading needs beside the text: the names so far, and where problems go.
#[derive(Debug)]
pub struct Reader<'r> {
    /// The names.
    pub names: &'r mut Interner,
    /// The problems.
    pub problems: &'r mut Problems,
}

/// A key of a table and its value.
#[derive(Clone, Copy, Debug)]
pub struct Field<'t> {
    /// The key.
    pub key: &'t str,
    /// The value.
    pub value: &'t DeValue<'t>,
    /// The table.
    pub within: Within,
}

/// The fields of a table.
pub fn fields<'t>(table: &'t DeTable<'t>, within: Within) -> impl Iterator<Item = Field<'t>> {
    table.iter().map(move |(key, value): (&Spanned<_>, &Spanned<_>)| Field {
        key: key.get_ref(),
        value: value.get_ref(),
        within,
    })
}

impl Field<'_> {
    /// The place of the value.
    #[must_use]
    pub fn place(&self) -> Place {
        self.within.key(self.key)
    }
}

impl Reader<'_> {
    /// Files a value that cannot be what its key means.
    pub fn invalid(&mut self, place: Place, message: impl Into<Box<str>>, help: impl Into<Box<str>>) {
        self.problems.push(Finding::new(&invalid_value::CARD, place, message).help(help));
    }

    /// Files a value of the wrong type.
    pub fn wrong_type(&mut self, field: &Field<'_>, wanted: &str) {
        let message = format!("{} must be {wanted}, not {}", prose::quote(field.key), type_name(field.value));
        self.invalid(field.place(), message, format!("write {wanted}"));
    }

    /// Files a key that the table does not have.
    pub fn unknown(&mut self, field: &Field<'_>, keys: impl Iterator<Item = &'static str>, table: &str) {
        let place = field.within.key_name(field.key);
        let message = format!("{} is no key of {table}", prose::quote(field.key));
        let mut known: Vec<&str> = keys.collect();
        known.sort_unstable();
        let help = match prose::nearest(field.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys of {table} are {}", prose::list(&prose::quoted(&known))),
        };
        self.problems.push(Finding::new(&unknown_key::CARD, place, message).label("unknown key").help(help));
    }

    /// Files every required key that the table lacks.
    pub fn require(&mut self, table: &DeTable<'_>, within: Within, what: &str, keys: Keys) {
        for key in all(keys).filter(|key| key.required).map(|key| key.name) {
            if !table.contains_key(key) {
                let message = format!("`{key}` is missing from this {what}");
                let finding = Finding::new(&invalid_value::CARD, within.place(), message);
                self.problems.push(finding.label(format!("needs `{key}`")).help(format!("add `{key} = …`")));
            }
        }
    }

    /// Reads a key that every record may have; false if the key is none of those.
    pub fn common(&mut self, field: &Field<'_>, common: &mut Common) -> bool {
        if !matches!(field.key, "owner" | "reviewed" | "review-every" | "aliases" | "tags" | "notes") {
            return false;
        }
        match field.key {
            "owner" => common.owner = self.line(field).map(|owner| self.names.intern(owner)),
            "reviewed" => common.reviewed = self.date(field),
            "review-every" => common.review_every = self.period(field),
            "aliases" => common.remarks.aliases = self.ids(field),
            "tags" => common.remarks.tags = self.words(field),
            _ => common.remarks.notes = self.text(field),
        }
        true
    }

    /// The name of a number.
    #[must_use]
    pub fn named(&self, sym: Sym) -> &str {
        self.names.name(sym)
    }
}

/// The kind of a value, in words.
pub(super) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
