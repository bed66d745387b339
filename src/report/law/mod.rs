//! The law book in text: what is in force on a day, and single entries with their history.

mod changes;
mod entry;
mod place;

pub use changes::changes;
pub use entry::{Section, decision, entry, instrument, regime};
pub use place::place;

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::law::{Coverage, Interval, Law, PlaceRef, Roles};
use crate::prose::list;

/// Everything in force on a day.
#[must_use]
pub fn overview(law: &Law, day: Date) -> String {
    let on = law.on(day);
    let mut out = String::new();
    if let Some(updated) = law.updated {
        let _ = writeln!(out, "The law of {day}; the law book was brought up to date on {updated}.");
    }
    for regime in on.regimes() {
        let coverage = if regime.regime.coverage == Coverage::Outline { ", in outline" } else { "" };
        let _ = writeln!(out, "\n{}: {} ({}){coverage}", regime.regime.id, regime.version.name, regime.version.id);
        let decisions =
            law.decisions.iter().filter(|decision| decision.regime == regime.id && decision.in_force.holds(day));
        for decision in decisions {
            let _ = writeln!(out, "  adequacy    {}  {}", decision.id, places(law, &decision.jurisdictions));
        }
        let accepted =
            law.acceptances.iter().filter(|accepted| accepted.key.0 == regime.id && accepted.valid.holds(day));
        for accepted in accepted {
            let instrument = &law[accepted.key.1];
            if instrument.not_a_tool.is_none() {
                let _ = writeln!(out, "  {:10}  {}  {}", instrument.kind.as_str(), instrument.id, instrument.name);
            }
        }
    }
    out
}

fn row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "    {name:11} {value}");
}

/// Places and areas in words.
pub(crate) fn places(law: &Law, places: &[PlaceRef]) -> String {
    let names: Vec<String> = places
        .iter()
        .map(|place| match place {
            PlaceRef::Code(code) => format!("{} ({code})", law.codes.name(*code)),
            PlaceRef::Area(at) => law.areas[*at].id.to_string(),
        })
        .collect();
    list(&names)
}

fn roles(roles: &[Roles]) -> String {
    list(&roles.iter().map(|roles| roles.in_words()).collect::<Vec<_>>())
}

fn days(days: Interval) -> String {
    match (days.from, days.until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".to_owned(),
    }
}
