//! One entry of the law book, with its history and its sources.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{days, places, roles};
use crate::law::{
    Acceptance, Area, Binds, Condition, Coverage, Decision, Effect, Instrument, Interval, Law, OnwardRule, Regime,
    Scope, Source, Version,
};
use crate::prose::{choice, quoted};

/// What is said of law that the register, not the book, holds.
const HOUSE: &str = "the register says so, not the law book";

/// A part of an entry: a heading and what is said under it, name by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Names and values; a value without a name goes on from the one before.
    pub rows: Vec<(String, String)>,
}

impl Section {
    fn new(heading: String) -> Self {
        Self { heading, rows: Vec::new() }
    }

    fn row(&mut self, name: &str, value: &str) {
        self.rows.push((name.to_owned(), value.to_owned()));
    }
}

/// One entry of the book in text, by id.
#[must_use]
pub fn entry(law: &Law, id: &str, day: Date) -> Option<String> {
    let mut entries = Vec::new();
    let version = version_of(law, id);
    entries.extend(law.regime(id).map(|(_, found)| regime(law, found, day)));
    entries.extend(version.map(|(found, _)| regime(law, found, day)).filter(|_| entries.is_empty()));
    entries.extend(law.decision(id).map(|(_, found)| vec![decision(law, found, day)]));
    entries.extend(law.instrument(id).map(|(_, found)| instrument(law, found, day)));
    entries.extend(law.area(id).map(|found| vec![area(law, found, day)]));
    let mut out = String::new();
    for sections in &entries {
        for (at, section) in sections.iter().enumerate() {
            let _ =
                if at == 0 { writeln!(out, "{}", section.heading) } else { writeln!(out, "\n  {}", section.heading) };
            section.rows.iter().for_each(|(name, value)| super::row(&mut out, name, value));
        }
    }
    if let Some((found, version)) = version.filter(|(found, version)| found.id != version.id) {
        let _ = writeln!(out, "\n{} is one version of {}.", version.id, found.id);
    }
    (!out.is_empty()).then_some(out)
}

fn version_of<'l>(law: &'l Law, id: &str) -> Option<(&'l Regime, &'l Version)> {
    law.regimes.iter().find_map(|regime| Some((regime, regime.versions.iter().find(|version| &*version.id == id)?)))
}

/// A regime: itself, then each of its versions.
#[must_use]
pub fn regime(law: &Law, regime: &Regime, day: Date) -> Vec<Section> {
    let mut out = Section::new(format!("{}: {}", regime.id, regime.name));
    let coverage = match regime.coverage {
        Coverage::Full => "full",
        Coverage::Outline => "outline: verdicts are given, findings are warnings unless `[register] regimes` names it",
    };
    out.row("coverage", coverage);
    out.row("territory", &places(law, &regime.territory));
    regime.note.iter().for_each(|note| out.row("note", note));
    if regime.house {
        out.row("house law", HOUSE);
    }
    let mut sections = vec![out];
    for version in &regime.versions {
        let mark = if version.in_force.holds(day) { format!(" (in force on {day})") } else { String::new() };
        let mut out = Section::new(format!("{}: {}{mark}", version.id, version.name));
        out.row("in force", &days(version.in_force));
        out.row("restricts", &version.restricts);
        out.row(
            "reaches",
            if version.extraterritorial {
                "controllers abroad that collect from people inside, too"
            } else {
                "collections inside"
            },
        );
        out.row("follows", if version.follows { "the data onward" } else { "the first leg abroad only" });
        if version.frees_returns {
            out.row("returns", "a processor returns data to its controller freely");
        }
        if !version.unrestricted_roles.is_empty() {
            out.row("free legs", &roles(&version.unrestricted_roles));
        }
        if let Some(from) = version.assessment_required_from {
            out.row("assessment", &format!("asked for since {from}"));
        }
        source(&version.source, &mut out);
        sections.push(out);
    }
    sections
}

/// A decision.
#[must_use]
pub fn decision(law: &Law, decision: &Decision, day: Date) -> Section {
    let state = if decision.in_force.holds(day) { "in force" } else { "not in force" };
    let regime = &law[decision.regime].id;
    let mut out = Section::new(format!("{}: adequacy decision of {regime}, {state} on {day}", decision.id));
    out.row("places", &places(law, &decision.jurisdictions));
    out.row("in force", &days(decision.in_force));
    decision.ended_by.iter().for_each(|case| out.row("ended by", case));
    decision.contested.iter().for_each(|case| out.row("contested", &format!("{case}: in force, and under challenge")));
    scope(law, &decision.scope, &mut out);
    if decision.effect == Effect::NotATransfer {
        out.row("effect", "there is no restricted transfer");
    }
    let onward = match decision.onward {
        OnwardRule::LocalLaw => "the law of the place binds the recipient",
        OnwardRule::Contract => "a contract for every onward transfer",
    };
    out.row("onward", onward);
    source(&decision.source, &mut out);
    out
}

/// What a decision covers.
pub(super) fn scope_rows(law: &Law, of: &Scope) -> Vec<(String, String)> {
    let mut out = Section::new(String::new());
    scope(law, of, &mut out);
    out.rows
}

fn scope(law: &Law, scope: &Scope, out: &mut Section) {
    if let Some(certification) = scope.certification {
        out.row("only", &format!("recipients that hold `{}`", law[certification].id));
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
        out.row(word, &format!("{what} {}", choice(&quoted(tags))));
    }
    if let Some(hr) = scope.hr {
        out.row(if hr { "only" } else { "never" }, "human resources data");
    }
}

/// An instrument: itself, then what each regime that accepts it says of it.
#[must_use]
pub fn instrument(law: &Law, instrument: &Instrument, day: Date) -> Vec<Section> {
    let mut out = Section::new(format!("{}: {}", instrument.id, instrument.name));
    out.row("kind", instrument.kind.as_str());
    let binds = match instrument.binds {
        Binds::Both => "sender and recipient",
        Binds::Importer => "the recipient",
        Binds::Group => "both, as members of one group",
    };
    out.row("binds", binds);
    for module in &instrument.modules {
        out.row(&format!("module {}", module.id), module.roles.in_words());
    }
    if !instrument.roles.is_empty() {
        out.row("legs", &roles(&instrument.roles));
    }
    if !instrument.onward_roles.is_empty() {
        out.row("legs", &format!("{}, when the sender is outside the territory", roles(&instrument.onward_roles)));
    }
    for companion in &instrument.with {
        out.row("builds on", &law[*companion].id);
    }
    instrument.not_a_tool.iter().for_each(|why| out.row("no tool", why));
    let needs = [
        (instrument.needs_assessment, "an assessment of the law of the place"),
        (instrument.needs_approval, "an authority's approval"),
    ];
    needs.iter().filter(|(needed, _)| *needed).for_each(|(_, what)| out.row("needs", what));
    conditions(&instrument.conditions, &mut out);
    for (whose, sectors) in [("exporters", &instrument.exporter_sector), ("recipients", &instrument.importer_sector)] {
        if !sectors.is_empty() {
            out.row("only", &format!("{whose} of the sector {}", choice(&quoted(sectors))));
        }
    }
    if instrument.occasional_only {
        out.row("only", "occasional transfers");
    }
    if !instrument.not_exporter_sector.is_empty() {
        out.row("closed to", &format!("{} exporters", choice(&instrument.not_exporter_sector)));
    }
    source(&instrument.source, &mut out);
    let of_it = law.acceptances.iter().filter(|acceptance| law[acceptance.key.1].id == instrument.id);
    std::iter::once(out).chain(of_it.map(|acceptance| accepted(law, acceptance, day))).collect()
}

fn accepted(law: &Law, acceptance: &Acceptance, day: Date) -> Section {
    let state = if acceptance.valid.holds(day) { "accepted" } else { "not accepted" };
    let mut out = Section::new(format!("under {}, {state} on {day}", law[acceptance.key.0].id));
    if acceptance.signing != Interval::default() {
        out.row("signed", &days(acceptance.signing));
    }
    out.row("counts", &days(acceptance.valid));
    conditions(&acceptance.conditions, &mut out);
    source(&acceptance.source, &mut out);
    out
}

fn area(law: &Law, area: &Area, day: Date) -> Section {
    let mut out = Section::new(format!("{}: {}", area.id, area.name));
    for (code, member) in &area.members {
        let mark = if member.holds(day) { "" } else { " (not on this day)" };
        out.row(code.as_str(), &format!("{}, {}{mark}", law.codes.name(*code), days(*member)));
    }
    source(&area.source, &mut out);
    out
}

fn conditions(conditions: &[Condition], out: &mut Section) {
    for condition in conditions {
        out.row("confirm", &choice(&quoted(condition)));
    }
}

fn source(source: &Source, out: &mut Section) {
    if !source.citation.is_empty() {
        out.row("source", &source.citation);
    }
    source.url.iter().for_each(|url| out.row("", url));
    source.unsure.iter().for_each(|why| out.row("unsure", why));
    source.note.iter().for_each(|note| out.row("note", note));
    if source.house {
        out.row("house law", HOUSE);
    }
}
