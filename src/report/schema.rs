//! The JSON Schema (draft-07) of register files, for editors: made from the lists of keys that
//! the readers use.
//!
//! A date of TOML is a text to JSON Schema, of the format `date`. What a schema cannot say
//! (that an id exists, that an end comes after a beginning) is left to `onward check`.

use serde_json::{Map, Value, json};

use crate::finding::{FORMAT_RULES, Level};
use crate::record::{Key, Keys, Kind, Shape, all_keys};
use crate::register::format;
use crate::rules;

/// Renders the schema, with a line end.
#[must_use]
pub fn render() -> String {
    let kinds = Kind::OF_REGISTER.map(|kind| (kind.name().to_owned(), of_kind(kind)));
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of an onward register, format 1",
        "type": "object",
        "additionalProperties": false,
        "properties": Map::from_iter(kinds),
    });
    // Serializing a value of texts and numbers into memory cannot fail.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

fn of_kind(kind: Kind) -> Value {
    let mut schema = match kind {
        Kind::Rules => levels(),
        _ if kind.is_single() => table(format::keys(kind)),
        _ => json!({ "type": "array", "items": table(format::keys(kind)) }),
    };
    schema["description"] = json!(format::says(kind));
    schema
}

fn table(keys: Keys) -> Value {
    let required: Vec<&str> = all_keys(keys).filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": all_keys(keys).map(|key| (key.name.to_owned(), of_key(key))).collect::<Map<_, _>>(),
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn of_key(key: &Key) -> Value {
    let mut schema = of_shape(key.shape);
    schema["description"] = json!(key.says);
    schema
}

fn of_shape(shape: Shape) -> Value {
    let line = json!({ "type": "string", "maxLength": 512 });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let one_or = |list: Value| json!({ "anyOf": [line.clone(), list] });
    match shape {
        Shape::Format => json!({ "const": 1 }),
        Shape::Id => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64 }),
        Shape::Ids => list(of_shape(Shape::Id)),
        Shape::Reference => line,
        Shape::References | Shape::Names => one_or(list(line.clone())),
        Shape::SomeReferences => {
            let mut some = list(line.clone());
            some["minItems"] = json!(1);
            one_or(some)
        }
        Shape::Labels => list(line),
        Shape::Name => json!({ "type": "string", "pattern": "\\S", "maxLength": 512 }),
        Shape::Text => json!({ "type": "string", "maxLength": 65_536 }),
        Shape::SomeText => json!({ "type": "string", "pattern": "\\S", "maxLength": 65_536 }),
        Shape::Url => json!({ "type": "string", "pattern": "^https?://[^ ]+$", "maxLength": 2_048 }),
        Shape::Colour => json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Period => json!({ "type": "string", "pattern": "^[1-9][0-9]* (day|week|month|year)s?$" }),
        Shape::Number => json!({ "type": "integer", "minimum": 0, "maximum": 255 }),
        Shape::Numbers => list(of_shape(Shape::Number)),
        Shape::Word(words) => json!({ "enum": words() }),
        Shape::Words(words) => list(json!({ "enum": words() })),
        Shape::Conditions => {
            let choice = json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
            list(json!({ "anyOf": [{ "type": "string" }, choice] }))
        }
        Shape::Table(keys) => table(keys),
        Shape::Tables(keys) => list(table(keys)),
    }
}

/// The rules that a register can set a level for.
fn levels() -> Value {
    let words = Level::ALL.map(Level::as_str);
    let cards = rules::cards();
    let rules = FORMAT_RULES.iter().map(|rule| {
        let mut schema = json!({ "enum": words });
        if let Some(card) = cards.iter().find(|card| card.rule == *rule) {
            schema["description"] = json!(card.title());
        }
        ((*rule).to_owned(), schema)
    });
    json!({ "type": "object", "additionalProperties": false, "properties": rules.collect::<Map<_, _>>() })
}
