//! The law book that is built into the program.

use super::raw::RawLaw;
use super::read::read;
use crate::finding::Problems;
use crate::record::{At, Interner, Kind, Reader, parse};
use crate::source::FileId;
use toml::de::DeValue;

/// The files of the book, in the order of their names.
pub(super) const FILES: &[(&str, &str)] = &[
    ("ae-adgm.toml", include_str!("book/ae-adgm.toml")),
    ("ae-difc.toml", include_str!("book/ae-difc.toml")),
    ("ar.toml", include_str!("book/ar.toml")),
    ("areas.toml", include_str!("book/areas.toml")),
    ("au.toml", include_str!("book/au.toml")),
    ("book.toml", include_str!("book/book.toml")),
    ("br.toml", include_str!("book/br.toml")),
    ("ca-qc.toml", include_str!("book/ca-qc.toml")),
    ("ca.toml", include_str!("book/ca.toml")),
    ("ch.toml", include_str!("book/ch.toml")),
    ("cn.toml", include_str!("book/cn.toml")),
    ("eu.toml", include_str!("book/eu.toml")),
    ("frameworks.toml", include_str!("book/frameworks.toml")),
    ("il.toml", include_str!("book/il.toml")),
    ("in.toml", include_str!("book/in.toml")),
    ("jp.toml", include_str!("book/jp.toml")),
    ("kr.toml", include_str!("book/kr.toml")),
    ("my.toml", include_str!("book/my.toml")),
    ("nz.toml", include_str!("book/nz.toml")),
    ("sa.toml", include_str!("book/sa.toml")),
    ("sg.toml", include_str!("book/sg.toml")),
    ("th.toml", include_str!("book/th.toml")),
    ("tr.toml", include_str!("book/tr.toml")),
    ("uk.toml", include_str!("book/uk.toml")),
    ("za.toml", include_str!("book/za.toml")),
];

/// The book's records, and what is wrong with them (nothing: a test holds that).
#[must_use]
pub fn book() -> (RawLaw, Problems) {
    let (mut law, mut problems, mut names) = (RawLaw::default(), Problems::default(), Interner::default());
    for (file, (_, text)) in (0..).map(FileId).zip(FILES) {
        let Some(tree) = parse(file, text, &mut problems) else { continue };
        let mut reader = Reader { names: &mut names, problems: &mut problems };
        for (key, value) in tree.get_ref() {
            let Some(kind) = Kind::named(key.get_ref()) else { continue };
            match value.get_ref() {
                DeValue::Table(table) => read(&mut reader, table, At { file, kind, index: 0, start: 0 }, &mut law),
                DeValue::Array(records) => {
                    for (index, record) in (0..).zip(records) {
                        if let DeValue::Table(table) = record.get_ref() {
                            read(&mut reader, table, At { file, kind, index, start: 0 }, &mut law);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    (law, problems)
}
