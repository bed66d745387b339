//! The kinds of value that fields have: ids, names, texts, addresses, dates, words of a set.

use jiff::civil::Date;
use toml::de::DeValue;

use super::reader::type_name;
use super::{Few, Field, Period, Reader, Sym};
use crate::finding::Finding;
use crate::finding::integrity::over_limit;
use crate::prose;
use crate::source::Place;

/// The most characters of an id, a name, a web address and any other text.
const MAX_ID: usize = 64;
const MAX_NAME: usize = 512;
const MAX_URL: usize = 2_048;
const MAX_TEXT: usize = 65_536;

/// Whether a text is an id: kebab-case, at most 64 characters.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

impl Reader<'_> {
    /// An id that a record declares.
    pub fn id(&mut self, field: &Field<'_>) -> Option<Sym> {
        let text = self.string(field)?;
        self.checked_id(text, field.place())
    }

    /// A list of ids that a record declares.
    pub fn ids(&mut self, field: &Field<'_>) -> Few<Sym> {
        let items = self.strings(field, false);
        items.into_iter().filter_map(|(at, text)| self.checked_id(text, field.within.item(field.key, at))).collect()
    }

    /// The name of a record, or what a file calls it.
    pub fn reference(&mut self, field: &Field<'_>) -> Option<Sym> {
        let text = self.string(field)?;
        self.checked(text, MAX_NAME, false, || field.place())?;
        Some(self.names.intern(text))
    }

    /// A list of references; where `one` is allowed, a single text is a list of itself.
    pub fn references(&mut self, field: &Field<'_>, one: bool) -> Few<Sym> {
        let items = self.strings(field, one);
        let mut list = Few::with_capacity(items.len());
        for (at, text) in items {
            if self.checked(text, MAX_NAME, false, || field.within.item(field.key, at)).is_some() {
                list.push(self.names.intern(text));
            }
        }
        list
    }

    /// A list of references that must not be empty.
    pub fn some_references(&mut self, field: &Field<'_>, one: bool) -> Few<Sym> {
        let list = self.references(field, one);
        if matches!(field.value, DeValue::Array(items) if items.is_empty()) {
            let message = format!("{} names nothing", prose::quote(field.key));
            self.invalid(field.place(), message, "list at least one id");
        }
        list
    }

    /// A list of free labels.
    pub fn words(&mut self, field: &Field<'_>) -> Few<Sym> {
        self.references(field, false)
    }

    /// A text of any number of lines that says something.
    pub fn some_text(&mut self, field: &Field<'_>) -> Option<Box<str>> {
        let text = self.text(field)?;
        if text.trim().is_empty() {
            self.invalid(field.place(), format!("{} is empty", prose::quote(field.key)), "write a text");
            return None;
        }
        Some(text)
    }

    /// A short text of one line.
    pub fn name(&mut self, field: &Field<'_>) -> Option<Box<str>> {
        self.line(field).map(Into::into)
    }

    /// The same, where it stands.
    pub(super) fn line<'t>(&mut self, field: &Field<'t>) -> Option<&'t str> {
        let text = self.string(field)?;
        if text.trim().is_empty() {
            self.invalid(
                field.place(),
                format!("{} is empty", prose::quote(field.key)),
                "write a text, or leave the key out",
            );
            return None;
        }
        self.checked(text, MAX_NAME, false, || field.place())
    }

    /// A list of short texts; a single text is a list of itself.
    pub fn name_list(&mut self, field: &Field<'_>) -> Vec<Box<str>> {
        let items = self.strings(field, true);
        let place = |at| field.within.item(field.key, at);
        items
            .into_iter()
            .filter_map(|(at, text)| self.checked(text, MAX_NAME, false, || place(at)).map(Into::into))
            .collect()
    }

    /// A text of any number of lines.
    pub fn text(&mut self, field: &Field<'_>) -> Option<Box<str>> {
        let text = self.string(field)?;
        self.checked(text, MAX_TEXT, true, || field.place()).map(Into::into)
    }

    /// A web address: `https://…` or `http://…`.
    pub fn url(&mut self, field: &Field<'_>) -> Option<Box<str>> {
        let text = self.string(field)?;
        self.checked(text, MAX_URL, false, || field.place())?;
        if is_web_address(text) {
            return Some(text.into());
        }
        let message = format!("{} is no web address", prose::quote(text));
        self.invalid(
            field.place(),
            message,
            "write an address that begins with `https://` or `http://` and names a host",
        );
        None
    }

    /// A calendar day.
    pub fn date(&mut self, field: &Field<'_>) -> Option<Date> {
        let help = "write a calendar day without quotes and without a time, such as 2024-05-31";
        let DeValue::Datetime(stamp) = field.value else {
            let message = format!("{} must be a date, not {}", prose::quote(field.key), type_name(field.value));
            self.invalid(field.place(), message, help);
            return None;
        };
        let (Some(date), None, None) = (stamp.date, stamp.time, stamp.offset) else {
            self.invalid(field.place(), format!("{} must be a date without a time", prose::quote(field.key)), help);
            return None;
        };
        let year = i16::try_from(date.year).ok().filter(|year| (1900..=9999).contains(year));
        let day =
            year.and_then(|year| Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok());
        if day.is_none() {
            let message = format!("{} is no day between 1900 and 9999", prose::quote(&date.to_string()));
            self.invalid(field.place(), message, "write a day that exists");
        }
        day
    }

    /// True or false.
    pub fn flag(&mut self, field: &Field<'_>) -> Option<bool> {
        let DeValue::Boolean(flag) = field.value else {
            self.wrong_type(field, "true or false");
            return None;
        };
        Some(*flag)
    }

    /// A length of time.
    pub fn period(&mut self, field: &Field<'_>) -> Option<Period> {
        let text = self.string(field)?;
        let period = Period::parse(text);
        if period.is_none() {
            let message = format!("{} is no length of time", prose::quote(text));
            self.invalid(field.place(), message, "write `N days`, `N weeks`, `N months` or `N years`");
        }
        period
    }

    /// One word of a set.
    pub fn one_of<T: Copy>(&mut self, field: &Field<'_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.string(field)?;
        self.word(text, words, || field.place())
    }

    /// A list of words of a set.
    pub fn some_of<T: Copy>(&mut self, field: &Field<'_>, words: &[(&str, T)]) -> Vec<T> {
        let items = self.strings(field, false);
        items.into_iter().filter_map(|(at, text)| self.word(text, words, || field.within.item(field.key, at))).collect()
    }

    /// A small whole number from 0 to 255.
    pub fn small_number(&mut self, field: &Field<'_>) -> Option<u8> {
        let number = small(field.value);
        if number.is_none() {
            self.wrong_type(field, "a small whole number");
        }
        number
    }

    /// A list of small whole numbers.
    pub fn small_numbers(&mut self, field: &Field<'_>) -> Vec<u8> {
        let DeValue::Array(items) = field.value else {
            self.wrong_type(field, "a list of numbers");
            return Vec::new();
        };
        let mut numbers = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match small(item.get_ref()) {
                Some(number) => numbers.push(number),
                None => self.invalid(
                    field.within.item(field.key, at),
                    format!("an item of {} is no small whole number", prose::quote(field.key)),
                    "list whole numbers, such as [2, 3]",
                ),
            }
        }
        numbers
    }

    /// The text of a field.
    pub fn string<'t>(&mut self, field: &Field<'t>) -> Option<&'t str> {
        let DeValue::String(text) = field.value else {
            self.wrong_type(field, "a text in quotes");
            return None;
        };
        Some(text)
    }

    /// The texts of a field with their positions.
    pub fn strings<'t>(&mut self, field: &Field<'t>, one: bool) -> Vec<(usize, &'t str)> {
        match field.value {
            DeValue::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    if let DeValue::String(text) = item.get_ref() {
                        list.push((at, text.as_ref()));
                    } else {
                        let message = format!(
                            "an item of {} is {}, not a text",
                            prose::quote(field.key),
                            type_name(item.get_ref())
                        );
                        self.invalid(field.within.item(field.key, at), message, "put every item in quotes");
                    }
                }
                list
            }
            DeValue::String(text) if one => vec![(0, text.as_ref())],
            _ => {
                self.wrong_type(field, if one { "a text or a list of texts" } else { "a list of texts" });
                Vec::new()
            }
        }
    }

    fn word<T: Copy>(&mut self, text: &str, words: &[(&str, T)], place: impl Fn() -> Place) -> Option<T> {
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let listed = prose::choice(&prose::quoted(&known));
        let help = match prose::nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? the words are {listed}"),
            None => format!("write {listed}"),
        };
        self.invalid(place(), format!("{} is no word that can stand here", prose::quote(text)), help);
        None
    }

    fn checked_id(&mut self, text: &str, place: Place) -> Option<Sym> {
        if is_id(text) {
            return Some(self.names.intern(text));
        }
        let message = format!("{} is no id", prose::quote(text));
        let help = "write lower-case letters, digits and single hyphens between them, at most 64 characters";
        self.invalid(place, message, help);
        None
    }

    /// Refuses text that is too long or holds characters that no person can see.
    fn checked<'t>(&mut self, text: &'t str, limit: usize, lines: bool, place: impl Fn() -> Place) -> Option<&'t str> {
        // Bytes bound characters from above, so short ASCII text is settled without counting.
        if text.len() > limit && text.chars().count() > limit {
            let message = format!("this text has more than {limit} characters");
            self.problems.push(Finding::new(&over_limit::CARD, place(), message).help("shorten it"));
            return None;
        }
        let bad = |c: char| {
            (c.is_control() && !(lines && matches!(c, '\n' | '\t' | '\r')))
                || matches!(u32::from(c), 0x2028 | 0x2029 | 0xFFFE | 0xFFFF)
        };
        if let Some(c) = text.chars().find(|c| bad(*c)) {
            let message = format!("this text holds the control character {}", prose::code_point(c));
            self.invalid(place(), message, "remove it: control characters have no meaning here");
            return None;
        }
        Some(text)
    }
}

fn small(value: &DeValue<'_>) -> Option<u8> {
    match value {
        DeValue::Integer(number) => u8::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty() && !host.contains('@') && !text.contains([' ', '"', '<', '>', '\\', '`'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case_and_at_most_64_long() {
        for good in ["a", "acme-inc", "4d", "con", &"a".repeat(64)] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Acme", "a_b", "a.b", "аcme", "../x", &"a".repeat(65)] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn only_plain_web_addresses_are_addresses() {
        assert!(is_web_address("https://example.com/a?b#c"));
        for bad in
            ["javascript:alert(1)", "//evil", "https:evil", "https://u:p@h/", "ftp://x", "https://", "https://a b"]
        {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
