//! # A file is not valid TOML
//!
//! ## Why
//!
//! The file breaks the grammar of TOML 1.1 or is not UTF-8 text, so nothing in it can be trusted.
//! A register with such a file has no verdict: a record that cannot be read might be the one
//! transfer that nobody protected.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme-ltd
//! ```
//!
//! ## Instead
//!
//! Close the string, add the missing `=`, `]` or quote at the place shown. Dates are written
//! without quotes (`2024-05-31`), texts with them, and lists in square brackets.
//! Save the file as UTF-8.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "invalid-toml", level: Level::Deny, integrity: true, source: include_str!("invalid_toml.rs") };
