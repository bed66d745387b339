//! Random registers in which papers often hold and often fail for one reason only.

use std::fmt::Write as _;

const HOMES: [&str; 5] = ["DE", "FR", "GB", "CH", "NO"];
const ABROAD: [&str; 7] = ["US", "US-CA", "VN", "UY", "JE", "MX", "EG"];
const PLACES: [&str; 24] = [
    "DE", "FR", "GB", "CH", "US", "IN", "JP", "JE", "AU", "CA", "CA-QC", "NZ", "IL", "KR", "BR", "TR", "ZA", "AR",
    "CN", "AE-DIFC", "UY", "VN", "NO", "SG",
];
const DAYS: [&str; 16] = [
    "2003-05-01",
    "2009-02-03",
    "2015-10-05",
    "2015-10-06",
    "2018-05-25",
    "2020-07-15",
    "2020-07-16",
    "2021-01-01",
    "2021-06-27",
    "2021-09-27",
    "2022-12-27",
    "2022-12-28",
    "2023-07-10",
    "2024-03-20",
    "2024-09-15",
    "2026-06-01",
];
const INSTRUMENTS: [&str; 30] = [
    "eu-scc-2021-914",
    "eu-scc-2021-914",
    "eu-scc-2021-914",
    "eu-scc-2021-914",
    "uk-addendum",
    "uk-addendum",
    "uk-idta",
    "uk-idta",
    "eu-scc-2010-87",
    "eu-scc-2010-87",
    "eu-scc-2004-915",
    "eu-scc-2001-497",
    "onward-contract",
    "processing-agreement",
    "eu-bcr-c-gdpr",
    "eu-bcr-p-gdpr",
    "eu-safe-harbor-cert",
    "eu-privacy-shield-cert",
    "eu-dpf-cert",
    "uk-dpf-extension",
    "ch-dpf-cert",
    "eu-art49-1-a",
    "eu-art49-1-b",
    "eu-art49-1-d",
    "eu-public-46-2-a",
    "au-app8-1",
    "br-scc",
    "tr-scc",
    "cn-scc",
    "jp-consent",
];
const CONDITIONS: &str = "\"swiss-adaptations\", \"explicit\", \"risks-explained\", \"checked\", \"documented\", \"informed\", \"filed\", \"authority-notified\", \"law-named\", \"binding\", \"controller-contract\"";

/// Numbers that follow from a seed.
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).expect("small")
    }

    /// Whether something of so many in a hundred happens.
    fn once(&mut self, in_a_hundred: usize) -> bool {
        self.roll(100) < in_a_hundred
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len())]
    }

    /// One or two of some, as a list.
    fn some(&mut self, of: &[&str]) -> String {
        let first = self.roll(of.len());
        let second = self.roll(of.len());
        if first == second {
            format!("[\"{}\"]", of[first])
        } else {
            format!("[\"{}\", \"{}\"]", of[first], of[second])
        }
    }

    fn day(&mut self, from: usize, to: usize) -> String {
        format!("{}-{:02}-{:02}", from + self.roll(to - from + 1), 1 + self.roll(12), 1 + self.roll(28))
    }
}

const DATA: [&str; 3] = ["c0", "c1", "c2"];
const GROUPS: [&str; 3] = ["s0", "s1", "hr"];
const PURPOSES: [&str; 3] = ["p0", "p1", "p2"];

struct Writer {
    dice: Dice,
    text: String,
    papers: usize,
    assessments: Vec<String>,
}

/// A register and the day on which it is judged.
pub fn register(seed: u64) -> (String, &'static str) {
    let mut writer = Writer { dice: Dice(seed), text: String::new(), papers: 0, assessments: Vec::new() };
    let day = if writer.dice.once(40) { "2026-06-01" } else { writer.dice.one(&DAYS) };
    let places: Vec<&str> = if writer.dice.once(40) {
        (0..4).map(|_| writer.dice.one(&PLACES)).collect()
    } else {
        vec![writer.dice.one(&HOMES), writer.dice.one(&HOMES), writer.dice.one(&ABROAD), writer.dice.one(&ABROAD)]
    };
    writer.catalogue();
    writer.places(&places);
    let parties = writer.parties(&places);
    writer.collections(&parties, &places);
    writer.transfers(&parties);
    (writer.text, day)
}

impl Writer {
    fn key(&mut self, in_a_hundred: usize, key: &str, value: impl FnOnce(&mut Dice) -> String) {
        if self.dice.once(in_a_hundred) {
            let value = value(&mut self.dice);
            let _ = writeln!(self.text, "{key} = {value}");
        }
    }

    fn catalogue(&mut self) {
        for (kind, ids) in [("data", DATA), ("subjects", GROUPS), ("purpose", PURPOSES)] {
            for (at, id) in ids.iter().enumerate() {
                let _ = writeln!(self.text, "[[{kind}]]\nid = \"{id}\"\nname = \"{id}\"");
                if at == 1 {
                    let _ = writeln!(self.text, "part-of = \"{}\"", ids[0]);
                }
                match (kind, at) {
                    ("subjects", 2) => self.text += "hr = true\n",
                    ("data", 1) => self.key(10, "personal", |_| "false".to_owned()),
                    ("data", 2) => self.key(20, "tags", |dice| {
                        format!("[\"{}\"]", dice.one(&["passenger-names", "credit-information"]))
                    }),
                    ("purpose", 2) => self.key(10, "tags", |_| "[\"immigration-control\"]".to_owned()),
                    _ => {}
                }
            }
        }
    }

    fn places(&mut self, places: &[&str]) {
        let mut known: Vec<&str> = places.to_vec();
        known.sort_unstable();
        known.dedup();
        for code in known {
            let _ = writeln!(self.text, "[[jurisdiction]]\ncode = \"{code}\"");
            for at in 0..[1, 1, 1, 2, 0][self.dice.roll(5)] {
                let id = format!("look-{}-{at}", code.to_lowercase());
                let date = if self.dice.once(15) { self.dice.day(2012, 2024) } else { "2002-01-01".to_owned() };
                let outcome = self.dice.one(&[
                    "no-extra-measures",
                    "no-extra-measures",
                    "no-extra-measures",
                    "no-extra-measures",
                    "measures-needed",
                    "not-sufficient",
                ]);
                let _ = writeln!(
                    self.text,
                    "[[jurisdiction.assessment]]\nid = \"{id}\"\ndate = {date}\noutcome = \"{outcome}\""
                );
                if outcome == "measures-needed" {
                    self.text += "measures = [\"encryption\"]\n";
                }
                self.key(12, "regimes", |dice| format!("[\"{}\"]", dice.one(&["eu", "uk", "ch"])));
                self.assessments.push(format!("\"{id}\""));
            }
        }
    }

    fn parties(&mut self, places: &[&str]) -> Vec<(String, String)> {
        let many = 2 + self.dice.roll(5);
        (0..many)
            .map(|at| {
                let kind = self.dice.one(&["affiliate", "service-provider", "reseller", "third-party"]);
                let (id, place) = (format!("q{at}"), self.dice.one(places).to_owned());
                let _ = writeln!(self.text, "[[{kind}]]\nid = \"{id}\"\nname = \"{id}\"\njurisdiction = \"{place}\"");
                self.key(50, "role", |dice| {
                    format!("\"{}\"", dice.one(&["controller", "processor", "joint-controller"]))
                });
                self.key(15, "sector", |dice| format!("\"{}\"", dice.one(&["public", "academic", "financial"])));
                self.key(20, "group", |dice| format!("\"{}\"", dice.one(&["g1", "g2"])));
                (id, place)
            })
            .collect()
    }

    fn collections(&mut self, parties: &[(String, String)], places: &[&str]) {
        for at in 0..=self.dice.roll(3) {
            let by = &parties[self.dice.roll(parties.len())].0;
            let (data, groups, purposes) = (self.dice.some(&DATA), self.dice.some(&GROUPS), self.dice.some(&PURPOSES));
            let inside = if self.dice.once(20) { "eea" } else { self.dice.one(places) };
            let _ = writeln!(
                self.text,
                "[[collection]]\nid = \"k{at}\"\nby = \"{by}\"\ndata = {data}\nsubjects = {groups}\npurposes = {purposes}\nsubjects-in = [\"{inside}\"]"
            );
            self.key(15, "targeted", |_| "false".to_owned());
            if self.dice.once(50) {
                self.key(15, "since", |dice| dice.day(2010, 2025));
            } else {
                self.key(20, "erased", |dice| dice.day(2012, 2026));
            }
        }
    }

    fn transfers(&mut self, parties: &[(String, String)]) {
        for at in 0..=self.dice.roll(7) {
            let from = self.dice.roll(parties.len());
            let other = |from: usize, dice: &mut Dice| (from + 1 + dice.roll(parties.len() - 1)) % parties.len();
            let (to, also) = (other(from, &mut self.dice), other(from, &mut self.dice));
            let ends = [&parties[from].0, &parties[to].0];
            let listed = if self.dice.once(25) {
                self.pieces(ends)
            } else {
                let many = [0, 1, 2, 3, 3, 4][self.dice.roll(6)];
                (0..many).map(|_| self.paper(&parties[from], &parties[to])).collect()
            };
            let (data, purposes) = (self.dice.some(&DATA), self.dice.some(&PURPOSES));
            let recipients = if also != to && self.dice.once(15) {
                format!("[\"{}\", \"{}\"]", ends[1], parties[also].0)
            } else {
                format!("\"{}\"", ends[1])
            };
            let _ = writeln!(
                self.text,
                "[[transfer]]\nid = \"t{at}\"\nfrom = \"{}\"\nto = {recipients}\ndata = {data}\npurposes = {purposes}\nsafeguards = [{}]",
                ends[0],
                listed.join(", ")
            );
            self.key(25, "subjects", |dice| dice.some(&GROUPS));
            self.key(15, "roles", |dice| format!("\"{}\"", dice.one(&["c2c", "c2p", "p2p", "p2c"])));
            self.key(15, "frequency", |dice| format!("\"{}\"", dice.one(&["occasional", "once", "recurring"])));
            match self.dice.roll(12) {
                0 => self.key(100, "since", |dice| dice.day(2001, 2025)),
                1 => self.key(100, "until", |dice| dice.day(2010, 2026)),
                2 => self.key(100, "erased", |dice| dice.day(2012, 2026)),
                _ => {}
            }
            if self.dice.once(20) {
                let rule = self.dice.one(&["unsafeguarded-transfer", "unsafeguarded-onward-transfer"]);
                let on = if self.dice.once(50) { format!("t{at}") } else { ends[1].clone() };
                let until = self.dice.day(2015, 2027);
                let _ = writeln!(
                    self.text,
                    "[[waiver]]\nid = \"w{at}\"\nrule = \"{rule}\"\non = [\"{on}\"]\nreason = \"r\"\napproved-by = \"a\"\nuntil = {until}"
                );
                self.key(30, "regimes", |dice| format!("[\"{}\"]", dice.one(&["eu", "uk", "ch"])));
            }
        }
    }

    /// Writes good papers for a leg that each cover some of it; their ids, quoted.
    fn pieces(&mut self, [from, to]: [&String; 2]) -> Vec<String> {
        let wanted = ["eu-scc-2021-914", "eu-scc-2021-914", "uk-addendum", "eu-scc-2021-914", "uk-addendum"];
        let many = 2 + self.dice.roll(4);
        let write = |instrument: &&str| {
            let id = format!("\"g{}\"", self.papers);
            self.papers += 1;
            let assessments = self.assessments.join(", ");
            let _ = writeln!(
                self.text,
                "[[safeguard]]\nid = {id}\ninstrument = \"{instrument}\"\nparties = [\"{from}\", \"{to}\"]\nmodules = [1, 2, 3, 4]\nsigned = 2022-08-01\nconfirms = [{CONDITIONS}]\nassessments = [{assessments}]"
            );
            let narrow = if *instrument == "uk-addendum" { 20 } else { 60 };
            self.key(narrow, "data", |dice| dice.some(&DATA));
            self.key(narrow, "purposes", |dice| dice.some(&PURPOSES));
            id
        };
        wanted[..many].iter().map(write).collect()
    }

    /// Writes a paper for a leg; its id, quoted.
    fn paper(&mut self, from: &(String, String), to: &(String, String)) -> String {
        let home = from.1.as_str();
        let instrument = match home {
            "GB" if self.dice.once(60) => self.dice.one(&["eu-scc-2021-914", "uk-addendum", "uk-addendum", "uk-idta"]),
            _ => self.dice.one(&INSTRUMENTS),
        };
        let id = format!("\"g{}\"", self.papers);
        self.papers += 1;
        let is_certificate = instrument.ends_with("cert") || instrument.contains("dpf");
        let parties = match self.dice.roll(25) {
            0 => format!("[\"{}\"]", from.0),
            _ if is_certificate => format!("[\"{}\"]", to.0),
            _ => format!("[\"{}\", \"{}\"]", from.0, to.0),
        };
        let signed = match self.dice.roll(8) {
            0 => self.dice.day(2001, 2025),
            _ if instrument.contains("-20") && !instrument.contains("2021") => "2009-06-01".to_owned(),
            _ => self.dice.one(&["2023-08-01", "2022-08-01", "2017-08-01"]).to_owned(),
        };
        let modules = self.dice.one(&["1, 2, 3, 4", "1, 2, 3, 4", "1, 2, 3, 4", "2", "1", "4"]);
        let other = if instrument == "uk-idta" { "uk-addendum" } else { "uk-idta" };
        let written =
            if self.dice.once(6) { format!("[\"{instrument}\", \"{other}\"]") } else { format!("\"{instrument}\"") };
        let _ = writeln!(
            self.text,
            "[[safeguard]]\nid = {id}\ninstrument = {written}\nparties = {parties}\nmodules = [{modules}]\nsigned = {signed}"
        );
        self.key(6, "effective", |dice| dice.day(2010, 2026));
        self.key(6, "expires", |dice| dice.day(2012, 2026));
        self.key(4, "terminated", |dice| dice.day(2012, 2026));
        self.key(6, "amended", |dice| dice.day(2012, 2026));
        self.key(85, "confirms", |_| format!("[{CONDITIONS}]"));
        self.key(25, "data", |dice| dice.some(&DATA));
        self.key(8, "subjects", |dice| dice.some(&GROUPS));
        self.key(25, "purposes", |dice| dice.some(&PURPOSES));
        self.key(40, "covers-hr", |dice| dice.once(80).to_string());
        self.key(8, "covers-other", |_| "false".to_owned());
        if self.dice.once(70) {
            let approved = if self.dice.once(20) { self.dice.day(2005, 2024) } else { "2004-06-01".to_owned() };
            let _ = writeln!(self.text, "approved-by = \"a\"\napproved = {approved}");
        }
        let assessments = self.assessments.join(", ");
        self.key(85, "assessments", |_| format!("[{assessments}]"));
        self.key(75, "justification", |_| "\"j\"".to_owned());
        self.key(40, "measures", |_| "[\"encryption\"]".to_owned());
        id
    }
}
