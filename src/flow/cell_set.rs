//! Sets of cells: the bit sets in which everything about flows is reckoned.
//!
//! A register has few cells and many sets of them: a handful for every leg, law and standing. So a set
//! of up to 128 cells lies where its owner lies, and is made, copied and dropped without the allocator.

use std::iter::successors;

use smallvec::SmallVec;

/// How many cells a word holds.
const BITS: usize = u64::BITS as usize;

/// A set of cells, by position.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct CellSet {
    /// Bit `n` of word `w` is cell `64 w + n`. What lies beyond the last word is not in the set.
    words: SmallVec<[u64; 2]>,
}

impl Clone for CellSet {
    /// As one copy of memory: the derived one would go word by word.
    fn clone(&self) -> Self {
        Self { words: SmallVec::from_slice(&self.words) }
    }
}

/// No cell.
pub(super) static NONE: CellSet = CellSet { words: SmallVec::new_const() };

impl CellSet {
    /// No cell, with room for some.
    pub(super) fn none(cells: usize) -> Self {
        Self { words: SmallVec::from_elem(0, cells.div_ceil(BITS)) }
    }

    /// The first cells.
    pub(super) fn first(cells: usize) -> Self {
        let mut all = Self::none(cells);
        for at in 0..cells {
            all.insert(at);
        }
        all
    }

    /// Puts a cell in.
    pub(super) fn insert(&mut self, at: usize) {
        let word = at / BITS;
        self.widen(word + 1);
        self.words[word] |= 1 << (at % BITS);
    }

    /// Whether a cell is in.
    #[must_use]
    pub fn contains(&self, at: usize) -> bool {
        self.words.get(at / BITS).is_some_and(|word| word >> (at % BITS) & 1 == 1)
    }

    /// Whether no cell is in.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether no cell is in both.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).all(|(own, other)| own & other == 0)
    }

    /// Whether every cell is in the other as well.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        let theirs = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter().zip(theirs).all(|(own, other)| own & !other == 0)
    }

    /// The positions of the cells, in order.
    pub fn ones(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let lowest_gone = |word: &u64| Some(word & (word - 1)).filter(|left| *left != 0);
            successors(Some(*word).filter(|word| *word != 0), lowest_gone)
                .map(move |word| at * BITS + word.trailing_zeros() as usize)
        })
    }

    /// Puts in what is in the other.
    pub(super) fn union_with(&mut self, other: &Self) {
        self.widen(other.words.len());
        self.words.iter_mut().zip(&other.words).for_each(|(own, other)| *own |= other);
    }

    /// Leaves what is in both.
    pub(super) fn intersect_with(&mut self, other: &Self) {
        let theirs = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter_mut().zip(theirs).for_each(|(own, other)| *own &= other);
    }

    /// Takes out what is in the other.
    pub(super) fn difference_with(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(own, other)| *own &= !other);
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) {
        self.words.fill(0);
    }

    fn widen(&mut self, words: usize) {
        if words > self.words.len() {
            self.words.resize(words, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(cells: &[usize]) -> CellSet {
        let mut set = CellSet::none(10);
        for at in cells {
            set.insert(*at);
        }
        set
    }

    fn of(set: &CellSet) -> Vec<usize> {
        set.ones().collect()
    }

    /// What is asked of two sets, asked of sets of the standard library.
    #[test]
    fn sets_of_any_width_do_what_sets_do() {
        let samples: [&[usize]; 7] =
            [&[], &[0], &[63], &[64], &[0, 1, 63, 64, 255], &[1, 65, 256, 700], &[2, 255, 256]];
        for one in samples {
            for other in samples {
                let (own, theirs) = (set(one), set(other));
                let both = |keep: &dyn Fn(bool, bool) -> bool| -> Vec<usize> {
                    (0..800).filter(|at| keep(one.contains(at), other.contains(at))).collect()
                };
                let after = |change: &dyn Fn(&mut CellSet, &CellSet)| {
                    let mut changed = own.clone();
                    change(&mut changed, &theirs);
                    of(&changed)
                };
                assert_eq!(after(&CellSet::union_with), both(&|a, b| a || b));
                assert_eq!(after(&CellSet::intersect_with), both(&|a, b| a && b));
                assert_eq!(after(&CellSet::difference_with), both(&|a, b| a && !b));
                assert_eq!(own.is_disjoint(&theirs), both(&|a, b| a && b).is_empty());
                assert_eq!(own.is_subset(&theirs), both(&|a, b| a && !b).is_empty());
            }
            let mut own = set(one);
            assert_eq!((of(&own), own.is_clear()), (one.to_vec(), one.is_empty()));
            assert!((0..800).all(|at| own.contains(at) == one.contains(&at)));
            own.clear();
            assert!(own.is_clear());
        }
    }

    #[test]
    fn the_first_cells_are_all_below_a_number() {
        for cells in [0, 1, 63, 64, 65, 256, 257] {
            assert_eq!(of(&CellSet::first(cells)), (0..cells).collect::<Vec<_>>());
        }
    }
}
