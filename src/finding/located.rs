//! Findings with their places turned into bytes, lines and columns, in reading order.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Finding;
use crate::source::{FileId, LineIndex, Place, Sources, Span};

/// A place of a finding, as bytes and as lines.
#[derive(Clone, Debug)]
pub struct LocatedLabel {
    /// The file.
    pub file: FileId,
    /// Bytes of the file's text.
    pub bytes: Range<usize>,
    /// Lines and columns, from 1.
    pub span: Span,
}

/// A finding and where it is.
#[derive(Clone, Debug)]
pub struct Located<'f> {
    /// The finding.
    pub finding: &'f Finding,
    /// Its place; none when it is about the register as a whole, or its file is gone.
    pub at: Option<LocatedLabel>,
    /// The places of `finding.related`, in the same order.
    pub related: Vec<Option<LocatedLabel>>,
}

/// Locates findings, each file read and parsed once, and sorts them: by file, line, rule, regime, record.
#[must_use]
pub fn locate<'f>(sources: &Sources, findings: &'f [Finding]) -> Vec<Located<'f>> {
    let mut wanted: BTreeMap<FileId, Vec<&Place>> = BTreeMap::new();
    for finding in findings {
        for place in finding.place.iter().chain(finding.related.iter().map(|related| &related.place)) {
            wanted.entry(place.file).or_default().push(place);
        }
    }
    let mut found: BTreeMap<&Place, LocatedLabel> = BTreeMap::new();
    for (file, places) in wanted {
        let Ok(text) = sources.text(file) else {
            // What cannot be read can still be named: line 1 of that file.
            for place in places {
                found.insert(place, LocatedLabel { file, bytes: 0..0, span: LineIndex::new("").span(&(0..0)) });
            }
            continue;
        };
        let lines = LineIndex::new(&text);
        for (place, bytes) in Place::locate_all(&places, &text) {
            found.insert(place, LocatedLabel { file, span: lines.span(&bytes), bytes });
        }
    }
    let mut located: Vec<Located<'f>> = findings
        .iter()
        .map(|finding| Located {
            finding,
            at: finding.place.as_ref().and_then(|place| found.get(place).cloned()),
            related: finding.related.iter().map(|related| found.get(&related.place).cloned()).collect(),
        })
        .collect();
    located.sort_by(|a, b| order(a).cmp(&order(b)));
    located
}

type Order<'f> = (Option<(FileId, Span)>, &'f str, Option<&'f str>, Option<&'f super::Subject>, &'f str);

fn order<'f>(located: &Located<'f>) -> Order<'f> {
    let finding = located.finding;
    (
        located.at.as_ref().map(|at| (at.file, at.span)),
        finding.card.rule,
        finding.regime.as_deref(),
        finding.subject.as_ref(),
        finding.message.as_str(),
    )
}
