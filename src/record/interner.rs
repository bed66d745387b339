//! Names as numbers: each distinct string of a run is kept once.

use hashbrown::HashMap;

/// A name of an [`Interner`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(u32);

impl Sym {
    /// The number, to index with.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The names seen so far. Each thread that reads files has one of its own; [`Interner::absorb`]
/// brings them together afterwards.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    numbers: HashMap<Box<str>, Sym>,
    names: Vec<Box<str>>,
}

impl Interner {
    /// The number of a name.
    pub fn intern(&mut self, name: &str) -> Sym {
        if let Some(sym) = self.numbers.get(name) {
            return *sym;
        }
        let sym = Sym(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(name.into());
        self.numbers.insert(name.into(), sym);
        sym
    }

    /// The number of a name that is there already.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Sym> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    #[must_use]
    pub fn name(&self, sym: Sym) -> &str {
        self.names.get(sym.index()).map_or("", |name| name)
    }

    /// The name at a position.
    #[must_use]
    pub fn name_at(&self, index: usize) -> &str {
        self.names.get(index).map_or("", |name| name)
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Takes the names of another interner over; the answer maps its numbers to the ones here.
    pub fn absorb(&mut self, other: &Self) -> Vec<Sym> {
        other.names.iter().map(|name| self.intern(name)).collect()
    }
}
