//! # A safeguard whose document is not there
//!
//! ## Why
//!
//! An authority will ask to see the paper that somebody signed, and a register that names it by a
//! path that leads nowhere, or by none, cannot show it.
//!
//! Told is every `evidence`, of a safeguard or an assessment, that is a path in the register's folder
//! and leads to no file there: nothing, a folder, a link, or a place outside the folder. A safeguard
//! that carries data today and names no `evidence` is told only where some other safeguard of the
//! register, no certificate, has its document in place: a team that keeps its papers elsewhere is
//! left in peace, and the address of a public list of certificates is no paper. An address is
//! never fetched, so nothing is said of what it leads to.
//!
//! ## Example
//!
//! ```toml
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//! evidence = "papers/sister-agreement.pdf"
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
//! Put the signed document at `papers/sister-agreement.pdf` in the register's folder, correct the
//! path, or give the address where it is kept. Write paths with `/`.
//!
//! ## Law
//!
//! GDPR Art. 5(2), 28(9) and 46; Decision (EU) 2021/914, clauses 8.3 and 14(d): the paper, and the
//! assessment behind it, are to be shown on request.

use super::Rule;
use super::evidence_changed::is_as_recorded;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::law::InstrumentKind;
use crate::prose;
use crate::register::{Register, Safeguard, is_address};
use crate::source::{Document, MAX_DOCUMENT_BYTES, Place};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "evidence-missing",
        level: Level::Warn,
        integrity: false,
        source: include_str!("evidence_missing.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for safeguard in &register.safeguards {
        let id = register.name(safeguard.id);
        let papers = &*safeguard.papers;
        if let Some(path) = papers.evidence.as_deref() {
            named(register, docket, path, safeguard.at.key("evidence"), ("safeguard", id));
        } else if papers.evidence_sha256.is_some() {
            let message = format!("the safeguard {} has a hash of a document that it does not name", prose::quote(id));
            let finding = Finding::new(&RULE.card, safeguard.at.key("evidence-sha256"), message).label("of what?");
            docket.file(finding.help("name the document as `evidence`").about("safeguard", id));
        }
    }
    for made in &register.assessments {
        if let Some(path) = made.evidence.as_deref() {
            named(register, docket, path, made.within.key("evidence"), ("assessment", register.name(made.id)));
        }
    }
    if register.safeguards.iter().any(|safeguard| is_in_place(assessment, safeguard)) {
        unnamed(assessment, docket);
    }
}

/// Files a document that is named and not there.
fn named(register: &Register, docket: &mut Docket, path: &str, place: Place, (kind, id): (&'static str, &str)) {
    let what = match register.document(path) {
        None | Some(Document::Found(_)) => return,
        Some(Document::Missing) => "is not there".to_owned(),
        Some(Document::Refused(why)) => why.clone(),
        Some(Document::TooLarge(size)) => {
            format!("has {size} bytes and was not hashed: onward hashes documents of up to {MAX_DOCUMENT_BYTES} bytes")
        }
    };
    let message = format!("{}, the evidence of the {kind} {}, {what}", prose::quote(path), prose::quote(id));
    let help = "put the document there, correct the path, or give the address where it is kept";
    docket.file(Finding::new(&RULE.card, place, message).label("cannot be shown").help(help).about(kind, id));
}

/// Whether a safeguard is a paper whose document is where the register says, as far as anyone can
/// tell. That a certificate is on a public list says nothing of how the team keeps its papers.
fn is_in_place(assessment: &Assessment<'_>, safeguard: &Safeguard) -> bool {
    let law = assessment.flow.law.law;
    let mut kinds = safeguard.instruments.iter().map(|instrument| law[*instrument].kind);
    let is_there = |path: &str| match assessment.register().document(path) {
        Some(Document::Found(found)) => is_as_recorded(safeguard, found.as_deref()),
        _ => is_address(path),
    };
    safeguard.papers.evidence.as_deref().is_some_and(is_there)
        && kinds.any(|kind| kind != InstrumentKind::Certification)
}

/// Files safeguards that carry data and name no document.
fn unnamed(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for id in assessment.carrying() {
        let safeguard = &register[id];
        let law = assessment.flow.law.law;
        let is_paper = safeguard.instruments.iter().any(|instrument| !law[*instrument].kind.is_statutory());
        if safeguard.papers.evidence.is_some() || !is_paper {
            continue;
        }
        let id = register.name(safeguard.id);
        let message = format!("the safeguard {} carries data and names no document", prose::quote(id));
        let finding = Finding::new(&RULE.card, safeguard.at.place(), message).label("has no `evidence`");
        docket.file(
            finding
                .help("add `evidence = \"…\"`: a path in the register's folder, or an address")
                .about("safeguard", id),
        );
    }
}
