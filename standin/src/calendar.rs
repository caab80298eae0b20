//! Days of Brasília, which is three hours behind and has no summer time.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::offset;
use jiff::{Timestamp, ToSpan};

fn at(seconds: i64) -> DateTime {
    offset(-3).to_datetime(Timestamp::from_second(seconds).unwrap_or_default())
}

/// The day at this second since 1970.
pub(crate) fn day(seconds: i64) -> Date {
    at(seconds).date()
}

/// Day and time at this second, without a zone: `2026-11-04 13:06:00`.
pub(crate) fn stamp(seconds: i64) -> String {
    at(seconds).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// So many days later.
pub(crate) fn days_after(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// This day, or the Monday after it.
pub(crate) fn business_day(date: Date) -> Date {
    match date.weekday() {
        Weekday::Saturday => days_after(date, 2),
        Weekday::Sunday => days_after(date, 1),
        _ => date,
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
    fn money_comes_on_a_day_on_which_banks_work() {
        assert_eq!(business_day(date(2026, 8, 15)), date(2026, 8, 17));
        assert_eq!(business_day(date(2026, 8, 14)), date(2026, 8, 14));
    }
}
