//! Pictures, laid out when the site is built: boxes and lines in plain numbers, the same every time.
//!
//! Every picture stands above tables that say the same; it is for those who would rather look.

mod atlas;
pub(super) mod graph;
pub(super) mod map;
pub(super) mod timeline;

use std::collections::BTreeMap;

use serde::Serialize;

use super::index::Index;
use super::links;
use super::words;
use crate::flow::{Outcome, PairId};
use crate::law::Code;
use crate::prose::{count, shortened};
use crate::register::PartyId;

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Picture {
    width: usize,
    height: usize,
    /// What it shows, in a sentence.
    label: String,
    box_width: usize,
    box_height: usize,
    /// Frames behind the boxes.
    groups: Vec<graph::Group>,
    boxes: Vec<Shape>,
    lines: Vec<Line>,
    /// The kinds of line that it has.
    legend: Vec<Legend>,
}

/// A box with a name and a second line, that may lead somewhere.
#[derive(Clone, Debug, Serialize)]
struct Shape {
    x: usize,
    y: usize,
    href: Option<String>,
    title: String,
    name: String,
    more: String,
    look: &'static str,
}

/// A line between two boxes: a curve from left to right.
#[derive(Clone, Debug, Serialize)]
struct Line {
    path: String,
    look: &'static str,
    /// What it says, where tables do not stand by it.
    title: Option<String>,
}

/// A kind of line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Legend {
    look: &'static str,
    says: &'static str,
}

const BOX_WIDTH: usize = 262;
const BOX_HEIGHT: usize = 46;
const GAP: usize = 10;
const LANE: usize = 380;
/// The most boxes of a lane; the tables have the others.
const MAX_BOXES: usize = 12;
/// The most lines between two lanes that an eye can follow.
const MAX_LINES: usize = 40;
/// The most characters of a name that a box has room for.
const MAX_NAME: usize = 28;

/// A party with those who send to it on its left and those whom it sends to on its right.
pub(super) fn neighbourhood(index: &Index<'_>, party: PartyId) -> Option<Picture> {
    let senders = neighbours(index, index.received(party), |index, pair| index.assessment.flow.pair(pair).from);
    let recipients = neighbours(index, index.sent(party), |index, pair| index.assessment.flow.pair(pair).to);
    if senders.is_empty() && recipients.is_empty() {
        return None;
    }
    let tallest = senders.len().max(recipients.len()).clamp(1, MAX_BOXES + 1);
    let height = tallest * (BOX_HEIGHT + GAP) - GAP + 2;
    let middle = (height - BOX_HEIGHT) / 2;
    let mut picture = Picture::empty(
        2 * LANE + BOX_WIDTH + 2,
        height,
        format!(
            "Who sends data to it: {}. Whom it sends data to: {}.",
            count(senders.len(), "party"),
            count(recipients.len(), "party")
        ),
    );
    picture.lane(index, &senders, 1, "#receives", |y| curve(1 + BOX_WIDTH, y, 1 + LANE, middle));
    picture.lane(index, &recipients, 1 + 2 * LANE, "#sends", |y| curve(1 + LANE + BOX_WIDTH, middle, 1 + 2 * LANE, y));
    picture.boxes.push(shape(index, party, 1 + LANE, middle, None, "centre"));
    Some(picture)
}

/// The most parties of a way that is drawn: of a longer one a picture shows nothing at a glance.
const MAX_WAY: usize = 24;

/// The way of a verdict, party by party, each leg as it is judged.
pub(super) fn way(index: &Index<'_>, path: &[PartyId]) -> Option<Picture> {
    if !(2..=MAX_WAY).contains(&path.len()) {
        return None;
    }
    let mut picture = Picture::empty(
        (path.len() - 1) * LANE + BOX_WIDTH + 2,
        BOX_HEIGHT + 2,
        format!("The way of the data, over {}.", count(path.len() - 1, "leg")),
    );
    for (at, party) in path.iter().enumerate() {
        let x = 1 + at * LANE;
        let href = Some(links::party(index.register, *party));
        picture.boxes.push(shape(index, *party, x, 1, href, "quiet"));
        let Some(next) = path.get(at + 1) else { continue };
        let (sent, received) = (index.sent(*party), index.received(*next));
        let fewer = if sent.len() < received.len() { sent } else { received };
        let is_between = |id: &PairId| {
            let pair = index.assessment.flow.pair(*id);
            (pair.from, pair.to) == (*party, *next)
        };
        let legs: Vec<PairId> = fewer.iter().copied().filter(is_between).collect();
        let legend = legend(index.worst(&legs));
        picture.lines.push(Line { path: curve(x + BOX_WIDTH, 1, x + LANE, 1), look: legend.look, title: None });
        if !picture.legend.contains(&legend) {
            picture.legend.push(legend);
        }
    }
    Some(picture)
}

/// Places that data leaves on the left, places that it goes to on the right: what crosses a border.
/// With too many lines it would be a knot, and there is none: a table says it better.
pub(super) fn borders(index: &Index<'_>, crossings: &BTreeMap<(Code, Code), Vec<PairId>>) -> Option<Picture> {
    if crossings.is_empty() || crossings.len() > MAX_LINES {
        return None;
    }
    let (left, right) = (
        Lane::of(crossings.iter().map(|((from, _), legs)| (*from, legs.len()))),
        Lane::of(crossings.iter().map(|((_, to), legs)| (*to, legs.len()))),
    );
    let height = left.rows().max(right.rows()) * (BOX_HEIGHT + GAP) - GAP + 2;
    let mut picture = Picture::empty(
        2 * LANE + BOX_WIDTH + 2,
        height,
        format!("From where to where data goes: {} to {}.", count(left.places, "place"), count(right.places, "place")),
    );
    // One line between two boxes, however many places a box stands for.
    let mut between: BTreeMap<(usize, usize), Vec<PairId>> = BTreeMap::new();
    for ((from, to), legs) in crossings {
        between.entry((left.row(*from), right.row(*to))).or_default().extend(legs);
    }
    let mut between: Vec<_> = between.into_iter().map(|(rows, legs)| (index.worst(&legs), rows)).collect();
    // The worst is drawn last, over the others.
    between.sort_by_key(|(worst, rows)| (*worst, *rows));
    for (worst, (from, to)) in between {
        let legend = legend(worst);
        let path = curve(1 + BOX_WIDTH, left.top(height, from), 1 + 2 * LANE, right.top(height, to));
        picture.lines.push(Line { path, look: legend.look, title: None });
        if !picture.legend.contains(&legend) {
            picture.legend.push(legend);
        }
    }
    picture.legend.reverse();
    for (lane, x) in [(&left, 1), (&right, 1 + 2 * LANE)] {
        lane.draw(index, x, &mut picture);
    }
    Some(picture)
}

/// Places of one side, those with the most legs first; past the most boxes they share one.
struct Lane {
    shown: Vec<(Code, usize)>,
    places: usize,
    rest: usize,
}

impl Lane {
    fn of(legs: impl Iterator<Item = (Code, usize)>) -> Self {
        let mut counted: BTreeMap<Code, usize> = BTreeMap::new();
        for (code, legs) in legs {
            *counted.entry(code).or_default() += legs;
        }
        let mut shown: Vec<(Code, usize)> = counted.into_iter().collect();
        shown.sort_by_key(|(_, legs)| std::cmp::Reverse(*legs));
        let places = shown.len();
        let kept = if places > MAX_BOXES + 1 { MAX_BOXES } else { places };
        let rest = shown.drain(kept..).map(|(_, legs)| legs).sum();
        Self { shown, places, rest }
    }

    fn rows(&self) -> usize {
        self.shown.len() + usize::from(self.rest > 0)
    }

    /// The row of a place; the last is that of all which have none of their own.
    fn row(&self, code: Code) -> usize {
        self.shown.iter().position(|(shown, _)| *shown == code).unwrap_or(self.shown.len())
    }

    fn top(&self, height: usize, row: usize) -> usize {
        (height - (self.rows() * (BOX_HEIGHT + GAP) - GAP)) / 2 + row * (BOX_HEIGHT + GAP)
    }

    fn draw(&self, index: &Index<'_>, x: usize, picture: &mut Picture) {
        let height = picture.height;
        for (row, (code, legs)) in self.shown.iter().enumerate() {
            let name = index.assessment.flow.law.law.codes.name(*code);
            picture.boxes.push(Shape {
                x,
                y: self.top(height, row),
                href: Some(links::place(*code)),
                title: format!("{name}, {}", count(*legs, "leg")),
                name: shortened(name, MAX_NAME),
                more: count(*legs, "leg"),
                look: "quiet",
            });
        }
        if self.rest > 0 {
            let name = format!("{} more", count(self.places - self.shown.len(), "place"));
            let (y, href) = (self.top(height, self.shown.len()), Some("places.html".to_owned()));
            picture.boxes.push(Shape {
                x,
                y,
                href,
                title: name.clone(),
                name,
                more: count(self.rest, "leg"),
                look: "quiet",
            });
        }
    }
}

/// The parties at the other end of legs, each with the legs, in the order of ids.
fn neighbours(
    index: &Index<'_>,
    pairs: &[PairId],
    other: impl Fn(&Index<'_>, PairId) -> PartyId,
) -> Vec<(PartyId, Vec<PairId>)> {
    let mut found: BTreeMap<PartyId, Vec<PairId>> = BTreeMap::new();
    for pair in pairs {
        found.entry(other(index, *pair)).or_default().push(*pair);
    }
    let mut found: Vec<(PartyId, Vec<PairId>)> = found.into_iter().collect();
    // What needs attention is never among those that are left out.
    found.sort_by_key(|(_, pairs)| std::cmp::Reverse(index.worst(pairs)));
    found
}

impl Picture {
    fn empty(width: usize, height: usize, label: String) -> Self {
        let (box_width, box_height) = (BOX_WIDTH, BOX_HEIGHT);
        let (groups, boxes, lines, legend) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { width, height, label, box_width, box_height, groups, boxes, lines, legend }
    }

    /// Makes it as large as what is in it.
    fn fit(&mut self) {
        let boxes = self.boxes.iter().map(|shape| (shape.x + self.box_width, shape.y + self.box_height));
        let groups = self.groups.iter().map(|group| (group.x + group.width, group.y + group.height));
        let far = boxes.chain(groups).fold((0, 0), |far, corner| (far.0.max(corner.0), far.1.max(corner.1)));
        (self.width, self.height) = (far.0 + 2, far.1 + 2);
    }

    /// Adds a lane of boxes at `x`, each with its line.
    fn lane(
        &mut self,
        index: &Index<'_>,
        parties: &[(PartyId, Vec<PairId>)],
        x: usize,
        rest: &str,
        line: impl Fn(usize) -> String,
    ) {
        let shown = if parties.len() > MAX_BOXES + 1 { MAX_BOXES } else { parties.len() };
        let rows = shown + usize::from(parties.len() > shown);
        let top = (self.height - (rows * (BOX_HEIGHT + GAP)).saturating_sub(GAP)) / 2;
        let at = |row: usize| top + row * (BOX_HEIGHT + GAP);
        for (row, (party, pairs)) in parties.iter().take(shown).enumerate() {
            let worst = index.worst(pairs);
            let legend = legend(worst);
            let href = Some(links::party(index.register, *party));
            self.boxes.push(shape(index, *party, x, at(row), href, words::look(worst)));
            self.lines.push(Line { path: line(at(row)), look: legend.look, title: None });
            if !self.legend.contains(&legend) {
                self.legend.push(legend);
            }
        }
        let more = parties.len() - shown;
        if more > 0 {
            let name = format!("and {more} more");
            let (href, title) = (Some(rest.to_owned()), format!("{name}, in the table below"));
            let y = at(shown);
            self.boxes.push(Shape { x, y, href, title, name, more: "in the table below".to_owned(), look: "quiet" });
        }
    }
}

fn shape(index: &Index<'_>, id: PartyId, x: usize, y: usize, href: Option<String>, look: &'static str) -> Shape {
    let party = &index.register[id];
    let place = index.assessment.flow.law.law.codes.name(party.jurisdiction);
    Shape {
        x,
        y,
        href,
        title: format!("{}, {place}", party.name),
        name: shortened(&party.name, MAX_NAME),
        more: shortened(place, MAX_NAME),
        look,
    }
}

/// How a line is drawn for an outcome: colour only repeats what the stroke says.
fn legend(worst: Option<Outcome>) -> Legend {
    let (look, says) = match worst {
        Some(Outcome::Violation) => ("violation", "no safeguard"),
        Some(Outcome::Waived) => ("waived", "no safeguard, waived"),
        Some(Outcome::Derogated) => ("derogated", "an exception of the law"),
        Some(Outcome::Safeguarded) => ("safeguarded", "a safeguard"),
        Some(Outcome::Adequate) => ("adequate", "a decision about the place"),
        Some(Outcome::Unrestricted) | None => ("unrestricted", "nothing is asked"),
    };
    Legend { look, says }
}

/// A curve between the middles of two boxes' facing sides.
fn curve(from_x: usize, from_y: usize, to_x: usize, to_y: usize) -> String {
    let (from_y, to_y) = (from_y + BOX_HEIGHT / 2, to_y + BOX_HEIGHT / 2);
    let bend = usize::midpoint(from_x, to_x);
    format!("M{from_x} {from_y} C{bend} {from_y} {bend} {to_y} {to_x} {to_y}")
}
