//! What somebody can do: a line in the register, a paper to sign, a certificate, an assessment.

use std::collections::BTreeSet;

use crate::flow::Assessment;
use crate::law::{Code, InstrumentId, RegimeId};
use crate::prose::{list, quote, quoted};
use crate::register::{AssessmentId, PartyId, SafeguardId};

/// An act, the cheapest kinds first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// List a recorded safeguard on transfers that it would carry.
    List(SafeguardId),
    /// Confirm conditions, if they are met.
    Confirm(SafeguardId, Vec<Box<str>>),
    /// Take the measures that an assessment names.
    Measure(SafeguardId, AssessmentId),
    /// Have an authority's approval recorded.
    Approve(SafeguardId),
    /// Agree a wider scope.
    Widen(SafeguardId),
    /// Renew what has ended.
    Renew(SafeguardId),
    /// Have a party join a paper.
    Join(SafeguardId, PartyId),
    /// Sign one more module of a paper.
    Extend(SafeguardId, u8),
    /// Add the instrument that another builds on.
    Complete(SafeguardId, InstrumentId),
    /// Assess the law of a place for a regime.
    Assess(Code, RegimeId),
    /// Sign a paper.
    Sign(Paper),
    /// Have a party certified.
    Certify(InstrumentId, PartyId),
}

/// A paper to be signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Paper {
    /// Of what instrument.
    pub instrument: InstrumentId,
    /// Which modules of it, sorted.
    pub modules: Vec<u8>,
    /// By whom, sorted: two, or several of one corporate group.
    pub parties: Vec<PartyId>,
}

/// What an act must contain, for all the transfers that rely on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Conditions that a paper confirms.
    pub confirms: BTreeSet<Box<str>>,
    /// Recorded assessments that go with it.
    pub assessments: BTreeSet<AssessmentId>,
    /// Measures that these name.
    pub measures: BTreeSet<Box<str>>,
    /// Whether a certificate must cover human resources data.
    pub covers_hr: bool,
}

impl Terms {
    /// Takes over what other terms ask for.
    pub fn add(&mut self, other: &Self) {
        self.confirms.extend(other.confirms.iter().cloned());
        self.assessments.extend(&other.assessments);
        self.measures.extend(other.measures.iter().cloned());
        self.covers_hr |= other.covers_hr;
    }
}

impl Act {
    /// What it takes, roughly: 0 a line, 1 something that may be so already, 2 work on a paper that
    /// is there, 3 a new paper, 4 a certificate, which only the party can get.
    #[must_use]
    pub fn cost(&self) -> u8 {
        match self {
            Self::List(_) => 0,
            Self::Confirm(..) | Self::Measure(..) | Self::Approve(_) => 1,
            Self::Widen(_)
            | Self::Renew(_)
            | Self::Join(..)
            | Self::Extend(..)
            | Self::Complete(..)
            | Self::Assess(..) => 2,
            Self::Sign(_) => 3,
            Self::Certify(..) => 4,
        }
    }

    /// The word of the report.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::List(_) => "list",
            Self::Confirm(..) => "confirm",
            Self::Measure(..) => "take-measures",
            Self::Approve(_) => "approve",
            Self::Widen(_) => "widen",
            Self::Renew(_) => "renew",
            Self::Join(..) => "join",
            Self::Extend(..) => "add-module",
            Self::Complete(..) => "add-companion",
            Self::Assess(..) => "assess",
            Self::Sign(_) => "sign",
            Self::Certify(..) => "certify",
        }
    }

    /// The act as an order, in words.
    #[must_use]
    pub fn phrase(&self, assessment: &Assessment<'_>, terms: &Terms) -> String {
        let (register, law) = (assessment.register(), assessment.flow.law.law);
        let safeguard = |id: SafeguardId| quote(register.safeguard_id(id));
        let party = |id: PartyId| quote(register.party_id(id));
        match self {
            Self::List(id) => format!("list {}, which is recorded, binds both parties and would hold", safeguard(*id)),
            Self::Confirm(id, words) => {
                format!("if it is so, add {} to `confirms` of {}", list(&quoted(words)), safeguard(*id))
            }
            Self::Measure(id, by) => format!(
                "take the measures that {} names and list them in `measures` of {}",
                quote(register.name(register[*by].id)),
                safeguard(*id)
            ),
            Self::Approve(id) => {
                format!("record `approved` and `approved-by` in {} once the authority has approved", safeguard(*id))
            }
            Self::Widen(id) => format!("agree a wider scope of {} and record it", safeguard(*id)),
            Self::Renew(id) => format!("renew {} and record the new dates", safeguard(*id)),
            Self::Join(id, who) => format!("have {} join {}", party(*who), safeguard(*id)),
            Self::Extend(id, module) => {
                format!("sign module {module} of {} too and add it to `modules`", safeguard(*id))
            }
            Self::Complete(id, instrument) => {
                format!("list the `{}` that {} builds on beside it", law[*instrument].id, safeguard(*id))
            }
            Self::Assess(place, regime) => {
                let on = assessment.flow.law.regimes().iter().find(|on| on.id == *regime);
                let version = on.map_or(&law[*regime].id, |on| &on.version.id);
                format!("assess the law of {} ({place}) for {version}", law.codes.name(*place))
            }
            Self::Sign(paper) => format!("{}{}", paper.phrase(assessment), with(assessment, terms)),
            Self::Certify(instrument, who) => {
                let hr = if terms.covers_hr { ", human resources data included" } else { "" };
                format!("have {} certified under `{}`{hr}", party(*who), law[*instrument].id)
            }
        }
    }
}

impl Paper {
    fn phrase(&self, assessment: &Assessment<'_>) -> String {
        let register = assessment.register();
        let parties: Vec<String> = self.parties.iter().map(|party| quote(register.party_id(*party))).collect();
        let between = if parties.len() > 2 { "among" } else { "between" };
        let numbers: Vec<String> = self.modules.iter().map(u8::to_string).collect();
        let modules = match numbers.len() {
            0 => String::new(),
            1 => format!(", module {},", numbers[0]),
            _ => format!(", modules {},", list(&numbers)),
        };
        let instrument = &assessment.flow.law.law[self.instrument].id;
        format!("sign `{instrument}`{modules} {between} {}", list(&parties))
    }
}

/// What a paper must come with, in words.
fn with(assessment: &Assessment<'_>, terms: &Terms) -> String {
    let register = assessment.register();
    let mut said = Vec::new();
    let confirms: Vec<&str> = terms.confirms.iter().map(|word| &**word).collect();
    if !confirms.is_empty() {
        said.push(format!("{} in `confirms`", list(&quoted(&confirms))));
    }
    let assessments: Vec<&str> = terms.assessments.iter().map(|id| register.name(register[*id].id)).collect();
    if !assessments.is_empty() {
        said.push(format!("{} in `assessments`", list(&quoted(&assessments))));
    }
    if !terms.measures.is_empty() {
        said.push("the measures that it names in `measures`".to_owned());
    }
    if said.is_empty() { String::new() } else { format!(", with {}", list(&said)) }
}
