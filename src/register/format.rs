//! Which keys each kind of record has, for those who describe the format.

use super::{catalogue, collection, jurisdiction, party, safeguard, settings, statement, transfer, waiver};
use crate::law;
use crate::record::{Keys, Kind};

/// The keys of a kind of record; none for `[rules]`, whose keys are the rules.
#[must_use]
pub fn keys(kind: Kind) -> Keys {
    match kind {
        Kind::Affiliate | Kind::Reseller | Kind::ServiceProvider | Kind::ThirdParty => party::KEYS,
        Kind::Collection => collection::KEYS,
        Kind::Data | Kind::Subjects | Kind::Purpose => catalogue::keys(kind),
        Kind::Jurisdiction => jurisdiction::KEYS,
        Kind::Register => settings::KEYS,
        Kind::Rules | Kind::Book => &[],
        Kind::Safeguard => safeguard::KEYS,
        Kind::Statement => statement::KEYS,
        Kind::Transfer => transfer::KEYS,
        Kind::Waiver => waiver::KEYS,
        Kind::Acceptance | Kind::Adequacy | Kind::Area | Kind::Instrument | Kind::Regime => law::keys(kind),
    }
}

/// What a kind of record is, in a sentence.
#[must_use]
pub fn says(kind: Kind) -> &'static str {
    match kind {
        Kind::Acceptance => "An instrument that a law accepts, and when: the organisation's own law.",
        Kind::Adequacy => "A decision that a place protects data well enough: the organisation's own law.",
        Kind::Affiliate => "A company of the group.",
        Kind::Area => "A set of places: the organisation's own law.",
        Kind::Book => "The law book itself.",
        Kind::Collection => "How personal data comes to the organisation.",
        Kind::Data => "A category of data.",
        Kind::Instrument => "An instrument of the law, such as standard clauses: the organisation's own law.",
        Kind::Jurisdiction => "What readers should know of a place, and what was found out about its law.",
        Kind::Purpose => "What data is used for.",
        Kind::Regime => "A law that restricts transfers: the organisation's own law.",
        Kind::Register => "The register itself; only in the `register.toml` at its top.",
        Kind::Reseller => "A company that sells what the organisation makes.",
        Kind::Rules => "How grave a rule is: `deny`, `warn` or `allow`; only in the `register.toml` at the top.",
        Kind::Safeguard => {
            "What protects data on its way: a signed contract, binding rules, a certificate, an exception."
        }
        Kind::ServiceProvider => "A company that works for the organisation.",
        Kind::Statement => "What the published notice says.",
        Kind::Subjects => "A group of people.",
        Kind::ThirdParty => "Any other recipient or source: an authority, a network, a buyer, the public.",
        Kind::Transfer => "Data that goes from one party to another.",
        Kind::Waiver => "A finding that somebody accepted for a time. It is shown as waived, never hidden.",
    }
}
