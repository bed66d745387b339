//! Makes `src/site/picture/atlas.txt`, the shapes of the world map: once, when the borders of Natural Earth change.
//!
//! ```text
//! npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
//! cargo run --example atlas -- package/countries-50m.json > src/site/picture/atlas.txt
//! ```
//!
//! The input is Natural Earth's 1:50m countries (public domain) as `TopoJSON`. They are projected to
//! Equal Earth (Šavrič, Patterson and Jenny 2018), thinned, and written with one line a place:
//! code, middle, outline. What is too small for an outline at that scale has a middle only.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// The width of the map, in units; outlines are whole numbers of these.
const WIDTH: f64 = 2000.0;
/// How far a thinned line may be from the true one, in units.
const TOLERANCE: f64 = 1.3;
/// The smallest island that is drawn, in square units, beside a country's largest piece.
const SMALLEST: f64 = 10.0;
/// Shapes without a number, and whom the map draws them with.
const NAMED: [(&str, &str); 4] = [("Kosovo", "XK"), ("Somaliland", "SO"), ("N. Cyprus", "CY"), ("Siachen Glacier", "")];
/// Places without a shape at this scale: code, longitude and latitude of the middle, in degrees.
const DOTS: [(&str, f64, f64); 15] = [
    ("BQ", -68.3, 12.2),
    ("BV", 3.4, -54.4),
    ("CC", 96.9, -12.2),
    ("CX", 105.7, -10.5),
    ("GF", -53.1, 4.0),
    ("GI", -5.35, 36.14),
    ("GP", -61.55, 16.25),
    ("MQ", -61.0, 14.65),
    ("RE", 55.5, -21.1),
    ("SJ", 16.0, 78.5),
    ("TK", -171.8, -9.2),
    ("TV", 179.2, -8.5),
    ("UM", -160.0, -0.4),
    ("YT", 45.15, -12.8),
    ("AQ", 0.0, -57.0),
];

type Point = (f64, f64);

fn main() {
    let path = std::env::args().nth(1).expect("the path of countries-50m.json");
    let topology: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let arcs = arcs(&topology);
    let mut places: BTreeMap<String, Vec<Vec<Point>>> = BTreeMap::new();
    for country in topology["objects"]["countries"]["geometries"].as_array().unwrap() {
        let code = code(country);
        if code != "AQ" {
            places.entry(code).or_default().extend(rings(country, &arcs));
        }
    }
    println!("# Outlines of places for the world map: CODE<TAB>middle<TAB>outline, on a map of {WIDTH} units' width.");
    println!("# Made by `examples/atlas.rs` from Natural Earth 1:50m (public domain), Equal Earth projection.");
    for (code, rings) in &mut places {
        rings.sort_by(|a, b| area(b).abs().total_cmp(&area(a).abs()));
        let largest = rings[0].clone();
        rings.retain(|ring| area(ring).abs() >= SMALLEST);
        let outline: String = rings.iter().map(|ring| drawn(ring)).collect();
        let (x, y) = middle(&largest);
        println!("{code}\t{} {}\t{outline}", x.round(), y.round());
    }
    for (code, longitude, latitude) in DOTS.iter().filter(|(code, ..)| !places.contains_key(*code)) {
        let (x, y) = projected(*longitude, *latitude);
        println!("{code}\t{} {}\t", x.round(), y.round());
    }
}

/// The alpha-2 code of a shape; nothing where it is nobody's.
fn code(country: &Value) -> String {
    if let Some(number) = country["id"].as_str().and_then(|id| id.parse().ok()) {
        return rust_iso3166::from_numeric(number).map(|found| found.alpha2.to_owned()).unwrap_or_default();
    }
    let name = country["properties"]["name"].as_str().unwrap();
    NAMED.iter().find(|(named, _)| *named == name).map(|(_, code)| (*code).to_owned()).unwrap_or_default()
}

/// Every arc in degrees, thinned: neighbours share an arc, so their borders stay one line.
fn arcs(topology: &Value) -> Vec<Vec<Point>> {
    let number = |value: &Value| value.as_f64().unwrap();
    let (scale, translate) = (&topology["transform"]["scale"], &topology["transform"]["translate"]);
    let arc = |arc: &Value| {
        let (mut x, mut y) = (0.0, 0.0);
        let points = arc.as_array().unwrap().iter().map(|step| {
            (x, y) = (x + number(&step[0]), y + number(&step[1]));
            (x * number(&scale[0]) + number(&translate[0]), y * number(&scale[1]) + number(&translate[1]))
        });
        thinned(&points.collect::<Vec<_>>())
    };
    topology["arcs"].as_array().unwrap().iter().map(arc).collect()
}

/// The outer rings of a shape, projected.
fn rings(country: &Value, arcs: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let polygons: Vec<&Value> = match country["type"].as_str() {
        Some("Polygon") => vec![&country["arcs"]],
        _ => country["arcs"].as_array().unwrap().iter().collect(),
    };
    let ring = |polygon: &&Value| {
        let mut ring: Vec<Point> = Vec::new();
        for at in polygon[0].as_array().unwrap().iter().map(|at| at.as_i64().unwrap()) {
            // A negative number is the arc at `!number`, backwards.
            let arc = &arcs[(if at < 0 { !at } else { at }) as usize];
            ring.pop();
            if at < 0 {
                ring.extend(arc.iter().rev());
            } else {
                ring.extend(arc);
            }
        }
        ring
    };
    let cut = polygons.iter().map(ring).flat_map(|ring| cut(&ring));
    cut.map(|ring| ring.into_iter().map(|point| projected(point.0, point.1)).collect()).collect()
}

/// A ring in the parts that lie on either side of the 180th meridian.
fn cut(ring: &[Point]) -> Vec<Vec<Point>> {
    let mut whole: Vec<Point> = Vec::new();
    for point in ring {
        // Go on where the last point was, even past the edge of the map.
        let turns = whole.last().map_or(0.0, |last| ((last.0 - point.0) / 360.0).round());
        whole.push((point.0 + 360.0 * turns, point.1));
    }
    let part = |shift: f64| {
        let moved: Vec<Point> = whole.iter().map(|point| (point.0 + shift, point.1)).collect();
        clipped(&clipped(&moved, 180.0, 1.0), -180.0, -1.0)
    };
    [-360.0, 0.0, 360.0].map(part).into_iter().filter(|part| !part.is_empty()).collect()
}

/// What of a ring lies on one side of a meridian (Sutherland and Hodgman).
fn clipped(ring: &[Point], meridian: f64, side: f64) -> Vec<Point> {
    let is_in = |point: &Point| (meridian - point.0) * side >= 0.0;
    let mut kept = Vec::new();
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if is_in(a) {
            kept.push(*a);
        }
        if is_in(a) != is_in(b) {
            kept.push((meridian, a.1 + (b.1 - a.1) * (meridian - a.0) / (b.0 - a.0)));
        }
    }
    kept
}

/// Equal Earth: from degrees to units, the top of the map at 84 degrees north.
fn projected(longitude: f64, latitude: f64) -> Point {
    let (x, y) = equal_earth(longitude, latitude);
    let unit = WIDTH / (2.0 * equal_earth(180.0, 0.0).0);
    (WIDTH / 2.0 + x * unit, (equal_earth(0.0, 84.0).1 - y) * unit)
}

fn equal_earth(longitude: f64, latitude: f64) -> Point {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let half = 3.0_f64.sqrt() / 2.0;
    let angle = (half * latitude.to_radians().sin()).asin();
    let (two, six) = (angle.powi(2), angle.powi(6));
    let slope = A[0] + 3.0 * A[1] * two + six * (7.0 * A[2] + 9.0 * A[3] * two);
    (longitude.to_radians() * angle.cos() / (half * slope), angle * (A[0] + A[1] * two + six * (A[2] + A[3] * two)))
}

fn on_map(point: Point) -> Point {
    projected(point.0, point.1)
}

/// Ramer, Douglas and Peucker, by distances on the map.
fn thinned(line: &[Point]) -> Vec<Point> {
    let ([first, .., last], true) = (line, line.len() > 2) else { return line.to_vec() };
    let (at, far) = line
        .iter()
        .enumerate()
        .map(|(at, point)| (at, distance(on_map(*point), on_map(*first), on_map(*last))))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap();
    if far < TOLERANCE {
        return vec![*first, *last];
    }
    let mut whole = thinned(&line[..=at]);
    whole.pop();
    whole.extend(thinned(&line[at..]));
    whole
}

/// From a point to the line between two; where these are one, to that point.
fn distance(point: Point, a: Point, b: Point) -> f64 {
    let (along, length) = ((b.0 - a.0, b.1 - a.1), (b.0 - a.0).hypot(b.1 - a.1));
    let off = (point.0 - a.0, point.1 - a.1);
    if length == 0.0 { off.0.hypot(off.1) } else { (along.0 * off.1 - along.1 * off.0).abs() / length }
}

/// The area inside a ring, with a sign for its direction.
fn area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| (a.0 * b.1 - b.0 * a.1) / 2.0).sum()
}

/// The centre of gravity of a ring; of a speck, its first point.
fn middle(ring: &[Point]) -> Point {
    let whole = area(ring);
    if whole.abs() < 0.5 {
        return ring[0];
    }
    let mut sum = (0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let cross = (a.0 * b.1 - b.0 * a.1) / (6.0 * whole);
        sum = (sum.0 + (a.0 + b.0) * cross, sum.1 + (a.1 + b.1) * cross);
    }
    sum
}

/// A ring as steps of whole units.
fn drawn(ring: &[Point]) -> String {
    let mut outline = String::new();
    let mut last = (0, 0);
    for (at, point) in ring.iter().enumerate() {
        let (x, y) = (point.0.round() as i32, point.1.round() as i32);
        let step = (x - last.0, y - last.1);
        if at == 0 {
            let _ = write!(outline, "M{x} {y}l");
        } else if step != (0, 0) {
            let gap = if outline.ends_with('l') || step.0 < 0 { "" } else { " " };
            let minus = if step.1 < 0 { "" } else { " " };
            let _ = write!(outline, "{gap}{}{minus}{}", step.0, step.1);
        }
        last = (x, y);
    }
    outline + "z"
}
