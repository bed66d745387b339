//! A register that is read again and again, as under `serve`: what is remembered of it is never to be seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use onward::finding::{Whereabouts, locate, locate_again};
use onward::register::{self, Memory};
use onward::report::{Run, Style, json, text};
use onward::site::{self, Imprint, Look};

use super::kit::{CATALOGUE, collected, edit, folder, party, transfer, with_run_of};

const DAY: &str = "2026-06-01";

/// All that a run says: its reports, and every page.
fn all(run: &Run<'_>) -> BTreeMap<String, Vec<u8>> {
    let pages = site::pages(run, &Look::default(), &Imprint::default()).expect("pages");
    let reports = [("report", json::render(run)), ("text", text::render(run, Style::default()))];
    let pages = pages.into_iter().map(|page| (page.name, page.bytes));
    pages.chain(reports.map(|(name, report)| (name.to_owned(), report.into_bytes()))).collect()
}

/// A change of the files.
type Change = (&'static str, fn(&Path));

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file");
}

const CHANGES: &[Change] = &[
    ("nothing", |_| ()),
    ("a value", |folder| edit(folder, "c.toml", "jurisdiction = \"IN\"", "jurisdiction = \"FR\"")),
    ("the value back", |folder| edit(folder, "c.toml", "jurisdiction = \"FR\"", "jurisdiction = \"IN\"")),
    ("an id that others name", |folder| edit(folder, "c.toml", "id = \"in\"", "id = \"india\"")),
    ("those who name it", |folder| edit(folder, "d.toml", "\"in\"", "\"india\"")),
    ("lines that move", |folder| edit(folder, "d.toml", "[[transfer]]", "\n\n# moved\n[[transfer]]")),
    ("a file before the others", |folder| write(folder, "aa.toml", &party("affiliate", "us", "US", "controller"))),
    ("a transfer there", |folder| {
        write(folder, "aa.toml", &(party("affiliate", "us", "US", "controller") + &transfer("de", "us", "")));
    }),
    ("a file that does not parse", |folder| edit(folder, "b.toml", "[[collection]]", "[[collection]")),
    ("nothing about it", |folder| edit(folder, "aa.toml", "[[transfer]]", "# a remark\n[[transfer]]")),
    ("it is mended", |folder| edit(folder, "b.toml", "[[collection]", "[[collection]]")),
    ("the file is gone", |folder| fs::remove_file(folder.join("aa.toml")).expect("gone")),
    ("another name", |folder| fs::rename(folder.join("c.toml"), folder.join("z.toml")).expect("moved")),
    ("another way round", |folder| {
        let [b, d] = ["b.toml", "d.toml"].map(|name| fs::read_to_string(folder.join(name)).expect("a file"));
        write(folder, "b.toml", &d);
        write(folder, "d.toml", &b);
    }),
    ("a word that selects nobody", |folder| edit(folder, "b.toml", "\"india\"", "\"@group:india\"")),
    ("it selects somebody", |folder| edit(folder, "z.toml", "id = \"india\"", "id = \"india\"\ngroups = [\"india\"]")),
    ("the register's own table", |folder| edit(folder, "register.toml", "\"Acme\"", "\"Umbrella\"")),
    ("a law of its own", |folder| {
        let area = "[[area]]\nid = \"near\"\nname = \"Near\"\nversions = [{ from = 2020-01-01, members = [\"DE\", \"IN\"] }]\n";
        write(folder, "law.toml", area);
    }),
    ("everything is gone", |folder| {
        for name in ["b.toml", "d.toml", "z.toml", "law.toml"] {
            fs::remove_file(folder.join(name)).expect("gone");
        }
    }),
];

#[test]
fn a_register_that_is_read_again_says_what_it_says_when_it_is_read_for_the_first_time() {
    let register = folder(&[
        ("b.toml", &(CATALOGUE.to_owned() + &collected("de", "DE"))),
        ("c.toml", &(party("affiliate", "de", "DE", "controller") + &party("affiliate", "in", "IN", "controller"))),
        ("d.toml", &transfer("de", "in", "")),
    ]);
    let (mut memory, mut places) = (Memory::default(), Whereabouts::default());
    let mut before = BTreeMap::new();
    for (what, change) in CHANGES {
        change(register.path());
        let first = with_run_of(register::open(register.path()), locate, DAY, all);
        let opened = register::open_again(register.path(), &mut memory);
        let again = with_run_of(opened, |sources, findings| locate_again(sources, findings, &mut places), DAY, all);
        assert_eq!(text_of(&again), text_of(&first), "{what}");
        assert_eq!(again, first, "{what}");
        assert!(what.starts_with("nothing") || first != before, "{what} is seen nowhere, so this step proves nothing");
        before = first;
    }
}

fn text_of(all: &BTreeMap<String, Vec<u8>>) -> String {
    String::from_utf8_lossy(&all["text"]).into_owned()
}
