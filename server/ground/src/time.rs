//! Days as the producer counts them: in a named zone, by the calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, ZonedDateTime};
use types::{Instant, IntervalUnit};

/// A zone that this installation knows.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// The name is not in the time zone database.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the IANA name of a time zone, such as America/Sao_Paulo")]
pub struct UnknownZone;

impl Zone {
    /// The zone with this IANA name. The database is built in: no file of the machine is asked.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let known = name.contains('/') || name == "UTC";
        TimeZone::get(name).ok().filter(|_| known).map(Self).ok_or(UnknownZone)
    }

    /// The names of all zones there are, in the order of the alphabet.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        names.retain(|name| name == "UTC" || name.contains('/') && !name.starts_with("Etc/"));
        names.sort_unstable();
        names
    }

    fn local(&self, at: Instant) -> ZonedDateTime {
        let at = Timestamp::from_microsecond(at.micros()).unwrap_or(Timestamp::MAX);
        at.to_zoned_datetime(self.0.clone())
    }

    /// The calendar day on which `at` falls here.
    pub fn day_of(&self, at: Instant) -> Date {
        self.local(at).date()
    }

    /// The last second of `day` here: 23:59:59, or the last second there is when a clock change cuts it off.
    pub fn last_second(&self, day: Date) -> Option<Instant> {
        let next = day.checked_add(1.day()).ok()?;
        let start_of_next = next.to_zoned_datetime(self.0.clone()).ok()?;
        Some(Instant::from_seconds(start_of_next.timestamp().as_second() - 1))
    }

    /// The first instant of `day` here.
    pub fn first_instant(&self, day: Date) -> Option<Instant> {
        Some(Instant::from_micros(day.to_zoned_datetime(self.0.clone()).ok()?.timestamp().as_microsecond()))
    }

    /// `count` intervals after `at` by the calendar here: at the same hour, and on the last day of a month that is too
    /// short. What lies beyond the calendar never comes.
    pub fn intervals_after(&self, at: Instant, unit: IntervalUnit, count: i64) -> Instant {
        let span = Span::new();
        let span = match unit {
            IntervalUnit::Day => span.try_days(count),
            IntervalUnit::Week => span.try_weeks(count),
            IntervalUnit::Month => span.try_months(count),
            IntervalUnit::Year => span.try_years(count),
        };
        let after = span.and_then(|span| self.local(at).checked_add(span));
        Instant::from_micros(after.map_or(i64::MAX, |after| after.timestamp().as_microsecond()))
    }

    /// `days` whole calendar days after the day of `at`.
    pub fn day_after(&self, at: Instant, days: i64) -> Option<Date> {
        self.day_of(at).checked_add(days.days()).ok()
    }
}

/// Reads `YYYY-MM-DD`.
pub fn parse_day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Reads an RFC 3339 time with an offset.
pub fn parse_instant(text: &str) -> Option<Instant> {
    let at: Timestamp = text.parse().ok()?;
    Some(Instant::from_micros(at.as_microsecond()))
}

/// Writes an instant as RFC 3339 in UTC, whole seconds unless it has a fraction.
pub fn format_instant(at: Instant) -> String {
    Timestamp::from_microsecond(at.micros()).unwrap_or(Timestamp::MAX).to_string()
}
