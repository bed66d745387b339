//! # A value that cannot be what its key means
//!
//! ## Why
//!
//! onward never guesses what was meant, and a wrong guess could pass a transfer that nobody protected.
//! The value has the wrong type, is no such word, is an impossible date, breaks a limit or
//! contradicts another key; or a required key is missing.
//!
//! ## Example
//!
//! ```toml
//! [[safeguard]]
//! signed = 2023-02-30
//! ```
//!
//! ## Instead
//!
//! Write a day that exists, one of the words listed in the message, or the key that is missing.
//! Dates are calendar days without quotes and without a time.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "invalid-value", level: Level::Deny, integrity: true, source: include_str!("invalid_value.rs") };
