//! Which files a register has: every `*.toml` below its folder, in path order.

use std::path::Path;
use walkdir::WalkDir;

/// The most folders that may lie inside each other.
const MAX_FOLDERS: usize = 64;

/// What lies below a register's folder.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The register files, relative to the folder, with `/`, in path order.
    pub files: Vec<String>,
    /// What looked like a register file or folder but must not be followed, with the reason.
    pub refused: Vec<(String, String)>,
    /// What is close to a register file and was passed over.
    pub not_read: Vec<NotRead>,
}

/// A file that a person may believe is read.
#[derive(Clone, Debug)]
pub struct NotRead {
    /// Its path relative to the register.
    pub path: String,
}

/// Something below a register's folder.
pub(super) struct Entry<'e> {
    /// Its path relative to the register, with `/`.
    pub path: String,
    /// Its name, as bytes.
    pub name: &'e [u8],
    /// Whether the whole path is UTF-8.
    pub is_text: bool,
    /// How many folders down it lies, itself counted.
    pub depth: usize,
    /// What it is.
    pub kind: Kind,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A link, and whether it leads to a folder.
    Link {
        to_folder: bool,
    },
    Other,
}

/// Lists a register's folder. Hidden files and folders are passed over, links are never followed.
#[must_use]
pub(super) fn list(root: &Path) -> Listing {
    let mut listing = Listing::default();
    let walk = WalkDir::new(root).min_depth(1).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry.file_name().as_encoded_bytes())) {
        match entry {
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative(root, path));
                let why = error.io_error().map_or_else(|| "it cannot be listed".to_owned(), |io| io.kind().to_string());
                listing.refused.push((path, format!("cannot be read: {why}")));
            }
            Ok(entry) => {
                let kind = entry.file_type();
                let kind = match (kind.is_symlink(), kind.is_dir(), kind.is_file()) {
                    (true, ..) => Kind::Link { to_folder: entry.path().is_dir() },
                    (_, true, _) => Kind::Folder,
                    (.., true) => Kind::File,
                    _ => Kind::Other,
                };
                let path = relative(root, entry.path());
                let (name, depth) = (entry.file_name().as_encoded_bytes(), entry.depth());
                let is_text = entry.path().to_str().is_some();
                listing.sort_in(Entry { path, name, is_text, depth, kind });
            }
        }
    }
    listing
}

impl Listing {
    /// Puts an entry where it belongs.
    pub(super) fn sort_in(&mut self, entry: Entry<'_>) {
        let Entry { path, name, is_text, depth, kind } = entry;
        let is_toml = name.ends_with(b".toml");
        if depth > MAX_FOLDERS {
            self.refused.push((path, format!("lies more than {MAX_FOLDERS} folders deep")));
            return;
        }
        match kind {
            Kind::Link { to_folder } if is_toml || to_folder => {
                let why = "is a symbolic link, and onward follows none inside a register";
                self.refused.push((path, why.to_owned()));
            }
            // A folder is no record, whatever its name; what is in it comes next.
            Kind::Folder | Kind::Link { .. } => {}
            _ if is_toml && !is_text => {
                self.refused.push((path, "has a name that is not UTF-8".to_owned()));
            }
            Kind::Other if is_toml => self.refused.push((path, "is not a regular file".to_owned())),
            _ if is_toml => self.files.push(path),
            _ if name.to_ascii_lowercase().ends_with(b".toml") => self.not_read.push(NotRead { path }),
            _ => {}
        }
    }
}

pub(super) fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".")
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}
