//! The recipients and transfers sections of a privacy notice, as Markdown, out of the register; and
//! where a published text has drifted from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::markdown::escaped;
use crate::flow::{Assessment, Basis, Outcome, Verdict};
use crate::law::RegimeOn;
use crate::prose::{list, visible};
use crate::register::{DataId, PartyId, PartyKind, PurposeId};

/// The line above the generated text, and the one below it: what stands between them is compared.
const BEGIN: &str = "<!-- begin: recipients and transfers, from the register -->";
const END: &str = "<!-- end: recipients and transfers -->";

/// The kinds of recipient, as a notice names them.
const KINDS: [(PartyKind, &str); 4] = [
    (PartyKind::Affiliate, "Companies of our group"),
    (PartyKind::ServiceProvider, "Companies that work for us"),
    (PartyKind::Reseller, "Companies that sell what we make"),
    (PartyKind::ThirdParty, "Others"),
];

/// A notice, and what it had to leave out.
#[derive(Debug)]
pub struct Notice {
    /// The text, as Markdown.
    pub text: String,
    /// The pairs that a law restricts and for which there is no ground to tell.
    pub without_ground: Vec<String>,
}

/// How a published text differs from the register.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// What it lacks.
    pub lacks: Vec<String>,
    /// What the register does not say.
    pub stale: Vec<String>,
    /// Whether it marks which part of it is of the register; else nothing can be called stale.
    pub is_marked: bool,
}

/// What a recipient gets, and for what.
#[derive(Default)]
struct Got {
    data: BTreeSet<DataId>,
    purposes: BTreeSet<PurposeId>,
}

impl Notice {
    /// The notice of a day.
    #[must_use]
    pub fn of(assessment: &Assessment<'_>) -> Self {
        let mut text = format!("{BEGIN}\n\n");
        recipients(assessment, &mut text);
        let without_ground = transfers(assessment, &mut text);
        text.push_str(END);
        text.push('\n');
        Self { text, without_ground }
    }

    /// The text without the lines that mark it.
    #[must_use]
    pub fn lines(&self) -> String {
        self.text.replace(BEGIN, "").replace(END, "").replace("<!-- -->", "")
    }

    /// Where a published text differs.
    #[must_use]
    pub fn drift(&self, published: &str) -> Drift {
        let inside = published.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).map(|(inside, _)| inside);
        let ours: Vec<&str> = lines(&self.text).filter(|line| *line != BEGIN && *line != END).collect();
        let theirs: Vec<&str> = lines(inside.unwrap_or(published)).collect();
        let (known, held): (BTreeSet<&str>, BTreeSet<&str>) =
            (ours.iter().copied().collect(), theirs.iter().copied().collect());
        let owned = |lines: Vec<&str>, other: &BTreeSet<&str>| {
            lines.into_iter().filter(|line| !other.contains(line)).map(str::to_owned).collect()
        };
        let stale = if inside.is_some() { owned(theirs, &known) } else { Vec::new() };
        Drift { lacks: owned(ours, &held), stale, is_marked: inside.is_some() }
    }
}

impl Drift {
    /// Whether there is any.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.lacks.is_empty() && self.stale.is_empty()
    }
}

/// The lines that say something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Who gets what, for what.
fn recipients(assessment: &Assessment<'_>, text: &mut String) {
    let register = assessment.register();
    let mut got: BTreeMap<PartyId, Got> = BTreeMap::new();
    for id in assessment.flow.active_pairs() {
        let pair = assessment.flow.pair(id);
        // Only what is about people is in the flow at all.
        let carried: BTreeSet<DataId> = assessment.flow.carried_by(id).map(|cell| cell.data).collect();
        let named = register[pair.transfer].data.iter().copied().filter(|data| carried.contains(data));
        let named: BTreeSet<DataId> = named.collect();
        if carried.is_empty() {
            continue;
        }
        let entry = got.entry(pair.to).or_default();
        entry.data.extend(if named.is_empty() { carried } else { named });
        entry.purposes.extend(&register[pair.transfer].purposes);
    }
    text.push_str("## Who receives personal data\n\n");
    for (kind, heading) in KINDS {
        let of_kind: Vec<_> = got.iter().filter(|(party, _)| register[**party].kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let _ = writeln!(text, "### {heading}\n");
        for (party, got) in of_kind {
            let place = assessment.flow.law.law.codes.name(register[*party].jurisdiction);
            let data = got.data.iter().map(|id| &*register[*id].name);
            let purposes = got.purposes.iter().map(|id| &*register[*id].name);
            let _ = writeln!(
                text,
                "- **{}** ({}): {}. For: {}.",
                said(&register[*party].name),
                said(place),
                joined(data),
                joined(purposes)
            );
        }
        text.push('\n');
    }
}

/// Where data goes that a law restricts, and on what ground; gives back the pairs without one.
fn transfers(assessment: &Assessment<'_>, text: &mut String) -> Vec<String> {
    let register = assessment.register();
    let mut grounds: BTreeMap<(usize, String, String), BTreeSet<PartyId>> = BTreeMap::new();
    let mut without = BTreeSet::new();
    for verdict in assessment.verdicts.iter().filter(|verdict| verdict.outcome > Outcome::Unrestricted) {
        let to = assessment.pair(verdict).to;
        let place = assessment.flow.law.law.codes.name(register[to].jurisdiction).to_owned();
        if verdict.outcome >= Outcome::Waived {
            without.insert(assessment.pair_id(verdict));
            continue;
        }
        grounds.entry((verdict.regime, place, ground(assessment, verdict))).or_default().insert(to);
    }
    text.push_str("## Transfers to other countries\n\n");
    if grounds.is_empty() && without.is_empty() {
        text.push_str("No personal data leaves the territory of a law that restricts that.\n\n");
    }
    let laws: BTreeSet<usize> = grounds.keys().map(|(regime, ..)| *regime).collect();
    for regime in laws {
        let on: &RegimeOn<'_> = &assessment.flow.law.regimes()[regime];
        let _ = writeln!(text, "### Under the law: {}\n", said(&on.version.name));
        for ((_, place, ground), parties) in grounds.iter().filter(|((of, ..), _)| *of == regime) {
            let names = parties.iter().map(|party| &*register[*party].name);
            let _ = writeln!(text, "- To **{}** ({}), on the ground of {ground}.", said(place), joined(names));
        }
        text.push('\n');
    }
    without.into_iter().collect()
}

/// What a verdict rests on, in the words of the law.
fn ground(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let (law, register) = (assessment.flow.law.law, assessment.register());
    let on = &assessment.flow.law.regimes()[verdict.regime];
    let mut grounds = BTreeSet::new();
    for basis in &verdict.basis {
        match basis {
            Basis::Decision(id) => {
                grounds.insert(format!(
                    "a decision that the protection there is adequate ({})",
                    said(&law[*id].source.citation)
                ));
            }
            Basis::Safeguard(id) => {
                let all = &register[*id].instruments;
                let accepted: Vec<_> = all.iter().filter(|instrument| on.acceptance(**instrument).is_some()).collect();
                // What counts under an onward principle only is accepted by no law, and is told as it is.
                let told = if accepted.is_empty() { all.iter().collect() } else { accepted };
                grounds.extend(told.into_iter().map(|instrument| said(&law[*instrument].name)));
            }
        }
    }
    list(&grounds.into_iter().collect::<Vec<_>>())
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(said).collect::<Vec<_>>().join("; ")
}

/// A text of the register as text of the notice.
fn said(text: &str) -> String {
    escaped(&visible(text))
}
