//! How two registers differ, or one on two days: records, and verdicts that turned.

pub mod json;
pub mod markdown;
pub mod text;

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::change::{Record, Turn, Turned, VerdictTurn, changed, shown};
use crate::flow::Outcome;
use crate::law;
use crate::prose::{self, count, quote};

/// One of the two.
#[derive(Clone, Debug)]
pub struct Side {
    /// The revision as it was asked for, and the commit that it is; nothing for the folder as it is.
    pub revision: Option<(String, String)>,
    /// The day it was judged on.
    pub as_of: Date,
}

/// What turned from one to the other.
#[derive(Clone, Debug)]
pub struct Diff {
    /// Whose register it is.
    pub organisation: String,
    /// The earlier one.
    pub before: Side,
    /// The later one.
    pub after: Side,
    /// Records that came, went or changed.
    pub records: Vec<Turn>,
    /// Verdicts that turned.
    pub verdicts: Vec<VerdictTurn>,
}

/// What turned, of one sort.
struct Section {
    heading: String,
    lines: Vec<String>,
}

/// The sorts of records, in the order in which a reviewer reads them.
const SORTS: [(&str, &[&str]); 9] = [
    ("What judges", &["register", "rules", "waiver"]),
    ("The register's own law", &[]),
    ("Parties", &["affiliate", "service-provider", "reseller", "third-party"]),
    ("Data, people and purposes", &["data", "subjects", "purpose"]),
    ("Collections", &["collection"]),
    ("Transfers", &["transfer"]),
    ("Safeguards", &["safeguard"]),
    ("Places", &["jurisdiction", "jurisdiction.assessment"]),
    ("The notice", &["statement"]),
];

/// The keys that say what a record is, beside its id.
const TELLING: [&str; 17] = [
    "name",
    "jurisdiction",
    "from",
    "to",
    "by",
    "data",
    "purposes",
    "safeguards",
    "instrument",
    "parties",
    "rule",
    "on",
    "until",
    "quote",
    "outcome",
    "format",
    "organisation",
];

impl Side {
    /// As a phrase.
    fn phrase(&self) -> String {
        match &self.revision {
            Some((name, commit)) => format!("{} ({commit}) as of {}", quote(name), self.as_of),
            None => format!("the folder as of {}", self.as_of),
        }
    }
}

impl Diff {
    fn title(&self) -> String {
        let organisation = prose::visible(&self.organisation);
        format!("{organisation}: from {} to {}", self.before.phrase(), self.after.phrase())
    }

    /// The records that turned, by sort; a sort in which nothing did is left out.
    fn records(&self) -> Vec<Section> {
        let sorted = SORTS.iter().map(|(heading, kinds)| {
            let is_wanted = |turn: &&Turn| {
                let kind = turn.section.split('.').next().unwrap_or_default();
                let is_law = law::KINDS.iter().any(|of_law| of_law.name() == kind);
                if kinds.is_empty() { is_law } else { kinds.contains(&turn.section.as_str()) }
            };
            Section { heading: (*heading).to_owned(), lines: self.records.iter().filter(is_wanted).map(line).collect() }
        });
        sorted.filter(|section| !section.lines.is_empty()).collect()
    }

    /// The verdicts that turned, by what they turned from and to, the worst first.
    fn verdicts(&self) -> Vec<Section> {
        let outcome = |judged: Option<&crate::change::Judged>| judged.map(|judged| judged.outcome);
        let key = |turn: &VerdictTurn| (outcome(turn.after.as_ref()), outcome(turn.before.as_ref()));
        let mut keys: Vec<(Option<Outcome>, Option<Outcome>)> = self.verdicts.iter().map(key).collect();
        keys.sort_unstable_by_key(|(after, before)| (Reverse(*after), *before));
        keys.dedup();
        let word = |outcome: Option<Outcome>| outcome.map_or("no verdict", Outcome::as_str);
        let section = |wanted: &(Option<Outcome>, Option<Outcome>)| {
            let of_kind: Vec<&VerdictTurn> = self.verdicts.iter().filter(|turn| key(turn) == *wanted).collect();
            let turns = count(of_kind.len(), "verdict");
            let heading = if wanted.0 == wanted.1 {
                format!("{turns} still {}, on another ground", word(wanted.0))
            } else {
                format!("{turns} from {} to {}", word(wanted.1), word(wanted.0))
            };
            let lines = of_kind
                .iter()
                .map(|turn| format!("{} under {}: {}", quote(&turn.transfer), turn.regime, turn.phrase()));
            Section { heading, lines: lines.collect() }
        };
        keys.iter().map(section).collect()
    }
}

/// What happened to a record, in a line.
fn line(turn: &Turn) -> String {
    let kind = turn.section.replace("jurisdiction.", "");
    let name = if turn.id.is_empty() { format!("[{kind}]") } else { format!("{kind} {}", quote(&turn.id)) };
    match &turn.turned {
        Turned::Came(record) => format!("+ {name}{}", told(record)),
        Turned::Went(record) => format!("- {name}{}", told(record)),
        Turned::Changed(keys) => format!("~ {name}: {}", keys.iter().map(changed).collect::<Vec<_>>().join("; ")),
    }
}

/// What a record is: the keys that tell.
fn told(record: &Record) -> String {
    let told = TELLING.iter().filter_map(|key| Some(format!("{key} {}", shown(record.get(*key)?))));
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}
