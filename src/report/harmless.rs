//! JSON that a terminal and a CI runner read as text: the writer of every format that is JSON.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::prose::is_hidden;

/// JSON, indented, with a line end, in which nothing can act on a terminal or on a CI runner that reads the log:
/// hidden characters and the `[` of `##[` become escapes. It is made so while it is written, for a report of a large
/// register is not to be held twice.
pub(super) fn written(report: &impl Serialize) -> String {
    let mut safe = Harmless(String::new());
    // Serializing texts and numbers into memory cannot fail.
    let _ = serde_json::to_writer_pretty(&mut safe, report);
    safe.0.push('\n');
    safe.0
}

/// Text that is made harmless as it comes.
struct Harmless(String);

impl Harmless {
    fn put(&mut self, json: &str) {
        let begins = json.starts_with('[') && self.0.ends_with("##");
        if !begins && json.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n') && byte != b'#') {
            self.0.push_str(json);
            return;
        }
        for c in json.chars() {
            match c {
                '[' if self.0.ends_with("##") => self.0.push_str("\\u005b"),
                '\n' => self.0.push(c),
                c if is_hidden(c) => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        let _ = write!(self.0, "\\u{unit:04x}");
                    }
                }
                c => self.0.push(c),
            }
        }
    }
}

impl io::Write for Harmless {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // JSON is written in whole characters.
        self.put(std::str::from_utf8(bytes).map_err(io::Error::other)?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_the_same_json_and_acts_on_nobody() {
        for text in ["plain", "##[error]x", "a##", "#[", "\u{1b}[2J\u{202e}\u{e0041}", "株式会社 é", "", "[##[##["]
        {
            let json = written(&[text, "[x]", text]);
            assert_eq!(
                serde_json::from_str::<Vec<String>>(&json).ok(),
                Some(vec![text.into(), "[x]".into(), text.into()])
            );
            assert!(!json.contains("##[") && !json.chars().any(|c| c != '\n' && is_hidden(c)), "{json}");
        }
    }

    #[test]
    fn a_command_in_two_pieces_is_none() {
        let mut safe = Harmless(String::new());
        for piece in ["a##", "[error]", "[", "#", "#", "[x"] {
            safe.put(piece);
        }
        assert_eq!(safe.0, "a##\\u005berror][##\\u005bx");
    }
}
