//! The documents that records name as `evidence`: looked for once, when the register is opened.
//!
//! Rules do no reading; they find here what was there.

use std::collections::{BTreeMap, BTreeSet};

use super::Register;
use crate::source::{Document, Tree};

/// Whether an `evidence` is an address: onward never fetches one, and says nothing of it.
#[must_use]
pub fn is_address(evidence: &str) -> bool {
    evidence.contains("://")
}

/// Looks for every document that is named by a path. Only those for which a record has a hash are
/// read.
pub(super) fn gather(tree: &Tree, register: &Register) -> BTreeMap<Box<str>, Document> {
    let mut wanted: BTreeMap<&str, bool> = BTreeMap::new();
    for safeguard in &register.safeguards {
        if let Some(path) = &safeguard.papers.evidence {
            *wanted.entry(path).or_default() |= safeguard.papers.evidence_sha256.is_some();
        }
    }
    let of_assessments: BTreeSet<&str> =
        register.assessments.iter().filter_map(|made| made.evidence.as_deref()).collect();
    for path in of_assessments {
        wanted.entry(path).or_default();
    }
    tree.documents(wanted.into_iter().filter(|(path, _)| !is_address(path)))
}
