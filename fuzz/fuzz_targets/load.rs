//! Any bytes as a file of a register.
#![no_main]

mod kit;

use libfuzzer_sys::fuzz_target;

const HEAD: &str = "[register]\nformat = 1\norganisation = \"Acme\"\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    kit::put_out(kit::opened(HEAD, text), "2026-06-01", false);
});
