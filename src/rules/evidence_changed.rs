//! # A document that is not the one recorded
//!
//! ## Why
//!
//! The register keeps the SHA-256 of a signed document so that nobody can put another in its place
//! unseen. The file is there, and it is not the one whose hash was recorded: it was changed, replaced
//! or recorded wrongly, and until that is known the safeguard cannot be shown.
//!
//! An address is never fetched, so nothing is said of what it leads to.
//!
//! ## Example
//!
//! ```toml
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//! evidence = "papers/agreement.pdf"
//! evidence-sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! roles = "c2p"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["sister-agreement"]
//! ```
//!
//! ## Instead
//!
//! Bring back the document that was signed. If the new one is right, a new paper was signed: record
//! it, its dates and its hash (`sha256sum papers/agreement.pdf` prints it).
//!
//! ## Law
//!
//! GDPR Art. 5(2), 28(9) and 46.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::register::Safeguard;
use crate::source::Document;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "evidence-changed",
        level: Level::Deny,
        integrity: false,
        source: include_str!("evidence_changed.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for safeguard in &register.safeguards {
        let Some((path, recorded)) =
            safeguard.papers.evidence.as_deref().zip(safeguard.papers.evidence_sha256.as_deref())
        else {
            continue;
        };
        let Some(Document::Found(found)) = register.document(path) else { continue };
        if is_as_recorded(safeguard, found.as_deref()) {
            continue;
        }
        let id = register.name(safeguard.id);
        let mut finding = if is_hash(recorded) {
            let message = format!("{} is not the document whose hash {} records", prose::quote(path), prose::quote(id));
            let finding = Finding::new(&RULE.card, safeguard.at.key("evidence-sha256"), message);
            finding
                .label("the hash of another document")
                .note(format!("its SHA-256 is {}", found.as_deref().unwrap_or("not known")))
        } else {
            let message = format!(
                "{} is no SHA-256, so nobody can tell whether {} has changed",
                prose::quote(recorded),
                prose::quote(path)
            );
            Finding::new(&RULE.card, safeguard.at.key("evidence-sha256"), message)
                .label("64 hexadecimal digits belong here")
        };
        finding =
            finding.help("bring back the document that was signed, or record the new paper, its dates and its hash");
        docket.file(finding.about("safeguard", id));
    }
}

/// Whether a document has the hash that a safeguard records, if it records one.
pub(super) fn is_as_recorded(safeguard: &Safeguard, found: Option<&str>) -> bool {
    safeguard
        .papers
        .evidence_sha256
        .as_deref()
        .is_none_or(|recorded| found.is_some_and(|found| found.eq_ignore_ascii_case(recorded.trim())))
}

fn is_hash(text: &str) -> bool {
    text.trim().len() == 64 && text.trim().bytes().all(|byte| byte.is_ascii_hexdigit())
}
