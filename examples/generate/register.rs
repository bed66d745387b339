//! Registers of any size, the same every time: for benchmarks, and to see what is pretty at fifteen
//! parties stay usable at two thousand.
//!
//! A register of E transfers has E / 5 parties in 60 places under three laws in full, 40 categories
//! of data of which a transfer carries one to six, chains of ten and more parties, cycles, and no
//! safeguard on a fifth of the transfers that need one. Up to 50,000 files hold what belongs to a party.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Places, those with a law in full first: a third of all parties are there.
const PLACES: [&str; 60] = [
    "DE", "FR", "IE", "NL", "ES", "GB", "CH", "US", "IN", "JP", "BR", "CA", "AU", "SG", "ZA", "KR", "MX", "VN", "PH",
    "MY", "TH", "ID", "TR", "IL", "AE", "SA", "EG", "NG", "KE", "MA", "AR", "CL", "CO", "PE", "UY", "NZ", "CN", "TW",
    "HK", "UA", "RS", "GE", "AM", "KZ", "PK", "BD", "LK", "NP", "QA", "KW", "BH", "OM", "JO", "LB", "TN", "DZ", "GH",
    "SN", "CR", "PA",
];
/// How many of the places have a law in full.
const HOMES: u64 = 7;
const DATA: u64 = 40;
const PURPOSES: u64 = 8;
const MOST_FILES: u64 = 50_000;

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
        (self.transfers / 5).max(12)
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

fn place(at: u64, dice: &mut Dice) -> &'static str {
    let homes = at.is_multiple_of(3);
    let index = if homes { dice.roll(HOMES) } else { dice.roll(PLACES.len() as u64) };
    PLACES[usize::try_from(index).unwrap_or(0)]
}

fn party(text: &mut String, at: u64, place: &str) {
    let (kind, role) = match at % 10 {
        0..=2 => ("affiliate", "controller"),
        3..=7 => ("service-provider", "processor"),
        8 => ("reseller", "controller"),
        _ => ("third-party", "controller"),
    };
    let _ = write!(
        text,
        "[[{kind}]]\nid = \"party-{at}\"\nname = \"Company {at}\"\njurisdiction = \"{place}\"\nrole = \"{role}\"\nowner = \"office-{}\"\n\n",
        at % 7
    );
    if at.is_multiple_of(3) {
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

fn transfer(text: &mut String, (from, number): (u64, u64), size: Size, places: &[&str], dice: &mut Dice) {
    let parties = size.parties();
    // The first of a party goes to the next one, which makes chains and, at the end, a cycle; the
    // others stay among a hundred neighbours, as those of a company do.
    let to = if number == 0 { (from + 1) % parties } else { (from + 2 + dice.roll(100.min(parties - 2))) % parties };
    let to = if to == from { (from + 1) % parties } else { to };
    // Who collects hands on anything, who was handed six categories for two purposes these; along the
    // chain all six go on to the next collector.
    let is_home = from % 3 == 0;
    let first = if is_home && number > 0 { dice.roll(DATA) } else { from / 3 * 11 % DATA };
    let many = if number == 0 { 6 } else { 1 + dice.roll(6) };
    let data: Vec<String> = (0..many).map(|step| format!("\"data-{}\"", (first + step * 7) % DATA)).collect();
    let purpose = from / 3 % PURPOSES;
    let purposes: Vec<String> = [purpose, (purpose + 1) % PURPOSES]
        .iter()
        .take(if number == 0 { 2 } else { 1 })
        .map(|purpose| format!("\"purpose-{purpose}\""))
        .collect();
    let (home, away) = (places[usize::try_from(from).unwrap_or(0)], places[usize::try_from(to).unwrap_or(0)]);
    let needs = home != away;
    let has = needs && dice.roll(5) != 0;
    let id = format!("t-{from}-{number}");
    let paper = if has { format!("safeguards = [\"s-{from}-{number}\"]\n") } else { String::new() };
    let _ = write!(
        text,
        "[[transfer]]\nid = \"{id}\"\nfrom = \"party-{from}\"\nto = \"party-{to}\"\ndata = [{}]\npurposes = [{}]\nowner = \"office-{}\"\n{paper}\n",
        data.join(", "),
        purposes.join(", "),
        from % 7
    );
    if has {
        let instrument = if home == "GB" { "uk-idta" } else { "eu-scc-2021-914" };
        let _ = write!(
            text,
            "[[safeguard]]\nid = \"s-{from}-{number}\"\ninstrument = \"{instrument}\"\nmodules = [1, 2, 3, 4]\nparties = [\"party-{from}\", \"party-{to}\"]\nsigned = 2025-0{}-01\nowner = \"office-{}\"\nassessments = [{}]\n\n",
            1 + dice.roll(9),
            from % 7,
            if PLACES[..usize::try_from(HOMES).unwrap_or(0)].contains(&away) {
                String::new()
            } else {
                format!("\"law-of-{}\"", away.to_lowercase())
            }
        );
    }
}
