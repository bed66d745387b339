//! How a register is read: what is accepted, and what is said of everything else, where, and once.
//!
//! The tables say what `register-format.md` and the catalogue of bad input ask for; a row that
//! fails is a promise that is not kept, never a snapshot to be renewed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::kit::runner::{FORMATS, HOSTILE, harmless};
use super::kit::{CATALOGUE, HEAD, collected, folder, judge_folder, onward, party, text_of, transfer};

const DAY: &str = "2026-06-01";

/// A finding as a reader meets it: the rule, the place, the text it points at, the words.
#[derive(Debug)]
struct Fault {
    rule: String,
    file: String,
    line: u64,
    shown: String,
    message: String,
    help: String,
}

/// The findings of a folder that leave it unusable, each held to the grammar of messages.
fn faults(root: &Path) -> Vec<Fault> {
    let judged = judge_folder(root, DAY);
    let findings = judged.report["findings"].as_array().expect("findings");
    let unusable = findings.iter().filter(|finding| {
        let rule = finding["rule"].as_str().expect("a rule");
        onward::rules::cards().iter().any(|card| card.rule == rule && card.integrity)
    });
    let faults: Vec<Fault> = unusable.map(|finding| fault(root, finding)).collect();
    assert_eq!(faults.is_empty(), !judged.report["verdicts"].is_null(), "no verdict on a broken register: {faults:#?}");
    let mut told = BTreeSet::new();
    for fault in &faults {
        well_said(fault);
        assert!(told.insert((&fault.file, fault.line, &fault.shown, &fault.message)), "told twice: {fault:?}");
    }
    faults
}

fn fault(root: &Path, finding: &serde_json::Value) -> Fault {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let place = &finding["location"];
    let file = text(&place["file"]);
    let content = fs::read_to_string(root.join(&file)).unwrap_or_default();
    Fault {
        rule: text(&finding["rule"]),
        line: place["line"].as_u64().unwrap_or(0),
        shown: between(&content, place),
        message: text(&finding["message"]),
        help: text(&finding["help"]),
        file,
    }
}

/// The text between the two positions of a location, counted here independently of the program.
fn between(content: &str, place: &serde_json::Value) -> String {
    let at = |line: &str, column: &str| {
        let number = |key: &str| place[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        let before: usize = content.split_inclusive('\n').take(number(line) - 1).map(|line| line.chars().count()).sum();
        before + number(column) - 1
    };
    let (start, end) = (at("line", "column"), at("end_line", "end_column"));
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    content.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// A message is a lowercase phrase without a full stop, and help says what to do.
fn well_said(fault: &Fault) {
    let first = fault.message.chars().next().expect("a message");
    assert!(first == '`' || first.is_lowercase(), "{fault:?}");
    assert!(!fault.message.ends_with('.') && !fault.help.ends_with('.'), "{fault:?}");
    assert!(!fault.help.is_empty(), "{fault:?}");
    assert!(!fault.message.contains('\n'), "{fault:?}");
}

/// The findings on one file of records.
fn faults_in(records: &str) -> Vec<Fault> {
    faults(folder(&[("records.toml", records)]).path())
}

/// The one finding on one file of records.
fn only(records: &str) -> Fault {
    let mut faults = faults_in(records);
    assert_eq!(faults.len(), 1, "{records}\n{faults:#?}");
    faults.remove(0)
}

/// Records that others can refer to: parties `de` and `us`, safeguard `g`, assessment `look`, transfer `t`.
fn base() -> String {
    [
        CATALOGUE,
        &party("affiliate", "de", "DE", "controller"),
        &party("service-provider", "us", "US", "processor"),
        &collected("de", "DE"),
        &transfer("de", "us", "id = \"t\"\nsafeguards = [\"g\"]"),
        "[[safeguard]]\nid = \"g\"\ninstrument = \"eu-scc-2021-914\"\nparties = [\"de\", \"us\"]\nsigned = 2022-01-01",
        "[[jurisdiction]]\ncode = \"US\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2022-01-01",
        "outcome = \"no-extra-measures\"\n",
    ]
    .join("\n")
}

/// The keys of a kind with a value each, in the order of the format's page.
type Keys = &'static [(&'static str, &'static str)];

const PARTY: Keys = &[
    ("id", "\"x\""),
    ("name", "\"X\""),
    ("jurisdiction", "\"FR\""),
    ("stored-in", "[\"FR\", \"US-CA\", \"AE-DIFC\", \"EPO\", \"ZZ\"]"),
    ("accessed-from", "[\"CA-QC\"]"),
    ("role", "\"joint-controller\""),
    ("sector", "\"public\""),
    ("group", "\"x-group\""),
    ("services", "[\"hosting\"]"),
    ("website", "\"https://x.example/\""),
    ("contact", "\"privacy@x.example\""),
    ("privacy-policy", "\"https://x.example/privacy\""),
    ("notes", "\"*who* they are\""),
];
const COMMON: Keys = &[
    ("owner", "\"Legal\""),
    ("reviewed", "2025-01-01"),
    ("review-every", "\"12 months\""),
    ("aliases", "[\"old-x\"]"),
    ("tags", "[\"passenger-names\"]"),
];
const JURISDICTION: Keys = &[
    ("code", "\"FR\""),
    ("name", "\"France\""),
    ("offices", "[\"Paris\"]"),
    ("authority", "\"CNIL\""),
    ("notes", "\"n\""),
];
const ASSESSMENT: Keys = &[
    ("id", "\"x\""),
    ("date", "2025-01-01"),
    ("review-by", "2027-01-01"),
    ("regimes", "[\"eu\", \"uk\"]"),
    ("outcome", "\"measures-needed\""),
    ("measures", "[\"encryption\"]"),
    ("evidence", "\"https://x.example/tia\""),
];
const DATA: Keys = &[
    ("id", "\"x\""),
    ("name", "\"X\""),
    ("notes", "\"n\""),
    ("personal", "true"),
    ("special", "true"),
    ("criminal", "false"),
    ("part-of", "\"c\""),
    ("dpv", "\"dpv-pd:Contact\""),
    ("fideslang", "\"user.contact\""),
];
const SUBJECTS: Keys = &[
    ("id", "\"x\""),
    ("name", "\"X\""),
    ("notes", "\"n\""),
    ("hr", "true"),
    ("children", "false"),
    ("part-of", "\"s\""),
];
const PURPOSE: Keys =
    &[("id", "\"x\""), ("name", "\"X\""), ("notes", "\"n\""), ("part-of", "\"p\""), ("legal-basis", "\"6(1)(f)\"")];
const COLLECTION: Keys = &[
    ("id", "\"x\""),
    ("by", "[\"de\", \"@affiliates\"]"),
    ("data", "[\"c\"]"),
    ("subjects", "[\"s\"]"),
    ("purposes", "[\"p\"]"),
    ("subjects-in", "[\"DE\", \"eea\", \"EEA\", \"de\"]"),
    ("source", "\"third-party\""),
    ("source-party", "\"us\""),
    ("targeted", "false"),
    ("retention", "\"a year\""),
    ("since", "2020-01-01"),
    ("until", "2030-12-31"),
    ("erased", "2031-12-31"),
];
const TRANSFER: Keys = &[
    ("from", "\"de\""),
    ("to", "[\"us\", \"@service-providers\", \"@group:own\"]"),
    ("id", "\"x\""),
    ("data", "[\"c\"]"),
    ("purposes", "[\"p\"]"),
    ("subjects", "[\"s\"]"),
    ("safeguards", "[\"g\"]"),
    ("roles", "\"c2p\""),
    ("frequency", "\"recurring\""),
    ("means", "\"remote-access\""),
    ("sale", "false"),
    ("authorisation", "\"g\""),
    ("since", "2020-01-01"),
    ("until", "2030-12-31"),
    ("erased", "2031-12-31"),
    ("retention", "\"a year\""),
    ("notes", "\"n\""),
];
const SAFEGUARD: Keys = &[
    ("id", "\"x\""),
    ("instrument", "\"eu-scc-2021-914\""),
    ("parties", "[\"de\", \"us\"]"),
    ("modules", "[1, 2]"),
    ("signed", "2022-01-01"),
    ("effective", "2022-02-01"),
    ("expires", "2030-12-31"),
    ("terminated", "2031-01-01"),
    ("amended", "2023-01-01"),
    ("confirms", "[\"explicit\", \"filed\"]"),
    ("data", "[\"c\"]"),
    ("subjects", "[\"s\"]"),
    ("purposes", "[\"p\"]"),
    ("covers-hr", "true"),
    ("covers-other", "false"),
    ("approved-by", "\"CNIL\""),
    ("approved", "2022-01-15"),
    ("assessments", "[\"look\"]"),
    ("justification", "\"j\""),
    ("measures", "[\"encryption\"]"),
    ("evidence", "\"https://x.example/signed\""),
    ("evidence-sha256", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""),
];
const STATEMENT: Keys = &[
    ("id", "\"x\""),
    ("notice", "\"Privacy policy of 2015-10-05\""),
    ("quote", "\"We share.\""),
    ("section", "\"4\""),
    ("url", "\"https://x.example/privacy#4\""),
    ("discloses", "{ recipients = [\"@resellers\", \"us\"], purposes = [\"p\"], data = [\"c\"], outside = [\"eea\"] }"),
    ("about", "[\"us\", \"@affiliates\"]"),
    ("only-purposes", "[\"p\"]"),
    ("requires", "[\"processing-agreement\", \"contract\"]"),
    ("forbids", "[\"sale\", \"special\", \"children\", \"onward\"]"),
];
const WAIVER: Keys = &[
    ("id", "\"x\""),
    ("rule", "\"unsafeguarded-transfer\""),
    ("on", "[\"t\", \"us\", \"g\"]"),
    ("reason", "\"r\""),
    ("approved-by", "\"DPO\""),
    ("until", "2030-12-31"),
    ("regimes", "[\"eu\"]"),
];
const AREA: Keys = &[
    ("id", "\"x\""),
    ("name", "\"X\""),
    ("members", "[{ code = \"DE\", from = 1958-01-01 }, { code = \"GB\", until = 2020-12-31, note = \"n\" }]"),
];
const ADEQUACY: Keys = &[
    ("id", "\"x\""),
    ("regime", "\"eu\""),
    ("jurisdictions", "[\"US\"]"),
    ("from", "2023-07-10"),
    ("until", "2040-01-01"),
    ("ended-by", "\"C-1/40\""),
    ("scope", "{ certification = \"eu-dpf-cert\", not-sector = [\"financial\"], hr = false, party-tags = [\"t\"] }"),
    ("effect", "\"not-a-transfer\""),
    ("onward", "\"local-law\""),
    ("contested", "\"C-703/25 P\""),
    ("citation", "\"C\""),
    ("unsure", "\"u\""),
];
const INSTRUMENT: Keys = &[
    ("id", "\"x\""),
    ("name", "\"X\""),
    ("kind", "\"code-of-conduct\""),
    ("binds", "\"importer\""),
    ("modules", "[{ id = 1, roles = \"c2c\" }, { id = 4, roles = \"p2c\", needs-assessment = false }]"),
    ("roles", "[\"c2p\"]"),
    ("onward-roles", "[\"p2p\"]"),
    ("with", "[\"eu-scc-2021-914\"]"),
    ("not-a-tool", "\"why\""),
    ("processing-agreement", "true"),
    ("needs-assessment", "true"),
    ("needs-approval", "false"),
    ("occasional-only", "false"),
    ("not-exporter-sector", "[\"public\"]"),
    ("conditions", "[\"explicit\", [\"law-named\", \"onward-rule\"]]"),
    ("citation", "\"C\""),
];
const ACCEPTANCE: Keys = &[
    ("regime", "\"eu\""),
    ("instrument", "\"uk-idta\""),
    ("sign-from", "2022-01-01"),
    ("sign-until", "2030-01-01"),
    ("valid-from", "2022-02-01"),
    ("valid-until", "2031-01-01"),
    ("conditions", "[]"),
    ("citation", "\"C\""),
];
const REGIME: Keys =
    &[("id", "\"x\""), ("name", "\"X\""), ("territory", "[\"US\", \"eu-law\"]"), ("coverage", "\"outline\"")];
const VERSION: Keys = &[
    ("id", "\"x1\""),
    ("name", "\"X 1\""),
    ("from", "2018-05-25"),
    ("extraterritorial", "true"),
    ("follows", "true"),
    ("processor-return", "\"unrestricted\""),
    ("unrestricted-roles", "[\"c2p\"]"),
    ("assessment-required-from", "2020-07-16"),
    ("restricts", "\"Chapter V\""),
    ("territory", "[\"US\"]"),
];
const REGISTER: Keys = &[
    ("format", "1"),
    ("organisation", "\"Acme\""),
    ("title", "\"Transfers\""),
    ("as-of", "2015-10-05"),
    ("source", "\"https://git.example/legal/register/blob/main/{path}#L{line}\""),
    ("review-every", "\"12 months\""),
    ("horizon", "\"180 days\""),
    ("regimes", "[\"eu\", \"uk\"]"),
];

/// A kind of record: what stands before its keys, its header, its own keys, whether it has the
/// keys of every record, and which keys are required.
struct Shape {
    before: &'static str,
    header: &'static str,
    keys: Keys,
    common: bool,
    after: &'static str,
    required: &'static [&'static str],
}

const fn shape(header: &'static str, keys: Keys, required: &'static [&'static str]) -> Shape {
    Shape { before: "", header, keys, common: true, after: "", required }
}

const fn law(header: &'static str, keys: Keys, required: &'static [&'static str]) -> Shape {
    Shape { before: "", header, keys, common: false, after: "", required }
}

const IN_A_PLACE: &str = "[[jurisdiction]]\ncode = \"FR\"\n";
const IN_A_REGIME: &str = "[[regime]]\nid = \"x\"\nname = \"X\"\nterritory = [\"US\"]\n";
const A_VERSION: &str = "[[regime.version]]\nid = \"x1\"\nname = \"X\"\nfrom = 2020-01-01\ncitation = \"C\"\n";

const SHAPES: &[Shape] = &[
    shape("[[affiliate]]", PARTY, &["id", "name", "jurisdiction"]),
    shape("[[service-provider]]", PARTY, &["id", "name", "jurisdiction"]),
    shape("[[reseller]]", PARTY, &["id", "name", "jurisdiction"]),
    shape("[[third-party]]", PARTY, &["id", "name", "jurisdiction"]),
    shape("[[jurisdiction]]", JURISDICTION, &["code"]),
    Shape { before: IN_A_PLACE, ..law("[[jurisdiction.assessment]]", ASSESSMENT, &["id", "date", "outcome"]) },
    shape("[[data]]", DATA, &["id", "name"]),
    shape("[[subjects]]", SUBJECTS, &["id", "name"]),
    shape("[[purpose]]", PURPOSE, &["id", "name"]),
    shape("[[collection]]", COLLECTION, &["id", "by", "data", "subjects", "purposes", "subjects-in"]),
    shape("[[transfer]]", TRANSFER, &["from", "to", "id", "data", "purposes"]),
    shape("[[safeguard]]", SAFEGUARD, &["id", "instrument", "parties", "signed"]),
    shape("[[statement]]", STATEMENT, &["id", "notice", "quote"]),
    shape("[[waiver]]", WAIVER, &["id", "rule", "on", "reason", "approved-by", "until"]),
    law("[[area]]", AREA, &["id"]),
    law("[[adequacy]]", ADEQUACY, &["id", "regime", "jurisdictions", "from"]),
    law("[[instrument]]", INSTRUMENT, &["id"]),
    law("[[acceptance]]", ACCEPTANCE, &["regime", "instrument"]),
    Shape { after: A_VERSION, ..law("[[regime]]", REGIME, &["id"]) },
    Shape { before: IN_A_REGIME, after: "citation = \"C\"\n", ..law("[[regime.version]]", VERSION, &["id", "from"]) },
];

impl Shape {
    fn keys(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.keys.iter().chain(if self.common { COMMON } else { &[] }).copied()
    }

    /// The record, one key a line, each as `write` has it.
    fn record(&self, write: impl Fn(&str, &str) -> String) -> String {
        let mut text = format!("{}{}\n", self.before, self.header);
        for (key, value) in self.keys() {
            text.push_str(&write(key, value));
        }
        text + self.after
    }
}

fn line(key: &str, value: &str) -> String {
    format!("{key} = {value}\n")
}

/// Two letters of a word changed places.
fn misspelt(key: &str) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let at = (1..letters.len() - 1).rev().find(|at| letters[*at] != letters[at + 1]).expect("two letters");
    letters.swap(at, at + 1);
    letters.into_iter().collect()
}

#[test]
fn every_key_of_every_record_is_accepted() {
    for shape in SHAPES {
        let root = folder(&[("base.toml", &base()), ("x.toml", &shape.record(line))]);
        let faults = faults(root.path());
        assert!(faults.is_empty(), "{}\n{faults:#?}", shape.header);
    }
    let mut head = "[register]\n".to_owned();
    head.extend(REGISTER.iter().map(|(key, value)| line(key, value)));
    head.push_str(CATALOGUE);
    head.push_str("[rules]\nreview-overdue = \"deny\"\nunread-file = \"warn\"\nno-owner = \"allow\"\n");
    assert!(faults(folder(&[("register.toml", &head)]).path()).is_empty());
}

#[test]
fn every_kind_may_stand_in_any_file_and_all_in_one() {
    let mut all = String::new();
    for shape in SHAPES.iter().filter(|shape| shape.before.is_empty()) {
        let id = shape.header.trim_matches(['[', ']']);
        let own = shape.record(|key, value| match key {
            "id" => line(key, &format!("\"x-{id}\"")),
            "aliases" => line(key, &format!("[\"old-{id}\"]")),
            _ => line(key, value),
        });
        all.push_str(&own);
    }
    let everything = format!("{HEAD}{}{all}", base());
    let faults = faults(folder(&[("register.toml", &everything)]).path());
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_misspelt_key_is_refused_and_the_right_one_suggested() {
    for shape in SHAPES {
        let wrong = |key: &str| if key.len() > 3 { misspelt(key) } else { key.to_owned() };
        let record = shape.record(|key, value| line(&wrong(key), value));
        let faults = faults(folder(&[("base.toml", &base()), ("x.toml", &record)]).path());
        for (key, _) in shape.keys().filter(|(key, _)| key.len() > 3) {
            let wrong = misspelt(key);
            let found = faults.iter().find(|fault| fault.rule == "unknown-key" && fault.shown == wrong);
            let found = found.unwrap_or_else(|| panic!("{} {wrong}: {faults:#?}", shape.header));
            assert!(found.message.contains(&format!("`{wrong}`")), "{found:?}");
            assert_eq!(found.help, format!("did you mean `{key}`?"), "{} {wrong}", shape.header);
        }
    }
}

#[test]
fn a_misspelt_kind_is_refused_and_the_right_one_suggested() {
    for (wrong, right) in [
        ("affiliates", "affiliate"),
        ("service-providers", "service-provider"),
        ("service_provider", "service-provider"),
        ("reseler", "reseller"),
        ("thirdparty", "third-party"),
        ("juristiction", "jurisdiction"),
        ("dta", "data"),
        ("subject", "subjects"),
        ("purposes", "purpose"),
        ("colection", "collection"),
        ("tranfser", "transfer"),
        ("Transfer", "transfer"),
        ("safegaurd", "safeguard"),
        ("statment", "statement"),
        ("wavier", "waiver"),
        ("adequcy", "adequacy"),
    ] {
        let found = only(&format!("[[{wrong}]]\nid = \"x\"\n"));
        assert_eq!((found.rule.as_str(), found.shown.as_str(), found.line), ("unknown-key", wrong, 1));
        assert_eq!(found.help, format!("did you mean `{right}`?"));
    }
}

#[test]
fn a_missing_key_is_named_at_the_header_of_its_record() {
    for shape in SHAPES {
        for missing in shape.required {
            let record = shape.record(|key, value| if key == *missing { String::new() } else { line(key, value) });
            let faults = faults(folder(&[("base.toml", &base()), ("x.toml", &record)]).path());
            let [found] = faults.as_slice() else { panic!("{} {missing}: {faults:#?}", shape.header) };
            assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", shape.header), "{missing}");
            assert!(found.message.starts_with(&format!("`{missing}` is missing")), "{found:?}");
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_is_refused_where_it_stands() {
    for shape in SHAPES {
        let record = shape.record(|key, _| line(key, "1.5"));
        let faults = faults(folder(&[("base.toml", &base()), ("x.toml", &record)]).path());
        for (key, _) in shape.keys() {
            let line = record[..record.find(&format!("\n{key} = 1.5")).expect("the key")].matches('\n').count() + 2;
            let is_it = |fault: &&Fault| fault.rule == "invalid-value" && usize::try_from(fault.line) == Ok(line);
            let found = faults.iter().find(is_it);
            let found = found.unwrap_or_else(|| panic!("{} {key}: {faults:#?}", shape.header));
            assert_eq!(found.shown, "1.5");
            assert!(found.message.contains(&format!("`{key}`")), "{found:?}");
        }
    }
}

/// Text that is no TOML: the line, the text pointed at, and what is said. One mistake, one finding.
const GRAMMAR: &[(&str, u64, &str, &str)] = &[
    ("[[data]]\nid = \"c\"\nid = \"d\"\nname = \"x\"\n", 3, "id", "twice"),
    ("[[data]]\nid = \"c\"\n\"id\" = \"d\"\nname = \"x\"\n", 3, "\"id\"", "twice"),
    ("[[data]]\nid = \"c\"\n\"\\u0069d\" = \"d\"\nname = \"x\"\n", 3, "\"\\u0069d\"", "twice"),
    ("[[data]]\nid = \"c\nname = \"x\"\n", 2, "", "not closed"),
    ("[[data]]\nid = 'c\nname = \"x\"\n", 2, "", "not closed"),
    ("[[data]]\nid =\nname = \"x\"\n", 2, "", "no value"),
    ("[[data]]\nid = \"c\"\nname = Acme Ltd\n", 3, "Acme Ltd", "no quotes"),
    ("[[data]]\nid = “c”\nname = \"x\"\n", 2, "“c”", "typographic quotes"),
    ("[[data]]\n\u{a0}id = \"c\"\n", 2, "\u{a0}", "no key: the character U+00A0 stands here"),
    ("[[data]]\n\u{3000}id = \"c\"\n", 2, "\u{3000}", "no key: the character U+3000 stands here"),
    ("[[data]]\ni\u{200b}d = \"c\"\n", 2, "\u{200b}", "no key: the character U+200B stands here"),
    ("[[data]]\nid ＝ \"c\"\n", 2, "", "U+FF1D"),
    ("[[data]]\nname = \"\"\"\nid = 1\n# \"\n", 2, "\"\"\"", "not closed"),
    ("[[data]]\nname = '''\nid = 1\n\n\n", 2, "'''", "not closed"),
    ("[[data]]\nid = \"c\"\nname = 007\n", 3, "0", "cannot begin with 0"),
    ("[[data]]\nid = \"c\"\nname = \"C:\\quux\"\n", 3, "", "backslash"),
    ("[[data]]\nid = \"c\"\nname = \"\\U00110000\"\n", 3, "", "no character"),
    ("[[transfer]]\nto = [\"b\" \"c\"]\n", 2, "", "comma is missing"),
    ("[[transfer]]\nto = [\"b\",, \"c\"]\n", 2, ",", "comma too many"),
    ("[[transfer]]\n\n# é\nsince = 2025-02-30\n", 4, "2025-02-30", "no date that exists"),
    ("[[transfer]]\nsince = 2025-02-29\n", 2, "2025-02-29", "no date that exists"),
    ("[[transfer]]\nsince = 1900-02-29\n", 2, "1900-02-29", "no date that exists"),
    ("[[transfer]]\nsince = 2025-04-31\n", 2, "2025-04-31", "no date that exists"),
    ("[[transfer]]\nsince = 2025-13-01\n", 2, "2025-13-01", "no date that exists"),
    ("[[transfer]]\nsince = 2025-01-01T25:00:00\n", 2, "2025-01-01T25:00:00", "no date that exists"),
    ("[[statement]]\nx = { x = 1 }\nx.y = 2\n", 3, "x", "already has a value"),
];

#[test]
fn every_break_of_the_grammar_is_told_once_in_our_words_where_it_is() {
    for (text, line, shown, words) in GRAMMAR {
        let found = only(text);
        assert_eq!((found.rule.as_str(), found.line, found.shown.as_str()), ("invalid-toml", *line, *shown), "{text}");
        assert!(found.message.contains(words), "{text}\n{found:?}");
    }
}

#[test]
fn a_file_that_is_something_else_is_called_by_its_name_and_nothing_more_is_said() {
    let conflict = base().replace("[[purpose]]", "<<<<<<< HEAD\n[[purpose]]\n=======\n[[purpose ]]\n>>>>>>> other");
    for (text, line, shown, what, help) in [
        ("affiliate:\n  - id: x\n", 1, "affiliate:", "YAML", "key = value"),
        ("{\"affiliate\": [{\"id\": \"x\"}]}", 1, "{\"affiliate\": [{\"id\": \"x\"}]}", "JSON", "key = value"),
        ("<!DOCTYPE html>\n<html>404</html>\n", 1, "<!DOCTYPE html>", "web page", "fetch the file again"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", 1, "", "Git LFS", "git lfs pull"),
        (&conflict, 8, "<<<<<<< HEAD", "unmerged", "one of the two sides"),
    ] {
        let found = only(text);
        assert_eq!((found.rule.as_str(), found.line), ("invalid-toml", line), "{text}");
        assert!(shown.is_empty() || found.shown == shown, "{found:?}");
        assert!(found.message.contains(what) && found.help.contains(help), "{found:?}");
    }
}

#[test]
fn a_comment_that_reads_otherwise_than_it_is_written_is_a_warning_where_it_stands() {
    let remark = |text: &str| {
        let root = folder(&[("a.toml", &format!("{}# é {text}\n# \u{200b}\n", base()))]);
        let judged = judge_folder(root.path(), DAY);
        let found = judged.findings("confusable-ids").into_iter();
        found.map(|found| (found["message"].clone(), found["location"].clone())).collect::<Vec<_>>()
    };
    let lines = base().lines().count() as u64;
    let [(message, place)] = &remark("safeguards = \u{202e}[]")[..] else { panic!("the first of a file") };
    assert_eq!(message, "a comment holds the hidden character U+202E");
    assert_eq!((&place["line"], &place["column"], &place["end_column"]), (&(lines + 1).into(), &18.into(), &19.into()));
    assert_eq!(remark("شركة المثال")[0].1["line"], lines + 2, "letters of any language are no riddle");
}

#[test]
fn what_toml_allows_is_read() {
    for text in [
        "",
        "# only a remark",
        "\n\n\n",
        "[[ data ]]\nid = 'x'\nname = \"x\"",
        "data = [{ id = \"x\", name = \"x\" }, { id = \"y\", name = \"y\" }]\n",
        "[[statement]]\nid = \"x\"\nnotice = \"n\"\nquote = \"\"\"\ntwo\n  lines\"\"\"\ndiscloses = {\n  recipients = [],\n}\n",
        "[[statement]]\nid = \"x\"\nnotice = \"n\"\nquote = \"q\"\ndiscloses.outside = [\"eea\"]\n",
        "[[data]]\nid = \"x\"\nname = \"شركة المثال 株式会社例 Société\"\n",
        "[[data]]\nid = \"x\"\nname = \"+ADw-script+AD4- <b> {{ x }} ${y}\"\n",
    ] {
        let found = faults(folder(&[("base.toml", &base()), ("x.toml", text)]).path());
        assert!(found.is_empty(), "{text}\n{found:#?}");
    }
}

/// Bytes that are no text of a register: where they begin, and what they look like.
const BYTES: &[(&[u8], &str, &str)] = &[
    (b"\xff\xfe[\0[\0d\0", "line 1, column 1 (byte 0)", "UTF-16"),
    (b"\xfe\xff\0[\0[\0d", "line 1, column 1 (byte 0)", "UTF-16"),
    (b"[\0[\0d\0]\0]\0", "line 1, column 2 (byte 1)", "UTF-16 or UTF-32 without its mark"),
    (b"\xff\xfe\0\0[\0\0\0", "line 1, column 1 (byte 0)", "UTF-32"),
    (
        b"[[data]]\nid = \"\xc3\xa9\"\nname = \"Soci\xe9t\xe9\"\n",
        "line 3, column 13 (byte 31)",
        "old single-byte encoding",
    ),
    (b"\xef\xbb\xbf# \xc3\xa9 \xe9\n", "line 1, column 5 (byte 8)", "old single-byte encoding"),
    (b"# caf\xe9\n", "line 1, column 6 (byte 5)", "old single-byte encoding"),
    (b"name = \x93Acme\x94\n", "line 1, column 8 (byte 7)", "old single-byte encoding"),
    (b"a = \"\xe2\x82", "line 1, column 6 (byte 5)", "cut off within a character"),
    (b"a = \"\xc0\xaf\"\n", "(byte 5)", "old single-byte encoding"),
    (b"a = \"\xed\xa0\x80\"\n", "(byte 5)", "old single-byte encoding"),
    (b"a = \"\xf4\x90\x80\x80\"\n", "(byte 5)", "old single-byte encoding"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "(byte 0)", "binary"),
    (b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xed", "(byte 1)", "binary"),
    (b"[[data]]\nid = \"c\"\n\0\0\0\0\0\0\0\0", "line 3, column 1 (byte 18)", "last write was lost"),
    (b"\0\0\0\0", "line 1, column 1 (byte 0)", "last write was lost"),
];

#[test]
fn a_file_that_is_not_utf_8_is_refused_and_its_bytes_are_not_shown() {
    for (bytes, place, words) in BYTES {
        let root = folder(&[]);
        fs::write(root.path().join("a.toml"), bytes).expect("a file");
        let faults = faults(root.path());
        let [found] = faults.as_slice() else { panic!("{bytes:?}: {faults:#?}") };
        assert_eq!((found.rule.as_str(), found.file.as_str()), ("invalid-toml", "a.toml"), "{bytes:?}");
        assert!(found.message.contains(place) && found.message.contains(words), "{found:?}");
        assert!(found.help.contains("UTF-8"), "{found:?}");
        let text = text_of(root.path(), DAY);
        assert!(!text.contains('\u{fffd}') && harmless("text", &text).is_ok(), "{text}");
    }
}

#[test]
fn control_characters_in_a_file_are_refused_however_they_are_written() {
    for raw in ["\0", "\u{1b}", "\u{7f}", "\u{b}", "\u{1a}"] {
        let found = faults_in(&format!("[[data]]\nid = \"c\"\nname = \"a{raw}b\"\n"));
        assert!(found.iter().any(|fault| fault.rule == "invalid-toml" && fault.line == 3), "{raw:?}: {found:#?}");
    }
    for (escape, code) in [
        ("\\u0000", "U+0000"),
        ("\\u001b[2J", "U+001B"),
        ("\\e[2J", "U+001B"),
        ("\\u009b31m", "U+009B"),
        ("\\u2028::error::x", "U+2028"),
        ("\\uFFFE", "U+FFFE"),
        ("\u{2029}", "U+2029"),
    ] {
        let found = only(&format!("[[data]]\nid = \"c\"\nname = \"a{escape}b\"\n"));
        assert_eq!((found.rule.as_str(), found.line), ("invalid-value", 3));
        assert_eq!(found.shown, format!("\"a{escape}b\""));
        assert!(found.message.contains(code), "{found:?}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let plain = format!("{}[[unknown]]\n[[reseller]]\nid = \"r\"\nname = \"é\" # é\njurisdiction = \"UK\"\n", base());
    let report = |text: &str| {
        let root = folder(&[("a.toml", text)]);
        judge_folder(root.path(), DAY).report["findings"].clone()
    };
    let expected = report(&plain);
    assert!(expected.as_array().is_some_and(|findings| findings.len() == 2), "{expected:#}");
    assert_eq!(report(&format!("\u{feff}{plain}")), expected);
    assert_eq!(report(&plain.replace('\n', "\r\n")), expected);
    assert_eq!(report(&format!("\u{feff}{}", plain.replace('\n', "\r\n"))), expected);
    // The first line itself: its columns do not count the mark.
    let root = folder(&[("a.toml", "\u{feff}[[unknown]]\n")]);
    let place = &judge_folder(root.path(), DAY).report["findings"][0]["location"];
    assert_eq!((place["line"].as_u64(), place["column"].as_u64()), (Some(1), Some(3)));
}

#[test]
fn a_bare_carriage_return_is_no_line_end_and_forges_none() {
    let root = folder(&[("a.toml", "# ok\r::error file=a::forged\n")]);
    let faults = faults(root.path());
    assert!(faults.iter().any(|fault| fault.message.contains("carriage return")), "{faults:#?}");
    assert!(faults.iter().all(|fault| fault.line == 1), "{faults:#?}");
    assert_eq!(harmless("text", &text_of(root.path(), DAY)), Ok(()));
}

/// Values that the grammar allows and the format does not: the rule, the text pointed at, what is
/// said, and what is advised. Each stands in a transfer from `de` to `us` called `x`.
const IN_A_TRANSFER: &[(&str, &str, &str, &str, &str)] = &[
    ("frequency = \"often\"", "invalid-value", "\"often\"", "`often`", "`continuous`"),
    ("frequency = \"ocasional\"", "invalid-value", "\"ocasional\"", "`ocasional`", "did you mean `occasional`?"),
    ("means = \"remote\"", "invalid-value", "\"remote\"", "`remote`", "did you mean `remote-access`?"),
    ("roles = \"c2x\"", "invalid-value", "\"c2x\"", "`c2x`", "`c2p`"),
    ("sale = \"no\"", "invalid-value", "\"no\"", "true or false", "true or false"),
    ("sale = 0", "invalid-value", "0", "true or false", "true or false"),
    ("subjects = []", "invalid-value", "[]", "`subjects`", "at least one"),
    ("subjects = [\"s\", 7]", "invalid-value", "7", "`subjects`", "in quotes"),
    ("subjects = [\"s\", \"ss\"]", "unknown-reference", "\"ss\"", "`ss`", "did you mean `s`?"),
    ("safeguards = [\"g\", \"h\"]", "unknown-reference", "\"h\"", "no safeguard `h`", "record the safeguard"),
    ("safeguards = [\"de\"]", "unknown-reference", "\"de\"", "no safeguard `de`", "record the safeguard"),
    ("authorisation = \"h\"", "unknown-reference", "\"h\"", "`h`", "record the safeguard"),
    ("since = \"2025-01-01\"", "invalid-value", "\"2025-01-01\"", "must be a date", "without quotes"),
    ("since = \"2025-02-30\"", "invalid-value", "\"2025-02-30\"", "must be a date", "without quotes"),
    ("since = 20250101", "invalid-value", "20250101", "must be a date", "2024-05-31"),
    ("since = 07:32:00", "invalid-value", "07:32:00", "without a time", "2024-05-31"),
    ("since = 2025-01-01T00:00:00", "invalid-value", "2025-01-01T00:00:00", "without a time", "2024-05-31"),
    ("since = 2025-01-01T23:30:00-05:00", "invalid-value", "2025-01-01T23:30:00-05:00", "without a time", "2024-05-31"),
    ("since = 0000-01-01", "invalid-value", "0000-01-01", "`0000-01-01`", "day"),
    ("since = 0001-01-01", "invalid-value", "0001-01-01", "`0001-01-01`", "day"),
    ("since = 2025-06-01\nuntil = 2025-05-31", "invalid-value", "2025-05-31", "ends before it begins", "`until`"),
    ("since = 2025-06-01\nerased = 2025-05-31", "invalid-value", "2025-05-31", "before it began", "`erased`"),
    ("review-every = \"soon\"", "invalid-value", "\"soon\"", "`soon`", "N months"),
    ("review-every = \"0 days\"", "invalid-value", "\"0 days\"", "`0 days`", "N days"),
    ("review-every = 12", "invalid-value", "12", "`review-every`", "text"),
    ("reviewed = \"2025-01-01\"", "invalid-value", "\"2025-01-01\"", "`reviewed`", "without quotes"),
    ("owner = \" \"", "invalid-value", "\" \"", "`owner`", "leave the key out"),
    ("aliases = [\"Old\"]", "invalid-value", "\"Old\"", "`Old`", "lower-case"),
    ("transfered = true", "unknown-key", "transfered", "`transfered`", "the keys of `[[transfer]]` are"),
    ("\"\" = true", "unknown-key", "\"\"", "no key", "the keys of `[[transfer]]` are"),
    ("__proto__ = true", "unknown-key", "__proto__", "`__proto__`", "the keys of `[[transfer]]` are"),
    ("Since = 2025-01-01", "unknown-key", "Since", "`Since`", "did you mean `since`?"),
];

#[test]
fn a_value_that_cannot_be_meant_is_refused_with_the_act_that_mends_it() {
    for (more, rule, shown, words, advice) in IN_A_TRANSFER {
        let found = only(&format!("{}{}", base(), transfer("de", "us", &format!("id = \"x\"\n{more}"))));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), (*rule, *shown), "{more}\n{found:?}");
        assert!(found.message.contains(words), "{more}\n{found:?}");
        assert!(found.help.contains(advice), "{more}\n{found:?}");
    }
}

#[test]
fn every_day_from_1900_to_9999_is_a_day() {
    for day in ["1900-01-01", "2000-02-29", "2024-02-29", "9999-12-31"] {
        let record =
            transfer("de", "us", &format!("id = \"x\"\nsince = 1900-01-01\nuntil = {day}\nerased = 9999-12-31"));
        let found = faults_in(&format!("{}{record}", base()));
        assert!(found.is_empty(), "{day}: {found:#?}");
    }
}

/// Sides of a transfer that lead nowhere, what is pointed at, and the advice.
const SIDES: &[(&str, &str, &str)] = &[
    ("\"uss\"", "\"uss\"", "did you mean `us`?"),
    ("\"nobody-at-all\"", "\"nobody-at-all\"", "record the party"),
    ("\"\"", "\"\"", "record the party"),
    ("\"US\"", "\"US\"", "did you mean `us`?"),
    ("[\"us\", \"g\"]", "\"g\"", "record the party"),
    ("\"@afiliates\"", "\"@afiliates\"", "did you mean `@affiliates`?"),
    ("\"@service-provider\"", "\"@service-provider\"", "did you mean `@service-providers`?"),
    ("[\"us\", \"@group:onw\"]", "\"@group:onw\"", "did you mean `@group:own`?"),
    ("\"@nothing\"", "\"@nothing\"", "`@third-parties`"),
    ("\"@\"", "\"@\"", "`@third-parties`"),
];

#[test]
fn a_reference_that_leads_nowhere_is_no_empty_side() {
    for (to, shown, advice) in SIDES {
        let record = transfer("de", "us", "id = \"x\"").replace("to = \"us\"", &format!("to = {to}"));
        let found = only(&format!("{}{record}", base()));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), ("unknown-reference", *shown), "{found:?}");
        assert!(found.help.contains(advice), "{found:?}");
    }
}

#[test]
fn a_transfer_to_itself_is_refused_and_pairs_with_oneself_are_left_out() {
    for to in ["\"de\"", "[\"de\"]", "[\"de\", \"de\"]"] {
        let record = transfer("de", "us", "id = \"x\"").replace("to = \"us\"", &format!("to = {to}"));
        let found = only(&format!("{}{record}", base()));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", to));
        assert!(found.message.contains("to itself"), "{found:?}");
    }
    let both = "[[transfer]]\nid = \"x\"\nfrom = [\"de\", \"us\"]\nto = [\"de\", \"us\"]\ndata = [\"c\"]\npurposes = [\"p\"]\n";
    let root = folder(&[("a.toml", &format!("{}{both}", base()))]);
    let judged = judge_folder(root.path(), DAY);
    let pairs: BTreeSet<&str> = judged.verdicts().iter().filter_map(|verdict| verdict["transfer"].as_str()).collect();
    assert_eq!(pairs, BTreeSet::from(["t", "x/de--us", "x/us--de"]));
}

#[test]
fn a_transfer_between_lists_or_selectors_needs_an_id() {
    for (from, to) in [("[\"de\"]", "\"us\""), ("\"de\"", "[\"us\"]"), ("\"de\"", "\"@service-providers\"")] {
        let record = format!("[[transfer]]\nfrom = {from}\nto = {to}\ndata = [\"c\"]\npurposes = [\"p\"]\n");
        let found = only(&format!("{}{record}", base()));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", "[[transfer]]"));
        assert!(found.message.contains("`id` is missing"), "{found:?}");
    }
    // The second transfer between the same two parties needs one too.
    let twice = [base(), transfer("de", "us", ""), transfer("de", "us", "")].join("");
    let found = only(&twice);
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("duplicate-id", "[[transfer]]"));
    assert!(found.message.contains("`de--us`") && found.help.contains("`id`"), "{found:?}");
}

#[test]
fn ids_are_kebab_case_of_at_most_64_characters() {
    let named = |id: &str| format!("[[data]]\nid = '{id}'\nname = \"x\"\n");
    for good in ["a", "7", "4d", "a-b-c", "con", "nul", "index", "404", "constructor", &"a".repeat(64)] {
        assert!(faults_in(&named(good)).is_empty(), "{good}");
    }
    let long = "a".repeat(65);
    for bad in [
        "",
        " ",
        "-a",
        "a-",
        "a--b",
        "a_b",
        "a.b",
        "a/b",
        "a b",
        "Acme",
        "аcme",
        "ａ",
        "é",
        ".",
        "..",
        "~",
        "@a",
        "*",
        "../../etc/cron.d/x",
        "..\\x",
        "/abs",
        "C:\\x",
        "a\u{200b}",
        &long,
    ] {
        let found = only(&named(bad));
        assert_eq!((found.rule.as_str(), found.line), ("invalid-value", 2), "{bad}");
        assert_eq!(found.shown, format!("'{bad}'"));
        assert!(found.message.ends_with("is no id") && found.help.contains("64"), "{found:?}");
    }
}

#[test]
fn a_derived_id_has_no_limit_of_its_own_and_can_be_referred_to() {
    let (from, to) = ("f".repeat(64), "t".repeat(64));
    let records = [
        CATALOGUE.to_owned(),
        party("affiliate", &from, "DE", "controller"),
        party("reseller", &to, "FR", "controller"),
        transfer(&from, &to, ""),
        transfer(&from, &to, "id = \"x\"").replace(&format!("to = \"{to}\""), &format!("to = [\"{to}\"]")),
        "[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\nreason = \"r\"\napproved-by = \"a\"".to_owned(),
        format!("until = 2030-01-01\non = [\"{from}--{to}\", \"x/{from}--{to}\", \"x\"]\n"),
    ];
    assert!(faults_in(&records.join("\n")).is_empty(), "{:#?}", faults_in(&records.join("\n")));
}

#[test]
fn ids_are_unique_per_kind_across_files_and_parties_share_one_space() {
    let one = party("affiliate", "acme", "DE", "controller");
    let two = party("third-party", "acme", "FR", "controller");
    // A safeguard, a category and a purpose may have the id of a party.
    let others = "[[data]]\nid = \"acme\"\nname = \"x\"\n[[subjects]]\nid = \"acme\"\nname = \"x\"\n[[purpose]]\nid = \"acme\"\nname = \"x\"\n";
    assert!(faults(folder(&[("a.toml", &one), ("b.toml", others)]).path()).is_empty());
    let root = folder(&[("b/two.toml", &two), ("a/one.toml", &one)]);
    let judged = judge_folder(root.path(), DAY);
    let findings = judged.findings("duplicate-id");
    let [found] = findings.as_slice() else { panic!("{:#}", judged.report["findings"]) };
    let place = |value: &serde_json::Value| (value["file"].as_str().map(str::to_owned), value["line"].as_u64());
    assert_eq!(place(&found["location"]), (Some("b/two.toml".to_owned()), Some(2)));
    assert_eq!(place(&found["related"][0]["location"]), (Some("a/one.toml".to_owned()), Some(2)));
    assert!(found["message"].as_str().is_some_and(|message| message.contains("`acme`")));
}

#[test]
fn former_ids_go_on_working_and_are_unique_too() {
    let records = base().replace("id = \"us\"", "id = \"us\"\naliases = [\"usa\", \"states\"]");
    let found = faults_in(&format!("{records}{}", transfer("de", "states", "id = \"x\"")));
    assert!(found.is_empty(), "{found:#?}");
    let clash = party("reseller", "r", "DE", "controller") + "aliases = [\"de\"]\n";
    let found = only(&format!("{}{clash}", base()));
    assert_eq!(found.rule, "duplicate-id");
    assert!(found.message.contains("`de`"), "{found:?}");
}

#[test]
fn nothing_is_part_of_itself() {
    let entry = |id: &str, of: &str| format!("[[purpose]]\nid = \"{id}\"\nname = \"{id}\"\npart-of = \"{of}\"\n");
    let found = only(&entry("a", "a"));
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", "\"a\""));
    // Every record of a circle is named, and what only hangs on it is not.
    let found = faults_in(&[entry("a", "b"), entry("b", "c"), entry("c", "a"), entry("d", "a")].concat());
    let shown: Vec<(&str, u64)> = found.iter().map(|fault| (fault.shown.as_str(), fault.line)).collect();
    assert_eq!(shown, [("\"b\"", 4), ("\"c\"", 8), ("\"a\"", 12)], "{found:#?}");
    let found = only("[[data]]\nid = \"a\"\nname = \"a\"\npart-of = [\"bb\"]\n[[data]]\nid = \"b\"\nname = \"b\"\n");
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("unknown-reference", "\"bb\""));
}

/// Codes that are no place, and the advice.
const PLACES: &[(&str, &str)] = &[
    ("UK", "`GB`"),
    ("EL", "`GR`"),
    ("uk", "`GB`"),
    ("de", "did you mean `DE`?"),
    ("us-ca", "did you mean `US-CA`?"),
    ("epo", "did you mean `EPO`?"),
    ("Germany", "did you mean `DE`?"),
    ("NL-CW", "`CW`"),
    ("FR-RE", "`RE`"),
    ("CN-HK", "`HK`"),
    ("US-PR", "`PR`"),
    ("CA-XX", "did you mean `CA`?"),
    ("DE-FREE", "did you mean `DE`?"),
    ("EU", "ISO 3166"),
    ("eea", "ISO 3166"),
    ("XA", "ISO 3166"),
    ("QQ", "ISO 3166"),
    ("", "ISO 3166"),
    ("US\u{202e}", "ISO 3166"),
];

#[test]
fn a_place_that_the_law_cannot_speak_of_is_refused_with_the_code_that_is_meant() {
    for (code, advice) in PLACES {
        let found = only(&party("reseller", "r", code, "controller"));
        assert_eq!((found.rule.as_str(), found.line), ("unknown-jurisdiction", 4), "{code}");
        assert_eq!(found.shown, format!("\"{code}\""));
        assert!(found.help.contains(advice), "{found:?}");
    }
    let lists = "stored-in = [\"DE\", \"UK\"]\naccessed-from = [\"GB\", \"QQ\"]\n";
    let found = faults_in(&(party("reseller", "r", "DE", "controller") + lists));
    let shown: Vec<&str> = found.iter().map(|fault| fault.shown.as_str()).collect();
    assert_eq!(shown, ["\"UK\"", "\"QQ\""], "{found:#?}");
}

#[test]
fn a_register_defines_places_from_xa_to_xz_or_below_known_codes_only() {
    let uses = |code: &str| party("reseller", "r", code, "controller");
    for code in ["XA", "XZ", "DE-FREE", "US-X1"] {
        let record = format!("[[jurisdiction]]\ncode = \"{code}\"\nname = \"New\"\n");
        let root = folder(&[("a.toml", &uses(code)), ("b.toml", &record)]);
        assert!(faults(root.path()).is_empty(), "{code}: {:#?}", faults(root.path()));
    }
    for code in ["QQ", "UK", "XAA", "xa", "NL-CW", "QQ-A", "eea", "new"] {
        let found = only(&format!("[[jurisdiction]]\ncode = \"{code}\"\nname = \"New\"\n"));
        assert_eq!((found.rule.as_str(), found.line), ("unknown-jurisdiction", 2), "{code}");
    }
    let twice = "[[jurisdiction]]\ncode = \"DE\"\n[[jurisdiction]]\ncode = \"DE\"\n";
    let found = only(twice);
    assert_eq!((found.rule.as_str(), found.line, found.shown.as_str()), ("duplicate-id", 4, "\"DE\""));
}

#[test]
fn a_safeguard_is_signed_unless_it_is_a_statutes_own_exception() {
    let safeguard = |instrument: &str, more: &str| {
        format!("{}[[safeguard]]\nid = \"x\"\ninstrument = \"{instrument}\"\nparties = [\"de\"]\n{more}\n", base())
    };
    let found = only(&safeguard("uk-idta", ""));
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", "[[safeguard]]"));
    assert!(found.message.contains("`signed` is missing"), "{found:?}");
    assert!(faults_in(&safeguard("eu-art49-1-b", "")).is_empty());
    assert!(faults_in(&safeguard("uk-idta", "signed = 2023-01-01")).is_empty());
    let found = only(&safeguard("eu-scc-2021-941", "signed = 2023-01-01"));
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("unknown-reference", "\"eu-scc-2021-941\""));
    assert_eq!(found.help, "did you mean `eu-scc-2021-914`?");
    for modules in ["\"2\"", "2.0", "-1", "256", "inf", "9223372036854775808", "true"] {
        let found = only(&safeguard("eu-scc-2021-914", &format!("signed = 2023-01-01\nmodules = [1, {modules}]")));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", modules), "{found:?}");
    }
}

#[test]
fn nobody_signs_a_contract_by_being_added_to_a_folder() {
    let safeguard = |instrument: &str, parties: &str| {
        let keys = format!("id = \"x\"\ninstrument = \"{instrument}\"\nparties = {parties}\nsigned = 2022-01-01\n");
        format!("{}[[safeguard]]\n{keys}", base())
    };
    for selector in ["\"@affiliates\"", "\"@service-providers\"", "\"@group:own\""] {
        let found = only(&safeguard("eu-scc-2021-914", &format!("[\"us\", {selector}]")));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", selector), "{found:?}");
        assert!(faults_in(&safeguard("eu-bcr-c-gdpr", &format!("[{selector}]"))).is_empty());
    }
    let found = only(&safeguard("eu-scc-2021-914", "[]"));
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", "[]"));
}

/// What is wrong with a waiver of `t`, what is pointed at, what is said, what is advised.
const WAIVERS: &[(&str, &str, &str, &str, &str)] = &[
    ("rule", "\"unsafeguarded-transfr\"", "unknown-reference", "no rule", "did you mean `unsafeguarded-transfer`?"),
    ("rule", "\"duplicate-id\"", "invalid-value", "cannot be waived", "mend"),
    ("rule", "\"invalid-toml\"", "invalid-value", "cannot be waived", "mend"),
    ("rule", "\"unknown-jurisdiction\"", "invalid-value", "cannot be waived", "mend"),
    ("on", "\"nothing-of-that-name\"", "unknown-reference", "`nothing-of-that-name`", "record the transfer"),
    ("on", "\"*\"", "unknown-reference", "`*`", "record the transfer"),
    ("on", "\"de--uss\"", "unknown-reference", "`de--uss`", ""),
    ("on", "[]", "invalid-value", "`on`", "at least one"),
    ("approved-by", "\"\"", "invalid-value", "`approved-by`", ""),
    ("until", "\"2030-01-01\"", "invalid-value", "`until`", "without quotes"),
    ("regimes", "\"ue\"", "unknown-reference", "no regime `ue`", "regime"),
    ("regimes", "[]", "invalid-value", "`regimes`", "at least one"),
];

#[test]
fn a_waiver_names_what_it_waives_exactly() {
    for (key, value, rule, words, advice) in WAIVERS {
        let keys = WAIVER.iter().map(|(k, held)| line(k, if k == key { value } else { held }));
        let found = only(&format!("{}[[waiver]]\n{}", base(), keys.collect::<String>()));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), (*rule, *value), "{found:?}");
        assert!(found.message.contains(words) && found.help.contains(advice), "{found:?}");
    }
}

#[test]
fn a_statement_speaks_of_what_is_recorded() {
    for (more, rule, shown, advice) in [
        ("about = [\"uss\"]", "unknown-reference", "\"uss\"", "did you mean `us`?"),
        ("only-purposes = [\"q\"]", "unknown-reference", "\"q\"", "record the purpose"),
        (
            "requires = [\"processing-agrement\"]",
            "unknown-reference",
            "\"processing-agrement\"",
            "`processing-agreement`",
        ),
        ("forbids = [\"sales\"]", "invalid-value", "\"sales\"", "did you mean `sale`?"),
        ("discloses = { recipient = [\"us\"] }", "unknown-key", "recipient", "did you mean `recipients`?"),
        ("discloses = { recipients = [\"de\", \"uss\"] }", "unknown-reference", "\"uss\"", "did you mean `us`?"),
        ("discloses = { data = [\"z\"] }", "unknown-reference", "\"z\"", "data category"),
        ("discloses = { outside = [\"DE\", \"QQ\"] }", "unknown-jurisdiction", "\"QQ\"", "ISO 3166"),
        ("discloses = [\"us\"]", "invalid-value", "[\"us\"]", "table"),
        ("url = \"javascript:alert(1)\"", "invalid-value", "\"javascript:alert(1)\"", "https://"),
        ("url = \"www.example.com\"", "invalid-value", "\"www.example.com\"", "https://"),
    ] {
        let found = only(&format!("{}[[statement]]\nid = \"x\"\nnotice = \"n\"\nquote = \"q\"\n{more}\n", base()));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), (rule, shown), "{found:?}");
        assert!(found.help.contains(advice), "{found:?}");
    }
}

#[test]
fn a_record_is_written_with_double_brackets_and_a_setting_with_single_ones() {
    for kind in ["transfer", "affiliate", "safeguard", "waiver", "adequacy"] {
        let found = only(&format!("[{kind}]\nid = \"x\"\n"));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", format!("[{kind}]").as_str()));
        assert_eq!(found.help, format!("write `[[{kind}]]`"));
    }
    let found = only("transfer = 1\n");
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("invalid-value", "1"));
    let found = faults(folder(&[("register.toml", "[[register]]\nformat = 1\norganisation = \"A\"\n")]).path());
    assert!(found.iter().any(|fault| fault.help == "write `[register]`"), "{found:#?}");
}

/// A `register.toml`, the rule, the text pointed at, what is said, what is advised.
const HEADS: &[(&str, &str, &str, &str, &str)] = &[
    ("", "invalid-value", "", "no `[register]` table", "`format = 1`"),
    ("[register]\nformat = 1\n", "invalid-value", "[register]", "`organisation` is missing", "organisation"),
    ("[register]\norganisation = \"A\"\n", "invalid-value", "[register]", "`format` is missing", "format"),
    ("[register]\nformat = 2\norganisation = \"A\"\n", "invalid-value", "2", "format 1", "later onward"),
    ("[register]\nformat = 0\norganisation = \"A\"\n", "invalid-value", "0", "format 1", "`format = 1`"),
    ("[register]\nformat = \"1\"\norganisation = \"A\"\n", "invalid-value", "\"1\"", "`format`", "number"),
    ("[register]\nformat = 1\norganisation = \"\"\n", "invalid-value", "\"\"", "`organisation`", ""),
    (
        "[register]\nformat = 1\norganisation = \"A\"\nas-of = \"2015-10-05\"\n",
        "invalid-value",
        "\"2015-10-05\"",
        "`as-of`",
        "",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\nhorizon = \"soon\"\n",
        "invalid-value",
        "\"soon\"",
        "`soon`",
        "N days",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\nregimes = [\"eu\", \"ukk\"]\n",
        "unknown-reference",
        "\"ukk\"",
        "`ukk`",
        "did you mean `uk`?",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\nsource = \"ftp://x\"\n",
        "invalid-value",
        "\"ftp://x\"",
        "`ftp://x`",
        "https://",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\norganization = \"B\"\n",
        "unknown-key",
        "organization",
        "`organization`",
        "did you mean `organisation`?",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\ntemplates = \"../../evil\"\n",
        "unknown-key",
        "templates",
        "`templates`",
        "the keys of `[register]`",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\n[rules]\nreview-overdu = \"deny\"\n",
        "unknown-key",
        "review-overdu",
        "`review-overdu`",
        "did you mean `review-overdue`?",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\n[rules]\nduplicate-id = \"allow\"\n",
        "unknown-key",
        "duplicate-id",
        "`duplicate-id`",
        "",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\n[rules]\nno-owner = \"off\"\n",
        "invalid-value",
        "\"off\"",
        "`off`",
        "`deny`, `warn` or `allow`",
    ),
    (
        "[register]\nformat = 1\norganisation = \"A\"\n[rules]\nno-owner = true\n",
        "invalid-value",
        "true",
        "`no-owner`",
        "text",
    ),
];

#[test]
fn the_head_of_a_register_is_held_to_its_keys() {
    for (text, rule, shown, words, advice) in HEADS {
        let faults = faults(folder(&[("register.toml", text), ("records.toml", CATALOGUE)]).path());
        let [found] = faults.as_slice() else { panic!("{text}\n{faults:#?}") };
        assert_eq!((found.rule.as_str(), found.shown.as_str()), (*rule, *shown), "{text}");
        assert_eq!(found.file, "register.toml");
        assert!(found.message.contains(words) && found.help.contains(advice), "{found:?}");
    }
}

#[test]
fn settings_stand_in_the_register_toml_at_the_top_and_there_is_one() {
    for text in [HEAD, "[rules]\nno-owner = \"deny\"\n"] {
        let found = only(text);
        assert_eq!((found.rule.as_str(), found.line), ("invalid-value", 1));
        assert!(found.message.contains("`register.toml` at the top"), "{found:?}");
    }
    let found = faults(folder(&[("inner/register.toml", HEAD)]).path());
    assert!(found.iter().any(|fault| fault.message.contains("second `register.toml`")), "{found:#?}");
    assert!(found.iter().all(|fault| fault.file == "inner/register.toml"), "{found:#?}");
}

#[test]
fn a_folder_without_a_register_is_never_a_pass() {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("empty")).expect("a folder");
    fs::create_dir(root.path().join("other")).expect("a folder");
    fs::write(root.path().join("other/README.md"), "no register").expect("a file");
    fs::write(root.path().join("other/data.toml"), CATALOGUE).expect("a file");
    fs::write(root.path().join("file"), HEAD).expect("a file");
    for (name, words) in [
        ("empty", "no `register.toml`"),
        ("other", "no `register.toml`"),
        ("file", "is no folder"),
        ("none", "does not exist"),
    ] {
        let faults = faults(&root.path().join(name));
        let [found] = faults.as_slice() else { panic!("{name}: {faults:#?}") };
        assert_eq!(found.rule, "not-a-register");
        assert!(found.message.contains(words) && found.message.contains(name), "{found:?}");
        let path = root.path().join(name);
        let path = path.to_str().expect("a path");
        assert_eq!(onward(&["check", path]).status.code(), Some(2), "{name}");
        assert_eq!(onward(&["check", path, "--exit-zero"]).status.code(), Some(2), "{name}");
    }
    // Nor is one in which nothing is recorded.
    let bare = folder(&[]);
    let faults = faults(bare.path());
    let [found] = faults.as_slice() else { panic!("{faults:#?}") };
    assert_eq!(found.rule, "not-a-register");
    assert!(found.message.contains("holds no record"), "{found:?}");
}

#[test]
fn the_place_of_a_finding_is_exactly_the_text_that_is_meant() {
    let records = [
        base(),
        "# «é» 株式会社\n[[transfer]] # [[transfer]]\n  id='x';".replace(';', "\n"),
        "\tfrom = \"de\" # \"ghost\"\n".to_owned(),
        "to = [ # « \"ghost\" »\n  \"us\", 'ghost', # \"ghost\"\n]\n".to_owned(),
        "data = [\"c\", \"\"\"ghost\"\"\"]\npurposes = [\"p\"]\n\"notices\" = \"é\"\n".to_owned(),
        "[[statement]]\nid = \"x\"\nnotice = \"é\"\nquote = \"株\"\n".to_owned(),
        "discloses = { \"data\" = [\"c\"], recipients = [\"us\", \"ghost\"], purpose = [] }\n".to_owned(),
        "[[jurisdiction]]\ncode = \"FR\"\n[[jurisdiction.assessment]]\nid = \"a\"\ndate = 2022-01-01\n".to_owned(),
        "outcome = \"good\"\n[[jurisdiction.assessment]]\nid = \"b\"\noutcome = \"not-sufficient\"\n".to_owned(),
    ]
    .concat();
    let at = |needle: &str, nth: usize| {
        let (byte, _) = records.match_indices(needle).nth(nth).unwrap_or_else(|| panic!("{needle}"));
        u64::try_from(records[..byte].matches('\n').count() + 1).expect("a line")
    };
    let found = faults_in(&records);
    let places: Vec<(&str, u64)> = found.iter().map(|fault| (fault.shown.as_str(), fault.line)).collect();
    let wanted = [
        ("'ghost'", at("'ghost'", 0)),
        ("\"\"\"ghost\"\"\"", at("\"\"\"ghost\"\"\"", 0)),
        ("\"notices\"", at("\"notices\"", 0)),
        ("\"ghost\"", at("\"us\", \"ghost\"", 0)),
        ("purpose", at("purpose = []", 0)),
        ("\"good\"", at("\"good\"", 0)),
        ("[[jurisdiction.assessment]]", at("[[jurisdiction.assessment]]", 2)),
    ];
    assert_eq!(places, wanted, "{found:#?}");
}

#[test]
fn a_reference_to_a_record_that_could_not_be_read_is_no_second_problem() {
    let party = party("service-provider", "in", "IN", "processor");
    for broken in [
        format!("{party}website =\n"),
        format!("{party}website = \"no address\"\n"),
        format!("{party}colour = \"red\"\n"),
        party.replace("\"IN\"", "\"QQ\""),
        party.replace("jurisdiction = \"IN\"\n", ""),
        party.replace("[[service-provider]]", "[service-provider]"),
        party.replace("[[service-provider]]", "[[service-providers]]"),
    ] {
        let found = faults(
            folder(&[("base.toml", &base()), ("in.toml", &broken), ("z.toml", &transfer("de", "in", ""))]).path(),
        );
        assert_eq!(found.len(), 1, "{broken}\n{found:#?}");
        assert_eq!(found[0].file, "in.toml");
    }
}

#[test]
fn a_problem_of_one_file_hides_none_of_another() {
    let root = folder(&[
        ("register.toml", "[register]\nformat = 1\norganisation = \"A\"\ntitel = \"x\"\n"),
        ("a.toml", "[[data]]\nid = \"c\nname = \"x\"\n"),
        ("b.toml", "[[transfer]]\nid = \"x\"\nfrom = \"ghost\"\nto = \"spook\"\ndata = [\"d\"]\npurposes = [\"p\"]\n"),
        ("c/d.toml", "[[reseller]]\nid = \"r\"\nname = \"r\"\njurisdiction = \"UK\"\n"),
        ("c/e.toml", "[[reseler]]\nid = \"r\"\n"),
        ("f.toml", "[[reseller]]\nid = \"r\"\nname = \"r\"\njurisdiction = \"DE\"\n"),
    ]);
    fs::write(root.path().join("g.toml"), b"\xff").expect("a file");
    let found: BTreeSet<(String, String)> =
        faults(root.path()).into_iter().map(|fault| (fault.file, fault.rule)).collect();
    for (file, rule) in [
        ("register.toml", "unknown-key"),
        ("a.toml", "invalid-toml"),
        ("b.toml", "unknown-reference"),
        ("c/d.toml", "unknown-jurisdiction"),
        ("c/e.toml", "unknown-key"),
        ("f.toml", "duplicate-id"),
        ("g.toml", "invalid-toml"),
    ] {
        assert!(found.contains(&(file.to_owned(), rule.to_owned())), "{file}: {found:#?}");
    }
}

#[test]
fn hidden_files_are_passed_over_and_a_file_that_seems_read_and_is_not_is_a_warning() {
    let root = folder(&[
        (".draft.toml", "junk ="),
        (".git/evil.toml", "junk ="),
        ("notes.txt", "junk ="),
        ("old.toml~", "junk ="),
        ("Vendors.TOML", "junk ="),
        ("vendors.toml/inner.toml", CATALOGUE),
    ]);
    assert!(faults(root.path()).is_empty());
    let judged = judge_folder(root.path(), DAY);
    assert_eq!(judged.report["register"]["files"], 2);
    let unread = judged.findings("unread-file");
    let [found] = unread.as_slice() else { panic!("{:#}", judged.report["findings"]) };
    assert!(found["message"].as_str().is_some_and(|message| message.contains("`Vendors.TOML`")), "{found:#}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_never_followed_and_a_linked_root_is_the_folder_itself() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.toml", "canary = \"canary-of-another-folder\"\n")]);
    let root = folder(&[("base.toml", &base())]);
    let link = |target: &Path, name: &str| symlink(target, root.path().join(name)).expect("a link");
    link(&outside.path().join("secret.toml"), "outside.toml");
    link(outside.path(), "folder");
    link(Path::new("loop.toml"), "loop.toml");
    link(Path::new(".."), "up");
    link(Path::new("/dev/zero"), "zero.toml");
    link(Path::new("nowhere"), "dangling.toml");
    let pipe = std::process::Command::new("mkfifo").arg(root.path().join("pipe.toml")).status().expect("mkfifo");
    assert!(pipe.success());
    let found = faults(root.path());
    for name in ["outside.toml", "folder", "loop.toml", "up", "zero.toml", "dangling.toml", "pipe.toml"] {
        let named: Vec<_> = found.iter().filter(|fault| fault.message.starts_with(&format!("`{name}`"))).collect();
        assert_eq!(named.len(), 1, "{name}: {found:#?}");
        assert_eq!(named[0].rule, "unreadable-file");
    }
    assert_eq!(found.len(), 7, "{found:#?}");
    assert!(!text_of(root.path(), DAY).contains("canary"));
    let good = folder(&[("base.toml", &base())]);
    let linked = outside.path().join("register");
    symlink(good.path(), &linked).expect("a link");
    assert!(faults(&linked).is_empty());
    assert_eq!(judge_folder(&linked, DAY).report["register"]["files"], 2);
}

#[test]
fn no_text_of_a_register_reaches_a_terminal_or_a_runner_as_a_command() {
    for text in HOSTILE {
        let quoted = serde_json::to_string(text).expect("a basic string of TOML");
        let head = format!("[register]\nformat = 1\norganisation = {quoted}\ntitle = {quoted}\n");
        let named = format!("[[data]]\nid = \"c\"\nname = {quoted}\nnotes = {quoted}\n");
        let broken = [
            format!("[[data]]\nid = {quoted}\nname = \"c\"\n"),
            format!("[[{quoted}]]\n"),
            format!("[[transfer]]\n{quoted} = 1\nfrom = {quoted}\nto = {quoted}\nroles = {quoted}\n"),
            format!("{text}\n"),
            format!("[[reseller]]\nid = \"r\"\nname = {quoted}\njurisdiction = {quoted}\nwebsite = {quoted}\n"),
        ];
        let good = folder(&[("register.toml", &head), ("named.toml", &named)]);
        let bad = folder(&[]);
        for (n, records) in broken.iter().enumerate() {
            fs::write(bad.path().join(format!("{n}.toml")), records).expect("a file");
        }
        for (root, status) in [(good, 0), (bad, 2)] {
            let path = root.path().to_str().expect("a path");
            for format in FORMATS {
                let done = onward(&["check", path, "--as-of", DAY, "--format", format]);
                let output = String::from_utf8(done.stdout).expect("UTF-8");
                assert_eq!(done.status.code(), Some(status), "{text}\n{output}");
                assert_eq!(harmless(format, &output), Ok(()), "{text}\n{output}");
                if ["json", "sarif", "gitlab"].contains(&format) {
                    assert!(serde_json::from_str::<serde_json::Value>(&output).is_ok(), "{output}");
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_does_either() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let root = folder(&[]);
    for name in [
        b"a\n::error file=x::forged\n.toml".as_slice(),
        b"::error file=x::y.toml",
        b" ::warning::q.toml",
        b"##[error]z.toml",
        b"b\x1b[2J.toml",
        b"rlo\xe2\x80\xaex.toml",
        b"-rf.toml",
        b"a,line=1,title=x::y%0A%25.toml",
        b"caf\xe9.toml",
        b"::error::z.TOML",
    ] {
        fs::write(root.path().join(OsStr::from_bytes(name)), "[[data]]\nid = 1\nname = \"x\"\n").expect("a file");
    }
    let found = faults(root.path());
    assert_eq!(found.len(), 9, "one for each file that ends in `.toml`: {found:#?}");
    let path = root.path().to_str().expect("a path");
    for format in FORMATS {
        let done = onward(&["check", path, "--as-of", DAY, "--format", format]);
        assert_eq!(harmless(format, &String::from_utf8(done.stdout).expect("UTF-8")), Ok(()), "{format}");
    }
}

#[test]
fn nesting_past_the_limit_is_refused_with_its_place() {
    for text in [
        format!("a = {}{}", "[".repeat(5_000), "]".repeat(5_000)),
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{x=".repeat(2_000)),
        format!("{} = 1", vec!["a"; 5_000].join(".")),
        format!("[{}]", vec!["a"; 5_000].join(".")),
    ] {
        let found = only(&format!("# first\n{text}\n"));
        assert_eq!((found.rule.as_str(), found.line), ("over-limit", 2));
        assert!(found.message.contains("nested"), "{found:?}");
    }
}

#[test]
fn text_past_a_limit_is_refused_and_shown_short() {
    for (record, shown) in [
        (format!("[[data]]\nid = \"c\"\nname = \"{}\"\n", "é".repeat(513)), "over-limit"),
        (format!("[[data]]\nid = \"c\"\nname = \"c\"\nnotes = \"{}\"\n", "é".repeat(65_537)), "over-limit"),
        (format!("[[data]]\nid = \"c\"\nname = \"c\"\n{} = 1\n", "k".repeat(65_536)), "unknown-key"),
        (format!("[[data]]\nid = \"c\"\nname = \"{}\n", "A".repeat(65_536)), "invalid-toml"),
    ] {
        let root = folder(&[("a.toml", &record)]);
        let faults = faults(root.path());
        assert_eq!((faults.len(), faults[0].rule.as_str()), (1, shown));
        assert!(faults[0].message.len() < 1_000);
        assert!(text_of(root.path(), DAY).len() < 4_096, "{shown}");
    }
    let longest = format!("[[data]]\nid = \"c\"\nname = \"{}\"\nnotes = \"{}\"\n", "é".repeat(512), "é".repeat(65_536));
    assert!(faults_in(&longest).is_empty());
}

#[test]
fn a_file_of_4_mib_is_read_and_one_byte_more_is_not() {
    let record = "[[data]]\nid = \"c\"\nname = \"x\"\n#";
    let most = format!("{record}{}", "#".repeat((4 << 20) - record.len()));
    assert!(faults_in(&most).is_empty());
    let found = only(&format!("{most}#"));
    assert_eq!((found.rule.as_str(), found.file.as_str()), ("over-limit", "records.toml"));
    // The size is seen before anything is read.
    let root = folder(&[]);
    let sparse = fs::File::create(root.path().join("big.toml")).expect("a file");
    sparse.set_len(3 << 30).expect("a sparse file");
    let faults = faults(root.path());
    assert_eq!((faults.len(), faults[0].rule.as_str()), (1, "over-limit"));
}

#[test]
fn five_hundred_problems_are_told_and_all_are_counted() {
    // Keys of one file, of several, and references, which are followed after all files were read.
    let keys = |from: usize, to: usize| {
        let keys: Vec<String> = (from..to).map(|n| format!("k{n} = 1")).collect();
        format!("[[data]]\nid = \"c{from}\"\nname = \"c\"\n{}\n", keys.join("\n"))
    };
    let list: Vec<String> = (0..1_200).map(|n| format!("ghost-{n}")).collect();
    let ghosts =
        base() + &party("affiliate", "x", "FR", "controller") + &transfer("de", "x", &format!("safeguards = {list:?}"));
    let one = [("a.toml", keys(0, 1_200))];
    let four = [0, 1, 2, 3].map(|n| (["a/1.toml", "a/2.toml", "b.toml", "c.toml"][n], keys(n * 300, n * 300 + 300)));
    let late = [("a.toml", ghosts)];
    for (files, rule) in [(&one[..], "unknown-key"), (&four, "unknown-key"), (&late, "unknown-reference")] {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let root = folder(&files);
        let found = faults(root.path());
        assert_eq!(found.len(), 500);
        let (counted, told): (Vec<&Fault>, Vec<&Fault>) = found.iter().partition(|fault| fault.rule == "over-limit");
        assert!(told.iter().all(|fault| fault.rule == rule), "{told:#?}");
        assert_eq!(
            counted[0].message, "this register has 1200 problems, of which 499 are told: 701 more are not",
            "the first ones in the order of files are told"
        );
        assert!(told.iter().any(|fault| fault.shown.contains("k0") || fault.shown.contains("ghost-0")), "{told:#?}");
        let text = text_of(root.path(), DAY);
        assert!(text.len() < 1 << 20);
        assert_eq!(text.matches(&format!("error[{rule}]")).count(), 499);
        assert!(text.contains("no verdict: the register has 1200 problems"), "{}", &text[text.len() - 300..]);
    }
    let root = folder(&[("a.toml", &keys(0, 499))]);
    assert!(faults(root.path()).iter().all(|fault| fault.rule == "unknown-key"), "nothing is left to count");
    // Syntax errors echo each other: some are shown, all are counted.
    let found = faults_in(&"= n\n".repeat(5_000));
    assert!((2..=20).contains(&found.len()), "{}", found.len());
    assert!(found.iter().any(|fault| fault.message.contains("more syntax errors")), "{found:#?}");
}

#[test]
fn the_organisations_own_law_adds_and_replaces_and_says_so() {
    let decision = |id: &str, more: &str| {
        let keys =
            "regime = \"eu\"\njurisdictions = [\"US\"]\nfrom = 2020-01-01\nonward = \"contract\"\ncitation = \"C\"";
        format!("[[adequacy]]\nid = \"{id}\"\n{keys}\n{more}\n")
    };
    assert!(faults_in(&decision("eu-us-new", "")).is_empty());
    assert!(faults_in(&decision("eu-us-dpf", "overrides = true")).is_empty());
    let found = only(&decision("eu-us-dpf", ""));
    assert_eq!(found.rule, "duplicate-id");
    assert!(found.message.contains("`eu-us-dpf`") && found.help.contains("overrides = true"), "{found:?}");
    let found = only(&decision("eu-us-new", "overrides = true"));
    assert_eq!((found.rule.as_str(), found.shown.as_str()), ("unknown-reference", "true"));
    let found = only(&(decision("mine", "") + &decision("mine", "")));
    assert_eq!(found.rule, "duplicate-id");
    // One record of the book is replaced once: which of two would be law is not left to their order.
    let found = only(&(decision("eu-us-dpf", "overrides = true") + &decision("eu-us-dpf", "overrides = true")));
    assert_eq!(found.rule, "duplicate-id");
    assert!(faults_in(&decision("a-day", "until = 2020-01-01")).is_empty(), "a decision of one day");
    let versions = |until: &str| {
        let first = format!(
            "[[regime.version]]\nid = \"x1\"\nname = \"X\"\nfrom = 2020-01-01\nuntil = {until}\ncitation = \"C\"\n"
        );
        let second = "[[regime.version]]\nid = \"x2\"\nname = \"X\"\nfrom = 2021-01-01\ncitation = \"C\"\n";
        let regime = "[[regime]]\nid = \"x\"\nname = \"X\"\nterritory = [\"VN\"]\n";
        faults_in(&[regime, &first, second].concat()).into_iter().map(|fault| fault.message).collect::<Vec<_>>()
    };
    assert_eq!((versions("2020-12-31"), versions("2020-06-30")), (vec![], vec![]));
    assert_eq!(versions("2021-01-01"), ["two versions of this regime are in force at once"]);
    for (from, to, rule, shown, advice) in [
        ("\"eu\"", "\"euu\"", "unknown-reference", "\"euu\"", "did you mean `eu`?"),
        ("[\"US\"]", "[\"DE\", \"UK\"]", "unknown-jurisdiction", "\"UK\"", "`GB`"),
        ("\"contract\"", "\"contracts\"", "invalid-value", "\"contracts\"", "did you mean `contract`?"),
        ("2020-01-01", "2020-01-01\nuntil = 2019-01-01", "invalid-value", "2019-01-01", ""),
    ] {
        let found = only(&decision("mine", "").replace(from, to));
        assert_eq!((found.rule.as_str(), found.shown.as_str()), (rule, shown), "{found:?}");
        assert!(found.help.contains(advice), "{found:?}");
    }
    let acceptance = "[[acceptance]]\nregime = \"eu\"\ninstrument = \"eu-scc-2021-914\"\ncitation = \"C\"\n";
    assert_eq!(only(acceptance).rule, "duplicate-id");
    assert!(faults_in(&format!("{acceptance}overrides = true\n")).is_empty());
}

#[test]
fn records_may_use_law_and_places_that_stand_in_other_files() {
    let root = folder(&[
        ("a.toml", &base()),
        (
            "a/safeguard.toml",
            "[[safeguard]]\nid = \"x\"\ninstrument = \"house\"\nparties = [\"de\"]\nsigned = 2020-01-01\n",
        ),
        ("b/law.toml", "[[instrument]]\nid = \"house\"\nname = \"H\"\nkind = \"contract\"\ncitation = \"C\"\n"),
        ("b/area.toml", "[[area]]\nid = \"mine\"\nname = \"M\"\nmembers = [{ code = \"XA\" }]\n"),
        (
            "c/statement.toml",
            "[[statement]]\nid = \"x\"\nnotice = \"n\"\nquote = \"q\"\ndiscloses = { outside = [\"mine\"] }\n",
        ),
        ("d/place.toml", "[[jurisdiction]]\ncode = \"XA\"\nname = \"A ship\"\n"),
    ]);
    assert!(faults(root.path()).is_empty(), "{:#?}", faults(root.path()));
}

#[test]
fn a_broken_register_ends_with_status_2_and_a_report_without_verdicts() {
    for broken in ["= 1\n", "[[transfer]]\nto = \"ghost\"\n", "[[nothing]]\n", "a = \"\\u0000\"\n"] {
        let root = folder(&[("base.toml", &base()), ("a.toml", broken)]);
        let path = root.path().to_str().expect("a path");
        let before = fs::read_dir(root.path()).expect("a folder").count();
        for more in [&[][..], &["--exit-zero"], &["--deny-warnings"]] {
            let done = onward(&[&["check", path, "--as-of", DAY, "--format", "json"], more].concat());
            assert_eq!(done.status.code(), Some(2), "{broken}");
            let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
            assert!(report["verdicts"].is_null(), "{broken}");
            assert!(report["findings"].as_array().is_some_and(|findings| !findings.is_empty()), "{broken}");
        }
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), before);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_no_verdict_and_a_reader_that_leaves_is_no_failure() {
    use std::process::{Command, Stdio};
    let root = folder(&[("records.toml", CATALOGUE)]);
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onward"));
        command.arg("check").arg(root.path()).args(["--as-of", DAY, "--format", "json"]);
        command
    };
    let full = fs::File::options().write(true).open("/dev/full").expect("/dev/full");
    assert_eq!(check().stdout(full).stderr(Stdio::null()).status().expect("onward runs").code(), Some(2));
    let mut child = check().stdout(Stdio::piped()).spawn().expect("onward runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    let out = tempfile::tempdir().expect("a folder");
    let report = format!("json={}", out.path().display());
    assert_eq!(check().args(["--report", &report]).output().expect("onward runs").status.code(), Some(2));
    assert_eq!(fs::read_dir(out.path()).expect("a folder").count(), 0);
}

#[test]
fn a_day_or_format_of_the_command_line_that_does_not_exist_is_refused() {
    let root = folder(&[("records.toml", CATALOGUE)]);
    let path = root.path().to_str().expect("a path");
    for arguments in [
        ["--as-of", "2025-02-30"],
        ["--as-of", "tomorrow"],
        ["--as-of", ""],
        ["--as-of", "2025-1-1"],
        ["--as-of", "20250101"],
        ["--as-of", "2025-01-01T00:00:00"],
        ["--as-of", "-000001-01-01"],
        ["--as-of", "0000-01-01"],
        ["--format", "xml"],
        ["--report", "json"],
        ["--report", "json="],
        ["--report", "xml=x"],
        ["--bogus", "x"],
    ] {
        let done = onward(&[&["check", path], &arguments[..]].concat());
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(done.stdout.is_empty() && !done.stderr.is_empty(), "{arguments:?}");
    }
    for day in ["1900-01-01", "2024-02-29", "9999-12-31"] {
        assert_eq!(onward(&["check", path, "--as-of", day]).status.code(), Some(0), "{day}");
    }
}

#[test]
fn the_order_of_files_and_records_changes_no_finding() {
    let parts = [base(), transfer("de", "ghost", ""), party("reseller", "r", "UK", "controller"), "[[x]]\n".to_owned()];
    let told = |files: &[(&str, &str)]| {
        let found = faults(folder(files).path());
        found.into_iter().map(|fault| (fault.rule, fault.shown, fault.message, fault.help)).collect::<BTreeSet<_>>()
    };
    let [a, b, c, d] = parts.each_ref().map(String::as_str);
    let one = told(&[("1.toml", a), ("2.toml", b), ("3.toml", c), ("4.toml", d)]);
    assert_eq!(one.len(), 3, "{one:#?}");
    assert_eq!(told(&[("4.toml", a), ("3.toml", b), ("2.toml", c), ("1.toml", d)]), one);
    assert_eq!(told(&[("all.toml", &[d, c, b, a].concat())]), one);
}
