//! Where places are in the text of their file.
//!
//! Few records of a large register have findings. So a record is looked for where it began when it was
//! read, and only what is written there is parsed; where that leads nowhere, the whole file is.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::{Aim, Place, Spot, Step};

type Tree<'t> = Spanned<DeTable<'t>>;

/// A search for places in the text of a file.
#[derive(Debug)]
pub struct Search<'t> {
    text: &'t str,
    /// Records by their first byte: what is written from there to the next header, if it stands by itself.
    records: HashMap<u32, Option<Tree<'t>>>,
    /// How many bytes have been parsed for them.
    parsed: usize,
    whole: Option<Tree<'t>>,
}

impl<'t> Search<'t> {
    /// A search in a text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, records: HashMap::new(), parsed: 0, whole: None }
    }

    /// The bytes of a place.
    ///
    /// A path that leads further than the file does ends where the file does: `to.0` of a `to`
    /// that is one string is that string.
    pub fn find(&mut self, place: &Place) -> Range<usize> {
        match &place.spot {
            Spot::File => 0..0,
            Spot::Bytes(start, end) => *start.min(&self.text.len())..*end.min(&self.text.len()),
            Spot::Path(steps, aim) => self.in_record(steps, *aim).unwrap_or_else(|| self.in_whole(steps, *aim)),
        }
    }

    fn in_whole(&mut self, steps: &[Step], aim: Aim) -> Range<usize> {
        let text = self.text;
        let root = self.whole.get_or_insert_with(|| DeTable::parse_recoverable(text).0).get_ref();
        let Some((Step::Key(name), rest)) = steps.split_first() else { return 0..0 };
        match root.get_key_value(name.as_ref()) {
            Some((key, _)) if rest.is_empty() && aim == Aim::Key => key.span(),
            Some((_, value)) => descend(value, rest, aim).0,
            None => 0..0,
        }
    }

    /// The bytes of a place in a record, if all of its path is there where the record began.
    fn in_record(&mut self, steps: &[Step], aim: Aim) -> Option<Range<usize>> {
        let [Step::Key(kind), Step::Record(_, start), rest @ ..] = steps else { return None };
        // Whoever asks for most of a file has it parsed at once.
        if self.whole.is_some() || self.parsed > self.text.len() / 2 {
            return None;
        }
        let (text, parsed) = (self.text, &mut self.parsed);
        let root = self.records.entry(*start).or_insert_with(|| record(text, *start, parsed)).as_ref()?;
        let DeValue::Array(records) = root.get_ref().get(kind.as_ref())?.get_ref() else { return None };
        let record = records.first().filter(|record| record.span().start == 0)?;
        let (bytes, is_there) = descend(record, rest, aim);
        let start = *start as usize;
        is_there.then(|| bytes.start + start..bytes.end + start)
    }
}

/// What is written from a header to the next line that looks like one. Where that line is none, something is
/// left open before it; and what does not parse by itself is not taken.
fn record<'t>(text: &'t str, start: u32, parsed: &mut usize) -> Option<Tree<'t>> {
    let rest = text.get(start as usize..).filter(|rest| rest.starts_with("[["))?;
    let own = rest.find("\n[[").map_or(rest, |end| &rest[..=end]);
    *parsed += own.len();
    let (tree, problems) = DeTable::parse_recoverable(own);
    problems.is_empty().then_some(tree)
}

/// Where a path ends, and whether all of it is there.
fn descend(value: &Spanned<DeValue<'_>>, steps: &[Step], aim: Aim) -> (Range<usize>, bool) {
    let Some((step, rest)) = steps.split_first() else { return (value.span(), true) };
    match (step, value.get_ref()) {
        (Step::Item(at) | Step::Record(at, _), DeValue::Array(items)) => {
            items.get(*at as usize).map_or_else(|| (value.span(), false), |item| descend(item, rest, aim))
        }
        (Step::Key(name), DeValue::Table(table)) => match table.get_key_value(name.as_ref()) {
            Some((key, _)) if rest.is_empty() && aim == Aim::Key => (key.span(), true),
            Some((_, inner)) => descend(inner, rest, aim),
            None => (value.span(), false),
        },
        // The only item of a list that is written without brackets.
        (Step::Item(_), _) => (value.span(), rest.is_empty()),
        _ => (value.span(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    const TEXT: &str = "[[transfer]]\nfrom = \"a\"\nto = [\"b\", \"c\"]\n[[transfer]]\nfrom = \"d\"\n";

    fn shown(steps: Vec<Step>, aim: Aim) -> &'static str {
        &TEXT[Search::of(TEXT).find(&Place { file: FileId(0), spot: Spot::Path(steps, aim) })]
    }

    fn record(at: u32, more: Vec<Step>) -> Vec<Step> {
        let start = TEXT.match_indices("[[").nth(at as usize).map_or(0, |(start, _)| u32::try_from(start).unwrap_or(0));
        [vec![Step::Key("transfer".into()), Step::Record(at, start)], more].concat()
    }

    #[test]
    fn a_record_is_its_header_and_a_path_leads_to_values_and_keys() {
        assert_eq!(shown(record(0, vec![]), Aim::Value), "[[transfer]]");
        assert_eq!(shown(record(0, vec![Step::Key("to".into()), Step::Item(1)]), Aim::Value), "\"c\"");
        assert_eq!(shown(record(1, vec![Step::Key("from".into())]), Aim::Key), "from");
    }

    #[test]
    fn for_a_record_or_two_the_whole_file_is_not_parsed() {
        let mut search = Search::of(AWKWARD);
        let start = AWKWARD.find("[[transfer]]\nfrom = \"between\"").and_then(|start| u32::try_from(start).ok());
        let steps = vec![Step::Key("transfer".into()), Step::Record(2, start.unwrap_or(0)), Step::Key("from".into())];
        let found = search.find(&Place { file: FileId(0), spot: Spot::Path(steps, Aim::Value) });
        assert_eq!((&AWKWARD[found], search.whole.is_none()), ("\"between\"", true));
    }

    #[test]
    fn a_key_of_the_file_is_a_key_or_its_value() {
        let top = |aim| {
            &AWKWARD[Search::of(AWKWARD)
                .find(&Place { file: FileId(0), spot: Spot::Path(vec![Step::Key("top".into())], aim) })]
        };
        assert_eq!((top(Aim::Key), top(Aim::Value)), ("top", "[[1], [\n[2]]]"));
    }

    #[test]
    fn a_path_past_the_end_stops_at_the_last_thing_there_is() {
        assert_eq!(shown(record(0, vec![Step::Key("from".into()), Step::Item(0)]), Aim::Value), "\"a\"");
        assert_eq!(shown(record(0, vec![Step::Key("roles".into())]), Aim::Value), "[[transfer]]");
    }

    /// Every way of writing a record in which the lines of others, or what looks like them, are in the way.
    const AWKWARD: &str = r#"
top = [[1], [
[2]]]

[[transfer]]
from = "é"
notes = """
[[transfer]]
from = "no record"
"""

  [[transfer]]
from = "indented"
to = [
[["x"]], "y"]

[[jurisdiction]]
code = "DE"

[[transfer]]
from = "between"

[jurisdiction.more]
here = true

[[jurisdiction.assessments]]
id = "late"

[[jurisdiction.assessments]]
id = "later"
"#;

    /// Where a record begins, and the paths in it.
    fn paths(value: &Spanned<DeValue<'_>>, way: &[Step], all: &mut Vec<Vec<Step>>) {
        all.push(way.to_vec());
        let then = |step: Step| [way, &[step]].concat();
        match value.get_ref() {
            DeValue::Array(items) => (0..).zip(items).for_each(|(at, item)| paths(item, &then(Step::Item(at)), all)),
            DeValue::Table(table) => {
                for (key, inner) in table {
                    paths(inner, &then(Step::Key(key.get_ref().to_string().into())), all);
                }
                all.push(then(Step::Key("missing".into())));
            }
            _ => {}
        }
    }

    #[test]
    fn a_record_is_found_where_it_began_as_it_is_in_the_whole_file() -> Result<(), toml::de::Error> {
        for text in [TEXT, AWKWARD, &AWKWARD.replace('\n', "\r\n"), "transfer = [{ from = 'a' }, { from = 'b' }]"] {
            let tree = DeTable::parse(text)?;
            let mut all = Vec::new();
            for (kind, value) in tree.get_ref() {
                let DeValue::Array(records) = value.get_ref() else { continue };
                for (at, record) in (0..).zip(records) {
                    let start = u32::try_from(record.span().start).unwrap_or(0);
                    let way = [Step::Key(kind.get_ref().to_string().into()), Step::Record(at, start)];
                    paths(record, &way, &mut all);
                }
            }
            assert!(all.len() > 5);
            let mut search = Search::of(text);
            for steps in all {
                for aim in [Aim::Value, Aim::Key] {
                    let whole = Search::of(text).in_whole(&steps, aim);
                    let place = Place { file: FileId(0), spot: Spot::Path(steps.clone(), aim) };
                    assert_eq!(Search::of(text).find(&place), whole, "{steps:?}");
                    assert_eq!(search.find(&place), whole, "{steps:?}, after others");
                }
            }
        }
        Ok(())
    }

    #[test]
    fn a_record_that_is_gone_is_looked_for_in_the_whole_file() {
        for start in [1, 5, 9_999] {
            let steps = vec![Step::Key("transfer".into()), Step::Record(1, start)];
            let found = Search::of(TEXT).find(&Place { file: FileId(0), spot: Spot::Path(steps, Aim::Value) });
            assert_eq!(Some(found.start), TEXT.rfind("[["), "{start}");
        }
    }
}
