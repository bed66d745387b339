//! # A file that looks like one of the register and is not read
//!
//! Only files whose names end in `.toml` are read. `Vendors.TOML` would stay outside the verdict
//! while everyone believes that it is inside.
//!
//! ## Instead
//!
//! Write the extension in lower case.
