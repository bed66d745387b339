//! `[register]` and `[rules]`: what `register.toml` says about the register as a whole.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::colour::{Colour, DARK, LIGHT};
use crate::finding::{FORMAT_RULES, Level};
use crate::law::RegimeId;
use crate::prose;
use crate::record::{
    At, COMMON, Common, Few, Field, Key, Keys, Period, PeriodUnit, Reader, Shape, Sym, Within, fields, names,
};

/// The one version of the format that this program reads.
pub const FORMAT: u8 = 1;

/// The register as a whole.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose register it is.
    pub organisation: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// The day it is judged on, unless another is asked for.
    pub as_of: Option<Date>,
    /// Where its files can be edited: an address with `{path}` and `{line}`.
    pub source: Option<Box<str>>,
    /// Person or team that answers for the register.
    pub owner: Option<Sym>,
    /// How its site looks.
    pub house: House,
    /// How often records are reviewed, unless they say otherwise.
    pub review_every: Option<Period>,
    /// How far ahead to look.
    pub horizon: Period,
    /// Regimes in outline that it is held to.
    pub regimes: Vec<RegimeId>,
    /// Levels of rules.
    pub levels: BTreeMap<Box<str>, Level>,
}

/// How a house wants its site to look.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// A picture, by its path in the register, and where that is written.
    pub logo: Option<(Box<str>, At)>,
    /// The colour of links on light paper.
    pub colour: Option<Colour>,
    /// The same on dark paper.
    pub colour_dark: Option<Colour>,
    /// A sentence at the foot of every page.
    pub footer: Option<Box<str>>,
}

/// The settings as written.
#[derive(Clone, Debug, Default)]
pub(super) struct RawSettings {
    pub at: Option<At>,
    pub organisation: Box<str>,
    pub title: Option<Box<str>>,
    pub as_of: Option<Date>,
    pub source: Option<Box<str>>,
    pub owner: Option<Sym>,
    pub house: House,
    pub review_every: Option<Period>,
    pub horizon: Option<Period>,
    pub regimes: Few<Sym>,
    pub levels: BTreeMap<Box<str>, Level>,
}

/// How far ahead to look where the register does not say.
pub const DEFAULT_HORIZON: Period = Period { count: 180, unit: PeriodUnit::Days };

const OWN: &[Key] = &[
    Key::required("format", Shape::Format, "the version of this format: 1"),
    Key::required("organisation", Shape::Name, "whose register it is"),
    Key::new("title", Shape::Name, "what the register is called"),
    Key::new("as-of", Shape::Date, "the day to judge it on; default: today"),
    Key::new(
        "source",
        Shape::Url,
        "the address of a record in your repository, with `{path}` and `{line}`: pages then link to it",
    ),
    Key::new(
        "review-every",
        Shape::Period,
        "how often records with `reviewed` are looked at again, where they do not say",
    ),
    Key::new("horizon", Shape::Period, "how far ahead to warn; default: `\"180 days\"`"),
    Key::new("regimes", Shape::References, "regimes that the law book has in outline only, to be held to"),
    Key::new("logo", Shape::Name, "a PNG picture for the head of every page, by its path in the register"),
    Key::new("colour", Shape::Colour, "the colour of links and rules on the site's white paper"),
    Key::new("colour-dark", Shape::Colour, "the same on its dark paper"),
    Key::new("footer", Shape::Name, "a sentence for the foot of every page"),
];

/// The keys of `[register]`.
pub(super) const KEYS: Keys = &[OWN, &[COMMON[0], COMMON[1], COMMON[4], COMMON[5]]];

/// Reads `[register]`.
pub(super) fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At, raw: &mut RawSettings) {
    let within = Within::record(at);
    let mut common = Common::default();
    raw.at = Some(at);
    for field in fields(table, within) {
        match field.key {
            "format" => match field.value {
                DeValue::Integer(number) if number.as_str() == "1" => {}
                DeValue::Integer(_) => reader.invalid(
                    field.place(),
                    format!("this onward reads format {FORMAT} of a register"),
                    format!("write `format = {FORMAT}`, or use a later onward"),
                ),
                _ => reader.wrong_type(&field, "a number"),
            },
            "organisation" => raw.organisation = reader.name(&field).unwrap_or_default(),
            "title" => raw.title = reader.name(&field),
            "as-of" => raw.as_of = reader.date(&field),
            "source" => raw.source = reader.url(&field),
            "review-every" => raw.review_every = reader.period(&field),
            "horizon" => raw.horizon = reader.period(&field),
            "regimes" => raw.regimes = reader.references(&field, true),
            "logo" => raw.house.logo = reader.name(&field).map(|path| (path, at)),
            "colour" => raw.house.colour = colour(reader, &field, LIGHT),
            "colour-dark" => raw.house.colour_dark = colour(reader, &field, DARK),
            "footer" => raw.house.footer = reader.name(&field),
            "aliases" => reader.unknown(&field, names(KEYS), "`[register]`"),
            _ if reader.common(&field, &mut common) => {}
            _ => reader.unknown(&field, names(KEYS), "`[register]`"),
        }
    }
    raw.owner = common.owner;
    reader.require(table, within, "register", KEYS);
}

/// The least contrast between text and paper (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// A colour in which text can be read on a paper.
fn colour(reader: &mut Reader<'_>, field: &Field<'_>, paper: Colour) -> Option<Colour> {
    let text = reader.string(field)?;
    let Some(colour) = Colour::parse(text) else {
        let message = format!("{} is no colour", prose::quote(text));
        reader.invalid(field.place(), message, "write six digits, such as `#0b57a4`");
        return None;
    };
    if colour.contrast(paper) < LEAST_CONTRAST {
        let message = format!("text of the colour `{colour}` cannot be read on `{paper}`, the paper of the page");
        let help = "choose one that stands out more: WCAG asks for a contrast of 4.5 to 1";
        reader.invalid(field.place(), message, help);
        return None;
    }
    Some(colour)
}

/// Reads `[rules]`.
pub(super) fn read_rules(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At, raw: &mut RawSettings) {
    let words = Level::ALL.map(|level| (level.as_str(), level));
    for field in fields(table, Within::record(at)) {
        if FORMAT_RULES.contains(&field.key) {
            if let Some(level) = reader.one_of(&field, &words) {
                raw.levels.insert(field.key.into(), level);
            }
        } else {
            reader.unknown(&field, FORMAT_RULES.iter().copied(), "`[rules]`");
        }
    }
}
