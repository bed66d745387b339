//! A place in a register: a file and the path of keys that leads there.

use super::FileId;
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One step on the way from the top of a file to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a table, by key.
    Key(Cow<'static, str>),
    /// Into an array, by position from 0.
    Item(u32),
}

/// Which part of the thing at the end of the path is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// The value (for a record: its `[[header]]`).
    Value,
    /// The key that the path ends in.
    Key,
}

/// What a place points at inside its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A value or key, by path.
    Path(Vec<Step>, Aim),
    /// A range of bytes, where the file has no path to it (it does not parse).
    Bytes(usize, usize),
    /// The file as a whole.
    File,
}

/// A symbolic place: cheap to make, resolved to bytes only when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The spot in it.
    pub spot: Spot,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self { file, spot: Spot::File }
    }

    /// A range of bytes of a file.
    #[must_use]
    pub fn bytes(file: FileId, range: &Range<usize>) -> Self {
        Self { file, spot: Spot::Bytes(range.start, range.end) }
    }

    /// The bytes of this place in the text of its file.
    ///
    /// A path that leads further than the file does ends where the file does: `to.0` of a `to`
    /// that is one string is that string.
    #[must_use]
    pub fn locate(&self, text: &str) -> Range<usize> {
        Self::locate_all(&[self], text).into_iter().next().map_or(0..0, |(_, bytes)| bytes)
    }

    /// The bytes of several places of one file, which is parsed at most once.
    #[must_use]
    pub fn locate_all<'p>(places: &[&'p Self], text: &str) -> Vec<(&'p Self, Range<usize>)> {
        let mut tree = None;
        let parse = || DeTable::parse_recoverable(text).0;
        places
            .iter()
            .map(|place| {
                let bytes = match &place.spot {
                    Spot::File => 0..0,
                    Spot::Bytes(start, end) => *start.min(&text.len())..*end.min(&text.len()),
                    Spot::Path(steps, aim) => {
                        let root = tree.get_or_insert_with(parse).get_ref();
                        follow(root, steps, *aim).unwrap_or(0..0)
                    }
                };
                (*place, bytes)
            })
            .collect()
    }
}

fn follow(root: &DeTable<'_>, steps: &[Step], aim: Aim) -> Option<Range<usize>> {
    let (first, rest) = steps.split_first()?;
    let Step::Key(name) = first else { return None };
    let (key, value) = root.get_key_value(name.as_ref())?;
    if rest.is_empty() && aim == Aim::Key {
        return Some(key.span());
    }
    Some(descend(value, rest, aim))
}

fn descend(value: &Spanned<DeValue<'_>>, steps: &[Step], aim: Aim) -> Range<usize> {
    let Some((step, rest)) = steps.split_first() else { return value.span() };
    match (step, value.get_ref()) {
        (Step::Item(at), DeValue::Array(items)) => {
            items.get(*at as usize).map_or_else(|| value.span(), |item| descend(item, rest, aim))
        }
        (Step::Key(name), DeValue::Table(table)) => match table.get_key_value(name.as_ref()) {
            Some((key, _)) if rest.is_empty() && aim == Aim::Key => key.span(),
            Some((_, inner)) => descend(inner, rest, aim),
            None => value.span(),
        },
        _ => value.span(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[[transfer]]\nfrom = \"a\"\nto = [\"b\", \"c\"]\n[[transfer]]\nfrom = \"d\"\n";

    fn shown(steps: Vec<Step>, aim: Aim) -> &'static str {
        &TEXT[Place { file: FileId(0), spot: Spot::Path(steps, aim) }.locate(TEXT)]
    }

    fn record(at: u32, more: Vec<Step>) -> Vec<Step> {
        [vec![Step::Key("transfer".into()), Step::Item(at)], more].concat()
    }

    #[test]
    fn a_record_is_its_header_and_a_path_leads_to_values_and_keys() {
        assert_eq!(shown(record(0, vec![]), Aim::Value), "[[transfer]]");
        assert_eq!(shown(record(0, vec![Step::Key("to".into()), Step::Item(1)]), Aim::Value), "\"c\"");
        assert_eq!(shown(record(1, vec![Step::Key("from".into())]), Aim::Key), "from");
    }

    #[test]
    fn a_path_past_the_end_stops_at_the_last_thing_there_is() {
        assert_eq!(shown(record(0, vec![Step::Key("from".into()), Step::Item(0)]), Aim::Value), "\"a\"");
        assert_eq!(shown(record(0, vec![Step::Key("roles".into())]), Aim::Value), "[[transfer]]");
    }
}
