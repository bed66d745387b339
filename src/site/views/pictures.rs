//! The pages for those who would rather look: the map, and the flow graph; tables beside them say
//! the same.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Error;
use serde::Serialize;

use super::parties;
use crate::flow::PairId;
use crate::law::Code;
use crate::prose;
use crate::register::{PartyId, PartyKind};
use crate::site::index::Index;
use crate::site::links;
use crate::site::page::{Piece, Row, Table};
use crate::site::picture::Picture;
use crate::site::picture::graph::{self, Edge, Node};
use crate::site::picture::map::{self, WorldMap};
use crate::site::render::Pages;
use crate::site::words;

/// The most parties that are drawn one by one.
const MAX_PARTIES: usize = 30;
/// The most ways between places that are listed beside a graph of them; the page of the map has all.
const MAX_LISTED: usize = 100;

#[derive(Serialize)]
struct Map {
    map: WorldMap,
    table: Table,
}

#[derive(Serialize)]
struct Graphs {
    lead: String,
    pictures: Vec<Titled>,
    table: Table,
}

/// A picture with what it is called.
#[derive(Serialize)]
struct Titled {
    id: &'static str,
    title: &'static str,
    picture: Picture,
    /// How many lines are not drawn.
    left_out: usize,
}

pub(in crate::site) fn pages(index: &Index<'_>, pages: &mut Pages<'_>) -> Result<(), Error> {
    pages.add("map", "map.html", ("Map", "map.html"), || {
        let crossings = index.crossings();
        Map { map: map::world(index, &crossings), table: borders(index, &crossings, usize::MAX) }
    })?;
    pages.add("graph", "graph.html", ("Graph", "graph.html"), || graphs(index))
}

/// The flow graph, drawn twice: by place and by kind.
fn graphs(index: &Index<'_>) -> Graphs {
    let parties: Vec<PartyId> = index.register.parties.iter().map(|party| party.number).collect();
    let moving: Vec<PartyId> =
        parties.into_iter().filter(|id| !index.sent(*id).is_empty() || !index.received(*id).is_empty()).collect();
    if moving.len() <= MAX_PARTIES {
        return Graphs {
            lead: "Who sends data to whom. Lines run from left to right where they can.".to_owned(),
            pictures: vec![
                single(index, &moving, ("by-place", "By place"), |id| {
                    index.assessment.flow.law.law.codes.name(index.register[id].jurisdiction).to_owned()
                }),
                single(index, &moving, ("by-kind", "By kind"), |id| plural(index.register[id].kind).to_owned()),
            ],
            table: senders(index),
        };
    }
    Graphs {
        lead: format!(
            "Who sends data to whom: {} are drawn as the places and kinds that they belong to. The page of a party has its own neighbourhood.",
            prose::count(moving.len(), "party")
        ),
        pictures: vec![places(index, &moving), kinds(index, &moving)],
        table: borders(index, &index.crossings(), MAX_LISTED),
    }
}

/// Every party a box, in a frame with those of its group.
fn single(
    index: &Index<'_>,
    parties: &[PartyId],
    (id, title): (&'static str, &'static str),
    group: impl Fn(PartyId) -> String,
) -> Titled {
    let mut groups: Vec<String> = parties.iter().map(|id| group(*id)).collect();
    groups.sort_unstable();
    groups.dedup();
    let nodes: Vec<Node> = parties
        .iter()
        .map(|id| {
            let party = &index.register[*id];
            Node {
                name: party.name.to_string(),
                more: parties::kind(party.kind).to_owned(),
                href: links::party(index.register, *id),
                group: groups.binary_search(&group(*id)).ok(),
            }
        })
        .collect();
    let label = format!("Who sends data to whom, {}: {}.", title.to_lowercase(), prose::count(nodes.len(), "party"));
    drawn(index, (id, title), label, parties, |id| id, (&nodes, &groups))
}

/// The most places that are drawn one by one.
const MAX_PLACES: usize = 20;

/// Every place a box; of very many those that the most legs begin and end at, and one for the others.
fn places(index: &Index<'_>, parties: &[PartyId]) -> Titled {
    let home = |id: PartyId| index.register[id].jurisdiction;
    let mut legs: BTreeMap<Code, usize> = BTreeMap::new();
    for id in parties {
        *legs.entry(home(*id)).or_default() += index.sent(*id).len() + index.received(*id).len();
    }
    let mut places: Vec<(Code, usize)> = legs.into_iter().collect();
    places.sort_by_key(|(code, legs)| (std::cmp::Reverse(*legs), *code));
    let all = places.len();
    if all > MAX_PLACES + 1 {
        places.truncate(MAX_PLACES);
    }
    let mut drawn_places: Vec<Option<Code>> = places.into_iter().map(|(code, _)| Some(code)).collect();
    drawn_places.sort_unstable();
    let others = all - drawn_places.len();
    let mut nodes: Vec<Node> = drawn_places
        .iter()
        .flatten()
        .map(|code| Node {
            name: index.assessment.flow.law.law.codes.name(*code).to_owned(),
            more: prose::count(index.at_home(*code).len(), "party"),
            href: links::place(*code),
            group: None,
        })
        .collect();
    if others > 0 {
        let name = format!("{others} more places");
        nodes.push(Node { name, more: "see the list".to_owned(), href: "places.html".to_owned(), group: None });
        drawn_places.push(None);
    }
    let label = format!("Between which places data goes: {}.", prose::count(all, "place"));
    let known: BTreeSet<Code> = drawn_places.iter().copied().flatten().collect();
    let end = |id: PartyId| Some(home(id)).filter(|code| known.contains(code));
    drawn(index, ("by-place", "By place"), label, &drawn_places, end, (&nodes, &[]))
}

/// Every kind a box.
fn kinds(index: &Index<'_>, parties: &[PartyId]) -> Titled {
    let kind = |id: PartyId| index.register[id].kind;
    let used: Vec<PartyKind> =
        PartyKind::ALL.into_iter().filter(|kind| parties.iter().any(|id| index.register[*id].kind == *kind)).collect();
    let nodes: Vec<Node> = used
        .iter()
        .map(|kind| Node {
            name: plural(*kind).to_owned(),
            more: prose::count(parties.iter().filter(|id| index.register[**id].kind == *kind).count(), "party"),
            href: format!("parties.html?kind={}", parties::kind(*kind).replace(' ', "+")),
            group: None,
        })
        .collect();
    let label = format!("Between which kinds of party data goes: {}.", prose::count(nodes.len(), "kind"));
    drawn(index, ("by-kind", "By kind"), label, &used, kind, (&nodes, &[]))
}

/// Several of a kind.
fn plural(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Affiliate => "Affiliates",
        PartyKind::ServiceProvider => "Service providers",
        PartyKind::Reseller => "Resellers",
        PartyKind::ThirdParty => "Third parties",
    }
}

/// Lays out boxes for ends of legs.
fn drawn<K: Ord + Copy>(
    index: &Index<'_>,
    (id, title): (&'static str, &'static str),
    label: String,
    ends: &[K],
    end: impl Fn(PartyId) -> K,
    (nodes, groups): (&[Node], &[String]),
) -> Titled {
    let numbered: BTreeMap<K, usize> = ends.iter().enumerate().map(|(at, end)| (*end, at)).collect();
    let flow = &index.assessment.flow;
    let legs = flow.active_pairs().map(|id| {
        let pair = flow.pair(id);
        (end(pair.from), end(pair.to), index.worst(&[id]), 1)
    });
    let edges: Vec<Edge> = graph::between(&numbered, legs);
    let (picture, left_out) = graph::layered(label, nodes, groups, &edges);
    Titled { id, title, picture, left_out }
}

/// Who sends to whom, the worst first.
fn senders(index: &Index<'_>) -> Table {
    let flow = &index.assessment.flow;
    let mut legs: BTreeMap<(PartyId, PartyId), Vec<PairId>> = BTreeMap::new();
    for id in flow.active_pairs() {
        let pair = flow.pair(id);
        legs.entry((pair.from, pair.to)).or_default().push(id);
    }
    let party = |id: PartyId| vec![links::to_party(index.register, id)];
    Table {
        title: "Who sends to whom".to_owned(),
        id: "from-to",
        lead: String::new(),
        columns: vec!["From", "To", "Legs", "Worst verdict"],
        rows: worst_first(index, &legs)
            .into_iter()
            .map(|(from, to, rest)| Row::new([vec![party(from), party(to)], rest].concat()))
            .collect(),
        empty: "Nobody sends anything.",
    }
}

/// From which place to which data goes, the worst first, and no more than so many.
pub(super) fn borders(index: &Index<'_>, crossings: &BTreeMap<(Code, Code), Vec<PairId>>, most: usize) -> Table {
    let rows = worst_first(index, crossings);
    let more = rows.len().saturating_sub(most);
    let lead = if more > 0 {
        format!("The worst of them first; {} on the page of the map.", prose::count(more, "other"))
    } else {
        String::new()
    };
    let rows = rows.into_iter().take(most);
    Table {
        title: "From where to where".to_owned(),
        id: "from-to",
        lead,
        columns: vec!["From", "To", "Legs", "Worst verdict"],
        rows: rows
            .map(|(from, to, rest)| Row::new([vec![index.place(from), index.place(to)], rest].concat()))
            .collect(),
        empty: "No data goes from one place to another.",
    }
}

/// Legs by their ends, the worst first, with the cells that say how many and how bad.
fn worst_first<K: Ord + Copy>(index: &Index<'_>, legs: &BTreeMap<(K, K), Vec<PairId>>) -> Vec<(K, K, Vec<Vec<Piece>>)> {
    let mut rows: Vec<_> = legs.iter().map(|(ends, legs)| (index.worst(legs), legs.len(), *ends)).collect();
    rows.sort_by_key(|(worst, legs, ends)| (std::cmp::Reverse((*worst, *legs)), *ends));
    rows.into_iter()
        .map(|(worst, legs, (from, to))| {
            let worst = worst.map_or_else(|| Piece::status("no law attached", "quiet"), words::outcome);
            (from, to, vec![vec![Piece::text(legs.to_string())], vec![worst]])
        })
        .collect()
}
