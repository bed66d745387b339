//! Where the files of a register lie: in a folder, or in a revision of one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::document::{Document, Documents};
use super::revision::Revision;
use super::walk::{self, Listing};
use super::{Unreadable, read_text};

/// Texts by path, to be read in the place of the files of those paths.
pub type Drafts = BTreeMap<String, String>;

/// The files of a register, wherever they lie.
#[derive(Debug)]
pub enum Tree {
    /// A folder, and what somebody is about to write over its files.
    Folder(PathBuf, Drafts),
    /// A folder as a git revision has it.
    Revision(Revision),
}

impl Tree {
    /// A folder as it is.
    #[must_use]
    pub fn folder(root: &Path) -> Self {
        Self::Folder(root.to_owned(), Drafts::new())
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        match self {
            Self::Folder(root, _) => root,
            Self::Revision(revision) => revision.folder(),
        }
    }

    /// Why there is no folder at all, as a phrase to follow its name.
    #[must_use]
    pub fn missing(&self) -> Option<&'static str> {
        match self {
            Self::Folder(root, _) if root.is_dir() => None,
            Self::Folder(root, _) if root.exists() => Some("is no folder"),
            Self::Folder(..) => Some("does not exist"),
            Self::Revision(_) => None,
        }
    }

    /// What lies there.
    #[must_use]
    pub fn list(&self) -> Listing {
        match self {
            Self::Folder(root, _) if root.is_dir() => walk::list(root),
            Self::Folder(..) => Listing::default(),
            Self::Revision(revision) => revision.list(),
        }
    }

    /// The text of a file, by its path in the register.
    ///
    /// # Errors
    /// When the file cannot be read as UTF-8 text within the limits.
    pub fn text(&self, path: &str) -> Result<String, Unreadable> {
        match self {
            Self::Folder(root, drafts) => match drafts.get(path) {
                Some(draft) => Ok(draft.clone()),
                None => read_text(&root.join(path)),
            },
            Self::Revision(revision) => revision.text(path),
        }
    }

    /// Looks for documents by the paths that a register writes; each path, and whether to hash it.
    #[must_use]
    pub fn documents<'w>(&self, wanted: impl Iterator<Item = (&'w str, bool)>) -> BTreeMap<Box<str>, Document> {
        match self {
            Self::Folder(root, _) => {
                let mut below = Documents::below(root);
                wanted.map(|(path, hash)| (path.into(), below.look(path, hash))).collect()
            }
            Self::Revision(revision) => {
                wanted.map(|(path, hash)| (path.into(), revision.document(path, hash))).collect()
            }
        }
    }

    /// The bytes of a small document, by the path that a register writes; in a revision it is not
    /// looked for.
    ///
    /// # Errors
    /// Why it cannot be had, as a phrase to follow the path.
    pub fn bytes(&self, written: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
        match self {
            Self::Folder(root, _) => Documents::below(root).bytes(written, most).map(Some),
            Self::Revision(_) => Ok(None),
        }
    }
}
