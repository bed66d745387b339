//! Who holds a category of data: as a tree, as a table for a spreadsheet, as JSON.

pub mod csv;
pub mod json;
pub mod tree;

use crate::flow::{Assessment, Basis, Holder, Outcome, Trace, Verdict};
use crate::prose::{list, quoted};
use crate::register::{DataId, Register};

/// Where a category went, in words.
#[derive(Debug)]
pub struct Traced {
    /// The id of the category.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The day.
    pub as_of: String,
    /// Whose register it is.
    pub organisation: String,
    rows: Vec<Row>,
}

/// One who has it.
#[derive(Debug, serde::Serialize)]
struct Row {
    party: String,
    name: String,
    place: String,
    /// The ids of the way from a collector; of a very long one those of its ends.
    path: Vec<String>,
    /// How deep it lies in the tree.
    #[serde(skip)]
    depth: usize,
    collects: bool,
    /// The ids of what it holds; none if it was erased there.
    data: Vec<String>,
    legs: Vec<Leg>,
    owner: Option<String>,
    contact: Option<String>,
}

/// A leg by which it came.
#[derive(Debug, serde::Serialize)]
struct Leg {
    transfer: String,
    from: String,
    purposes: Vec<String>,
    verdicts: Vec<String>,
}

impl Traced {
    /// Where a category went by the day of an assessment.
    #[must_use]
    pub fn of(assessment: &Assessment<'_>, data: DataId) -> Self {
        let register = assessment.register();
        let trace = assessment.trace(data);
        Self {
            id: register.name(register[data].id).to_owned(),
            name: register[data].name.to_string(),
            as_of: assessment.day().to_string(),
            organisation: register.settings.organisation.to_string(),
            rows: trace.holders.iter().map(|holder| row(assessment, &trace, holder)).collect(),
        }
    }

    /// How many hold it on the day.
    fn holding(&self) -> usize {
        self.rows.iter().filter(|row| !row.data.is_empty()).count()
    }
}

fn row(assessment: &Assessment<'_>, trace: &Trace<'_, '_>, holder: &Holder) -> Row {
    let register = assessment.register();
    let party = &register[holder.party];
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let legs = holder.by.iter().map(|id| {
        let pair = assessment.flow.pair(*id);
        let verdicts = trace.verdicts.get(id).into_iter().flatten().map(|verdict| phrase(assessment, verdict));
        Leg {
            transfer: register.pair_id(pair.transfer, pair.from, pair.to),
            from: register.party_id(pair.from).to_owned(),
            purposes: register[pair.transfer]
                .purposes
                .iter()
                .map(|id| register.name(register[*id].id).to_owned())
                .collect(),
            verdicts: verdicts.collect(),
        }
    });
    Row {
        party: register.party_id(holder.party).to_owned(),
        name: party.name.to_string(),
        place: format!("{} ({})", assessment.flow.law.law.codes.name(party.jurisdiction), party.jurisdiction),
        path: holder.path.iter().map(|party| register.party_id(*party).to_owned()).collect(),
        depth: holder.depth,
        collects: holder.collects,
        data: named(register, &holder.data),
        legs: legs.collect(),
        owner: register.owner(&party.common).map(str::to_owned),
        contact: text(&party.contact.contact).or_else(|| text(&party.contact.website)),
    }
}

fn named(register: &Register, data: &[DataId]) -> Vec<String> {
    data.iter().map(|id| register.name(register[*id].id).to_owned()).collect()
}

/// A verdict as a phrase: the outcome, on what, under which law.
fn phrase(assessment: &Assessment<'_>, verdict: &Verdict<'_>) -> String {
    let law = &assessment.flow.law.regimes()[verdict.regime].version.id;
    let basis: Vec<String> = verdict
        .basis
        .iter()
        .map(|basis| match basis {
            Basis::Decision(id) => assessment.flow.law.law[*id].id.to_string(),
            Basis::Safeguard(id) => assessment.register().safeguard_id(*id).to_owned(),
        })
        .collect();
    let outcome = match verdict.outcome {
        Outcome::Violation => "no safeguard",
        other => other.as_str(),
    };
    let by = if basis.is_empty() { String::new() } else { format!(" by {}", list(&quoted(&basis))) };
    format!("{outcome}{by} under {law}")
}
