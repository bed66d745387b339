//! Characters that nobody sees, or that change what is seen: in texts and in comments.

use std::ops::Range;

use crate::source::{Lexeme, lexemes};

/// The first character of a text that no reader sees, or that turns the order of the others; and the byte where it stands.
///
/// Joiners are letters' business in scripts that join, and in emoji: between two characters
/// beyond ASCII they are left alone.
#[must_use]
pub fn hidden_in(text: &str) -> Option<(usize, char)> {
    if text.is_ascii() {
        return None;
    }
    let is_foreign = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let is_joiner = matches!(u32::from(c), 0x200C | 0x200D);
        let joins = is_joiner && is_foreign(before) && is_foreign(rest.peek().map(|(_, c)| *c));
        if is_hidden(c) && !joins {
            return Some((at, c));
        }
        before = Some(c);
    }
    None
}

fn is_hidden(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE0FFF)
}

/// The first such character in a comment of a file.
#[must_use]
pub fn hidden_in_comments(text: &str) -> Option<(Range<usize>, char)> {
    if text.is_ascii() {
        return None;
    }
    lexemes(text).find_map(|lexeme| {
        let Lexeme::Comment(comment) = lexeme else { return None };
        let (at, c) = hidden_in(&text[comment.clone()])?;
        let start = comment.start + at;
        Some((start..start + c.len_utf8(), c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_joiner_is_hidden_unless_letters_of_a_script_that_joins_stand_on_both_sides() {
        for (text, hidden) in [
            ("\u{0645}\u{200C}\u{0645}", None),
            ("m\u{200C}\u{0645}", Some('\u{200C}')),
            ("\u{0645}\u{200C}m", Some('\u{200C}')),
            ("\u{0645}\u{200C}", Some('\u{200C}')),
            ("\u{200D}\u{0645}", Some('\u{200D}')),
            ("\u{0645}\u{200B}\u{0645}", Some('\u{200B}')),
            ("می\u{200C}خواهم", None),
            ("Ac\u{200D}me", Some('\u{200D}')),
            ("x\u{202E}y", Some('\u{202E}')),
            ("Société", None),
        ] {
            assert_eq!(hidden_in(text).map(|(_, c)| c), hidden, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn in_comments_is_not_in_texts() {
        let text = "a = \"# \u{202E}\" # é\nb = 1 # x\u{202E}y\u{200B}";
        let found = hidden_in_comments(text).map(|(at, c)| (&text[..at.start], &text[at.end..], c));
        assert_eq!(found, Some(("a = \"# \u{202E}\" # é\nb = 1 # x", "y\u{200B}", '\u{202E}')));
        assert_eq!(hidden_in_comments("a = '\u{202E}' # é"), None);
    }
}
