//! Rules: what is checked, at which level, and the page of each rule.

use minijinja::Error;
use serde::Serialize;

use crate::finding::Card;
use crate::flow::Assessment;
use crate::site::index::Index;
use crate::site::links;
use crate::site::markdown;
use crate::site::page::{List, Piece, Row, Table};
use crate::site::render::Pages;

#[derive(Serialize)]
struct RulePage {
    title: String,
    rule: &'static str,
    level: Piece,
    body: String,
}

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    let assessment = index.assessment;
    pages.list("rules.html", "findings.html", || list(assessment))?;
    for card in crate::rules::cards() {
        let page = || {
            let page = card.page();
            let body = page.split_once('\n').map(|(_, body)| markdown::page(body)).unwrap_or_default();
            RulePage { title: card.title(), rule: card.rule, level: level(assessment, card), body }
        };
        pages.add("rule", &links::rule(card.rule), (&card.title(), "findings.html"), page)?;
    }
    Ok(())
}

fn list(assessment: &Assessment<'_>) -> List {
    let rows = crate::rules::cards().into_iter().map(|card| {
        Row::new(vec![
            vec![Piece::link(card.rule, links::rule(card.rule))],
            vec![Piece::text(card.title())],
            vec![level(assessment, card)],
        ])
    });
    let table = Table {
        title: "Rules".to_owned(),
        id: "rules",
        lead: String::new(),
        columns: vec!["Rule", "What it finds", "Level in this register"],
        rows: rows.collect(),
        empty: "There is no rule.",
    };
    let lead = "Everything that onward checks. A denied finding fails the check; a warning does not.";
    List { title: "Rules", lead: lead.to_owned(), facets: &["Level"], tables: vec![table], ..List::default() }
}

fn level(assessment: &Assessment<'_>, card: &Card) -> Piece {
    if card.integrity {
        return Piece::status("error: no verdict", "bad");
    }
    let set = assessment.register().settings.levels.get(card.rule).copied();
    let level = set.unwrap_or(card.level).as_str();
    Piece::text(if set.is_some() { format!("{level}, set by this register") } else { level.to_owned() })
}
