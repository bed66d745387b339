//! The keys of law records, in the book and in a register.

use super::facts::Roles;
use super::instrument::InstrumentKind;
use crate::record::{COMMON, Key, Keys, Kind, Shape, words};

/// The keys of a kind of law record.
#[must_use]
pub fn keys(kind: Kind) -> Keys {
    match kind {
        Kind::Area => &[AREA, SOURCE, COMMON],
        Kind::Regime => &[REGIME, SOURCE, COMMON],
        Kind::Adequacy => &[DECISION, CITED, COMMON],
        Kind::Instrument => &[INSTRUMENT, CITED, COMMON],
        Kind::Acceptance => &[ACCEPTANCE, CITED, COMMON],
        _ => &[],
    }
}

const SOURCE: &[Key] = &[
    Key::new("citation", Shape::Text, "where the law says so, to the article"),
    Key::new("url", Shape::Url, "where that can be read"),
    Key::new("unsure", Shape::Text, "what is not settled about it"),
    Key::new("note", Shape::Text, "what a reader should know"),
];
const CITED: &[Key] = &[
    Key::required("citation", Shape::Text, "where the law says so, to the article"),
    Key::new("url", Shape::Url, "where that can be read"),
    Key::new("unsure", Shape::Text, "what is not settled about it"),
    Key::new("note", Shape::Text, "what a reader should know"),
];
const AREA: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::new("overrides", Shape::Flag, "says that it takes the place of a record of the law book with the same id"),
    Key::required("name", Shape::Name, "what it is called"),
    Key::required("members", Shape::Tables(&[MEMBER]), "the places in it"),
];
pub(super) const MEMBER: &[Key] = &[
    Key::required("code", Shape::Reference, "the place"),
    Key::new("from", Shape::Date, "the first day in it; default: always"),
    Key::new("until", Shape::Date, "the last day in it; default: still"),
    Key::new("note", Shape::Text, "what a reader should know"),
];
const REGIME: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::new("overrides", Shape::Flag, "says that it takes the place of a record of the law book with the same id"),
    Key::required("name", Shape::Name, "what it is called"),
    Key::required("territory", Shape::Names, "the areas and places within it"),
    Key::new(
        "coverage",
        Shape::Word(|| vec!["full", "outline"]),
        "`outline` where the book has not all of it: only registers that name it are held to it",
    ),
    Key::required("version", Shape::Tables(VERSIONS), "its versions in time"),
];
pub(super) const VERSIONS: Keys = &[VERSION, CITED];
const VERSION: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::required("name", Shape::Name, "the act"),
    Key::required("from", Shape::Date, "its first day"),
    Key::new("until", Shape::Date, "its last day; default: still"),
    Key::new("extraterritorial", Shape::Flag, "whether it also binds recipients and collectors abroad; default: false"),
    Key::new("follows", Shape::Flag, "whether it stays with the data abroad; default: true"),
    Key::new(
        "processor-return",
        Shape::Word(|| vec!["restricted", "unrestricted"]),
        "whether it restricts what a processor sends back to its controller",
    ),
    Key::new(
        "unrestricted-roles",
        Shape::Words(|| words(&Roles::WORDS)),
        "the roles between which it restricts nothing",
    ),
    Key::new("assessment-required-from", Shape::Date, "the day from which safeguards need an assessment of the place"),
    Key::new("restricts", Shape::Name, "the part of the act that restricts transfers"),
    Key::new("territory", Shape::Names, "the areas and places within it, where this version differs"),
];
const DECISION: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::new("overrides", Shape::Flag, "says that it takes the place of a record of the law book with the same id"),
    Key::required("regime", Shape::Reference, "the law under which it was made"),
    Key::required("jurisdictions", Shape::Names, "the places that it is about"),
    Key::required("from", Shape::Date, "its first day"),
    Key::new("until", Shape::Date, "its last day; default: still"),
    Key::new("ended-by", Shape::Name, "what ended it"),
    Key::new("scope", Shape::Table(&[SCOPE]), "what it is limited to; default: nothing"),
    Key::new("effect", Shape::Word(|| vec!["adequate", "not-a-transfer"]), "what it means; default: `adequate`"),
    Key::required(
        "onward",
        Shape::Word(|| vec!["local-law", "contract"]),
        "what protects the data that is passed on from there",
    ),
    Key::new("contested", Shape::Name, "the case in which it is being challenged"),
];
pub(super) const SCOPE: &[Key] = &[
    Key::new("certification", Shape::Reference, "the certificate that the recipient must hold"),
    Key::new("sector", Shape::Names, "the sectors of the recipient"),
    Key::new("not-sector", Shape::Names, "the sectors of the recipient that it leaves out"),
    Key::new("exporter-sector", Shape::Names, "the sectors of the sender"),
    Key::new("only-data-tags", Shape::Names, "the tags of which the data must have one"),
    Key::new("not-data-tags", Shape::Names, "the tags that the data must not have"),
    Key::new("not-purpose-tags", Shape::Names, "the tags that the purpose must not have"),
    Key::new("party-tags", Shape::Names, "the tags of which the recipient must have one"),
    Key::new("hr", Shape::Flag, "whether it covers only the data of employees, or none of it"),
];
const INSTRUMENT: &[Key] = &[
    Key::required("id", Shape::Id, "its id"),
    Key::new("overrides", Shape::Flag, "says that it takes the place of a record of the law book with the same id"),
    Key::required("name", Shape::Name, "what it is called"),
    Key::required("kind", Shape::Word(|| words(&InstrumentKind::WORDS)), "what sort of thing it is"),
    Key::new("binds", Shape::Word(|| vec!["both", "importer", "group"]), "who must be a party to it; default: `both`"),
    Key::new("modules", Shape::Tables(&[MODULE]), "the modules that can be signed"),
    Key::new("roles", Shape::Words(|| words(&Roles::WORDS)), "the roles between which it works; default: all"),
    Key::new(
        "onward-roles",
        Shape::Words(|| words(&Roles::WORDS)),
        "further roles, where the sender is outside the territory",
    ),
    Key::new("with", Shape::Names, "the instruments on one of which it builds"),
    Key::new("not-a-tool", Shape::Name, "why it carries no transfer by itself"),
    Key::new("processing-agreement", Shape::Flag, "whether it holds the contract with a processor too; default: false"),
    Key::new("needs-assessment", Shape::Flag, "whether it needs an assessment of the place; default: false"),
    Key::new("needs-approval", Shape::Flag, "whether an authority must approve it; default: false"),
    Key::new("occasional-only", Shape::Flag, "whether it carries only what is occasional; default: false"),
    Key::new("exporter-sector", Shape::Names, "the sectors of the sender"),
    Key::new("importer-sector", Shape::Names, "the sectors of the recipient"),
    Key::new("not-exporter-sector", Shape::Names, "the sectors of the sender that cannot use it"),
    Key::new(
        "conditions",
        Shape::Conditions,
        "the words that the safeguard must `confirm`; of a list within the list, one is enough",
    ),
];
pub(super) const MODULE: &[Key] = &[
    Key::required("id", Shape::Number, "its number"),
    Key::required("roles", Shape::Word(|| words(&Roles::WORDS)), "the roles that it is for"),
    Key::new("needs-assessment", Shape::Flag, "whether it needs an assessment of the place; default: true"),
];
const ACCEPTANCE: &[Key] = &[
    Key::required("regime", Shape::Reference, "the law that accepts"),
    Key::required("instrument", Shape::Reference, "the instrument that it accepts"),
    Key::new("overrides", Shape::Flag, "says that it takes the place of a record of the law book with the same id"),
    Key::new("sign-from", Shape::Date, "the first day on which it can be signed"),
    Key::new("sign-until", Shape::Date, "the last day on which it can be signed"),
    Key::new("valid-from", Shape::Date, "the first day on which it carries data"),
    Key::new("valid-until", Shape::Date, "the last day on which it carries data"),
    Key::new("conditions", Shape::Conditions, "the words that the safeguard must `confirm` under this law"),
];
