//! Registers of any size, the same every time: for benchmarks, and to see what is pretty at fifteen
//! parties stay usable at two thousand.
//!
//! A register of E transfers has E / 5 parties in 60 places under three laws, 40 categories of data of
//! which a transfer carries one to six, chains of twelve parties that end in a ring, and no paper on a
//! fifth of the transfers that need one; all other papers hold. Up to 50,000 files hold what belongs to
//! a party.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Places, those under the three laws first: under that of the European Union, then GB and CH.
const PLACES: [&str; 60] = [
    "DE", "FR", "IE", "NL", "ES", "IT", "AT", "BE", "PL", "SE", "FI", "DK", "PT", "CZ", "RO", "HU", "GR", "BG", "HR",
    "SK", "GB", "CH", "US", "MX", "VN", "PH", "ID", "AE", "EG", "NG", "KE", "MA", "CL", "CO", "PE", "UY", "TW", "HK",
    "UA", "RS", "GE", "AM", "KZ", "PK", "BD", "LK", "NP", "QA", "KW", "BH", "OM", "JO", "LB", "TN", "DZ", "GH", "SN",
    "CR", "PA", "DO",
];
/// How many of the places are under one of the laws.
const HOMES: u64 = 22;
const DATA: u64 = 40;
const PURPOSES: u64 = 8;
const MOST_FILES: u64 = 50_000;
/// How many parties are a chain: collectors, other controllers, processors.
const CHAIN: u64 = 12;
/// How many at the beginning of a chain collect.
const COLLECTORS: u64 = 3;
/// How many at the beginning of a chain are controllers.
const CONTROLLERS: u64 = 5;

/// How large, and which one of that size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// How many transfers.
    pub(crate) transfers: u64,
    /// The seed.
    pub(crate) seed: u64,
}

impl Size {
    /// How many parties.
    pub(crate) fn parties(self) -> u64 {
        (self.transfers / 5).max(CHAIN)
    }

    /// How many files hold them.
    pub(crate) fn files(self) -> u64 {
        self.parties().min(MOST_FILES)
    }
}

/// Numbers that look random and are the same every time (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// Writes a register into a folder.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn write(folder: &Path, size: Size) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("register.toml"), head(size))?;
    fs::write(folder.join("catalogue.toml"), catalogue())?;
    let mut dice = Dice(size.seed);
    let places: Vec<&str> = (0..size.parties()).map(|at| place(at, &mut dice)).collect();
    let (each, more) = (size.transfers / size.parties(), size.transfers % size.parties());
    let mut texts = vec![String::new(); usize::try_from(size.files()).unwrap_or(usize::MAX)];
    for at in 0..size.parties() {
        let text = &mut texts[usize::try_from(at % size.files()).unwrap_or(0)];
        party(text, at, places[usize::try_from(at).unwrap_or(0)]);
        for number in 0..each + u64::from(at < more) {
            transfer(text, (at, number), size, &places, &mut dice);
        }
    }
    for (at, text) in texts.iter().enumerate() {
        let below = folder.join(format!("parties/{:03}", at / 200));
        if at % 200 == 0 {
            fs::create_dir_all(&below)?;
        }
        fs::write(below.join(format!("{at:05}.toml")), text)?;
    }
    Ok(())
}

fn head(size: Size) -> String {
    let Size { transfers, seed } = size;
    format!(
        "[register]\nformat = 1\norganisation = \"Example of {transfers} transfers\"\nas-of = 2026-06-01\nowner = \"office-{seed}\"\n"
    )
}

fn catalogue() -> String {
    let mut text = String::new();
    for at in 0..DATA {
        let special = if at % 13 == 12 { "special = true\n" } else { "" };
        let _ = write!(text, "[[data]]\nid = \"data-{at}\"\nname = \"Category {at}\"\n{special}\n");
    }
    for at in 0..PURPOSES {
        let _ = write!(text, "[[purpose]]\nid = \"purpose-{at}\"\nname = \"Purpose {at}\"\n\n");
    }
    text += "[[subjects]]\nid = \"people\"\nname = \"People\"\n\n";
    for place in &PLACES[usize::try_from(HOMES).unwrap_or(0)..] {
        let _ = write!(
            text,
            "[[jurisdiction]]\ncode = \"{place}\"\n\n[[jurisdiction.assessment]]\nid = \"law-of-{}\"\ndate = 2026-01-15\noutcome = \"no-extra-measures\"\n\n",
            place.to_lowercase()
        );
    }
    text
}

/// Where a party is: one that is at home, half the time in the European Union.
fn place(at: u64, dice: &mut Dice) -> &'static str {
    let is_home = collects(at) || at % CHAIN == CONTROLLERS + 2;
    let index = match dice.roll(4) {
        0 if is_home => HOMES - 2,
        1 if is_home => HOMES - 1,
        _ if is_home => dice.roll(HOMES - 2),
        _ => dice.roll(PLACES.len() as u64),
    };
    PLACES[usize::try_from(index).unwrap_or(0)]
}

fn collects(at: u64) -> bool {
    at % CHAIN < COLLECTORS
}

fn is_processor(at: u64) -> bool {
    at % CHAIN >= CONTROLLERS
}

fn party(text: &mut String, at: u64, place: &str) {
    let (kind, role) = match at % CHAIN {
        0..COLLECTORS => ("affiliate", "controller"),
        COLLECTORS => ("reseller", "controller"),
        _ if !is_processor(at) => ("third-party", "controller"),
        _ => ("service-provider", "processor"),
    };
    let _ = write!(
        text,
        "[[{kind}]]\nid = \"party-{at}\"\nname = \"Company {at}\"\njurisdiction = \"{place}\"\nrole = \"{role}\"\nowner = \"office-{}\"\n\n",
        at % 7
    );
    if collects(at) {
        let data: Vec<String> = (0..DATA).map(|data| format!("\"data-{data}\"")).collect();
        let purposes: Vec<String> = (0..PURPOSES).map(|purpose| format!("\"purpose-{purpose}\"")).collect();
        let _ = write!(
            text,
            "[[collection]]\nid = \"from-people-{at}\"\nby = [\"party-{at}\"]\ndata = [{}]\nsubjects = [\"people\"]\nsubjects-in = [\"{place}\"]\npurposes = [{}]\n\n",
            data.join(", "),
            purposes.join(", ")
        );
    }
}

/// To whom the transfers of a party go: the first to the next of its chain, whose end is a ring; the
/// others stay among a hundred neighbours, as those of a company do. Processors send to processors.
fn recipient((from, number): (u64, u64), parties: u64, dice: &mut Dice) -> u64 {
    let start = from - from % CHAIN;
    let first = if from + 1 < parties.min(start + CHAIN) { from + 1 } else { start + CONTROLLERS };
    let mut to = if number == 0 { first } else { from + 2 + dice.roll(100.min(parties - 2)) } % parties;
    while to == from || (is_processor(from) && !is_processor(to)) {
        to = (to + 1) % parties;
    }
    to
}

fn transfer(text: &mut String, (from, number): (u64, u64), size: Size, places: &[&str], dice: &mut Dice) {
    let to = recipient((from, number), size.parties(), dice);
    // Who collects hands on anything, who was handed six categories for two purposes these.
    let chain = from / CHAIN;
    let first = if collects(from) && number > 0 { dice.roll(DATA) } else { chain * 11 % DATA };
    let many = if number == 0 { 6 } else { 1 + dice.roll(6) };
    let data: Vec<String> = (0..many).map(|step| format!("\"data-{}\"", (first + step * 7) % DATA)).collect();
    let purposes: Vec<String> = [chain % PURPOSES, (chain + 1) % PURPOSES]
        .iter()
        .take(if number == 0 { 2 } else { 1 })
        .map(|purpose| format!("\"purpose-{purpose}\""))
        .collect();
    let (home, away) = (places[usize::try_from(from).unwrap_or(0)], places[usize::try_from(to).unwrap_or(0)]);
    let needed = needed(home, away, is_processor(to));
    let papers = if dice.roll(5) == 0 { &[][..] } else { needed };
    let id = format!("{from}-{number}");
    let _ = write!(
        text,
        "[[transfer]]\nid = \"t-{id}\"\nfrom = \"party-{from}\"\nto = \"party-{to}\"\ndata = [{}]\npurposes = [{}]\nowner = \"office-{}\"\n",
        data.join(", "),
        purposes.join(", "),
        from % 7
    );
    if is_processor(from) {
        *text += "authorisation = \"general\"\n";
    }
    if !papers.is_empty() {
        let listed: Vec<String> = papers.iter().map(|paper| format!("\"{paper}-{id}\"")).collect();
        let _ = writeln!(text, "safeguards = [{}]", listed.join(", "));
    }
    *text += "\n";
    for paper in papers {
        let _ = write!(
            text,
            "[[safeguard]]\nid = \"{paper}-{id}\"\ninstrument = \"{paper}\"\nparties = [\"party-{from}\", \"party-{to}\"]\nsigned = 2025-0{}-01\nowner = \"office-{}\"\n",
            1 + dice.roll(9),
            from % 7
        );
        if *paper != AGREEMENT {
            let _ = write!(
                text,
                "modules = [1, 2, 3]\nconfirms = [\"swiss-adaptations\"]\nassessments = [\"law-of-{}\"]\n",
                away.to_lowercase()
            );
        }
        *text += "\n";
    }
}

const AGREEMENT: &str = "processing-agreement";
const CLAUSES: &str = "eu-scc-2021-914";
const ADDENDUM: &str = "uk-addendum";

/// The papers that a transfer needs: what leaves from abroad may be under each of the laws.
fn needed(home: &str, away: &str, to_processor: bool) -> &'static [&'static str] {
    let homes = &PLACES[..usize::try_from(HOMES).unwrap_or(0)];
    if !homes.contains(&away) {
        if homes.contains(&home) && home != "GB" { &[CLAUSES] } else { &[CLAUSES, ADDENDUM] }
    } else if to_processor {
        &[AGREEMENT]
    } else {
        &[]
    }
}
