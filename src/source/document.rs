//! Documents that a register names by path: whether they are there, and their SHA-256.
//!
//! The path is a stranger's word. It is followed step by step inside the register's folder, and
//! never through a link, out of the folder, or into a hidden file; a pipe or device is not opened.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Digest;
use super::files::{plain, same};

/// The most bytes of one document that are hashed.
pub const MAX_DOCUMENT_BYTES: u64 = 256 << 20;
/// The most bytes of all documents together that are hashed.
const MAX_HASHED_BYTES: u64 = 4 << 30;

/// What is there under a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// A file; its SHA-256 in lower-case hexadecimal digits, where somebody asked for it.
    Found(Option<String>),
    /// A file of so many bytes that it was not hashed.
    TooLarge(u64),
    /// Nothing.
    Missing,
    /// Something that is not looked at; why, as a phrase to follow the path.
    Refused(String),
}

/// The documents below a folder, looked at one by one: hashing stops at a limit for all of them.
#[derive(Debug)]
pub struct Documents<'r> {
    root: &'r Path,
    left: u64,
}

impl<'r> Documents<'r> {
    /// Those below a folder.
    #[must_use]
    pub fn below(root: &'r Path) -> Self {
        Self { root, left: MAX_HASHED_BYTES }
    }

    /// What is there under a path as a register writes it: relative, with `/`.
    #[must_use]
    pub fn look(&mut self, written: &str, hash: bool) -> Document {
        match self.find(written) {
            Ok(None) => Document::Missing,
            Ok(Some(_)) if !hash => Document::Found(None),
            Ok(Some((path, seen))) => self.hash(&path, &seen),
            Err(why) => Document::Refused(why),
        }
    }

    /// The bytes of a small document.
    ///
    /// # Errors
    /// When there is none, or it is not looked at; why, as a phrase to follow the path.
    pub fn bytes(&self, written: &str, most: u64) -> Result<Vec<u8>, String> {
        let (path, seen) = self.find(written)?.ok_or("does not exist")?;
        let (mut file, mut bytes) = (opened(&path, &seen)?.take(most + 1), Vec::new());
        file.read_to_end(&mut bytes).map_err(|error| unread(&error))?;
        if bytes.len() as u64 > most {
            return Err(format!("has more than {most} bytes"));
        }
        Ok(bytes)
    }

    /// Follows a path to a regular file; nothing: nothing is there.
    fn find(&self, written: &str) -> Result<Option<(PathBuf, fs::Metadata)>, String> {
        let mut path = self.root.to_owned();
        let mut last = None;
        for step in steps(written)? {
            path.push(step);
            let seen = match fs::symlink_metadata(&path) {
                Ok(seen) => seen,
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    return Ok(None);
                }
                Err(error) => return Err(format!("cannot be looked at: {}", plain(&error))),
            };
            if seen.is_symlink() {
                return Err("leads through a symbolic link, and onward follows none inside a register".to_owned());
            }
            last = Some(seen);
        }
        match last {
            Some(seen) if seen.is_file() => Ok(Some((path, seen))),
            Some(seen) if seen.is_dir() => Err("is a folder, not a document".to_owned()),
            Some(_) => Err("is not a regular file".to_owned()),
            None => Err("is the folder of the register itself".to_owned()),
        }
    }

    fn hash(&mut self, path: &Path, seen: &fs::Metadata) -> Document {
        let limit = MAX_DOCUMENT_BYTES.min(self.left);
        if seen.len() > limit {
            return Document::TooLarge(seen.len());
        }
        let file = match opened(path, seen) {
            Ok(file) => file,
            Err(why) => return Document::Refused(why),
        };
        match Digest::of_all(file.take(limit + 1)) {
            Ok((size, _)) if size > limit => Document::TooLarge(size),
            Ok((size, digest)) => {
                self.left -= size;
                Document::Found(Some(digest.to_string()))
            }
            Err(error) => Document::Refused(unread(&error)),
        }
    }
}

/// The steps of a relative path that stays inside and is not hidden.
pub(super) fn steps(written: &str) -> Result<Vec<&str>, String> {
    let mut steps: Vec<&str> = Vec::new();
    if written.starts_with('/') {
        return Err("is an absolute path, and evidence lies in the folder of the register".to_owned());
    }
    if written.contains('\\') {
        return Err("has a backslash: folders are parted by `/`".to_owned());
    }
    for step in written.split('/') {
        match step {
            "" | "." => {}
            ".." => return Err("leads out of its folder by `..`".to_owned()),
            _ if step.starts_with('.') => return Err("is hidden, and onward passes over what is hidden".to_owned()),
            // On Windows this is a drive or a stream of a file, not a name.
            _ if step.contains(':') => {
                return Err("has a colon, which not every system takes for part of a name".to_owned());
            }
            _ => steps.push(step),
        }
    }
    Ok(steps)
}

/// Opens the very file that was looked at.
fn opened(path: &Path, seen: &fs::Metadata) -> Result<File, String> {
    let file = File::open(path).map_err(|error| unread(&error))?;
    if !same(seen, &file.metadata().map_err(|error| unread(&error))?) {
        return Err("was replaced while it was being read".to_owned());
    }
    Ok(file)
}

fn unread(error: &std::io::Error) -> String {
    format!("cannot be read: {}", plain(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_and_is_not_hidden() {
        assert_eq!(steps("papers/./2014//a.pdf"), Ok(vec!["papers", "2014", "a.pdf"]));
        for bad in ["../a", "papers/../../a", "/etc/passwd", "C:/a", "..\\a", ".git/config", "papers/.env"] {
            assert!(steps(bad).is_err(), "{bad}");
        }
    }
}
