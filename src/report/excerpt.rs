//! A line of a file, made fit to show: bounded in length, nothing hidden left in it.

use std::ops::Range;

use crate::prose::is_hidden;
use crate::source::{LineIndex, Span};

/// The most characters of a line that are shown.
const WIDTH: usize = 160;

/// A shown line and what in it is meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The line's number, from 1.
    pub line: usize,
    /// The line, made visible.
    pub text: String,
    /// The bytes of `text` that are meant; at most to the end of the line.
    pub marked: Range<usize>,
}

/// The line of `text` in which `bytes` begin.
pub(super) fn excerpt(text: &str, lines: &LineIndex<'_>, bytes: &Range<usize>, span: &Span) -> Excerpt {
    let line = span.start.line;
    let whole = lines.line(line);
    let skipped = span.start.column.saturating_sub(1).saturating_sub(WIDTH / 2);
    let skipped = if text[whole.clone()].chars().count() > WIDTH { skipped } else { 0 };
    let mut shown = String::new();
    let mut marked = None;
    let mut end = None;
    if skipped > 0 {
        shown.push('…');
    }
    for (count, (at, c)) in text[whole.clone()].char_indices().enumerate().skip(skipped) {
        let at = whole.start + at;
        if at >= bytes.start {
            marked.get_or_insert(shown.len());
        }
        if at >= bytes.end {
            end.get_or_insert(shown.len());
        }
        if count >= skipped + WIDTH {
            shown.push('…');
            break;
        }
        match c {
            '\u{feff}' => {}
            '\t' => shown.push('\t'),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            // A CI runner reads `##[` as the start of a command wherever it stands.
            '[' if shown.ends_with("##") => shown.push_str("\\["),
            c => shown.push(c),
        }
    }
    let marked = marked.unwrap_or(shown.len());
    let end = end.unwrap_or(shown.len()).max(marked);
    Excerpt { line, marked: marked..end, text: shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, bytes: Range<usize>) -> Excerpt {
        let lines = LineIndex::new(text);
        let span = lines.span(&bytes);
        excerpt(text, &lines, &bytes, &span)
    }

    #[test]
    fn an_ordinary_line_is_shown_as_it_is() {
        assert_eq!(of("a = 1\nto = \"x\"\n", 11..14), Excerpt { line: 2, text: "to = \"x\"".into(), marked: 5..8 });
    }

    #[test]
    fn hidden_characters_and_runner_commands_are_made_visible_and_marks_follow() {
        let shown = of("a = \"\u{1b}[2J\" # ##[error]x", 4..10);
        assert_eq!(shown.text, "a = \"\\u{1b}[2J\" # ##\\[error]x");
        assert_eq!(&shown.text[shown.marked], "\"\\u{1b}[2J\"");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("a = \"{}\" # end", "x".repeat(10_000));
        let at = text.len() - 5;
        let shown = of(&text, at..at + 5);
        assert!(shown.text.chars().count() <= WIDTH + 2);
        assert_eq!(&shown.text[shown.marked], "# end");
    }
}
