//! Findings with their places turned into bytes, lines and columns, in reading order.

use std::collections::{BTreeMap, HashMap};
use std::iter;
use std::ops::Range;

use super::Finding;
use crate::source::{Digest, FileId, LineIndex, Place, Search, Sources, Span, Spot};
use crate::threads::{side_by_side, sort_by};

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
    pub at: Option<Box<LocatedLabel>>,
    /// The places of `finding.related`, in the same order.
    pub related: Vec<Option<Box<LocatedLabel>>>,
}

/// Where findings were when they were last located, for a process that does so again and again: in a
/// file that says what it said, they are there still.
#[derive(Debug, Default)]
pub struct Whereabouts(HashMap<FileId, (Digest, Spots)>);

/// Places of a file.
type Spots = HashMap<Spot, LocatedLabel>;

impl Whereabouts {
    /// The places of a file that says what it said, if all of them are known.
    fn recall(&self, sources: &Sources, file: FileId, places: &[(usize, &Place)]) -> Option<Vec<LocatedLabel>> {
        let (digest, spots) = self.0.get(&file)?;
        let is_same = sources.digest(file) == Some(*digest);
        is_same.then(|| places.iter().map(|(_, place)| spots.get(&place.spot).cloned()).collect())?
    }

    /// Remembers more places, and forgets those of files that say something else now.
    fn keep(&mut self, file: FileId, digest: Digest, places: &[(usize, &Place)], labels: &[LocatedLabel]) {
        let (known, spots) = self.0.entry(file).or_insert_with(|| (digest, Spots::new()));
        if *known != digest {
            (*known, *spots) = (digest, Spots::new());
        }
        for ((_, place), label) in places.iter().zip(labels) {
            if !spots.contains_key(&place.spot) {
                spots.insert(place.spot.clone(), label.clone());
            }
        }
    }
}

/// Locates findings, each file read and parsed once, and sorts them: by file, line, rule, regime, record.
#[must_use]
pub fn locate<'f>(sources: &Sources, findings: &'f [Finding]) -> Vec<Located<'f>> {
    locate_with(sources, findings, None)
}

/// Locates findings as [`locate`] does; a file in which all of them are remembered is not read.
#[must_use]
pub fn locate_again<'f>(sources: &Sources, findings: &'f [Finding], known: &mut Whereabouts) -> Vec<Located<'f>> {
    locate_with(sources, findings, Some(known))
}

fn locate_with<'f>(sources: &Sources, findings: &'f [Finding], known: Option<&mut Whereabouts>) -> Vec<Located<'f>> {
    let mut wanted: BTreeMap<FileId, Vec<(usize, &Place)>> = BTreeMap::new();
    for (slot, place) in findings.iter().flat_map(places).enumerate() {
        if let Some(place) = place {
            wanted.entry(place.file).or_default().push((slot, place));
        }
    }
    let slots: usize = findings.iter().map(|finding| 1 + finding.related.len()).sum();
    let mut found: Vec<Option<Box<LocatedLabel>>> = vec![None; slots];
    let wanted: Vec<_> = wanted.into_iter().collect();
    let recalled = known.as_deref();
    let labels = side_by_side(&wanted, WORTH_A_THREAD, |(file, places)| {
        let there = recalled.and_then(|known| known.recall(sources, *file, places));
        there.map_or_else(|| in_file(sources, *file, places, recalled.is_some()), |labels| (labels, None))
    });
    if let Some(known) = known {
        for ((file, places), (labels, digest)) in wanted.iter().zip(&labels) {
            digest.inspect(|digest| known.keep(*file, *digest, places, labels));
        }
    }
    for ((_, places), (labels, _)) in wanted.iter().zip(labels) {
        for ((slot, _), label) in places.iter().zip(labels) {
            found[*slot] = Some(Box::new(label));
        }
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
    sort_by(&mut located, WORTH_SORTING, |a, b| order(a).cmp(&order(b)));
    located
}

/// The places of a finding: its own, if it has one, and those of what is related.
fn places(finding: &Finding) -> impl Iterator<Item = Option<&Place>> {
    iter::once(finding.place.as_ref()).chain(finding.related.iter().map(|related| Some(&related.place)))
}

/// The fewest files for which a thread is worth its start.
const WORTH_A_THREAD: usize = 8;
/// The fewest findings for whose order a thread is worth its start.
const WORTH_SORTING: usize = 2_000;

/// Finds places in their file; and what the file says, where that is to be remembered.
fn in_file(
    sources: &Sources,
    file: FileId,
    places: &[(usize, &Place)],
    remember: bool,
) -> (Vec<LocatedLabel>, Option<Digest>) {
    let Ok(text) = sources.text(file) else {
        // What cannot be read can still be named: line 1 of that file.
        let nothing = LocatedLabel { file, bytes: 0..0, span: LineIndex::new("").span(&(0..0)) };
        return (vec![nothing; places.len()], None);
    };
    let lines = LineIndex::new(&text);
    let mut search = Search::of(&text);
    let label = |bytes| LocatedLabel { file, span: lines.span(&bytes), bytes };
    let labels = places.iter().map(|(_, place)| label(search.find(place))).collect();
    (labels, remember.then(|| Digest::of(text.as_bytes())))
}

type Order<'f> = (Option<(FileId, Span)>, &'f str, Option<&'f str>, Option<&'f super::Subject>, &'f str);

fn order<'f>(located: &Located<'f>) -> Order<'f> {
    let finding = located.finding;
    (
        located.at.as_ref().map(|at| (at.file, at.span)),
        finding.card.rule,
        finding.regime.as_deref(),
        finding.subject.as_ref(),
        &finding.message,
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::finding::integrity::invalid_value::CARD;
    use crate::source::Tree;

    #[test]
    fn a_file_that_says_what_it_said_is_not_searched_again() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let text = "a = 1\nb = 2\n";
        let findings = [Finding::new(&CARD, Place::bytes(FileId(0), &(6..7)), "wrong")];
        let mut known = Whereabouts::default();
        let mut line = |text: &str, judged: &str| {
            fs::write(folder.path().join("a.toml"), text)?;
            let mut sources = Sources::new(Tree::folder(folder.path()), vec!["a.toml".to_owned()]);
            sources.were_read(vec![Some(Digest::of(judged.as_bytes()))]);
            let located = locate_again(&sources, &findings, &mut known);
            Ok::<_, std::io::Error>(located[0].at.as_ref().map(|at| at.span.start.line))
        };
        assert_eq!(line(text, text)?, Some(2));
        // Judged as it was before: what was found then counts, whatever the file says by now.
        let moved = "a = 1  \nb = 2\n";
        assert_eq!(line(moved, text)?, Some(2));
        assert_eq!(line(moved, moved)?, Some(1));
        // Changed between judging and searching: what is found there is not taken for the old text's.
        assert_eq!(line(text, "something else")?, Some(2));
        assert_eq!(line(moved, "something else")?, Some(1));
        Ok(())
    }
}
