//! The pages: one file for each kind of record or question, each building what its template shows.

pub(super) mod about;
pub(super) mod az;
pub(super) mod calendar;
pub(super) mod catalogue;
pub(super) mod chains;
pub(super) mod findings;
pub(super) mod law;
mod mends;
pub(super) mod notice;
pub(super) mod overview;
pub(super) mod parties;
pub(super) mod pictures;
pub(super) mod places;
pub(super) mod redirects;
pub(super) mod rules;
pub(super) mod safeguards;
pub(super) mod send;
mod tables;
pub(super) mod transfers;
pub(super) mod whole;
