//! What must be true of every output, held against random registers and against random text in every
//! field of one.

use std::collections::{BTreeMap, BTreeSet};

use onward::report::{Run, Style, concise, csv, gitlab, json, junit, markdown, sarif};
use proptest::prelude::*;
use scraper::Html;
use scraper::node::Node;

use super::formats;
use super::kit::runner::{HOSTILE, harmless, only_text};
use super::kit::{cases, folder, reported, site_of, text_of};
use super::properties::sketch;

/// Elements of the site's pages; nothing that acts is among them but the one script.
const ELEMENTS: &str = "a article bdi body button circle code dd details div dl dt em fieldset figcaption figure footer \
    form g h1 h2 h3 h4 head header html label legend li link main meta nav ol option p path pre rect script section \
    select span strong summary svg table tbody td text th thead time title tr ul input br del hr blockquote";

/// Attributes that they have.
const ATTRIBUTES: &str = "aria-atomic aria-autocomplete aria-controls aria-current aria-expanded aria-hidden aria-label \
    aria-labelledby aria-live autocomplete charset class content cx cy d data-clock data-facet data-rows datetime defer dir fill \
    for height hidden href http-equiv id lang name open placeholder r rel role rx scope spellcheck src start \
    stroke-width tabindex type value viewBox viewbox width x y";

/// Whether pages are valid, hold only what onward writes, and lead somewhere.
fn sound(pages: &BTreeMap<String, String>) -> Result<(), String> {
    let (elements, attributes): (BTreeSet<&str>, BTreeSet<&str>) =
        (ELEMENTS.split_whitespace().collect(), ATTRIBUTES.split_whitespace().collect());
    let mut links = Vec::new();
    let mut anchors = BTreeSet::new();
    for (name, text) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = Html::parse_document(text);
        if !page.errors.is_empty() {
            return Err(format!("{name}: {:?}", page.errors));
        }
        for element in page.tree.values().filter_map(Node::as_element) {
            if !elements.contains(element.name()) {
                return Err(format!("{name}: <{}>", element.name()));
            }
            for (attribute, value) in element.attrs() {
                if !attributes.contains(attribute) {
                    return Err(format!("{name}: {attribute}={value:?}"));
                }
                match attribute {
                    "id" => drop(anchors.insert(format!("{name}#{value}"))),
                    "href" if value.starts_with("http") || value == "data:," => {}
                    "href" | "src" => links.push((name.clone(), value.to_owned())),
                    _ => {}
                }
            }
        }
    }
    for (page, link) in links {
        let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let file = file.split('?').next().unwrap_or_default();
        let file = if file.is_empty() { &page } else { file };
        let leads = pages.contains_key(file) && (anchor.is_empty() || anchors.contains(&format!("{file}#{anchor}")));
        if !leads {
            return Err(format!("{page} leads to {link:?}"));
        }
    }
    Ok(())
}

/// Text that somebody may put into a field: pieces that act somewhere, and any letters.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(HOSTILE).prop_map(str::to_owned),
        "\\PC{0,12}",
        any::<char>().prop_map(String::from)
    ];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

/// A good register with the same text in every field that takes one.
fn said(text: &str) -> tempfile::TempDir {
    let said = toml::Value::String(text.to_owned()).to_string();
    let head =
        format!("[register]\nformat = 1\norganisation = {said}\ntitle = {said}\nfooter = {said}\nowner = {said}\n");
    let entry = |kind: &str, id: &str, more: &str| {
        format!("[[{kind}]]\nid = \"{id}\"\nname = {said}\nowner = {said}\ntags = [{said}]\nnotes = {said}\n{more}")
    };
    let records = [
        entry("data", "mail", ""),
        entry("subjects", "people", ""),
        entry("purpose", "support", &format!("legal-basis = {said}\n")),
        entry("affiliate", "a", "jurisdiction = \"DE\"\n"),
        entry("reseller", "b", &format!("jurisdiction = \"VN\"\nservices = [{said}]\n")),
        entry("affiliate", "c", "jurisdiction = \"IN\"\n"),
        format!(
            "[[jurisdiction]]\ncode = \"VN\"\nname = {said}\noffices = [{said}]\nauthority = {said}\nnotes = {said}\n"
        ),
        format!(
            "[[collection]]\nid = \"k\"\nby = \"a\"\ndata = [\"mail\"]\nsubjects = [\"people\"]\nsubjects-in = [\"DE\"]\npurposes = [\"support\"]\nnotes = {said}\n"
        ),
        format!(
            "[[transfer]]\nfrom = \"a\"\nto = \"b\"\ndata = [\"mail\"]\npurposes = [\"support\"]\nowner = {said}\nnotes = {said}\n"
        ),
        "[[transfer]]\nfrom = \"a\"\nto = \"c\"\ndata = [\"mail\"]\npurposes = [\"support\"]\n".to_owned(),
        format!(
            "[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\non = [\"a--c\"]\nreason = {said}\napproved-by = {said}\nuntil = 2026-09-30\n"
        ),
        format!("[[statement]]\nid = \"s\"\nnotice = {said}\nsection = {said}\nquote = {said}\nnotes = {said}\n"),
    ];
    folder(&[("register.toml", &head), ("all.toml", &records.join("\n"))])
}

/// The concise report, without colours.
fn plain(run: &Run<'_>) -> String {
    concise::render(run, Style::default())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_format_tells_the_same_findings_at_the_same_places(sketch in sketch()) {
        let register = folder(&[("all.toml", &sketch.records().join("\n"))]);
        let told = |render: &dyn Fn(&Run<'_>) -> String| reported(register.path(), sketch.day(), render);
        let wanted = formats::from_json(&told(&json::render));
        prop_assert_eq!(&formats::from_sarif(&told(&sarif::render)), &wanted);
        prop_assert_eq!(&formats::from_junit(&told(&junit::render)), &wanted);
        prop_assert_eq!(&formats::from_csv(&told(&csv::render)), &wanted);
        prop_assert_eq!(&formats::from_concise(&told(&plain)), &wanted);
        // The text tells one of those that have a cause in common, and lists the others under it.
        let text = formats::from_text(&text_of(register.path(), sketch.day()));
        prop_assert!(text.iter().all(|told| wanted.contains(told)), "{:?} are not all in {:?}", text, wanted);
        prop_assert_eq!(text.is_empty(), wanted.is_empty());
        // This one knows no finding without a line.
        let lined = |told: &[formats::Told]| told.iter().map(|(rule, file, line)| (rule.clone(), file.clone(), (*line).max(1))).collect::<BTreeSet<_>>();
        prop_assert_eq!(lined(&formats::from_gitlab(&told(&gitlab::render))), lined(&wanted));
    }

}

proptest! {
    // A site has some hundred pages: few registers, each looked through.
    #![proptest_config(cases(6))]

    #[test]
    fn every_page_of_any_register_is_valid_and_leads_somewhere(sketch in sketch()) {
        let register = folder(&[("all.toml", &sketch.records().join("\n"))]);
        prop_assert_eq!(sound(&site_of(register.path(), sketch.day())), Ok(()));
    }

    #[test]
    fn a_text_in_any_field_stays_text_on_every_page(text in anything()) {
        prop_assert_eq!(sound(&site_of(said(&text).path(), "2026-06-01")), Ok(()));
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_text_in_any_field_stays_text_in_every_report(text in anything()) {
        let register = said(&text);
        let day = "2026-06-01";
        let outputs: [(&str, String); 7] = [
            ("text", text_of(register.path(), day)),
            ("concise", reported(register.path(), day, plain)),
            ("json", reported(register.path(), day, json::render)),
            ("sarif", reported(register.path(), day, sarif::render)),
            ("gitlab", reported(register.path(), day, gitlab::render)),
            ("csv", reported(register.path(), day, csv::render)),
            ("markdown", reported(register.path(), day, markdown::render)),
        ];
        for (format, output) in &outputs {
            prop_assert_eq!(harmless(format, output), Ok(()), "{}", output);
        }
        prop_assert_eq!(only_text(&outputs[6].1), Ok(()));
        let wanted = formats::from_json(&outputs[2].1).len();
        prop_assert_eq!(formats::from_csv(&outputs[5].1).len(), wanted);
        prop_assert_eq!(formats::from_junit(&reported(register.path(), day, junit::render)).len(), wanted);
    }
}

#[test]
fn what_a_name_says_is_read_on_its_page_to_the_letter() {
    for text in
        HOSTILE.iter().filter(|text| !text.chars().any(|c| c == '\u{202e}' || c == '\u{feff}' || c == '\u{200b}'))
    {
        let pages = site_of(said(text).path(), "2026-06-01");
        let page = Html::parse_document(pages.get("party-a.html").expect("a page"));
        let selector = scraper::Selector::parse("h1 bdi").expect("a selector");
        let read: String = page.select(&selector).flat_map(|element| element.text()).collect();
        assert_eq!(read.trim(), text.trim());
    }
}

#[test]
fn a_page_with_something_that_acts_would_be_noticed() {
    let page = |body: &str| {
        let text = format!("<!doctype html><html lang=\"en\"><head><title>x</title></head><body>{body}</body></html>");
        BTreeMap::from([("index.html".to_owned(), text)])
    };
    assert_eq!(sound(&page("<p>fine</p>")), Ok(()));
    for bad in [
        "<img src=\"x\">",
        "<p onclick=\"x\">x</p>",
        "<p></div>",
        "<a href=\"javascript:x\">x</a>",
        "<a href=\"gone.html\">x</a>",
        "<a href=\"#gone\">x</a>",
    ] {
        assert!(sound(&page(bad)).is_err(), "{bad}");
    }
}
