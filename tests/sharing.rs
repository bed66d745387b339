//! The rules of sharing that need no border: agreements, sub-processors, special data, roles, purposes.

use super::kit::{CATALOGUE, Judged, collected, judge, party, transfer};

const DAY: &str = "2026-01-15";

fn joined(records: &[&str]) -> String {
    [CATALOGUE].iter().chain(records).copied().collect::<Vec<_>>().join("\n")
}

/// A controller in Germany that collects, and a processor in France.
fn with_processor(more: &[&str]) -> String {
    let parties = party("affiliate", "de", "DE", "controller") + &party("service-provider", "fr", "FR", "processor");
    joined(&[&[&*parties, &collected("de", "DE")], more].concat())
}

fn agreement(id: &str, parties: &str, more: &str) -> String {
    format!(
        "[[safeguard]]\nid = \"{id}\"\ninstrument = \"processing-agreement\"\nparties = {parties}\nsigned = 2024-02-01\n{more}\n"
    )
}

fn count(judged: &Judged, rule: &str) -> usize {
    judged.findings(rule).len()
}

fn subjects<'j>(judged: &'j Judged, rule: &str) -> Vec<&'j str> {
    judged.findings(rule).iter().map(|found| found["subject"]["id"].as_str().expect("an id")).collect()
}

const AGREEMENT: &str = "processor-without-agreement";

fn with_agreement(keys: &str) -> String {
    let paper = agreement("k", "[\"de\", \"fr\"]", keys);
    with_processor(&[&transfer("de", "fr", "safeguards = [\"k\"]"), &paper])
}

fn agreed(keys: &str) -> Judged {
    judge(&with_agreement(keys), DAY)
}

#[test]
fn a_processor_needs_an_agreement_that_is_listed() {
    let none = judge(&with_processor(&[&transfer("de", "fr", "")]), DAY);
    assert_eq!(subjects(&none, AGREEMENT), ["de--fr"]);
    assert_eq!(count(&agreed(""), AGREEMENT), 0);
    let unlisted = judge(&with_processor(&[&transfer("de", "fr", ""), &agreement("k", "[\"de\", \"fr\"]", "")]), DAY);
    let help = unlisted.findings(AGREEMENT)[0]["help"].as_str().expect("help").to_owned();
    assert!(help.starts_with("list `k`"), "{help}");
    let to_controller = judge(&with_processor(&[&transfer("de", "fr", "roles = \"c2c\"")]), DAY);
    assert_eq!(count(&to_controller, AGREEMENT), 0);
}

#[test]
fn an_agreement_counts_on_its_last_day_and_not_on_the_next() {
    assert_eq!(count(&agreed("expires = 2026-01-15"), AGREEMENT), 0);
    assert_eq!(count(&agreed("expires = 2026-01-14"), AGREEMENT), 1);
    assert_eq!(count(&agreed("terminated = 2026-01-16"), AGREEMENT), 0);
    assert_eq!(count(&agreed("terminated = 2026-01-15"), AGREEMENT), 1);
    assert_eq!(count(&agreed("effective = 2026-01-15"), AGREEMENT), 0);
    assert_eq!(count(&agreed("effective = 2026-01-16"), AGREEMENT), 1);
}

#[test]
fn an_agreement_must_bind_both_ends_and_cover_data_and_purposes() {
    let other = party("affiliate", "nl", "NL", "controller");
    let paper = agreement("k", "[\"nl\", \"fr\"]", "");
    let unbound = judge(&with_processor(&[&other, &transfer("de", "fr", "safeguards = [\"k\"]"), &paper]), DAY);
    assert_eq!(count(&unbound, AGREEMENT), 1);
    let more = "[[data]]\nid = \"d\"\nname = \"Other data\"\n[[purpose]]\nid = \"q\"\nname = \"Other\"\n";
    let scoped = |keys: &str| {
        let paper = agreement("k", "[\"de\", \"fr\"]", keys);
        judge(&with_processor(&[more, &transfer("de", "fr", "safeguards = [\"k\"]"), &paper]), DAY)
    };
    assert_eq!(count(&scoped("data = [\"d\"]"), AGREEMENT), 1);
    assert_eq!(count(&scoped("purposes = [\"q\"]"), AGREEMENT), 1);
    assert_eq!(count(&scoped("data = [\"c\"]\npurposes = [\"p\", \"q\"]"), AGREEMENT), 0);
}

#[test]
fn two_agreements_may_share_the_work() {
    let more = "[[data]]\nid = \"d\"\nname = \"Other data\"\n";
    let records = |second: &str| {
        with_processor(&[
            more,
            &collected("de", "DE").replace("by-de", "more").replace("[\"c\"]", "[\"d\"]"),
            &transfer("de", "fr", "safeguards = [\"k\", \"l\"]").replace("[\"c\"]", "[\"c\", \"d\"]"),
            &agreement("k", "[\"de\", \"fr\"]", "data = [\"c\"]"),
            &agreement("l", "[\"de\", \"fr\"]", second),
        ])
    };
    assert_eq!(count(&judge(&records("data = [\"d\"]"), DAY), AGREEMENT), 0);
    assert_eq!(count(&judge(&records("data = [\"d\"]\nexpires = 2025-01-01"), DAY), AGREEMENT), 1);
}

#[test]
fn the_standard_clauses_are_an_agreement_only_with_the_module_of_the_leg() {
    let clauses = |module: u8| {
        let paper = format!(
            "[[safeguard]]\nid = \"k\"\ninstrument = \"eu-scc-2021-914\"\nmodules = [{module}]\nparties = [\"de\", \"fr\"]\nsigned = 2024-02-01\n"
        );
        judge(&with_processor(&[&transfer("de", "fr", "safeguards = [\"k\"]"), &paper]), DAY)
    };
    assert_eq!(count(&clauses(2), AGREEMENT), 0);
    assert_eq!(count(&clauses(1), AGREEMENT), 1);
    assert_eq!(count(&clauses(3), AGREEMENT), 1);
}

#[test]
fn where_no_law_of_the_book_is_attached_neither_agreement_nor_authorisation_is_asked_for() {
    let records = joined(&[
        &party("affiliate", "cl", "CL", "controller"),
        &party("service-provider", "pe", "PE", "processor"),
        &party("service-provider", "bo", "BO", "processor"),
        &collected("cl", "CL"),
        &transfer("cl", "pe", ""),
        &transfer("pe", "bo", ""),
    ]);
    let judged = judge(&records, DAY);
    assert!(judged.verdicts().is_empty());
    assert_eq!((count(&judged, AGREEMENT), count(&judged, SUB)), (0, 0));
}

#[test]
fn a_transfer_that_has_ended_needs_no_agreement_any_more() {
    let until = |day: &str| judge(&with_processor(&[&transfer("de", "fr", &format!("until = {day}"))]), DAY);
    assert_eq!(count(&until("2026-01-15"), AGREEMENT), 1);
    assert_eq!(count(&until("2026-01-14"), AGREEMENT), 0);
}

#[test]
fn the_pairs_of_one_record_are_one_diagnostic_with_ids_of_their_own() {
    let records = with_processor(&[
        &party("service-provider", "nl", "NL", "processor"),
        &transfer("de", "@service-providers", "id = \"all\""),
    ]);
    let judged = judge(&records, DAY);
    assert_eq!(subjects(&judged, AGREEMENT), ["all/de--fr", "all/de--nl"]);
    let folder = super::kit::folder(&[("a.toml", &records)]);
    assert_eq!(super::kit::text_of(folder.path(), DAY).matches("error[processor-without-agreement]").count(), 1);
}

const SUB: &str = "sub-processor-without-authorisation";

fn sub_processor(keys: &str, leave: &str) -> Judged {
    let parties = party("affiliate", "de", "DE", "controller")
        + &party("service-provider", "fr", "FR", "processor")
        + &party("service-provider", "nl", "NL", "processor");
    let papers = agreement("k", "[\"de\", \"fr\"]", "") + &agreement("l", "[\"fr\", \"nl\"]", "");
    let legs =
        transfer("de", "fr", "safeguards = [\"k\"]") + &transfer("fr", "nl", &format!("safeguards = [\"l\"]\n{keys}"));
    judge(&joined(&[&parties, &collected("de", "DE"), &papers, &legs, leave]), DAY)
}

#[test]
fn a_sub_processor_needs_the_authorisation_of_the_controller() {
    assert_eq!(subjects(&sub_processor("", ""), SUB), ["fr--nl"]);
    assert_eq!(count(&sub_processor("authorisation = \"general\"", ""), SUB), 0);
    assert_eq!(count(&sub_processor("authorisation = \"specific\"", ""), SUB), 0);
    assert_eq!(count(&sub_processor("roles = \"c2p\"", ""), SUB), 0);
}

#[test]
fn a_paper_that_authorises_must_be_in_force_and_bind_the_sender() {
    let leave =
        |parties: &str, keys: &str| sub_processor("authorisation = \"leave\"", &agreement("leave", parties, keys));
    assert_eq!(count(&leave("[\"de\", \"fr\"]", "expires = 2026-01-15"), SUB), 0);
    assert_eq!(count(&leave("[\"de\", \"fr\"]", "expires = 2026-01-14"), SUB), 1);
    assert_eq!(count(&leave("[\"de\", \"nl\"]", ""), SUB), 1);
    let said = |judged: &Judged| judged.findings(SUB)[0]["message"].to_string();
    let lapsed = said(&leave("[\"de\", \"fr\"]", "expires = 2026-01-14"));
    assert!(
        lapsed.contains(
            "the paper `leave` that authorises the sub-processor of `fr--nl` has been expired since 2026-01-15"
        ),
        "{lapsed}"
    );
    let unbound = said(&leave("[\"de\", \"nl\"]", ""));
    assert!(unbound.contains("the paper `leave` that authorises the sub-processor does not bind `fr`"), "{unbound}");
}

#[test]
fn a_paper_that_is_not_in_force_is_told_with_the_day_since_or_from_which() {
    let leave = |keys: &str| {
        let judged = sub_processor("authorisation = \"leave\"", &agreement("leave", "[\"de\", \"fr\"]", keys));
        let found = judged.findings(SUB)[0].clone();
        ["message", "help"].map(|key| found[key].as_str().expect("words").to_owned())
    };
    for (keys, message, help) in [
        ("expires = 2026-01-14", "has been expired since 2026-01-15", "renew it"),
        ("terminated = 2026-01-15", "has not been in force since 2026-01-15", "renew it"),
        ("effective = 2026-01-16", "is not in force: not before 2026-01-16", "share nothing before then"),
    ] {
        let [said, mend] = leave(keys);
        assert!(said.ends_with(message), "{said}");
        assert!(mend.starts_with(help), "{mend}");
    }
    let folder = super::kit::folder(&[("a.toml", &with_agreement("effective = 2026-01-16"))]);
    let text = super::kit::text_of(folder.path(), DAY);
    assert!(text.contains("note: `k` is not in force: not before 2026-01-16"), "{text}");
    assert!(text.contains("help: share nothing with `fr` before then, or record the agreement"), "{text}");
}

#[test]
fn a_former_id_of_the_paper_that_authorises_goes_on_working() {
    let renamed = agreement("leave", "[\"de\", \"fr\"]", "aliases = [\"old-leave\"]\nexpires = 2026-01-14");
    assert_eq!(count(&sub_processor("authorisation = \"old-leave\"", &renamed), SUB), 1);
}

#[test]
fn a_record_without_authorisation_is_one_finding_however_many_pairs_it_has() {
    let records = with_processor(&[
        &party("third-party", "nl", "NL", "processor"),
        &party("third-party", "be", "BE", "processor"),
        &transfer("de", "fr", ""),
        &transfer("fr", "@third-parties", "id = \"subs\""),
    ]);
    assert_eq!(subjects(&judge(&records, DAY), SUB), ["subs"]);
}

const SPECIAL: &str = "special-category-without-condition";

fn special(data: &str, purposes: &str, named: &str) -> Judged {
    let catalogue = format!("[[data]]\nid = \"health\"\nname = \"Health\"\n{data}\n{purposes}");
    let records = joined(&[
        &catalogue,
        &party("affiliate", "de", "DE", "controller"),
        &party("affiliate", "fr", "FR", "controller"),
        &collected("de", "DE").replace("[\"c\"]", "[\"health\"]").replace("[\"p\"]", named),
        &transfer("de", "fr", "").replace("[\"c\"]", "[\"health\"]").replace("[\"p\"]", named),
    ]);
    judge(&records, DAY)
}

#[test]
fn special_and_criminal_data_need_a_purpose_with_a_basis() {
    let bare = special("special = true", "", "[\"p\"]");
    // One line mends every record that names the purpose, so it is one finding.
    assert_eq!(subjects(&bare, SPECIAL), ["p"]);
    assert_eq!(bare.findings(SPECIAL)[0]["notes"][0], "it goes for this purpose by `by-de` and `de--fr`");
    assert_eq!(count(&special("criminal = true", "", "[\"p\"]"), SPECIAL), 1);
    assert_eq!(count(&special("", "", "[\"p\"]"), SPECIAL), 0);
    assert_eq!(
        count(
            &special("part-of = \"wide\"\n[[data]]\nid = \"wide\"\nname = \"Wide\"\nspecial = true", "", "[\"p\"]"),
            SPECIAL
        ),
        1
    );
    let consent = "[[purpose]]\nid = \"care\"\nname = \"Care\"\nlegal-basis = \"Explicit consent\"\n";
    assert_eq!(count(&special("special = true", consent, "[\"care\"]"), SPECIAL), 0);
    assert_eq!(count(&special("special = true", consent, "[\"care\", \"p\"]"), SPECIAL), 1);
}

#[test]
fn a_purpose_has_the_basis_of_what_it_is_part_of_and_a_wider_one_those_of_its_parts() {
    let part = "[[purpose]]\nid = \"care\"\nname = \"Care\"\nlegal-basis = \"Explicit consent\"\n[[purpose]]\nid = \"visits\"\nname = \"Visits\"\npart-of = \"care\"\n";
    assert_eq!(count(&special("special = true", part, "[\"visits\"]"), SPECIAL), 0);
    let bare = part.replace("legal-basis = \"Explicit consent\"\n", "");
    assert_eq!(count(&special("special = true", &bare, "[\"care\"]"), SPECIAL), 1);
    let below = bare + "legal-basis = \"Explicit consent\"\n";
    assert_eq!(count(&special("special = true", &below, "[\"care\"]"), SPECIAL), 0);
}

const ROLES: &str = "role-conflict";

#[test]
fn a_processor_does_not_pass_on_as_a_controller_what_it_has_on_instructions() {
    let records = |roles: &str, more: &str| {
        with_processor(&[
            &party("third-party", "nl", "NL", "controller"),
            &transfer("de", "fr", "safeguards = [\"k\"]"),
            &agreement("k", "[\"de\", \"fr\"]", ""),
            &transfer("fr", "nl", roles),
            more,
        ])
    };
    assert_eq!(subjects(&judge(&records("roles = \"c2c\"", ""), DAY), ROLES), ["fr--nl"]);
    assert_eq!(count(&judge(&records("roles = \"p2c\"", ""), DAY), ROLES), 0);
    // Once it also came to it as to a controller, nobody can say that it acts on instructions only.
    let own = party("affiliate", "be", "BE", "controller")
        + &collected("be", "BE")
        + &transfer("be", "fr", "roles = \"c2c\"\nuntil = 2020-01-01");
    assert_eq!(count(&judge(&records("roles = \"c2c\"", &own), DAY), ROLES), 0);
    let later = own.replace("until = 2020-01-01", "since = 2026-01-16");
    assert_eq!(count(&judge(&records("roles = \"c2c\"", &later), DAY), ROLES), 1);
}

#[test]
fn what_a_processor_collects_it_has_on_instructions() {
    let records = |role: &str| {
        joined(&[
            &party("service-provider", "fr", "FR", role),
            &party("third-party", "nl", "NL", "controller"),
            &collected("fr", "FR"),
            &transfer("fr", "nl", "roles = \"c2c\""),
        ])
    };
    assert_eq!(count(&judge(&records("processor"), DAY), ROLES), 1);
    assert_eq!(count(&judge(&records("controller"), DAY), ROLES), 0);
}

#[test]
fn nobody_is_controller_and_processor_of_the_same_data_for_the_same_purpose() {
    let records = |second: &str| {
        with_processor(&[
            "[[purpose]]\nid = \"q\"\nname = \"Other\"\n[[collection]]\nid = \"q\"\nby = \"de\"\ndata = [\"c\"]\nsubjects = [\"s\"]\npurposes = [\"q\"]\nsubjects-in = [\"DE\"]\n",
            &transfer("de", "fr", "id = \"one\"\nsafeguards = [\"k\"]"),
            &agreement("k", "[\"de\", \"fr\"]", ""),
            second,
        ])
    };
    let twice = transfer("de", "fr", "id = \"two\"\nroles = \"c2c\"");
    assert_eq!(subjects(&judge(&records(&twice), DAY), ROLES), ["two"]);
    assert_eq!(count(&judge(&records(&twice.replace("[\"p\"]", "[\"q\"]")), DAY), ROLES), 0);
    assert_eq!(count(&judge(&records(&(twice.clone() + "until = 2026-01-14\n")), DAY), ROLES), 0);
    assert_eq!(count(&judge(&records(&(twice.clone() + "until = 2026-01-15\n")), DAY), ROLES), 1);
    // The transfer that is contradicted is named, and not one that differs in role or purpose alone.
    let others_first = transfer("de", "fr", "id = \"a\"\nsafeguards = [\"k\"]").replace("[\"p\"]", "[\"q\"]")
        + &transfer("de", "fr", "id = \"b\"\nroles = \"c2c\"").replace("[\"p\"]", "[\"q2\"]")
        + "[[purpose]]\nid = \"q2\"\nname = \"Third\"\n";
    let judged = judge(&records(&(others_first.clone() + &twice)), DAY);
    let [found] = judged.findings(ROLES)[..] else { panic!("{:?}", subjects(&judged, ROLES)) };
    assert_eq!(found["subject"]["id"], "two");
    let text = records(&(others_first.clone() + &twice));
    let header = |id: &str| {
        let before = &text[..text.find(&format!("id = \"{id}\"")).expect("the record")];
        before[..before.rfind("[[transfer]]").expect("its header")].matches('\n').count() as u64 + 1
    };
    assert_eq!(found["related"][0]["location"]["line"], header("one"));
    assert!(found["message"].as_str().is_some_and(|said| said.contains("receives `c` from `de` for `p`")), "{found}");
}

const PURPOSE: &str = "purpose-exceeds-upstream";

/// Purposes `w` with its parts `w1` and `w2`.
const WIDER: &str = "[[purpose]]\nid = \"w\"\nname = \"Wider\"\n[[purpose]]\nid = \"w1\"\nname = \"First\"\npart-of = \"w\"\n[[purpose]]\nid = \"w2\"\nname = \"Second\"\npart-of = \"w\"\n";

/// `de` collects for some purposes and sends to `fr` for others; `fr` sends on for yet others.
fn chain(collected_for: &str, first: &str, second: &str, more: &str) -> Judged {
    let records = joined(&[
        WIDER,
        &party("affiliate", "de", "DE", "controller"),
        &party("affiliate", "fr", "FR", "controller"),
        &party("affiliate", "nl", "NL", "controller"),
        &collected("de", "DE").replace("[\"p\"]", collected_for),
        &transfer("de", "fr", "").replace("[\"p\"]", first),
        &transfer("fr", "nl", "").replace("[\"p\"]", second),
        more,
    ]);
    judge(&records, DAY)
}

#[test]
fn data_goes_on_only_for_what_it_came_for() {
    assert_eq!(count(&chain("[\"p\"]", "[\"p\"]", "[\"p\"]", ""), PURPOSE), 0);
    assert_eq!(subjects(&chain("[\"p\"]", "[\"w1\"]", "[\"w1\"]", ""), PURPOSE), ["de--fr"]);
    assert_eq!(subjects(&chain("[\"p\"]", "[\"p\"]", "[\"w1\"]", ""), PURPOSE), ["fr--nl"]);
}

#[test]
fn a_wider_purpose_includes_its_parts_and_is_all_of_them() {
    assert_eq!(count(&chain("[\"w\"]", "[\"w1\"]", "[\"w1\"]", ""), PURPOSE), 0);
    assert_eq!(count(&chain("[\"w1\", \"w2\"]", "[\"w\"]", "[\"w\"]", ""), PURPOSE), 0);
    assert_eq!(subjects(&chain("[\"w1\"]", "[\"w\"]", "[\"w2\"]", ""), PURPOSE), ["de--fr"]);
}

#[test]
fn sending_data_to_and_fro_grounds_no_purpose() {
    let back = transfer("fr", "de", "").replace("[\"p\"]", "[\"w1\"]");
    assert_eq!(subjects(&chain("[\"p\"]", "[\"p\", \"w1\"]", "[\"p\"]", &back), PURPOSE), ["de--fr"]);
}

#[test]
fn a_purpose_may_come_with_another_collection_further_up() {
    let far = party("affiliate", "be", "BE", "controller")
        + &collected("be", "BE").replace("[\"p\"]", "[\"w1\"]")
        + &transfer("be", "nl", "").replace("[\"p\"]", "[\"w1\"]")
        + &transfer("nl", "de", "").replace("[\"p\"]", "[\"w1\"]");
    assert_eq!(count(&chain("[\"p\"]", "[\"w1\"]", "[\"w1\"]", &far), PURPOSE), 0);
    let later = far.replace("subjects-in = [\"BE\"]", "subjects-in = [\"BE\"]\nsince = 2026-01-16");
    assert!(count(&chain("[\"p\"]", "[\"w1\"]", "[\"w1\"]", &later), PURPOSE) > 0);
    let begun = far.replace("subjects-in = [\"BE\"]", "subjects-in = [\"BE\"]\nsince = 2026-01-15");
    assert_eq!(count(&chain("[\"p\"]", "[\"w1\"]", "[\"w1\"]", &begun), PURPOSE), 0);
}

#[test]
fn of_data_without_a_source_no_purpose_is_told() {
    let records = joined(&[
        &party("affiliate", "de", "DE", "controller"),
        &party("affiliate", "fr", "FR", "controller"),
        &party("affiliate", "nl", "NL", "controller"),
        &transfer("de", "fr", ""),
        &transfer("fr", "nl", ""),
    ]);
    let judged = judge(&records, DAY);
    assert!(count(&judged, "transfer-without-data-source") > 0);
    assert_eq!(count(&judged, PURPOSE), 0);
}

#[test]
fn a_waiver_of_a_record_or_of_a_recipient_covers_the_pairs() {
    let waived = |on: &str, until: &str| {
        let waiver = format!(
            "[[waiver]]\nid = \"w\"\nrule = \"{AGREEMENT}\"\non = [\"{on}\"]\nreason = \"Being signed.\"\napproved-by = \"DPO\"\nuntil = {until}\n"
        );
        let judged = judge(
            &with_processor(&[
                &party("service-provider", "nl", "NL", "processor"),
                &transfer("de", "@service-providers", "id = \"all\""),
                &transfer("de", "fr", "id = \"one\""),
                &waiver,
            ]),
            DAY,
        );
        let found = judged.findings(AGREEMENT);
        let covered = found.iter().filter(|found| found["waived_by"] == "w");
        let mut ids: Vec<String> =
            covered.map(|found| found["subject"]["id"].as_str().expect("an id").to_owned()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(waived("all", "2026-01-15"), ["all/de--fr", "all/de--nl"]);
    assert_eq!(waived("all/de--nl", "2026-01-15"), ["all/de--nl"]);
    assert_eq!(waived("fr", "2026-01-15"), ["all/de--fr", "one"]);
    assert_eq!(waived("de", "2026-01-15"), Vec::<String>::new());
    assert_eq!(waived("all", "2026-01-14"), Vec::<String>::new());
}
