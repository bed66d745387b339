//! Keys that every record may have, and lengths of time.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::{Blank, Few, Rare, Sym};

/// Who looks after a record, when, and what else is said of it.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// Person or team that answers for the record: few of them answer for many.
    pub owner: Option<Sym>,
    /// Day of the last review.
    pub reviewed: Option<Date>,
    /// How often it is to be reviewed.
    pub review_every: Option<Period>,
    /// What else is said of it.
    pub remarks: Rare<Remarks>,
}

/// Former ids, labels and remarks.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// Former ids, with which references go on working.
    pub aliases: Few<Sym>,
    /// Free labels.
    pub tags: Few<Sym>,
    /// Markdown.
    pub notes: Option<Box<str>>,
}

impl Blank for Remarks {
    fn blank<'b>() -> &'b Self {
        static BLANK: Remarks = Remarks { aliases: Few::new_const(), tags: Few::new_const(), notes: None };
        &BLANK
    }
}

impl Common {
    /// The same, with every name another.
    #[must_use]
    pub fn renamed(self, name: impl Fn(Sym) -> Sym) -> Self {
        let all = |names: Few<Sym>| names.into_iter().map(&name).collect();
        let remarks = |old: Remarks| Remarks { aliases: all(old.aliases), tags: all(old.tags), ..old };
        Self { owner: self.owner.map(&name), remarks: self.remarks.map(remarks), ..self }
    }
}

/// A length of time as the register writes it: `12 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many units, at least 1.
    pub count: i16,
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
        let count: i16 = count.parse().ok().filter(|count| (1..=12_000).contains(count))?;
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
    fn every_name_that_a_record_has_in_common_with_others_becomes_another() {
        let mut names = crate::record::Interner::default();
        let [team, alias, tag, other] = ["team", "alias", "tag", "other"].map(|name| names.intern(name));
        let mut common = Common { owner: Some(team), reviewed: Some(date(2024, 1, 31)), ..Common::default() };
        common.remarks.aliases.push(alias);
        common.remarks.tags.push(tag);
        common.remarks.notes = Some("why".into());
        let renamed = common.renamed(|sym| if sym == tag { team } else { other });
        assert_eq!((renamed.owner, renamed.reviewed), (Some(other), Some(date(2024, 1, 31))));
        assert_eq!((&renamed.remarks.aliases[..], &renamed.remarks.tags[..]), (&[other][..], &[team][..]));
        assert_eq!(renamed.remarks.notes.as_deref(), Some("why"));
        assert_eq!(Common::default().renamed(|_| other).remarks.tags.len(), 0);
    }

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
