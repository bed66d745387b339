//! Templates: built in, strict, and escaping everything.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, State, UndefinedBehavior, Value};
use serde::Serialize;

use super::cells::Forms;
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
        // Learnt when it is first asked for: a team's own templates need not ask.
        let forms = OnceLock::new();
        environment.add_function(
            "filled",
            move |state: &State<'_, '_>, cells: Value, before: String, after: String| {
                if forms.get().is_none() {
                    let _ = forms.set(Forms::learn(state.env())?);
                }
                forms.get().map_or_else(|| Ok(Value::UNDEFINED), |forms| forms.filled(&cells, &before, &after))
            },
        );
        Ok(Self(environment))
    }
}

#[derive(Serialize)]
struct Context<'a, V> {
    shell: &'a Value,
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

/// Which pages of a kind are to be made.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// The one of a name.
    Named(&'a str),
    /// Every one whose turn it is, of so many: threads share the pages of a kind.
    Share {
        /// Whose turn, from 0.
        turn: usize,
        /// How many take turns.
        of: usize,
    },
}

/// The pages made so far, of those that are wanted.
pub(super) struct Pages<'a> {
    renderer: &'a Renderer,
    shell: &'a Shell<'a>,
    /// The shell as templates see it: the same on every page.
    said: &'a Value,
    wanted: Wanted<'a>,
    /// How many pages had their turn, made or not.
    turns: usize,
    files: Vec<Page>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(renderer: &'a Renderer, shell: &'a Shell<'a>, said: &'a Value, wanted: Wanted<'a>) -> Self {
        Self { renderer, shell, said, wanted, turns: 0, files: Vec::new() }
    }

    /// Whether anything of a page is to be made.
    fn wants(&mut self, page: &str) -> bool {
        self.turns += 1;
        match self.wanted {
            Wanted::Named(wanted) => parts::stem(wanted) == parts::stem(page),
            Wanted::Share { turn, of } => self.turns % of == turn,
        }
    }

    /// Whether a part of a page whose turn it is, or what belongs to it, is to be made.
    fn wants_part(&self, name: &str) -> bool {
        match self.wanted {
            Wanted::Named(wanted) => wanted == name,
            Wanted::Share { .. } => true,
        }
    }

    /// Renders a page, if it is wanted.
    pub(super) fn add<V: Serialize>(
        &mut self,
        template: &str,
        name: &str,
        (title, under): (&str, &str),
        view: impl FnOnce() -> V,
    ) -> Result<(), Error> {
        if self.wants(name) && self.wants_part(name) {
            self.put(template, name.to_owned(), name, (title, under), &view())
        } else {
            Ok(())
        }
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
        if self.wants(name) { self.put_all(template, name, (title, under), parts()) } else { Ok(()) }
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
        self.put_all("list", name, (list.title, under), list.in_parts(name))
    }

    /// The rows of tables, as a script.
    fn rows(&self, tables: &[Table]) -> Result<String, Error> {
        let template = self.renderer.0.get_template("rows")?;
        let mut all: BTreeMap<&str, String> = BTreeMap::new();
        for table in tables {
            all.insert(table.id, template.render(Value::from(Serde(table)))?);
        }
        // Serializing texts into memory cannot fail.
        Ok(format!("window.onwardRows = {};\n", serde_json::to_string(&all).unwrap_or_default()))
    }

    /// Renders the parts of a page.
    fn put_all<V: Serialize>(
        &mut self,
        template: &str,
        name: &str,
        head: (&str, &str),
        parts: Vec<V>,
    ) -> Result<(), Error> {
        for (number, view) in (1..).zip(parts) {
            self.put(template, parts::name(name, number), name, head, &view)?;
        }
        Ok(())
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
        let context = Context { shell: self.said, page, view };
        let text = self.renderer.0.get_template(template)?.render(Value::from(Serde(&context)))?;
        self.files.push(Page::new(name, text));
        Ok(())
    }

    pub(super) fn into_files(self) -> Vec<Page> {
        self.files
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;
    use proptest::prelude::*;

    use super::*;
    use crate::site::cells::{Cells, LOOKS};
    use crate::site::page::Piece;

    fn piece() -> impl Strategy<Value = Piece> {
        let text = || prop_oneof!["\\PC{0,8}", Just("<b>&\"'/{{ x }}".to_owned()), Just(" \u{e000} ".to_owned())];
        (prop::sample::select(&LOOKS), text(), prop::option::of(text())).prop_map(|(look, text, href)| match look {
            // What leaves the site has an address.
            "outside" => Piece::link(text, format!("http{}", href.unwrap_or_default())),
            _ => Piece { look, text, href },
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Rows are filled into the templates' own markup: what comes out is what the templates make of each piece.
        #[test]
        fn a_row_that_is_filled_is_the_row_that_the_template_makes(
            cells in prop::collection::vec(prop::collection::vec(piece(), 0..4), 0..4)
        ) {
            let renderer = Renderer::new(&Look::default()).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let row = Value::from_object(Cells::from(cells));
            let said = |call: &str| {
                let source = format!("{{% from \"parts\" import cells %}}{{{{ {call} }}}}");
                renderer.0.render_str(&source, context! { row => row.clone() }).map_err(|error| TestCaseError::fail(error.to_string()))
            };
            prop_assert_eq!(said("filled(row, \"<td>\", \"</td>\")")?, said("cells(row, \"<td>\"|safe, \"</td>\"|safe)")?);
        }
    }
}
