//! What onward wrote into a folder: the names of its files and a digest of each, and what they were
//! made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use jiff::civil::Date;

use crate::site::{Origin, Page};
use crate::threads::side_by_side;

/// The manifest's own name.
pub(super) const NAME: &str = ".onward-manifest";
/// Its name while it is being written.
pub(super) const UNFINISHED: &str = ".onward-manifest.unfinished";
const HEAD: &str = "onward site 1";
/// What stands before the origin, where there is one.
const MADE_OF: &str = "made of ";

/// The files of a site.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// What they were made of, where that is known.
    pub origin: Option<Origin>,
    files: BTreeMap<String, u64>,
}

impl Manifest {
    /// The manifest of pages.
    pub(super) fn of(pages: &[Page], origin: Option<Origin>) -> Self {
        let digests = side_by_side(pages, super::WORTH, |page| digest(&page.bytes));
        Self { origin, files: pages.iter().map(|page| page.name.clone()).zip(digests).collect() }
    }

    /// The manifest in a folder; none where there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let text = match fs::read_to_string(folder.join(NAME)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(super::said("read", &folder.join(NAME), &error)),
        };
        Self::parse(&text)
            .ok_or_else(|| format!("the manifest in {} is not one that onward wrote", super::shown(folder)))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().peekable();
        if lines.next() != Some(HEAD) {
            return None;
        }
        let mut origin = None;
        if let Some(told) = lines.peek().and_then(|line| line.strip_prefix(MADE_OF)) {
            origin = Some(Origin::parse(told)?);
            lines.next();
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let (digest, name) = line.split_once("  ")?;
            let is_ours = name.split_once('/').map_or(is_plain(name), |(day, file)| is_day(day) && is_plain(file));
            files.insert(is_ours.then(|| name.to_owned())?, u64::from_str_radix(digest, 16).ok()?);
        }
        Some(Self { origin, files })
    }

    /// The manifest as text.
    pub(super) fn text(&self) -> String {
        let lines = self.files.iter().map(|(name, digest)| format!("{digest:016x}  {name}\n"));
        let origin = self.origin.map(|origin| format!("{MADE_OF}{}\n", origin.text())).unwrap_or_default();
        format!("{HEAD}\n{origin}{}", lines.collect::<String>())
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The folders that it has files in, beside the site's own: one for every further day.
    pub(super) fn days(&self) -> BTreeSet<&str> {
        self.files().filter_map(|name| Some(name.split_once('/')?.0)).collect()
    }

    /// Whether another manifest names the same files with the same digests.
    pub(super) fn has_files_of(&self, other: &Self) -> bool {
        self.files == other.files
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    pub(super) fn digest(&self, name: &str) -> Option<u64> {
        self.files.get(name).copied()
    }

    /// Whether a file of the folder is what onward wrote there: a regular file, unchanged since.
    pub(super) fn wrote(&self, folder: &Path, name: &str) -> bool {
        let Some(written) = self.digest(name) else { return false };
        let path = folder.join(name);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        is_file && fs::read(&path).is_ok_and(|bytes| digest(&bytes) == written)
    }
}

/// Whether a name is that of a file in the folder itself: a manifest can name nothing outside.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

/// Whether a name is that of a day, such as `2015-10-06`: the one kind of folder in a site.
fn is_day(name: &str) -> bool {
    name.len() == 10 && name.parse::<Date>().is_ok_and(|day| day.to_string() == name)
}

/// A digest that tells an edited file from an untouched one (FNV-1a, 64 bits, over eight-byte words).
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        hash ^= word.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
        hash = hash.wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    }
    for byte in words.remainder() {
        hash ^= u64::from(*byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_and_names_only_files_of_its_folder() {
        let pages = ["index.html", "2015-10-06/index.html"].map(|name| Page::new(name, "x"));
        let origin = Origin::parse(&"5a".repeat(32));
        assert!(origin.is_some());
        for origin in [None, origin] {
            let manifest = Manifest::of(&pages, origin);
            assert_eq!(manifest.days().into_iter().collect::<Vec<_>>(), ["2015-10-06"]);
            assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
        }
        assert_eq!(Manifest::parse(&format!("{HEAD}\n{MADE_OF}stone\n")), None);
        for bad in [
            "../../etc/passwd",
            "/etc/passwd",
            "a/b",
            "C:x",
            ".hidden",
            "",
            "2015-10-06/../../x",
            "2015-10-06/",
            "2015-13-01/x",
        ] {
            assert_eq!(Manifest::parse(&format!("{HEAD}\n0000000000000000  {bad}\n")), None, "{bad}");
        }
        assert_eq!(Manifest::parse("something else\n"), None);
    }

    #[test]
    fn a_digest_tells_any_changed_byte() {
        let text = "0123456789abcdef012".as_bytes();
        for at in 0..text.len() {
            let mut changed = text.to_vec();
            changed[at] ^= 1;
            assert_ne!(digest(text), digest(&changed), "{at}");
        }
        assert_ne!(digest(b""), digest(b"\0"));
    }
}
