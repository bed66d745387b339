//! Changes of the law, seen in verdicts on the day before, the day, and the day after.
//!
//! At least one for each regime but those of the EU, the United Kingdom and Switzerland, whose
//! changes are in `tests/law.rs`.

use super::super::kit::Leg;

/// A leg, its outcomes on three days in a row, whose middle one is named.
fn seen(leg: &Leg, day: &str, outcomes: [&str; 3]) {
    let middle = super::day(day).expect("a day");
    let days = [middle.yesterday().expect("a day"), middle, middle.tomorrow().expect("a day")];
    for (day, outcome) in days.into_iter().zip(outcomes) {
        assert_eq!(leg.on(&day.to_string()).split(':').next(), Some(outcome), "{day}: {leg:?}");
    }
}

const BEGINS: [&str; 3] = ["none", "violation", "violation"];
const BECOMES_ADEQUATE: [&str; 3] = ["violation", "adequate", "adequate"];
const BECOMES_DEROGATED: [&str; 3] = ["violation", "derogated", "derogated"];
const BECOMES_SAFEGUARDED: [&str; 3] = ["violation", "safeguarded", "safeguarded"];

fn signed(regime: &str, from: &str, roles: &str, instrument: &str, day: &str, keys: &str) -> Leg {
    Leg::new(regime, from, "US", roles).safeguard(instrument, &format!("signed = {day}\n{keys}"))
}

fn exception(regime: &str, from: &str, instrument: &str, keys: &str) -> Leg {
    let keys = format!("justification = \"The law says so.\"\n{keys}");
    Leg::new(regime, from, "US", "c2c").keys("frequency = \"occasional\"").safeguard(instrument, &keys)
}

#[test]
fn a_law_restricts_nothing_before_its_first_day() {
    for (regime, from, first) in [
        ("ae-adgm", "AE-ADGM", "2021-02-14"),
        ("ae-difc", "AE-DIFC", "2020-07-01"),
        ("ar", "AR", "2000-11-02"),
        ("au", "AU", "2001-12-21"),
        ("br", "BR", "2020-09-18"),
        ("ca", "CA", "2004-01-01"),
        ("ca-qc", "CA-QC", "2023-09-22"),
        ("cn", "CN", "2021-11-01"),
        ("il", "IL", "2001-06-17"),
        ("jp", "JP", "2017-05-30"),
        ("kr", "KR", "2011-09-30"),
        ("my", "MY", "2013-11-15"),
        ("nz", "NZ", "2020-12-01"),
        ("sa", "SA", "2024-09-14"),
        ("sg", "SG", "2014-07-02"),
        ("th", "TH", "2022-06-01"),
        ("tr", "TR", "2016-10-07"),
        ("za", "ZA", "2021-07-01"),
    ] {
        seen(&Leg::new(regime, from, "US", "c2c"), first, BEGINS);
    }
}

#[test]
fn brazil_and_the_european_union_find_each_other_adequate_on_one_day() {
    seen(&Leg::new("br", "BR", "DE", "c2c"), "2026-01-26", BECOMES_ADEQUATE);
    seen(&Leg::new("br", "BR", "NO", "c2p"), "2026-01-26", BECOMES_ADEQUATE);
    seen(&Leg::new("br", "BR", "EU-INST", "c2c"), "2026-01-26", BECOMES_ADEQUATE);
    seen(&Leg::new("br", "BR", "GB", "c2c"), "2026-01-26", ["violation"; 3]);
}

#[test]
fn brazil_has_clauses_of_its_own_and_a_year_to_move_to_them() {
    seen(&signed("br", "BR", "c2p", "br-scc", "2024-08-23", ""), "2024-08-23", BECOMES_SAFEGUARDED);
    let old = |day: &str| signed("br", "BR", "c2p", "br-old-clauses", day, "");
    seen(&old("2022-01-01"), "2025-08-23", ["safeguarded", "safeguarded", "violation"]);
    seen(&old("2024-08-22"), "2024-08-23", ["safeguarded"; 3]);
    seen(&old("2024-08-23"), "2024-08-23", ["violation"; 3]);
}

#[test]
fn turkiye_ends_its_explicit_consent_three_months_after_the_new_text() {
    let consent = exception("tr", "TR", "tr-consent-old", "confirms = [\"explicit\"]");
    seen(&consent, "2024-06-01", ["derogated"; 3]);
    seen(&consent, "2024-09-01", ["derogated", "violation", "violation"]);
    seen(&exception("tr", "TR", "tr-9-6", ""), "2024-06-01", ["violation", "derogated", "derogated"]);
    let clauses = signed("tr", "TR", "c2p", "tr-scc", "2024-07-10", "confirms = [\"authority-notified\"]");
    seen(&clauses, "2024-07-10", BECOMES_SAFEGUARDED);
}

#[test]
fn korea_recognises_the_european_area_and_not_the_united_kingdom() {
    seen(&Leg::new("kr", "KR", "FR", "c2c"), "2025-09-16", BECOMES_ADEQUATE);
    seen(&Leg::new("kr", "KR", "IS", "c2p"), "2025-09-16", BECOMES_ADEQUATE);
    seen(&Leg::new("kr", "KR", "GB", "c2c"), "2025-09-16", ["violation"; 3]);
    seen(&exception("kr", "KR", "kr-consent", ""), "2023-09-15", ["derogated"; 3]);
    let entrusted = signed("kr", "KR", "c2p", "kr-processing-disclosed", "2023-09-15", "");
    seen(&entrusted, "2023-09-15", BECOMES_SAFEGUARDED);
}

#[test]
fn china_opens_its_routes_one_after_another() {
    let clauses = signed("cn", "CN", "c2p", "cn-scc", "2023-06-01", "confirms = [\"filed\"]");
    seen(&clauses, "2023-06-01", BECOMES_SAFEGUARDED);
    let assessed = "approved = 2022-09-01\napproved-by = \"CAC\"";
    let assessment = signed("cn", "CN", "c2c", "cn-assessment", "2022-09-01", assessed);
    seen(&assessment, "2022-09-01", BECOMES_SAFEGUARDED);
    seen(&exception("cn", "CN", "cn-exempt", ""), "2024-03-22", ["violation", "derogated", "derogated"]);
    let certificate = signed("cn", "CN", "c2c", "cn-cert", "2026-01-01", "parties = [\"to\"]");
    seen(&certificate, "2026-01-01", BECOMES_SAFEGUARDED);
}

#[test]
fn new_zealand_restricts_disclosure_and_not_storage_with_an_agent() {
    seen(&Leg::new("nz", "NZ", "US", "c2c"), "2020-12-01", BEGINS);
    seen(&Leg::new("nz", "NZ", "US", "c2p"), "2020-12-01", ["none", "unrestricted", "unrestricted"]);
    let agreed = signed("nz", "NZ", "c2c", "nz-ipp12-contract", "2020-12-01", "");
    seen(&agreed, "2020-12-01", ["none", "safeguarded", "safeguarded"]);
}

#[test]
fn quebec_restricts_what_leaves_for_another_province_too() {
    seen(&Leg::new("ca-qc", "CA-QC", "CA-ON", "c2p"), "2023-09-22", BEGINS);
    let agreed = signed("ca-qc", "CA-QC", "c2p", "qc-pia-agreement", "2023-09-22", "assessments = [\"look\"]")
        .assessed("2023-09-01", "no-extra-measures");
    seen(&agreed, "2023-09-22", ["none", "safeguarded", "safeguarded"]);
}

#[test]
fn japan_names_the_european_area_and_the_united_kingdom_on_one_day() {
    seen(&Leg::new("jp", "JP", "DE", "c2c"), "2019-01-23", BECOMES_ADEQUATE);
    seen(&Leg::new("jp", "JP", "GB", "c2c"), "2019-01-23", BECOMES_ADEQUATE);
    seen(&Leg::new("jp", "JP", "GB", "c2c"), "2021-01-01", ["adequate"; 3]);
}

#[test]
fn argentina_lists_countries_and_the_united_kingdom_stays_when_it_leaves_the_union() {
    for to in ["DE", "CH", "GG", "JE", "IM", "FO", "CA", "AD", "NZ", "UY", "IL"] {
        seen(&Leg::new("ar", "AR", to, "c2c"), "2016-11-18", BECOMES_ADEQUATE);
    }
    seen(&Leg::new("ar", "AR", "GB", "c2c"), "2019-02-26", ["adequate"; 3]);
    seen(&Leg::new("ar", "AR", "GB", "c2c"), "2021-01-01", ["adequate"; 3]);
    seen(&Leg::new("ar", "AR", "BR", "c2c"), "2016-11-18", ["violation"; 3]);
    seen(&signed("ar", "AR", "c2p", "ar-60e", "2016-11-18", ""), "2016-11-18", BECOMES_SAFEGUARDED);
    seen(&signed("ar", "AR", "c2p", "ripd-mcc", "2023-10-18", ""), "2023-10-18", BECOMES_SAFEGUARDED);
}

#[test]
fn the_financial_centre_of_dubai_lists_europe_first_and_california_later() {
    let leg = |to: &str| Leg::new("ae-difc", "AE-DIFC", to, "c2p");
    seen(&leg("DE"), "2020-07-01", ["none", "adequate", "adequate"]);
    seen(&leg("GB"), "2020-07-01", ["none", "adequate", "adequate"]);
    seen(&leg("US-CA"), "2023-08-09", BECOMES_ADEQUATE);
    seen(&leg("US"), "2023-08-09", ["violation"; 3]);
}

#[test]
fn singapore_takes_the_asean_clauses_and_certificates_when_its_rules_name_them() {
    seen(
        &signed("sg", "SG", "c2p", "sg-contract", "2014-07-02", ""),
        "2014-07-02",
        ["none", "safeguarded", "safeguarded"],
    );
    seen(&signed("sg", "SG", "c2p", "sg-contract", "2015-01-01", ""), "2021-02-01", ["safeguarded"; 3]);
    seen(&signed("sg", "SG", "c2p", "asean-mcc", "2021-01-22", ""), "2021-01-22", BECOMES_SAFEGUARDED);
    seen(
        &signed("sg", "SG", "c2p", "apec-cbpr", "2019-01-01", "parties = [\"to\"]"),
        "2020-06-01",
        BECOMES_SAFEGUARDED,
    );
    seen(
        &signed("sg", "SG", "c2p", "global-cbpr", "2025-07-01", "parties = [\"to\"]"),
        "2026-03-02",
        BECOMES_SAFEGUARDED,
    );
}

#[test]
fn thailand_has_a_law_two_years_before_it_has_clauses() {
    seen(&signed("th", "TH", "c2p", "th-28-29", "2024-03-24", ""), "2024-03-24", BECOMES_SAFEGUARDED);
    seen(&signed("th", "TH", "c2p", "asean-mcc", "2023-01-01", ""), "2024-03-24", BECOMES_SAFEGUARDED);
}

#[test]
fn the_other_laws_accept_their_own_instruments_from_their_first_day() {
    let held = ["none", "safeguarded", "safeguarded"];
    seen(&exception("my", "MY", "my-129", ""), "2025-04-01", ["violation", "safeguarded", "safeguarded"]);
    seen(&exception("za", "ZA", "za-s72-a", "confirms = [\"onward-rule\"]"), "2021-07-01", held);
    seen(
        &exception("au", "AU", "au-app8-2-b", "confirms = [\"informed\"]"),
        "2014-03-12",
        ["violation", "derogated", "derogated"],
    );
    let steps = signed("au", "AU", "c2p", "au-app8-1", "2014-03-12", "confirms = [\"checked\"]");
    seen(&steps, "2014-03-12", ["violation", "safeguarded", "safeguarded"]);
    let earlier = signed("au", "AU", "c2p", "au-npp9-f", "2010-01-01", "confirms = [\"checked\"]");
    seen(&earlier, "2014-03-12", ["safeguarded", "violation", "violation"]);
    seen(&Leg::new("in", "IN", "US", "c2c"), "2027-05-13", ["none", "unrestricted", "unrestricted"]);
    seen(&exception("ch", "CH", "ch-art6-2-b", ""), "2008-01-01", BECOMES_DEROGATED);
    seen(&exception("ch", "CH", "ch-art6-2-b", ""), "2023-09-01", ["derogated", "violation", "violation"]);
    seen(&signed("sa", "SA", "c2p", "sa-scc", "2024-09-01", ""), "2024-09-14", held);
    seen(&signed("il", "IL", "c2p", "il-undertaking", "2001-06-17", ""), "2001-06-17", held);
    seen(&Leg::new("il", "IL", "DE", "c2p"), "2001-06-17", ["none", "adequate", "adequate"]);
    seen(&signed("jp", "JP", "c2p", "jp-equivalent", "2017-05-30", ""), "2017-05-30", held);
    seen(&signed("ae-difc", "AE-DIFC", "c2p", "difc-scc", "2020-07-01", ""), "2020-07-01", held);
}
