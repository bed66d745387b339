//! The picture of a party: the same as its tables, and no more than can be read.

use std::fs;
use std::path::Path;

use super::kit::{CATALOGUE, Leg, collected, folder, onward, party, transfer};

fn page(register: &Path, name: &str) -> String {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    let arguments =
        ["build", register.to_str().expect("a path"), "--out", site.to_str().expect("a path"), "--as-of", "2026-06-01"];
    onward(&arguments);
    fs::read_to_string(site.join(name)).expect("the page")
}

/// A hub in Germany that sends to recipients in some places.
fn hub(places: &[&str]) -> String {
    let spokes = places.iter().enumerate().map(|(n, place)| {
        party("affiliate", &format!("r{n:02}"), place, "controller") + &transfer("hub", &format!("r{n:02}"), "")
    });
    CATALOGUE.to_owned()
        + &party("affiliate", "hub", "DE", "controller")
        + &collected("hub", "DE")
        + &spokes.collect::<String>()
}

/// The picture of a page, and the links in it.
fn picture(page: &str) -> (String, Vec<String>) {
    let (_, rest) = page.split_once("<figure>").expect("a picture");
    let (picture, _) = rest.split_once("</figure>").expect("its end");
    let links = picture.split("<a href=\"").skip(1).map(|rest| rest.split('"').next().expect("a link").to_owned());
    (picture.to_owned(), links.collect())
}

#[test]
fn neighbours_stand_around_a_party_the_worst_first_and_each_leads_to_its_page() {
    let register = folder(&[("a.toml", &hub(&["FR", "VN", "JP"]))]);
    let (picture, links) = picture(&page(register.path(), "party-hub.html"));
    assert_eq!(links, ["party-r01.html", "party-r02.html", "party-r00.html"]);
    assert!(
        picture.contains("aria-label=\"Who sends data to it: 0 parties. Whom it sends data to: 3 parties.\""),
        "{picture}"
    );
    for look in ["line violation", "line adequate", "line unrestricted"] {
        assert_eq!(picture.matches(look).count(), 2, "{look}, once drawn and once in the legend: {picture}");
    }
    assert!(!picture.contains("line safeguarded"), "the legend has what the picture has");
}

#[test]
fn a_party_with_many_neighbours_shows_twelve_and_says_where_the_others_are() {
    let mut places = vec!["FR"; 13];
    let register = folder(&[("a.toml", &hub(&places))]);
    assert_eq!(picture(&page(register.path(), "party-hub.html")).1.len(), 13, "thirteen still fit");
    places.push("VN");
    let register = folder(&[("a.toml", &hub(&places))]);
    let (picture, links) = picture(&page(register.path(), "party-hub.html"));
    assert_eq!(links.len(), 13);
    assert_eq!(links[0], "party-r13.html", "what needs attention is never left out");
    assert!(links.contains(&"#sends".to_owned()) && picture.contains("and 2 more"), "{picture}");
}

#[test]
fn a_party_without_neighbours_has_no_picture() {
    let register = folder(&[("a.toml", &hub(&[]))]);
    assert!(!page(register.path(), "party-hub.html").contains("<figure>"));
}

#[test]
fn the_overview_shows_what_crosses_a_border_by_place_and_the_table_says_the_same() {
    let register = folder(&[("a.toml", &hub(&["FR", "VN", "VN", "DE"]))]);
    let page = page(register.path(), "index.html");
    let (picture, links) = picture(&page);
    assert_eq!(links, ["place-DE.html", "place-VN.html", "place-FR.html"], "within Germany nothing crosses a border");
    assert!(picture.contains("2 legs") && picture.matches("class=\"line ").count() == 2 + 2, "{picture}");
    let (_, table) = page.split_once("From where to where").expect("the table");
    let rows: Vec<&str> = table.split("<tr>").skip(2).take(2).collect();
    assert!(rows[0].contains("place-VN.html") && rows[0].contains("no safeguard"), "the worst first: {}", rows[0]);
    assert!(rows[1].contains("place-FR.html") && rows[1].contains("unrestricted"), "{}", rows[1]);
}

#[test]
fn where_lines_would_be_a_knot_there_is_a_table_only() {
    let places = ["FR", "VN", "JP", "US", "BR", "IN", "AU"];
    let mesh = places.iter().flat_map(|from| {
        let to = places.iter().filter(move |to| *to != from);
        to.map(move |to| transfer(&from.to_lowercase(), &to.to_lowercase(), ""))
    });
    let parties = places.map(|place| {
        party("affiliate", &place.to_lowercase(), place, "controller") + &collected(&place.to_lowercase(), place)
    });
    let records = CATALOGUE.to_owned() + &parties.concat() + &mesh.collect::<String>();
    let page = page(folder(&[("a.toml", &records)]).path(), "index.html");
    assert!(!page.contains("<figure>"), "42 lines between 7 and 7 places");
    assert!(
        page.contains("From where to where") && page.contains("2 others on the page of the map"),
        "40 rows and the rest counted"
    );
}

#[test]
fn a_violation_shows_the_way_that_the_data_took_and_a_transfer_that_is_carried_does_not() {
    let far = party("affiliate", "far", "VN", "controller") + &transfer("r00", "far", "");
    let register = folder(&[("a.toml", &(hub(&["VN"]) + &far))]);
    let (picture, links) = picture(&page(register.path(), "transfer-r00--far.html"));
    assert_eq!(links, ["party-hub.html", "party-r00.html", "party-far.html"]);
    assert_eq!(picture.matches("class=\"line violation\"").count(), 2 + 1, "two legs and the legend: {picture}");
    let adequate = folder(&[("a.toml", &hub(&["JP"]))]);
    assert!(!page(adequate.path(), "transfer-hub--r00.html").contains("<figure>"));
}

/// What a timeline tells, bar by bar.
fn bars(page: &str) -> Vec<String> {
    let (_, rest) = page.split_once("aria-label=\"Over time\"").expect("a timeline");
    let (figure, _) = rest.split_once("</figure>").expect("its end");
    figure.split("<title>").skip(1).map(|rest| rest.split('<').next().expect("words").to_owned()).collect()
}

#[test]
fn the_life_of_a_safeguard_stands_beside_the_days_on_which_the_law_accepts_what_it_is() {
    let leg = Leg::new("eu", "DE", "IN", "c2c").assessed("2024-01-01", "no-extra-measures");
    let keys = "modules = [1]\nsigned = 2024-02-01\nassessments = [\"look\"]\n";
    for (end, wanted) in [
        ("expires = 2026-12-31", "this safeguard: from 2024-02-01 to 2026-12-31"),
        ("terminated = 2026-12-31", "this safeguard: from 2024-02-01 to 2026-12-30"),
        ("", "this safeguard: from 2024-02-01, without an end"),
    ] {
        let register =
            folder(&[("a.toml", &leg.clone().safeguard("eu-scc-2021-914", &format!("{keys}{end}")).register())]);
        let told = bars(&page(register.path(), "safeguard-g.html"));
        assert_eq!(told, [wanted, "eu-scc-2021-914 under eu-gdpr: from 2021-06-27, without an end"]);
    }
}

#[test]
fn the_life_of_a_decision_ends_where_it_ended() {
    let register = folder(&[("a.toml", &hub(&["US"]))]);
    let told = bars(&page(register.path(), "decision-eu-us-safe-harbor.html"));
    assert_eq!(told, ["this decision: from 2000-07-26 to 2015-10-05"]);
}

#[test]
fn the_map_shows_what_crosses_a_border_and_leads_to_every_place_that_is_used() {
    let register = folder(&[("a.toml", &hub(&["FR", "VN", "VN", "SG", "DE"]))]);
    let page = page(register.path(), "map.html");
    let (map, _) = page.split_once("</figure>").expect("the map");
    for (place, says) in [
        ("place-VN.html", "Vietnam: 2 legs in, at worst no safeguard"),
        ("place-FR.html", "France: 1 leg in, at worst nothing is asked"),
        ("place-SG.html", "Singapore: 1 leg in, at worst no safeguard"),
        ("place-DE.html", "Germany: 1 leg in, at worst nothing is asked"),
    ] {
        assert!(map.contains(&format!("<a href=\"{place}\" aria-label=\"{says}\">")), "{says}: {map}");
    }
    assert!(map.contains("<title>Germany to Vietnam: 2 legs, at worst no safeguard</title>"), "{map}");
    assert_eq!(map.matches("<g stroke-width=").count(), 3, "a line for every two places: {map}");
    assert!(page.contains("From where to where"), "the table says the same");
}

#[test]
fn a_place_that_the_register_defines_is_named_below_the_map() {
    let place = "[[jurisdiction]]\ncode = \"XQ\"\nname = \"Castle <b>\"\n";
    let register = folder(&[("a.toml", &(hub(&["XQ"]) + place))]);
    let page = page(register.path(), "map.html");
    assert!(page.contains("On no map: <bdi>Castle &lt;b&gt;</bdi>."), "{page}");
}

#[test]
fn a_graph_of_few_parties_has_a_box_for_each_in_the_frame_of_its_place_and_of_its_kind() {
    let register = folder(&[("a.toml", &hub(&["FR", "FR", "VN"]))]);
    let page = page(register.path(), "graph.html");
    let frames: Vec<&str> = page.split("<g><title>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(frames, ["France", "Germany", "Vietnam", "Affiliates"]);
    for party in ["hub", "r00", "r01", "r02"] {
        assert_eq!(page.matches(&format!("<a href=\"party-{party}.html\">")).count(), 2 + links_in_table(&page, party));
    }
    assert!(page.contains("<title>hub to r02: 1 leg, at worst no safeguard</title>"), "{page}");
}

/// How often the table of a graph leads to a party.
fn links_in_table(page: &str, party: &str) -> usize {
    page.split_once("<tbody>").expect("a table").1.matches(&format!("<a href=\"party-{party}.html\">")).count()
}

#[test]
fn a_graph_of_many_parties_has_a_box_for_each_place_and_each_kind() {
    let register = folder(&[("a.toml", &hub(&["FR"; 31]))]);
    let page = page(register.path(), "graph.html");
    let (pictures, _) = page.split_once("<tbody>").expect("a table");
    assert!(!pictures.contains("party-r00.html"), "32 boxes would be too many");
    assert!(pictures.contains("<title>Germany to France: 31 legs, at worst nothing is asked</title>"), "{pictures}");
    assert!(pictures.contains("<a href=\"parties.html?kind=affiliate\">"), "{pictures}");
}

#[test]
fn a_graph_of_very_many_places_has_a_box_for_those_with_the_most_legs_and_one_for_the_others() {
    let places = ["FR", "VN", "JP", "US", "BR", "IN", "AU", "CA", "CH", "CN", "ZA", "KR", "MX", "TH", "TR", "IL"];
    let more = ["SG", "MY", "PH", "ID", "EG", "NG", "KE", "MA", "AR", "CL", "CO", "PE", "UY", "NZ", "TW", "HK"];
    let register = folder(&[("a.toml", &hub(&[places, more].concat()))]);
    let page = page(register.path(), "graph.html");
    let (pictures, _) = page.split_once("id=\"by-kind\"").expect("the graph by place");
    assert_eq!(pictures.matches("class=\"box ").count(), 21, "{pictures}");
    assert!(
        pictures.contains("<title>13 more places, see the list</title>") && pictures.contains("Germany"),
        "{pictures}"
    );
}
