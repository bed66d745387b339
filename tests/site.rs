//! The site: every link leads somewhere, every byte is the same again, nothing of a stranger's
//! acts in it, and a folder is changed whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::kit::{CATALOGUE, Leg, collected, folder, onward, party, transfer};
use tempfile::TempDir;

fn example() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/register")
}

/// A folder with a site of a register on a day.
fn built(register: &str, day: &str) -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let done = build(register, &place.path().join("site"), day, &[]);
    assert!(done.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&done.stderr));
    place
}

fn build(register: &str, out: &Path, day: &str, more: &[&str]) -> std::process::Output {
    let mut arguments = vec!["build", register, "--out", out.to_str().expect("a path"), "--as-of", day];
    arguments.extend(more);
    onward(&arguments)
}

fn files(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(site).expect("a site").map(|entry| entry.expect("a file"));
    entries
        .map(|entry| (entry.file_name().into_string().expect("UTF-8"), fs::read(entry.path()).expect("a file")))
        .collect()
}

/// The values of an attribute in HTML that onward wrote.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).map(unescaped).collect()
}

fn unescaped(html: &str) -> String {
    html.replace("&#x2f;", "/")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Everything between `<` and `>`.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

#[test]
fn every_link_of_every_page_leads_to_a_page_and_an_anchor_that_exist() {
    for day in ["2015-10-05", "2015-10-06"] {
        let place = built(example(), day);
        let pages = files(&place.path().join("site"));
        let text = |name: &str| String::from_utf8(pages[name].clone()).expect("UTF-8");
        let anchors: BTreeMap<&String, BTreeSet<String>> =
            pages.keys().map(|name| (name, attributes(&text(name), "id").into_iter().collect())).collect();
        for name in pages.keys().filter(|name| name.ends_with(".html")) {
            let page = text(name);
            let ids = attributes(&page, "id");
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name} has an anchor twice: {ids:?}");
            for href in attributes(&page, "href") {
                if href.starts_with("https://")
                    || href.starts_with("http://")
                    || href.starts_with("mailto:")
                    || href == "data:,"
                {
                    continue;
                }
                let (target, anchor) = href.split_once('#').unwrap_or((&href, ""));
                let target = if target.is_empty() { name } else { target };
                let known = anchors.get(&target.to_owned());
                assert!(known.is_some_and(|ids| anchor.is_empty() || ids.contains(anchor)), "{name} leads to {href}");
            }
        }
    }
}

#[test]
fn every_page_is_whole_and_valid_for_a_reader_of_html() {
    let place = built(example(), "2015-10-06");
    let mut pages = 0;
    for (name, bytes) in files(&place.path().join("site")).iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let page = scraper::Html::parse_document(text);
        assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
        let select = |what: &str| page.select(&scraper::Selector::parse(what).expect("a selector")).count();
        assert_eq!(
            (select("h1"), select("main"), select("head > title"), select("html[lang=en]")),
            (1, 1, 1, 1),
            "{name}"
        );
        assert_eq!(select("script:not([src]), style, [style], iframe, object, embed, form[action]"), 0, "{name}");
        pages += 1;
    }
    assert!(pages > 100);
    assert!(!scraper::Html::parse_document("<!doctype html><p></div>").errors.is_empty(), "a bad page has errors");
}

#[test]
fn every_record_has_a_page_and_every_page_is_reached_from_the_first() {
    let place = built(example(), "2015-10-05");
    let pages = files(&place.path().join("site"));
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut next = vec!["index.html".to_owned()];
    while let Some(name) = next.pop() {
        let page = String::from_utf8(pages[&name].clone()).expect("UTF-8");
        for href in attributes(&page, "href") {
            let target = href.split('#').next().unwrap_or_default().to_owned();
            if target.ends_with(".html") && !target.contains("//") && reached.insert(target.clone()) {
                next.push(target);
            }
        }
    }
    let all: BTreeSet<String> = pages.keys().filter(|name| name.ends_with(".html")).cloned().collect();
    assert_eq!(reached, all);
    for page in [
        "party-mimecast-north-america.html",
        "place-US.html",
        "safeguard-intra-group-clauses.html",
        "data-contact-details.html",
    ] {
        assert!(all.contains(page), "{page}");
    }
}

#[test]
fn the_pages_answer_who_outside_europe_gets_what_and_under_what() {
    let place = built(example(), "2015-10-05");
    let pages = files(&place.path().join("site"));
    let text = |name: &str| String::from_utf8(pages[name].clone()).expect("UTF-8");
    let data = text("data-contact-details.html");
    for expected in ["Mimecast North America, Inc.", "eu-us-safe-harbor", "intra-group-clauses", "South Africa"] {
        assert!(data.contains(expected), "{expected}");
    }
    let fallen = built(example(), "2015-10-06");
    let fallen = files(&fallen.path().join("site"));
    let index = unescaped(&String::from_utf8(fallen["index.html"].clone()).expect("UTF-8"));
    assert!(index.contains("10 transfers have no safeguard that the law of 2015-10-06 accepts"));
    assert!(index.contains("C-362/14"));
}

#[test]
fn two_builds_are_the_same_bytes() {
    let (one, two) = (built(example(), "2015-10-06"), built(example(), "2015-10-06"));
    assert_eq!(files(&one.path().join("site")), files(&two.path().join("site")));
}

#[test]
fn a_page_has_the_sites_one_script_no_style_of_its_own_and_nothing_from_anywhere() {
    let place = built(example(), "2015-10-06");
    for (name, bytes) in files(&place.path().join("site")).into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8(bytes).expect("UTF-8");
        assert!(page.contains("default-src 'none'; script-src 'self'; style-src 'self'"), "{name}");
        let page = page.replacen(SCRIPT, "", 1);
        for forbidden in ["<script", "<style", " style=", "<iframe", "<img", "url(", "@import", " onclick", " onload"] {
            assert!(!page.contains(forbidden), "{name} holds {forbidden}");
        }
        assert_eq!(attributes(&page, "src"), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_link_that_leaves_the_site_tells_the_other_side_nothing_and_no_other_link_is_marked_so() {
    let place = built(example(), "2015-10-06");
    let mut outside = 0;
    for (name, bytes) in files(&place.path().join("site")).into_iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8(bytes).expect("UTF-8");
        for tag in tags(&page).into_iter().filter(|tag| tag.starts_with("a ")) {
            let leaves = attributes(tag, "href").iter().any(|href| href.starts_with("http"));
            assert_eq!(leaves, tag.contains(" rel=\"noopener noreferrer nofollow\""), "{name}: {tag}");
            outside += usize::from(leaves);
        }
    }
    assert!(outside > 100, "{outside}");
}

/// The one script that a page has.
const SCRIPT: &str = "<script src=\"site.js\" defer></script>";

/// A register whose every text is hostile.
fn hostile(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    [
        CATALOGUE.replace("\"Contact details\"", &format!("\"{text}\"")),
        party("affiliate", "index", "DE", "controller").replace("name = \"index\"", &format!("name = \"{text}\"\nnotes = \"{text}\"\nservices = [\"{text}\"]\ncontact = \"{text}\"\nowner = \"{text}\"\ntags = [\"{text}\"]")),
        party("service-provider", "con", "IN", "processor").replace("name = \"con\"", &format!("name = \"{text}\"")),
        collected("index", "DE"),
        transfer("index", "con", &format!("safeguards = [\"g\"]\nretention = \"{text}\"\nnotes = \"{text}\"")),
        format!("[[safeguard]]\nid = \"g\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [2]\nparties = [\"index\", \"con\"]\nsigned = 2024-01-01\nmeasures = [\"{text}\"]\nevidence = \"{text}\"\njustification = \"{text}\"\n"),
        format!("[[jurisdiction]]\ncode = \"IN\"\nname = \"{text}\"\noffices = [\"{text}\"]\nauthority = \"{text}\"\n"),
        format!("[[statement]]\nid = \"st\"\nnotice = \"{text}\"\nquote = \"{text}\"\nsection = \"{text}\"\n"),
        format!("[[waiver]]\nid = \"w\"\nrule = \"unsafeguarded-transfer\"\non = [\"con\"]\nreason = \"{text}\"\napproved-by = \"{text}\"\nuntil = 2030-01-01\n"),
    ]
    .join("\n")
}

#[test]
fn no_text_of_a_register_becomes_markup() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title><script>x</script>",
        "{{ 7*7 }}{% include 'x' %}",
        "[x](javascript:alert(1)) ![x](https://evil.example/p.png)",
        "<svg/onload=alert(1)>",
        "javascript:alert(1)",
    ] {
        let register = folder(&[("a.toml", &hostile(text))]);
        let place = built(register.path().to_str().expect("a path"), "2026-06-01");
        for (name, bytes) in files(&place.path().join("site")).into_iter().filter(|(name, _)| name.ends_with(".html")) {
            let page = String::from_utf8(bytes).expect("UTF-8").replacen(SCRIPT, "", 1);
            for tag in tags(&page) {
                let is_picture = tag.starts_with("svg viewBox=\"0 0 ");
                let is_foreign =
                    ["script", "img", "svg", "iframe"].iter().any(|name| tag.starts_with(name)) && !is_picture;
                let acts =
                    [" onmouseover", " onerror", " onload", "href=\"javascript"].iter().any(|act| tag.contains(act));
                assert!(!is_foreign && !acts, "{text}: {name} holds <{tag}>");
            }
            assert!(!page.contains("href=\"https://evil"), "{text}: {name}");
        }
        // What the search loads is one list of texts, whatever the texts are.
        let search = fs::read_to_string(place.path().join("site/search.js")).expect("the entries");
        let list = search.strip_prefix("window.onwardEntries = ").and_then(|rest| rest.strip_suffix(";\n"));
        let entries: Vec<[String; 4]> = serde_json::from_str(list.expect("a list")).expect("JSON");
        assert!(entries.iter().any(|[name, ..]| name == text), "{text}");
        let answers = fs::read_to_string(place.path().join("site/send.js")).expect("the answers");
        let answers = answers.strip_prefix("window.onwardAnswers = ").and_then(|rest| rest.strip_suffix(";\n"));
        assert!(serde_json::from_str::<serde_json::Value>(answers.expect("one value")).is_ok(), "{text}");
        assert!(entries.iter().all(|[_, _, _, page]| !page.contains(':')), "{text}: every page is one of the site");
    }
}

#[test]
fn a_build_of_what_has_not_changed_writes_nothing() {
    let place = built(example(), "2015-10-05");
    let site = place.path().join("site");
    let stamp = |name: &str| fs::metadata(site.join(name)).and_then(|found| found.modified()).expect("a time");
    let before = (stamp("index.html"), stamp(".onward-manifest"));
    let done = build(example(), &site, "2015-10-05", &[]);
    assert!(String::from_utf8_lossy(&done.stderr).contains("(0 written, 0 removed)"));
    assert_eq!(before, (stamp("index.html"), stamp(".onward-manifest")));
    // A page that stays the same is the same file after a build that changes others.
    let (index, style) = (stamp("index.html"), stamp("style.css"));
    build(example(), &site, "2015-10-06", &[]);
    assert_eq!(style, stamp("style.css"));
    assert_ne!(index, stamp("index.html"));
}

#[test]
fn a_page_of_a_record_that_is_gone_goes_too() {
    let (with, without) = (folder(&[("a.toml", &two_vendors("vendor"))]), folder(&[("a.toml", &two_vendors("other"))]));
    let place = built(with.path().to_str().expect("a path"), "2026-06-01");
    let site = place.path().join("site");
    assert!(site.join("party-vendor.html").exists());
    build(without.path().to_str().expect("a path"), &site, "2026-06-01", &[]);
    assert!(!site.join("party-vendor.html").exists() && site.join("party-other.html").exists());
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1, "nothing is left beside the site");
}

fn two_vendors(id: &str) -> String {
    [
        CATALOGUE.to_owned(),
        party("affiliate", "de", "DE", "controller"),
        party("service-provider", id, "FR", "processor"),
    ]
    .join("\n")
}

#[test]
fn a_place_that_no_record_describes_says_what_is_not_recorded_of_it() {
    let register = folder(&[("a.toml", &two_vendors("vendor"))]);
    let place = built(register.path().to_str().expect("a path"), "2026-06-01");
    let page = fs::read_to_string(place.path().join("site/place-FR.html")).expect("a page");
    assert!(page.contains("<dt>Owner</dt><dd><span class=\"small\">not recorded</span></dd>"), "{page}");
}

#[test]
fn a_folder_with_other_files_is_refused_and_left_alone() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    fs::create_dir(&site).expect("a folder");
    fs::write(site.join("thesis.doc"), "mine").expect("a file");
    let done = build(example(), &site, "2015-10-05", &[]);
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("thesis.doc") && said.contains("--force"), "{said}");
    assert_eq!(files(&site).keys().collect::<Vec<_>>(), ["thesis.doc"]);
}

#[test]
fn forced_into_such_a_folder_a_build_keeps_every_file_that_is_not_its_own() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    fs::create_dir_all(site.join("mine")).expect("a folder");
    fs::write(site.join("mine/thesis.doc"), "mine").expect("a file");
    // Its name is how the names of pages begin, and is none of theirs.
    fs::write(site.join("party"), "mine").expect("a file");
    assert_eq!(build(example(), &site, "2015-10-05", &["--force"]).status.code(), Some(0));
    assert!(site.join("index.html").exists());
    assert_eq!(build(example(), &site, "2015-10-06", &["--force"]).status.code(), Some(1));
    for kept in ["mine/thesis.doc", "party"] {
        assert_eq!(fs::read_to_string(site.join(kept)).expect("the file"), "mine");
    }
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
}

#[test]
fn a_page_that_somebody_edited_is_not_overwritten() {
    let place = built(example(), "2015-10-05");
    let site = place.path().join("site");
    fs::write(site.join("index.html"), "edited").expect("a file");
    assert_eq!(build(example(), &site, "2015-10-06", &[]).status.code(), Some(2));
    assert_eq!(build(example(), &site, "2015-10-06", &["--force"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(site.join("index.html")).expect("the file"), "edited");
}

#[test]
fn pages_that_a_power_cut_left_empty_are_written_again() {
    let place = built(example(), "2015-10-05");
    let site = place.path().join("site");
    let before = files(&site);
    fs::write(site.join("index.html"), "").expect("a file");
    fs::write(site.join("parties.html"), vec![0; 5_000]).expect("a file");
    let done = build(example(), &site, "2015-10-05", &[]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stderr).contains("2 written"), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(files(&site), before);
    // An empty file of another name may mean something to somebody.
    fs::write(site.join(".nojekyll"), "").expect("a file");
    assert_eq!(build(example(), &site, "2015-10-05", &[]).status.code(), Some(2));
}

#[test]
fn a_manifest_that_points_elsewhere_is_refused() {
    let place = built(example(), "2015-10-05");
    let site = place.path().join("site");
    let bystander = place.path().join("bystander");
    fs::write(&bystander, "mine").expect("a file");
    fs::write(site.join(".onward-manifest"), format!("onward site 1\n{}  ../bystander\n", "00".repeat(32)))
        .expect("a file");
    assert_eq!(build(example(), &site, "2015-10-06", &["--force"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(bystander).expect("the file"), "mine");
}

#[test]
fn the_register_is_never_taken_for_the_sites_folder() {
    let register = folder(&[("a.toml", &two_vendors("vendor"))]);
    let path = register.path().to_str().expect("a path");
    for out in [register.path().to_owned(), register.path().parent().expect("a parent").to_owned()] {
        assert_eq!(build(path, &out, "2026-06-01", &["--force"]).status.code(), Some(2));
    }
    assert!(register.path().join("register.toml").exists());
}

#[test]
fn a_register_without_a_verdict_has_no_site() {
    let broken = folder(&[("a.toml", "[[transfer]]\n")]);
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    assert_eq!(build(broken.path().to_str().expect("a path"), &site, "2026-06-01", &[]).status.code(), Some(2));
    assert!(!site.exists());
    let good = built(example(), "2015-10-05");
    let site = good.path().join("site");
    let before = files(&site);
    build(broken.path().to_str().expect("a path"), &site, "2026-06-01", &[]);
    assert_eq!(before, files(&site));
}

/// A site with its manifest: the files whose bytes it must have.
fn whole(site: &Path, days: &BTreeMap<&str, BTreeMap<String, Vec<u8>>>) -> bool {
    days.values().any(|expected| *expected == files(site))
}

#[test]
fn a_build_killed_at_any_moment_leaves_one_site_or_the_other() {
    let leg =
        Leg::new("eu", "DE", "US", "c2c").safeguard("eu-safe-harbor-cert", "parties = [\"to\"]\nsigned = 2012-01-01");
    let register = folder(&[("a.toml", &leg.register())]);
    let register = register.path().to_str().expect("a path");
    let site_of = |day| files(&built(register, day).path().join("site"));
    let days: BTreeMap<&str, _> = ["2015-10-05", "2015-10-06"].into_iter().map(|day| (day, site_of(day))).collect();
    let place = built(register, "2015-10-05");
    let site: PathBuf = place.path().join("site");
    let pages = days["2015-10-05"].len();
    for round in 0..100 {
        let day = if round % 2 == 0 { "2015-10-06" } else { "2015-10-05" };
        let mut child = Command::new(env!("CARGO_BIN_EXE_onward"))
            .args(["build", register, "--out", site.to_str().expect("a path"), "--as-of", day])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("onward runs");
        // Each round lets the build come a little further, to its end in the last ones.
        let hidden = place.path().join(".site.onward-new");
        let so_far = || fs::read_dir(&hidden).map_or(0, Iterator::count);
        while so_far() < round * pages / 95 && child.try_wait().expect("a state").is_none() {}
        child.kill().expect("a kill");
        child.wait().expect("an end");
        assert!(whole(&site, &days), "round {round}: the site is neither the one nor the other");
    }
    // The next build that is let run puts everything right.
    let done = build(register, &site, "2015-10-05", &[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(files(&site), days["2015-10-05"]);
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn the_new_site_takes_the_place_of_the_old_in_one_step() {
    let place = built(example(), "2015-10-05");
    let site = place.path().join("site");
    // In two steps, the old one would have to stand here for a moment, and no site at its own place.
    let aside = place.path().join(".site.onward-old");
    fs::create_dir(&aside).expect("a folder");
    fs::write(aside.join("mine"), "mine").expect("a file");
    let done = build(example(), &site, "2015-10-06", &[]);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(fs::read_to_string(aside.join("mine")).expect("the file"), "mine");
}

#[test]
fn a_new_register_checks_clean_and_builds() {
    let place = tempfile::tempdir().expect("a folder");
    let register = place.path().join("acme");
    let path = register.to_str().expect("a path");
    assert_eq!(onward(&["init", path]).status.code(), Some(0));
    let checked = onward(&["check", path, "--deny-warnings"]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
    assert_eq!(build(path, &place.path().join("site"), "2026-06-01", &[]).status.code(), Some(0));
    // And it is not made twice over the first.
    fs::write(register.join("mine.toml"), "").expect("a file");
    assert_eq!(onward(&["init", path]).status.code(), Some(2));
    let unprotected = fs::read_to_string(register.join("vendors/helpdesk.toml")).expect("a file");
    fs::write(register.join("vendors/helpdesk.toml"), unprotected.replace("safeguards = [\"helpdesk-clauses\"]", ""))
        .expect("a file");
    assert_eq!(onward(&["check", path]).status.code(), Some(1));
}

#[test]
fn the_pages_of_the_law_say_what_rests_on_it_and_what_it_no_longer_carries() {
    let page = |day: &str, name: &str| {
        let site = built(example(), day);
        fs::read_to_string(site.path().join("site").join(name)).expect("a page")
    };
    let name = "decision-eu-us-safe-harbor.html";
    let [before, after] = ["2015-10-05", "2015-10-06"].map(|day| page(day, name));
    assert!(
        before.contains("3 verdicts rest on it")
            && before.contains("transfer-mimecast-limited--mimecast-north-america.html")
    );
    assert!(after.contains("No transfer of this register rests on it"));
    assert!(after.contains("ended by C-362") && after.contains("transfer-analytics-united-states.html"));
    let site = built(example(), "2015-10-06");
    for kind in ["decision-", "instrument-", "regime-"] {
        let pages = files(&site.path().join("site")).into_keys().filter(|name| name.starts_with(kind)).count();
        assert!(pages > 15, "{kind}: {pages}");
    }
}

#[test]
fn the_whole_register_stands_on_one_page() {
    let place = built(example(), "2015-10-06");
    let site = files(&place.path().join("site"));
    let page = String::from_utf8(site["whole.html"].clone()).expect("UTF-8");
    let links: BTreeSet<String> = attributes(&page, "href").into_iter().collect();
    let kinds = ["party-", "transfer-", "safeguard-", "data-", "subjects-", "purpose-", "place-"];
    let is_part = |name: &str| name.split('.').count() > 2;
    let records = site.keys().filter(|name| kinds.iter().any(|kind| name.starts_with(kind)) && !is_part(name));
    let left: Vec<&String> = records.filter(|name| !links.contains(*name)).collect();
    assert!(left.is_empty(), "not on it: {left:?}");
}
