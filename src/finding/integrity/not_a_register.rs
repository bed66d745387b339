//! # The folder is no register
//!
//! ## Why
//!
//! Nothing was checked, and nothing checked is never a pass. A register is a folder with
//! `register.toml` at its top: there is no such file here, or no such folder.
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
