//! The keys that a table may have: what they are called, what they hold, what they mean.
//!
//! The readers take from here which keys exist and which must be there; the JSON Schema and the
//! page about the format are made from the same lists, so none of them can know a key too few.

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What stands behind it.
    pub shape: Shape,
    /// Whether the table is nothing without it.
    pub required: bool,
    /// What it means, in Markdown.
    pub says: &'static str,
}

/// The lists of keys that a table may have, one after the other.
pub type Keys = &'static [&'static [Key]];

/// What can stand behind a key. The reader's method of the same meaning reads it.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// The number of the format, 1.
    Format,
    /// An id that the record declares.
    Id,
    /// A list of ids that the record declares.
    Ids,
    /// The id of another record, or a code.
    Reference,
    /// A list of these, or a single one.
    References,
    /// A list of these with at least one, or a single one.
    SomeReferences,
    /// A list of labels.
    Labels,
    /// A short text of one line.
    Name,
    /// A list of short texts, or a single one.
    Names,
    /// A text.
    Text,
    /// A text that says something.
    SomeText,
    /// A web address.
    Url,
    /// A colour.
    Colour,
    /// A calendar day.
    Date,
    /// True or false.
    Flag,
    /// A length of time.
    Period,
    /// A whole number from 0 to 255.
    Number,
    /// A list of these.
    Numbers,
    /// One word of a set.
    Word(fn() -> Vec<&'static str>),
    /// A list of words of a set.
    Words(fn() -> Vec<&'static str>),
    /// Conditions: words, or lists of words of which one is enough.
    Conditions,
    /// A table.
    Table(Keys),
    /// A list of tables.
    Tables(Keys),
}

impl Key {
    /// A key that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, shape: Shape, says: &'static str) -> Self {
        Self { name, shape, required: false, says }
    }

    /// A key that must be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, says: &'static str) -> Self {
        Self { name, shape, required: true, says }
    }
}

/// The keys of a table, flat.
pub fn all(keys: Keys) -> impl Iterator<Item = &'static Key> {
    keys.iter().copied().flatten()
}

/// What the keys of a table are called.
pub fn names(keys: Keys) -> impl Iterator<Item = &'static str> {
    all(keys).map(|key| key.name)
}

/// The words of a set of words with their meanings.
#[must_use]
pub fn words<T>(set: &[(&'static str, T)]) -> Vec<&'static str> {
    set.iter().map(|(word, _)| *word).collect()
}

/// The keys that every record may have.
pub const COMMON: &[Key] = &[
    Key::new("owner", Shape::Name, "the person or team that answers for the record"),
    Key::new("reviewed", Shape::Date, "the day of the last review"),
    Key::new(
        "review-every",
        Shape::Period,
        "how often it is reviewed, such as `\"12 months\"`; default: the register's",
    ),
    Key::new("aliases", Shape::Ids, "former ids: references to them, and old page addresses, go on working"),
    Key::new("tags", Shape::Labels, "free labels; the scopes of some decisions read them"),
    Key::new("notes", Shape::Text, "remarks, in Markdown; assumptions belong here"),
];
