//! A place in the law book: what lets data go there, from each law, on a day and before.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::days;
use super::entry::scope_rows;
use crate::law::{Code, Law, RegimeOn};
use crate::prose::list;

/// What the law book says of a place.
#[must_use]
pub fn place(law: &Law, code: Code, day: Date) -> String {
    let on = law.on(day);
    let mut out = String::new();
    let _ = writeln!(out, "{} ({code}) on {day}", law.codes.name(code));
    let own: Vec<&str> = on
        .regimes()
        .iter()
        .filter(|regime| regime.territory.contains(code))
        .map(|regime| &*regime.version.id)
        .collect();
    let own = if own.is_empty() { "none in the book".to_owned() } else { list(&own) };
    let _ = writeln!(out, "  its own law: {own}");
    for regime in on.regimes().iter().filter(|regime| !regime.territory.contains(code)) {
        from(law, regime, code, day, &mut out);
    }
    out
}

fn from(law: &Law, regime: &RegimeOn<'_>, code: Code, day: Date, out: &mut String) {
    let mut decisions: Vec<_> = regime.decisions(code).map(|id| &law[id]).collect();
    decisions.sort_by_key(|decision| decision.in_force.from);
    let _ = writeln!(out, "\nunder {} ({})", regime.regime.id, regime.version.id);
    if decisions.is_empty() {
        let _ = writeln!(out, "  no decision: a safeguard is needed (`onward law` lists those that are accepted)");
    }
    for decision in decisions {
        let state = if decision.in_force.holds(day) { "in force" } else { "not in force" };
        let _ = writeln!(out, "  {}: {state}, {}", decision.id, days(decision.in_force));
        if decision.in_force.is_after(day) {
            decision.ended_by.iter().for_each(|case| super::row(out, "ended by", case));
        }
        if decision.in_force.holds(day) {
            for (name, value) in scope_rows(law, &decision.scope) {
                super::row(out, &name, &value);
            }
        }
    }
}
