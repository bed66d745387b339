//! The integrity rules: each leaves a register without a verdict (exit status 2).
//!
//! Their cards stand below everything that reads files, because that is who raises them.

pub mod duplicate_id;
pub mod invalid_toml;
pub mod invalid_value;
pub mod not_a_register;
pub mod over_limit;
pub mod unknown_jurisdiction;
pub mod unknown_key;
pub mod unknown_reference;
pub mod unreadable_file;

use super::Card;

/// Every integrity rule, sorted by id.
pub static ALL: &[&Card] = &[
    &duplicate_id::CARD,
    &invalid_toml::CARD,
    &invalid_value::CARD,
    &not_a_register::CARD,
    &over_limit::CARD,
    &unknown_jurisdiction::CARD,
    &unknown_key::CARD,
    &unknown_reference::CARD,
    &unreadable_file::CARD,
];
