//! # More than onward reads
//!
//! ## Why
//!
//! A register may come from a stranger, so its size, and the work that it asks for, is bounded, and past
//! a limit there is no verdict, never a verdict on a part.
//!
//! Read are 4 MiB a file, 512 MiB and 100,000 files in all, 4,000,000 records, 16 levels of nesting, 64
//! characters an id, 512 a name, 2,048 a web address, 65,536 any other text, 1,000,000 combinations of a
//! category of data and a group of people, 1,000 safeguards a transfer, and, by lists and selectors,
//! 250,000 pairs of parties and 1,000,000 safeguards listed for them (each counted for every pair). What
//! is wrong with a register is told up to 499 problems, in the order of its files, and counted past them.
//!
//! ## Instead
//!
//! Split the file, shorten the text, or split the register by company.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "over-limit", level: Level::Deny, integrity: true, source: include_str!("over_limit.rs") };
