//! Which day a run judges.

use jiff::civil::Date;

use crate::report::AsOfSource;

/// The day that was asked for, else the register's own, else today.
pub(super) fn choose(asked: Option<Date>, own: Option<Date>, today: Date) -> (Date, AsOfSource) {
    match (asked, own) {
        (Some(day), _) => (day, AsOfSource::Option),
        (None, Some(day)) => (day, AsOfSource::Register),
        (None, None) => (today, AsOfSource::Today),
    }
}
