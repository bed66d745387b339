//! # A place that is no known jurisdiction
//!
//! ## Why
//!
//! The verdict on a transfer depends on where its recipient sits, so a place must be one that
//! the law can speak of. That is an ISO 3166-1 alpha-2 code (`DE`), an ISO 3166-2 subdivision (`CA-QC`),
//! a code of the law book (`AE-DIFC`, `EPO`, `EU-INST`), or `ZZ` where it is unknown. A
//! subdivision that has an alpha-2 code of its own is written with that code: `CW`, not `NL-CW`,
//! because the law treats it as a place of its own. `UK` is `GB` and `EL` is `GR`.
//!
//! ## Example
//!
//! ```toml
//! [[service-provider]]
//! jurisdiction = "UK"
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[service-provider]]
//! jurisdiction = "GB"
//! ```
//!
//! A place that ISO does not have is defined by a `[[jurisdiction]]` record with a code from
//! `XA` to `XZ`, or below a known code.

use crate::finding::{Card, Level};

/// The rule of this file.
pub static CARD: Card = Card {
    rule: "unknown-jurisdiction",
    level: Level::Deny,
    integrity: true,
    source: include_str!("unknown_jurisdiction.rs"),
};
