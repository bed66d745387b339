//! Where output goes: the product to stdout, talk to stderr, reports to files.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::Colour;
use crate::prose;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing denied.
    Clean,
    /// At least one denied finding.
    Denied,
    /// No verdict.
    NoVerdict,
}

/// The two streams, and whether they take colours.
#[derive(Debug)]
pub(crate) struct Output {
    colour: Colour,
    failed: bool,
}

impl Output {
    pub(crate) fn new(colour: Colour) -> Self {
        Self { colour, failed: false }
    }

    /// Whether stdout takes colours.
    pub(crate) fn styled(&self) -> bool {
        match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
                    && io::stdout().is_terminal()
            }
        }
    }

    /// Writes the product. A reader that has closed the pipe has read enough; any other failure
    /// is one of the run.
    pub(crate) fn product(&mut self, text: &str) {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.failed = true;
                say(&format!("error: stdout could not be written: {error}"));
            }
            _ => {}
        }
    }

    /// Writes a file, whole or not at all: beside its place first, then over it.
    pub(crate) fn file(&mut self, path: &Path, text: &str) {
        if let Err(error) = write_whole(path, text, None) {
            self.failed = true;
            say(&format!("error: {} could not be written: {error}", prose::quote(&path.to_string_lossy())));
        }
    }

    /// The status of a run, unless something could not be written.
    pub(crate) fn end(&self, status: Status) -> Status {
        if self.failed { Status::NoVerdict } else { status }
    }
}

/// Writes a file, whole or not at all, with the permissions of the one that it replaces if that is wanted.
pub(crate) fn write_whole(path: &Path, text: &str, like: Option<fs::Permissions>) -> io::Result<()> {
    // A pipe, a device or a link is written into, never replaced.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::write(path, text);
    }
    let mut beside = PathBuf::from(path);
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.onward-tmp", std::process::id()));
    beside.set_file_name(hidden);
    let written = File::create_new(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        like.map_or(Ok(()), |like| file.set_permissions(like))?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done
}

/// Says something beside the product.
pub(crate) fn say(text: &str) {
    // Nobody is left to tell when stderr is gone.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
