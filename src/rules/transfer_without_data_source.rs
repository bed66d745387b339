//! # A transfer of data that its sender does not have
//!
//! ## Why
//!
//! The register says that a party passes personal data on, and not how the party came to have it:
//! no collection by it, no transfer to it. Then nobody can say which law is attached to the data,
//! and a verdict on the rest of its way would rest on nothing. onward judges the transfer all the
//! same, as if its sender had collected the data where it sits; the real source may be worse.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["payroll"]
//! purposes = ["support"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[collection]]
//! id = "payroll"
//! by = "acme"
//! data = ["payroll"]
//! subjects = ["customers"]
//! purposes = ["support"]
//! subjects-in = ["DE"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["payroll"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 5(2) and 30: a controller must be able to show what it processes, and from where.

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Missing};
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "transfer-without-data-source",
        level: Level::Deny,
        integrity: false,
        source: include_str!("transfer_without_data_source.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for missing in assessment.flow.unsourced() {
        let transfer = &register[missing.transfer];
        let (key, data) = match missing.missing {
            Missing::Data(data) => ("data", prose::quote(register.name(register[data].id))),
            Missing::Subjects(group) => {
                ("subjects", format!("any of this data about {}", prose::quote(register.name(register[group].id))))
            }
        };
        let senders: Vec<String> =
            transfer.from.iter().take(4).map(|party| prose::quote(register.party_id(*party))).collect();
        let message = if transfer.from.len() > 4 {
            format!("no sender of this transfer holds {data}")
        } else {
            format!(
                "{} {} {data}",
                prose::list(&senders),
                if senders.len() == 1 { "does not hold" } else { "do not hold" }
            )
        };
        let finding = Finding::new(&RULE.card, transfer.at.key(key), message).label("comes from nowhere");
        let help = format!("record the `[[collection]]` or `[[transfer]]` by which {data} comes to the sender");
        docket.file(finding.help(help).about("transfer", register.name(transfer.id)));
    }
}
