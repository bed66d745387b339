//! # The folder is no register
//!
//! A register is a folder with `register.toml` at its top. Without it, or with no such folder,
//! nothing was checked, and nothing checked is never a pass.
//!
//! ## Instead
//!
//! Name the folder that holds `register.toml`, or start one:
//!
//! ```toml
//! [register]
//! format = 1
//! organisation = "Acme Ltd"
//! ```

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card =
    Card { rule: "not-a-register", level: Level::Deny, integrity: true, source: include_str!("not_a_register.rs") };
