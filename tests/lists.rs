//! What the lists of the site say in a row, so that rows can be chosen by it.

use super::kit::{CATALOGUE, collected, folder, party, site_of, transfer};

#[test]
fn lists_name_the_place_the_law_and_the_ground_of_a_transfer_and_how_near_the_end_of_a_safeguard_is() {
    let safeguard = |id: &str, days: &str| {
        format!("[[safeguard]]\nid = \"{id}\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [1]\n")
            + "parties = [\"a\", \"b\"]\nassessments = [\"look\"]\nsigned = 2024-01-01\n"
            + days
            + "\n"
    };
    let records = CATALOGUE.to_owned()
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "IN", "controller")
        + &collected("a", "DE")
        + &transfer("a", "b", "safeguards = [\"soon\"]")
        + "[[jurisdiction]]\ncode = \"IN\"\n[[jurisdiction.assessment]]\nid = \"look\"\ndate = 2026-01-01\noutcome = \"no-extra-measures\"\n"
        + &safeguard("none", "")
        + &safeguard("last", "terminated = 2026-06-02")
        + &safeguard("ended", "terminated = 2026-06-01")
        + &safeguard("soon", "expires = 2026-07-01")
        + &safeguard("later", "expires = 2028-07-01");
    let register = folder(&[("a.toml", &records)]);
    let pages = site_of(register.path(), "2026-06-01");
    let row = |page: &str, id: &str| {
        let (_, rest) = pages[page].split_once(&format!("{id}.html\"><bdi>{id}</bdi></a></td>")).expect("a row");
        rest.split("</tr>").next().expect("its end").to_owned()
    };
    let transfer = row("transfers.html", "a--b");
    for wanted in ["place-IN.html", "regime-eu.html", "safeguard-soon.html"] {
        assert!(transfer.contains(wanted), "{wanted}: {transfer}");
    }
    for (id, wanted) in [
        ("none", "no end is recorded"),
        ("last", "<time datetime=\"2026-06-01\">2026-06-01</time></td><td><span class=\"tag fair\"><bdi>soon"),
        ("ended", "has ended"),
        ("soon", "soon"),
        ("later", "later"),
    ] {
        assert!(row("safeguards.html", id).contains(wanted), "{id}: {}", row("safeguards.html", id));
    }
}
