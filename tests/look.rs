//! A team's own look, and addresses that go on working.

use std::fs;
use std::path::Path;

use super::kit::{CATALOGUE, collected, folder, onward, party, transfer};

fn register() -> tempfile::TempDir {
    let records = CATALOGUE.to_owned()
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "FR", "controller").replace("name = \"b\"", "name = \"b\"\naliases = [\"old-b\"]")
        + &collected("a", "DE")
        + &transfer("a", "b", "");
    folder(&[("a.toml", &records)])
}

/// Builds with a look; what it said, and its status.
fn build(register: &Path, site: &Path, look: &Path) -> (i32, String) {
    let text = |path: &Path| path.to_str().expect("a path").to_owned();
    let done = onward(&["build", &text(register), "--out", &text(site), "--templates", &text(look)]);
    (done.status.code().expect("a status"), String::from_utf8(done.stderr).expect("UTF-8"))
}

fn look(files: &[(&str, &str)]) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(place.path().join(name), text).expect("a file");
    }
    place
}

#[test]
fn files_of_a_look_take_the_place_of_those_of_their_name_and_of_no_others() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    let about = "{% extends \"base\" %}{% block main %}<h1>We are {{ shell.organisation }}</h1>{% endblock %}";
    let (status, said) =
        build(register.path(), &site, look(&[("style.css", "body { color: green }"), ("about.html", about)]).path());
    assert_eq!(status, 0, "{said}");
    assert_eq!(fs::read_to_string(site.join("style.css")).expect("the stylesheet"), "body { color: green }");
    assert!(fs::read_to_string(site.join("about.html")).expect("a page").contains("<h1>We are Acme</h1>"));
    assert!(fs::read_to_string(site.join("index.html")).expect("a page").contains("Verdicts"));
}

#[test]
fn the_markup_of_a_look_is_that_of_the_cells_too_whichever_way_it_has_them_written() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let own =
        include_str!("../site-templates/parts.html").replace("<code>{{ p.text }}</code>", "<kbd>{{ p.text }}</kbd>");
    // Rows that are filled at once, and rows that a template goes through itself.
    let through =
        own.replace("filled(row.cells, \"<td>\", \"</td>\")", "cells(row.cells, \"<td>\"|safe, \"</td>\"|safe)");
    assert_ne!(own, through);
    let page = |parts: &str, name: &str| {
        let site = place.path().join(name);
        let (status, said) = build(register.path(), &site, look(&[("parts.html", parts)]).path());
        assert_eq!(status, 0, "{said}");
        fs::read_to_string(site.join("data.html")).expect("a page")
    };
    let filled = page(&own, "filled");
    assert!(filled.contains("<td><kbd>c</kbd></td>"), "{filled}");
    assert_eq!(filled, page(&through, "through"));
}

#[test]
fn a_file_that_is_none_of_a_look_is_refused_and_so_is_a_template_that_does_not_fit() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    for (name, text, wanted) in [
        ("styles.css", "", "did you mean `style.css`?"),
        ("logo.png", "", "is no file of the look"),
        ("about.html", "{% block %}", "syntax error"),
        ("about.html", "{{ view.nowhere }}", "undefined value"),
    ] {
        let (status, said) = build(register.path(), &site, look(&[(name, text)]).path());
        assert_eq!(status, 2, "{name}: {said}");
        assert!(said.contains(wanted), "{name}: {said}");
        assert!(!site.exists(), "{name}: half a site is none");
    }
    let (status, said) = build(register.path(), &site, Path::new("/nowhere"));
    assert!(status == 2 && said.contains("could not be read"), "{said}");
}

#[test]
fn what_a_template_of_ones_own_shows_is_escaped_too() {
    let register = folder(&[
        ("register.toml", "[register]\nformat = 1\norganisation = \"<b>Acme\"\n"),
        ("a.toml", &fs::read_to_string(register().path().join("a.toml")).expect("records")),
    ]);
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(register.path(), &site, look(&[("about.html", "<p>{{ shell.organisation }}</p>")]).path());
    assert_eq!(fs::read_to_string(site.join("about.html")).expect("a page").trim(), "<p>&lt;b&gt;Acme</p>");
}

#[test]
fn the_address_of_a_former_id_leads_to_where_the_record_is_now() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    build(register.path(), &site, look(&[]).path());
    let page = fs::read_to_string(site.join("party-old-b.html")).expect("the former page");
    assert!(page.contains("http-equiv=\"refresh\" content=\"0; url=party-b.html\""), "{page}");
    assert!(page.contains("<a href=\"party-b.html\">Its page</a>") && site.join("party-b.html").is_file());
}
