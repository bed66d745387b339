//! "Can I send this?": sender, recipient and data are chosen, and the register answers.
//!
//! The page asks; `send.js` holds every leg with what it carries and its verdict in words, and the
//! site's script puts the two together. Without a script the page leads to the lists that say the same.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Error;
use serde::Serialize;

use crate::finding::Level;
use crate::flow::{Outcome, PairId};
use crate::register::{DataId, PartyId};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::Cell;
use crate::site::render::Pages;

#[derive(Serialize)]
struct Send {
    senders: Vec<Choice>,
    recipients: Vec<Choice>,
    data: Vec<Choice>,
}

/// Something to choose.
#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
}

/// Everything that an answer needs.
#[derive(Serialize)]
struct Answers<'a> {
    /// By id of a party: its name, its page, whom to ask.
    parties: BTreeMap<&'a str, (&'a str, String, Option<&'a str>)>,
    legs: Vec<Leg<'a>>,
    /// Whom to ask where no record names anybody.
    owner: Option<&'a str>,
}

/// A leg, and what the register says of it.
#[derive(Serialize)]
struct Leg<'a> {
    from: &'a str,
    to: &'a str,
    data: BTreeSet<&'a str>,
    purposes: Vec<&'a str>,
    verdict: String,
    /// The rules that deny it.
    denied: BTreeSet<&'static str>,
    good: bool,
    page: String,
    owner: Option<&'a str>,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.add("send", "send.html", ("Can I send this?", "send.html"), || choices(index))
}

fn choices(index: &Index<'_>) -> Send {
    let register = index.register;
    let party = |id: PartyId| Choice { id: register.party_id(id).to_owned(), name: register[id].name.to_string() };
    let pairs = || index.assessment.flow.active_pairs().map(|id| index.assessment.flow.pair(id));
    let senders: BTreeSet<PartyId> = pairs().map(|pair| pair.from).collect();
    let data = register
        .data
        .iter()
        .map(|entry| Choice { id: register.name(entry.id).to_owned(), name: entry.name.to_string() });
    Send {
        senders: sorted(senders.into_iter().map(party)),
        recipients: sorted(register.parties.iter().map(|row| party(row.number))),
        data: sorted(data),
    }
}

fn sorted(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = choices.collect();
    choices.sort_by_cached_key(|choice| (choice.name.to_lowercase(), choice.id.clone()));
    choices
}

/// The data of the answers, as a script that the page loads.
pub(in crate::site) fn script(index: &Index<'_>) -> String {
    let register = index.register;
    let parties = register.parties.iter().map(|party| {
        let owner = register.owner(&party.common);
        (register.name(party.id), (&*party.name, links::party(register, party.number), owner))
    });
    let answers = Answers {
        parties: parties.collect(),
        legs: index.assessment.flow.active_pairs().map(|id| leg(index, id)).collect(),
        owner: register.settings.owner.map(|owner| register.name(owner)),
    };
    // Serializing texts into memory cannot fail.
    format!("window.onwardAnswers = {};\n", serde_json::to_string(&answers).unwrap_or_default())
}

fn leg<'a>(index: &Index<'a>, id: PairId) -> Leg<'a> {
    let register = index.register;
    let pair = index.assessment.flow.pair(id);
    let transfer = &register[pair.transfer];
    let name = |data: DataId| register.name(register[data].id);
    let carried = index.assessment.flow.carried_by(id).map(|cell| name(cell.data));
    let worst = index.worst(&[id]);
    let denied = index
        .told_of_legs(pair.transfer, &[id])
        .into_iter()
        .map(|found| found.finding)
        .filter(|finding| finding.is_live(Level::Deny))
        .map(|finding| finding.card.rule)
        .collect::<BTreeSet<_>>();
    Leg {
        from: register.party_id(pair.from),
        to: register.party_id(pair.to),
        data: transfer.data.iter().map(|data| name(*data)).chain(carried).collect(),
        purposes: transfer.purposes.iter().map(|purpose| &*register[*purpose].name).collect(),
        verdict: plain(&index.judged(id)),
        good: denied.is_empty() && worst.is_none_or(|worst| worst < Outcome::Waived),
        denied,
        page: links::verdict_on(index.assessment, id),
        owner: register.owner(&transfer.common),
    }
}

/// A cell as text.
fn plain(cell: &Cell) -> String {
    cell.iter().map(|piece| piece.text.as_str()).collect()
}
