//! Seeded faults: a clean register of a made-up company, and one fault for every rule.
//!
//! `tests/faults/clean/` gets no finding. Each fault alone gets one finding, of its rule; all
//! together they get one each. The snapshot is what a person without the manual reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::kit::{copy, edit, folder, judge_folder, text_of};

pub const DAY: &str = "2026-06-01";

/// What goes wrong in a register.
enum Fault {
    /// A text of a file becomes another.
    Edit(&'static str, &'static str, &'static str),
    /// A file gets more at its end.
    More(&'static str, &'static str),
    /// A file goes.
    Gone(&'static str),
}

use Fault::{Edit, Gone, More};

/// Each judging rule, and a fault that it finds.
const FAULTS: [(&str, Fault); 30] = [
    ("assessment-overdue", Edit("company/places.toml", "review-by = 2027-09-01", "review-by = 2026-05-31")),
    ("broken-promise", Edit("partners/reseller-japan.toml", "data = [", "sale = true\ndata = [")),
    ("certificate-without-end", Edit("vendors/mailer.toml", "expires = 2026-12-01\n", "")),
    ("confusable-ids", Edit("company/affiliates.toml", "Nordlicht France", "Nordlicht\u{200b} France")),
    ("dates-out-of-order", Edit("vendors/web-host.toml", "amended = 2025-03-01", "amended = 2023-03-01")),
    ("decision-ending", Edit("company/own-law.toml", "until = 2027-12-31", "until = 2026-09-30")),
    ("evidence-changed", More("papers/helpdesk-clauses.txt", "And a clause that nobody signed.\n")),
    ("evidence-missing", Gone("papers/payroll-agreement.txt")),
    (
        "no-owner",
        Edit(
            "partners/works-doctor.toml",
            "owner = \"Human resources\"\nreviewed = 2026-01-20\n\n",
            "reviewed = 2026-01-20\n\n",
        ),
    ),
    (
        "processor-without-agreement",
        Edit("vendors/payroll-bureau.toml", "signed = 2024-05-01", "signed = 2024-05-01\nterminated = 2026-05-01"),
    ),
    (
        "purpose-exceeds-upstream",
        Edit("company/affiliates.toml", "purposes = [\"support\"]", "purposes = [\"support\", \"security\"]"),
    ),
    (
        "review-overdue",
        Edit(
            "partners/laboratory.toml",
            "jurisdiction = \"IN\"\nowner = \"Quality\"\nreviewed = 2026-03-20",
            "jurisdiction = \"IN\"\nowner = \"Quality\"\nreviewed = 2025-03-20",
        ),
    ),
    ("role-conflict", Edit("vendors/web-host.toml", "roles = \"p2c\"", "roles = \"c2c\"")),
    ("safeguard-expiring", Edit("vendors/helpdesk.toml", "modules = [2]\n", "modules = [2]\nexpires = 2026-08-31\n")),
    (
        "single-point-of-failure",
        Edit("vendors/mailer.toml", "modules = [2]\n", "modules = [2]\nterminated = 2026-05-01\n"),
    ),
    (
        "special-category-without-condition",
        Edit("company/catalogue.toml", "legal-basis = \"GDPR Art. 9(2)(h) with the law on safety at work\"\n", ""),
    ),
    (
        "sub-processor-without-authorisation",
        Edit("vendors/helpdesk.toml", "authorisation = \"helpdesk-clauses\"\n", ""),
    ),
    (
        "transfer-without-data-source",
        More(
            "vendors/web-host.toml",
            "\n[[transfer]]\nid = \"salaries-of-france\"\nfrom = \"nordlicht-france\"\nto = \"nordlicht\"\ndata = [\"payroll-data\"]\npurposes = [\"payroll\"]\nowner = \"IT\"\nreviewed = 2026-04-01\n",
        ),
    ),
    ("undisclosed-transfer", Edit("notice/privacy-notice.toml", ", \"works-doctor\"]", "]")),
    (
        "unkept-statement",
        More(
            "notice/privacy-notice.toml",
            "\n[[statement]]\nid = \"bank\"\nnotice = \"Privacy notice, 1 January 2026\"\nquote = \"Resellers get payroll data.\"\ndiscloses = { recipients = [\"@resellers\"], data = [\"payroll-data\"] }\n",
        ),
    ),
    (
        "unknown-condition",
        Edit("partners/laboratory.toml", "modules = [1]\n", "modules = [1]\nconfirms = [\"swiss-adaptation\"]\n"),
    ),
    ("unread-file", More("vendors/OLD.TOML", "[[reseller]]\n")),
    ("unrecorded-jurisdiction", Edit("company/places.toml", "[[jurisdiction]]\ncode = \"NL\"\n\n", "")),
    (
        "unreferenced-record",
        More("company/catalogue.toml", "\n[[purpose]]\nid = \"profiling\"\nname = \"Profiling\"\n"),
    ),
    ("unsafeguarded-location", Edit("vendors/web-host.toml", "stored-in = [\"NL\"]", "stored-in = [\"IN\", \"NL\"]")),
    (
        "unsafeguarded-onward-transfer",
        Edit("vendors/helpdesk.toml", "modules = [3]\n", "modules = [3]\nterminated = 2026-05-01\n"),
    ),
    (
        "unsafeguarded-transfer",
        Edit("partners/laboratory.toml", "signed = 2025-11-20", "signed = 2025-11-20\nterminated = 2026-05-01"),
    ),
    (
        "unused-safeguard",
        More(
            "partners/works-doctor.toml",
            "\n[[safeguard]]\nid = \"doctor-contract\"\ninstrument = \"onward-contract\"\nparties = [\"nordlicht\", \"works-doctor\"]\nsigned = 2025-01-01\nevidence = \"papers/repair-clauses.txt\"\nowner = \"Human resources\"\nreviewed = 2026-01-20\n",
        ),
    ),
    (
        "unused-waiver",
        More(
            "partners/reseller-japan.toml",
            "\n[[waiver]]\nid = \"japan-for-now\"\nrule = \"unsafeguarded-transfer\"\non = [\"reseller-japan\"]\nreason = \"The decision about Japan was awaited.\"\napproved-by = \"Legal\"\nuntil = 2026-12-31\n",
        ),
    ),
    (
        "waiver-expired",
        More(
            "partners/repair-chile.toml",
            "\n[[waiver]]\nid = \"chile-for-now\"\nrule = \"unsafeguarded-transfer\"\non = [\"repair-chile\"]\nreason = \"Clauses were being signed.\"\napproved-by = \"Legal\"\nuntil = 2026-05-31\n",
        ),
    ),
];

/// Rules that judge and have no fault here, with the reason.
const WITHOUT: [(&str, &str); 1] = [("law-book-stale", "it is about the day, not about the register")];

/// A copy of the clean register.
fn clean() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/clean")), place.path());
    place
}

fn spoil(register: &Path, fault: &Fault) {
    match fault {
        Edit(file, from, to) => edit(register, file, from, to),
        More(file, more) => {
            let path = register.join(file);
            let text = fs::read_to_string(&path).unwrap_or_default();
            fs::write(path, text + more).expect("the file");
        }
        Gone(file) => fs::remove_file(register.join(file)).expect("the file"),
    }
}

/// The register with every fault.
pub fn all() -> TempDir {
    let register = clean();
    for (_, fault) in &FAULTS {
        spoil(register.path(), fault);
    }
    register
}

#[test]
fn the_clean_register_gets_no_finding() {
    let register = clean();
    assert_eq!(judge_folder(register.path(), DAY).rules(), Vec::<&str>::new());
}

#[test]
fn every_rule_that_judges_has_a_fault() {
    let seeded: BTreeSet<&str> =
        FAULTS.iter().map(|(rule, _)| *rule).chain(WITHOUT.iter().map(|(rule, _)| *rule)).collect();
    let judging = onward::rules::cards().into_iter().filter(|card| !card.integrity);
    let rules: BTreeSet<&str> = judging.map(|card| card.rule).collect();
    assert_eq!(seeded, rules);
}

#[test]
fn each_fault_alone_gets_one_finding_of_its_rule() {
    let mut wrong = Vec::new();
    for (rule, fault) in &FAULTS {
        let register = clean();
        spoil(register.path(), fault);
        let judged = judge_folder(register.path(), DAY);
        if judged.rules() != [*rule] {
            wrong.push(format!("{rule}: {:?}", judged.rules()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn thirty_faults_of_thirty_kinds_get_thirty_findings_that_speak_for_themselves() {
    let register = all();
    let rules: Vec<&str> = FAULTS.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(judge_folder(register.path(), DAY).rules(), rules);
    insta::assert_snapshot!(text_of(register.path(), DAY));
}

/// A file for each way in which a register cannot be used at all.
const BROKEN: [(&str, &str, &str); 6] = [
    (
        "duplicate-id",
        "a.toml",
        "[[purpose]]\nid = \"support\"\nname = \"Support\"\n[[purpose]]\nid = \"support\"\nname = \"Help\"\n",
    ),
    ("invalid-toml", "b.toml", "[[purpose]\nid = \"billing\"\n"),
    ("invalid-value", "c.toml", "[[purpose]]\nid = \"Customer Care\"\nname = \"Customer care\"\n"),
    ("unknown-jurisdiction", "d.toml", "[[reseller]]\nid = \"shop\"\nname = \"Shop\"\njurisdiction = \"UK\"\n"),
    ("unknown-key", "e.toml", "[[purpose]]\nid = \"payroll\"\nname = \"Payroll\"\nlegal-bases = \"contract\"\n"),
    (
        "unknown-reference",
        "f.toml",
        "[[purpose]]\nid = \"newsletter\"\nname = \"Newsletter\"\npart-of = [\"payrol\"]\n",
    ),
];

#[test]
fn every_way_to_break_a_register_is_told_in_one_run() {
    let files: Vec<(&str, &str)> = BROKEN.iter().map(|(_, file, text)| (*file, *text)).collect();
    let register = folder(&files);
    let rules: Vec<&str> = BROKEN.iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(judge_folder(register.path(), DAY).rules(), rules);
    insta::assert_snapshot!(text_of(register.path(), DAY));
}
