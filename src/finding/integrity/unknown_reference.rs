//! # A reference to a record that does not exist
//!
//! ## Why
//!
//! A transfer to `acme-inx`, a safeguard `instrument` that the law book does not know, an
//! assessment that nobody recorded: a reference that leads nowhere must not be taken for
//! "nothing to check".
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! to = "acme-inx"
//! ```
//!
//! ## Instead
//!
//! Refer to the record by its `id` (or a former id in its `aliases`), or add the record.
//! `onward law` lists the instruments that the law book knows.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card = Card {
    rule: "unknown-reference",
    level: Level::Deny,
    integrity: true,
    source: include_str!("unknown_reference.rs"),
};
