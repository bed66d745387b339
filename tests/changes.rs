//! Every dated fact of the law book, held against tables that were written without the book.
//!
//! The tables in `changes/` come from the sources (official journals, gazettes, the regulators'
//! pages), a line each: a version of a law, a member of an area, an adequacy decision, an
//! instrument under a regime. Both ends count, an empty cell is an open end, and the last column
//! says why where the sources leave a day open. A fact of the book without a line fails here, and
//! so does a line without a fact: nothing enters the book without a test of its days.
//!
//! To amend a day, change it in the book *and* in its line, each from the source.

mod verdicts;

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use onward::finding::Problems;
use onward::law::{self, Acceptance, Codes, Interval, Law, PlaceRef, Territory};

const VERSIONS: &str = include_str!("changes/versions.csv");
const MEMBERS: &str = include_str!("changes/members.csv");
const DECISIONS: &str = include_str!("changes/decisions.csv");
const ACCEPTANCES: &str = include_str!("changes/acceptances.csv");

/// Days of which an open end must hold the outer one.
const LONG_AGO: Date = date(1900, 1, 1);
const FAR_AHEAD: Date = date(2150, 1, 1);

fn book() -> Law {
    let mut problems = Problems::default();
    law::resolve(law::book().0, law::RawLaw::default(), Codes::default(), &mut problems)
}

/// The lines of a table, `N` cells each without the reason at the end.
fn lines<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.splitn(N + 1, ',').collect();
            assert_eq!(cells.len(), N + 1, "a cell is missing: {line}");
            std::array::from_fn(|at| cells[at])
        })
        .collect()
}

/// Both halves of an id `FAMILY/ID`.
fn halves(id: &str) -> (&str, &str) {
    id.split_once('/').unwrap_or_else(|| panic!("{id} is no FAMILY/ID"))
}

fn day(cell: &str) -> Option<Date> {
    (!cell.is_empty()).then(|| cell.parse().unwrap_or_else(|_| panic!("{cell} is no day")))
}

/// The days that show both ends of an interval, and whether it holds on each: the day before,
/// the day and the day after the first and the last, and a day far beyond either.
fn shown(first: &str, last: &str) -> Vec<(Date, bool)> {
    let (first, last) = (day(first), day(last));
    let ends = [first, last].into_iter().flatten();
    let around = ends.flat_map(|end| [-1, 0, 1].map(|step| end.saturating_add(step.days())));
    let within = |on: Date| first.is_none_or(|first| first <= on) && last.is_none_or(|last| on <= last);
    around.chain([LONG_AGO, FAR_AHEAD]).map(|on| (on, within(on))).collect()
}

/// What differs between a line and what the book says on the days that matter.
fn differences(what: &str, first: &str, last: &str, says: impl Fn(Date) -> bool) -> Vec<String> {
    let days = shown(first, last).into_iter().filter(|(on, expected)| says(*on) != *expected);
    days.map(|(on, expected)| format!("{what}: {} on {on}", if expected { "must be" } else { "must not be" })).collect()
}

/// The ids of a table and of the book that the other does not have.
fn strangers(table: &str, book: impl Iterator<Item = String>) -> Vec<String> {
    let first = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
    let listed: Vec<String> = table.lines().filter(|line| !line.starts_with('#')).map(first).collect();
    let (table, book): (BTreeSet<String>, BTreeSet<String>) = (listed.iter().cloned().collect(), book.collect());
    assert_eq!(table.len(), listed.len(), "a fact has two lines");
    let in_book = book.difference(&table).map(|id| format!("{id} has no line"));
    in_book.chain(table.difference(&book).map(|id| format!("{id} is not in the book"))).collect()
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn every_version_of_a_law_is_in_force_on_its_days_alone() {
    let law = book();
    let mut complaints = Vec::new();
    for [id, first, last, assessment] in lines(VERSIONS) {
        let (family, version) = halves(id);
        let regime = law.regime(family).unwrap_or_else(|| panic!("no regime {family}")).1;
        let found = regime.versions.iter().find(|row| &*row.id == version);
        let asked = found.unwrap_or_else(|| panic!("no version {id}")).assessment_required_from;
        complaints.extend((asked != day(assessment)).then(|| format!("{id} asks for an assessment from {asked:?}")));
        complaints.extend(differences(id, first, last, |on| {
            let on = law.on(on);
            on.regimes().iter().any(|row| &*row.regime.id == family && &*row.version.id == version)
        }));
    }
    none(&complaints);
}

#[test]
fn every_member_belongs_to_its_area_on_its_days_alone() {
    let law = book();
    let mut complaints = Vec::new();
    for [id, first, last] in lines(MEMBERS) {
        let (area, code) = halves(id);
        let at = law.areas.iter().position(|row| &*row.id == area).unwrap_or_else(|| panic!("no area {area}"));
        let code = law.codes.check(code).expect("a place");
        complaints.extend(differences(id, first, last, |on| law.on(on).places(&PlaceRef::Area(at)).contains(code)));
    }
    none(&complaints);
}

#[test]
fn every_decision_is_about_its_places_and_in_force_on_its_days_alone() {
    let law = book();
    let name = |place: &PlaceRef| match place {
        PlaceRef::Code(code) => code.to_string(),
        PlaceRef::Area(at) => law.areas[*at].id.to_string(),
    };
    let mut complaints = Vec::new();
    for [id, places, first, last] in lines(DECISIONS) {
        let (family, decision) = halves(id);
        let (_, found) = law.decision(decision).unwrap_or_else(|| panic!("no decision {id}"));
        let named: BTreeSet<String> = found.jurisdictions.iter().map(name).collect();
        let wanted: BTreeSet<String> = places.split('+').map(str::to_owned).collect();
        complaints.extend((named != wanted).then(|| format!("{id} is about {named:?}, not {wanted:?}")));
        complaints.extend(differences(id, first, last, |on| {
            let on = law.on(on);
            let places: Vec<_> = found.jurisdictions.iter().map(|place| on.places(place)).collect();
            let about = places.iter().flat_map(Territory::codes);
            let Some(regime) = on.regimes().iter().find(|row| &*row.regime.id == family) else { return false };
            let finds =
                |code| regime.decisions(code).any(|at| *law[at].id == *decision && law[at].in_force.holds(on.day));
            about.copied().all(finds)
        }));
    }
    none(&complaints);
}

/// The terms of an acceptance, from the whole law; on days on which the regime is in force, the
/// law on that day must give the same.
fn terms<'l>(law: &'l Law, id: &str) -> &'l Acceptance {
    let (family, instrument) = halves(id);
    let regime = law.regime(family).unwrap_or_else(|| panic!("no regime {family}")).0;
    let instrument = law.instrument(instrument).unwrap_or_else(|| panic!("no instrument {instrument}")).0;
    let found = law.acceptances.iter().find(|row| row.key == (regime, instrument));
    found.unwrap_or_else(|| panic!("no acceptance {id}"))
}

/// Whether an instrument counts on a day, as a verdict asks it.
fn counts(law: &Law, terms: &Acceptance, on: Date) -> bool {
    let on = law.on(on);
    let regime = on.regimes().iter().find(|row| row.id == terms.key.0);
    let asked = regime.map_or(Some(terms), |regime| regime.acceptance(terms.key.1));
    asked.is_some_and(|terms| terms.valid.holds(on.day))
}

#[test]
fn every_instrument_is_signed_in_its_window_and_counts_on_its_days_alone() {
    let law = book();
    let mut complaints = Vec::new();
    for [id, sign_from, sign_until, valid_from, valid_until] in lines(ACCEPTANCES) {
        let terms = terms(&law, id);
        let signing = |on| terms.signing.holds(on);
        complaints.extend(differences(&format!("{id} signed"), sign_from, sign_until, signing));
        let counting = |on| counts(&law, terms, on);
        complaints.extend(differences(&format!("{id} valid"), valid_from, valid_until, counting));
    }
    none(&complaints);
}

#[test]
fn every_fact_of_the_book_has_a_line_and_every_line_is_a_fact() {
    let law = book();
    let versions = law.regimes.iter().flat_map(|regime| {
        regime.versions.iter().map(|version| format!("{}/{}", regime.id, version.id)).collect::<Vec<_>>()
    });
    let members = law
        .areas
        .iter()
        .flat_map(|area| area.members.iter().map(|(code, _)| format!("{}/{code}", area.id)).collect::<Vec<_>>());
    let decisions = law.decisions.iter().map(|row| format!("{}/{}", law[row.regime].id, row.id));
    let acceptances = law.acceptances.iter().map(|row| format!("{}/{}", law[row.key.0].id, law[row.key.1].id));
    none(&strangers(VERSIONS, versions));
    none(&strangers(MEMBERS, members));
    none(&strangers(DECISIONS, decisions));
    none(&strangers(ACCEPTANCES, acceptances));
}

#[test]
fn a_day_that_is_off_by_one_at_either_end_is_noticed() {
    let held = |from: &str, until: &str| Interval { from: day(from), until: day(until) };
    let says = |book: Interval| differences("x", "2020-02-29", "2020-03-31", move |on| book.holds(on)).len();
    assert_eq!(says(held("2020-02-29", "2020-03-31")), 0);
    for wrong in [
        held("2020-02-28", "2020-03-31"),
        held("2020-03-01", "2020-03-31"),
        held("2020-02-29", "2020-03-30"),
        held("2020-02-29", "2020-04-01"),
        held("2020-02-29", ""),
        held("", "2020-03-31"),
    ] {
        assert_ne!(says(wrong), 0, "{wrong:?}");
    }
    assert_ne!(differences("x", "2020-02-29", "", |on| held("2020-02-29", "2100-01-01").holds(on)).len(), 0);
}
