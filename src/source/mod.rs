//! Where text comes from: the files of a register, and places in them.
//!
//! A place is symbolic (a file and a path of keys, [`Place`]) until something has to be shown;
//! only then is it turned into bytes, lines and columns, by parsing what stands there again. So the
//! many values that nobody complains about cost nothing to point at.

mod depth;
mod digest;
mod document;
mod files;
mod lexemes;
mod lines;
mod place;
mod revision;
mod search;
mod stamp;
mod tree;
mod walk;

pub use depth::{MAX_DEPTH, too_deep};
pub use digest::{Digest, Digester};
pub use document::{Document, Documents, MAX_DOCUMENT_BYTES};
use files::as_text;
pub use files::{Unreadable, read_text, read_text_up_to};
pub use lexemes::{Lexeme, lexemes};
pub use lines::{LineIndex, Position, Span};
pub use place::{Aim, Place, Spot, Step};
pub use revision::Revision;
pub use search::Search;
pub use stamp::Stamp;
pub use tree::{Drafts, Tree};
pub use walk::{Listing, NotRead};

use std::path::Path;

/// A file of the register; the number is its place in path order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The most bytes that one file may have.
pub const MAX_FILE_BYTES: u64 = 4 << 20;
/// The most bytes that all files of a register may have together.
pub const MAX_TOTAL_BYTES: u64 = 512 << 20;
/// The most files that a register may have.
pub const MAX_FILES: usize = 100_000;

/// The files of a register, in path order.
#[derive(Debug)]
pub struct Sources {
    tree: Tree,
    paths: Vec<String>,
    digests: Vec<Option<Digest>>,
}

impl Sources {
    /// Names files of a tree; `paths` are relative to its root, with `/`, already in order.
    #[must_use]
    pub fn new(tree: Tree, paths: Vec<String>) -> Self {
        Self { tree, paths, digests: Vec::new() }
    }

    /// Notes what the files said when they were read for judging, in path order; none for one that could
    /// not be read, or of which nobody asks.
    pub fn were_read(&mut self, digests: Vec<Option<Digest>>) {
        self.digests = digests;
    }

    /// What a file said when it was read for judging, where that was asked for.
    #[must_use]
    pub fn digest(&self, file: FileId) -> Option<Digest> {
        self.digests.get(file.0 as usize).copied().flatten()
    }

    /// Where the files lie.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The register's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.tree.root()
    }

    /// How many files the register has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is no file at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Every file, in path order.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.paths.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The path of a file relative to the register, with `/`.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        self.paths.get(file.0 as usize).map_or("", String::as_str)
    }

    /// The text of a file, read again.
    ///
    /// # Errors
    /// When the file cannot be read as UTF-8 text within the limits.
    pub fn text(&self, file: FileId) -> Result<String, Unreadable> {
        self.tree.text(self.path(file))
    }
}
