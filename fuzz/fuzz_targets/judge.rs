//! Registers built from choices: parties, papers and transfers, on any of some days.
#![no_main]

mod kit;

use std::fmt::Write as _;

use libfuzzer_sys::fuzz_target;

const HEAD: &str = "[register]\nformat = 1\norganisation = \"Acme\"\n";
const PLACES: [&str; 12] = ["DE", "FR", "GB", "US", "IN", "JP", "CH", "JE", "AU", "BR", "CN", "CA-QC"];
const DAYS: [&str; 8] = [
    "1999-01-01", "2015-10-05", "2015-10-06", "2019-03-01", "2021-06-01", "2022-12-28", "2023-07-10", "2026-06-01",
];
const INSTRUMENTS: [&str; 10] = [
    "eu-scc-2021-914", "eu-scc-2010-87", "eu-scc-2004-915", "uk-idta", "uk-addendum", "onward-contract",
    "processing-agreement", "eu-safe-harbor-cert", "eu-bcr-c", "au-app8-1",
];

/// The choices that bytes stand for; where there are no more, the first of each.
struct Choices<'b>(&'b [u8]);

impl Choices<'_> {
    fn of(&mut self, many: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % many
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let day = DAYS[choices.of(DAYS.len())];
    let parties = 2 + choices.of(6);
    let mut text = String::from(
        "[[data]]\nid = \"c0\"\nname = \"c0\"\n[[data]]\nid = \"c1\"\nname = \"c1\"\nspecial = true\n\
         [[subjects]]\nid = \"s\"\nname = \"s\"\n[[purpose]]\nid = \"p\"\nname = \"p\"\n",
    );
    for at in 0..parties {
        let (place, role) = (PLACES[choices.of(PLACES.len())], ["controller", "processor"][choices.of(2)]);
        let kind = ["affiliate", "service-provider", "reseller", "third-party"][choices.of(4)];
        let _ = writeln!(text, "[[{kind}]]\nid = \"p{at}\"\nname = \"p{at}\"\njurisdiction = \"{place}\"\nrole = \"{role}\"");
        if choices.of(3) == 0 {
            let _ = writeln!(
                text,
                "[[collection]]\nid = \"k{at}\"\nby = \"p{at}\"\ndata = [\"c{}\"]\nsubjects = [\"s\"]\npurposes = [\"p\"]\nsubjects-in = [\"{place}\"]",
                choices.of(2)
            );
        }
    }
    let papers = choices.of(4);
    for at in 0..papers {
        let (instrument, a, b) = (INSTRUMENTS[choices.of(INSTRUMENTS.len())], choices.of(parties), choices.of(parties));
        let _ = writeln!(
            text,
            "[[safeguard]]\nid = \"g{at}\"\ninstrument = \"{instrument}\"\nparties = [\"p{a}\", \"p{b}\"]\nsigned = {}-0{}-01\nmodules = [{}]",
            2001 + choices.of(25),
            1 + choices.of(9),
            1 + choices.of(4)
        );
    }
    for at in 0..1 + choices.of(10) {
        let (from, to) = (choices.of(parties), choices.of(parties));
        let listed = if papers == 0 || choices.of(3) == 0 { String::new() } else { format!("\"g{}\"", choices.of(papers)) };
        let _ = writeln!(
            text,
            "[[transfer]]\nid = \"t{at}\"\nfrom = \"p{from}\"\nto = \"p{to}\"\ndata = [\"c{}\"]\npurposes = [\"p\"]\nsafeguards = [{listed}]",
            choices.of(2)
        );
    }
    kit::put_out(kit::opened(HEAD, &text), day, false);
});
