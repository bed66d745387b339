//! Templates: built in, strict, and escaping everything.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde::Serialize;

use super::imprint::Edition;
use super::page::{List, Record, Table};
use super::parts;
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
    ("rows", include_str!("../../site-templates/rows.html")),
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

/// The most rows of a list that its script sorts and filters; past that a browser is slow.
const MAX_SORTED: usize = 10_000;

/// The pages made so far, of all or of those that are wanted.
pub(super) struct Pages<'a> {
    renderer: &'a Renderer,
    shell: &'a Shell<'a>,
    wanted: Option<&'a str>,
    files: Vec<Page>,
}

impl<'a> Pages<'a> {
    /// Every page, or the one of a name.
    pub(super) fn new(renderer: &'a Renderer, shell: &'a Shell<'a>, wanted: Option<&'a str>) -> Self {
        Self { renderer, shell, wanted, files: Vec::new() }
    }

    /// Whether anything of a page is to be made.
    fn wants(&self, page: &str) -> bool {
        self.wanted.is_none_or(|wanted| parts::stem(wanted) == parts::stem(page))
    }

    /// Whether a part of a page, or what belongs to it, is to be made.
    fn wants_part(&self, name: &str) -> bool {
        self.wanted.is_none_or(|wanted| wanted == name)
    }

    /// Renders a page, if it is wanted.
    pub(super) fn add<V: Serialize>(
        &mut self,
        template: &str,
        name: &str,
        (title, under): (&str, &str),
        view: impl FnOnce() -> V,
    ) -> Result<(), Error> {
        if self.wants_part(name) { self.put(template, name.to_owned(), name, (title, under), &view()) } else { Ok(()) }
    }

    /// Renders the page of a record, and more pages where it is long.
    pub(super) fn record(
        &mut self,
        name: &str,
        (title, under): (&str, &str),
        record: impl FnOnce() -> Record,
    ) -> Result<(), Error> {
        self.parts("record", name, (title, under), || record().in_parts(name))
    }

    /// Renders a page in parts, each a page of its own.
    pub(super) fn parts<V: Serialize>(
        &mut self,
        template: &str,
        name: &str,
        (title, under): (&str, &str),
        parts: impl FnOnce() -> Vec<V>,
    ) -> Result<(), Error> {
        if self.wants(name) {
            for (number, view) in (1..).zip(parts()) {
                self.put(template, parts::name(name, number), name, (title, under), &view)?;
            }
        }
        Ok(())
    }

    /// Renders the page of a list; where it is long, more pages, and a script with all of its rows
    /// for a reader who sorts them or chooses from them.
    pub(super) fn list(&mut self, name: &str, under: &str, list: impl FnOnce() -> List) -> Result<(), Error> {
        if !self.wants(name) {
            return Ok(());
        }
        let mut list = list();
        let rows: usize = list.tables.iter().map(|table| table.rows.here.len()).sum();
        if rows <= MAX_SORTED && parts::is_long(&list.tables) {
            let script = format!("{}.rows.js", parts::stem(name));
            if self.wants_part(&script) {
                let rows = self.rows(&list.tables)?;
                self.files.push(Page::new(&*script, rows));
            }
            list.script = Some(script);
        }
        self.parts("list", name, (list.title, under), || list.in_parts(name))
    }

    /// The rows of tables, as a script.
    fn rows(&self, tables: &[Table]) -> Result<String, Error> {
        let template = self.renderer.0.get_template("rows")?;
        let mut all: BTreeMap<&str, String> = BTreeMap::new();
        for table in tables {
            all.insert(table.id, template.render(minijinja::Value::from(Serde(table)))?);
        }
        // Serializing texts into memory cannot fail.
        Ok(format!("window.onwardRows = {};\n", serde_json::to_string(&all).unwrap_or_default()))
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
        if !self.wants_part(&name) {
            return Ok(());
        }
        let page = PageHead { title, under, editions: self.shell.editions(first) };
        let context = Context { shell: self.shell, page, view };
        let text = self.renderer.0.get_template(template)?.render(minijinja::Value::from(Serde(&context)))?;
        self.files.push(Page::new(name, text));
        Ok(())
    }

    pub(super) fn into_files(self) -> Vec<Page> {
        self.files
    }
}
