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
    /// Not UTF-8 text.
    NotText {
        /// The first byte that is none, from 0.
        byte: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
        /// What the file looks like instead.
        like: &'static str,
    },
}

impl Unreadable {
    /// The reason as a phrase, to follow the file's name.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Refused(why) => format!("cannot be read: {why}"),
            Self::NotRegular => "is not a regular file".to_owned(),
            Self::TooLarge(size, most) => format!("has {size} bytes, more than the {most} that it may have"),
            Self::NotText { byte, line, column, like } => {
                format!("is not UTF-8 text from line {line}, column {column} (byte {byte}) on: it looks like {like}")
            }
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
    match String::from_utf8(bytes) {
        Ok(text) => match many_zeros(text.as_bytes()) {
            Some(byte) => Err(not_text(text.as_bytes(), byte, true)),
            None => Ok(text),
        },
        Err(error) => {
            let (byte, is_whole) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len().is_some());
            Err(not_text(error.as_bytes(), byte, is_whole))
        }
    }
}

/// The first zero of a text that is none: zeros are most of its end, or stand between its letters. A zero
/// alone is a control character like others.
fn many_zeros(bytes: &[u8]) -> Option<usize> {
    // Nearly no file has any, which is seen many bytes at a time.
    let first = bytes.contains(&0).then(|| bytes.iter().position(|byte| *byte == 0))??;
    let zeros = bytes[first..].split(|byte| *byte == 0).count() - 1;
    (zeros >= 4 && zeros >= (bytes.len() - first) / 3).then_some(first)
}

/// Why bytes are no text from one of them on; `is_whole` is false where they end within a character.
fn not_text(bytes: &[u8], byte: usize, is_whole: bool) -> Unreadable {
    let before = String::from_utf8_lossy(&bytes[..byte]);
    let before = before.strip_prefix('\u{feff}').unwrap_or(&before);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |text| text.chars().count()) + 1;
    Unreadable::NotText { byte, line, column, like: guess(bytes, byte, is_whole) }
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

fn guess(bytes: &[u8], byte: usize, is_whole: bool) -> &'static str {
    if bytes[byte..].iter().all(|byte| *byte == 0) {
        "a file whose last write was lost, which left zeros"
    } else if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        "UTF-32"
    } else if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "UTF-16, as a spreadsheet or an old editor saves it"
    } else if many_zeros(bytes).is_some_and(|zero| std::str::from_utf8(bytes).is_ok() && zero < 4) {
        "UTF-16 or UTF-32 without its mark"
    } else if bytes.contains(&0) {
        "a binary file"
    } else if !is_whole {
        "a file that was cut off within a character"
    } else {
        "an old single-byte encoding (ISO 8859-1 or Windows-1252)"
    }
}
