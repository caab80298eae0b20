//! Until when money is given back on request (rule 7): a pure function of payment, release, length and time zone.
//!
//! The window counts from the later of payment and first release of access, in whole local days of the producer's zone:
//! the day of the start does not count, and the last day counts to its last second.
//!
//! A release is known only where we made it. An order that comes in a day or more after its payment, or whose product
//! got its access rule later, was released by somebody else before, and counts from its payment. Otherwise sending in a
//! producer's history would open every old window again.

use crate::time::Zone;
use types::Instant;

/// The law's least: seven days (CDC art. 49). A producer may give more, never less.
pub const LEAST_DAYS: i64 = 7;

/// The last second of the window.
pub fn last_second(paid_at: Instant, released_at: Option<Instant>, days: i64, zone: &Zone) -> Instant {
    let start = released_at.map_or(paid_at, |released| released.max(paid_at));
    let last_day = zone.day_after(start, days.max(LEAST_DAYS));
    // Past the end of the calendar the window never closes.
    last_day.and_then(|day| zone.last_second(day)).unwrap_or(Instant::from_micros(i64::MAX))
}

/// Whether `now` is still inside a window whose last second is `until`. All of that second counts.
pub fn is_open(until: Instant, now: Instant) -> bool {
    now.seconds() <= until.seconds()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{format_instant, parse_instant};
    use proptest::prelude::*;

    fn until(paid: &str, released: Option<&str>, days: i64, zone: &str) -> String {
        let at = |text: &str| parse_instant(text).unwrap();
        format_instant(last_second(at(paid), released.map(at), days, &Zone::named(zone).unwrap()))
    }

    #[test]
    fn it_ends_with_the_last_second_of_the_seventh_day_there() {
        assert_eq!(until("2026-11-10T15:00:00Z", None, 7, "America/Sao_Paulo"), "2026-11-18T02:59:59Z");
        // 23:30 in São Paulo is the next day in UTC, and still the same day there.
        assert_eq!(until("2026-11-11T02:30:00Z", None, 7, "America/Sao_Paulo"), "2026-11-18T02:59:59Z");
        assert_eq!(until("2026-11-10T15:00:00Z", None, 30, "America/Sao_Paulo"), "2026-12-11T02:59:59Z");
        assert_eq!(until("2028-02-25T12:00:00Z", None, 7, "UTC"), "2028-03-03T23:59:59Z");
    }

    #[test]
    fn it_starts_with_the_later_of_payment_and_release() {
        assert_eq!(until("2026-11-10T15:00:00Z", Some("2026-11-12T15:00:00Z"), 7, "UTC"), "2026-11-19T23:59:59Z");
        assert_eq!(until("2026-11-10T15:00:00Z", Some("2026-11-09T15:00:00Z"), 7, "UTC"), "2026-11-17T23:59:59Z");
    }

    #[test]
    fn clock_changes_keep_whole_days() {
        // New York leaves summer time on 2026-11-01: the week has 169 hours.
        assert_eq!(until("2026-10-30T12:00:00Z", None, 7, "America/New_York"), "2026-11-07T04:59:59Z");
        // São Paulo skipped midnight on 2018-11-04: the 3rd still ends at 23:59:59.
        assert_eq!(until("2018-10-27T12:00:00Z", None, 7, "America/Sao_Paulo"), "2018-11-04T02:59:59Z");
    }

    const ZONES: [&str; 6] =
        ["America/Sao_Paulo", "America/New_York", "Europe/Warsaw", "Pacific/Apia", "Asia/Kathmandu", "UTC"];

    proptest! {
        #[test]
        fn whatever_the_zone_the_window_is_whole_days_and_never_shorter(
            paid in 0i64..4_000_000_000, release in proptest::option::of(0i64..4_000_000_000),
            days in 0i64..400, zone in 0usize..6,
        ) {
            let zone = Zone::named(ZONES[zone]).unwrap();
            let (paid, release) = (Instant::from_seconds(paid), release.map(Instant::from_seconds));
            let until = last_second(paid, release, days, &zone);
            let start = release.map_or(paid, |release| release.max(paid));
            prop_assert_eq!(Some(zone.day_of(until)), zone.day_after(start, days.max(7)));
            prop_assert!(zone.day_of(until) < zone.day_of(Instant::from_seconds(until.seconds() + 1)));
            prop_assert!(is_open(until, Instant::from_micros(until.micros() + 999_999)));
            prop_assert!(!is_open(until, Instant::from_seconds(until.seconds() + 1)));
            prop_assert!(last_second(paid, release, days + 1, &zone) >= until);
        }
    }
}
