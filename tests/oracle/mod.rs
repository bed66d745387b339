//! A second judge, written from the rules of the law and of the register alone, slow and plain: of any
//! register it must say what onward says. It shares no code with onward but the files of the law book.

mod book;
mod catalogue;
mod flow;
mod judge;
mod papers;
mod random;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use toml::Table;

use super::kit::{cases, judge as judged};
use judge::{Judge, Said};

fn said(verdict: &Value) -> ((String, String, String, String), Said) {
    let word = |key: &str| verdict[key].as_str().expect("a word").to_owned();
    let words =
        |key: &str| verdict[key].as_array().expect("a list").iter().map(|one| one.as_str().expect("a word").to_owned());
    let said = Said {
        outcome: word("outcome"),
        onward: verdict["onward"] == true,
        data: words("data").collect(),
        subjects: words("subjects").collect(),
        basis: words("basis").collect::<BTreeSet<_>>(),
        fallback: words("fallback").collect(),
        path: words("path").collect(),
    };
    ((word("transfer"), word("from"), word("to"), word("regime")), said)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_second_judge_says_the_same_of_any_register(seed in any::<u64>()) {
        let (records, day) = random::register(seed);
        let report = judged(&records, day).report;
        prop_assert!(report["verdicts"].is_array(), "{}\n{:#}", records, report["findings"]);
        let verdicts: BTreeMap<_, _> = report["verdicts"].as_array().into_iter().flatten().map(said).collect();
        let register: Table = records.parse().expect("TOML");
        let wanted = Judge::of(&register, day).verdicts();
        prop_assert_eq!(verdicts, wanted, "{} {}", day, records);
    }
}
