//! A look at the nesting of a file before any parser sees it.
//!
//! The parser has a limit of its own, but reports it without a place and only after it has built
//! what it could; a file of brackets must cost no more than one pass over its bytes.

use super::lexemes::{line_end, string_end};

/// The deepest nesting of brackets, braces and dotted keys that a register file may have.
pub const MAX_DEPTH: usize = 16;

/// The byte at which the nesting of `text` passes [`MAX_DEPTH`], if it does.
#[must_use]
pub fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut dots, mut at) = (0usize, 0usize, 0usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'#' => at = line_end(bytes, at),
            b'"' | b'\'' => at = string_end(bytes, at),
            b'[' | b'{' => {
                depth += 1;
                dots = 0;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                dots = 0;
            }
            b'.' => dots += 1,
            // A header's brackets close on its own line, so an unclosed one must not count for ever.
            b'=' | b',' | b'\n' => dots = 0,
            _ => {}
        }
        if depth > MAX_DEPTH || dots > MAX_DEPTH {
            return Some(at.min(bytes.len().saturating_sub(1)));
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_files_are_shallow() {
        assert_eq!(too_deep("[[a]]\nb = [\"[[[[[[[[[[[[[[[[[[[[[[[[[[\"] # [[[[[[[[[[[[[[[[[[[[[[\nc = 1.5\n"), None);
        assert_eq!(too_deep("a = \"\"\"\n[[[[[[[[[[[[[[[[[[[[[[\n\"\"\"\nb = '[[[[[[[[[[[[[[[[[[[[['"), None);
    }

    #[test]
    fn brackets_braces_and_dots_past_the_limit_are_found_where_they_are() {
        assert_eq!(too_deep(&format!("a = {}", "[".repeat(5000))), Some(4 + MAX_DEPTH));
        assert!(too_deep(&format!("a = {}", "{x=".repeat(40))).is_some());
        assert!(too_deep(&format!("{}a = 1", "a.".repeat(40))).is_some());
        assert_eq!(too_deep(&format!("a = {}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH))), None);
    }
}
