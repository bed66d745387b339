//! A place in a register: a file and the path of keys that leads there.

use std::borrow::Cow;
use std::ops::Range;

use super::{FileId, Search};

/// One step on the way from the top of a file to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a table, by key.
    Key(Cow<'static, str>),
    /// Into an array, by position from 0.
    Item(u32),
    /// Into the list of the records of a kind, by position from 0; and the byte where the record began when
    /// it was read.
    Record(u32, u32),
}

/// Which part of the thing at the end of the path is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// The value (for a record: its `[[header]]`).
    Value,
    /// The key that the path ends in.
    Key,
}

/// What a place points at inside its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A value or key, by path.
    Path(Vec<Step>, Aim),
    /// A range of bytes, where the file has no path to it (it does not parse).
    Bytes(usize, usize),
    /// The file as a whole.
    File,
}

/// A symbolic place: cheap to make, resolved to bytes only when it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The spot in it.
    pub spot: Spot,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self { file, spot: Spot::File }
    }

    /// A range of bytes of a file.
    #[must_use]
    pub fn bytes(file: FileId, range: &Range<usize>) -> Self {
        Self { file, spot: Spot::Bytes(range.start, range.end) }
    }

    /// The bytes of this place in the text of its file, as a [`Search`] finds them.
    #[must_use]
    pub fn locate(&self, text: &str) -> Range<usize> {
        Search::of(text).find(self)
    }
}
