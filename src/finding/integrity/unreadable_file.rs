//! # A file that cannot be read
//!
//! ## Why
//!
//! A register is judged whole or not at all: a file that the system refuses, a link, a pipe, or
//! a file that changes while it is read could hide a transfer. Links are not followed, so that a
//! register cannot be made to show a file from outside its folder.
//!
//! ## Instead
//!
//! Give the account that runs onward the right to read the file, replace a link by the file
//! itself, or move what is no register file out of the folder.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "unreadable-file", level: Level::Deny, integrity: true, source: include_str!("unreadable_file.rs") };
