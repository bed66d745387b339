//! Where places are on the world map, and their outlines: made once from Natural Earth, see
//! `examples/atlas.rs`.

use hashbrown::HashMap;

use crate::law::Code;

const ATLAS: &str = include_str!("atlas.txt");

/// The map's width and height, in its own units.
pub(super) const SIZE: (i32, i32) = (2000, 880);

/// Whose land a place lies in that has an outline under no code of its own.
const WITHIN: [(&str, &str); 4] = [("AE-ADGM", "AE"), ("AE-DIFC", "AE"), ("EPO", "DE"), ("EU-INST", "BE")];

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its middle.
    pub middle: (i32, i32),
    /// Its outline, as SVG writes a path; empty where it is too small to have one.
    pub outline: &'static str,
}

/// Every place of the map.
#[derive(Debug)]
pub(super) struct Atlas {
    spots: HashMap<Code, Spot>,
    /// Land without a code.
    nobodys: Vec<&'static str>,
}

impl Atlas {
    pub(super) fn new() -> Self {
        let mut atlas = Self { spots: HashMap::new(), nobodys: Vec::new() };
        for (code, spot) in ATLAS.lines().filter(|line| !line.starts_with('#')).filter_map(row) {
            match Code::shaped(code) {
                Some(code) => drop(atlas.spots.insert(code, spot)),
                None => atlas.nobodys.push(spot.outline),
            }
        }
        atlas
    }

    /// A place, or the land that it lies in; none for what is nowhere, such as a place that a
    /// register defines.
    pub(super) fn spot(&self, code: Code) -> Option<Spot> {
        self.spots.get(&code).copied().or_else(|| {
            let named = WITHIN.iter().find(|(place, _)| *place == code.as_str());
            let land = named.and_then(|(_, land)| Code::shaped(land)).or_else(|| code.country())?;
            Some(Spot { outline: "", ..*self.spots.get(&land)? })
        })
    }

    /// The outlines of all land for which `is_shown` does not say that it is drawn by itself.
    pub(super) fn rest(&self, is_shown: impl Fn(Code) -> bool) -> String {
        let mut rest: Vec<&str> =
            self.spots.iter().filter(|(code, _)| !is_shown(**code)).map(|(_, spot)| spot.outline).collect();
        rest.extend(&self.nobodys);
        rest.sort_unstable();
        rest.concat()
    }
}

fn row(line: &'static str) -> Option<(&'static str, Spot)> {
    let (code, rest) = line.split_once('\t')?;
    let (middle, outline) = rest.split_once('\t')?;
    let (x, y) = middle.split_once(' ')?;
    Some((code, Spot { middle: (x.parse().ok()?, y.parse().ok()?), outline }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_on_the_map() {
        let atlas = Atlas::new();
        let countries = include_str!("../../law/codes/countries.txt").lines().filter_map(|line| line.split_once('\t'));
        let own = ["AE-ADGM", "AE-DIFC", "EPO", "EU-INST", "CA-QC"];
        for code in countries.map(|(code, _)| code).chain(own).filter_map(Code::shaped) {
            let spot = atlas.spot(code);
            let inside =
                spot.is_some_and(|spot| (0..=SIZE.0).contains(&spot.middle.0) && (0..=SIZE.1).contains(&spot.middle.1));
            assert!(inside, "{code}: {spot:?}");
        }
    }

    #[test]
    fn an_outline_is_steps_and_nothing_else() {
        for (code, spot) in &Atlas::new().spots {
            let is_plain = spot.outline.bytes().all(|byte| byte.is_ascii_digit() || b"Mlz -".contains(&byte));
            assert!(is_plain, "{code}");
        }
    }
}
