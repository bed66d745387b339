//! # A key that the format does not have
//!
//! ## Why
//!
//! A misspelt key would silently drop what it was meant to say: `safegaurds = [...]` protects
//! nothing. So a key or kind of record that the register format does not know is an error, with
//! the nearest known one as a suggestion.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! safegaurds = ["intra-group-clauses"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[transfer]]
//! safeguards = ["intra-group-clauses"]
//! ```
//!
//! A remark of your own belongs into `notes`, a label into `tags`.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "unknown-key", level: Level::Deny, integrity: true, source: include_str!("unknown_key.rs") };
