//! # A confirmed condition that no instrument has
//!
//! ## Why
//!
//! A word that no instrument and no acceptance knows is probably a misspelt one, and the condition
//! that was meant is not confirmed. The key `confirms` lists conditions of the law that the team
//! confirms; confirming more than is asked is fine.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["clauses"]
//!
//! [[safeguard]]
//! id = "clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [1]
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//! confirms = ["swiss-adaptation"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["clauses"]
//!
//! [[safeguard]]
//! id = "clauses"
//! instrument = "eu-scc-2021-914"
//! modules = [1]
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//! confirms = ["swiss-adaptations"]
//! ```

use std::collections::BTreeSet;

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "unknown-condition",
        level: Level::Warn,
        integrity: false,
        source: include_str!("unknown_condition.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    let law = assessment.flow.law.law;
    let of_instruments = law.instruments.iter().flat_map(|instrument| &instrument.conditions);
    let of_acceptances = law.acceptances.iter().flat_map(|acceptance| &acceptance.conditions);
    let known: BTreeSet<&str> = of_instruments.chain(of_acceptances).flatten().map(|word| &**word).collect();
    for safeguard in &register.safeguards {
        for (index, word) in safeguard.confirms.iter().enumerate() {
            let word = register.name(*word);
            if known.contains(word) {
                continue;
            }
            let message = format!("no instrument has a condition {}", prose::quote(word));
            let help = match prose::nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`onward law ID` shows the conditions of an instrument".to_owned(),
            };
            let finding =
                Finding::new(&RULE.card, safeguard.at.item("confirms", index), message).label("confirms nothing");
            docket.file(finding.help(help).about("safeguard", register.name(safeguard.id)));
        }
    }
}
