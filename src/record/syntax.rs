//! Parsing a file into a tree, and saying in our own words why it is not TOML.
//!
//! The parser's own message is never shown: it can echo the raw bytes of the file, and with them
//! whatever a stranger put there for a terminal or a CI runner.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::not_toml::instead;
use crate::finding::integrity::{invalid_toml, over_limit};
use crate::finding::{Finding, Problems};
use crate::prose::code_point;
use crate::source::{FileId, Lexeme, MAX_DEPTH, Place, lexemes, too_deep};

/// The most syntax errors told of one file; after some, the rest are echoes.
const MAX_ERRORS: usize = 10;

/// Parses a file. On a syntax error the answer is nothing, and every error is filed.
pub fn parse<'t>(file: FileId, text: &'t str, problems: &mut Problems) -> Option<Spanned<DeTable<'t>>> {
    if let Some(at) = too_deep(text) {
        let message = format!("this is nested more than {MAX_DEPTH} levels deep");
        let finding = Finding::new(&over_limit::CARD, Place::bytes(file, &(at..at + 1)), message);
        problems.push(finding.help("no record needs more than four levels"));
        return None;
    }
    let (tree, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(tree);
    }
    let mut tell = |at: Range<usize>, message: String, help: &'static str| {
        problems.push(Finding::new(&invalid_toml::CARD, Place::bytes(file, &at), message).help(help));
    };
    let others = instead(text);
    if !others.is_empty() {
        others.into_iter().take(MAX_ERRORS).for_each(|(at, what, help)| tell(at, what.to_owned(), help));
        return None;
    }
    for error in errors.iter().take(MAX_ERRORS) {
        let at = error.span().unwrap_or(0..0);
        if let Some(open) = unclosed(text, at.start) {
            tell(open, "this text is not closed".to_owned(), "close it with the three quotes that opened it");
            continue;
        }
        let (message, help) = in_our_words(error.message(), text.get(at.clone()).unwrap_or_default());
        let message = match strange(text, &at).filter(|_| !message.contains("quotes")) {
            Some(strange) => format!("{message}: the character {} stands here", code_point(strange)),
            None => message.to_owned(),
        };
        tell(at, message, help);
    }
    if errors.len() > MAX_ERRORS {
        let more = format!("this file has {} more syntax errors", errors.len() - MAX_ERRORS);
        problems.push(
            Finding::new(&invalid_toml::CARD, Place::file(file), more).help("mend the first ones and check again"),
        );
    }
    None
}

/// The three quotes that open the text in which a file ends, for an error at its end.
fn unclosed(text: &str, at: usize) -> Option<Range<usize>> {
    let is_end = text.get(at..).is_some_and(|rest| rest.trim().is_empty());
    let open = lexemes(text).filter(|_| is_end).find_map(|lexeme| match lexeme {
        Lexeme::Unclosed(range) => Some(range.start),
        Lexeme::Text(_) | Lexeme::Comment(_) => None,
    })?;
    Some(open..open + 3)
}

/// The character that a reader takes for a space, a sign or nothing, where an error is.
fn strange(text: &str, at: &Range<usize>) -> Option<char> {
    let next = text.get(at.start..)?.chars().next()?;
    let end = at.end.max(at.start + next.len_utf8());
    text.get(at.start..end)?.chars().find(|c| !c.is_ascii() && !c.is_alphanumeric())
}

/// Fragments of what the parser says, what we say instead, and what to do.
const WORDS: &[(&str, &str, &str)] = &[
    ("duplicate key", "this key stands here twice", "keep one of the two, or merge them"),
    ("duplicate", "this table stands here twice", "a list of records is written with double brackets: `[[transfer]]`"),
    (
        "cannot extend",
        "this key already has a value of another kind",
        "a list of records is written with double brackets: `[[transfer]]`",
    ),
    ("string values must be quoted", "this text has no quotes", "put texts in double quotes"),
    ("invalid basic string", "this text is not closed", "close it with a double quote on the same line"),
    ("invalid literal string", "this text is not closed", "close it with a single quote on the same line"),
    ("opening quote", "this text is not closed", "close it with the quote that opened it"),
    ("closing quote", "this text is not closed", "close it with the quote that opened it"),
    ("escape", "a backslash begins no escape here", "put the text in single quotes to keep backslashes as they are"),
    ("unicode", "a `\\u` escape names no character", "write four hexadecimal digits after `\\u`, eight after `\\U`"),
    ("unclosed array", "this list is not closed", "close it with `]`"),
    ("unclosed inline table", "this table is not closed", "close it with `}`"),
    ("unclosed table", "this header is not closed", "close it with `]`"),
    ("missing comma", "a comma is missing here", "put commas between the items"),
    ("extra comma", "there is a comma too many here", "remove it"),
    ("missing value", "this key has no value", "write a value after `=`"),
    ("key with no value", "this key has no value", "write `key = value`"),
    ("missing assignment", "an `=` is missing here", "write `key = value`"),
    ("extra assignment", "there is an `=` too many here", "write one `key = value` a line"),
    ("extra `=`", "there is an `=` too many here", "write one `key = value` a line"),
    ("missing key", "a key is missing here", "write `key = value`"),
    ("unquoted key", "this is no key", "keys are lower-case words with hyphens"),
    ("invalid value", "this is no value", "texts stand in quotes, dates and numbers without"),
    ("leading zero", "a number cannot begin with 0", "remove the zero; a text of digits stands in quotes"),
    ("carriage return", "a line ends in a bare carriage return", "save the file with ordinary line ends"),
    ("comment character", "a comment holds a control character", "remove it"),
    ("datetime", "this is no date that exists", "write a calendar day, such as 2024-05-31"),
    ("date", "this is no date that exists", "write a calendar day, such as 2024-05-31"),
    ("out of range", "this is no date that exists", "write a calendar day, such as 2024-05-31"),
    ("recurs", "this is nested too deep", "no record needs more than four levels"),
];

fn in_our_words(parser: &str, snippet: &str) -> (&'static str, &'static str) {
    let looks_dated =
        snippet.len() >= 8 && snippet.bytes().take(4).all(|b| b.is_ascii_digit()) && snippet.contains('-');
    if looks_dated {
        return ("this is no date that exists", "write a calendar day, such as 2024-05-31");
    }
    if snippet.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}']) {
        return ("typographic quotes do not quote here", "use straight quotes: \"…\"");
    }
    if snippet.trim().is_empty() && parser.contains("must be quoted") {
        return ("this key has no value", "write a value after `=`");
    }
    let said = parser.to_lowercase();
    WORDS.iter().find(|(fragment, ..)| said.contains(fragment)).map_or(
        ("this is not TOML", "write `key = value`, one a line, under a `[[kind]]` header"),
        |(_, message, help)| (message, help),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let mut problems = Problems::default();
        parse(FileId(0), text, &mut problems);
        problems.iter().map(|finding| finding.message.to_string()).collect()
    }

    #[test]
    fn every_syntax_error_of_a_file_is_told_in_our_words() {
        assert_eq!(messages("a = 1\na = 2\n"), ["this key stands here twice"]);
        assert_eq!(messages("a = 2025-02-30\n"), ["this is no date that exists"]);
        assert_eq!(messages("a = “x”\n"), ["typographic quotes do not quote here"]);
        assert_eq!(messages("a = \n"), ["this key has no value"]);
        assert!(messages("a = [1\nb = \"x\n").len() >= 2);
    }

    #[test]
    fn the_parsers_words_and_the_files_raw_bytes_are_not_echoed() {
        for message in messages("a = \"\u{1b}[2J\n\u{7} = \u{9b}\n") {
            assert!(!message.chars().any(char::is_control), "{message:?}");
        }
    }

    #[test]
    fn depth_is_refused_before_the_parser_sees_it() {
        assert_eq!(messages(&format!("a = {}", "[".repeat(100_000))), ["this is nested more than 16 levels deep"]);
    }
}
