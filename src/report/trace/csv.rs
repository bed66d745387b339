//! A trace as CSV: a row a holder and leg, for whoever has to write to them all.

use super::super::csv::document;
use super::Traced;

/// Renders it.
#[must_use]
pub fn render(traced: &Traced) -> String {
    let head = ["party", "name", "place", "holds", "path", "leg", "purposes", "verdicts", "owner", "contact"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &traced.rows {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = |leg: &str, purposes: &[String], verdicts: &[String]| {
            vec![
                row.party.clone(),
                row.name.clone(),
                row.place.clone(),
                row.data.join(", "),
                row.path.join(" → "),
                leg.to_owned(),
                purposes.join(", "),
                verdicts.join("; "),
                text(&row.owner),
                text(&row.contact),
            ]
        };
        if row.collects || row.legs.is_empty() {
            rows.push(cells("", &[], &[]));
        }
        rows.extend(row.legs.iter().map(|leg| cells(&leg.transfer, &leg.purposes, &leg.verdicts)));
    }
    document(&head, rows)
}
