//! Which files a register has: every `*.toml` below its folder, in path order.

use std::path::Path;
use walkdir::WalkDir;

/// The most folders that may lie inside each other.
const MAX_FOLDERS: usize = 64;

/// What lies below a register's folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// The register files, relative to the folder, with `/`, in path order.
    pub files: Vec<String>,
    /// What looked like a register file or folder but must not be followed, with the reason.
    pub refused: Vec<(String, String)>,
    /// What is close to a register file and was passed over.
    pub not_read: Vec<NotRead>,
}

/// A file that a person may believe is read.
#[derive(Debug)]
pub struct NotRead {
    /// Its path relative to the register.
    pub path: String,
}

/// Lists a register's folder. Hidden files and folders are passed over, links are never followed.
#[must_use]
pub fn list(root: &Path) -> Listing {
    let mut listing = Listing::default();
    let walk = WalkDir::new(root).min_depth(1).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry.file_name().as_encoded_bytes())) {
        match entry {
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative(root, path));
                let why = error.io_error().map_or_else(|| "it cannot be listed".to_owned(), |io| io.kind().to_string());
                listing.refused.push((path, format!("cannot be read: {why}")));
            }
            Ok(entry) => sort_in(root, &entry, &mut listing),
        }
    }
    listing
}

fn sort_in(root: &Path, entry: &walkdir::DirEntry, listing: &mut Listing) {
    let path = relative(root, entry.path());
    let kind = entry.file_type();
    let name = entry.file_name().to_string_lossy();
    let is_toml = name.ends_with(".toml");
    if entry.depth() > MAX_FOLDERS {
        listing.refused.push((path, format!("lies more than {MAX_FOLDERS} folders deep")));
    } else if kind.is_symlink() {
        if is_toml || entry.path().is_dir() {
            listing.refused.push((path, "is a symbolic link, and onward follows none inside a register".to_owned()));
        }
    } else if kind.is_dir() {
        // A folder is no record, whatever its name; what is in it comes next.
    } else if is_toml && entry.path().to_str().is_none() {
        listing.refused.push((path, "has a name that is not UTF-8".to_owned()));
    } else if is_toml && !kind.is_file() {
        listing.refused.push((path, "is not a regular file".to_owned()));
    } else if is_toml {
        listing.files.push(path);
    } else if name.to_lowercase().ends_with(".toml") {
        listing.not_read.push(NotRead { path });
    }
}

fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".")
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}
