//! Of which git commit the files of a register are, for those who look them up later.

use super::{Revision, Sources, Tree};

/// The commit that a register's folder is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The last commit that changed the folder: its whole id.
    pub commit: String,
    /// Whether the files are as that commit left them.
    pub clean: bool,
}

impl Stamp {
    /// The stamp of files in a folder; nothing where there is no git, no repository or no commit.
    #[must_use]
    pub fn of(sources: &Sources) -> Option<Self> {
        let Tree::Folder(folder, _) = sources.tree() else { return None };
        let head = Revision::read(folder, "HEAD").ok().flatten()?;
        let commit = Revision::last_change(folder).ok().filter(|commit| !commit.is_empty())?;
        let then = head.list().files;
        let same = |file| {
            let path = sources.path(file);
            matches!((sources.text(file), head.text(path)), (Ok(now), Ok(then)) if now == then)
        };
        Some(Self { commit, clean: then.len() == sources.len() && sources.ids().all(same) })
    }
}
