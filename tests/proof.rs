//! How a verdict was reached: which questions are asked of a safeguard and which the law does not ask,
//! and what is said of the decisions.

use onward::flow::{Answer, Proof};
use onward::register::PartyId;

use super::kit::{CATALOGUE, HEAD, Leg, collected, folder, party, transfer, with_run};

/// What is made of the proof of the only verdict between two parties under a law.
fn of<T>(register: &str, day: &str, law: &str, ends: (&str, &str), read: impl FnOnce(&Proof<'_>) -> T) -> T {
    let folder = folder(&[("register.toml", HEAD), ("records.toml", register)]);
    with_run(folder.path(), day, |run| {
        let assessment = run.assessment.expect("a register that can be judged");
        let flow = &assessment.flow;
        let name = |id: PartyId| flow.register.name(flow.register[id].id);
        let found: Vec<_> = assessment
            .verdicts
            .iter()
            .filter(|verdict| {
                let pair = assessment.pair(verdict);
                flow.law.regimes()[verdict.regime].regime.id.as_ref() == law && (name(pair.from), name(pair.to)) == ends
            })
            .collect();
        let [verdict] = found[..] else { panic!("{} verdicts", found.len()) };
        read(&flow.proof(verdict))
    })
}

/// The questions that were asked of the safeguards of a leg, and the answers.
fn asked(leg: &Leg, day: &str, law: &str) -> Vec<String> {
    of(&leg.register(), day, law, ("from", "to"), |proof| {
        let mut told = Vec::new();
        for safeguard in &proof.safeguards {
            told.extend(safeguard.questions.iter().filter_map(|(kind, answer)| match answer {
                Answer::Yes => Some(format!("{}: yes", kind.as_str())),
                Answer::No(_) => Some(format!("{}: no", kind.as_str())),
                Answer::NotAsked => None,
            }));
        }
        told
    })
}

/// Whether a question was asked of the safeguard, and the answer: `yes`, `no`, or `not asked`.
fn answer(leg: &Leg, day: &str, law: &str, kind: &str) -> String {
    let told = asked(leg, day, law);
    let found = told.iter().find_map(|line| line.strip_prefix(kind)?.strip_prefix(": "));
    found.unwrap_or("not asked").to_owned()
}

fn clauses(keys: &str) -> Leg {
    Leg::new("eu", "DE", "IN", "c2c").safeguard("eu-scc-2021-914", &format!("modules = [1]\n{keys}"))
}

#[test]
fn of_clauses_is_asked_what_the_law_asks_of_clauses_in_the_order_of_the_model() {
    let leg = clauses("signed = 2022-01-01\nassessments = [\"look\"]").assessed("2024-01-01", "no-extra-measures");
    assert_eq!(
        asked(&leg, "2026-01-01", "eu"),
        [
            "instrument-not-accepted: yes",
            "instrument-withdrawn: yes",
            "signed-outside-window: yes",
            "not-in-force: yes",
            "party-not-bound: yes",
            "wrong-module: yes",
            "scope-exceeded: yes",
            "assessment-missing: yes",
            "assessment-negative: yes",
            "measures-missing: yes",
        ]
    );
}

#[test]
fn of_an_instrument_that_the_law_does_not_accept_nothing_else_is_asked() {
    let leg = Leg::new("eu", "DE", "IN", "c2c").safeguard("br-scc", "signed = 2025-01-01");
    assert_eq!(asked(&leg, "2026-01-01", "eu"), ["instrument-not-accepted: no"]);
}

#[test]
fn dates_are_asked_about_where_they_are_recorded() {
    for (kind, without, with) in [
        ("changed-after-window", "signed = 2022-01-01", "signed = 2022-01-01\namended = 2023-01-01"),
        ("expired", "signed = 2022-01-01", "signed = 2022-01-01\nexpires = 2027-01-01"),
    ] {
        assert_eq!(answer(&clauses(without), "2026-01-01", "eu", kind), "not asked", "{kind}");
        assert_eq!(answer(&clauses(with), "2026-01-01", "eu", kind), "yes", "{kind}");
    }
    let consent = Leg::new("eu", "DE", "IN", "c2c").safeguard("eu-art49-1-a", "justification = \"asked\"");
    assert_eq!(answer(&consent, "2026-01-01", "eu", "signed-outside-window"), "not asked");
    assert_eq!(answer(&clauses("signed = 2022-01-01"), "2026-01-01", "eu", "signed-outside-window"), "yes");
    assert_eq!(answer(&clauses("signed = 2022-01-01\nexpires = 2025-12-31"), "2026-01-01", "eu", "expired"), "no");
}

#[test]
fn an_assessment_is_asked_for_from_the_day_on_which_the_law_asks_for_it() {
    let old = Leg::new("eu", "DE", "IN", "c2c").safeguard("eu-scc-2004-915", "signed = 2010-01-01");
    assert_eq!(answer(&old, "2020-07-15", "eu", "assessment-missing"), "not asked");
    assert_eq!(answer(&old, "2020-07-16", "eu", "assessment-missing"), "no");
    let assessed = Leg::new("eu", "DE", "IN", "c2c")
        .safeguard("eu-scc-2004-915", "signed = 2010-01-01\nassessments = [\"look\"]")
        .assessed("2020-07-16", "no-extra-measures");
    assert_eq!(answer(&assessed, "2020-07-16", "eu", "assessment-missing"), "yes");
    let consent = Leg::new("eu", "DE", "IN", "c2c")
        .safeguard("eu-art49-1-a", "justification = \"asked\"\nconfirms = [\"explicit\", \"risks-explained\"]");
    for kind in ["assessment-missing", "assessment-negative", "measures-missing"] {
        assert_eq!(answer(&consent, "2026-01-01", "eu", kind), "not asked", "{kind} of consent");
    }
}

#[test]
fn a_companion_is_asked_for_where_the_instrument_needs_one() {
    let leg = |instrument: &str, more: &str| {
        Leg::new("uk", "GB", "IN", "c2c").safeguard(instrument, &format!("signed = 2023-01-01\n{more}"))
    };
    assert_eq!(answer(&leg("uk-idta", ""), "2026-01-01", "uk", "companion-missing"), "not asked");
    assert_eq!(answer(&leg("uk-addendum", ""), "2026-01-01", "uk", "companion-missing"), "no");
}

#[test]
fn an_approval_is_asked_for_where_the_instrument_needs_one() {
    let bcr = |more: &str| {
        Leg::new("eu", "DE", "IN", "c2c").safeguard("eu-bcr-c-gdpr", &format!("signed = 2022-01-01\n{more}"))
    };
    assert_eq!(answer(&bcr(""), "2026-01-01", "eu", "approval-missing"), "no");
    assert_eq!(answer(&clauses("signed = 2022-01-01"), "2026-01-01", "eu", "approval-missing"), "not asked");
}

#[test]
fn conditions_are_asked_about_where_the_instrument_or_the_law_that_accepts_it_has_some() {
    let of = |law: &str, from: &str, instrument: &str, keys: &str| {
        let leg = Leg::new(law, from, "IN", "c2c").safeguard(instrument, keys);
        answer(&leg, "2026-01-01", law, "condition-missing")
    };
    let clauses = "modules = [1]\nsigned = 2022-01-01";
    assert_eq!(of("eu", "DE", "eu-scc-2021-914", clauses), "not asked");
    assert_eq!(of("ch", "CH", "eu-scc-2021-914", clauses), "no", "Switzerland asks for adaptations");
    assert_eq!(of("ch", "CH", "eu-scc-2021-914", &format!("{clauses}\nconfirms = [\"swiss-adaptations\"]")), "yes");
    assert_eq!(of("eu", "DE", "eu-art49-1-d", "justification = \"public\""), "no");
    assert_eq!(of("eu", "DE", "eu-art49-1-d", "justification = \"public\"\nconfirms = [\"law-named\"]"), "yes");
}

#[test]
fn the_bounds_of_a_derogation_are_asked_about_of_derogations_only() {
    let of = |instrument: &str, keys: &str| {
        let leg = Leg::new("eu", "DE", "IN", "c2c").safeguard(instrument, keys);
        answer(&leg, "2026-01-01", "eu", "derogation-misused")
    };
    assert_eq!(of("eu-art49-1-b", "justification = \"needed\""), "no", "the leg is systematic");
    assert_eq!(of("eu-scc-2021-914", "modules = [1]\nsigned = 2022-01-01"), "not asked");
    // This one may be used by everybody and as often as wanted, and is asked all the same.
    assert_eq!(of("eu-art49-1-d", "justification = \"public\"\nconfirms = [\"law-named\"]"), "yes");
}

#[test]
fn a_recipient_inside_the_territory_is_asked_for_no_decision_and_no_safeguard() {
    let leg = Leg::new("eu", "DE", "FR", "c2c").safeguard("eu-scc-2021-914", "modules = [1]\nsigned = 2022-01-01");
    of(&leg.register(), "2026-01-01", "eu", ("from", "to"), |proof| {
        assert!(proof.from_inside && proof.to_inside);
        assert!(proof.decisions.is_empty() && proof.safeguards.is_empty());
    });
}

#[test]
fn of_each_decision_is_said_whether_it_is_in_force_and_whether_it_covers_all() {
    let told = |to: &str, tags: &str, day: &str| {
        let register = Leg::new("eu", "DE", to, "c2c").register();
        let register = register.replace("name = \"Contact details\"", &format!("name = \"Contact details\"\n{tags}"));
        of(&register, day, "eu", ("from", "to"), |proof| {
            let decisions = proof.decisions.iter();
            decisions.map(|told| format!("{} {} {}", told.decision.id, told.in_force, told.covers)).collect::<Vec<_>>()
        })
    };
    assert_eq!(told("AR", "", "2026-01-01"), ["eu-ar-2003-490 true true"]);
    assert_eq!(told("AR", "", "2003-06-29"), ["eu-ar-2003-490 false true"]);
    let american = told("US", "", "2026-01-01");
    assert!(american.contains(&"eu-us-dpf true false".to_owned()), "{american:?}");
    assert!(american.contains(&"eu-us-privacy-shield false false".to_owned()), "{american:?}");
}

#[test]
fn how_the_data_stands_at_the_sender_is_said_of_the_data_of_the_verdict() {
    let register = [
        party("affiliate", "home", "DE", "controller"),
        party("affiliate", "away", "US", "controller"),
        party("affiliate", "far", "IN", "controller"),
        CATALOGUE.to_owned(),
        collected("home", "DE"),
        transfer("home", "away", "roles = \"c2c\"\nsafeguards = [\"g\"]"),
        transfer("away", "far", "roles = \"c2c\""),
        "[[safeguard]]\nid = \"g\"\ninstrument = \"eu-dpf-cert\"\nparties = [\"away\"]\nsigned = 2023-08-01".to_owned(),
    ]
    .join("\n");
    let stands =
        |ends| of(&register, "2026-01-01", "eu", ends, |proof| (format!("{:?}", proof.standings), proof.from_inside));
    assert_eq!(stands(("home", "away")), ("[InFull]".to_owned(), true));
    assert_eq!(stands(("away", "far")), ("[UnderPrinciple]".to_owned(), false));
}

#[test]
fn what_a_safeguard_amounts_to_is_said_apart_from_its_questions() {
    let amounts = |leg: &Leg, day: &str| {
        of(&leg.register(), day, "eu", ("from", "to"), |proof| {
            let safeguard = &proof.safeguards[0];
            (safeguard.holds, safeguard.through_decision)
        })
    };
    let good = clauses("signed = 2022-01-01\nassessments = [\"look\"]").assessed("2024-01-01", "no-extra-measures");
    assert_eq!(amounts(&good, "2026-01-01"), (true, false));
    assert_eq!(amounts(&clauses("signed = 2022-01-01"), "2026-01-01"), (false, false), "not assessed");
    let certified =
        Leg::new("eu", "DE", "US", "c2c").safeguard("eu-dpf-cert", "parties = [\"to\"]\nsigned = 2023-08-01");
    assert!(amounts(&certified, "2026-01-01").1);
}
