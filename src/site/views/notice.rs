//! The notice: what a published privacy notice would have to say of recipients and transfers.

use minijinja::Error;
use serde::Serialize;

use crate::prose::count;
use crate::report::notice::Notice;
use crate::site::index::Index;
use crate::site::markdown;
use crate::site::page::{Cell, Piece, joined};
use crate::site::render::Pages;

#[derive(Serialize)]
struct View {
    body: String,
    /// The transfers of which it cannot tell a ground.
    left: Cell,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.add("notice", "notice.html", ("The notice", "about.html"), || view(index))
}

fn view(index: &Index<'_>) -> View {
    let notice = Notice::of(index.assessment);
    let mut left = Vec::new();
    if !notice.without_ground.is_empty() {
        left.push(Piece::text(format!(
            "{} cannot be told, because nothing that the law accepts carries the data: ",
            count(notice.without_ground.len(), "transfer")
        )));
        left.extend(joined(notice.without_ground.iter().map(|pair| {
            let record = pair.split('/').next().unwrap_or(pair);
            Piece::code(pair.as_str()).to(format!("transfer-{record}.html"))
        })));
    }
    View { body: markdown::page(&notice.lines()), left }
}
