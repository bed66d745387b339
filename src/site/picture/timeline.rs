//! The life of a safeguard or a decision as bars over time; the facts of the record say the same.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::law::{Decision, Interval};
use crate::prose::shortened;
use crate::register::SafeguardId;
use crate::site::index::Index;

/// Bars over time.
#[derive(Clone, Debug, Serialize)]
pub(in crate::site) struct Timeline {
    width: usize,
    height: usize,
    /// What it shows, in a sentence.
    label: String,
    rows: Vec<Bar>,
    years: Vec<Mark>,
    today: Mark,
}

/// A bar with its words.
#[derive(Clone, Debug, Serialize)]
struct Bar {
    text_y: usize,
    y: usize,
    x: usize,
    width: usize,
    name: String,
    says: String,
    look: &'static str,
}

/// A place on the axis.
#[derive(Clone, Debug, Serialize)]
struct Mark {
    x: usize,
    text: String,
}

/// A stretch of time and its name.
struct Span {
    name: String,
    days: Interval,
    look: &'static str,
}

const NAMES: usize = 330;
const CHART: usize = 640;
const ROW: usize = 34;
const HEAD: usize = 26;
/// The most characters of a name that there is room for.
const MAX_NAME: usize = 40;
/// The most acceptances shown.
const MAX_ROWS: usize = 6;

/// A safeguard, and since when and until when the laws that ask for it accept what it is.
pub(in crate::site) fn safeguard(index: &Index<'_>, id: SafeguardId) -> Option<Timeline> {
    let safeguard = &index.register[id];
    let asking: BTreeSet<usize> =
        index.carried(id).iter().chain(&index.failed(id)).map(|verdict| verdict.regime).collect();
    let dates = &safeguard.dates;
    let days = Interval { from: Some(dates.effective.or(dates.signed)?), until: dates.last_day() };
    let mut spans = vec![Span { name: "this safeguard".to_owned(), days, look: "own" }];
    let law = &index.assessment.flow.law;
    for instrument in &safeguard.instruments {
        for on in asking.iter().map(|regime| &law.regimes()[*regime]) {
            let Some(accepted) = on.acceptance(*instrument) else { continue };
            let from = accepted.valid.from.or(accepted.signing.from);
            let name = format!("{} under {}", law.law[*instrument].id, on.version.id);
            spans.push(Span { name, days: Interval { from, until: accepted.valid.until }, look: "law" });
        }
    }
    spans.truncate(MAX_ROWS + 1);
    Some(drawn(&spans, index.run.as_of))
}

/// A decision.
pub(in crate::site) fn decision(index: &Index<'_>, decision: &Decision) -> Timeline {
    let name = "this decision".to_owned();
    drawn(&[Span { name, days: decision.in_force, look: "law" }], index.run.as_of)
}

fn drawn(spans: &[Span], today: Date) -> Timeline {
    let known = spans.iter().flat_map(|span| [span.days.from, span.days.until]).flatten().chain([today]);
    let (first, last) = known.fold((today, today), |(first, last), day| (first.min(day), last.max(day)));
    let (first, last) = (january(first, 0), january(last, 1));
    let all = days(first, last).max(1);
    let at = |day: Date| NAMES + days(first, day.clamp(first, last)) * CHART / all;
    let rows = spans.iter().enumerate().map(|(row, span)| {
        let from = span.days.from.map_or(NAMES, at);
        let until = span.days.until.map_or(NAMES + CHART, at);
        let y = HEAD + row * ROW;
        Bar {
            text_y: y + 16,
            y: y + 4,
            x: from,
            width: until.saturating_sub(from).max(2),
            name: shortened(&span.name, MAX_NAME),
            says: format!("{}: {}", span.name, in_words(span.days)),
            look: span.look,
        }
    });
    let span = i32::from(last.year()) - i32::from(first.year());
    let step = (span / 8 + 1).max(1);
    let years = (0..=span).step_by(usize::try_from(step).unwrap_or(1)).map(|offset| {
        let day = january(first, i16::try_from(offset).unwrap_or(0));
        Mark { x: at(day), text: day.year().to_string() }
    });
    Timeline {
        width: NAMES + CHART + 40,
        height: HEAD + spans.len() * ROW + 6,
        label: spans
            .iter()
            .map(|span| format!("{}: {}.", span.name, in_words(span.days)))
            .collect::<Vec<_>>()
            .join(" "),
        rows: rows.collect(),
        years: years.collect(),
        today: Mark { x: at(today), text: today.to_string() },
    }
}

/// The first of January some years after that of a day.
fn january(day: Date, years: i16) -> Date {
    let year = day.year().saturating_add(years).clamp(1, 9999);
    Date::new(year, 1, 1).unwrap_or(date(1, 1, 1))
}

fn days(from: Date, to: Date) -> usize {
    from.until(to).ok().and_then(|span| usize::try_from(span.get_days()).ok()).unwrap_or(0)
}

fn in_words(days: Interval) -> String {
    match (days.from, days.until) {
        (Some(from), Some(until)) => format!("from {from} to {until}"),
        (Some(from), None) => format!("from {from}, without an end"),
        (None, Some(until)) => format!("up to {until}"),
        (None, None) => "always".to_owned(),
    }
}
