//! What `register.toml` says of the site's look: a picture, colours, a sentence; and of which commit it is.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::kit::{CATALOGUE, collected, folder, onward, party};

/// The smallest PNG picture: one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

fn register(keys: &str) -> tempfile::TempDir {
    let head = format!("[register]\nformat = 1\norganisation = \"Acme\"\n{keys}\n");
    let records = CATALOGUE.to_owned() + &party("affiliate", "a", "DE", "controller") + &collected("a", "DE");
    let folder = folder(&[("register.toml", &head), ("a.toml", &records)]);
    fs::write(folder.path().join("acme.png"), PIXEL).expect("a picture");
    folder
}

fn build(register: &Path, site: &Path) -> (i32, String) {
    let text = |path: &Path| path.to_str().expect("a path").to_owned();
    let done = onward(&["build", &text(register), "--out", &text(site), "--as-of", "2026-06-01"]);
    let said = [done.stdout, done.stderr].concat();
    (done.status.code().expect("a status"), String::from_utf8(said).expect("UTF-8"))
}

#[test]
fn a_house_has_its_picture_its_colours_and_its_sentence_on_every_page() {
    let keys = "logo = \"acme.png\"\ncolour = \"#7A1F5C\"\ncolour-dark = \"#f0a8d0\"\nfooter = \"Ask <legal>.\"";
    let (register, place) = (register(keys), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    let (status, said) = build(register.path(), &site);
    assert_eq!(status, 0, "{said}");
    assert_eq!(fs::read(site.join("logo.png")).expect("the picture"), PIXEL);
    let style = fs::read_to_string(site.join("style.css")).expect("the stylesheet");
    assert!(style.contains("--link-light: #7a1f5c;") && style.contains("--link-dark: #f0a8d0;"));
    for page in ["index.html", "party-a.html"] {
        let page = fs::read_to_string(site.join(page)).expect("a page");
        assert!(page.contains("<img class=\"logo\" src=\"logo.png\" alt=\"\">"), "{page}");
        assert!(page.contains("<bdi>Ask &lt;legal&gt;.</bdi>"), "{page}");
    }
}

#[test]
fn a_house_that_says_nothing_has_none_of_it() {
    let (register, place) = (register(""), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    build(register.path(), &site);
    assert!(!site.join("logo.png").exists());
    let page = fs::read_to_string(site.join("index.html")).expect("a page");
    assert!(!page.contains("class=\"logo\"") && !page.contains("commit"), "{page}");
}

#[test]
fn a_picture_or_a_colour_that_cannot_be_is_told_with_its_line_and_there_is_no_site() {
    for (keys, wanted) in [
        ("logo = \"nowhere.png\"", "`nowhere.png` does not exist"),
        ("logo = \"a.toml\"", "`a.toml` is no PNG picture"),
        ("logo = \"../acme.png\"", "leads out of its folder"),
        ("logo = \"/etc/passwd\"", "is an absolute path"),
        ("colour = \"red\"", "`red` is no colour"),
        ("colour = \"#0b57a4; } body { display: none\"", "is no colour"),
        ("colour = \"#86bdf5\"", "cannot be read on `#f4f6f8`"),
        ("colour-dark = \"#0b57a4\"", "cannot be read on `#1d2126`"),
    ] {
        let (register, place) = (register(keys), tempfile::tempdir().expect("a folder"));
        let (status, said) = build(register.path(), &place.path().join("site"));
        assert_eq!((status, place.path().join("site").exists()), (2, false), "{keys}: {said}");
        assert!(said.contains(wanted) && said.contains("register.toml:4"), "{keys}: {said}");
    }
}

#[test]
fn a_picture_that_is_too_large_is_refused() {
    let register = register("logo = \"large.png\"");
    fs::write(register.path().join("large.png"), [PIXEL, &vec![0; 70_000]].concat()).expect("a picture");
    let place = tempfile::tempdir().expect("a folder");
    let (status, said) = build(register.path(), &place.path().join("site"));
    assert!(status == 2 && said.contains("has more than 65536 bytes"), "{said}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let done = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output().expect("git runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_page_says_of_which_commit_its_register_is_and_whether_it_was_changed_since() {
    let (register, place) = (register(""), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    git(register.path(), &["init", "--quiet"]);
    git(register.path(), &["add", "."]);
    git(register.path(), &["commit", "--quiet", "--message", "first"]);
    let footer = || {
        build(register.path(), &site);
        let page = fs::read_to_string(site.join("index.html")).expect("a page");
        page.split_once("<footer>").expect("a footer").1.to_owned()
    };
    let committed = footer();
    assert!(
        committed.contains("The register is that of commit ") && !committed.contains("not committed"),
        "{committed}"
    );
    fs::write(register.path().join("b.toml"), party("affiliate", "b", "FR", "controller")).expect("a file");
    assert!(footer().contains("with changes that are not committed"));
    fs::remove_file(register.path().join("b.toml")).expect("removed");
    assert_eq!(footer(), committed);
}
