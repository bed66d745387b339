//! Whether a safeguard is in force on a day, whatever it is, and since or until when not.

use jiff::civil::Date;

use super::Flow;
use super::verdict::ReasonKind;
use crate::register::SafeguardId;

/// Why a safeguard is not in force on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfForce {
    /// It is signed or takes effect later: the first day on which it is in force.
    NotYet(Date),
    /// It was terminated: the first day without it.
    Ended(Date),
    /// It has expired: the first day without it; nothing where no calendar has that day.
    Expired(Option<Date>),
}

impl OutOfForce {
    /// The question that it fails.
    #[must_use]
    pub fn kind(self) -> ReasonKind {
        match self {
            Self::NotYet(_) | Self::Ended(_) => ReasonKind::NotInForce,
            Self::Expired(_) => ReasonKind::Expired,
        }
    }

    /// The first day on which it was no longer in force.
    #[must_use]
    pub fn since(self) -> Option<Date> {
        match self {
            Self::NotYet(_) => None,
            Self::Ended(day) => Some(day),
            Self::Expired(day) => day,
        }
    }

    /// From when on it will be in force, in words.
    #[must_use]
    pub fn until(self) -> Option<String> {
        match self {
            Self::NotYet(day) => Some(format!("not before {day}")),
            Self::Ended(_) | Self::Expired(_) => None,
        }
    }
}

impl Flow<'_> {
    /// Why a safeguard is not in force on the day.
    #[must_use]
    pub fn out_of_force(&self, id: SafeguardId) -> Option<OutOfForce> {
        self.out_of_force_on(id, self.day)
    }

    /// Why a safeguard is not in force on some day.
    pub(super) fn out_of_force_on(&self, id: SafeguardId, day: Date) -> Option<OutOfForce> {
        let dates = self.register[id].dates;
        if let Some(ended) = dates.terminated.filter(|ended| *ended <= day) {
            Some(OutOfForce::Ended(ended))
        } else if let Some(first) = dates.signed.max(dates.effective).filter(|first| *first > day) {
            Some(OutOfForce::NotYet(first))
        } else {
            let expired = dates.expires.filter(|expires| *expires < day);
            expired.map(|expired| OutOfForce::Expired(expired.tomorrow().ok()))
        }
    }
}
