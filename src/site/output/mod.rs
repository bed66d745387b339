//! Putting a site in its place: whole or not at all, and touching nothing that is not onward's.
//!
//! A new site is built in a hidden folder beside the old one (unchanged files are linked, not
//! written again) and the two are swapped in one step; so a full disk or a kill leaves the old site
//! or the new one. After a power cut pages may be there and empty: the next build writes them again.
//! A manifest says which files onward wrote, what they were, and what they were made of; a folder that
//! holds anything else is refused, and where all is there and was made of the same, nothing is made.

mod manifest;
mod swap;

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use manifest::Manifest;

use super::{Origin, Page};
use crate::prose;
use crate::threads::{all_or_none, side_by_side};

/// How many files are worth a thread.
const WORTH: usize = 64;

/// What became of the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Of these, how many are new or changed.
    pub changed: usize,
    /// Files of the last site that are gone.
    pub removed: usize,
}

/// Writes a site into `out`.
///
/// With `force`, files in the folder that onward did not write stay where they are; one that has
/// the name of a page is refused all the same. The origin is kept beside the pages, for [`holds`].
///
/// # Errors
/// A phrase that says what is in the way. The folder is then as it was.
pub fn write(out: &Path, pages: &[Page], origin: Option<Origin>, force: bool) -> Result<Written, String> {
    let out = absolute(out)?;
    let parent = out.parent().ok_or_else(|| format!("{} cannot be a site's folder", shown(&out)))?.to_owned();
    fs::create_dir_all(&parent).map_err(|error| said("created", &parent, &error))?;
    let _lock = swap::lock(&parent);
    let fresh = swap::beside(&out, "new");
    swap::clear_leftovers(&out).map_err(|error| said("removed", &fresh, &error))?;
    let old = survey(&out)?;
    old.make_way(&out, pages, force)?;
    let manifest = Manifest::of(pages, origin);
    let changed = pages.iter().filter(|page| !old.has(page, &manifest)).count();
    let removed = old.manifest.files().filter(|name| !manifest.contains(name)).count();
    let written = Written { files: pages.len(), changed, removed };
    let is_same = changed == 0 && old.manifest.has_files_of(&manifest);
    if is_same && old.manifest == manifest {
        return Ok(written);
    }
    let done = if is_same {
        place_manifest(&fresh, &manifest).and_then(|()| swap::manifest(&fresh, &out))
    } else {
        build(&fresh, &out, pages, &old, &manifest).and_then(|()| swap::exchange(&fresh, &out))
    };
    if let Err(error) = done {
        // What cannot be removed now is removed, or complained about, by the next build.
        let _ = swap::clear_leftovers(&out);
        return Err(said("written", &out, &error));
    }
    Ok(written)
}

/// Whether `out` holds all of the site of an origin, untouched since it was written: of how many files.
/// Then there is nothing to make or to write.
#[must_use]
pub fn holds(out: &Path, origin: Origin, force: bool) -> Option<usize> {
    let out = absolute(out).ok()?;
    let _lock = swap::lock(out.parent()?);
    // Whatever is in the way here is told by the build that follows.
    if Manifest::read(&out).ok()?.origin != Some(origin) {
        return None;
    }
    swap::clear_leftovers(&out).ok()?;
    let old = survey(&out).ok()?;
    let is_whole = old.manifest.origin == Some(origin) && old.manifest.files().all(|name| old.there.contains(name));
    (is_whole && (force || old.foreign.is_empty())).then_some(old.there.len())
}

/// The folder as it is: what of it is onward's, what is somebody else's.
struct Old {
    manifest: Manifest,
    /// The files of the manifest that are there as they were written.
    there: HashSet<String>,
    /// Other files, in order.
    foreign: Vec<PathBuf>,
}

impl Old {
    /// Whether a page of a new manifest is there already, to the byte.
    fn has(&self, page: &Page, new: &Manifest) -> bool {
        self.there.contains(&page.name) && self.manifest.digest(&page.name) == new.digest(&page.name)
    }

    /// Refuses to go on where somebody else's files are in the way.
    fn make_way(&self, out: &Path, pages: &[Page], force: bool) -> Result<(), String> {
        let Some(first) = self.foreign.first() else { return Ok(()) };
        let first = prose::quote(&first.to_string_lossy());
        let count = prose::count(self.foreign.len(), "file");
        if !force {
            let out = shown(out);
            let what =
                format!("{out} holds {count} that onward did not write or that changed since, {first} among them");
            return Err(format!("{what}; name another folder, or keep them with `--force`"));
        }
        // A page may not take the place of a file, nor lie in a folder, that is somebody else's.
        let is_taken = |page: &&Page| self.foreign.iter().any(|name| Path::new(&page.name).starts_with(name));
        pages.iter().find(is_taken).map_or(Ok(()), |page| {
            let page = prose::quote(&page.name);
            Err(format!("{page} in {} is not onward's and has the name of a page", shown(out)))
        })
    }
}

/// Looks at every file in the folder.
fn survey(out: &Path) -> Result<Old, String> {
    let none = || Old { manifest: Manifest::default(), there: HashSet::new(), foreign: Vec::new() };
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(none()),
        Err(error) => return Err(said("read", out, &error)),
        Ok(found) if !found.is_dir() => return Err(format!("{} is no folder", shown(out))),
        Ok(_) => {}
    }
    let manifest = Manifest::read(out)?;
    let mut files = Vec::new();
    let days = manifest.days();
    for name in names(out)? {
        if name == manifest::NAME {
            continue;
        }
        let is_day = name.to_str().is_some_and(|name| days.contains(name));
        if is_day && fs::symlink_metadata(out.join(&name)).is_ok_and(|found| found.is_dir()) {
            files.extend(names(&out.join(&name))?.into_iter().map(|file| Path::new(&name).join(file)));
        } else {
            files.push(PathBuf::from(name));
        }
    }
    let found = side_by_side(&files, WORTH, |file| look(&manifest, out, file));
    let (mut there, mut foreign) = (HashSet::with_capacity(files.len()), Vec::new());
    for (file, found) in files.into_iter().zip(found) {
        match found {
            Found::Page(name) => drop(there.insert(name)),
            Found::Lost => {}
            Found::Foreign => foreign.push(file),
        }
    }
    foreign.sort();
    Ok(Old { manifest, there, foreign })
}

/// The names in a folder.
fn names(folder: &Path) -> Result<Vec<OsString>, String> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect());
    entries.map_err(|error| said("read", folder, &error))
}

/// What a file in the folder is.
enum Found {
    /// A page as onward wrote it, by its path in the site.
    Page(String),
    /// What is left of a page after a power cut: nothing.
    Lost,
    /// Somebody else's, or changed by somebody.
    Foreign,
}

fn look(manifest: &Manifest, out: &Path, file: &Path) -> Found {
    let steps: Option<Vec<&str>> = file.iter().map(|step| step.to_str()).collect();
    match steps.map(|steps| steps.join("/")) {
        Some(name) if manifest.wrote(out, &name) => Found::Page(name),
        Some(name) if manifest.lost(out, &name) => Found::Lost,
        _ => Found::Foreign,
    }
}

/// Builds the new site in a folder of its own.
fn build(fresh: &Path, out: &Path, pages: &[Page], old: &Old, manifest: &Manifest) -> io::Result<()> {
    // The manifest comes first: whatever happens next, it says what may be removed again.
    place_manifest(fresh, manifest)?;
    for day in manifest.days() {
        fs::create_dir(fresh.join(day))?;
    }
    all_or_none(pages, WORTH, |page| {
        let target = fresh.join(&page.name);
        let is_linked = old.has(page, manifest) && fs::hard_link(out.join(&page.name), &target).is_ok();
        if is_linked { Ok(()) } else { put(&target, &page.bytes) }
    })?;
    for name in &old.foreign {
        // The folder of a day that the site has no more, for somebody else's file in it.
        if let Some(day) = name.parent().filter(|day| !fresh.join(day).exists()) {
            fs::create_dir(fresh.join(day))?;
        }
        swap::carry_over(&out.join(name), &fresh.join(name))?;
    }
    File::open(fresh)?.sync_all()
}

/// Begins a folder with its manifest, which takes its name when it is whole, so that no run ever
/// meets half of one.
fn place_manifest(fresh: &Path, manifest: &Manifest) -> io::Result<()> {
    fs::create_dir(fresh)?;
    let unfinished = fresh.join(manifest::UNFINISHED);
    manifest.put(&unfinished)?;
    fs::rename(&unfinished, fresh.join(manifest::NAME))
}

/// Writes a new file. Nobody waits until the disk has it: that takes half as long again as the whole build.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

fn absolute(out: &Path) -> Result<PathBuf, String> {
    std::path::absolute(out).map_err(|error| said("used", out, &error))
}

fn shown(path: &Path) -> String {
    prose::quote(&path.to_string_lossy())
}

fn said(act: &str, path: &Path, error: &io::Error) -> String {
    format!("{} could not be {act}: {}", shown(path), prose::visible(&error.to_string()))
}
