//! # Dates that cannot be in this order
//!
//! ## Why
//!
//! A contract cannot end before it was signed, and nobody changes one that does not exist yet. Such
//! dates are nearly always slips of the pen: and a slip in a date decides whether a safeguard holds.
//!
//! Told are a safeguard that expires before it was signed or takes effect, was terminated before it
//! was signed, or was amended before it was signed or after it was terminated; an assessment whose
//! review was due before it was made; and data erased before its transfer or collection ended. An
//! approval before the signing, a contract that is papered after it took effect, and one that is
//! called off before it takes effect are ordinary.
//!
//! ## Example
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! roles = "c2p"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["sister-agreement"]
//!
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "acme-bv"]
//! signed = 2025-02-01
//! amended = 2024-03-01
//! ```
//!
//! ## Instead
//!
//! ```toml
//! [[transfer]]
//! from = "acme"
//! to = "acme-bv"
//! roles = "c2p"
//! data = ["contact-details"]
//! purposes = ["support"]
//! safeguards = ["sister-agreement"]
//!
//! [[safeguard]]
//! id = "sister-agreement"
//! instrument = "processing-agreement"
//! parties = ["acme", "acme-bv"]
//! signed = 2024-02-01
//! amended = 2024-03-01
//! ```

use jiff::civil::Date;

use super::Rule;
use crate::finding::{Card, Docket, Finding, Level};
use crate::flow::Assessment;
use crate::prose;
use crate::record::At;
use crate::register::{Days, SafeguardDates};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    card: Card {
        rule: "dates-out-of-order",
        level: Level::Warn,
        integrity: false,
        source: include_str!("dates_out_of_order.rs"),
    },
    check,
};

/// A day that another must not come before: its word, the day, and what it is.
type Day = (&'static str, Option<Date>, &'static str);

fn check(assessment: &Assessment<'_>, docket: &mut Docket) {
    let register = assessment.register();
    for safeguard in &register.safeguards {
        if let Some((early, late)) = out_of_order(&safeguard.dates) {
            let (at, id) = (safeguard.at, register.name(safeguard.id));
            file(docket, at.key(early.0), at.key(late.0), ("safeguard", id), (early, late));
        }
    }
    for made in &register.assessments {
        let order = (("review-by", made.review_by, "is to be reviewed"), ("date", Some(made.date), "was made"));
        if is_wrong(&order) {
            let id = register.name(made.id);
            file(docket, made.within.key("review-by"), made.within.key("date"), ("assessment", id), order);
        }
    }
    let collections = register.collections.iter().map(|row| (row.at, "collection", register.name(row.id), &row.days));
    let transfers = register.transfers.iter().map(|row| (row.at, "transfer", register.name(row.id), &row.days));
    for (at, kind, id, days) in collections.chain(transfers) {
        erased(docket, at, (kind, id), days);
    }
}

/// The first two dates of a safeguard that cannot be in this order: the early one, and the one
/// that must not come after it.
fn out_of_order(dates: &SafeguardDates) -> Option<(Day, Day)> {
    let signed = ("signed", dates.signed, "was signed");
    let expires = ("expires", dates.expires, "expires");
    let terminated = ("terminated", dates.terminated, "was terminated");
    let amended = ("amended", dates.amended, "was amended");
    let effective = ("effective", dates.effective, "takes effect");
    let orders =
        [(expires, signed), (expires, effective), (terminated, signed), (amended, signed), (terminated, amended)];
    orders.into_iter().find(is_wrong)
}

fn is_wrong(((_, early, _), (_, late, _)): &(Day, Day)) -> bool {
    early.zip(*late).is_some_and(|(early, late)| early < late)
}

fn erased(docket: &mut Docket, at: At, about: (&'static str, &str), days: &Days) {
    let order = (("erased", days.erased, "was erased"), ("until", days.until, "ended"));
    if is_wrong(&order) {
        file(docket, at.key("erased"), at.key("until"), about, order);
    }
}

fn file(docket: &mut Docket, place: Place, other: Place, (kind, id): (&'static str, &str), order: (Day, Day)) {
    let ((key, early, what), (other_key, late, than)) = order;
    let Some((early, late)) = early.zip(late) else { return };
    let message = format!("the {kind} {} {what} on {early}, before it {than} on {late}", prose::quote(id));
    let finding = Finding::new(&RULE.card, place, message).label("comes too early").related("comes too late", other);
    docket.file(finding.help(format!("correct `{key}` or `{other_key}`")).about(kind, id));
}
