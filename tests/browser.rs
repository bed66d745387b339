//! The site in a real browser: it opens from disk, nothing it does is refused by its own policy,
//! and it is laid out at every width.
//!
//! Needs Chromium (`chromium` on the path); `tests/run` installs it where it can. Where there is
//! none these tests fail and say so, unless `ONWARD_NO_BROWSER` is set.

use std::path::Path;
use std::process::{Command, Output};

use super::kit::{CATALOGUE, folder, onward, party};

/// One page of each kind.
const KINDS: [&str; 25] = [
    "index.html",
    "parties.html",
    "party-mimecast-north-america.html",
    "transfer-mimecast-limited--mimecast-north-america.html",
    "data-contact-details.html",
    "subjects.html",
    "safeguard-intra-group-contract.html",
    "place-US.html",
    "chains.html",
    "findings.html",
    "law.html",
    "law-book.html",
    "law-changes.html",
    "decision-eu-us-safe-harbor.html",
    "instrument-eu-scc-2010-87.html",
    "regime-eu.html",
    "rule-unsafeguarded-transfer.html",
    "about.html",
    "az.html",
    "calendar.html",
    "send.html",
    "notice.html",
    "whole.html",
    "map.html",
    "graph.html",
];

fn chromium(arguments: &[&str]) -> Option<Output> {
    if std::env::var_os("ONWARD_NO_BROWSER").is_some() {
        return None;
    }
    let profile = tempfile::tempdir().expect("a folder");
    let done = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--hide-scrollbars",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(arguments)
        .output();
    Some(done.expect("chromium runs: install it, or set ONWARD_NO_BROWSER to do without"))
}

fn site(place: &Path) -> String {
    site_from(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/register")), place)
}

fn site_from(register: &Path, place: &Path) -> String {
    let (register, out) = (register.to_str().expect("a path"), place.join("site"));
    onward(&["build", register, "--out", out.to_str().expect("a path"), "--as-of", "2015-10-06"]);
    format!("file://{}", out.display())
}

#[test]
fn every_kind_of_page_opens_from_disk_without_a_word_on_the_console() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    for page in KINDS {
        let Some(done) = chromium(&["--dump-dom", &format!("{site}/{page}")]) else { return };
        let dom = String::from_utf8_lossy(&done.stdout);
        assert!(dom.contains("<main id=\"main\">") && dom.contains("As of"), "{page} did not open: {dom}");
        let log = String::from_utf8_lossy(&done.stderr);
        let said: Vec<&str> =
            log.lines().filter(|line| line.contains("CONSOLE") || line.contains("Refused to")).collect();
        assert!(said.is_empty(), "{page}: {said:?}");
    }
}

#[test]
fn the_console_would_tell_of_a_page_that_breaks_its_own_policy() {
    let place = tempfile::tempdir().expect("a folder");
    let page = place.path().join("page.html");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
    std::fs::write(&page, format!("<!doctype html>{policy}<p style=\"color: red\">x</p>")).expect("a page");
    let Some(done) = chromium(&["--dump-dom", &format!("file://{}", page.display())]) else { return };
    assert!(String::from_utf8_lossy(&done.stderr).contains("CONSOLE"));
}

#[test]
fn pages_are_drawn_narrow_and_wide_and_in_the_dark() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    for (at, more) in ["--window-size=500,800", "--window-size=1600,900", "--blink-settings=preferredColorScheme=0"]
        .iter()
        .enumerate()
    {
        let shot = place.path().join(format!("shot-{at}.png"));
        let Some(_) = chromium(&[&format!("--screenshot={}", shot.display()), more, &format!("{site}/index.html")])
        else {
            return;
        };
        let bytes = std::fs::read(&shot).expect("a screenshot");
        // A page without its stylesheet, or a blank one, is a far smaller picture.
        assert!(bytes.len() > 20_000, "{more}: {} bytes", bytes.len());
    }
}

/// The document of a page once its scripts have run, those that wait for nothing but each other included.
fn dom(url: &str) -> Option<String> {
    let done = chromium(&["--virtual-time-budget=10000", "--dump-dom", url])?;
    let log = String::from_utf8_lossy(&done.stderr);
    assert!(!log.contains("CONSOLE"), "{url}: {log}");
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

#[test]
fn a_list_is_sorted_and_filtered_as_its_address_says() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    let Some(all) = dom(&format!("{site}/parties.html")) else { return };
    assert!(all.contains(">26 rows</p>") && all.contains("Download these rows"), "{all}");
    let some = dom(&format!("{site}/parties.html?kind=affiliate&kind=reseller&sort=-name&find=mime")).expect("a page");
    assert!(some.contains(">4 of 26 rows</p>"), "{some}");
    let body = some.split_once("<tbody>").expect("a table").1;
    let (first, last) = (body.find("South Africa").expect("a row"), body.find("Mimecast Limited").expect("a row"));
    assert!(first < last, "from the last name to the first");
    assert_eq!(body.matches("<tr><td>").count(), 4);
    assert!(some.contains("aria-sort=\"descending\""));
    // A value that nobody has is no filter, and a strange address no harm.
    let odd = dom(&format!("{site}/parties.html?kind=%3Cimg%20src%3Dx%3E&sort=nothing&place=")).expect("a page");
    assert!(odd.contains(">26 rows</p>") && !odd.contains("<img src"), "{odd}");
}

#[test]
fn a_list_of_several_pages_is_sorted_and_filtered_as_a_whole() {
    let place = tempfile::tempdir().expect("a folder");
    let parties: String = (0..700).map(|n| party("affiliate", &format!("p{n:03}"), "FR", "controller")).collect();
    let register = folder(&[("a.toml", &(CATALOGUE.to_owned() + &parties))]);
    let site = site_from(register.path(), place.path());
    let Some(all) = dom(&format!("{site}/parties.html")) else { return };
    assert!(all.contains(">700 rows</p>") && all.contains(">Show the other 400 rows</button>"));
    assert!(!all.contains("class=\"parts\"") && !all.contains("on the next page"), "there is no next page any more");
    let last = dom(&format!("{site}/parties.html?find=p699")).expect("a page");
    assert!(last.contains(">1 of 700 rows</p>") && last.contains("party-p699.html"), "{last}");
    let back = dom(&format!("{site}/parties.html?sort=-name")).expect("a page");
    let body = back.split_once("<tbody>").expect("a table").1;
    assert!(body.find("p699") < body.find("p500") && !body.contains("party-p000"), "the first rows of the order");
}

#[test]
fn a_cell_with_several_values_is_found_under_each_of_them() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    let Some(page) = dom(&format!("{site}/transfers.html?data=Personal%20Information")) else { return };
    let (shown, _) = page.split_once(" of 37 rows</p>").expect("a count");
    let shown: usize = shown.rsplit('>').next().and_then(|count| count.parse().ok()).expect("a number");
    assert!((2..37).contains(&shown), "{shown}");
}

#[test]
fn a_slash_opens_the_search_and_a_few_letters_find_an_entry_without_a_network() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    let folder = place.path().join("site");
    let page = std::fs::read_to_string(folder.join("index.html")).expect("the page");
    let with = page.replace("</head>", "<script src=\"try.js\" defer></script></head>");
    std::fs::write(folder.join("try.html"), with).expect("a page");
    let script = r#"
        const key = (target, name) => target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
        key(document.body, "/");
        const input = document.activeElement;
        input.value = "NORTH améri";
        input.dispatchEvent(new Event("input", { bubbles: true }));
        const wait = setInterval(() => {
            if (document.getElementById("found").hidden) return;
            clearInterval(wait);
            key(input, "ArrowDown");
            document.body.append(Object.assign(document.createElement("pre"), { id: "seen", textContent:
                [input.id, input.getAttribute("aria-expanded"), input.getAttribute("aria-activedescendant"),
                 document.querySelector('#found [aria-selected=true]').dataset.href].join(" ") }));
        }, 10);
    "#;
    std::fs::write(folder.join("try.js"), script).expect("a script");
    let Some(page) = dom(&format!("{site}/try.html")) else { return };
    let seen =
        page.split_once("<pre id=\"seen\">").and_then(|(_, rest)| rest.split_once("</pre>")).map(|(seen, _)| seen);
    assert_eq!(seen, Some("search true found-0 party-mimecast-north-america.html"), "{page}");
}

#[test]
fn who_asks_whether_something_may_be_sent_gets_yes_or_no_and_why() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    let ask = |to: &str, data: &str| {
        let page = dom(&format!("{site}/send.html?from=mimecast-limited&to={to}&data={data}"))?;
        let (_, answer) = page.split_once("id=\"send-answer\"").expect("an answer");
        Some(answer.split("</main>").next().expect("the end").to_owned())
    };
    let Some(yes) = ask("mimecast-australia", "contact-details") else { return };
    assert!(yes.contains("Yes, for what is recorded:") && yes.contains("safeguarded by intra-group-clauses"), "{yes}");
    let fallen = ask("mimecast-north-america", "contact-details").expect("an answer");
    assert!(fallen.contains("No: it is recorded, and something is missing."), "{fallen}");
    assert!(
        fallen.contains("no safeguard under eu-dpd") && fallen.contains("rule-unsafeguarded-transfer.html"),
        "{fallen}"
    );
    let never = ask("mimecast-north-america", "site-activity").expect("an answer");
    assert!(never.contains("No: no such transfer is recorded.") && never.contains("gets other data"), "{never}");
    let nobody = ask("the-public", "contact-details").expect("an answer");
    assert!(nobody.contains("No: no such transfer is recorded."), "{nobody}");
    let itself = ask("mimecast-limited", "contact-details").expect("an answer");
    assert!(itself.contains("one and the same party"), "{itself}");
    let unasked = ask("%3Cimg%3E", "contact-details").expect("a page");
    assert!(unasked.contains("What is not there is not allowed for."), "{unasked}");
}

#[test]
fn the_list_of_findings_can_be_narrowed_to_a_rule() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    let Some(page) = dom(&format!("{site}/findings.html?rule=unsafeguarded-transfer")) else { return };
    assert!(page.contains(">1 of 10 rows</p>"), "{page}");
    let more = page.split_once("<tbody>").and_then(|(_, body)| body.split_once(">more</bdi>")).expect("a row").0;
    let (page, anchor) = more.rsplit_once("href=\"").and_then(|(_, href)| href.split_once('#')).expect("a link");
    let anchor = anchor.split('"').next().expect("an anchor");
    let record = std::fs::read_to_string(place.path().join("site").join(page)).expect("the page of its record");
    assert!(record.contains(&format!("<article class=\"finding\" id=\"{anchor}\">")), "which tells it in full");
}

#[test]
fn a_picture_can_be_looked_at_more_closely_with_buttons() {
    let place = tempfile::tempdir().expect("a folder");
    let site = site(place.path());
    let folder = place.path().join("site");
    let page = std::fs::read_to_string(folder.join("map.html")).expect("the page");
    let with = page.replace("</head>", "<script src=\"try.js\" defer></script></head>");
    std::fs::write(folder.join("try.html"), with).expect("a page");
    let script = r#"
        const button = (name) => document.querySelector(`figure.zoom button[aria-label="${name}"]`);
        const seen = [], look = () => seen.push(document.querySelector("figure.zoom svg").getAttribute("viewBox").split(" ").map(Math.round).join(" "));
        look(); button("Closer").click(); look(); button("To the left").click(); look(); button("The whole picture").click(); look();
        document.body.append(Object.assign(document.createElement("pre"), { id: "seen", textContent: seen.join(", ") }));
    "#;
    std::fs::write(folder.join("try.js"), script).expect("a script");
    let Some(page) = dom(&format!("{site}/try.html")) else { return };
    let seen =
        page.split_once("<pre id=\"seen\">").and_then(|(_, rest)| rest.split_once("</pre>")).map(|(seen, _)| seen);
    assert_eq!(seen, Some("0 0 2000 880, 333 147 1333 587, 0 147 1333 587, 0 0 2000 880"), "{page}");
}

/// The rules of WCAG 2.2, levels A and AA, as axe-core tests them: what it finds, as JSON.
const AXE: &str = r#"
    addEventListener("load", async () => {
        if (!window.axe) return;
        const found = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
        const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
        if (document.documentElement.scrollWidth > innerWidth) told.push(`it is wider than its window of ${innerWidth}`);
        parent.postMessage(told.join("\n") || "nothing", "*");
    });
    addEventListener("message", ({ data }) => {
        document.body.append(Object.assign(document.createElement("pre"), { id: "axe", textContent: data }));
    });
"#;

/// A window as narrow as that of a telephone, or of a reader who enlarges a page to 400 %: the browser
/// itself opens none so narrow.
const NARROW: &str = "<!doctype html><html lang=\"en\"><head><title>Narrow</title><script src=\"axe-run.js\"></script></head>\
    <body><iframe title=\"page\" width=\"320\" height=\"800\" src=\"PAGE\"></iframe></body></html>";

/// `tests/run` fetches axe-core, and says so where it cannot; it is no part of this repository.
fn axe() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/package/axe.min.js");
    std::fs::read_to_string(path).ok()
}

/// What axe finds on a page, in a narrow window or a wide one.
fn found(folder: &Path, page: &str, is_narrow: bool, more: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(page)).expect("the page");
    let scripts = "<script src=\"axe.js\"></script><script src=\"axe-run.js\"></script></head>";
    let (with, around) = (folder.join(format!("axe-{page}")), folder.join(format!("narrow-{page}")));
    std::fs::write(&with, text.replace("</head>", scripts)).expect("a page");
    std::fs::write(&around, NARROW.replace("PAGE", &format!("axe-{page}"))).expect("a page");
    let url = format!("file://{}", if is_narrow { around } else { with }.display());
    let done = chromium(&["--window-size=1280,900", more, "--virtual-time-budget=2000", "--dump-dom", &url])?;
    let dom = String::from_utf8_lossy(&done.stdout).into_owned();
    let (_, rest) = dom.split_once("<pre id=\"axe\">").unwrap_or_else(|| panic!("axe did not run on {page}: {dom}"));
    Some(rest.split("</pre>").next().expect("what it found").to_owned())
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page_narrow_and_dark_or_wide_and_light() {
    let Some(axe) = axe() else { return };
    let place = tempfile::tempdir().expect("a folder");
    let _ = site(place.path());
    let folder = place.path().join("site");
    std::fs::write(folder.join("axe.js"), axe).expect("axe");
    std::fs::write(folder.join("axe-run.js"), AXE).expect("a script");
    // It finds what is wrong: a picture without words.
    let bad =
        "<!doctype html><html><head></head><body><img src=\"x\"><pre style=\"width: 900px\">wide</pre></body></html>";
    std::fs::write(folder.join("bad.html"), bad).expect("a page");
    let looks = [(true, "--blink-settings=preferredColorScheme=0"), (false, "--blink-settings=preferredColorScheme=1")];
    for (is_narrow, look) in looks {
        let Some(told) = found(&folder, "bad.html", is_narrow, look) else { return };
        assert!(told.contains("image-alt") && told.contains("window of 320") == is_narrow, "{told}");
    }
    // A browser waits more than it works: several at once.
    std::thread::scope(|scope| {
        for pages in KINDS.chunks(KINDS.len().div_ceil(5)) {
            let folder = &folder;
            scope.spawn(move || {
                for (page, look) in pages.iter().flat_map(|page| looks.iter().map(move |look| (page, look))) {
                    assert_eq!(found(folder, page, look.0, look.1).as_deref(), Some("nothing"), "{page} {look:?}");
                }
            });
        }
    });
}
