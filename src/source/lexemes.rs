//! Where the texts and comments of a file begin and end, seen without a parser: also in a file that is
//! no TOML, and for what a parser passes over.

use std::ops::Range;

/// A text in quotes, or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lexeme {
    /// A comment, without the end of its line.
    Comment(Range<usize>),
    /// A text, with its quotes.
    Text(Range<usize>),
    /// A text in three quotes that the file does not close.
    Unclosed(Range<usize>),
}

/// The texts and comments of a file, in their order.
pub fn lexemes(text: &str) -> impl Iterator<Item = Lexeme> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().position(|byte| matches!(byte, b'#' | b'"' | b'\''))?;
        let start = at;
        if bytes[at] == b'#' {
            at = line_end(bytes, at);
            return Some(Lexeme::Comment(start..at));
        }
        let last = string_end(bytes, at);
        at = (last + 1).min(bytes.len());
        let is_open = last == bytes.len() && bytes[start..].starts_with(&[bytes[start]; 3]);
        Some(if is_open { Lexeme::Unclosed(start..at) } else { Lexeme::Text(start..at) })
    })
}

/// The end of the line that `at` is in.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |n| at + n)
}

/// The last byte of the text that opens at `at` (or of its line, when it never closes).
pub(super) fn string_end(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let triple = bytes[at..].starts_with(&[quote; 3]);
    let mut i = at + if triple { 3 } else { 1 };
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'\\' if quote == b'"' => i += 1,
            b'\n' if !triple => return i,
            _ if byte == quote && !triple => return i,
            _ if byte == quote && bytes[i..].starts_with(&[quote; 3]) => return i + 2,
            _ => {}
        }
        i += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(&'static str, &str)> {
        let told = lexemes(text).map(|lexeme| match lexeme {
            Lexeme::Comment(at) => ("comment", &text[at]),
            Lexeme::Text(at) => ("text", &text[at]),
            Lexeme::Unclosed(at) => ("unclosed", &text[at]),
        });
        told.collect()
    }

    #[test]
    fn a_comment_is_none_inside_a_text_and_a_text_none_inside_a_comment() {
        let text = "# one \"a\"\nb = \"# \\\" c\" # two\nd = '#' # three";
        let told = [
            ("comment", "# one \"a\""),
            ("text", "\"# \\\" c\""),
            ("comment", "# two"),
            ("text", "'#'"),
            ("comment", "# three"),
        ];
        assert_eq!(of(text), told);
    }

    #[test]
    fn what_three_quotes_open_three_close() {
        assert_eq!(of("a = \"\"\"\n# \" \n\"\"\" # x"), [("text", "\"\"\"\n# \" \n\"\"\""), ("comment", "# x")]);
        assert_eq!(of("a = '''\n# x"), [("unclosed", "'''\n# x")]);
        assert_eq!(of("a = \"x"), [("text", "\"x")], "a line ends what one quote opens");
        assert_eq!(of("a = \"x\nb = 1 # y"), [("text", "\"x\n"), ("comment", "# y")]);
    }
}
