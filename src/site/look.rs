//! A team's own look: files that take the place of the built-in templates, stylesheet and script.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::render;
use crate::prose::{list, nearest, quote, quoted};
use crate::register::House;
use crate::source::read_text;

/// Files of the look by name; those that are not in it are the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Look(BTreeMap<String, String>);

impl Look {
    /// Reads the files of a folder.
    ///
    /// # Errors
    /// A phrase, when the folder cannot be read or holds a file that is none of a look: a misspelt
    /// one would silently change nothing.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let shown = quote(&folder.to_string_lossy());
        let entries = fs::read_dir(folder).map_err(|error| format!("{shown} could not be read: {error}"))?;
        let known = render::names();
        let mut look = Self::default();
        for entry in entries {
            let entry = entry.map_err(|error| format!("{shown} could not be read: {error}"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if !known.contains(&name) {
                let near = nearest(&name, known.iter().map(String::as_str));
                let help = near.map_or_else(
                    || format!("the files are {}", list(&quoted(&known))),
                    |near| format!("did you mean `{near}`?"),
                );
                return Err(format!("{} in {shown} is no file of the look\nhelp: {help}", quote(&name)));
            }
            let text = read_text(&entry.path())
                .map_err(|why| format!("{} {}", quote(&entry.path().to_string_lossy()), why.reason()))?;
            look.0.insert(name, text);
        }
        Ok(look)
    }

    /// A file that the look has of its own.
    pub(super) fn file(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The stylesheet, with the colours of the house after it.
    pub(super) fn style(&self, house: &House) -> String {
        let mut style = self.file("style.css").unwrap_or(render::STYLE).to_owned();
        let own = [("light", house.colour), ("dark", house.colour_dark)];
        for (scheme, colour) in own.into_iter().filter_map(|(scheme, colour)| Some((scheme, colour?))) {
            let _ = write!(style, "\n:root {{ --link-{scheme}: {colour}; }}\n");
        }
        style
    }
}
