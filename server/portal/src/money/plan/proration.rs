//! What a change of plan costs, in integers only: pure functions of prices, days and an instant (rule 12).
//!
//! Every line is rounded by itself, half up; the total is the sum of the lines. Days are whole local days of the
//! producer's zone. Where the credit for unused days is more than the new plan costs, the difference buys whole days of
//! the new plan, rounded up, and the next charge comes later. So there is no second ledger in which money could be lost
//! or used twice.
//!
//! The days of a period are worth what was paid for them and the credit that went into them, counted from the day of
//! the change: a plan that is changed twice on one day still has all of its credit. When the plan of a period that was
//! made longer is changed, its own cycle goes on, or a new one begins.

use jiff::ToSpan;
use jiff::civil::Date;
use types::money::share;

/// An instalment is never smaller than this many minor units: cards do not take less.
const LEAST_INSTALLMENT: i64 = 500;
/// Nobody is given more than this, however little the new plan costs: a hundred years.
const MOST_EXTRA_DAYS: i64 = 36_500;

/// The part of `amount` that `remaining` of `period` days are worth, rounded half up. Whole for an empty period.
pub fn prorated(amount: i64, remaining: i64, period: i64) -> i64 {
    if period <= 0 {
        return amount;
    }
    share(amount, remaining.clamp(0, period), period)
}

/// Whole days from one day to another; below zero when it was before.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

/// In how many instalments the card may bill it: none of them may fall into the next cycle.
pub fn installment_cap(today: Date, next_cycle: Date, most: i64) -> i64 {
    months_left(today, next_cycle).clamp(1, most.max(1))
}

/// As [`installment_cap`], and no instalment too small to be taken.
pub fn installments_for(due: i64, today: Date, next_cycle: Date, most: i64) -> i64 {
    installment_cap(today, next_cycle, most).min(due / LEAST_INSTALLMENT).max(1)
}

/// The greatest number of calendar months after `today` that do not pass `next_cycle`. A day that a month lacks is its
/// last.
fn months_left(today: Date, next_cycle: Date) -> i64 {
    let fits = |months: &i64| today.checked_add(months.months()).is_ok_and(|day| day <= next_cycle);
    let guess = i64::from(next_cycle.year() - today.year()) * 12 + i64::from(next_cycle.month() - today.month());
    (0..=guess.max(0)).rev().find(fits).unwrap_or(0)
}

/// The figures of one change. `credit` and `debit` are as a person reads them: both zero or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Figures {
    /// What is left unused of the plan that ends.
    pub credit: i64,
    /// What the new plan costs until its first renewal.
    pub debit: i64,
    /// What of the credit buys days instead.
    pub rest: i64,
    /// How many days that is.
    pub extra_days: i64,
    /// What is taken now: `debit - credit + rest`, never below zero.
    pub due: i64,
}

impl Figures {
    /// What the days are worth that begin with the change: what was taken for them, and all of the credit.
    pub fn worth(&self) -> i64 {
        self.debit + self.rest
    }
}

/// The days that are running, and what they were worth when they began. They begin with the period, or with a plan that
/// began inside of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Running {
    /// Days from today to their end.
    pub remaining: i64,
    /// All of them.
    pub period: i64,
    /// What was paid for them, minor units.
    pub paid: i64,
}

/// The new plan: its price, and the days of the cycle that this price is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Price of a cycle.
    pub price: i64,
    /// Days of a cycle.
    pub days: i64,
    /// Days of the cycle that are to be paid for: what is left of the running one, or all of one that begins today.
    pub left: i64,
}

/// Settles an old plan against a new one.
pub fn settle(running: Running, wanted: Wanted) -> Figures {
    let credit = prorated(running.paid, running.remaining, running.period);
    let debit = prorated(wanted.price, wanted.left, wanted.days);
    let rest = (credit - debit).max(0);
    Figures { credit, debit, rest, extra_days: days_for(rest, wanted), due: debit - credit + rest }
}

/// How many days of a plan an amount buys, rounded up in the buyer's favour.
fn days_for(amount: i64, wanted: Wanted) -> i64 {
    if amount <= 0 || wanted.price <= 0 {
        return 0;
    }
    let (amount, days, price) = (i128::from(amount), i128::from(wanted.days.max(1)), i128::from(wanted.price));
    let bought = (amount * days + price - 1) / price;
    i64::try_from(bought).unwrap_or(MOST_EXTRA_DAYS).min(MOST_EXTRA_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn cap(today: (i16, i8, i8), next: (i16, i8, i8)) -> i64 {
        installment_cap(date(today.0, today.1, today.2), date(next.0, next.1, next.2), 12)
    }

    #[test]
    fn the_golden_values_of_rule_twelve() {
        assert_eq!(prorated(9990, 7, 31), 2256);
        assert_eq!(prorated(19_990, 7, 31), 4514);
        let running = Running { remaining: 7, period: 31, paid: 9990 };
        let figures = settle(running, Wanted { price: 19_990, days: 31, left: 7 });
        assert_eq!(figures, Figures { credit: 2256, debit: 4514, rest: 0, extra_days: 0, due: 2258 });
    }

    #[test]
    fn days_beyond_a_period_are_worth_no_more_than_the_period() {
        assert_eq!((prorated(100, 40, 31), prorated(100, -1, 31), prorated(100, 0, 0)), (100, 0, 100));
    }

    #[test]
    fn no_instalment_falls_into_the_next_cycle() {
        assert_eq!(cap((2026, 3, 10), (2026, 7, 10)), 4);
        assert_eq!(cap((2026, 3, 11), (2026, 7, 10)), 3);
        assert_eq!(cap((2026, 3, 9), (2026, 7, 10)), 4);
        assert_eq!(cap((2026, 1, 31), (2026, 2, 28)), 1);
        assert_eq!(cap((2026, 1, 30), (2026, 3, 1)), 1);
        assert_eq!(cap((2026, 7, 9), (2026, 7, 10)), 1);
        assert_eq!(cap((2025, 11, 30), (2026, 2, 28)), 3);
        assert_eq!(cap((2028, 1, 31), (2028, 2, 29)), 1);
        assert_eq!(cap((2026, 3, 10), (2026, 3, 1)), 1, "a cycle that is over already");
        assert_eq!(installment_cap(date(2026, 3, 10), date(2027, 3, 10), 6), 6);
        assert_eq!(installment_cap(date(2026, 3, 10), date(2027, 3, 10), 0), 1);
    }

    #[test]
    fn small_amounts_are_not_split() {
        let (today, next) = (date(2026, 3, 10), date(2027, 3, 10));
        assert_eq!(installments_for(240, today, next, 12), 1);
        assert_eq!(installments_for(1_999, today, next, 12), 3);
        assert_eq!(installments_for(49_900, today, next, 12), 12);
    }

    #[test]
    fn credit_that_is_left_over_buys_days() {
        let running = Running { remaining: 7, period: 31, paid: 19_990 };
        let figures = settle(running, Wanted { price: 9990, days: 31, left: 7 });
        // 2258 buy 7.007 days: eight.
        assert_eq!(figures, Figures { credit: 4514, debit: 2256, rest: 2258, extra_days: 8, due: 0 });
    }

    proptest! {
        #[test]
        fn the_lines_sum_up_nothing_is_negative_and_credit_is_used_once(
            paid in 0i64..1_000_000_000_000, price in 0i64..1_000_000_000_000, period in 1i64..4000, left in 0i64..4000,
            days in 1i64..4000, wanted_left in 0i64..4000,
        ) {
            let running = Running { remaining: left.min(period), period, paid };
            let wanted = Wanted { price, days, left: wanted_left.min(days) };
            let Figures { credit, debit, rest, extra_days, due } = settle(running, wanted);
            prop_assert_eq!(debit - credit + rest, due);
            prop_assert!(due >= 0 && credit >= 0 && debit >= 0 && rest >= 0 && extra_days >= 0);
            prop_assert!(credit <= paid && debit <= price);
            // All of the credit is in what is not taken or in days, and nothing of it in both.
            prop_assert_eq!(credit, (debit - due) + rest);
            prop_assert!(due == 0 || rest == 0);
            if rest > 0 && price > 0 && extra_days < MOST_EXTRA_DAYS {
                let worth = i128::from(extra_days) * i128::from(price);
                let owed = i128::from(rest) * i128::from(days);
                prop_assert!(worth >= owed && worth - i128::from(price) < owed, "whole days, rounded up once");
            }
        }

        #[test]
        fn over_any_chain_of_changes_credit_is_neither_lost_nor_used_twice(
            first in 0i64..10_000_000, period in 1i64..800,
            steps in proptest::collection::vec((0i64..400, 1i64..10_000_000, 1i64..800, 0i64..800), 1..12),
        ) {
            let (mut running, mut taken, mut used) = (Running { remaining: period, period, paid: first }, first, 0);
            for (passed, price, days, left) in steps {
                let before = running.paid;
                running.remaining = (running.remaining - passed).max(0);
                let wanted = Wanted { price, days, left: left.min(days) };
                let figures = settle(running, wanted);
                used += before - figures.credit;
                taken += figures.due;
                prop_assert!(figures.credit <= before);
                let is_used = running.remaining < running.period;
                prop_assert!(is_used || figures.credit == before, "no day passed, nothing was used");
                // All that was ever taken was used day by day, or is what the days from now on are worth.
                prop_assert_eq!(taken - used, figures.worth());
                let length = wanted.left + figures.extra_days;
                running = Running { remaining: length, period: length, paid: figures.worth() };
                // Changed again at once, it is all there.
                prop_assert_eq!(settle(running, wanted).credit, figures.worth());
            }
        }

        #[test]
        fn instalments_end_before_the_next_cycle_begins(from in 0i64..20_000, length in 0i64..1000, most in 1i64..24) {
            let today = date(2000, 1, 1).checked_add(from.days()).unwrap();
            let next = today.checked_add(length.days()).unwrap();
            let cap = installment_cap(today, next, most);
            prop_assert!((1..=most).contains(&cap));
            prop_assert!(cap == 1 || today.checked_add(cap.months()).unwrap() <= next);
            prop_assert!(cap == most || today.checked_add((cap + 1).months()).unwrap() > next);
        }
    }
}
