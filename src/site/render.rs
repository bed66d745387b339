//! Templates: built in, strict, and escaping everything.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde::Serialize;

use super::{Look, Page};
use crate::finding::Level;
use crate::flow::{Assessment, Outcome};
use crate::prose;
use crate::report::{AsOfSource, Run};

/// The stylesheet.
const STYLE: &str = include_str!("../../site-templates/style.css");

/// The script: what a page does beyond standing there.
const SCRIPT: &str = include_str!("../../site-templates/site.js");

const TEMPLATES: [(&str, &str); 13] = [
    ("base", include_str!("../../site-templates/base.html")),
    ("parts", include_str!("../../site-templates/parts.html")),
    ("overview", include_str!("../../site-templates/overview.html")),
    ("list", include_str!("../../site-templates/list.html")),
    ("record", include_str!("../../site-templates/record.html")),
    ("transfer", include_str!("../../site-templates/transfer.html")),
    ("findings", include_str!("../../site-templates/findings.html")),
    ("rule", include_str!("../../site-templates/rule.html")),
    ("redirect", include_str!("../../site-templates/redirect.html")),
    ("send", include_str!("../../site-templates/send.html")),
    ("notice", include_str!("../../site-templates/notice.html")),
    ("whole", include_str!("../../site-templates/whole.html")),
    ("about", include_str!("../../site-templates/about.html")),
];

/// The lists that every page leads to, in the order of the navigation.
const NAVIGATION: [(&str, &str); 14] = [
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
    ("findings.html", "Findings"),
    ("calendar.html", "Calendar"),
    ("law.html", "Law"),
    ("about.html", "About"),
];

/// The files that make the site look as it does, and that a team may have its own of.
pub(super) const STATIC: [(&str, &str); 2] = [("site.js", SCRIPT), ("style.css", STYLE)];

/// The names of the files of the look.
pub(super) fn names() -> Vec<String> {
    let templates = TEMPLATES.iter().map(|(name, _)| format!("{name}.html"));
    templates.chain(STATIC.iter().map(|(name, _)| (*name).to_owned())).collect()
}

/// The template engine, ready.
pub(super) struct Renderer(Environment<'static>);

impl Renderer {
    /// With a team's own templates in the place of those of the same names.
    pub(super) fn new(look: &Look) -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        for (name, source) in TEMPLATES {
            let own = look.file(&format!("{name}.html"));
            environment.add_template_owned(name, own.unwrap_or(source).to_owned())?;
        }
        Ok(Self(environment))
    }
}

/// What every page says.
#[derive(Debug, Serialize)]
struct Shell<'a> {
    organisation: &'a str,
    title: &'a str,
    as_of: String,
    /// Whether the day is that of the clock, so that a copy gets old.
    clock: bool,
    version: &'static str,
    status: String,
    status_look: &'static str,
    navigation: Vec<Entry>,
}

#[derive(Clone, Debug, Serialize)]
struct Entry {
    href: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Context<'a, V> {
    shell: &'a Shell<'a>,
    page: PageHead<'a>,
    view: &'a V,
}

#[derive(Serialize)]
struct PageHead<'a> {
    title: &'a str,
    /// The entry of the navigation that it belongs to.
    under: &'a str,
}

/// The pages made so far.
pub(super) struct Pages<'a> {
    renderer: &'a Renderer,
    shell: Shell<'a>,
    files: Vec<Page>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(renderer: &'a Renderer, run: &'a Run<'a>, assessment: &Assessment<'_>) -> Self {
        let settings = &run.register.settings;
        let (status, status_look) = status(run, assessment);
        let shell = Shell {
            organisation: &settings.organisation,
            title: settings.title.as_deref().unwrap_or("Transfer register"),
            as_of: run.as_of.to_string(),
            clock: run.as_of_source == AsOfSource::Today,
            version: env!("CARGO_PKG_VERSION"),
            status,
            status_look,
            navigation: NAVIGATION.map(|(href, name)| Entry { href, name }).to_vec(),
        };
        Self { renderer, shell, files: Vec::new() }
    }

    /// Renders a page.
    pub(super) fn add<V: Serialize>(
        &mut self,
        template: &str,
        name: impl Into<String>,
        title: &str,
        under: &str,
        view: &V,
    ) -> Result<(), Error> {
        let context = Context { shell: &self.shell, page: PageHead { title, under }, view };
        let text = self.renderer.0.get_template(template)?.render(minijinja::Value::from(Serde(&context)))?;
        self.files.push(Page { name: name.into(), text });
        Ok(())
    }

    pub(super) fn into_files(self) -> Vec<Page> {
        self.files
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
