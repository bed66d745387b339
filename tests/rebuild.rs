//! Building again: nothing is made where nothing has changed, and whatever has, the site is the one
//! that a first build would write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, UNIX_EPOCH};

use onward::source::Digest;

use super::kit::{CATALOGUE, collected, edit, folder, onward, party, transfer};
use super::since::git;
use tempfile::TempDir;

const DAY: &str = "2026-06-01";
/// The SHA-256 of "abc".
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// A register in a folder of its own in a repository, with a paper, a picture, and a look beside it.
fn repository() -> TempDir {
    let safeguard = format!(
        "[[safeguard]]\nid = \"clauses\"\ninstrument = \"eu-scc-2021-914\"\nparties = [\"de\", \"in\"]\n\
         signed = 2022-01-01\nmodules = [1]\nevidence = \"papers/a.pdf\"\nevidence-sha256 = \"{ABC}\"\n"
    );
    let records = [
        CATALOGUE.to_owned(),
        party("affiliate", "de", "DE", "controller"),
        party("affiliate", "in", "IN", "controller"),
        collected("de", "DE"),
        transfer("de", "in", ""),
        safeguard,
    ];
    let register = "[register]\nformat = 1\norganisation = \"Acme\"\nlogo = \"acme.png\"\n";
    let place = folder(&[
        ("register/register.toml", register),
        ("register/records.toml", &records.join("\n")),
        ("register/papers/a.pdf", "abc"),
        ("register/acme.png", "\u{89}PNG"),
        ("look/style.css", "body { color: black }\n"),
    ]);
    fs::write(place.path().join("register/acme.png"), b"\x89PNG\r\n\x1a\n").expect("a picture");
    place
}

/// Builds the site of the register in a place, and says what is said.
fn build(place: &Path, out: &Path, more: &[&str]) -> String {
    let done = built(place, out, more);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.code().is_some_and(|code| code < 2), "{}{said}", String::from_utf8_lossy(&done.stdout));
    said
}

/// The register, the folder around its site, and the site, built.
fn built_once() -> (TempDir, TempDir, PathBuf) {
    let (repository, place) = (repository(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    build(repository.path(), &site, AS_OF);
    (repository, place, site)
}

fn built(place: &Path, out: &Path, more: &[&str]) -> Output {
    let path = |name: &str| place.join(name).to_str().expect("a path").to_owned();
    let (register, look) = (path("register"), path("look"));
    let mut arguments = vec!["build", &register, "--templates", &look, "--out", out.to_str().expect("a path")];
    arguments.extend(more);
    onward(&arguments)
}

/// Every file of a site, the manifest too, with what is in it.
fn all(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(site).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|file| (file.path().display().to_string(), fs::read(file.path()).expect("a file"))).collect()
}

/// Its pages, by their paths in the site.
fn pages(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let start = format!("{}/", site.display());
    let pages = all(site).into_iter().map(|(path, bytes)| (path.replacen(&start, "", 1), bytes));
    pages.filter(|(name, _)| name != ".onward-manifest").collect()
}

/// A change of what a site is made of, and the options of the builds after it.
type Change = (&'static str, fn(&Path), &'static [&'static str]);

/// Writes into a file of the repository.
fn put(place: &Path, name: &str, text: impl AsRef<[u8]>) {
    fs::write(place.join(name), text).expect("a file");
}

const AS_OF: &[&str] = &["--as-of", DAY];

/// One of each kind; every one shows on some page.
const CHANGES: &[Change] = &[
    (
        "a value of a record",
        |place| edit(place, "register/records.toml", "name = \"in\"", "name = \"India Ltd\""),
        AS_OF,
    ),
    ("lines that move", |place| edit(place, "register/records.toml", "[[data]]", "# moved\n[[data]]"), AS_OF),
    ("another file", |place| put(place, "register/more.toml", "# nothing yet\n"), AS_OF),
    (
        "a file of another name",
        |place| fs::rename(place.join("register/more.toml"), place.join("register/next.toml")).expect("moved"),
        AS_OF,
    ),
    ("a file that is not read", |place| put(place, "register/LAST.TOML", ""), AS_OF),
    ("a paper", |place| put(place, "register/papers/a.pdf", "abd"), AS_OF),
    ("a paper that is gone", |place| fs::remove_file(place.join("register/papers/a.pdf")).expect("gone"), AS_OF),
    ("the picture", |place| put(place, "register/acme.png", b"\x89PNG\r\n\x1a\nother"), AS_OF),
    ("the look", |place| put(place, "look/style.css", "body { color: blue }\n"), AS_OF),
    ("two days", |_| (), &["--as-of", DAY, "--as-of", "2021-06-01"]),
    ("the same two the other way round", |_| (), &["--as-of", "2021-06-01", "--as-of", DAY]),
    ("another day", |_| (), &["--as-of", "2021-06-01"]),
    ("a level of a rule", |_| (), &["--as-of", DAY, "--deny", "no-owner"]),
    ("how far ahead to look", |_| (), &["--as-of", DAY, "--deny", "no-owner", "--horizon", "9 years"]),
    (
        "the day out of the register",
        |place| edit(place, "register/register.toml", "format", "as-of = 2026-06-01\nformat"),
        &[],
    ),
    ("a repository around it", |place| git(place, &["init", "-q", "-b", "main"]), &[]),
    ("a commit", commit, &[]),
    ("a change that is not committed", |place| put(place, "register/next.toml", "# nothing\n"), &[]),
    ("the same option as the register has it", |_| (), AS_OF),
];

fn commit(place: &Path) {
    git(place, &["add", "-A"]);
    git(place, &["commit", "-q", "-m", "A register"]);
}

#[test]
fn whatever_changes_the_site_is_the_one_that_a_first_build_would_write() {
    let (repository, place, site) = built_once();
    for (at, (what, change, options)) in CHANGES.iter().enumerate() {
        let before = pages(&site);
        change(repository.path());
        build(repository.path(), &site, options);
        let first = place.path().join(format!("first-{at}"));
        build(repository.path(), &first, options);
        assert_eq!(pages(&site), pages(&first), "{what}");
        assert_ne!(pages(&site), before, "{what} shows on no page, so this step proves nothing");
        let before = all(&site);
        let said = build(repository.path(), &site, options);
        assert!(said.contains("(0 written, 0 removed)"), "{what}: {said}");
        assert_eq!(all(&site), before, "{what}");
    }
}

/// Puts two pages in each other's place, the manifest in agreement: to see that this is not the site,
/// it has to be made.
fn mix_up(site: &Path) {
    let right = pages(site);
    let manifest = fs::read_to_string(site.join(".onward-manifest")).expect("a manifest");
    let swapped = manifest.replace("  about.html\n", "  #\n").replace("  law.html\n", "  about.html\n");
    put(site, ".onward-manifest", swapped.replace("  #\n", "  law.html\n"));
    put(site, "about.html", &right["law.html"]);
    put(site, "law.html", &right["about.html"]);
}

#[test]
fn a_site_of_which_nothing_has_changed_is_not_made_again() {
    let (repository, _place, site) = built_once();
    let right = pages(&site);
    mix_up(&site);
    // The mark that onward gives its own manifests: the time of the file, out of its text.
    let text = fs::read(site.join(".onward-manifest")).expect("a manifest");
    let start = u32::from_str_radix(&Digest::of(&text).to_string()[..8], 16).expect("digits");
    let mark = UNIX_EPOCH + Duration::from_secs(500_000_000 + 2 * u64::from(start % (1 << 28)));
    let manifest = fs::File::options().append(true).open(site.join(".onward-manifest")).expect("a manifest");
    manifest.set_modified(mark).expect("a time");
    assert!(build(repository.path(), &site, AS_OF).contains("(0 written, 0 removed)"));
    assert_eq!(pages(&site)["about.html"], right["law.html"], "nothing is made");
    edit(repository.path(), "register/records.toml", "[[transfer]]", "[[transfer]]\n# a remark");
    assert!(!build(repository.path(), &site, AS_OF).contains("(0 written"));
    assert_eq!(pages(&site)["law.html"], right["law.html"]);
}

#[test]
fn a_site_that_came_with_a_change_is_made_and_compared_whatever_its_manifest_says() {
    let (repository, _place, site) = built_once();
    let right = all(&site);
    mix_up(&site);
    let said = build(repository.path(), &site, AS_OF);
    assert!(said.contains("(2 written, 0 removed)"), "{said}");
    assert_eq!(all(&site), right);
    // A copy without its times is no site of another, and not written again either.
    let manifest = fs::read(site.join(".onward-manifest")).expect("a manifest");
    put(&site, ".onward-manifest", manifest);
    let said = build(repository.path(), &site, AS_OF);
    assert!(said.contains("(0 written, 0 removed)"), "{said}");
    assert_eq!(all(&site), right);
}

#[test]
fn a_page_that_somebody_removed_comes_back() {
    let (repository, _place, site) = built_once();
    let right = all(&site);
    // Also where it is told by a comparison of pages, not by what they are made of.
    for removed in [&["about.html"][..], &["about.html", "index.html", "style.css"]] {
        for name in removed {
            fs::remove_file(site.join(name)).expect("gone");
        }
        let said = build(repository.path(), &site, AS_OF);
        assert!(said.contains(&format!("({} written, 0 removed)", removed.len())), "{said}");
        assert_eq!(all(&site), right);
    }
}

#[test]
fn a_file_of_somebody_else_is_told_where_nothing_has_changed_too() {
    let (repository, _place, site) = built_once();
    put(&site, "thesis.doc", "mine");
    let before = all(&site);
    let said = build(repository.path(), &site, &[AS_OF, &["--force"]].concat());
    assert!(said.contains("(0 written, 0 removed)"), "{said}");
    let refused = built(repository.path(), &site, AS_OF);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("thesis.doc"));
    assert_eq!(all(&site), before);
}

#[test]
fn a_change_that_no_page_shows_changes_the_manifest_and_nothing_else() {
    let (repository, place, site) = built_once();
    let stamp = |name: &str| fs::metadata(site.join(name)).and_then(|found| found.modified()).expect("a time");
    let (before, manifest, index) = (pages(&site), fs::read(site.join(".onward-manifest")), stamp("index.html"));
    edit(repository.path(), "register/records.toml", "signed", "   signed");
    assert!(build(repository.path(), &site, AS_OF).contains("(0 written, 0 removed)"));
    assert_eq!((pages(&site), stamp("index.html")), (before, index));
    assert_ne!(fs::read(site.join(".onward-manifest")).ok(), manifest.ok());
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1, "nothing is left beside the site");
}

#[test]
fn what_a_run_that_was_killed_leaves_beside_a_site_that_stays_is_put_away() {
    let (repository, place) = (repository(), tempfile::tempdir().expect("a folder"));
    let (site, beside) = (place.path().join("site"), place.path().join(".site.onward-new"));
    build(repository.path(), &site, AS_OF);
    let (right, manifest) = (all(&site), fs::read(site.join(".onward-manifest")).expect("a manifest"));
    for left in [None, Some(".onward-manifest.unfinished"), Some(".onward-manifest")] {
        fs::create_dir(&beside).expect("a folder");
        if let Some(name) = left {
            put(&beside, name, &manifest);
        }
        assert!(build(repository.path(), &site, AS_OF).contains("(0 written, 0 removed)"), "{left:?}");
        assert_eq!((all(&site), beside.exists()), (right.clone(), false), "{left:?}");
    }
    // What nobody of onward's left there stays, and is told.
    fs::create_dir(&beside).expect("a folder");
    put(&beside, "mine", "mine");
    let done = built(repository.path(), &site, AS_OF);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.code() == Some(2) && said.contains("is not onward's: move it away"), "{said}");
    assert!(beside.join("mine").exists());
}
