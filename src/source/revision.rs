//! The files of a register as a git revision has them, read without checking anything out.
//!
//! The `git` program reads its own objects (`rev-parse`, `ls-tree`, `cat-file`): none of these
//! runs a hook, filter or helper that a repository names, and git is told to fetch nothing.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::document::{Document, MAX_DOCUMENT_BYTES, steps};
use super::walk::{self, Entry, Kind, Listing};
use super::{Digest, MAX_FILE_BYTES, MAX_TOTAL_BYTES, Unreadable, as_text};
use crate::prose;

/// A folder as a git revision has it.
#[derive(Debug)]
pub struct Revision {
    folder: PathBuf,
    commit: String,
    files: BTreeMap<String, Blob>,
    listing: Listing,
    texts: BTreeMap<String, Result<String, Unreadable>>,
}

/// A file of a revision.
#[derive(Debug)]
struct Blob {
    id: String,
    bytes: u64,
    kind: Kind,
}

impl Revision {
    /// Reads a folder of a git repository as a revision has it; nothing when the revision has no
    /// such folder.
    ///
    /// # Errors
    /// When there is no git, no repository or no such revision, as a sentence with what to do.
    pub fn read(folder: &Path, revision: &str) -> Result<Option<Self>, String> {
        let commit = commit(folder, revision)?;
        let inside = format!("{commit}:./");
        let Ok(tree) = ask(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &inside]) else {
            return Ok(None);
        };
        let tree = String::from_utf8_lossy(&tree).trim().to_owned();
        let listed = ask(folder, &["ls-tree", "-r", "-z", "--long", "--full-tree", &tree])?;
        let mut read = Self {
            folder: folder.to_owned(),
            commit,
            files: BTreeMap::new(),
            listing: Listing::default(),
            texts: BTreeMap::new(),
        };
        for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            read.sort_in(line).ok_or("git lists the files of the revision in a way that onward does not know")?;
        }
        read.texts = read.read_texts()?;
        Ok(Some(read))
    }

    /// The last commit that changed a folder.
    pub(super) fn last_change(folder: &Path) -> Result<String, String> {
        let found = ask(folder, &["rev-list", "-1", "HEAD", "--", "."])?;
        Ok(String::from_utf8_lossy(&found).trim().to_owned())
    }

    /// The folder that the revision was asked for.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The id of its commit.
    #[must_use]
    pub fn commit(&self) -> &str {
        &self.commit
    }

    pub(super) fn list(&self) -> Listing {
        self.listing.clone()
    }

    pub(super) fn text(&self, path: &str) -> Result<String, Unreadable> {
        let missing = || Err(Unreadable::Refused("the revision has no such file".to_owned()));
        self.texts.get(path).cloned().unwrap_or_else(missing)
    }

    pub(super) fn document(&self, written: &str, hash: bool) -> Document {
        let path = match steps(written) {
            Ok(steps) => steps.join("/"),
            Err(why) => return Document::Refused(why),
        };
        match self.files.get(&path) {
            None => Document::Missing,
            Some(blob) if blob.kind != Kind::File => Document::Refused("is not a regular file".to_owned()),
            Some(_) if !hash => Document::Found(None),
            Some(blob) if blob.bytes > MAX_DOCUMENT_BYTES => Document::TooLarge(blob.bytes),
            Some(blob) => match ask(&self.folder, &["cat-file", "blob", &blob.id]) {
                Ok(bytes) => Document::Found(Some(Digest::of(&bytes).to_string())),
                Err(why) => Document::Refused(format!("cannot be read: {why}")),
            },
        }
    }

    /// Takes up a line of `ls-tree`: `MODE TYPE ID SIZE<tab>PATH`.
    fn sort_in(&mut self, line: &[u8]) -> Option<()> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let (facts, path) = (std::str::from_utf8(&line[..tab]).ok()?, &line[tab + 1..]);
        let mut facts = facts.split_whitespace();
        let (mode, _, id, bytes) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
        let kind = match mode {
            "100644" | "100755" | "100664" => Kind::File,
            // Where a link leads is not looked at: its target is a text like any other.
            "120000" => Kind::Link { to_folder: false },
            _ => Kind::Other,
        };
        let steps: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
        if steps.iter().any(|step| walk::is_hidden(step)) {
            return Some(());
        }
        let is_text = std::str::from_utf8(path).is_ok();
        let path = String::from_utf8_lossy(path).into_owned();
        let entry = Entry { path: path.clone(), name: steps.last()?, is_text, depth: steps.len(), kind };
        self.listing.sort_in(entry);
        self.files.insert(path, Blob { id: id.to_owned(), bytes: bytes.parse().unwrap_or(0), kind });
        Some(())
    }

    /// The texts of the register's files, all from one `git cat-file`.
    fn read_texts(&self) -> Result<BTreeMap<String, Result<String, Unreadable>>, String> {
        let (mut texts, mut wanted, mut total) = (BTreeMap::new(), Vec::new(), 0);
        for path in &self.listing.files {
            let Some(blob) = self.files.get(path) else { continue };
            total += blob.bytes;
            if blob.bytes > MAX_FILE_BYTES {
                texts.insert(path.clone(), Err(Unreadable::TooLarge(blob.bytes, MAX_FILE_BYTES)));
            } else if total > MAX_TOTAL_BYTES {
                let why = format!("onward reads {MAX_TOTAL_BYTES} bytes of a register, and it comes after them");
                texts.insert(path.clone(), Err(Unreadable::Refused(why)));
            } else {
                wanted.push((path, blob));
            }
        }
        let mut child = git(&self.folder, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| no_git(&error))?;
        let ids: String = wanted.iter().map(|(_, blob)| blob.id.as_str()).flat_map(|id| [id, "\n"]).collect();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else { return Err("git cannot be spoken to".to_owned()) };
        // Asking and listening at once: neither end waits for the other to empty its pipe.
        let asking = thread::Builder::new().spawn(move || stdin.write_all(ids.as_bytes()));
        let asking = asking.map_err(|error| format!("git cannot be asked: {error}"))?;
        let mut answers = BufReader::new(stdout);
        for (path, blob) in wanted {
            let bytes = answer(&mut answers, blob.bytes).ok_or_else(|| {
                format!("git cannot read {} of this revision; is the clone whole?", prose::quote(path))
            })?;
            texts.insert(path.clone(), as_text(bytes));
        }
        drop(answers);
        // What git has answered it was asked.
        let _ = asking.join();
        let _ = child.wait();
        Ok(texts)
    }
}

/// One answer of `cat-file --batch`: `ID blob SIZE`, the bytes, a line end.
fn answer(from: &mut impl std::io::BufRead, bytes: u64) -> Option<Vec<u8>> {
    let mut head = String::new();
    from.take(256).read_line(&mut head).ok()?;
    let told: u64 = head.trim_end().rsplit(' ').next()?.parse().ok()?;
    if told != bytes {
        return None;
    }
    let mut body = Vec::new();
    from.take(bytes + 1).read_to_end(&mut body).ok()?;
    (body.pop()? == b'\n' && body.len() as u64 == bytes).then_some(body)
}

/// The commit that a revision names.
fn commit(folder: &Path, revision: &str) -> Result<String, String> {
    let wanted = format!("{revision}^{{commit}}");
    let found = ask(folder, &["rev-parse", "--verify", "--end-of-options", &wanted]);
    found.map(|id| String::from_utf8_lossy(&id).trim().to_owned()).map_err(|why| {
        if why.contains("Needed a single revision") || why.contains("unknown revision") {
            let shown = prose::quote(revision);
            format!(
                "there is no revision {shown} in this git repository\nhelp: a clone made in CI often holds one commit only; fetch the other one first, such as with `fetch-depth: 0` or `git fetch origin BRANCH`, and name it `origin/BRANCH`"
            )
        } else {
            format!("git cannot look up the revision {}: {why}", prose::quote(revision))
        }
    })
}

/// What git answers; if it fails, its own words.
fn ask(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let done = git(folder, arguments).output().map_err(|error| no_git(&error))?;
    if done.status.success() {
        return Ok(done.stdout);
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let first = said.lines().next().unwrap_or("it says nothing");
    Err(prose::visible(first.trim_start_matches("fatal: ")))
}

fn no_git(error: &std::io::Error) -> String {
    format!("`git` cannot be run: {}", prose::visible(&error.to_string()))
}

/// The `git` program, in a folder, told to fetch and replace nothing.
fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).arg("--no-pager").args(arguments);
    git.env("LC_ALL", "C").env("GIT_NO_LAZY_FETCH", "1").env("GIT_NO_REPLACE_OBJECTS", "1");
    git.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    git.stdin(Stdio::null()).stderr(Stdio::piped());
    git
}
