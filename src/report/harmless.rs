//! JSON that a terminal and a CI runner read as text: the escaper of every format that is JSON.

use std::fmt::Write as _;

use crate::prose::is_hidden;

/// The same JSON, in which nothing can act on a terminal or on a CI runner that reads the log:
/// hidden characters and the `[` of `##[` become escapes.
pub(super) fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '[' if safe.ends_with("##") => safe.push_str("\\u005b"),
            '\n' => safe.push(c),
            c if is_hidden(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(safe, "\\u{unit:04x}");
                }
            }
            c => safe.push(c),
        }
    }
    safe
}
