//! Reading one file: a regular one, inside the limits, as UTF-8.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::MAX_FILE_BYTES;

/// Why a file could not be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The system refused, in its words.
    Refused(String),
    /// A folder, pipe, socket, device or link.
    NotRegular,
    /// Its size in bytes, and the most that it may have.
    TooLarge(u64, u64),
    /// Not UTF-8; the first byte that is not, and what the file looks like instead.
    NotUtf8(usize, &'static str),
}

impl Unreadable {
    /// The reason as a phrase, to follow the file's name.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Refused(why) => format!("cannot be read: {why}"),
            Self::NotRegular => "is not a regular file".to_owned(),
            Self::TooLarge(size, most) => format!("has {size} bytes, more than the {most} that it may have"),
            Self::NotUtf8(at, like) => format!("is not UTF-8 text (byte {at}): it looks like {like}"),
        }
    }
}

/// Reads a file whose last step is no link, without ever opening a pipe or device.
///
/// # Errors
/// See [`Unreadable`].
pub fn read_text(path: &Path) -> Result<String, Unreadable> {
    read_text_up_to(path, MAX_FILE_BYTES)
}

/// Reads a file of at most so many bytes, as [`read_text`] does.
///
/// # Errors
/// See [`Unreadable`].
pub fn read_text_up_to(path: &Path, most: u64) -> Result<String, Unreadable> {
    let refused = |error: std::io::Error| Unreadable::Refused(plain(&error));
    let seen = fs::symlink_metadata(path).map_err(refused)?;
    if !seen.is_file() {
        return Err(Unreadable::NotRegular);
    }
    if seen.len() > most {
        return Err(Unreadable::TooLarge(seen.len(), most));
    }
    let file = File::open(path).map_err(refused)?;
    let opened = file.metadata().map_err(refused)?;
    if !same(&seen, &opened) {
        return Err(Unreadable::Refused("it was replaced while it was being read".to_owned()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(opened.len()).unwrap_or(0) + 1);
    file.take(most + 1).read_to_end(&mut bytes).map_err(refused)?;
    let size = bytes.len() as u64;
    if size > most {
        return Err(Unreadable::TooLarge(size, most));
    }
    as_text(bytes)
}

/// Bytes as UTF-8 text.
pub(super) fn as_text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Unreadable::NotUtf8(at, guess(error.as_bytes()))
    })
}

/// The system's reason without its error number, which differs between systems.
pub(super) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(cut) => text[..cut].to_lowercase(),
        None => text,
    }
}

#[cfg(unix)]
pub(super) fn same(seen: &fs::Metadata, opened: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    opened.is_file() && seen.dev() == opened.dev() && seen.ino() == opened.ino()
}

#[cfg(not(unix))]
pub(super) fn same(_: &fs::Metadata, opened: &fs::Metadata) -> bool {
    opened.is_file()
}

fn guess(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "UTF-16, as a spreadsheet or an old editor saves it"
    } else if bytes.contains(&0) {
        "a binary file"
    } else {
        "an old single-byte encoding (ISO 8859-1 or Windows-1252)"
    }
}
