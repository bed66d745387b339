//! The law book holds together: what a record names is there, days are in order, sources are given.
//!
//! Each check is a list of complaints about a law. It must be empty for the book, and must not be
//! for a copy of the book that is broken on purpose, so that no check passes by never looking.

use std::collections::BTreeSet;

use jiff::civil::date;
use onward::finding::Problems;
use onward::law::{self, Codes, Law, RawLaw, Source};

/// Whose pages the book may point to: parliaments, gazettes, courts, regulators, and the bodies
/// that run a framework. A page of anybody else belongs in a `note`, in words.
const OFFICIAL: &[&str] = &[
    // The European Union, and the European Economic Area.
    "eur-lex.europa.eu",
    "commission.europa.eu",
    "curia.europa.eu",
    "edpb.europa.eu",
    "ec.europa.eu",
    "efta.int",
    // The United Kingdom and Switzerland.
    "legislation.gov.uk",
    "ico.org.uk",
    "gov.uk",
    "fedlex.admin.ch",
    "edoeb.admin.ch",
    "bj.admin.ch",
    "news.admin.ch",
    // The Americas.
    "planalto.gov.br",
    "in.gov.br",
    "gov.br",
    "argentina.gob.ar",
    "servicios.infoleg.gob.ar",
    "boletinoficial.gob.ar",
    "laws-lois.justice.gc.ca",
    "priv.gc.ca",
    "legisquebec.gouv.qc.ca",
    "cai.gouv.qc.ca",
    "dataprivacyframework.gov",
    "ecfr.gov",
    "federalregister.gov",
    "redipd.org",
    // Asia and the Pacific.
    "cac.gov.cn",
    "gov.cn",
    "npc.gov.cn",
    "ppc.go.jp",
    "laws.e-gov.go.jp",
    "japaneselawtranslation.go.jp",
    "law.go.kr",
    "elaw.klri.re.kr",
    "pipc.go.kr",
    "sso.agc.gov.sg",
    "pdpc.gov.sg",
    "asean.org",
    "cbprs.org",
    "globalcbpr.org",
    "meity.gov.in",
    "indiacode.nic.in",
    "egazette.gov.in",
    "ratchakitcha.soc.go.th",
    "pdpc.or.th",
    "pdp.gov.my",
    "lom.agc.gov.my",
    "legislation.gov.au",
    "oaic.gov.au",
    "legislation.govt.nz",
    "privacy.org.nz",
    // The Middle East and Africa.
    "gov.il",
    "kvkk.gov.tr",
    "mevzuat.gov.tr",
    "resmigazete.gov.tr",
    "sdaia.gov.sa",
    "dgp.sdaia.gov.sa",
    "laws.boe.gov.sa",
    "difc.com",
    "difc.ae",
    "adgm.com",
    "gov.za",
    "justice.gov.za",
    "inforegulator.org.za",
];

fn resolved(raw: RawLaw) -> (Law, Vec<String>) {
    let mut problems = Problems::default();
    let law = law::resolve(raw, RawLaw::default(), Codes::default(), &mut problems);
    (law, problems.iter().map(|problem| problem.message.to_string()).collect())
}

fn book() -> Law {
    resolved(law::book().0).0
}

/// Every source of the book and the fact it is for.
fn sources(law: &Law) -> Vec<(String, &Source)> {
    let areas = law.areas.iter().map(|row| (row.id.to_string(), &row.source));
    let versions = law.regimes.iter().flat_map(|row| &row.versions).map(|row| (row.id.to_string(), &row.source));
    let decisions = law.decisions.iter().map(|row| (row.id.to_string(), &row.source));
    let instruments = law.instruments.iter().map(|row| (row.id.to_string(), &row.source));
    let acceptances =
        law.acceptances.iter().map(|row| (format!("{}/{}", law[row.key.0].id, law[row.key.1].id), &row.source));
    areas.chain(versions).chain(decisions).chain(instruments).chain(acceptances).collect()
}

fn host(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// Addresses that are not secure or not official.
fn unofficial(law: &Law) -> Vec<String> {
    let is_official = |url: &str| host(url).is_some_and(|host| OFFICIAL.contains(&host));
    let urls = sources(law).into_iter().filter_map(|(id, source)| Some((id, source.url.as_deref()?.to_owned())));
    urls.filter(|(_, url)| !is_official(url)).map(|(id, url)| format!("{id}: {url}")).collect()
}

/// Sources that say too little: no citation to look up, or a doubt or remark that is no sentence.
fn thin(law: &Law) -> Vec<String> {
    let is_sentence = |text: &str| {
        let capital = text.chars().next().is_some_and(|first| first.is_uppercase() || first.is_numeric());
        capital && text.split_whitespace().count() >= 5
    };
    let mut complaints = Vec::new();
    for (id, source) in sources(law) {
        if source.citation.trim().len() < 8 {
            complaints.push(format!("{id} cites nothing"));
        }
        if source.unsure.as_deref().is_some_and(|why| !is_sentence(why)) {
            complaints.push(format!("{id} does not say why it is unsure"));
        }
        if source.note.as_deref().is_some_and(|note| note.trim().is_empty()) {
            complaints.push(format!("{id} has an empty note"));
        }
    }
    complaints
}

/// Instruments that no law takes and that do not say so, or that one law takes twice.
fn homeless(law: &Law) -> Vec<String> {
    let mut complaints = Vec::new();
    for (at, instrument) in law.instruments.iter().enumerate() {
        let taken: Vec<_> = law.acceptances.iter().filter(|row| row.key.1.index() == at).collect();
        match (&instrument.not_a_tool, taken.is_empty()) {
            (None, true) => complaints.push(format!("{} is accepted nowhere", instrument.id)),
            (Some(_), false) => complaints.push(format!("{} is no tool and accepted", instrument.id)),
            _ => {}
        }
    }
    for pair in law.acceptances.windows(2).filter(|pair| pair[0].key == pair[1].key) {
        complaints.push(format!("{}/{} is accepted twice", law[pair[0].key.0].id, law[pair[0].key.1].id));
    }
    complaints
}

/// Facts of a regime that never meet the days of its law, and instruments signed after they end.
fn untimely(law: &Law) -> Vec<String> {
    let mut complaints = Vec::new();
    for decision in &law.decisions {
        let regime = &law[decision.regime];
        let is_law =
            decision.in_force.from.is_some_and(|day| regime.versions.iter().any(|row| row.in_force.holds(day)));
        complaints.extend((!is_law).then(|| format!("{} begins without a law", decision.id)));
    }
    for acceptance in &law.acceptances {
        let (regime, instrument) = (&law[acceptance.key.0], &law[acceptance.key.1]);
        let meets = regime.versions.iter().any(|row| {
            let starts_late = row.in_force.until.zip(acceptance.valid.from).is_some_and(|(end, from)| from > end);
            let ends_early = row.in_force.from.zip(acceptance.valid.until).is_some_and(|(from, end)| end < from);
            !starts_late && !ends_early
        });
        complaints.extend((!meets).then(|| format!("{}/{} never counts", regime.id, instrument.id)));
        let (signing, valid) = (acceptance.signing, acceptance.valid);
        let is_late = signing.until.zip(valid.until).is_some_and(|(sign, end)| sign > end);
        complaints.extend(is_late.then(|| format!("{}/{} is signed after it ends", regime.id, instrument.id)));
    }
    complaints
}

/// Areas, laws and decisions with nothing in them, and members that are in an area twice at once.
fn hollow(law: &Law) -> Vec<String> {
    let mut complaints = Vec::new();
    for area in &law.areas {
        complaints.extend(area.members.is_empty().then(|| format!("{} has no member", area.id)));
        for pair in area.members.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let follows = pair[0].1.until.zip(pair[1].1.from).is_some_and(|(end, from)| end < from);
            complaints.extend((!follows).then(|| format!("{} is in {} twice", pair[0].0, area.id)));
        }
    }
    for regime in &law.regimes {
        complaints.extend(regime.versions.is_empty().then(|| format!("{} has no version", regime.id)));
        complaints.extend(regime.territory.is_empty().then(|| format!("{} has no territory", regime.id)));
    }
    let places = law.decisions.iter().filter(|row| row.jurisdictions.is_empty());
    complaints.extend(places.map(|row| format!("{} is about no place", row.id)));
    complaints
}

/// Ids that two facts of any kind share: `onward law ID` must find one.
fn ambiguous(law: &Law) -> Vec<String> {
    let versions = law.regimes.iter().flat_map(|row| &row.versions).map(|row| &row.id);
    let regimes = law.regimes.iter().map(|row| &row.id);
    let decisions = law.decisions.iter().map(|row| &row.id);
    let instruments = law.instruments.iter().map(|row| &row.id);
    let areas = law.areas.iter().map(|row| &row.id);
    let mut known = BTreeSet::new();
    let all = versions.chain(regimes).chain(decisions).chain(instruments).chain(areas);
    all.filter(|id| !known.insert(*id)).map(|id| format!("{id} is two facts")).collect()
}

#[test]
fn the_book_holds_together() {
    let law = book();
    let checks = [unofficial, thin, homeless, untimely, hollow, ambiguous];
    let complaints: Vec<String> = checks.iter().flat_map(|check| check(&law)).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn a_break_in_a_source_is_noticed() {
    for (url, is_official) in [
        ("https://eur-lex.europa.eu/x", true),
        ("https://www.legislation.gov.uk/x", true),
        ("http://eur-lex.europa.eu/x", false),
        ("https://eur-lex.europa.eu.example.com/x", false),
        ("https://example.com/eur-lex.europa.eu", false),
    ] {
        let mut law = book();
        law.decisions[0].source.url = Some(url.into());
        assert_eq!(unofficial(&law).is_empty(), is_official, "{url}");
    }
    let breaks: [fn(&mut Source); 3] = [
        |source| source.citation = "  ".into(),
        |source| source.unsure = Some("Doubtful".into()),
        |source| source.note = Some(" ".into()),
    ];
    for broken in breaks {
        let mut law = book();
        broken(&mut law.acceptances[0].source);
        assert_eq!(thin(&law).len(), 1);
    }
}

#[test]
fn a_break_in_what_is_accepted_is_noticed() {
    let mut law = book();
    let key = law.acceptances[0].key;
    law.acceptances.retain(|row| row.key.1 != key.1);
    assert_eq!(homeless(&law).len(), 1);
    let mut law = book();
    law.acceptances.insert(0, law.acceptances[0].clone());
    assert_eq!(homeless(&law).len(), 1);
    let mut law = book();
    let taken = law.acceptances[0].key.1.index();
    law.instruments[taken].not_a_tool = Some("For a test".into());
    assert_eq!(homeless(&law).len(), 1);
    let mut law = book();
    law.acceptances[0].valid.until = Some(date(1950, 1, 1));
    assert!(!untimely(&law).is_empty());
    let mut law = book();
    law.decisions[0].in_force.from = Some(date(1950, 1, 1));
    assert_eq!(untimely(&law).len(), 1);
}

#[test]
fn a_break_in_places_and_ids_is_noticed() {
    let mut law = book();
    let twice = law.areas[0].members[0];
    law.areas[0].members.insert(0, twice);
    assert_eq!(hollow(&law).len(), 1);
    let mut law = book();
    law.decisions[0].jurisdictions.clear();
    law.regimes[0].territory.clear();
    assert_eq!(hollow(&law).len(), 2);
    let mut law = book();
    law.decisions[0].id = law.instruments[0].id.clone();
    assert_eq!(ambiguous(&law).len(), 1);
}

/// Breaks the records of the book before their names are resolved.
fn problems_of(broken: impl Fn(&mut RawLaw)) -> usize {
    let mut raw = law::book().0;
    broken(&mut raw);
    resolved(raw).1.len()
}

#[test]
fn a_name_that_leads_nowhere_and_days_out_of_order_are_noticed() {
    let early = Some(date(1900, 1, 1));
    assert_eq!(problems_of(|_| {}), 0);
    assert_ne!(problems_of(|raw| raw.decisions[0].body.regime = "nowhere".into()), 0);
    assert_ne!(problems_of(|raw| raw.decisions[0].body.jurisdictions = vec!["QQ".into()]), 0);
    assert_ne!(problems_of(|raw| raw.decisions[0].body.jurisdictions = vec!["no-area".into()]), 0);
    assert_ne!(problems_of(|raw| raw.decisions[0].body.scope.certification = Some("nothing".into())), 0);
    assert_ne!(problems_of(|raw| raw.decisions[0].body.in_force.until = early), 0);
    assert_ne!(problems_of(|raw| raw.instruments[0].body.with = vec!["nothing".into()]), 0);
    assert_ne!(problems_of(|raw| raw.acceptances[0].body.instrument = "nothing".into()), 0);
    assert_ne!(problems_of(|raw| raw.acceptances[0].body.regime = "nowhere".into()), 0);
    assert_ne!(problems_of(|raw| raw.acceptances[0].body.signing.until = early), 0);
    assert_ne!(problems_of(|raw| raw.acceptances[0].body.valid.until = early), 0);
    assert_ne!(problems_of(|raw| raw.areas[0].body.members[0].0 = "QQ".into()), 0);
    assert_ne!(problems_of(|raw| raw.areas[0].body.members[0].1.until = early), 0);
    assert_ne!(problems_of(|raw| raw.regimes[0].body.territory = vec!["QQ".into()]), 0);
    assert_ne!(problems_of(|raw| raw.regimes[0].body.versions[0].in_force.until = early), 0);
    assert_ne!(problems_of(|raw| raw.acceptances[1].id = raw.acceptances[0].id.clone()), 0);
}
