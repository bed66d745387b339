//! What is remembered of the files of a register from one reading to the next, for a process that reads
//! it again and again: a file that says what it said is not parsed again.

use std::collections::HashMap;

use super::file::RawFile;
use crate::record::Interner;
use crate::source::{Digest, FileId, Sources};

/// The files of a register as they were last read; nothing, before the first time.
#[derive(Debug, Default)]
pub struct Memory {
    /// The names of each reader. They stay, also those that no file has any more: the records of other
    /// files are told by their numbers.
    pub(super) readers: Vec<Interner>,
    files: HashMap<String, Remembered>,
}

/// A file, read.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    /// Its records.
    pub records: Box<RawFile>,
    /// Whose names they use.
    pub reader: usize,
    /// Which file it was: the places of its problems and records say so.
    file: FileId,
}

impl Memory {
    /// A file that is the one that it was and says what it said.
    pub(super) fn recall(&self, path: &str, file: FileId, digest: Digest) -> Option<&Remembered> {
        self.files.get(path).filter(|known| known.file == file && known.records.digest == Some(digest))
    }

    /// Remembers the files that there are now, and no others.
    pub(super) fn keep(
        &mut self,
        sources: &Sources,
        files: &[Box<RawFile>],
        reader_of: &[usize],
        readers: &[Interner],
    ) {
        self.files.retain(|path, known| sources.path(known.file) == path);
        for ((file, records), reader) in sources.ids().zip(files).zip(reader_of) {
            let path = sources.path(file);
            // What was cut short for lack of room is read again, when there may be more.
            let is_whole = !records.problems.is_cut();
            if is_whole && records.digest.is_some_and(|digest| self.recall(path, file, digest).is_none()) {
                let known = Remembered { records: records.clone(), reader: *reader, file };
                self.files.insert(path.to_owned(), known);
            }
        }
        self.readers = readers.to_vec();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::register::{open, open_again};

    #[test]
    fn a_file_that_says_what_it_said_is_not_parsed_again() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (top, records) = (folder.path().join("register.toml"), folder.path().join("records.toml"));
        fs::write(&top, "[register]\nformat = 1\norganisation = \"Acme\"\n")?;
        let text = "[[data]]\nid = \"c\"\nname = \"Contact\"\n[[purpose]]\nid = \"p\"\nname = \"Support\"\n";
        fs::write(&records, text)?;
        let mut memory = Memory::default();
        let count = |memory: &mut Memory| open_again(folder.path(), memory).register.data.len();
        assert_eq!(count(&mut memory), 1);
        // What is remembered is what is given back, whether it is what the file says or not.
        memory.files.entry("records.toml".to_owned()).and_modify(|known| known.records.data.clear());
        assert_eq!(count(&mut memory), 0);
        fs::write(&records, format!("{text}# more\n"))?;
        assert_eq!(count(&mut memory), 1);
        fs::remove_file(&records)?;
        fs::write(folder.path().join("moved.toml"), text)?;
        assert_eq!(count(&mut memory), 1);
        assert_eq!(memory.files.len(), 2, "what is gone is forgotten");
        assert_eq!(open(folder.path()).register.data.len(), 1);
        Ok(())
    }
}
