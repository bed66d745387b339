//! Swapping a new folder for an old one, and cleaning up after a run that was killed.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};

/// Holds the folder around the site, so that two builds into it follow each other. The system
/// lets go of it when the run ends, however it ends. Where folders cannot be locked, nothing is.
pub(super) fn lock(parent: &Path) -> Option<File> {
    let folder = File::open(parent).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// A hidden folder beside the site's.
pub(super) fn beside(out: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(format!(".onward-{what}"));
    out.with_file_name(name)
}

/// Removes what a killed run left beside the site: an unfinished site, or the last one.
pub(super) fn clear_leftovers(out: &Path) -> io::Result<()> {
    let leftover = beside(out, "new");
    if fs::symlink_metadata(&leftover).is_ok() { dismantle(&leftover, out) } else { Ok(()) }
}

/// Removes a folder that onward built: the files that its manifest names, and second names of files
/// that are in the site too. Anything else stays, and with it the folder.
pub(super) fn dismantle(folder: &Path, out: &Path) -> io::Result<()> {
    let pages = Manifest::read(folder).map_err(io::Error::other)?;
    for day in pages.days() {
        let inside = folder.join(day);
        if fs::symlink_metadata(&inside).is_ok_and(|found| found.is_dir()) {
            remove_pages(&inside, &out.join(day), &|name| pages.contains(&format!("{day}/{name}")))?;
            fs::remove_dir(&inside)?;
        }
    }
    remove_pages(folder, out, &|name| name == manifest::UNFINISHED || pages.contains(name))?;
    // The manifest goes last: a run that is killed here must leave what tells the next one its files.
    match fs::remove_file(folder.join(manifest::NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_dir(folder)
}

/// Removes the pages in a folder, and second names of files that are in the site too.
fn remove_pages(folder: &Path, out: &Path, is_page: &dyn Fn(&str) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let path = folder.join(&name);
        if name == manifest::NAME {
            continue;
        }
        if name.to_str().is_some_and(is_page) && fs::symlink_metadata(&path)?.is_file() {
            fs::remove_file(&path)?;
        } else {
            remove_second_name(&path, &out.join(&name))?;
        }
    }
    Ok(())
}

/// Removes a file that goes on under another name, or a folder of such files.
fn remove_second_name(path: &Path, other: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            let name = entry?.file_name();
            remove_second_name(&path.join(&name), &other.join(&name))?;
        }
        return fs::remove_dir(path);
    }
    if is_same_file(path, other) {
        return fs::remove_file(path);
    }
    Err(io::Error::other(format!("{} is not onward's: move it away", path.display())))
}

#[cfg(unix)]
fn is_same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (a, b) = (fs::symlink_metadata(a), fs::symlink_metadata(b));
    a.is_ok_and(|a| b.is_ok_and(|b| a.dev() == b.dev() && a.ino() == b.ino()))
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

/// Puts the new folder in the old one's place; the old one is gone afterwards.
pub(super) fn exchange(fresh: &Path, out: &Path) -> io::Result<()> {
    if fs::symlink_metadata(out).is_err() {
        return fs::rename(fresh, out);
    }
    in_one_step(fresh, out)?;
    dismantle(fresh, out)
}

/// Puts the manifest of a folder that has nothing else in the place of the site's; the folder is gone
/// afterwards.
pub(super) fn manifest(fresh: &Path, out: &Path) -> io::Result<()> {
    fs::rename(fresh.join(manifest::NAME), out.join(manifest::NAME))?;
    fs::remove_dir(fresh)
}

#[cfg(target_os = "linux")]
fn in_one_step(fresh: &Path, out: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, fresh, CWD, out, RenameFlags::EXCHANGE) {
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => in_two_steps(fresh, out),
        done => Ok(done?),
    }
}

#[cfg(not(target_os = "linux"))]
fn in_one_step(fresh: &Path, out: &Path) -> io::Result<()> {
    in_two_steps(fresh, out)
}

/// Where the system cannot exchange two folders: the old one steps aside and comes back if the
/// new one cannot take its place.
fn in_two_steps(fresh: &Path, out: &Path) -> io::Result<()> {
    let aside = beside(out, "old");
    fs::rename(out, &aside)?;
    if let Err(error) = fs::rename(fresh, out) {
        fs::rename(&aside, out)?;
        return Err(error);
    }
    fs::rename(&aside, fresh)
}

/// Takes a file or folder that is not onward's into the new site: the same file, not a copy.
pub(super) fn carry_over(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    if found.is_dir() {
        fs::create_dir(to)?;
        fs::set_permissions(to, found.permissions())?;
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            carry_over(&from.join(&name), &to.join(&name))?;
        }
        Ok(())
    } else {
        // A second name for the same file: removing the old folder leaves it in the new one.
        fs::hard_link(from, to)
    }
}
