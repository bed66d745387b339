//! Reading a register's folder: every file, in parallel, one tree at a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::file::{self, RawFile};
use crate::finding::integrity::{invalid_value, not_a_register, over_limit, unreadable_file};
use crate::finding::{Card, Finding, Level, Problems};
use crate::prose;
use crate::record::{Interner, Sym};
use crate::source::{Digest, FileId, MAX_FILES, MAX_TOTAL_BYTES, Place, Sources, Tree, Unreadable};

/// The most records that a register may have.
const MAX_RECORDS: usize = 4_000_000;
/// Files that a thread takes at once: enough to be rarely in each other's way.
const BATCH: usize = 16;

/// A file that looks like one of the register and was passed over.
pub static UNREAD_FILE: Card =
    Card { rule: "unread-file", level: Level::Warn, integrity: false, source: include_str!("unread_file.rs") };

/// The files of a register, read.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The files.
    pub sources: Sources,
    /// Their records, in path order.
    pub files: Vec<RawFile>,
    /// For each file, which of `maps` turns its names into those of `names`.
    pub reader_of: Vec<usize>,
    /// Per thread: its names as names of `names`.
    pub maps: Vec<Vec<Sym>>,
    /// Every name of the register.
    pub names: Interner,
    /// Everything wrong so far.
    pub problems: Problems,
}

/// Reads the register in a tree.
#[must_use]
pub(super) fn load(tree: Tree) -> Loaded {
    let mut problems = Problems::new();
    let listing = tree.list();
    for (path, why) in listing.refused {
        let finding = Finding::new(&unreadable_file::CARD, None, format!("{} {why}", prose::quote(&path)));
        problems
            .push(finding.about("file", path).help("make it a regular, readable file, or move it out of the register"));
    }
    for unread in listing.not_read {
        let finding = Finding::new(
            &UNREAD_FILE,
            None,
            format!("{} is not read: its name does not end in `.toml`", prose::quote(&unread.path)),
        );
        problems.push(finding.about("file", unread.path).help("write the extension in lower case"));
    }
    let mut paths = listing.files;
    paths.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    if paths.len() > MAX_FILES {
        let message = format!("this register has {} files, more than the {MAX_FILES} that onward reads", paths.len());
        problems.push(Finding::new(&over_limit::CARD, None, message).help("join files, or split the register"));
        paths.clear();
    } else {
        whole(&tree, &paths, &mut problems);
    }
    let mut sources = Sources::new(tree, paths);
    let bytes = AtomicUsize::new(0);
    let (files, reader_of, interners) = read_all(&sources, &bytes);
    sources.were_read(files.iter().map(|file| file.digest).collect());
    if bytes.into_inner() as u64 > MAX_TOTAL_BYTES {
        let message = format!("this register has more than the {MAX_TOTAL_BYTES} bytes that onward reads");
        problems.push(Finding::new(&over_limit::CARD, None, message).help("split the register by company"));
    }
    let mut interners = interners.into_iter();
    let mut names = interners.next().unwrap_or_default();
    let mut maps = vec![names.syms()];
    maps.extend(interners.map(|interner| names.absorb(&interner)));
    let records: usize = files.iter().map(RawFile::len).sum();
    let is_read =
        problems.iter().all(|found| !found.card.integrity) && files.iter().all(|file| file.problems.is_empty());
    if records == 0 && is_read {
        let message = "this register holds no record, so there is nothing to judge";
        problems.push(
            Finding::new(&not_a_register::CARD, None, message)
                .help("record a party and what it sends, or start with `onward init`"),
        );
    }
    if records > MAX_RECORDS {
        let message = format!("this register has {records} records, more than the {MAX_RECORDS} that onward reads");
        problems.push(Finding::new(&over_limit::CARD, None, message).help("split the register by company"));
    }
    Loaded { sources, files, reader_of, maps, names, problems }
}

/// Whether there is a register at all, and only one.
fn whole(tree: &Tree, paths: &[String], problems: &mut Problems) {
    let shown = prose::quote(&tree.root().to_string_lossy());
    if let Some(what) = tree.missing() {
        let finding = Finding::new(&not_a_register::CARD, None, format!("{shown} {what}"));
        problems.push(finding.help("name the folder that holds `register.toml`"));
    } else if !paths.iter().any(|path| path == "register.toml") && problems.iter().all(|found| !found.card.integrity) {
        let message = format!("{shown} is no register: it has no `register.toml`");
        problems.push(
            Finding::new(&not_a_register::CARD, None, message).help("name the folder that holds `register.toml`"),
        );
    }
    for (file, path) in (0..).map(FileId).zip(paths) {
        if path.ends_with("/register.toml") {
            let finding = Finding::new(
                &invalid_value::CARD,
                Place::file(file),
                "this is a second `register.toml`, inside a register",
            );
            problems.push(finding.help("give the file another name, or move the inner register out"));
        }
    }
}

type Read = (Vec<RawFile>, Vec<usize>, Vec<Interner>);

fn read_all(sources: &Sources, bytes: &AtomicUsize) -> Read {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(sources.len().div_ceil(BATCH)).max(1);
    let next = AtomicUsize::new(0);
    let work = || worker(sources, &next, bytes);
    let done: Vec<(Vec<(usize, RawFile)>, Interner)> = if threads == 1 {
        vec![work()]
    } else {
        thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            // A panic of a reader is a bug of onward: it goes on to `main`, which says so.
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        })
    };
    let mut slots: Vec<Option<(RawFile, usize)>> = Vec::new();
    slots.resize_with(sources.len(), || None);
    let mut interners = Vec::with_capacity(done.len());
    for (reader, (files, interner)) in done.into_iter().enumerate() {
        for (at, file) in files {
            slots[at] = Some((file, reader));
        }
        interners.push(interner);
    }
    let (files, reader_of) = slots.into_iter().flatten().unzip();
    (files, reader_of, interners)
}

fn worker(sources: &Sources, next: &AtomicUsize, bytes: &AtomicUsize) -> (Vec<(usize, RawFile)>, Interner) {
    let (mut files, mut names) = (Vec::new(), Interner::default());
    loop {
        let start = next.fetch_add(BATCH, Ordering::Relaxed);
        if start >= sources.len() {
            return (files, names);
        }
        for at in start..(start + BATCH).min(sources.len()) {
            files.push((at, read_one(sources, at, bytes, &mut names)));
        }
    }
}

fn read_one(sources: &Sources, at: usize, bytes: &AtomicUsize, names: &mut Interner) -> RawFile {
    let file = FileId(u32::try_from(at).unwrap_or(u32::MAX));
    let path = sources.path(file);
    let text = match sources.text(file) {
        Ok(text) => text,
        Err(why) => return RawFile { problems: vec![unreadable(file, path, &why)], ..RawFile::default() },
    };
    let total = bytes.fetch_add(text.len(), Ordering::Relaxed) + text.len();
    if total as u64 > MAX_TOTAL_BYTES {
        return RawFile::default();
    }
    if path.ends_with("/register.toml") {
        // A second one is a problem of its own; what it holds is no second.
        return RawFile::default();
    }
    let digest = Some(Digest::of(text.as_bytes()));
    RawFile { digest, ..file::read(file, path == "register.toml", &text, names) }
}

fn unreadable(file: FileId, path: &str, why: &Unreadable) -> Finding {
    let message = format!("{} {}", prose::quote(path), why.reason());
    let finding = match why {
        Unreadable::NotUtf8(..) => {
            Finding::new(&crate::finding::integrity::invalid_toml::CARD, Place::file(file), message)
                .help("save the file as UTF-8")
        }
        Unreadable::TooLarge(..) => Finding::new(&over_limit::CARD, Place::file(file), message)
            .help("split the file: any file may hold any record"),
        Unreadable::Refused(_) | Unreadable::NotRegular => {
            Finding::new(&unreadable_file::CARD, Place::file(file), message)
                .help("make it a regular, readable file, or move it out of the register")
        }
    };
    finding.about("file", path)
}
