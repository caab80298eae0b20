//! Days as Asaas counts them: in Brasília.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use types::Instant;

const ZONE: &str = "America/Sao_Paulo";

/// The day of an instant.
pub(super) fn of(at: Instant) -> Option<Date> {
    let zone = TimeZone::get(ZONE).ok()?;
    Some(Timestamp::from_second(at.seconds()).ok()?.to_zoned_datetime(zone).date())
}

/// The day that comes so many days after an instant.
pub(super) fn after(at: Instant, days: i64) -> Option<Date> {
    of(at)?.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A day that Asaas names, such as `2026-12-31`, or one with an hour behind it.
pub(super) fn parse(day: &str) -> Option<Date> {
    day.get(..10)?.parse().ok()
}

/// The first second of such a day.
pub(super) fn read(day: &str) -> Option<Instant> {
    start_of(parse(day)?)
}

/// The second that Asaas names, such as `2026-12-31 10:00:00`; of a mere day the first one.
pub(super) fn second(text: &str) -> Option<Instant> {
    let Ok(moment) = text.parse::<DateTime>() else { return read(text) };
    let moment = moment.to_zoned_datetime(TimeZone::get(ZONE).ok()?).ok()?;
    Some(Instant::from_seconds(moment.timestamp().as_second()))
}

/// The first second of a day.
pub(super) fn start_of(day: Date) -> Option<Instant> {
    let start = day.to_zoned_datetime(TimeZone::get(ZONE).ok()?).ok()?;
    Some(Instant::from_seconds(start.timestamp().as_second()))
}

/// The last second of a day that Asaas names, such as `2026-12-31`.
pub(super) fn end_of(day: &str) -> Option<Instant> {
    let next = start_of(parse(day)?.tomorrow().ok()?)?;
    Some(Instant::from_seconds(next.seconds() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_in_brasilia() {
        // 2026-11-30, 23:30 there.
        let late = Instant::from_seconds(1_796_092_200);
        assert_eq!(of(late).unwrap().to_string(), "2026-11-30");
        assert_eq!(after(late, 3).unwrap().to_string(), "2026-12-03");
        assert_eq!(end_of("2026-11-30").unwrap(), Instant::from_seconds(1_796_093_999));
        assert_eq!(end_of("2026-11-30 10:00:00"), end_of("2026-11-30"));
        assert_eq!(read("2026-12-01").unwrap(), Instant::from_seconds(1_796_094_000));
        assert_eq!(end_of("soon"), None);
        assert_eq!(second("2026-11-30 23:30:00").unwrap(), late);
        assert_eq!(second("2026-12-01"), read("2026-12-01"));
        assert_eq!(second("soon"), None);
    }
}
