//! Transfers: the verdict on each pair, and how it was reached, question by question.

use std::collections::BTreeSet;

use minijinja::Error;
use serde::Serialize;

use super::tables;
use crate::flow::{Answer, Basis, Outcome, PairId, Proof, SafeguardProof, Verdict};
use crate::register::{Authorisation, Register, Transfer, TransferId};
use crate::rules;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, List, Piece, Record, Row, Table, at_most, few, joined, message};
use crate::site::parts;
use crate::site::picture::{self, Picture};
use crate::site::render::Pages;
use crate::site::words;

#[derive(Serialize)]
struct TransferPage {
    record: Record,
    pairs: Vec<PairView>,
}

/// A pair of the transfer and its verdicts.
#[derive(Serialize)]
struct PairView {
    anchor: String,
    from: Piece,
    to: Piece,
    verdicts: Vec<VerdictView>,
}

/// A verdict and the questions behind it.
#[derive(Serialize)]
struct VerdictView {
    law: Piece,
    outcome: Piece,
    meaning: &'static str,
    basis: Cell,
    fallback: Cell,
    path: Cell,
    /// The way as a picture, where nothing carries the data at its end.
    way: Option<Picture>,
    data: Cell,
    subjects: Cell,
    remarks: Vec<Cell>,
    reasons: Vec<Cell>,
    questions: Vec<Question>,
}

/// The most categories and groups that are named with a verdict. The reports name all.
const MAX_DATA: usize = 64;

/// A question, its answer, and why.
#[derive(Serialize)]
struct Question {
    asked: String,
    about: Cell,
    answer: Piece,
    why: Cell,
}

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let lead = "Every record of one party making data available to another. Its page says how the verdict was reached.";
    pages.list("transfers.html", "transfers.html", || List {
        title: "Transfers",
        lead: lead.to_owned(),
        facets: &["Worst verdict", "From", "To", "Place", "Rests on", "Law", "Data", "For", "Owner"],
        tables: vec![table(index)],
        ..List::default()
    })?;
    for (at, transfer) in index.register.transfers.iter().enumerate() {
        let id = TransferId::at(at);
        let name = links::transfer(index.register, id);
        pages.parts("transfer", &name, (index.register.name(transfer.id), "transfers.html"), || {
            in_parts(index, &name, id, transfer)
        })?;
    }
    Ok(())
}

/// Every transfer.
pub(super) fn table(index: &Index<'_>) -> Table {
    let transfers = index.register.transfers.iter().enumerate();
    let rows = transfers.map(|(at, transfer)| row(index, TransferId::at(at), transfer)).collect();
    Table {
        title: "Transfers".to_owned(),
        id: "transfers",
        lead: String::new(),
        columns: vec!["Transfer", "Worst verdict", "From", "To", "Place", "Rests on", "Law", "Data", "For", "Owner"],
        rows,
        empty: "No transfer is recorded.",
    }
}

fn row(index: &Index<'_>, id: TransferId, transfer: &Transfer) -> Row {
    let register = index.register;
    let places: BTreeSet<_> = transfer.to.iter().map(|party| register[*party].jurisdiction).collect();
    let verdicts = || index.pairs(id).iter().flat_map(|pair| index.verdicts(*pair));
    let laws: BTreeSet<usize> = verdicts().map(|verdict| verdict.regime).collect();
    let grounds: BTreeSet<Basis> = verdicts().flat_map(|verdict| verdict.basis.iter().copied()).collect();
    let worst = index.worst(index.pairs(id));
    let worst = match worst {
        Some(worst) => words::outcome(worst),
        None if index.pairs(id).is_empty() => Piece::status("not active", "quiet"),
        None => Piece::status("no law attached", "quiet"),
    };
    Row::new(vec![
        vec![Piece::link(register.name(transfer.id), links::transfer(register, id))],
        vec![worst],
        joined(transfer.from.iter().map(|party| links::to_party(register, *party))),
        joined(transfer.to.iter().map(|party| links::to_party(register, *party))),
        joined(places.into_iter().map(|code| index.to_place(code))),
        joined(grounds.into_iter().map(|basis| words::ground(index.assessment, basis))),
        joined(laws.into_iter().map(|at| links::to_version(&index.assessment.flow.law.regimes()[at]))),
        joined(transfer.data.iter().map(|data| links::to_data(register, *data))),
        joined(transfer.purposes.iter().map(|purpose| links::to_purpose(register, *purpose))),
        tables::owner(register, &transfer.common),
    ])
}

/// The pages of a transfer: the first says what it is, and each tells of some of its legs.
fn in_parts(index: &Index<'_>, name: &str, id: TransferId, transfer: &Transfer) -> Vec<TransferPage> {
    let legs = index.pairs(id);
    let count = legs.len().div_ceil(links::LEGS).max(1);
    let part = |number: usize| {
        let from = (number - 1) * links::LEGS;
        let here = &legs[from.min(legs.len())..legs.len().min(from + links::LEGS)];
        let mut page = page(index, id, transfer, here);
        page.record.parts = parts::links(name, number, count);
        if number > 1 {
            let first = Piece::link("first page", name);
            let said = vec![Piece::between("More of its legs. Its "), first, Piece::between(" says what it is.")];
            page.record = Record { answer: vec![said], facts: Vec::new(), notes: String::new(), ..page.record };
        }
        page
    };
    (1..=count).map(part).collect()
}

fn page(index: &Index<'_>, id: TransferId, transfer: &Transfer, legs: &[PairId]) -> TransferPage {
    let mut told = index.told_of_legs(id, legs);
    if legs.first().is_some_and(|leg| index.assessment.flow.position(*leg) > 0) {
        // What is found about the transfer as a whole is told on its first page.
        let whole = index.register.name(transfer.id);
        told.retain(|found| found.finding.subject.as_ref().is_none_or(|subject| &*subject.id != whole));
    }
    let answer = if legs.is_empty() {
        vec![vec![Piece::text("This transfer is not active on this day, so it is not judged.")]]
    } else {
        legs.iter().take(8).map(|pair| sentence(index, *pair)).collect()
    };
    let record = Record {
        kind: "transfer",
        name: index.register.name(transfer.id).to_owned(),
        id: index.register.name(transfer.id).to_owned(),
        answer,
        facts: facts(index, transfer),
        picture: None,
        timeline: None,
        parts: Vec::new(),
        notes: tables::notes(&transfer.common),
        findings: Some(tables::told(index, &told)),
        tables: Vec::new(),
    };
    TransferPage { record, pairs: legs.iter().map(|pair| pair_view(index, *pair)).collect() }
}

fn sentence(index: &Index<'_>, id: PairId) -> Cell {
    let register = index.register;
    let pair = index.assessment.flow.pair(id);
    let transfer = &register[pair.transfer];
    let mut cell = vec![links::to_party(register, pair.to), Piece::between(" gets ")];
    cell.extend(few(transfer.data.iter().map(|data| links::to_data(register, *data))));
    cell.push(Piece::between(" from "));
    cell.push(links::to_party(register, pair.from));
    cell.push(Piece::between(": "));
    cell.extend(index.judged(id));
    cell.push(Piece::between("."));
    cell
}

fn facts(index: &Index<'_>, transfer: &Transfer) -> Vec<Fact> {
    let register = index.register;
    let subjects = if transfer.subjects.is_empty() {
        vec![Piece::text("everyone whose data the sender holds")]
    } else {
        joined(transfer.subjects.iter().map(|group| links::to_subjects(register, *group)))
    };
    let mut facts = vec![
        Fact::new("From", joined(transfer.from.iter().map(|party| links::to_party(register, *party)))),
        Fact::new("To", joined(transfer.to.iter().map(|party| links::to_party(register, *party)))),
        Fact::new("Data", joined(transfer.data.iter().map(|data| links::to_data(register, *data)))),
        Fact::new("About", subjects),
        Fact::new("For", joined(transfer.purposes.iter().map(|purpose| links::to_purpose(register, *purpose)))),
        Fact::new("Relies on", joined(transfer.safeguards.iter().map(|id| links::to_safeguard(register, *id)))),
        Fact::new("How often", vec![Piece::text(transfer.frequency.as_str())]),
        Fact::new("By", vec![Piece::text(transfer.means.as_str())]),
        Fact::new("A sale", tables::yes_no(transfer.sale)),
        Fact::new(
            "Sub-processing allowed by",
            transfer.authorisation.map(|allowed| authorisation(register, allowed)).into_iter().collect(),
        ),
        Fact::new("Since", tables::day(transfer.days.since)),
        Fact::new("Last day", tables::day(transfer.days.until)),
        Fact::new("Erased from", tables::day(transfer.days.erased)),
        Fact::text("Kept", transfer.retention.as_deref()),
    ];
    facts.extend(tables::governance(index, &transfer.common));
    facts.push(index.source(transfer.at));
    facts
}

fn pair_view(index: &Index<'_>, id: PairId) -> PairView {
    let pair = index.assessment.flow.pair(id);
    PairView {
        anchor: links::pair_anchor(index.register, pair.from, pair.to),
        from: links::to_party(index.register, pair.from),
        to: links::to_party(index.register, pair.to),
        verdicts: index.verdicts(id).map(|verdict| verdict_view(index, verdict)).collect(),
    }
}

fn verdict_view(index: &Index<'_>, verdict: &Verdict<'_>) -> VerdictView {
    let (assessment, register) = (index.assessment, index.register);
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let data = assessment.flow.data_of(&verdict.cells);
    let (groups, unspecified) = assessment.flow.subjects_of(&verdict.cells);
    let mut subjects = at_most(MAX_DATA, groups.into_iter().map(|group| links::to_subjects(register, group)));
    if unspecified {
        subjects.push(Piece::small(" a group that is not named"));
    }
    VerdictView {
        law: Piece::link(&*on.version.name, links::regime(on.regime)),
        outcome: words::outcome(verdict.outcome),
        meaning: words::meaning(verdict.outcome),
        basis: words::basis(assessment, verdict),
        fallback: joined(verdict.fallback.iter().map(|id| links::to_safeguard(register, *id))),
        path: words::path(assessment, verdict),
        way: if verdict.outcome == Outcome::Violation { picture::way(index, assessment.path(verdict)) } else { None },
        data: at_most(MAX_DATA, data.into_iter().map(|data| links::to_data(register, data))),
        subjects,
        remarks: rules::remarks(assessment, verdict).iter().map(|remark| message(remark)).collect(),
        reasons: verdict.failure.reasons.iter().map(|reason| message(&rules::cited(assessment, reason))).collect(),
        questions: questions(index, verdict),
    }
}

fn questions(index: &Index<'_>, verdict: &Verdict<'_>) -> Vec<Question> {
    let assessment = index.assessment;
    let proof = assessment.flow.proof(verdict);
    let mut questions = vec![attached(index, verdict, &proof), leaves(index, verdict, &proof)];
    for decision in &proof.decisions {
        let (answer, why) = match (decision.in_force, decision.covers) {
            (true, true) => (yes(), "in force, and it covers all of this"),
            (true, false) => (no(), "in force, and it does not cover all of this: see its scope"),
            (false, _) => (no(), "not in force on this day"),
        };
        questions.push(Question {
            asked: "Does this decision find the place adequate?".to_owned(),
            about: vec![links::to_decision(decision.decision)],
            answer,
            why: message(why),
        });
    }
    for safeguard in &proof.safeguards {
        questions.extend(of_safeguard(index, safeguard));
    }
    if !proof.to_inside && proof.safeguards.is_empty() {
        questions.push(Question {
            asked: "Is a safeguard recorded on this transfer?".to_owned(),
            about: Vec::new(),
            answer: no(),
            why: Vec::new(),
        });
    }
    questions
}

fn attached(index: &Index<'_>, verdict: &Verdict<'_>, proof: &Proof<'_>) -> Question {
    let standings: Vec<&str> = proof.standings.iter().map(|standing| words::standing(*standing)).collect();
    let on = &index.assessment.flow.law.regimes()[verdict.regime];
    Question {
        asked: "Is this law attached to the data at the sender?".to_owned(),
        about: vec![links::to_version(on)],
        answer: yes(),
        why: message(&crate::prose::list(&standings)),
    }
}

fn leaves(index: &Index<'_>, verdict: &Verdict<'_>, proof: &Proof<'_>) -> Question {
    let pair = index.assessment.pair(verdict);
    let to = &index.register[pair.to];
    let (answer, why) = match (proof.from_inside, proof.to_inside) {
        (_, true) => (no(), "the recipient is established inside the territory of this law"),
        (true, false) => (yes(), "the recipient is established outside the territory of this law"),
        (false, false) if verdict.onward => (yes(), "it goes on outside the territory: an onward transfer"),
        (false, false) => (yes(), "the sender collected it from people inside, and sends it on outside"),
    };
    Question {
        asked: "Does the data leave the territory, or go on outside it?".to_owned(),
        about: index.place(to.jurisdiction),
        answer,
        why: message(why),
    }
}

fn of_safeguard(index: &Index<'_>, proof: &SafeguardProof<'_>) -> Vec<Question> {
    let is_one_of_several = index.register[proof.id].instruments.len() > 1;
    let about = || {
        let mut about = vec![links::to_safeguard(index.register, proof.id)];
        if is_one_of_several {
            about.push(Piece::between(" as "));
            about.push(links::to_instrument(&index.assessment.flow.law.law[proof.instrument]));
        }
        about
    };
    let mut questions = Vec::new();
    for (kind, answer) in &proof.questions {
        let (answer, why) = match answer {
            Answer::Yes => (yes(), Vec::new()),
            Answer::No(reason) => (no(), message(&rules::cited(index.assessment, reason))),
            Answer::NotAsked => continue,
        };
        questions.push(Question { asked: words::question(*kind).to_owned(), about: about(), answer, why });
    }
    let verdict = if proof.through_decision {
        (Piece::status("not by itself", "quiet"), "a certificate carries data only through the decision that names it")
    } else if proof.holds {
        (yes(), "for what is in its scope")
    } else if proof.as_contract {
        (Piece::status("as a contract", "fair"), "it is enough for data under an onward principle, and for no other")
    } else {
        (no(), "")
    };
    questions.push(Question {
        asked: "So does this safeguard hold?".to_owned(),
        about: about(),
        answer: verdict.0,
        why: message(verdict.1),
    });
    questions
}

fn yes() -> Piece {
    Piece::status("yes", "good")
}

fn no() -> Piece {
    Piece::status("no", "bad")
}

fn authorisation(register: &Register, allowed: Authorisation) -> Piece {
    match allowed {
        Authorisation::General => Piece::code("general"),
        Authorisation::Specific => Piece::code("specific"),
        Authorisation::Safeguard(paper) => links::to_safeguard(register, paper),
    }
}
