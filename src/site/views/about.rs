//! About: what the register covers, how the verdicts were made, and what they are not.

use minijinja::Error;
use serde::Serialize;

use crate::prose;
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Cell, Fact, Piece, Row, Table, at_most};
use crate::site::render::Pages;

#[derive(Serialize)]
struct About {
    facts: Vec<Fact>,
    notice: Table,
    files: Vec<String>,
}

pub(in crate::site) fn page(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.add("about", "about.html", ("About", "about.html"), || about(index))
}

fn about(index: &Index<'_>) -> About {
    let (run, register) = (index.run, index.register);
    let updated = index.assessment.flow.law.law.updated.map(|day| day.to_string());
    let facts = vec![
        Fact::text("Organisation", Some(&register.settings.organisation)),
        Fact::text("Judged as of", Some(&run.as_of.to_string())),
        Fact::text(
            "The day was chosen by",
            Some(match run.as_of_source {
                crate::report::AsOfSource::Option => "the command line",
                crate::report::AsOfSource::Register => "the register's own `as-of`",
                crate::report::AsOfSource::Today => "the day of the build, UTC",
            }),
        ),
        Fact::text("Law book of", updated.as_deref()),
        Fact::new("Files read", vec![Piece::text(prose::count(run.sources.len(), "file"))]),
        Fact::new("Rules", vec![Piece::link(prose::count(crate::rules::cards().len(), "rule"), "rules.html")]),
        Fact::new("On one page", vec![Piece::link("The whole register", "whole.html")]),
        Fact::new("For the public", vec![Piece::link("What a notice would have to say", "notice.html")]),
        Fact::new("Downloads", downloads()),
    ];
    let files = run.sources.ids().map(|file| run.sources.path(file).to_owned()).collect();
    About { facts, notice: notice(index), files }
}

/// The reports beside the pages, and the calendar.
fn downloads() -> Cell {
    let mut cell = Vec::new();
    let reports = crate::site::REPORTS.iter().map(|(name, what, _)| (*name, *what));
    for (name, what) in reports.chain([("calendar.ics", "the calendar")]) {
        if !cell.is_empty() {
            cell.push(Piece::between(", "));
        }
        cell.push(Piece::link(name, name));
        cell.push(Piece::small(format!(" {what}")));
    }
    cell
}

/// The most recipients that are named with a sentence: nothing else names them.
const MAX_RECIPIENTS: usize = 64;

/// What the published notice says, sentence by sentence.
pub(super) fn notice(index: &Index<'_>) -> Table {
    let register = index.register;
    let rows = register.statements.iter().map(|statement| {
        let disclosed = statement.discloses.as_ref();
        let recipients = disclosed.and_then(|disclosed| disclosed.recipients.as_ref());
        let recipients =
            recipients.map(|list| at_most(MAX_RECIPIENTS, list.iter().map(|party| links::to_party(register, *party))));
        Row {
            id: Some(format!("statement-{}", register.name(statement.id))),
            ..Row::new(vec![
                vec![Piece::text(&*statement.quote)],
                vec![
                    Piece::text(&*statement.notice),
                    Piece::small(statement.section.as_deref().map(|section| format!(" {section}")).unwrap_or_default()),
                ],
                recipients.unwrap_or_default(),
                index.source(statement.at).value,
            ])
        }
    });
    Table {
        title: "What the published notice says".to_owned(),
        id: "notice",
        lead: String::new(),
        columns: vec!["Sentence", "Notice", "Discloses to", "Recorded in"],
        rows: rows.collect(),
        empty: "No sentence of a notice is recorded.",
    }
}
