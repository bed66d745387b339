//! What has a day: ends of safeguards, decisions and waivers, reviews that are due, transfers that begin
//! or end. As a list for a page, and as a calendar file.

use icalendar::{Calendar, Component as _, Event, EventLike as _};
use jiff::civil::Date;

use crate::flow::{Assessment, Basis};
use crate::prose::{quote, visible};
use crate::record::Kind;
use crate::register::Register;
use crate::rules;

/// Something that happens, or has to be done, on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The last day for it: the last day with a safeguard, the day by which to review.
    pub day: Date,
    /// The kind of record.
    pub kind: &'static str,
    /// The id of the record.
    pub id: String,
    /// What it is, as a phrase with the record's id in backticks.
    pub what: String,
    /// Who answers for the record.
    pub owner: Option<String>,
}

/// Everything that is due on the day or after it, and what is overdue, in order of days.
#[must_use]
pub fn due(assessment: &Assessment<'_>) -> Vec<Due> {
    let mut all = reviews(assessment);
    all.extend(ends(assessment));
    all.extend(decisions(assessment));
    all.sort();
    all.dedup();
    all
}

fn due_of(day: Date, kind: &'static str, id: &str, owner: Option<&str>, what: &str) -> Due {
    Due { day, kind, id: id.to_owned(), what: format!("{} {what}", quote(id)), owner: owner.map(str::to_owned) }
}

/// Reviews of records, and of assessments; those that are overdue too.
fn reviews(assessment: &Assessment<'_>) -> Vec<Due> {
    let register = assessment.register();
    let records = rules::reviews(register)
        .map(|(at, id, common, _, day)| due_of(day, at.kind.name(), id, register.owner(common), "is to be reviewed"));
    let assessments = register.assessments.iter().filter_map(|made| {
        let what = format!("is to be reviewed: the assessment of {}", assessment.flow.law.law.codes.name(made.code));
        Some(due_of(made.review_by?, "assessment", register.name(made.id), None, &what))
    });
    records.chain(assessments).collect()
}

/// Ends of what is in force, and beginnings and ends of transfers, from the day on.
fn ends(assessment: &Assessment<'_>) -> Vec<Due> {
    let (register, today) = (assessment.register(), assessment.day());
    let mut all = Vec::new();
    for safeguard in &register.safeguards {
        let (id, owner) = (register.name(safeguard.id), register.owner(&safeguard.common));
        if let Some(day) = safeguard.dates.last_day().filter(|day| *day >= today) {
            all.push(due_of(day, Kind::Safeguard.name(), id, owner, "ends: its last day"));
        }
    }
    for transfer in &register.transfers {
        let owner = register.owner(&transfer.common);
        if let Some(day) = transfer.days.since.filter(|day| *day > today) {
            all.push(due_of(day, Kind::Transfer.name(), register.name(transfer.id), owner, "begins"));
        }
        if let Some(day) = transfer.days.until.filter(|day| *day >= today) {
            all.push(due_of(day, Kind::Transfer.name(), register.name(transfer.id), owner, "ends: its last day"));
        }
    }
    for waiver in register.waivers.iter().filter(|waiver| waiver.until >= today) {
        let (id, owner) = (register.name(waiver.id), register.owner(&waiver.common));
        all.push(due_of(
            waiver.until,
            Kind::Waiver.name(),
            id,
            owner,
            "ends: from the next day on its findings count again",
        ));
    }
    all
}

/// Ends of decisions on which a verdict rests, that were fixed when they were made.
fn decisions(assessment: &Assessment<'_>) -> Vec<Due> {
    let law = assessment.flow.law.law;
    let resting = assessment.verdicts.iter().flat_map(|verdict| &verdict.basis).filter_map(|basis| match basis {
        Basis::Decision(id) => Some(&law[*id]),
        Basis::Safeguard(_) => None,
    });
    let ending = resting.filter_map(|decision| Some((decision, decision.fixed_end()?)));
    let ahead = ending.filter(|(_, day)| *day >= assessment.day());
    ahead
        .map(|(decision, day)| due_of(day, "decision", &decision.id, None, "ends: what rests on it needs a safeguard"))
        .collect()
}

/// All of it as a calendar file, an entry a day long each.
#[must_use]
pub fn ics(register: &Register, all: &[Due], as_of: Date) -> String {
    let name = format!("onward: {}", visible(&register.settings.organisation));
    let stamp = day_of(as_of).and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
    let mut calendar = Calendar::empty();
    let product = concat!("-//onward//onward ", env!("CARGO_PKG_VERSION"), "//EN");
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", product)).name(&name);
    for due in all {
        let mut event = Event::new();
        // The same entry keeps its name from build to build, so that a calendar moves it and does not double it.
        event.uid(&format!(
            "{}-{}-{}@onward",
            due.kind,
            due.id.replace('/', "-"),
            if due.what.contains("review") { "review" } else { "day" }
        ));
        event.timestamp(stamp).starts(day_of(due.day)).summary(&visible(&due.what.replace('`', "")));
        if let Some(owner) = &due.owner {
            event.description(&format!("Owner: {}", visible(owner)));
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

/// A day in the calendar of the crate that writes the file.
fn day_of(day: Date) -> chrono::NaiveDate {
    let (month, of_month) = (u32::from(day.month().unsigned_abs()), u32::from(day.day().unsigned_abs()));
    chrono::NaiveDate::from_ymd_opt(i32::from(day.year()), month, of_month).unwrap_or_default()
}
