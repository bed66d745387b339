//! Templates: built in, strict, and escaping everything.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde::Serialize;

use super::imprint::Edition;
use super::page::Record;
use super::shell::Shell;
use super::{Look, Page};

/// The stylesheet.
pub(super) const STYLE: &str = include_str!("../../site-templates/style.css");

/// The script: what a page does beyond standing there.
pub(super) const SCRIPT: &str = include_str!("../../site-templates/site.js");

const TEMPLATES: [(&str, &str); 15] = [
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
    ("map", include_str!("../../site-templates/map.html")),
    ("graph", include_str!("../../site-templates/graph.html")),
    ("whole", include_str!("../../site-templates/whole.html")),
    ("about", include_str!("../../site-templates/about.html")),
];

/// The names of the files of the look.
pub(super) fn names() -> Vec<String> {
    let templates = TEMPLATES.iter().map(|(name, _)| format!("{name}.html"));
    templates.chain(["site.js", "style.css"].map(str::to_owned)).collect()
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
    /// The other days of the site.
    editions: Vec<Edition>,
}

/// The pages made so far.
pub(super) struct Pages<'a> {
    renderer: &'a Renderer,
    shell: &'a Shell<'a>,
    files: Vec<Page>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(renderer: &'a Renderer, shell: &'a Shell<'a>) -> Self {
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
        let name = name.into();
        self.put(template, name.clone(), &name, (title, under), view)
    }

    /// Renders a page that belongs to another: whoever looks at it on another day comes to that one.
    fn put<V: Serialize>(
        &mut self,
        template: &str,
        name: String,
        first: &str,
        (title, under): (&str, &str),
        view: &V,
    ) -> Result<(), Error> {
        let page = PageHead { title, under, editions: self.shell.editions(first) };
        let context = Context { shell: self.shell, page, view };
        let text = self.renderer.0.get_template(template)?.render(minijinja::Value::from(Serde(&context)))?;
        self.files.push(Page::new(name, text));
        Ok(())
    }

    /// Renders the page of a record, and more pages where it is long.
    pub(super) fn record(
        &mut self,
        name: impl Into<String>,
        title: &str,
        under: &str,
        record: Record,
    ) -> Result<(), Error> {
        let first = name.into();
        for (name, part) in record.in_parts(&first) {
            self.put("record", name, &first, (title, under), &part)?;
        }
        Ok(())
    }

    pub(super) fn into_files(self) -> Vec<Page> {
        self.files
    }
}
