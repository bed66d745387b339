//! The law book: whole in itself, and right on the days on which it changes.

use super::kit::{Leg, judge, onward};
use jiff::ToSpan as _;
use jiff::civil::Date;
use onward::finding::Problems;
use onward::law::{self, Codes, Coverage, InstrumentKind, Law};

fn book() -> Law {
    let mut problems = Problems::default();
    law::resolve(law::book().0, law::RawLaw::default(), Codes::default(), &mut problems)
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

#[test]
fn the_book_has_no_problem_of_any_kind() {
    let (raw, mut problems) = law::book();
    law::resolve(raw, law::RawLaw::default(), Codes::default(), &mut problems);
    let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");
}

#[test]
fn every_file_of_the_book_is_built_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/law/book");
    let built_in = include_str!("../src/law/book.rs");
    for entry in std::fs::read_dir(folder).expect("the book") {
        let name = entry.expect("a file").file_name().into_string().expect("UTF-8");
        assert!(built_in.contains(&format!("include_str!(\"book/{name}\")")), "add {name} to FILES in src/law/book.rs");
    }
}

#[test]
fn every_fact_has_a_citation() {
    let law = book();
    let sources = law.decisions.iter().map(|row| (&row.id, &row.source));
    let sources = sources.chain(law.instruments.iter().map(|row| (&row.id, &row.source)));
    let sources =
        sources.chain(law.regimes.iter().flat_map(|regime| &regime.versions).map(|row| (&row.id, &row.source)));
    let sources = sources.chain(law.areas.iter().map(|row| (&row.id, &row.source)));
    let without: Vec<_> = sources.filter(|(_, source)| source.citation.len() < 8).map(|(id, _)| id).collect();
    assert!(without.is_empty(), "{without:?}");
    assert!(law.acceptances.iter().all(|row| row.source.citation.len() >= 8));
}

#[test]
fn every_instrument_is_accepted_somewhere_or_says_why_it_is_no_tool() {
    let law = book();
    for (at, instrument) in law.instruments.iter().enumerate() {
        let is_accepted = law.acceptances.iter().any(|acceptance| acceptance.key.1.index() == at);
        assert!(is_accepted || instrument.not_a_tool.is_some(), "{}", instrument.id);
    }
}

#[test]
fn a_certificate_that_a_decision_names_can_be_signed_from_a_known_day_under_its_regime() {
    let law = book();
    for decision in &law.decisions {
        let Some(certification) = decision.scope.certification else { continue };
        assert_eq!(law[certification].kind, InstrumentKind::Certification, "{}", decision.id);
        let acceptance = law.acceptances.iter().find(|row| row.key == (decision.regime, certification));
        assert!(acceptance.is_some_and(|row| row.signing.from.is_some()), "{}", decision.id);
    }
}

#[test]
fn versions_of_a_regime_follow_each_other_without_gap_or_overlap() {
    for regime in &book().regimes {
        for pair in regime.versions.windows(2) {
            let next = pair[0].in_force.until.and_then(|until| until.checked_add(1.day()).ok());
            assert_eq!(next, pair[1].in_force.from, "{}", pair[1].id);
        }
        assert!(regime.versions.last().is_some_and(|last| last.in_force.until.is_none()), "{}", regime.id);
    }
}

#[test]
fn the_three_regimes_that_must_be_held_in_full_are() {
    let law = book();
    for id in ["eu", "uk", "ch", "au", "za", "br", "jp", "kr", "nz", "ar", "tr", "ca-qc", "ae-difc"] {
        assert_eq!(law.regime(id).map(|(_, regime)| regime.coverage), Some(Coverage::Full), "{id}");
    }
}

#[test]
fn the_known_places_are_those_of_iso_3166_and_the_books_own() {
    let codes = Codes::default();
    let letters = || 'A'..='Z';
    let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let mut beside_iso = Vec::new();
    for code in pairs {
        let (ours, theirs) = (codes.check(&code).is_ok(), rust_iso3166::from_alpha2(&code).is_some());
        assert!(ours || !theirs, "{code} is unknown");
        if ours && !theirs {
            beside_iso.push(code);
        }
    }
    assert_eq!(beside_iso, ["XK", "ZZ"]);
    let rows = include_str!("../src/law/codes/subdivisions.txt").lines().filter_map(|line| line.split_once('\t'));
    for (country, parts) in rows {
        for part in parts.split(' ') {
            let code = format!("{country}-{part}");
            assert!(rust_iso3166::iso3166_2::from_code(&code).is_some(), "{code}");
        }
    }
}

#[test]
fn member_states_are_inside_from_the_day_they_joined() {
    let law = book();
    let inside = |code: &str, on: &str| {
        let on = law.on(day(on));
        let eu = on.regimes().iter().find(|regime| &*regime.regime.id == "eu").expect("the EU");
        eu.territory.contains(law.codes.check(code).expect("a place"))
    };
    for (code, before, first) in [
        ("PL", "2004-04-30", "2004-05-01"),
        ("RO", "2006-12-31", "2007-01-01"),
        ("HR", "2013-06-30", "2013-07-01"),
        ("NO", "2000-06-30", "2000-07-01"),
        ("YT", "2013-12-31", "2014-01-01"),
    ] {
        assert!(!inside(code, before) && inside(code, first), "{code}");
    }
    for (code, last, after) in
        [("GB", "2020-12-31", "2021-01-01"), ("GI", "2020-12-31", "2021-01-01"), ("BL", "2011-12-31", "2012-01-01")]
    {
        assert!(inside(code, last) && !inside(code, after), "{code}");
    }
}

/// A leg, and its outcome on days: the day before and the day of a change.
fn on_days(leg: &Leg, days: &[(&str, &str)]) {
    for (day, outcome) in days {
        assert_eq!(leg.on(day).split(':').next(), Some(*outcome), "{day}: {leg:?}");
    }
}

#[test]
fn eu_decisions_begin_and_end_on_their_days() {
    for (to, before, first) in [
        ("CH", "2000-07-25", "2000-07-26"),
        ("CA", "2001-12-19", "2001-12-20"),
        ("AR", "2003-06-29", "2003-06-30"),
        ("GG", "2003-11-20", "2003-11-21"),
        ("IM", "2004-04-27", "2004-04-28"),
        ("JE", "2008-05-07", "2008-05-08"),
        ("FO", "2010-03-04", "2010-03-05"),
        ("AD", "2010-10-18", "2010-10-19"),
        ("IL", "2011-01-30", "2011-01-31"),
        ("UY", "2012-08-20", "2012-08-21"),
        ("NZ", "2012-12-18", "2012-12-19"),
        ("JP", "2019-01-22", "2019-01-23"),
        ("KR", "2021-12-16", "2021-12-17"),
        ("EPO", "2025-07-14", "2025-07-15"),
        ("BR", "2026-01-25", "2026-01-26"),
    ] {
        on_days(&Leg::new("eu", "DE", to, "c2c"), &[(before, "violation"), (first, "adequate")]);
    }
    on_days(&Leg::new("eu", "DE", "HU", "c2c"), &[("2004-04-30", "adequate"), ("2004-05-01", "unrestricted")]);
}

#[test]
fn the_frameworks_with_the_united_states_carry_data_between_their_days() {
    let held = |instrument: &str, signed: &str| {
        let keys = format!("parties = [\"to\"]\nsigned = {signed}");
        Leg::new("eu", "IE", "US", "c2c").safeguard(instrument, &keys)
    };
    on_days(&held("eu-safe-harbor-cert", "2000-11-01"), &[("2000-10-31", "violation"), ("2000-11-01", "adequate")]);
    on_days(&held("eu-safe-harbor-cert", "2012-01-01"), &[("2015-10-05", "adequate"), ("2015-10-06", "violation")]);
    on_days(&held("eu-safe-harbor-cert", "2000-10-31"), &[("2001-01-01", "violation")]);
    on_days(&held("eu-privacy-shield-cert", "2016-08-01"), &[("2016-07-31", "violation"), ("2016-08-01", "adequate")]);
    on_days(&held("eu-privacy-shield-cert", "2017-01-01"), &[("2020-07-15", "adequate"), ("2020-07-16", "violation")]);
    on_days(&held("eu-dpf-cert", "2023-07-10"), &[("2023-07-09", "violation"), ("2023-07-10", "adequate")]);
}

#[test]
fn the_united_kingdom_leaves_the_territory_by_way_of_the_bridge() {
    let leg = Leg::new("eu", "IE", "GB", "c2p");
    on_days(
        &leg,
        &[
            ("2020-01-31", "unrestricted"),
            ("2020-12-31", "unrestricted"),
            ("2021-01-01", "unrestricted"),
            ("2021-06-27", "unrestricted"),
            ("2021-06-28", "adequate"),
            ("2025-12-27", "adequate"),
            ("2031-12-27", "adequate"),
            ("2031-12-28", "violation"),
        ],
    );
}

#[test]
fn eu_clauses_are_signed_in_their_window_and_count_to_their_last_day() {
    let clauses = |instrument: &str, roles: &str, signed: &str| {
        let keys = format!("signed = {signed}\nassessments = [\"look\"]");
        Leg::new("eu", "DE", "IN", roles).safeguard(instrument, &keys).assessed("2001-01-01", "no-extra-measures")
    };
    for (instrument, roles, before, first) in [
        ("eu-scc-2001-497", "c2c", "2001-09-02", "2001-09-03"),
        ("eu-scc-2002-16", "c2p", "2002-04-02", "2002-04-03"),
        ("eu-scc-2004-915", "c2c", "2005-03-31", "2005-04-01"),
        ("eu-scc-2010-87", "c2p", "2010-05-14", "2010-05-15"),
    ] {
        on_days(&clauses(instrument, roles, before), &[("2014-01-01", "violation")]);
        on_days(&clauses(instrument, roles, first), &[(before, "violation"), (first, "safeguarded")]);
        on_days(&clauses(instrument, roles, first), &[("2022-12-27", "safeguarded"), ("2022-12-28", "violation")]);
    }
    for (instrument, roles, last, late) in [
        ("eu-scc-2001-497", "c2c", "2021-09-26", "2021-09-27"),
        ("eu-scc-2004-915", "c2c", "2021-09-26", "2021-09-27"),
        ("eu-scc-2010-87", "c2p", "2021-09-26", "2021-09-27"),
        ("eu-scc-2002-16", "c2p", "2010-05-14", "2010-05-15"),
    ] {
        on_days(&clauses(instrument, roles, last), &[("2022-01-01", "safeguarded")]);
        on_days(&clauses(instrument, roles, late), &[("2022-01-01", "violation")]);
    }
}

#[test]
fn the_2021_clauses_count_in_the_eu_and_with_the_addendum_in_the_uk() {
    let eu = Leg::new("eu", "DE", "IN", "c2p")
        .safeguard("eu-scc-2021-914", "modules = [2]\nsigned = 2021-06-27\nassessments = [\"look\"]")
        .assessed("2021-01-01", "no-extra-measures");
    on_days(&eu, &[("2021-06-26", "violation"), ("2021-06-27", "safeguarded")]);
    let uk = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("eu-scc-2021-914", "modules = [2]\nsigned = 2022-03-21\nassessments = [\"look\"]")
        .safeguard("uk-addendum", "modules = [2]\nsigned = 2022-03-21\nassessments = [\"look\"]")
        .assessed("2021-01-01", "no-extra-measures");
    on_days(&uk, &[("2022-03-20", "violation"), ("2022-03-21", "safeguarded")]);
    let idta = Leg::new("uk", "GB", "IN", "c2p")
        .safeguard("uk-idta", "signed = 2022-03-21\nassessments = [\"look\"]")
        .assessed("2021-01-01", "no-extra-measures");
    on_days(&idta, &[("2022-03-20", "violation"), ("2022-03-21", "safeguarded")]);
}

#[test]
fn old_clauses_end_on_different_days_under_different_laws() {
    let old = |regime: &str, from: &str, signed: &str| {
        let keys = format!("signed = {signed}\nassessments = [\"look\"]");
        Leg::new(regime, from, "IN", "c2p")
            .safeguard("eu-scc-2010-87", &keys)
            .assessed("2012-01-01", "no-extra-measures")
    };
    on_days(&old("eu", "DE", "2019-01-01"), &[("2022-12-27", "safeguarded"), ("2022-12-28", "violation")]);
    on_days(&old("ch", "CH", "2019-01-01"), &[("2022-12-31", "safeguarded"), ("2023-01-01", "violation")]);
    on_days(&old("uk", "GB", "2019-01-01"), &[("2024-03-20", "safeguarded"), ("2024-03-22", "violation")]);
    on_days(&old("uk", "GB", "2022-09-21"), &[("2023-01-01", "safeguarded")]);
    on_days(&old("uk", "GB", "2022-09-22"), &[("2023-01-01", "violation")]);
}

#[test]
fn an_assessment_is_asked_for_from_its_day_on() {
    let bare = |regime: &str, from: &str| {
        Leg::new(regime, from, "IN", "c2p").safeguard("eu-scc-2010-87", "signed = 2019-01-01")
    };
    on_days(&bare("eu", "DE"), &[("2020-07-15", "safeguarded"), ("2020-07-16", "violation")]);
    on_days(&bare("ch", "CH"), &[("2020-09-07", "safeguarded"), ("2020-09-08", "violation")]);
}

#[test]
fn swiss_and_british_decisions_begin_and_end_on_their_days() {
    let held = |regime: &str, from: &str, instrument: &str, signed: &str| {
        let keys = format!("parties = [\"to\"]\nsigned = {signed}");
        Leg::new(regime, from, "US", "c2c").safeguard(instrument, &keys)
    };
    on_days(
        &held("ch", "CH", "ch-safe-harbor-cert", "2009-02-16"),
        &[("2009-02-15", "violation"), ("2009-02-16", "adequate")],
    );
    on_days(
        &held("ch", "CH", "ch-safe-harbor-cert", "2010-01-01"),
        &[("2015-10-21", "adequate"), ("2015-10-22", "violation")],
    );
    on_days(
        &held("ch", "CH", "ch-privacy-shield-cert", "2017-04-12"),
        &[("2017-04-11", "violation"), ("2017-04-12", "adequate")],
    );
    on_days(
        &held("ch", "CH", "ch-privacy-shield-cert", "2018-01-01"),
        &[("2020-09-07", "adequate"), ("2020-09-08", "violation")],
    );
    on_days(&held("ch", "CH", "ch-dpf-cert", "2024-01-01"), &[("2024-09-14", "violation"), ("2024-09-15", "adequate")]);
    on_days(
        &held("uk", "GB", "uk-dpf-extension", "2023-08-01"),
        &[("2023-10-11", "violation"), ("2023-10-12", "adequate")],
    );
    on_days(&Leg::new("uk", "GB", "KR", "c2c"), &[("2022-12-18", "violation"), ("2022-12-19", "adequate")]);
    on_days(&Leg::new("uk", "GB", "DE", "c2c"), &[("2021-01-01", "adequate")]);
    on_days(&Leg::new("ch", "CH", "MC", "c2c"), &[("2026-06-01", "adequate")]);
    on_days(&Leg::new("eu", "FR", "MC", "c2c"), &[("2026-06-01", "violation")]);
}

#[test]
fn the_law_changes_its_version_and_keeps_its_name() {
    let law = book();
    let version = |regime: &str, on: &str| {
        let on = law.on(day(on));
        on.regimes().iter().find(|row| &*row.regime.id == regime).map(|row| row.version.id.to_string())
    };
    assert_eq!(version("eu", "1998-10-23"), None);
    assert_eq!(version("eu", "1998-10-24").as_deref(), Some("eu-dpd"));
    assert_eq!(version("eu", "2018-05-24").as_deref(), Some("eu-dpd"));
    assert_eq!(version("eu", "2018-05-25").as_deref(), Some("eu-gdpr"));
    assert_eq!(version("uk", "2020-12-31"), None);
    assert_eq!(version("uk", "2021-01-01").as_deref(), Some("uk-gdpr"));
    assert_eq!(version("ch", "2023-08-31").as_deref(), Some("ch-fadp1992"));
    assert_eq!(version("ch", "2023-09-01").as_deref(), Some("ch-fadp2020"));
}

#[test]
fn the_days_on_which_the_law_changed_are_told_once_each() {
    let told = |from: &str, to: &str| {
        let done = onward(&["law", "--from", from, "--to", to]);
        let text = String::from_utf8(done.stdout).expect("UTF-8");
        let lines = text.lines().filter_map(|line| line.split(" [").next().map(str::to_owned));
        lines.collect::<Vec<_>>()
    };
    let only = |word: &str| {
        let lines = told("1990-01-01", "2027-12-31").into_iter();
        lines.filter(|line| line.contains(word)).collect::<Vec<_>>()
    };
    assert_eq!(
        only("an assessment is asked for"),
        ["2020-07-16  eu: an assessment is asked for", "2020-09-08  ch: an assessment is asked for"]
    );
    assert!(only("no longer belongs to").contains(&"2021-01-01  GB no longer belongs to eea".to_owned()));
    assert!(only(" belongs to").contains(&"2013-07-01  HR belongs to eu-law".to_owned()));
    assert_eq!(
        only("eu-scc-2004-915").into_iter().filter(|line| line.contains("eu: ")).collect::<Vec<_>>(),
        [
            "2005-04-01  eu: eu-scc-2004-915 counts",
            "2021-09-27  eu: eu-scc-2004-915 can no longer be signed",
            "2022-12-28  eu: eu-scc-2004-915 no longer counts",
        ]
    );
    assert_eq!(told("1990-01-01", "1990-01-02"), ["nothing in the law book changed from 1990-01-01 to 1990-01-02"]);
}

/// A verdict is for a day that the book knows: three months after its date it says that it may not.
#[test]
fn a_book_of_more_than_three_months_ago_says_so() {
    let updated = book().updated.expect("the day of the book");
    let told = |day: Date| {
        let judged = judge(&Leg::new("eu", "DE", "JP", "c2c").register(), &day.to_string());
        let found = judged.findings("law-book-stale");
        found.iter().map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect::<Vec<_>>()
    };
    let last = updated + 3.months();
    assert_eq!((told(updated), told(last)), (vec![], vec![]));
    let after = last + 1.day();
    assert_eq!(told(after), [format!("the law book is of {updated}, and this verdict is for {after}")]);
}
