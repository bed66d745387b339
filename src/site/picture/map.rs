//! The world map: the places that data goes to, coloured by what carries it there, and a line for
//! every two places that data goes between.
//!
//! Borders are those of Natural Earth, as they are drawn in fact; they decide nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::atlas::{self, Atlas, Spot};
use super::{Legend, legend};
use crate::flow::{Outcome, PairId};
use crate::law::Code;
use crate::prose::count;
use crate::site::index::Index;
use crate::site::links;

/// The most lines that are drawn: those with the gravest verdicts, then those with the most legs.
const MAX_LINES: usize = 60;

/// The map.
#[derive(Debug, Serialize)]
pub(in crate::site) struct WorldMap {
    width: i32,
    height: i32,
    label: String,
    /// The land that no data goes to or comes from.
    rest: String,
    places: Vec<Land>,
    lines: Vec<Arc>,
    legend: Vec<Legend>,
    /// How many lines are not drawn.
    left_out: usize,
    /// Places that are nowhere on the map.
    nowhere: Vec<String>,
}

/// A place that data goes to or comes from.
#[derive(Debug, Serialize)]
struct Land {
    href: String,
    title: String,
    look: &'static str,
    outline: &'static str,
    x: i32,
    y: i32,
    radius: usize,
}

/// A line between two places.
#[derive(Debug, Serialize)]
struct Arc {
    path: String,
    look: &'static str,
    /// How broad it is: 2 to 5, by the number of legs.
    weight: usize,
    title: String,
}

/// The map of all crossings of borders.
pub(in crate::site) fn world(index: &Index<'_>, crossings: &BTreeMap<(Code, Code), Vec<PairId>>) -> WorldMap {
    let atlas = Atlas::new();
    let used = index.places();
    let mut map = WorldMap {
        width: atlas::SIZE.0,
        height: atlas::SIZE.1,
        label: format!(
            "A map of the world: {}, and {} between two of them that data goes along.",
            count(used.len(), "place"),
            count(crossings.len(), "way")
        ),
        rest: atlas.rest(|code| used.contains(&code)),
        places: Vec::new(),
        lines: Vec::new(),
        legend: Vec::new(),
        left_out: 0,
        nowhere: Vec::new(),
    };
    let spots = map.place(index, &atlas, &used);
    map.connect(index, crossings, &spots);
    map
}

impl WorldMap {
    /// Draws the places; gives back where each is.
    fn place(&mut self, index: &Index<'_>, atlas: &Atlas, used: &BTreeSet<Code>) -> BTreeMap<Code, (i32, i32)> {
        let mut spots: BTreeMap<Code, (i32, i32)> = BTreeMap::new();
        for code in used {
            let name = index.assessment.flow.law.law.codes.name(*code);
            let Some(Spot { middle, outline }) = atlas.spot(*code) else {
                self.nowhere.push(name.to_owned());
                continue;
            };
            // Places of one land stand side by side.
            let beside = spots.values().filter(|(_, y)| *y == middle.1).filter(|(x, _)| (x - middle.0).abs() < 40);
            let x = middle.0 + 14 * i32::try_from(beside.count()).unwrap_or(0);
            let incoming = index.into(*code);
            let worst = index.worst(incoming);
            let says = if incoming.is_empty() {
                "nothing that is recorded comes here".to_owned()
            } else {
                format!("{} in, at worst {}", count(incoming.len(), "leg"), legend(worst).says)
            };
            spots.insert(*code, (x, middle.1));
            self.places.push(Land {
                href: links::place(*code),
                title: format!("{name}: {says}"),
                look: if incoming.is_empty() { "quiet" } else { legend(worst).look },
                outline,
                x,
                y: middle.1,
                radius: 5 + magnitude(incoming.len()),
            });
        }
        spots
    }

    /// Draws the lines, the gravest over the others.
    fn connect(
        &mut self,
        index: &Index<'_>,
        crossings: &BTreeMap<(Code, Code), Vec<PairId>>,
        spots: &BTreeMap<Code, (i32, i32)>,
    ) {
        let mut ways: Vec<(Option<Outcome>, usize, Code, Code)> =
            crossings.iter().map(|((from, to), legs)| (index.worst(legs), legs.len(), *from, *to)).collect();
        ways.sort_unstable();
        self.left_out = ways.len().saturating_sub(MAX_LINES);
        for (worst, legs, from, to) in ways.split_off(self.left_out) {
            let (Some(start), Some(end)) = (spots.get(&from), spots.get(&to)) else { continue };
            let entry = legend(worst);
            let name = |code: Code| index.assessment.flow.law.law.codes.name(code);
            self.lines.push(Arc {
                path: arc(*start, *end),
                look: entry.look,
                weight: (1 + magnitude(legs)).clamp(2, 5),
                title: format!("{} to {}: {}, at worst {}", name(from), name(to), count(legs, "leg"), entry.says),
            });
            if !self.legend.contains(&entry) {
                self.legend.push(entry);
            }
        }
        self.legend.reverse();
    }
}

/// 1 for one, 2 for two or three, 3 for four to seven, and so on.
fn magnitude(number: usize) -> usize {
    usize::BITS.saturating_sub(number.leading_zeros()) as usize
}

/// A bow to the left of the way, so that there and back are two lines.
fn arc(from: (i32, i32), to: (i32, i32)) -> String {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (bend_x, bend_y) = (i32::midpoint(from.0, to.0) + dy / 5, i32::midpoint(from.1, to.1) - dx / 5);
    format!("M{} {} Q{bend_x} {bend_y} {} {}", from.0, from.1, to.0, to.1)
}
