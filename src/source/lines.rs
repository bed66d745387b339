//! From bytes to lines and columns: the one place that counts them.

use std::borrow::Cow;
use std::ops::Range;

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
}

/// A stretch of a file; `end` is the first position after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first position.
    pub start: Position,
    /// The position after the last.
    pub end: Position,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: Cow<'t, str>,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Indexes `text`, borrowed or its own.
    #[must_use]
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        Self { text, starts }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        // A byte order mark is no character of the first line.
        let seen = self.text[start..byte].trim_start_matches('\u{feff}');
        Position { line: line + 1, column: seen.chars().count() + 1 }
    }

    /// The span of a range of bytes.
    #[must_use]
    pub fn span(&self, bytes: &Range<usize>) -> Span {
        Span { start: self.position(bytes.start), end: self.position(bytes.end.max(bytes.start)) }
    }

    /// The bytes of a line, counted from 1, without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }

    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_line_one_column_one() {
        let index = LineIndex::new("ab\ncd");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(3), Position { line: 2, column: 1 });
        assert_eq!(index.position(99), Position { line: 2, column: 3 });
        assert_eq!(index.line(2), 3..5);
    }

    #[test]
    fn columns_count_characters_and_crlf_is_one_end() {
        let index = LineIndex::new("é = 1\r\nx");
        assert_eq!(index.position(3), Position { line: 1, column: 3 });
        assert_eq!(index.line(1), 0..6);
        assert_eq!(index.position(8), Position { line: 2, column: 1 });
    }
}
