//! # A transfer that breaks a promise of the notice
//!
//! ## Why
//!
//! People gave their data on the word of a notice, and regulators hold companies to what it promises:
//! only for these purposes, never sold, under contract, no further. This transfer goes to a recipient
//! that the promise is about, and does what it rules out. A promise is about the recipients of
//! `about`; without it, about those that the statement discloses to; else about everyone.
//!
//! What can be promised:
//!
//! - `only-purposes`: each purpose of the transfer is one of these, or a part of one;
//! - `requires`: a safeguard of each named instrument or kind is listed on the transfer, in force and
//!   binding both ends; a certificate is held by the recipient, listed or not; clauses that hold a
//!   processing agreement count as one for a processor;
//! - `forbids`: `sale` (the transfer is one), `special` and `children` (data of that sort goes along),
//!   `onward` (the recipient passes anything it got here on to a third, a processor of its own too).
//!
//! With no `[[statement]]` in the register this rule sleeps.
//!
//! ## Example
//!
//! ```toml
//! [[statement]]
//! id = "sisters"
//! notice = "Privacy notice, 1 May 2026"
//! quote = "We share your contact details with our sister company and never sell them."
//! discloses = { recipients = ["acme-bv"], purposes = ["support"] }
//! forbids = ["sale"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! sale = true
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[statement]]
//! id = "sisters"
//! notice = "Privacy notice, 1 May 2026"
//! quote = "We share your contact details with our sister company and never sell them."
//! discloses = { recipients = ["acme-bv"], purposes = ["support"] }
//! forbids = ["sale"]
//!
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! data = ["contact-details"]
//! purposes = ["support"]
//! ```
//!
//! ## Law
//!
//! GDPR Art. 5(1)(a) and (b); Directive 95/46/EC Art. 6(1)(a) and (b); in the United States, FTC
//! Act section 5 (deceptive practices).

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use hashbrown::HashMap;

use super::Rule;
use super::notice::{ByRecipient, by_transfer, outermost, promising, quoted, with_parts};
use super::papers::keeps;
use super::words::some_of;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::{Assessment, Cell, PairId};
use crate::prose;
use crate::record::Sym;
use crate::register::{Forbidden, PartyId, Register, Statement, Transfer};

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "broken-promise",
        level: Level::Deny,
        integrity: false,
        source: include_str!("broken_promise.rs"),
    },
    check,
};

/// A way to break a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Breach {
    Purposes,
    Requires(Sym),
    Sale,
    Special,
    Children,
    Onward,
}

/// What the pairs of a transfer have in common, and how statements are broken: by statement and way, the
/// pairs, and the names that say how.
type Broken<'r> = BTreeMap<(usize, Breach), (Vec<PairId>, BTreeSet<&'r str>)>;

/// To whom a party passes each cell on: two recipients at most, one to name beside whoever gave it.
type PassedOn = HashMap<Cell, Vec<PartyId>>;

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    if register.statements.is_empty() {
        return;
    }
    let promising = promising(register);
    let promises = Promises { passed_on: passed_on(assessment, &promising), allowed: allowed(register), promising };
    for pairs in by_transfer(assessment) {
        record(assessment, &promises, &pairs, docket);
    }
}

/// What is looked up for every pair.
struct Promises {
    promising: ByRecipient,
    /// What recipients pass on who are promised not to.
    passed_on: HashMap<PartyId, PassedOn>,
    /// By statement, the purposes that it promises to keep to, with their parts.
    allowed: Vec<Option<FixedBitSet>>,
}

fn allowed(register: &Register) -> Vec<Option<FixedBitSet>> {
    let only = |statement: &Statement| {
        let only = statement.promise.only_purposes.as_ref()?;
        Some(with_parts(&register.purposes, only.iter().map(|id| id.index())))
    };
    register.statements.iter().map(only).collect()
}

/// What recipients pass on who are promised not to.
fn passed_on(assessment: &Assessment<'_>, promising: &ByRecipient) -> HashMap<PartyId, PassedOn> {
    let register = assessment.register();
    let forbids = |at: usize| register.statements[at].promise.forbids.contains(&Forbidden::Onward);
    let mut passed_on: HashMap<PartyId, PassedOn> = HashMap::new();
    if !(0..register.statements.len()).any(forbids) {
        return passed_on;
    }
    for pair in assessment.flow.active_pairs() {
        let (from, to) = (assessment.flow.pair(pair).from, assessment.flow.pair(pair).to);
        if !promising.about(from).any(forbids) {
            continue;
        }
        let cells = passed_on.entry(from).or_default();
        for cell in assessment.flow.carried_by(pair) {
            let recipients = cells.entry(cell).or_default();
            if recipients.len() < 2 && !recipients.contains(&to) {
                recipients.push(to);
            }
        }
    }
    passed_on
}

/// Files the broken promises of the pairs of one transfer: once where all break it.
fn record(assessment: &Assessment<'_>, promises: &Promises, pairs: &[PairId], docket: &mut Docket) {
    let register = assessment.register();
    let Some(first) = pairs.first() else { return };
    let transfer = &register[assessment.flow.pair(*first).transfer];
    let purposes = with_parts(&register.purposes, transfer.purposes.iter().map(|id| id.index()));
    let mut sender: Option<(PartyId, Vec<Cell>)> = None;
    let (mut broken, mut all): (Broken<'_>, usize) = (BTreeMap::new(), 0);
    for pair in pairs {
        let from = assessment.flow.pair(*pair).from;
        if sender.as_ref().is_none_or(|(known, _)| *known != from) {
            sender = Some((from, assessment.flow.carried_by(*pair).collect()));
        }
        let Some((_, cells)) = sender.as_ref().filter(|(_, cells)| !cells.is_empty()) else { continue };
        all += 1;
        for at in promises.promising.about(assessment.flow.pair(*pair).to) {
            breaches(assessment, promises, (at, *pair), cells, &purposes, &mut broken);
        }
    }
    for ((at, breach), (pairs, names)) in broken {
        let (whole, id) = (pairs.len() == all, register.name(transfer.id));
        let groups: Vec<&[PairId]> = if whole { vec![&pairs] } else { pairs.chunks(1).collect() };
        for pairs in groups {
            let Some(leg) = pairs.first().map(|pair| assessment.flow.pair(*pair)) else { continue };
            let about = if whole { id.to_owned() } else { register.pair_id(leg.transfer, leg.from, leg.to) };
            docket.file(finding(assessment, transfer, pairs, (at, breach), &names).about("transfer", about));
        }
    }
}

/// Notes in which ways a pair breaks a statement's promise.
fn breaches<'r>(
    assessment: &Assessment<'r>,
    Promises { passed_on, allowed, .. }: &Promises,
    (at, id): (usize, PairId),
    cells: &[Cell],
    purposes: &FixedBitSet,
    broken: &mut Broken<'r>,
) {
    let register = assessment.register();
    let pair = assessment.flow.pair(id);
    let promise = &register.statements[at].promise;
    let mut note = |breach: Breach, names: BTreeSet<&'r str>| {
        let (pairs, known) = broken.entry((at, breach)).or_default();
        pairs.push(id);
        known.extend(names);
    };
    if let Some(only) = allowed[at].as_ref().filter(|only| !purposes.is_subset(only)) {
        let mut beyond = purposes.clone();
        beyond.difference_with(only);
        note(Breach::Purposes, outermost(register, &register.purposes, &beyond).into_iter().collect());
    }
    for wanted in &promise.requires {
        if !keeps(assessment, pair, register.name(*wanted)) {
            note(Breach::Requires(*wanted), BTreeSet::new());
        }
    }
    for forbidden in &promise.forbids {
        let (breach, names) = match forbidden {
            Forbidden::Sale if register[pair.transfer].sale => {
                note(Breach::Sale, BTreeSet::new());
                continue;
            }
            Forbidden::Sale => continue,
            Forbidden::Special => (Breach::Special, special(register, cells)),
            Forbidden::Children => (Breach::Children, children(register, cells)),
            Forbidden::Onward => {
                let further = cells.iter().filter_map(|cell| passed_on.get(&pair.to)?.get(cell)).flatten();
                let third = further.filter(|party| **party != pair.from).map(|party| register.party_id(*party));
                (Breach::Onward, third.collect())
            }
        };
        if !names.is_empty() {
            note(breach, names);
        }
    }
}

fn special<'r>(register: &'r Register, cells: &[Cell]) -> BTreeSet<&'r str> {
    let data = cells.iter().map(|cell| &register[cell.data]);
    data.filter(|entry| entry.facts.special == Some(true)).map(|entry| register.name(entry.id)).collect()
}

fn children<'r>(register: &'r Register, cells: &[Cell]) -> BTreeSet<&'r str> {
    let groups = cells.iter().filter_map(|cell| Some(&register[cell.subjects?]));
    groups.filter(|entry| entry.facts.children == Some(true)).map(|entry| register.name(entry.id)).collect()
}

fn finding(
    assessment: &Assessment<'_>,
    transfer: &Transfer,
    pairs: &[PairId],
    (at, breach): (usize, Breach),
    names: &BTreeSet<&str>,
) -> Finding {
    let register = assessment.register();
    let statement = &register.statements[at];
    let recipients: BTreeSet<PartyId> = pairs.iter().map(|pair| assessment.flow.pair(*pair).to).collect();
    let to = some_of(recipients.into_iter().map(|party| register.party_id(party)), "recipient");
    let Said { message, key, aspect, help } = said(register, breach, &to, names);
    let id = register.name(statement.id);
    // Where the record leaves the key out, the place is the record.
    Finding::new(&RULE.card, transfer.at.key(key), message)
        .label("breaks a promise")
        .help(help)
        .aspect(format!("{id} {aspect}"))
        .related(format!("the promise: {}", quoted(statement)), statement.at.place())
        .because(
            format!("broken-promise {} {id} {aspect}", register.name(transfer.id)),
            format!("{} breaks the promise {}", prose::quote(register.name(transfer.id)), prose::quote(id)),
        )
}

/// A breach in words.
struct Said {
    message: String,
    /// The key of the transfer that shows it.
    key: &'static str,
    /// What tells it from other breaches of the same promise.
    aspect: String,
    help: &'static str,
}

fn said(register: &Register, breach: Breach, to: &str, names: &BTreeSet<&str>) -> Said {
    let some = |noun: &str| some_of(names, noun);
    let (message, key, aspect, help) = match breach {
        Breach::Purposes => (
            format!("this transfer to {to} is for {}, beyond the purposes that the notice promises", some("purpose")),
            "purposes",
            "only-purposes".to_owned(),
            "leave the purpose out, or change the notice before anything is sent for it",
        ),
        Breach::Requires(wanted) => {
            let wanted = register.name(wanted);
            let quoted = prose::quote(wanted);
            (
                format!("the notice promises {quoted} with {to}, and none in force that binds the ends is listed here"),
                "safeguards",
                format!("requires {wanted}"),
                "sign it, record it as a `[[safeguard]]` and list it here",
            )
        }
        Breach::Sale => (
            format!("this transfer to {to} is a sale, and the notice promises that there is none"),
            "sale",
            "sale".to_owned(),
            "end the sale, or change the notice and ask the people again",
        ),
        Breach::Special => (
            format!("{} goes to {to}, and the notice promises that no special category does", some("category")),
            "data",
            "special".to_owned(),
            "leave the special categories out, or change the notice and ask the people again",
        ),
        Breach::Children => (
            format!("data about {} goes to {to}, and the notice promises that none about children does", some("group")),
            "subjects",
            "children".to_owned(),
            "name in `subjects` only the groups without children, or change the notice",
        ),
        Breach::Onward => (
            // Of many only some are known here: one is enough to break the promise.
            format!(
                "{to} passes data of this transfer on to {}{}, and the notice promises that it goes no further",
                names.first().map(|name| prose::quote(name)).unwrap_or_default(),
                if names.len() > 1 { " and others" } else { "" },
            ),
            "to",
            "onward".to_owned(),
            "end the onward transfer, or change the notice",
        ),
    };
    Said { message, key, aspect, help }
}
