//! # Two records have the same id
//!
//! ## Why
//!
//! Ids name records, and with two records of one id nobody can say which of them is meant.
//! Safeguards, waivers and other transfers refer to them, and the pages of the site are named after
//! them. Ids are unique per kind across the whole register (all kinds of party share one space),
//! former ids in `aliases` included.
//!
//! ## Example
//!
//! Two `[[affiliate]]` records, in different files, both with `id = "acme-inc"`.
//!
//! ## Instead
//!
//! Give one of them another id, or remove the copy. Two transfers between the same parties each
//! need an `id` of their own, because the default id `FROM--TO` would be the same.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "duplicate-id", level: Level::Deny, integrity: true, source: include_str!("duplicate_id.rs") };
