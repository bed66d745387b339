//! Reading a register's folder: every file, in parallel, one tree at a time.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::file::{self, RawFile};
use super::memory::Memory;
use crate::finding::integrity::{invalid_value, not_a_register, over_limit, unreadable_file};
use crate::finding::{Card, Finding, Level, MAX_TOLD, Problems};
use crate::prose;
use crate::record::{Interner, Sym};
use crate::source::{Digest, FileId, MAX_FILES, MAX_TOTAL_BYTES, Place, Sources, Tree, Unreadable};
use crate::threads::begun;

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
    #[expect(clippy::vec_box, reason = "they are large, and go from list to list")]
    pub files: Vec<Box<RawFile>>,
    /// For each file, which of `maps` turns its names into those of `names`.
    pub reader_of: Vec<usize>,
    /// Per thread: its names as names of `names`.
    pub maps: Vec<Vec<Sym>>,
    /// Every name of the register.
    pub names: Interner,
    /// Everything wrong so far.
    pub problems: Problems,
}

/// Whether it is told what each file said, and for whom.
#[derive(Debug)]
pub(super) enum Told<'m> {
    /// Nobody asks.
    No,
    /// For whoever looks at the files once.
    Yes,
    /// For the next reading: what is remembered is not parsed again.
    Remembered(&'m mut Memory),
}

/// Reads the register in a tree.
#[must_use]
pub(super) fn load(tree: Tree, told: Told<'_>) -> Loaded {
    let is_told = !matches!(told, Told::No);
    let mut memory = match told {
        Told::Remembered(memory) => Some(memory),
        Told::No | Told::Yes => None,
    };
    let mut problems = Problems::default();
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
    let interners = memory.as_mut().map(|memory| std::mem::take(&mut memory.readers)).unwrap_or_default();
    let (files, reader_of, interners) = read_all(&sources, (&bytes, is_told), memory.as_deref(), interners);
    if let Some(memory) = memory {
        memory.keep(&sources, &files, &reader_of, &interners);
    }
    sources.were_read(files.iter().map(|file| file.digest).collect());
    if bytes.into_inner() as u64 > MAX_TOTAL_BYTES {
        let message = format!("this register has more than the {MAX_TOTAL_BYTES} bytes that onward reads");
        problems.push(Finding::new(&over_limit::CARD, None, message).help("split the register by company"));
    }
    let mut interners = interners.into_iter();
    let mut names = interners.next().unwrap_or_default();
    let mut maps = vec![names.syms()];
    maps.extend(interners.map(|interner| names.absorb(&interner)));
    let records: usize = files.iter().map(|file| file.len()).sum();
    let is_read = problems.count() == 0 && files.iter().all(|file| file.problems.is_empty());
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
    } else if !paths.iter().any(|path| path == "register.toml") && problems.count() == 0 {
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

type Read = (Vec<Box<RawFile>>, Vec<usize>, Vec<Interner>);

fn read_all(
    sources: &Sources,
    (bytes, is_told): (&AtomicUsize, bool),
    memory: Option<&Memory>,
    mut interners: Vec<Interner>,
) -> Read {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(sources.len().div_ceil(BATCH)).max(1);
    interners.resize_with(interners.len().max(threads), Interner::default);
    let next = AtomicUsize::new(0);
    let work = |(reader, names)| Reading { sources, bytes, is_told, memory, reader, names, told: 0 }.work(&next);
    let mut readers = interners.iter_mut().enumerate().take(threads);
    let own = readers.next();
    let done: Vec<Vec<(usize, Box<RawFile>, usize)>> = thread::scope(|scope| {
        let running: Vec<_> = readers.filter_map(|reader| begun(scope, move || work(reader))).collect();
        let own = own.map(work);
        // A panic of a reader is a bug of onward: it goes on to `main`, which says so.
        let join = |thread: thread::ScopedJoinHandle<'_, _>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        own.into_iter().chain(running.into_iter().map(join)).collect()
    });
    let mut slots: Vec<Option<(Box<RawFile>, usize)>> = Vec::new();
    slots.resize_with(sources.len(), || None);
    for (at, file, reader) in done.into_iter().flatten() {
        slots[at] = Some((file, reader));
    }
    let (files, reader_of) = slots.into_iter().flatten().unzip();
    (files, reader_of, interners)
}

/// One of those who read, with names of its own.
struct Reading<'r> {
    sources: &'r Sources,
    /// How many bytes have been read by all.
    bytes: &'r AtomicUsize,
    is_told: bool,
    memory: Option<&'r Memory>,
    reader: usize,
    names: &'r mut Interner,
    /// How many problems it has to tell so far. All are of files before the next one: past the most that is
    /// told of a register, none of the next one will be.
    told: usize,
}

impl Reading<'_> {
    /// Reads files until none is left: the position of each, its records, and whose names they use.
    fn work(mut self, next: &AtomicUsize) -> Vec<(usize, Box<RawFile>, usize)> {
        let mut files = Vec::new();
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            if start >= self.sources.len() {
                return files;
            }
            for at in start..(start + BATCH).min(self.sources.len()) {
                let (file, reader) = self.one(FileId(u32::try_from(at).unwrap_or(u32::MAX)));
                self.told += file.problems.told();
                files.push((at, file, reader));
            }
        }
    }

    fn one(&mut self, file: FileId) -> (Box<RawFile>, usize) {
        let Self { sources, memory, reader, .. } = *self;
        let path = sources.path(file);
        let text = match sources.text(file) {
            Ok(text) => text,
            Err(why) => {
                let mut problems = self.room();
                problems.push(unreadable(file, path, &why));
                return (Box::new(RawFile { problems, ..RawFile::default() }), reader);
            }
        };
        let total = self.bytes.fetch_add(text.len(), Ordering::Relaxed) + text.len();
        // A second `register.toml` is a problem of its own; what it holds is no second.
        if total as u64 > MAX_TOTAL_BYTES || path.ends_with("/register.toml") {
            return (Box::default(), reader);
        }
        let digest = self.is_told.then(|| Digest::of(text.as_bytes()));
        if let Some(known) = memory.zip(digest).and_then(|(memory, digest)| memory.recall(path, file, digest)) {
            return (known.records.clone(), known.reader);
        }
        let room = self.room();
        let mut records = file::read(file, path == "register.toml", &text, (self.names, room));
        records.digest = digest;
        (records, reader)
    }

    fn room(&self) -> Problems {
        Problems::with_room(MAX_TOLD.saturating_sub(self.told))
    }
}

fn unreadable(file: FileId, path: &str, why: &Unreadable) -> Finding {
    let message = format!("{} {}", prose::quote(path), why.reason());
    let finding = match why {
        Unreadable::NotText { .. } => {
            Finding::new(&crate::finding::integrity::invalid_toml::CARD, Place::file(file), message)
                .help("save the file as UTF-8, or restore it from an earlier version")
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
