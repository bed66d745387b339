//! What every page says around its own content: whose register it is, on which day, in what state.

use jiff::civil::Date;
use serde::Serialize;

use super::Imprint;
use super::imprint::Edition;
use crate::finding::Level;
use crate::flow::{Assessment, Outcome};
use crate::prose;
use crate::report::{AsOfSource, Run};

/// The lists that every page leads to, in the order of the navigation.
const NAVIGATION: [(&str, &str); 16] = [
    ("index.html", "Overview"),
    ("send.html", "Can I send this?"),
    ("parties.html", "Parties"),
    ("transfers.html", "Transfers"),
    ("chains.html", "Chains"),
    ("data.html", "Data"),
    ("subjects.html", "People"),
    ("purposes.html", "Purposes"),
    ("safeguards.html", "Safeguards"),
    ("places.html", "Places"),
    ("map.html", "Map"),
    ("graph.html", "Graph"),
    ("findings.html", "Findings"),
    ("calendar.html", "Calendar"),
    ("law.html", "Law"),
    ("about.html", "About"),
];

/// What every page says.
#[derive(Debug, Serialize)]
pub(super) struct Shell<'a> {
    organisation: &'a str,
    title: &'a str,
    as_of: String,
    /// Whether the day is that of the clock, so that a copy gets old.
    clock: bool,
    version: &'static str,
    status: String,
    status_look: &'static str,
    navigation: Vec<Entry>,
    /// The day of the law book.
    law: Option<String>,
    /// The commit that the register is at, in words.
    revision: Option<String>,
    /// Whether there is a picture for the head.
    logo: bool,
    /// A sentence of the house.
    footer: Option<&'a str>,
    #[serde(skip)]
    imprint: &'a Imprint,
    #[serde(skip)]
    day: Date,
}

#[derive(Clone, Debug, Serialize)]
struct Entry {
    href: &'static str,
    name: &'static str,
}

impl<'a> Shell<'a> {
    pub(super) fn of(run: &'a Run<'a>, assessment: &Assessment<'_>, imprint: &'a Imprint, logo: bool) -> Self {
        let settings = &run.register.settings;
        let (status, status_look) = status(run, assessment);
        Self {
            organisation: &settings.organisation,
            title: settings.title.as_deref().unwrap_or("Transfer register"),
            as_of: run.as_of.to_string(),
            clock: run.as_of_source == AsOfSource::Today,
            version: env!("CARGO_PKG_VERSION"),
            status,
            status_look,
            navigation: NAVIGATION.map(|(href, name)| Entry { href, name }).to_vec(),
            law: assessment.flow.law.law.updated.map(|day| day.to_string()),
            revision: imprint.revision(),
            logo,
            footer: settings.house.footer.as_deref(),
            imprint,
            day: run.as_of,
        }
    }

    /// The other days of the site, as a page leads to them.
    pub(super) fn editions(&self, page: &str) -> Vec<Edition> {
        self.imprint.editions(self.day, page)
    }
}

/// The verdict on the whole register in a sentence.
pub(super) fn status(run: &Run<'_>, assessment: &Assessment<'_>) -> (String, &'static str) {
    let live = run.docket.findings().iter().filter(|finding| finding.is_live(Level::Deny)).count();
    let broken = assessment.verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Violation).count();
    if broken > 0 {
        let have = if broken == 1 { "1 transfer has".to_owned() } else { format!("{broken} transfers have") };
        (format!("{have} no safeguard that the law of {} accepts", run.as_of), "bad")
    } else if live > 0 {
        (format!("{} must be dealt with", prose::count(live, "finding")), "bad")
    } else {
        (format!("Every transfer has what the law of {} asks for", run.as_of), "good")
    }
}
