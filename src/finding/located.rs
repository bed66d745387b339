//! Findings with their places turned into bytes, lines and columns, in reading order.

use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;

use super::Finding;
use crate::source::{FileId, LineIndex, Place, Sources, Span};
use crate::threads::side_by_side;

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
    let mut wanted: BTreeMap<FileId, Vec<(usize, &Place)>> = BTreeMap::new();
    for (slot, place) in findings.iter().flat_map(places).enumerate() {
        if let Some(place) = place {
            wanted.entry(place.file).or_default().push((slot, place));
        }
    }
    let slots: usize = findings.iter().map(|finding| 1 + finding.related.len()).sum();
    let mut found: Vec<Option<LocatedLabel>> = vec![None; slots];
    let wanted: Vec<_> = wanted.into_iter().collect();
    let labels = side_by_side(&wanted, WORTH_A_THREAD, |(file, places)| in_file(sources, *file, places));
    for (slot, label) in labels.into_iter().flatten() {
        found[slot] = Some(label);
    }
    let mut found = found.into_iter();
    let mut located: Vec<Located<'f>> = findings
        .iter()
        .map(|finding| Located {
            finding,
            at: found.next().flatten(),
            related: found.by_ref().take(finding.related.len()).collect(),
        })
        .collect();
    located.sort_by(|a, b| order(a).cmp(&order(b)));
    located
}

/// The places of a finding: its own, if it has one, and those of what is related.
fn places(finding: &Finding) -> impl Iterator<Item = Option<&Place>> {
    iter::once(finding.place.as_ref()).chain(finding.related.iter().map(|related| Some(&related.place)))
}

/// The fewest files for which a thread is worth its start.
const WORTH_A_THREAD: usize = 8;

/// Finds places in their file, each under its slot.
fn in_file(sources: &Sources, file: FileId, places: &[(usize, &Place)]) -> Vec<(usize, LocatedLabel)> {
    let Ok(text) = sources.text(file) else {
        // What cannot be read can still be named: line 1 of that file.
        let nothing = LocatedLabel { file, bytes: 0..0, span: LineIndex::new("").span(&(0..0)) };
        return places.iter().map(|(slot, _)| (*slot, nothing.clone())).collect();
    };
    let lines = LineIndex::new(&text);
    let only: Vec<&Place> = places.iter().map(|(_, place)| *place).collect();
    let label = |bytes| LocatedLabel { file, span: lines.span(&bytes), bytes };
    places.iter().zip(Place::locate_all(&only, &text)).map(|((slot, _), (_, bytes))| (*slot, label(bytes))).collect()
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
