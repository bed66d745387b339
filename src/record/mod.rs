//! From the text of a file to checked fields: what the register and the law book have in common.
//!
//! A file is parsed once into a tree, each record's fields are read in one pass, and every
//! problem becomes a finding with a symbolic place; the tree is dropped before the next file.
//! The fields come out as plain values and interned names; what names refer to is decided later,
//! when all files are known.

mod at;
mod common;
mod hidden;
mod interner;
mod key;
mod not_toml;
mod rare;
mod reader;
mod syntax;
mod value;

pub use at::{At, Kind, Within};
pub use common::{Common, Period, PeriodUnit};
pub use hidden::{hidden_in, hidden_in_comments};
pub use interner::{Interner, Sym};
pub use key::{COMMON, Key, Keys, Shape, all as all_keys, names, words};
pub use rare::{Blank, Rare};
pub use reader::{Field, Reader, fields};
pub use syntax::parse;
pub use value::is_id;

/// A list that is mostly short: up to four things of it lie where the list does.
pub type Few<T> = smallvec::SmallVec<[T; 4]>;
