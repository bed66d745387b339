//! What onward wrote into a folder: the names of its files and a digest of each, and what they were
//! made of.
//!
//! A manifest may come with a stranger's change, like any file. What it says of a file is held against
//! the file; what it says of all of them together cannot be, and is believed only where it was written
//! by onward itself: the time of the file is a mark of what is in it, which no checkout sets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;

use crate::site::{Origin, Page};
use crate::source::Digest;
use crate::threads::side_by_side;

/// The manifest's own name.
pub(super) const NAME: &str = ".onward-manifest";
/// Its name while it is being written.
pub(super) const UNFINISHED: &str = ".onward-manifest.unfinished";
const HEAD: &str = "onward site 1";
/// A larger file is not looked through.
const MAX_LOOK: u64 = 64 << 20;
/// What stands before the origin, where there is one.
const MADE_OF: &str = "made of ";

/// The files of a site.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// What they were made of, where that is known.
    pub origin: Option<Origin>,
    files: BTreeMap<String, Digest>,
}

impl Manifest {
    /// The manifest of pages.
    pub(super) fn of(pages: &[Page], origin: Option<Origin>) -> Self {
        let digests = side_by_side(pages, super::WORTH, |page| Digest::of(&page.bytes));
        Self { origin, files: pages.iter().map(|page| page.name.clone()).zip(digests).collect() }
    }

    /// The manifest in a folder; none where there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let (text, modified) = match read(&folder.join(NAME)) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(super::said("read", &folder.join(NAME), &error)),
        };
        let mut manifest = Self::parse(&text)
            .ok_or_else(|| format!("the manifest in {} is not one that onward wrote", super::shown(folder)))?;
        manifest.origin = manifest.origin.filter(|_| modified == Some(mark(&text)));
        Ok(manifest)
    }

    /// Writes it, with its mark, as a new file that a power cut cannot take away again.
    pub(super) fn put(&self, path: &Path) -> io::Result<()> {
        let text = self.text();
        let mut file = File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        // Without its mark it is a manifest all the same, and the next build looks at every page.
        let _ = file.set_modified(mark(&text));
        file.sync_all()
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
            files.insert(is_ours.then(|| name.to_owned())?, digest.parse().ok()?);
        }
        Some(Self { origin, files })
    }

    /// The manifest as text.
    fn text(&self) -> String {
        let lines = self.files.iter().map(|(name, digest)| format!("{digest}  {name}\n"));
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

    pub(super) fn digest(&self, name: &str) -> Option<Digest> {
        self.files.get(name).copied()
    }

    /// Whether a file of the folder is what onward wrote there: a regular file, unchanged since.
    pub(super) fn wrote(&self, folder: &Path, name: &str) -> bool {
        let Some(written) = self.digest(name) else { return false };
        let path = folder.join(name);
        is_file(&path) && Digest::of_file(&path).is_ok_and(|digest| digest == written)
    }

    /// Whether a file of the folder has the name of a page and nothing in it, which is what a power cut may leave
    /// of one that was not on the disk yet. There is nothing of anybody's to lose in it.
    pub(super) fn lost(&self, folder: &Path, name: &str) -> bool {
        let path = folder.join(name);
        self.contains(name) && is_file(&path) && is_blank(&path).unwrap_or(false)
    }
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Whether a file of the size of a page has nothing in it, or nothing but zeros.
fn is_blank(path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_LOOK + 1).read_to_end(&mut bytes)?;
    Ok(bytes.len() as u64 <= MAX_LOOK && bytes.iter().all(|byte| *byte == 0))
}

/// Whether a name is that of a file in the folder itself: a manifest can name nothing outside.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

/// Whether a name is that of a day, such as `2015-10-06`: the one kind of folder in a site.
fn is_day(name: &str) -> bool {
    name.len() == 10 && name.parse::<Date>().is_ok_and(|day| day.to_string() == name)
}

/// The text of a file, and when it was last written.
fn read(path: &Path) -> io::Result<(String, Option<SystemTime>)> {
    let (mut file, mut text) = (File::open(path)?, String::new());
    file.read_to_string(&mut text)?;
    Ok((text, file.metadata()?.modified().ok()))
}

/// A time that stands for a text: an even second before 2003, so that every system can keep it.
fn mark(text: &str) -> SystemTime {
    let part = Digest::of(text.as_bytes()).as_ref().iter().take(4).fold(0, |part, byte| part << 8 | u64::from(*byte));
    UNIX_EPOCH + Duration::from_secs(500_000_000 + 2 * (part % (1 << 28)))
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
            assert_eq!(Manifest::parse(&format!("{HEAD}\n{}  {bad}\n", "00".repeat(32))), None, "{bad}");
        }
        assert_eq!(Manifest::parse("something else\n"), None);
    }

    #[test]
    fn an_origin_is_believed_where_the_file_has_its_mark() -> io::Result<()> {
        let (folder, origin) = (tempfile::tempdir()?, Origin::parse(&"5a".repeat(32)));
        let path = folder.path().join(NAME);
        let manifest = Manifest::of(&[Page::new("index.html", "x")], origin);
        manifest.put(&path)?;
        let read = || Manifest::read(folder.path()).map(|read| read.origin);
        assert_eq!(read(), Ok(origin));
        // As a checkout, or somebody with an editor, writes it.
        fs::write(&path, manifest.text())?;
        assert_eq!(read(), Ok(None));
        let file = File::options().write(true).open(&path)?;
        file.set_modified(mark(&manifest.text()))?;
        assert_eq!(read(), Ok(origin));
        fs::write(&path, manifest.text().replace("index", "other"))?;
        file.set_modified(mark(&manifest.text()))?;
        assert_eq!(read(), Ok(None));
        Ok(())
    }
}
