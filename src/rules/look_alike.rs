//! How texts look to a person: ids folded to what is told apart at a glance, names to their
//! skeleton, and characters that nobody sees.

use std::sync::LazyLock;

use unicode_security::confusable_detection::skeleton;

/// An id as it looks: `l`, `1` and `i` are one, `o` and `0`, `rn` and `m`; hyphens are passed
/// over, except between digits, where `1-2` and `12` are different numbers.
pub(super) fn folded_id(id: &str) -> String {
    let mut folded = String::new();
    fold_id(id, &mut folded);
    folded
}

/// The same, in the place of what a text held.
pub(super) fn fold_id(id: &str, folded: &mut String) {
    folded.clear();
    let mut before = None;
    let mut rest = id.chars().peekable();
    while let Some(c) = rest.next() {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match c {
            '-' if !(is_digit(before) && is_digit(rest.peek().copied())) => {}
            '1' | 'i' => folded.push('l'),
            '0' => folded.push('o'),
            'r' if rest.next_if_eq(&'n').is_some() => folded.push('m'),
            c => folded.push(c),
        }
        before = Some(c);
    }
}

/// A name as it looks: the skeleton of Unicode Technical Standard 39.
pub(super) fn folded_name(name: &str) -> String {
    if name.is_ascii() {
        name.bytes().map(|byte| &*ASCII[usize::from(byte)]).collect()
    } else {
        skeleton(name).collect()
    }
}

/// The skeletons of the characters of ASCII, of which nearly all names are made: none of them changes
/// what another looks like, so a name's is theirs side by side.
static ASCII: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..=0x7F_u8).map(|byte| skeleton(char::from(byte).encode_utf8(&mut [0; 4])).collect()).collect());

/// The first character of a text that no reader sees, or that turns the order of the others.
///
/// Joiners are letters' business in scripts that join, and in emoji: between two characters
/// beyond ASCII they are left alone.
pub(super) fn hidden_in(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    let is_foreign = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_joiner = matches!(u32::from(c), 0x200C | 0x200D);
        let joins = is_joiner && is_foreign(before) && is_foreign(rest.peek().copied());
        if is_hidden(c) && !joins {
            return Some(c);
        }
        before = Some(c);
    }
    None
}

fn is_hidden(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE0FFF)
}

/// `U+0410`.
pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// The characters of a text that another does not have, by code point: three at most.
pub(super) fn only_in(text: &str, other: &str) -> Vec<String> {
    let mut seen: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !other.contains(*c)) {
        if !seen.contains(&c) && seen.len() < 3 {
            seen.push(c);
        }
    }
    seen.into_iter().map(code_point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_folded_no_further_than_the_eye_goes_wrong() {
        for (one, other) in [("acme-1", "acme-l"), ("help-desk", "helpdesk"), ("acrne", "acme"), ("site-o", "site-0")] {
            assert_eq!(folded_id(one), folded_id(other), "{one} {other}");
        }
        for (one, other) in
            [("vendor-1", "vendor-2"), ("site-1-2", "site-12"), ("acme-de", "acme-nl"), ("cornet", "comet-x")]
        {
            assert_ne!(folded_id(one), folded_id(other), "{one} {other}");
        }
    }

    #[test]
    fn a_name_of_ascii_is_folded_as_any_other() {
        let ascii = || (0..=0x7F_u8).map(char::from);
        for name in ascii().flat_map(|one| ascii().map(move |other| String::from_iter([one, other, 'x']))) {
            assert_eq!(folded_name(&name), skeleton(&name).collect::<String>(), "{name:?}");
        }
        assert_eq!(folded_name("modern 1"), folded_name("rnodern l"));
    }

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
            assert_eq!(hidden_in(text), hidden, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn three_characters_at_most_are_set_apart_each_once() {
        assert_eq!(only_in("abacad-e", "xyz"), ["U+0061", "U+0062", "U+0063"]);
        assert_eq!(only_in("aab", "b"), ["U+0061"]);
        assert!(only_in("ab", "ba").is_empty());
    }
}
