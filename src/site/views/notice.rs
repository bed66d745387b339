//! What a published notice would have to say of recipients and transfers, as `onward notice` prints it.

use minijinja::Error;
use serde::Serialize;

use crate::prose::count;
use crate::report::notice::Notice;
use crate::site::index::Index;
use crate::site::markdown;
use crate::site::page::{Cell, Piece, joined};
use crate::site::parts;
use crate::site::render::Pages;

const PAGE: &str = "notice.html";
/// About how many bytes of the text a page has room for: tags make it half as long again.
const ROOM: usize = 50 * 1024;
/// The most transfers without a ground that are named.
const MAX_LEFT: usize = 50;

#[derive(Serialize)]
struct View {
    body: String,
    /// The transfers of which it cannot tell a ground.
    left: Cell,
    /// The pages that it takes, where it takes several.
    parts: Cell,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.parts("notice", PAGE, ("The notice", "about.html"), || views(index))
}

fn views(index: &Index<'_>) -> Vec<View> {
    let notice = Notice::of(index.assessment);
    let texts = portions(&notice.lines(), ROOM);
    let mut left = Vec::new();
    if !notice.without_ground.is_empty() {
        left.push(Piece::text(format!(
            "{} cannot be told, because nothing that the law accepts carries the data: ",
            count(notice.without_ground.len(), "transfer")
        )));
        let named = notice.without_ground.iter().take(MAX_LEFT).map(|pair| {
            let record = pair.split('/').next().unwrap_or(pair);
            Piece::code(pair.as_str()).to(format!("transfer-{record}.html"))
        });
        let more = notice.without_ground.len().saturating_sub(MAX_LEFT);
        let more = (more > 0).then(|| Piece::link(format!("{more} more"), "findings.html"));
        left.extend(joined(named.chain(more)));
    }
    let view = |(number, text): (usize, &String)| View {
        body: markdown::page(text),
        left: if number == 1 { std::mem::take(&mut left) } else { Vec::new() },
        parts: parts::links(PAGE, number, texts.len()),
    };
    (1..).zip(&texts).map(view).collect()
}

/// A text in portions that fit, each beginning with the headings that it goes on under.
fn portions(text: &str, room: usize) -> Vec<String> {
    let mut portions = vec![String::new()];
    let (mut section, mut part) = ("", "");
    for line in text.lines() {
        if line.starts_with("## ") {
            (section, part) = (line, "");
        } else if line.starts_with("### ") {
            part = line;
        }
        let is_full = portions.last().is_some_and(|last| last.len() + line.len() > room);
        if is_full {
            portions.push([section, part].map(|heading| format!("{heading}\n\n")).concat());
        }
        if let Some(last) = portions.last_mut().filter(|_| !is_full || !line.starts_with('#')) {
            last.push_str(line);
            last.push('\n');
        }
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_goes_on_says_under_what() {
        let text = "## Who\n\n### Ours\n\n- a\n- b\n### Others\n- c\n";
        assert_eq!(portions(text, 1_000), [text]);
        assert_eq!(portions(text, 28), ["## Who\n\n### Ours\n\n- a\n- b\n", "## Who\n\n### Others\n\n- c\n"]);
        assert_eq!(
            portions(text, 24),
            ["## Who\n\n### Ours\n\n- a\n", "## Who\n\n### Ours\n\n- b\n", "## Who\n\n### Others\n\n- c\n"]
        );
    }
}
