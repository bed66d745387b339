//! # Records that a reader takes for one another
//!
//! ## Why
//!
//! Whoever reads a register over will not see that `acme-l` and `acme-1` are two: a safeguard that is
//! listed for the one protects nothing that goes to the other. The same goes for names: a Cyrillic `А`
//! looks like a Latin `A`, and a hidden character can turn the order of a whole line.
//!
//! Told are two ids of one kind that look alike (`l`, `1` and `i`; `o` and `0`; `rn` and `m`;
//! hyphens); two names of one kind that are different texts and look the same; two parties with
//! the very same name in the same place; and any text with a character that nobody sees or that
//! changes the direction of writing.
//!
//! ## Example
//!
//! ```toml
//! [[reseller]]
//! id = "shop-1"
//! name = "Shop Berlin"
//! jurisdiction = "DE"
//!
//! [[reseller]]
//! id = "shop-l"
//! name = "Shop Leipzig"
//! jurisdiction = "DE"
//!
//! [[transfer]]
//! id = "to-the-shops"
//! from = "acme"
//! to = ["shop-1", "shop-l"]
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[reseller]]
//! id = "shop-berlin"
//! name = "Shop Berlin"
//! jurisdiction = "DE"
//! aliases = ["shop-1"]
//!
//! [[reseller]]
//! id = "shop-leipzig"
//! name = "Shop Leipzig"
//! jurisdiction = "DE"
//! aliases = ["shop-l"]
//!
//! [[transfer]]
//! id = "to-the-shops"
//! from = "acme"
//! to = ["shop-berlin", "shop-leipzig"]
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 5(2); Unicode Technical Standard 39 says which characters look alike.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::Rule;
use super::look_alike::{code_point, folded_id, folded_name, hidden_in, only_in};
use super::shown::{Shown, texts};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::record::At;
use crate::register::Register;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "confusable-ids",
        level: Level::Warn,
        integrity: false,
        source: include_str!("confusable_ids.rs"),
    },
    check,
};

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    ids(register, docket);
    names(register, docket);
    texts(register, &mut |text| hidden(&text, docket));
}

/// A record by its id: the kind that a finding is about, the id, and where it is written.
type Named<'r> = (&'static str, &'r str, Place);

fn ids(register: &Register, docket: &mut Docket) {
    let name = |sym| register.name(sym);
    let key = |at: At| at.key("id");
    alike(register.parties.iter().map(|row| ("party", name(row.id), key(row.at))), docket);
    for (kind, rows) in [("data", &register.data), ("subjects", &register.subjects), ("purpose", &register.purposes)] {
        alike(rows.iter().map(|row| (kind, name(row.id), key(row.at))), docket);
    }
    alike(register.collections.iter().map(|row| ("collection", name(row.id), key(row.at))), docket);
    // A derived id is nobody's choice: its parties are told.
    let chosen = register.transfers.iter().filter(|row| !row.id.contains("--"));
    alike(chosen.map(|row| ("transfer", &*row.id, key(row.at))), docket);
    alike(register.safeguards.iter().map(|row| ("safeguard", name(row.id), key(row.at))), docket);
    alike(register.assessments.iter().map(|row| ("assessment", name(row.id), row.within.key("id"))), docket);
    alike(register.statements.iter().map(|row| ("statement", name(row.id), key(row.at))), docket);
    alike(register.waivers.iter().map(|row| ("waiver", name(row.id), key(row.at))), docket);
}

/// Files the ids of one kind that look like one before them.
fn alike<'r>(rows: impl Iterator<Item = Named<'r>>, docket: &mut Docket) {
    let mut seen: HashMap<String, (&str, Place)> = HashMap::new();
    for (kind, id, place) in rows {
        let Some((other, first)) = seen.get(&folded_id(id)) else {
            seen.insert(folded_id(id), (id, place));
            continue;
        };
        let mut message = format!("the id {} looks like {}", prose::quote(id), prose::quote(other));
        let (own, others) = (only_in(id, other), only_in(other, id));
        if !own.is_empty() && !others.is_empty() {
            let _ = write!(message, ": {} and {}", prose::list(&own), prose::list(&others));
        }
        let finding =
            Finding::new(&RULE.card, place, message).label("which one?").related("the other one", first.clone());
        docket.file(
            finding.help("give one of them an id that nobody misreads, and its old id as an alias").about(kind, id),
        );
    }
}

fn names(register: &Register, docket: &mut Docket) {
    let mut seen: HashMap<String, (&str, &str, Place)> = HashMap::new();
    let mut seats: HashMap<(&str, crate::law::Code), Place> = HashMap::new();
    for party in &register.parties {
        let (id, place) = (register.name(party.id), party.at.key("name"));
        look(&mut seen, ("party", id), &party.name, place.clone(), docket);
        let Some(first) = seats.get(&(&*party.name, party.jurisdiction)) else {
            seats.insert((&party.name, party.jurisdiction), place);
            continue;
        };
        let message = format!("two parties in {} are called {}", party.jurisdiction, prose::quote(&party.name));
        let finding =
            Finding::new(&RULE.card, place, message).label("which one?").related("the other one", first.clone());
        docket.file(finding.help("join the two records, or tell the names apart").about("party", id));
    }
    for entries in [&register.data, &register.subjects, &register.purposes] {
        let mut seen = HashMap::new();
        for row in entries {
            look(&mut seen, (row.at.kind.name(), register.name(row.id)), &row.name, row.at.key("name"), docket);
        }
    }
}

/// Files a name that is another text than one before it and looks the same.
fn look<'r>(
    seen: &mut HashMap<String, (&'r str, &'r str, Place)>,
    (kind, id): (&'static str, &'r str),
    name: &'r str,
    place: Place,
    docket: &mut Docket,
) {
    let folded = folded_name(name);
    let Some((other, _, first)) = seen.get(&folded) else {
        seen.insert(folded, (name, id, place));
        return;
    };
    if *other == name {
        return;
    }
    let (own, others) = (only_in(name, other), only_in(other, name));
    let differ = match (own.as_slice(), others.as_slice()) {
        ([], []) => "they differ in order only".to_owned(),
        (own, []) => format!("{} stands in the first only", prose::list(own)),
        ([], others) => format!("{} stands in the second only", prose::list(others)),
        (own, others) => format!("the first has {} where the second has {}", prose::list(own), prose::list(others)),
    };
    let message = format!("the names {} and {} look the same: {differ}", prose::quote(name), prose::quote(other));
    let finding = Finding::new(&RULE.card, place, message).label("which one?").related("the other one", first.clone());
    docket.file(finding.help("write both in one script, or tell the names apart").about(kind, id));
}

fn hidden(text: &Shown<'_>, docket: &mut Docket) {
    let Some(c) = hidden_in(text.text) else { return };
    let message = format!(
        "{} of the {} {} holds the hidden character {}",
        prose::quote(text.key),
        text.kind,
        prose::quote(text.id),
        code_point(c)
    );
    let finding = Finding::new(&RULE.card, text.within.key(text.key), message).label("more than a reader sees");
    docket.file(finding.help("remove the character: type the text anew").about(text.kind, text.id));
}
