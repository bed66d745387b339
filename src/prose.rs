//! The grammar of messages: counts, lists, quotes, the nearest name, and making any text safe to show.
//!
//! A register is untrusted: a name in it may hold terminal escapes, a right-to-left override or a
//! command that a CI runner obeys. [`visible`] is the one door through which such text reaches a
//! person; the machine formats have encoders of their own.

/// `1 transfer`, `3 transfers`, `2 parties`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {}", plural(noun)) }
}

/// The plural of a noun of this program's own vocabulary.
#[must_use]
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with("data") => noun.to_owned(),
        _ => format!("{noun}s"),
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn choice<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "or")
}

fn joined<S: AsRef<str>>(items: &[S], word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A text with its first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Each item in backticks, made safe to show.
#[must_use]
pub fn quoted<S: AsRef<str>>(items: &[S]) -> Vec<String> {
    items.iter().map(|item| quote(item.as_ref())).collect()
}

/// How much of a word of the user's is shown, in characters.
const QUOTED: usize = 80;

/// The user's own word in backticks, bounded and safe to show.
#[must_use]
pub fn quote(word: &str) -> String {
    // A word of plain letters is short and shown as it is: no need to look at it again.
    if word.len() <= QUOTED && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ".contains(&byte)) {
        return ["`", word, "`"].concat();
    }
    format!("`{}`", visible(&shortened(word, QUOTED)))
}

/// At most `limit` characters of `text`; a longer one ends in `…`.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", &text[..cut]),
    }
}

/// The candidate nearest to a misspelt word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 128 {
        return None;
    }
    let lower = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let score = strsim::jaro_winkler(&lower, &candidate.to_lowercase());
        let better = best.is_none_or(|(top, held)| score > top || (score >= top && candidate < held));
        if score >= 0.8 && better {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Text that cannot move a cursor, reorder a line, hide a character or speak to a CI runner.
///
/// Control characters, line and paragraph separators, bidirectional controls, invisible and tag
/// characters become visible escapes; `##[` and `::` at the start are broken up, because a GitHub
/// runner executes them wherever a log line holds them.
#[must_use]
pub fn visible(text: &str) -> String {
    // Nearly every text is plain, and seen to be so without a look at each letter by itself.
    let is_plain = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    let mut shown = if is_plain { text.to_owned() } else { escaped(text) };
    if shown.contains("##[") {
        shown = shown.replace("##[", "##\\[");
    }
    if shown.trim_start().starts_with("::") {
        shown = shown.replacen("::", ":\\:", 1);
    }
    shown
}

fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

/// A character by its number: `U+0410`.
#[must_use]
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Whether a character is a control, a bidirectional control, a separator or otherwise unseen.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x061C | 0x115F..=0x1160 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0xFFFE..=0xFFFF | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_speak_english() {
        assert_eq!(count(1, "transfer"), "1 transfer");
        assert_eq!(count(0, "party"), "0 parties");
        assert_eq!(count(2, "survey"), "2 surveys");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(choice(&["a", "b"]), "a or b");
    }

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("safegaurds", ["safeguards", "purposes"]), Some("safeguards"));
        assert_eq!(nearest("zebra", ["safeguards", "purposes"]), None);
    }

    #[test]
    fn nothing_hidden_or_commanding_is_left_in_visible_text() {
        assert_eq!(visible("a\u{1b}[2J"), "a\\u{1b}[2J");
        assert_eq!(visible("x\u{202e}y"), "x\\u{202e}y");
        // Neither may stand in XML, not even as an escape.
        assert_eq!(visible("\u{fffe}\u{ffff}"), "\\u{fffe}\\u{ffff}");
        assert_eq!(visible("x ##[error]y"), "x ##\\[error]y");
        assert_eq!(visible(" ::error::x"), " :\\:error::x");
        assert_eq!(visible("Société 株式会社"), "Société 株式会社");
    }
}
