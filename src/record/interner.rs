//! Names as numbers: each distinct string of a run is kept once.

use std::hash::BuildHasher as _;
use std::num::NonZeroU32;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A name of an [`Interner`]: its number, from 1, so that no name at all takes no more room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(NonZeroU32);

impl Sym {
    /// The number, to index with.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The names seen so far, side by side in one text. Each thread that reads files has one of its own;
/// [`Interner::absorb`] brings them together afterwards.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    text: String,
    /// Where each name ends in the text; it begins where the one before it ends. A register has fewer bytes
    /// than these can count.
    ends: Vec<u32>,
    numbers: HashTable<Sym>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// The number of a name.
    pub fn intern(&mut self, name: &str) -> Sym {
        let Self { text, ends, numbers, hasher } = self;
        let hash = hasher.hash_one(name);
        if let Some(sym) = numbers.find(hash, |sym| name_in(text, ends, sym.index()) == name) {
            return *sym;
        }
        let sym = at(ends.len());
        text.push_str(name);
        ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        numbers.insert_unique(hash, sym, |sym| hasher.hash_one(name_in(text, ends, sym.index())));
        sym
    }

    /// The number of a name that is there already.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Sym> {
        self.numbers.find(self.hasher.hash_one(name), |sym| self.name(*sym) == name).copied()
    }

    /// The name of a number.
    #[must_use]
    pub fn name(&self, sym: Sym) -> &str {
        self.name_at(sym.index())
    }

    /// The name at a position.
    #[must_use]
    pub fn name_at(&self, index: usize) -> &str {
        name_in(&self.text, &self.ends, index)
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every number so far.
    #[must_use]
    pub fn syms(&self) -> Vec<Sym> {
        (0..self.len()).map(at).collect()
    }

    /// Takes the names of another interner over; the answer maps its numbers to the ones here.
    pub fn absorb(&mut self, other: &Self) -> Vec<Sym> {
        let Self { text, ends, numbers, hasher } = self;
        text.reserve(other.text.len());
        numbers.reserve(other.len(), |sym| hasher.hash_one(name_in(text, ends, sym.index())));
        (0..other.len()).map(|index| self.intern(other.name_at(index))).collect()
    }
}

fn at(index: usize) -> Sym {
    let number = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
    Sym(number.unwrap_or(NonZeroU32::MAX))
}

fn name_in<'t>(text: &'t str, ends: &[u32], index: usize) -> &'t str {
    let end = |index: usize| ends.get(index).map(|end| *end as usize);
    let start = index.checked_sub(1).map_or(Some(0), end);
    start.zip(end(index)).and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once_and_another_interner_s_are_taken_over() {
        let mut names = Interner::default();
        let (empty, acme, more) = (names.intern(""), names.intern("acme"), names.intern("Société"));
        assert_eq!([names.intern("acme"), names.intern("")], [acme, empty]);
        assert_eq!([empty, acme, more].map(|sym| names.name(sym)), ["", "acme", "Société"]);
        assert_eq!((names.find("acme"), names.find("acm"), names.len()), (Some(acme), None, 3));
        assert_eq!((names.syms(), names.name_at(3)), (vec![empty, acme, more], ""));
        let mut others = Interner::default();
        let theirs = ["umbrella", "acme"].map(|name| others.intern(name));
        let map = names.absorb(&others);
        assert_eq!(theirs.map(|sym| names.name(map[sym.index()])), ["umbrella", "acme"]);
        assert_eq!((map[theirs[1].index()], names.len()), (acme, 4));
    }

    #[test]
    fn many_names_are_found_again() {
        let mut names = Interner::default();
        let syms: Vec<Sym> = (0..5_000).map(|number| names.intern(&number.to_string())).collect();
        assert!((0..5_000).all(|number: usize| names.find(&number.to_string()) == Some(syms[number])));
    }
}
