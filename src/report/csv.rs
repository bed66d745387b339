//! The CSV report: a row a finding, safe to open in a spreadsheet.
//!
//! It begins with a byte order mark, because Excel takes a file without one for another encoding.
//! Every cell is quoted, and one that a spreadsheet would take for a formula begins with `'`.

use csv::{QuoteStyle, WriterBuilder};

use super::{Run, place};
use crate::prose::visible;

const HEAD: [&str; 15] = [
    "level",
    "state",
    "rule",
    "message",
    "help",
    "kind",
    "record",
    "regime",
    "file",
    "line",
    "column",
    "waived by",
    "waived until",
    "cause",
    "fingerprint",
];

/// Renders the report.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut rows = Vec::new();
    for found in run.located {
        let finding = found.finding;
        let spot = place::of(run, found);
        let file = found.at.as_ref().map_or("", |at| run.sources.path(at.file));
        let state = match (&finding.waived_by, finding.known) {
            (Some(_), _) => "waived",
            (None, true) => "known",
            (None, false) if run.since.is_some() => "new",
            (None, false) => "",
        };
        let number = |of: Option<usize>| of.map(|number| number.to_string()).unwrap_or_default();
        let waiver = finding.waived_by.as_deref().and_then(|id| run.waiver(id));
        let subject = finding.subject.as_ref();
        let cells = [
            finding.level.as_str().to_owned(),
            state.to_owned(),
            finding.card.rule.to_owned(),
            finding.message.to_string(),
            finding.help.to_string(),
            subject.map_or(String::new(), |subject| subject.kind.to_owned()),
            subject.map(|subject| subject.id.to_string()).unwrap_or_default(),
            finding.regime.as_deref().unwrap_or_default().to_owned(),
            spot.path,
            number(spot.span.map(|span| span.start.line)),
            number(spot.span.map(|span| span.start.column)),
            finding.waived_by.as_deref().unwrap_or_default().to_owned(),
            waiver.map(|waiver| waiver.until.to_string()).unwrap_or_default(),
            finding.cause.as_ref().map(|cause| cause.phrase.clone()).unwrap_or_default(),
            finding.fingerprint(file),
        ];
        rows.push(cells.to_vec());
    }
    document(&HEAD, rows)
}

/// A table as a file that a spreadsheet opens safely.
pub(super) fn document(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A cell that is text to every spreadsheet, and to a CI runner that reads the log.
fn harmless(cell: &str) -> String {
    let shown = visible(cell);
    // Spreadsheets take the full-width forms for their plain ones.
    let starts_formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\'' | '＝' | '＋' | '－' | '＠');
    if shown.trim_start().starts_with(starts_formula) { format!("'{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_is_never_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "'=1", "\u{a0}=1"] {
            assert!(harmless(bad).starts_with('\''), "{bad}");
        }
        assert_eq!(harmless("a\tb\r\n=c"), "a\\tb\\r\\n=c");
        assert_eq!(harmless("\t=1"), "\\t=1", "a tab is made visible, and no formula begins with a backslash");
        assert_eq!(harmless("Acme - Ltd"), "Acme - Ltd");
    }
}
