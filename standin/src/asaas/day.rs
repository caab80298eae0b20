//! Days and times as Asaas writes them: those of Brasília, without a zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::offset;
use jiff::{Span, ToSpan};

fn at(seconds: i64) -> DateTime {
    offset(-3).to_datetime(Timestamp::from_second(seconds).unwrap_or_default())
}

/// The day at this second since 1970.
pub(super) fn day(seconds: i64) -> Date {
    at(seconds).date()
}

/// Day and time at this second: `2026-11-04 13:06:00`.
pub(super) fn stamp(seconds: i64) -> String {
    at(seconds).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// So many days later.
pub(super) fn days_after(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// This day, or the Monday after it.
pub(super) fn business_day(date: Date) -> Date {
    match date.weekday() {
        Weekday::Saturday => days_after(date, 2),
        Weekday::Sunday => days_after(date, 1),
        _ => date,
    }
}

/// How often a subscription is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cycle {
    Weekly,
    Biweekly,
    Monthly,
    Bimonthly,
    Quarterly,
    Semiannually,
    Yearly,
}

impl Cycle {
    const ALL: [(Self, &str); 7] = [
        (Self::Weekly, "WEEKLY"),
        (Self::Biweekly, "BIWEEKLY"),
        (Self::Monthly, "MONTHLY"),
        (Self::Bimonthly, "BIMONTHLY"),
        (Self::Quarterly, "QUARTERLY"),
        (Self::Semiannually, "SEMIANNUALLY"),
        (Self::Yearly, "YEARLY"),
    ];

    /// The cycle of this word.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, named)| *named == word).map(|(cycle, _)| *cycle)
    }

    /// Its word.
    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(cycle, _)| *cycle == self).map_or("", |(_, word)| word)
    }

    /// So many cycles after the first day. Counted from there, so that the 31st comes back after February.
    pub(super) fn after(self, first: Date, cycles: i64) -> Date {
        first.saturating_add(self.span(cycles))
    }

    fn span(self, cycles: i64) -> Span {
        match self {
            Self::Weekly => (7 * cycles).days(),
            Self::Biweekly => (14 * cycles).days(),
            Self::Monthly => cycles.months(),
            Self::Bimonthly => (2 * cycles).months(),
            Self::Quarterly => (3 * cycles).months(),
            Self::Semiannually => (6 * cycles).months(),
            Self::Yearly => cycles.years(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_ends_at_midnight_in_brasilia() {
        let midnight_in_greenwich = 1_794_268_800;
        assert_eq!(stamp(midnight_in_greenwich), "2026-11-09 21:00:00");
        assert_eq!(day(midnight_in_greenwich), date(2026, 11, 9));
    }

    #[test]
    fn the_31st_comes_back_after_a_short_month() {
        let first = date(2026, 1, 31);
        assert_eq!(Cycle::Monthly.after(first, 1), date(2026, 2, 28));
        assert_eq!(Cycle::Monthly.after(first, 2), date(2026, 3, 31));
    }

    #[test]
    fn money_comes_on_a_day_on_which_banks_work() {
        assert_eq!(business_day(date(2026, 8, 15)), date(2026, 8, 17));
        assert_eq!(business_day(date(2026, 8, 14)), date(2026, 8, 14));
    }
}
