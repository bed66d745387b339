//! # A certificate that has no last day
//!
//! ## Why
//!
//! On the day a certificate without a recorded end lapses, nobody will notice, here or in the company.
//! Certifications are renewed, most of them every year; on this one a verdict rests today, and the
//! register does not say until when it runs.
//!
//! ## Example
//!
//! ```toml
//! [[jurisdiction]]
//! code = "US"
//!
//! [[service-provider]]
//! id = "mailer"
//! name = "Mailer Inc."
//! jurisdiction = "US"
//!
//! [[safeguard]]
//! id = "mailer-certificate"
//! instrument = "eu-dpf-cert"
//! parties = ["mailer"]
//! signed = 2025-09-01
//!
//! [[safeguard]]
//! id = "mailer-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "mailer"]
//! signed = 2025-09-01
//!
//! [[transfer]]
//! from = "acme"
//! to = "mailer"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["mailer-agreement", "mailer-certificate"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[jurisdiction]]
//! code = "US"
//!
//! [[service-provider]]
//! id = "mailer"
//! name = "Mailer Inc."
//! jurisdiction = "US"
//!
//! [[safeguard]]
//! id = "mailer-certificate"
//! instrument = "eu-dpf-cert"
//! parties = ["mailer"]
//! signed = 2025-09-01
//! expires = 2027-08-31
//!
//! [[safeguard]]
//! id = "mailer-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "mailer"]
//! signed = 2025-09-01
//!
//! [[transfer]]
//! from = "acme"
//! to = "mailer"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["mailer-agreement", "mailer-certificate"]
//! ```
//!
//! ## Law
//!
//! Decision (EU) 2023/1795, annex I, section III.6 (yearly re-certification); GDPR Art. 42(7)
//! (three years at most).

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::law::InstrumentKind;
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "certificate-without-end",
        level: Level::Warn,
        integrity: false,
        source: include_str!("certificate_without_end.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    for id in assessment.carrying() {
        let safeguard = &register[id];
        let is_certificate =
            safeguard.instruments.iter().any(|instrument| law[*instrument].kind == InstrumentKind::Certification);
        if !is_certificate || safeguard.dates.expires.is_some() {
            continue;
        }
        let id = register.name(safeguard.id);
        let message = format!("the certificate {} carries data and has no last day", prose::quote(id));
        let finding = Finding::new(&RULE.card, safeguard.at.place(), message).label("has no `expires`");
        docket
            .file(finding.help("look up until when it runs, and record that day as `expires`").about("safeguard", id));
    }
}
