//! The law book in text: what is in force on a day, and single entries with their history.

mod changes;
mod place;

pub use changes::changes;
pub use place::place;

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::law::{
    Acceptance, Area, Binds, Condition, Coverage, Decision, Effect, Instrument, Interval, Law, OnwardRule, PlaceRef,
    Regime, Roles, Scope, Source, Version,
};
use crate::prose::{choice, list, quoted};

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

/// One entry of the book, by id.
#[must_use]
pub fn entry(law: &Law, id: &str, day: Date) -> Option<String> {
    let mut out = String::new();
    if let Some((_, found)) = law.regime(id) {
        regime(law, found, day, &mut out);
    } else if let Some((found, version)) = version_of(law, id) {
        regime(law, found, day, &mut out);
        let _ = writeln!(out, "\n{} is one version of {}.", version.id, found.id);
    }
    if let Some(found) = law.decision(id) {
        decision(law, found, day, &mut out);
    }
    if let Some((_, found)) = law.instrument(id) {
        instrument(law, found, day, &mut out);
    }
    if let Some(found) = law.area(id) {
        area(law, found, day, &mut out);
    }
    (!out.is_empty()).then_some(out)
}

fn version_of<'l>(law: &'l Law, id: &str) -> Option<(&'l Regime, &'l Version)> {
    law.regimes.iter().find_map(|regime| Some((regime, regime.versions.iter().find(|version| &*version.id == id)?)))
}

fn regime(law: &Law, regime: &Regime, day: Date, out: &mut String) {
    let _ = writeln!(out, "{}: {}", regime.id, regime.name);
    let coverage = match regime.coverage {
        Coverage::Full => "full",
        Coverage::Outline => "outline: verdicts are given, findings are warnings unless `[register] regimes` names it",
    };
    row(out, "coverage", coverage);
    row(out, "territory", &places(law, &regime.territory));
    regime.note.iter().for_each(|note| row(out, "note", note));
    for version in &regime.versions {
        let mark = if version.in_force.holds(day) { format!(" (in force on {day})") } else { String::new() };
        let _ = writeln!(out, "\n  {}: {}{mark}", version.id, version.name);
        row(out, "in force", &days(version.in_force));
        row(out, "restricts", &version.restricts);
        row(
            out,
            "reaches",
            if version.extraterritorial {
                "controllers abroad that collect from people inside, too"
            } else {
                "collections inside"
            },
        );
        row(out, "follows", if version.follows { "the data onward" } else { "the first leg abroad only" });
        if version.frees_returns {
            row(out, "returns", "a processor returns data to its controller freely");
        }
        if !version.unrestricted_roles.is_empty() {
            row(out, "free legs", &roles(&version.unrestricted_roles));
        }
        if let Some(from) = version.assessment_required_from {
            row(out, "assessment", &format!("asked for since {from}"));
        }
        source(&version.source, out);
    }
}

fn decision(law: &Law, decision: &Decision, day: Date, out: &mut String) {
    let state = if decision.in_force.holds(day) { "in force" } else { "not in force" };
    let _ = writeln!(out, "{}: adequacy decision of {}, {state} on {day}", decision.id, law[decision.regime].id);
    row(out, "places", &places(law, &decision.jurisdictions));
    row(out, "in force", &days(decision.in_force));
    decision.ended_by.iter().for_each(|case| row(out, "ended by", case));
    decision.contested.iter().for_each(|case| row(out, "contested", &format!("{case}: in force, and under challenge")));
    scope(law, &decision.scope, out);
    if decision.effect == Effect::NotATransfer {
        row(out, "effect", "there is no restricted transfer");
    }
    let onward = match decision.onward {
        OnwardRule::LocalLaw => "the law of the place binds the recipient",
        OnwardRule::Contract => "a contract for every onward transfer",
    };
    row(out, "onward", onward);
    source(&decision.source, out);
}

fn scope(law: &Law, scope: &Scope, out: &mut String) {
    if let Some(certification) = scope.certification {
        row(out, "only", &format!("recipients that hold `{}`", law[certification].id));
    }
    let lists = [
        ("only", "recipients of the sector", &scope.sector),
        ("never", "recipients of the sector", &scope.not_sector),
        ("only", "exporters of the sector", &scope.exporter_sector),
        ("only", "data tagged", &scope.only_data_tags),
        ("never", "data tagged", &scope.not_data_tags),
        ("never", "purposes tagged", &scope.not_purpose_tags),
        ("only", "recipients tagged", &scope.party_tags),
    ];
    for (word, what, tags) in lists.into_iter().filter(|(.., tags)| !tags.is_empty()) {
        row(out, word, &format!("{what} {}", choice(&quoted(tags))));
    }
    if let Some(hr) = scope.hr {
        row(out, if hr { "only" } else { "never" }, "human resources data");
    }
}

fn instrument(law: &Law, instrument: &Instrument, day: Date, out: &mut String) {
    let _ = writeln!(out, "{}: {}", instrument.id, instrument.name);
    row(out, "kind", instrument.kind.as_str());
    let binds = match instrument.binds {
        Binds::Both => "sender and recipient",
        Binds::Importer => "the recipient",
        Binds::Group => "both, as members of one group",
    };
    row(out, "binds", binds);
    for module in &instrument.modules {
        row(out, &format!("module {}", module.id), module.roles.in_words());
    }
    if !instrument.roles.is_empty() {
        row(out, "legs", &roles(&instrument.roles));
    }
    if !instrument.onward_roles.is_empty() {
        row(out, "legs", &format!("{}, when the sender is outside the territory", roles(&instrument.onward_roles)));
    }
    for companion in &instrument.with {
        row(out, "builds on", &law[*companion].id);
    }
    instrument.not_a_tool.iter().for_each(|why| row(out, "no tool", why));
    let needs = [
        (instrument.needs_assessment, "an assessment of the law of the place"),
        (instrument.needs_approval, "an authority's approval"),
    ];
    needs.iter().filter(|(needed, _)| *needed).for_each(|(_, what)| row(out, "needs", what));
    conditions(&instrument.conditions, out);
    if instrument.occasional_only {
        row(out, "only", "occasional transfers");
    }
    if !instrument.not_exporter_sector.is_empty() {
        row(out, "closed to", &format!("{} exporters", choice(&instrument.not_exporter_sector)));
    }
    source(&instrument.source, out);
    for acceptance in law.acceptances.iter().filter(|acceptance| law[acceptance.key.1].id == instrument.id) {
        accepted(law, acceptance, day, out);
    }
}

fn accepted(law: &Law, acceptance: &Acceptance, day: Date, out: &mut String) {
    let state = if acceptance.valid.holds(day) { "accepted" } else { "not accepted" };
    let _ = writeln!(out, "\n  under {}, {state} on {day}", law[acceptance.key.0].id);
    if acceptance.signing != Interval::default() {
        row(out, "signed", &days(acceptance.signing));
    }
    row(out, "counts", &days(acceptance.valid));
    conditions(&acceptance.conditions, out);
    source(&acceptance.source, out);
}

fn area(law: &Law, area: &Area, day: Date, out: &mut String) {
    let _ = writeln!(out, "{}: {}", area.id, area.name);
    for (code, member) in &area.members {
        let mark = if member.holds(day) { "" } else { " (not on this day)" };
        row(out, code.as_str(), &format!("{}, {}{mark}", law.codes.name(*code), days(*member)));
    }
    source(&area.source, out);
}

fn conditions(conditions: &[Condition], out: &mut String) {
    for condition in conditions {
        row(out, "confirm", &choice(&quoted(condition)));
    }
}

fn source(source: &Source, out: &mut String) {
    if !source.citation.is_empty() {
        row(out, "source", &source.citation);
    }
    source.url.iter().for_each(|url| row(out, "", url));
    source.unsure.iter().for_each(|why| row(out, "unsure", why));
    source.note.iter().for_each(|note| row(out, "note", note));
}

fn row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "    {name:11} {value}");
}

fn places(law: &Law, places: &[PlaceRef]) -> String {
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
