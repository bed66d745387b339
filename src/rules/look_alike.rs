//! How texts look to a person: ids folded to what is told apart at a glance, and names to their
//! skeleton.

use std::sync::LazyLock;

use unicode_security::confusable_detection::skeleton;

use crate::prose::code_point;

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
    fn three_characters_at_most_are_set_apart_each_once() {
        assert_eq!(only_in("abacad-e", "xyz"), ["U+0061", "U+0062", "U+0063"]);
        assert_eq!(only_in("aab", "b"), ["U+0061"]);
        assert!(only_in("ab", "ba").is_empty());
    }
}
