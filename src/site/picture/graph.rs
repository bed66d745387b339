//! The flow graph: boxes in layers, joined by lines, and set in groups where there are few enough.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};
use serde::Serialize;

use super::{Line, Picture, Shape, legend};
use crate::flow::Outcome;
use crate::prose::shortened;

/// The width of a box.
const WIDTH: u32 = 240;
/// And its height.
const HEIGHT: u32 = 46;
/// The most characters of a name that a box has room for.
const MAX_NAME: usize = 25;
/// The room for the name of a group, above its boxes.
const HEAD: u32 = 24;
/// What a group leaves around its boxes.
const EDGE: u32 = 10;
/// The most lines that an eye can follow.
const MAX_LINES: usize = 80;

/// A box to be laid out.
#[derive(Clone, Debug)]
pub(in crate::site) struct Node {
    pub name: String,
    pub more: String,
    pub href: String,
    /// Which group it belongs to, if any.
    pub group: Option<usize>,
}

/// A line to be laid out.
#[derive(Clone, Debug)]
pub(in crate::site) struct Edge {
    pub from: usize,
    pub to: usize,
    pub worst: Option<Outcome>,
    pub legs: usize,
}

/// A frame around boxes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Group {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    name: String,
}

/// Lays out boxes and lines; gives back the picture, and how many lines are not drawn.
pub(in crate::site) fn layered(label: String, nodes: &[Node], groups: &[String], edges: &[Edge]) -> (Picture, usize) {
    let mut drawn: Vec<&Edge> = edges.iter().filter(|edge| edge.from != edge.to).collect();
    drawn.sort_by_key(|edge| (edge.worst, edge.legs, edge.from, edge.to));
    let left_out = drawn.len().saturating_sub(MAX_LINES);
    let drawn = drawn.split_off(left_out);
    let layout = laid_out(nodes, groups, &drawn);

    let mut picture = Picture::empty(0, 0, label);
    (picture.box_width, picture.box_height) = (WIDTH as usize, HEIGHT as usize);
    for (at, node) in nodes.iter().enumerate() {
        let (x, y) = layout.node(&box_id(at)).and_then(corner).unwrap_or_default();
        picture.boxes.push(Shape {
            x,
            y,
            href: Some(node.href.clone()),
            title: format!("{}, {}", node.name, node.more),
            name: shortened(&node.name, MAX_NAME),
            more: shortened(&node.more, MAX_NAME + 4),
            look: "quiet",
        });
    }
    for (at, name) in groups.iter().enumerate() {
        if let Some(frame) = frame(&picture, nodes, at) {
            picture.groups.push(Group { name: name.clone(), ..frame });
        }
    }
    for edge in drawn {
        let points = layout.edge(&box_id(edge.from), &box_id(edge.to), None).map(|label| &label.points);
        let entry = legend(edge.worst);
        let (from, to) = (&nodes[edge.from].name, &nodes[edge.to].name);
        let mut points: Vec<(usize, usize)> =
            points.into_iter().flatten().map(|point| (whole(point.x), whole(point.y))).collect();
        sideways(&mut points, &picture.boxes[edge.from], &picture.boxes[edge.to]);
        picture.lines.push(Line {
            path: smooth(&points),
            look: entry.look,
            title: Some(format!("{from} to {to}: {}, at worst {}", crate::prose::count(edge.legs, "leg"), entry.says)),
        });
        if !picture.legend.contains(&entry) {
            picture.legend.push(entry);
        }
    }
    picture.legend.reverse();
    picture.fit();
    (picture, left_out)
}

/// The layout itself: left to right, as data goes.
fn laid_out(nodes: &[Node], groups: &[String], edges: &[&Edge]) -> Graph<NodeLabel, EdgeLabel> {
    let mut graph = Graph::with_options(GraphOptions { directed: true, multigraph: false, compound: true });
    for at in 0..groups.len() {
        graph.set_node(group_id(at), Some(NodeLabel::default()));
    }
    for (at, node) in nodes.iter().enumerate() {
        let size = NodeLabel { width: f64::from(WIDTH), height: f64::from(HEIGHT), ..NodeLabel::default() };
        graph.set_node(box_id(at), Some(size));
        if let Some(group) = node.group {
            graph.set_parent(&box_id(at), Some(&group_id(group)));
        }
    }
    for edge in edges {
        graph.set_edge(box_id(edge.from), box_id(edge.to), Some(EdgeLabel::default()), None);
    }
    let nodesep = f64::from(if groups.is_empty() { 14 } else { HEAD });
    let margin = f64::from(HEAD + EDGE);
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        nodesep,
        ranksep: 70.0,
        marginx: margin,
        marginy: margin,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    graph
}

fn box_id(at: usize) -> String {
    format!("box {at}")
}

fn group_id(at: usize) -> String {
    format!("group {at}")
}

/// The upper left corner of a box, from its middle.
fn corner(label: &NodeLabel) -> Option<(usize, usize)> {
    Some((whole(label.x? - label.width / 2.0), whole(label.y? - label.height / 2.0)))
}

/// A coordinate in whole units; the layout's margin keeps all of them above zero.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a picture can be")]
fn whole(number: f64) -> usize {
    number.round().clamp(0.0, 1e6) as usize
}

/// The frame around the boxes of a group.
fn frame(picture: &Picture, nodes: &[Node], group: usize) -> Option<Group> {
    let inside: Vec<&Shape> =
        picture.boxes.iter().zip(nodes).filter(|(_, node)| node.group == Some(group)).map(|(shape, _)| shape).collect();
    let (edge, head) = (EDGE as usize, HEAD as usize);
    let left = inside.iter().map(|shape| shape.x).min()?.saturating_sub(edge);
    let top = inside.iter().map(|shape| shape.y).min()?.saturating_sub(head);
    let right = inside.iter().map(|shape| shape.x).max()? + WIDTH as usize + edge;
    let bottom = inside.iter().map(|shape| shape.y).max()? + HEIGHT as usize + edge;
    Some(Group { x: left, y: top, width: right - left, height: bottom - top, name: String::new() })
}

/// Has a line that runs from left to right leave and reach boxes at their sides.
fn sideways(points: &mut [(usize, usize)], from: &Shape, to: &Shape) {
    let (left, right) = (from.x + WIDTH as usize, to.x);
    let middle = |shape: &Shape| shape.y + HEIGHT as usize / 2;
    if let ([first, .., last], true) = (points, left < right) {
        *first = (left, middle(from));
        *last = (right, middle(to));
    }
}

/// A curve through the middles between points.
fn smooth(points: &[(usize, usize)]) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let mut path = format!("M{} {}", first.0, first.1);
    for pair in points.windows(2).skip(1) {
        let middle = (usize::midpoint(pair[0].0, pair[1].0), usize::midpoint(pair[0].1, pair[1].1));
        let _ = write!(path, " Q{} {} {} {}", pair[0].0, pair[0].1, middle.0, middle.1);
    }
    let _ = write!(path, " L{} {}", last.0, last.1);
    path
}

/// Lines between numbered ends, from legs between named ones.
pub(in crate::site) fn between<K: Ord>(
    ends: &BTreeMap<K, usize>,
    legs: impl IntoIterator<Item = (K, K, Option<Outcome>, usize)>,
) -> Vec<Edge> {
    let mut lines: BTreeMap<(usize, usize), (Option<Outcome>, usize)> = BTreeMap::new();
    for (from, to, worst, number) in legs {
        let (Some(from), Some(to)) = (ends.get(&from), ends.get(&to)) else { continue };
        let line = lines.entry((*from, *to)).or_default();
        *line = (line.0.max(worst), line.1 + number);
    }
    lines.into_iter().map(|((from, to), (worst, legs))| Edge { from, to, worst, legs }).collect()
}
