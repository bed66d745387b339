//! Keys that every record may have, and lengths of time.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::{Few, Sym};

/// Who looks after a record, its labels, its former ids, and remarks.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// Person or team that answers for the record.
    pub owner: Option<Box<str>>,
    /// Day of the last review.
    pub reviewed: Option<Date>,
    /// How often it is to be reviewed.
    pub review_every: Option<Period>,
    /// Former ids, with which references go on working.
    pub aliases: Few<Sym>,
    /// Free labels.
    pub tags: Few<Sym>,
    /// Markdown.
    pub notes: Option<Box<str>>,
}

/// A length of time as the register writes it: `12 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many units, at least 1.
    pub count: i32,
    /// The unit.
    pub unit: PeriodUnit,
}

/// A unit of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the unit of its name")]
pub enum PeriodUnit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Period {
    /// Reads `N days`, `N weeks`, `N months` or `N years` (singular too), up to a thousand years.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.split_once(' ')?;
        let count: i32 = count.parse().ok().filter(|count| (1..=12_000).contains(count))?;
        let unit = match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => PeriodUnit::Days,
            "week" => PeriodUnit::Weeks,
            "month" => PeriodUnit::Months,
            "year" if count <= 1_000 => PeriodUnit::Years,
            _ => return None,
        };
        Some(Self { count, unit })
    }

    /// The day this long after another; the last day of the calendar at most.
    #[must_use]
    pub fn after(self, day: Date) -> Date {
        let span: Span = match self.unit {
            PeriodUnit::Days => self.count.days(),
            PeriodUnit::Weeks => self.count.weeks(),
            PeriodUnit::Months => self.count.months(),
            PeriodUnit::Years => self.count.years(),
        };
        day.checked_add(span).unwrap_or(Date::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_follow_the_calendar() {
        let months = |n| Period { count: n, unit: PeriodUnit::Months };
        assert_eq!(Period::parse("12 months"), Some(months(12)));
        assert_eq!(Period::parse("1 month"), Some(months(1)));
        assert_eq!(Period::parse("0 days"), None);
        assert_eq!(Period::parse("soon"), None);
        assert_eq!(months(1).after(date(2024, 1, 31)), date(2024, 2, 29));
        assert_eq!(months(12).after(Date::MAX), Date::MAX);
    }
}
