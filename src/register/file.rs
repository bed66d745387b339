//! One file of a register, read: its records as written, and its problems.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::catalogue::RawEntry;
use super::collection::RawCollection;
use super::jurisdiction::RawJurisdiction;
use super::party::{PartyKind, RawParty};
use super::safeguard::RawSafeguard;
use super::settings::RawSettings;
use super::statement::RawStatement;
use super::transfer::RawTransfer;
use super::waiver::RawWaiver;
use super::{catalogue, collection, jurisdiction, party, safeguard, settings, statement, transfer, waiver};
use crate::finding::integrity::{invalid_value, unknown_key};
use crate::finding::{Finding, Problems};
use crate::law::RawLaw;
use crate::prose;
use crate::record::{At, Interner, Kind, Reader, Sym, hidden_in_comments, parse};
use crate::source::{Aim, Digest, FileId, Place, Spot, Step};

/// The records of a file. Names in it belong to the interner that read it.
#[derive(Clone, Debug, Default)]
pub(super) struct RawFile {
    /// What it said; none where it could not be read, or nobody asks.
    pub digest: Option<Digest>,
    pub parties: Vec<RawParty>,
    pub data: Vec<RawEntry>,
    pub subjects: Vec<RawEntry>,
    pub purposes: Vec<RawEntry>,
    pub collections: Vec<RawCollection>,
    pub transfers: Vec<RawTransfer>,
    pub safeguards: Vec<RawSafeguard>,
    pub jurisdictions: Vec<RawJurisdiction>,
    pub statements: Vec<RawStatement>,
    pub waivers: Vec<RawWaiver>,
    pub law: RawLaw,
    pub settings: Option<RawSettings>,
    /// The first character in its comments that nobody sees.
    pub hidden: Option<(Range<usize>, char)>,
    /// Ids of records that could not be read.
    pub mentions: Vec<Sym>,
    pub problems: Problems,
}

impl RawFile {
    /// Makes room for records of one of the kinds of which there are many and large ones, and no more than that.
    fn make_room(&mut self, kind: Kind, more: usize) {
        match kind {
            Kind::Transfer => self.transfers.reserve_exact(more),
            Kind::Safeguard => self.safeguards.reserve_exact(more),
            _ if PartyKind::of(kind).is_some() => self.parties.reserve_exact(more),
            _ => {}
        }
    }

    /// How many records the file has.
    pub(super) fn len(&self) -> usize {
        self.parties.len()
            + self.data.len()
            + self.subjects.len()
            + self.purposes.len()
            + self.collections.len()
            + self.transfers.len()
            + self.safeguards.len()
            + self.jurisdictions.len()
            + self.statements.len()
            + self.waivers.len()
            + self.law.len()
    }
}

/// Reads the text of a file; `is_top` marks the `register.toml` at the top of the register.
pub(super) fn read(
    file: FileId,
    is_top: bool,
    text: &str,
    (names, mut problems): (&mut Interner, Problems),
) -> Box<RawFile> {
    let mut raw: Box<RawFile> = Box::default();
    if let Some(tree) = parse(file, text, &mut problems) {
        let mut reader = Reader { names, problems: &mut problems };
        for (key, value) in tree.get_ref() {
            table(&mut reader, file, is_top, key.get_ref(), value.get_ref(), &mut raw);
        }
        if is_top && !tree.get_ref().contains_key("register") {
            let finding =
                Finding::new(&invalid_value::CARD, Place::file(file), "`register.toml` has no `[register]` table");
            problems.push(finding.help("begin it with `[register]`, `format = 1` and `organisation = \"…\"`"));
        }
    }
    if !problems.is_empty() {
        raw.mentions = ids_by_sight(text).map(|id| names.intern(id)).collect();
    }
    raw.hidden = hidden_in_comments(text);
    raw.problems = problems;
    raw
}

/// What looks like an id in a file with problems: whoever refers to it has made no mistake.
fn ids_by_sight(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let value = line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim_start();
        let quoted = value.strip_prefix(['"', '\''])?;
        quoted.split(['"', '\'']).next()
    })
}

fn table(reader: &mut Reader<'_>, file: FileId, is_top: bool, key: &str, value: &DeValue<'_>, raw: &mut RawFile) {
    let Some(kind) = Kind::named(key).filter(|kind| *kind != Kind::Book) else {
        unknown_kind(reader, file, key);
        return;
    };
    let at = At { file, kind, index: 0, start: 0 };
    match value {
        DeValue::Table(table) if kind.is_single() && is_top => {
            let settings = raw.settings.get_or_insert_default();
            if kind == Kind::Register {
                settings::read(reader, table, at, settings);
            } else {
                settings::read_rules(reader, table, at, settings);
            }
        }
        DeValue::Table(_) if kind.is_single() => {
            let message = format!("`[{key}]` belongs into the `register.toml` at the top of the register");
            reader.invalid(at.place(), message, "move it there");
        }
        DeValue::Array(records) if !kind.is_single() => {
            raw.make_room(kind, records.len());
            for (index, item) in (0..).zip(records) {
                let start = u32::try_from(item.span().start).unwrap_or(u32::MAX);
                let at = At { file, kind, index, start };
                match item.get_ref() {
                    DeValue::Table(table) => record(reader, table, at, raw),
                    _ => reader.invalid(
                        at.place(),
                        format!("an item of `{key}` is no record"),
                        format!("write every record as a table: `[[{key}]]`"),
                    ),
                }
            }
        }
        _ => {
            let header = if kind.is_single() { format!("[{key}]") } else { format!("[[{key}]]") };
            let place = Place { file, spot: Spot::Path(vec![Step::Key(key.to_owned().into())], Aim::Value) };
            reader.invalid(place, format!("{} is written another way", prose::quote(key)), format!("write `{header}`"));
        }
    }
}

fn record(reader: &mut Reader<'_>, table: &DeTable<'_>, at: At, raw: &mut RawFile) {
    if let Some(kind) = PartyKind::of(at.kind) {
        raw.parties.push(party::read(reader, table, at, kind));
        return;
    }
    match at.kind {
        Kind::Data => raw.data.push(catalogue::read(reader, table, at)),
        Kind::Subjects => raw.subjects.push(catalogue::read(reader, table, at)),
        Kind::Purpose => raw.purposes.push(catalogue::read(reader, table, at)),
        Kind::Collection => raw.collections.push(collection::read(reader, table, at)),
        Kind::Transfer => raw.transfers.push(transfer::read(reader, table, at)),
        Kind::Safeguard => raw.safeguards.push(safeguard::read(reader, table, at)),
        Kind::Jurisdiction => raw.jurisdictions.push(jurisdiction::read(reader, table, at)),
        Kind::Statement => raw.statements.push(statement::read(reader, table, at)),
        Kind::Waiver => raw.waivers.push(waiver::read(reader, table, at)),
        _ => crate::law::read(reader, table, at, &mut raw.law),
    }
}

fn unknown_kind(reader: &mut Reader<'_>, file: FileId, key: &str) {
    let place = Place { file, spot: Spot::Path(vec![Step::Key(key.to_owned().into())], Aim::Key) };
    let known = Kind::OF_REGISTER.map(Kind::name);
    let help = match prose::nearest(key, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the kinds are {}", prose::list(&prose::quoted(&known))),
    };
    let message = format!("{} is no kind of record", prose::quote(key));
    reader.problems.push(Finding::new(&unknown_key::CARD, place, message).label("unknown kind").help(help));
}
