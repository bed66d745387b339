//! # A file that looks like one of the register and is not read
//!
//! ## Why
//!
//! Only files whose names end in `.toml` are read, so what this one says stays outside the verdict.
//! Everyone believes that `Vendors.TOML` is inside.
//!
//! ## Instead
//!
//! Write the extension in lower case.
