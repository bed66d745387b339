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
//! changes the direction of writing, and the first such character in the comments of a file.
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

use std::fmt::Write as _;
use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashMap};

use super::Rule;
use super::look_alike::{fold_id, folded_id, folded_name, only_in};
use super::shown::{Shown, texts};
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::law::Code;
use crate::prose::{self, code_point};
use crate::record::{At, Within, hidden_in};
use crate::register::{HiddenCharacter, Register, Transfer};

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
    comments(register, docket);
}

/// A record by its id: the kind that a finding is about, the id, and where the record stands.
type Named<'r> = (&'static str, &'r str, Within);

fn ids(register: &Register, docket: &mut Docket) {
    let name = |sym| register.name(sym);
    let here = Within::record;
    alike(&register.parties, |row| Some(("party", name(row.id), here(row.at))), docket);
    for (kind, rows) in [("data", &register.data), ("subjects", &register.subjects), ("purpose", &register.purposes)] {
        alike(rows, |row| Some((kind, name(row.id), here(row.at))), docket);
    }
    alike(&register.collections, |row| Some(("collection", name(row.id), here(row.at))), docket);
    // A derived id is nobody's choice: its parties are told.
    let chosen = |row: &&Transfer| !name(row.id).contains("--");
    let transfer = |row| Some(row).filter(chosen).map(|row: &Transfer| ("transfer", name(row.id), here(row.at)));
    alike(&register.transfers, transfer, docket);
    alike(&register.safeguards, |row| Some(("safeguard", name(row.id), here(row.at))), docket);
    alike(&register.assessments, |row| Some(("assessment", name(row.id), row.within)), docket);
    alike(&register.statements, |row| Some(("statement", name(row.id), here(row.at))), docket);
    alike(&register.waivers, |row| Some(("waiver", name(row.id), here(row.at))), docket);
}

/// Files the ids of one kind that look like one before them. Ids that look alike have the same hash, so that
/// few are looked at twice.
fn alike<'r, T>(rows: &'r [T], named: impl Fn(&'r T) -> Option<Named<'r>>, docket: &mut Docket) {
    let hasher = DefaultHashBuilder::default();
    let (mut folded, mut looks) = (String::new(), Vec::with_capacity(rows.len()));
    for (position, row) in (0_u32..).zip(rows) {
        if let Some((_, id, _)) = named(row) {
            fold_id(id, &mut folded);
            looks.push((hasher.hash_one(&*folded), position));
        }
    }
    looks.sort_unstable();
    let mut twins = Vec::new();
    for same in looks.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1) {
        let mut firsts: HashMap<String, u32> = HashMap::new();
        for (_, position) in same {
            let Some((_, id, _)) = named(&rows[*position as usize]) else { continue };
            let first = *firsts.entry(folded_id(id)).or_insert(*position);
            twins.extend((first != *position).then_some((*position, first)));
        }
    }
    twins.sort_unstable();
    for (position, first) in twins {
        let [Some((kind, id, within)), Some((_, other, first))] = [position, first].map(|at| named(&rows[at as usize]))
        else {
            continue;
        };
        let mut message = format!("the id {} looks like {}", prose::quote(id), prose::quote(other));
        let (own, others) = (only_in(id, other), only_in(other, id));
        if !own.is_empty() && !others.is_empty() {
            let _ = write!(message, ": {} and {}", prose::list(&own), prose::list(&others));
        }
        let finding = Finding::new(&RULE.card, within.key("id"), message)
            .label("which one?")
            .related("the other one", first.key("id"));
        docket.file(
            finding.help("give one of them an id that nobody misreads, and its old id as an alias").about(kind, id),
        );
    }
}

fn names(register: &Register, docket: &mut Docket) {
    let mut seen = HashMap::new();
    let mut seats: HashMap<(&str, Code), At> = HashMap::new();
    for party in &register.parties {
        let id = register.name(party.id);
        look(&mut seen, ("party", id), &party.name, party.at, docket);
        let first = *seats.entry((&party.name, party.jurisdiction)).or_insert(party.at);
        if first == party.at {
            continue;
        }
        let message = format!("two parties in {} are called {}", party.jurisdiction, prose::quote(&party.name));
        let finding = Finding::new(&RULE.card, party.at.key("name"), message)
            .label("which one?")
            .related("the other one", first.key("name"));
        docket.file(finding.help("join the two records, or tell the names apart").about("party", id));
    }
    for entries in [&register.data, &register.subjects, &register.purposes] {
        let mut seen = HashMap::new();
        for row in entries {
            look(&mut seen, (row.at.kind.name(), register.name(row.id)), &row.name, row.at, docket);
        }
    }
}

/// Files a name that is another text than one before it and looks the same.
fn look<'r>(
    seen: &mut HashMap<String, (&'r str, At)>,
    (kind, id): (&'static str, &'r str),
    name: &'r str,
    at: At,
    docket: &mut Docket,
) {
    let (other, first) = *seen.entry(folded_name(name)).or_insert((name, at));
    if other == name {
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
    let finding = Finding::new(&RULE.card, at.key("name"), message)
        .label("which one?")
        .related("the other one", first.key("name"));
    docket.file(finding.help("write both in one script, or tell the names apart").about(kind, id));
}

fn hidden(text: &Shown<'_>, docket: &mut Docket) {
    let Some((_, c)) = hidden_in(text.text) else { return };
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

fn comments(register: &Register, docket: &mut Docket) {
    for HiddenCharacter { file, place, character } in &register.hidden {
        let message = format!("a comment holds the hidden character {}", code_point(*character));
        let finding = Finding::new(&RULE.card, place.clone(), message).label("more than a reader sees");
        docket.file(finding.help("remove the character: type the comment anew").about("file", file.clone()));
    }
}
