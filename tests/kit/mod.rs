//! Small registers, and what is asked of them.

mod done;
pub mod runner;

pub use done::done;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use jiff::civil::Date;
use onward::finding::{Docket, Finding, Located, locate};
use onward::flow::Assessment;
use onward::mend::Sought;
use onward::register::{self, Opened};
use onward::report::{AsOfSource, Run, Style, json, text};
use onward::rules;
use onward::site::{self, Imprint, Look};
use onward::source::Sources;
use proptest::prelude::ProptestConfig;
use serde_json::Value;
use tempfile::TempDir;

/// How many random registers a property is held against: what `PROPTEST_CASES` says, or so many.
pub fn cases(some: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if env::var_os("PROPTEST_CASES").is_some() { config } else { ProptestConfig { cases: some, ..config } }
}

/// The head of a `register.toml`.
pub const HEAD: &str = "[register]\nformat = 1\norganisation = \"Acme\"\n";

/// A register's folder with some files; `register.toml` is added where it is not among them.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    if !files.iter().any(|(name, _)| *name == "register.toml") {
        fs::write(folder.path().join("register.toml"), HEAD).expect("register.toml");
    }
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, content).expect("a file");
    }
    folder
}

/// A folder, copied with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let into = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &into);
        } else {
            fs::copy(entry.path(), into).expect("a file");
        }
    }
}

/// Writes one text for another, where it first stands in a file of a folder.
pub fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("the file");
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(path, text.replacen(from, to, 1)).expect("the file");
}

/// What came out of judging a register, as the JSON report says it.
#[derive(Debug)]
pub struct Judged {
    /// The report.
    pub report: Value,
}

/// Judges records on a day.
pub fn judge(records: &str, day: &str) -> Judged {
    let folder = folder(&[("records.toml", records)]);
    judge_folder(folder.path(), day)
}

/// Judges a folder on a day.
pub fn judge_folder(folder: &Path, day: &str) -> Judged {
    Judged { report: serde_json::from_str(&reported(folder, day, json::render)).expect("JSON") }
}

/// The text report of a folder on a day.
pub fn text_of(folder: &Path, day: &str) -> String {
    reported(folder, day, |run| text::render(run, Style::default()))
}

/// A report of a folder on a day.
pub fn reported(folder: &Path, day: &str, render: impl Fn(&Run<'_>) -> String) -> String {
    with_run(folder, day, render)
}

/// The files of the site of a folder on a day, by name; none where it has no verdict.
pub fn site_of(folder: &Path, day: &str) -> BTreeMap<String, String> {
    let pages = with_run(folder, day, |run| site::pages(run, &Look::default(), &Imprint::default()).expect("pages"));
    pages.into_iter().map(|page| (page.name, String::from_utf8(page.bytes).expect("UTF-8"))).collect()
}

/// What is made of the run of a folder on a day.
pub fn with_run<T>(folder: &Path, day: &str, then: impl FnOnce(&Run<'_>) -> T) -> T {
    with_run_of(register::open(folder), locate, day, then)
}

/// What is made of the run of a register on a day; findings are located by `place`.
pub fn with_run_of<T>(
    opened: Opened,
    place: impl for<'f> FnOnce(&Sources, &'f [Finding]) -> Vec<Located<'f>>,
    day: &str,
    then: impl FnOnce(&Run<'_>) -> T,
) -> T {
    let day: Date = day.parse().expect("a day");
    let mut docket = Docket::of(opened.problems);
    let assessment = (!docket.is_unusable()).then(|| Assessment::of(&opened.register, &opened.law, day));
    if let Some(assessment) = &assessment {
        rules::run(assessment, &mut docket);
    }
    let mends = Sought::of(assessment.as_ref());
    then(&Run {
        as_of: day,
        as_of_source: AsOfSource::Option,
        sources: &opened.sources,
        prefix: "",
        register: &opened.register,
        assessment: assessment.as_ref(),
        docket: &docket,
        located: &place(&opened.sources, docket.findings()),
        mends: &mends,
        since: None,
    })
}

impl Judged {
    /// The verdicts; a register without one fails the test with its findings.
    pub fn verdicts(&self) -> &[Value] {
        self.report["verdicts"].as_array().unwrap_or_else(|| panic!("no verdict: {:#}", self.report["findings"]))
    }

    /// The verdict on a leg under a regime.
    pub fn verdict(&self, from: &str, to: &str, regime: &str) -> &Value {
        let found = self.find(from, to, regime);
        found.unwrap_or_else(|| panic!("no verdict {from} -> {to} under {regime}: {:#}", self.report["verdicts"]))
    }

    /// The verdict on a leg under a regime, if there is one.
    pub fn find(&self, from: &str, to: &str, regime: &str) -> Option<&Value> {
        self.verdicts()
            .iter()
            .find(|verdict| verdict["from"] == from && verdict["to"] == to && verdict["regime"] == regime)
    }

    /// The outcome of a leg under a regime; `none` where the regime has nothing on it.
    pub fn outcome(&self, from: &str, to: &str, regime: &str) -> &str {
        self.find(from, to, regime).map_or("none", |verdict| verdict["outcome"].as_str().expect("an outcome"))
    }

    /// The reasons of a verdict, `ID: REASON` each; a reason about nothing recorded stands alone.
    pub fn reasons(&self, from: &str, to: &str, regime: &str) -> Vec<String> {
        let reasons = self.verdict(from, to, regime)["reasons"].as_array().expect("reasons");
        reasons
            .iter()
            .map(|reason| {
                let kind = reason["reason"].as_str().expect("a reason");
                match reason["safeguard"].as_str().or(reason["decision"].as_str()) {
                    Some(id) => format!("{id}: {kind}"),
                    None => kind.to_owned(),
                }
            })
            .collect()
    }

    /// The rules of all findings, sorted, each as often as it was found.
    pub fn rules(&self) -> Vec<&str> {
        let findings = self.report["findings"].as_array().expect("findings");
        let mut rules: Vec<&str> = findings.iter().map(|finding| finding["rule"].as_str().expect("a rule")).collect();
        rules.sort_unstable();
        rules
    }

    /// The findings of a rule.
    pub fn findings(&self, rule: &str) -> Vec<&Value> {
        let findings = self.report["findings"].as_array().expect("findings");
        findings.iter().filter(|finding| finding["rule"] == rule).collect()
    }
}

/// Runs the real program.
pub fn onward(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onward")).args(arguments).env_remove("NO_COLOR").output().expect("onward runs")
}

/// The catalogue that most small registers share: one category `c`, one group `s`, one purpose `p`.
pub const CATALOGUE: &str = r#"
[[data]]
id = "c"
name = "Contact details"
[[subjects]]
id = "s"
name = "Customers"
[[purpose]]
id = "p"
name = "Support"
"#;

/// A party record: `affiliate de DE controller`.
pub fn party(kind: &str, id: &str, jurisdiction: &str, role: &str) -> String {
    format!("[[{kind}]]\nid = \"{id}\"\nname = \"{id}\"\njurisdiction = \"{jurisdiction}\"\nrole = \"{role}\"\n")
}

/// A collection of `c` about `s` for `p` by a party from people in a place.
pub fn collected(by: &str, subjects_in: &str) -> String {
    format!(
        "[[collection]]\nid = \"by-{by}\"\nby = \"{by}\"\ndata = [\"c\"]\nsubjects = [\"s\"]\npurposes = [\"p\"]\nsubjects-in = [\"{subjects_in}\"]\n"
    )
}

/// A transfer of `c` for `p`, with more keys where wanted.
pub fn transfer(from: &str, to: &str, more: &str) -> String {
    format!("[[transfer]]\nfrom = \"{from}\"\nto = \"{to}\"\ndata = [\"c\"]\npurposes = [\"p\"]\n{more}\n")
}

/// One leg out of a territory, and one safeguard (`g`) on it: the shape of most questions of law.
#[derive(Clone, Debug)]
pub struct Leg {
    from: String,
    to: String,
    roles: String,
    regime: String,
    party: String,
    keys: String,
    safeguards: Vec<String>,
    more: String,
}

impl Leg {
    /// A leg from one place to another, judged under a regime. Both parties are of one group.
    pub fn new(regime: &str, from: &str, to: &str, roles: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            roles: roles.to_owned(),
            regime: regime.to_owned(),
            party: String::new(),
            keys: String::new(),
            safeguards: Vec::new(),
            more: String::new(),
        }
    }

    /// More keys of the recipient.
    pub fn recipient(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.party);
        self
    }

    /// More keys of the transfer.
    pub fn keys(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.keys);
        self
    }

    /// More records.
    pub fn records(mut self, records: &str) -> Self {
        self.more.push_str(records);
        self.more.push('\n');
        self
    }

    /// A safeguard on the leg, binding both ends unless `keys` say otherwise; the first is `g`,
    /// the second `h`.
    pub fn safeguard(mut self, instrument: &str, keys: &str) -> Self {
        let id = ["g", "h", "i", "j"][self.safeguards.len()];
        let parties = if keys.contains("parties") { "" } else { "parties = [\"from\", \"to\"]\n" };
        self.safeguards.push(format!("[[safeguard]]\nid = \"{id}\"\ninstrument = \"{instrument}\"\n{parties}{keys}\n"));
        self
    }

    /// An assessment (`look`) of the recipient's place.
    pub fn assessed(self, date: &str, outcome: &str) -> Self {
        let to = self.to.clone();
        self.records(&format!(
            "[[jurisdiction]]\ncode = \"{to}\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = {date}\noutcome = \"{outcome}\""
        ))
    }

    /// The register of the leg.
    pub fn register(&self) -> String {
        let ids: Vec<&str> = ["g", "h", "i", "j"][..self.safeguards.len()].to_vec();
        let roles: Vec<&str> =
            self.roles.split('2').map(|role| if role == "c" { "controller" } else { "processor" }).collect();
        [
            CATALOGUE.to_owned(),
            party("affiliate", "from", &self.from, roles[0]),
            party("affiliate", "to", &self.to, roles[1]),
            self.party.clone() + "\n",
            collected("from", &self.from),
            transfer("from", "to", &format!("roles = \"{}\"\nsafeguards = {ids:?}\n{}", self.roles, self.keys)),
            self.safeguards.join("\n"),
            self.more.clone(),
        ]
        .join("\n")
    }

    /// What comes out on a day: the outcome, and after a violation the safeguards' reasons.
    pub fn on(&self, day: &str) -> String {
        let judged = judge(&self.register(), day);
        let outcome = judged.outcome("from", "to", &self.regime).to_owned();
        if outcome != "violation" {
            return outcome;
        }
        let mut reasons = judged.reasons("from", "to", &self.regime);
        reasons.retain(|reason| ["g: ", "h: ", "i: ", "j: "].iter().any(|id| reason.starts_with(id)));
        if reasons.is_empty() { outcome } else { format!("{outcome}: {}", reasons.join(", ")) }
    }
}
