//! The pages of the rules are true: every `Example` yields exactly its own finding, every
//! `Instead` none, in the register that this file sets the scene with.

use super::kit::{folder, judge_folder};
use onward::finding::Card;

/// The day that the pages speak of.
const DAY: &str = "2026-06-01";

/// The scene: a German company that collects contact details, a sister in the Netherlands, a help
/// desk in India with a night desk in the Philippines, assessments of both places, and clauses on
/// the way there. Nobody but the sister has the payroll.
const SCENE: &str = r#"
[[affiliate]]
id = "acme"
name = "Acme GmbH"
jurisdiction = "DE"

[[affiliate]]
id = "acme-bv"
name = "Acme B.V."
jurisdiction = "NL"

[[service-provider]]
id = "helpdesk"
name = "Helpdesk Ltd"
jurisdiction = "IN"

[[service-provider]]
id = "night-desk"
name = "Night Desk Inc."
jurisdiction = "PH"

[[data]]
id = "contact-details"
name = "Contact details"

[[data]]
id = "payroll"
name = "Payroll"

[[data]]
id = "tickets"
name = "Support tickets"

[[subjects]]
id = "customers"
name = "Customers"

[[purpose]]
id = "support"
name = "Support"

[[collection]]
id = "orders"
by = "acme"
data = ["contact-details"]
subjects = ["customers"]
purposes = ["support"]
subjects-in = ["DE"]

[[collection]]
id = "ticket-form"
by = "acme"
data = ["tickets"]
subjects = ["customers"]
purposes = ["support"]
subjects-in = ["DE"]

[[collection]]
id = "salaries"
by = "acme-bv"
data = ["payroll"]
subjects = ["customers"]
purposes = ["support"]
subjects-in = ["NL"]

[[safeguard]]
id = "desk-clauses"
instrument = "eu-scc-2021-914"
modules = [2]
parties = ["acme", "helpdesk"]
signed = 2024-02-01
assessments = ["india-2024"]

[[safeguard]]
id = "night-clauses"
instrument = "eu-scc-2021-914"
modules = [3]
parties = ["helpdesk", "night-desk"]
signed = 2024-02-01
assessments = ["philippines-2024"]

[[transfer]]
id = "day-tickets"
from = "acme"
to = "helpdesk"
data = ["tickets"]
purposes = ["support"]
safeguards = ["desk-clauses"]

[[transfer]]
id = "night-tickets"
from = "helpdesk"
to = "night-desk"
data = ["tickets"]
purposes = ["support"]
safeguards = ["night-clauses"]
authorisation = "desk-clauses"

[[jurisdiction]]
code = "DE"

[[jurisdiction]]
code = "NL"

[[jurisdiction]]
code = "IN"

[[jurisdiction.assessment]]
id = "india-2024"
date = 2024-01-15
outcome = "no-extra-measures"

[[jurisdiction]]
code = "PH"

[[jurisdiction.assessment]]
id = "philippines-2024"
date = 2024-01-15
outcome = "no-extra-measures"
"#;

/// The TOML block under a heading of a page.
fn block(card: &Card, heading: &str) -> Option<String> {
    let page = card.page();
    let (_, rest) = page.split_once(&format!("## {heading}\n"))?;
    let section = rest.split("\n## ").next().unwrap_or_default();
    let (_, code) = section.split_once("```toml\n")?;
    code.split_once("\n```").map(|(code, _)| code.to_owned())
}

/// Pages whose example is a register of its own, because it is about the register as a whole.
const ALONE: [&str; 1] = ["no-owner"];

/// Where a page speaks of a notice, the notice discloses what the scene does too.
const DISCLOSED: &str = "[[statement]]\nid = \"scene\"\nnotice = \"Privacy notice, 1 May 2026\"\nquote = \"Our help desks see your tickets.\"\ndiscloses = { recipients = [\"helpdesk\", \"night-desk\"], data = [\"tickets\"] }\n";

fn rules_of(rule: &str, records: &str) -> Vec<String> {
    let disclosed = if records.contains("[[statement]]") { DISCLOSED } else { "" };
    let scene = if ALONE.contains(&rule) { "" } else { SCENE };
    let folder = folder(&[
        ("scene.toml", scene),
        ("example.toml", records),
        ("notice.toml", disclosed),
        ("papers/agreement.pdf", "Agreement between a controller and a processor"),
    ]);
    // A certificate alone is a single point of failure on every page that shows one.
    let alone = "single-point-of-failure";
    let judged = judge_folder(folder.path(), DAY);
    judged.rules().into_iter().filter(|found| *found != alone || rule == alone).map(str::to_owned).collect()
}

#[test]
fn the_scene_itself_has_no_finding() {
    assert_eq!(rules_of("", ""), Vec::<String>::new());
}

#[test]
fn every_example_yields_its_own_finding_and_nothing_else() {
    for card in onward::rules::cards().into_iter().filter(|card| !card.integrity) {
        let Some(example) = block(card, "Example") else { continue };
        assert_eq!(rules_of(card.rule, &example), [card.rule], "the example on the page of {}:\n{example}", card.rule);
    }
}

#[test]
fn every_instead_yields_nothing() {
    for card in onward::rules::cards().into_iter().filter(|card| !card.integrity) {
        let Some(instead) = block(card, "Instead") else { continue };
        assert_eq!(
            rules_of(card.rule, &instead),
            Vec::<String>::new(),
            "what the page of {} says instead:\n{instead}",
            card.rule
        );
    }
}

#[test]
fn every_page_has_a_title_and_says_what_to_do() {
    for card in onward::rules::cards() {
        let page = card.page();
        assert!(page.starts_with("# "), "{} has no title", card.rule);
        assert!(page.contains("## Instead"), "{} does not say what to do", card.rule);
    }
}

#[test]
fn a_rule_about_the_register_has_an_example() {
    // The two that cannot: one is about the day, one about a file's name.
    let without: Vec<&str> = onward::rules::cards()
        .into_iter()
        .filter(|card| !card.integrity && block(card, "Example").is_none())
        .map(|card| card.rule)
        .collect();
    assert_eq!(without, ["law-book-stale", "unread-file"]);
}
