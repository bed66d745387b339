//! What changed in the law between two days, when, and where to look it up.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::law::Law;

/// The changes from one day to another, both included.
#[must_use]
pub fn changes(law: &Law, from: Date, to: Date) -> String {
    let mut out = String::new();
    for change in law.changes().iter().filter(|change| (from..=to).contains(&change.day)) {
        let _ = writeln!(out, "{}  {} [{}]", change.day, change.what, change.citation);
    }
    if out.is_empty() {
        let _ = writeln!(out, "nothing in the law book changed from {from} to {to}");
    }
    out
}
