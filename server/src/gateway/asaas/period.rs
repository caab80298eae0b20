//! The periods of a subscription: Asaas names the days on which its payments are due, and how often they come.

use super::day::parse;
use super::wire::{Payment, Subscription};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use types::IntervalUnit;

/// How long a cycle is, in our words; none for a word that we do not know.
pub(super) fn interval(cycle: &str) -> Option<(IntervalUnit, i64)> {
    Some(match cycle {
        "WEEKLY" => (IntervalUnit::Week, 1),
        "BIWEEKLY" => (IntervalUnit::Week, 2),
        "MONTHLY" => (IntervalUnit::Month, 1),
        "BIMONTHLY" => (IntervalUnit::Month, 2),
        "QUARTERLY" => (IntervalUnit::Month, 3),
        "SEMIANNUALLY" => (IntervalUnit::Month, 6),
        "YEARLY" => (IntervalUnit::Year, 1),
        _ => return None,
    })
}

/// The running period of a subscription, and what is due around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Period {
    /// The day on which it was due; of a trial, the day on which the subscription was made.
    pub(super) start: Date,
    /// The day on which the next one is due.
    pub(super) end: Date,
    /// The first day for which there is no payment yet; none where no payment is left that would tell.
    pub(super) unmade: Option<Date>,
    /// Whether nothing was due yet.
    pub(super) is_trial: bool,
}

/// Reckons it from all days that Asaas names. None where one of them cannot be read.
pub(super) fn of(subscription: &Subscription, payments: &[Payment], today: Date) -> Option<Period> {
    let dues: Vec<Date> = payments.iter().map(|payment| parse(payment.due()?)).collect::<Option<_>>()?;
    let next = parse(subscription.next_due_date.as_deref()?)?;
    // The 31st comes back after a short month: the latest day of a month that is known is the one that is meant.
    let anchor = dues.iter().chain([&next]).map(|due| due.day()).max()?;
    let after = |due: Date| step(due, interval(&subscription.cycle)?, anchor);
    let start = dues.iter().filter(|due| **due <= today).max().copied();
    let ahead = dues.iter().filter(|due| **due > today).min().copied();
    let unmade = match dues.iter().max() {
        Some(last) => Some(after(*last)?),
        None => None,
    };
    let end = match (ahead, unmade) {
        (Some(ahead), _) => ahead,
        // What was ahead and is removed counts as made at Asaas: only what still runs names the day.
        (None, _) if subscription.status == "ACTIVE" && next > today => next,
        (None, Some(unmade)) => unmade,
        (None, None) => next,
    };
    let made = subscription.date_created.as_deref().and_then(parse);
    Some(Period { start: start.or(made)?, end, unmade, is_trial: start.is_none() })
}

fn step(due: Date, (unit, count): (IntervalUnit, i64), anchor: i8) -> Option<Date> {
    let span: Span = match unit {
        IntervalUnit::Day => count.days(),
        IntervalUnit::Week => count.weeks(),
        IntervalUnit::Month => count.months(),
        IntervalUnit::Year => count.years(),
    };
    let next = due.checked_add(span).ok()?;
    match unit {
        IntervalUnit::Day | IntervalUnit::Week => Some(next),
        IntervalUnit::Month | IntervalUnit::Year => next.with().day(anchor.min(next.days_in_month())).build().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn period(status: &str, next: &str, dues: &[&str]) -> Option<Period> {
        let subscription = json!({"id": "sub_1", "status": status, "value": 10, "cycle": "MONTHLY",
            "billingType": "PIX", "nextDueDate": next, "dateCreated": "2026-01-05"});
        let payment = |due: &&str| {
            let payment = json!({"id": "pay_1", "status": "RECEIVED", "value": 10, "dueDate": due});
            serde_json::from_value(payment).unwrap()
        };
        let payments: Vec<Payment> = dues.iter().map(payment).collect();
        of(&serde_json::from_value(subscription).unwrap(), &payments, date(2026, 2, 28))
    }

    #[test]
    fn a_period_lasts_until_the_next_payment_is_due() {
        let expected = Period {
            start: date(2026, 2, 28),
            end: date(2026, 3, 31),
            unmade: Some(date(2026, 3, 31)),
            is_trial: false,
        };
        assert_eq!(period("ACTIVE", "2026-03-31", &["2026-02-28", "2026-01-31"]), Some(expected));
        let ahead = period("ACTIVE", "2026-04-30", &["2026-03-31", "2026-02-28", "2026-01-31"]).unwrap();
        assert_eq!(ahead, Period { unmade: Some(date(2026, 4, 30)), ..expected });
        // The payment of March was removed, and counts as made.
        assert_eq!(period("INACTIVE", "2026-04-30", &["2026-02-28", "2026-01-31"]), Some(expected));
    }

    #[test]
    fn before_anything_was_due_it_is_a_trial() {
        let trial = period("ACTIVE", "2026-04-15", &["2026-03-15"]).unwrap();
        assert_eq!((trial.start, trial.end, trial.is_trial), (date(2026, 1, 5), date(2026, 3, 15), true));
        let removed = period("INACTIVE", "2026-04-15", &[]).unwrap();
        assert_eq!((removed.end, removed.unmade), (date(2026, 4, 15), None));
    }

    #[test]
    fn what_cannot_be_read_is_no_period() {
        assert_eq!(period("ACTIVE", "soon", &["2026-02-28"]), None);
        assert_eq!(period("ACTIVE", "2026-03-31", &["soon"]), None);
    }

    #[test]
    fn every_cycle_of_asaas_has_a_length() {
        for (cycle, next) in [
            ("WEEKLY", date(2026, 1, 7)),
            ("BIWEEKLY", date(2026, 1, 14)),
            ("MONTHLY", date(2026, 1, 31)),
            ("BIMONTHLY", date(2026, 2, 28)),
            ("QUARTERLY", date(2026, 3, 31)),
            ("SEMIANNUALLY", date(2026, 6, 30)),
            ("YEARLY", date(2026, 12, 31)),
        ] {
            assert_eq!(step(date(2025, 12, 31), interval(cycle).unwrap(), 31), Some(next), "{cycle}");
        }
        assert_eq!(interval("DAILY"), None);
    }
}
