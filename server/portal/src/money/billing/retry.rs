//! When an invoice whose try failed is tried again, and what the pages show meanwhile: pure functions of the account,
//! the clock and the producer's policy.
//!
//! Nobody refuses a boleto or Pix: its time is over, and another one takes its place, as long as access is left.

use super::account::{Account, Terms};
use super::state::{Invoice, Next, State};
use crate::policy::{AfterDunning, DunningPolicy};
use std::time::Duration;
use types::view::OverdueView;
use types::{DeclineReason, Instant, IntervalUnit};

/// A code that lived shorter than this is not replaced sooner: nobody gets a mail every hour.
const SHORTEST_LIFE: Duration = Duration::from_secs(86_400);

/// What follows when a try fails now: the next of the policy's days that is still ahead, so that missed days collapse
/// into one. An invoice whose try fails before its due day is tried again on that day, whatever the policy says: until
/// then it is not overdue.
pub(super) fn after_failure(
    account: &Account,
    invoice: &Invoice,
    reason: DeclineReason,
    now: Instant,
    policy: &DunningPolicy,
) -> Next {
    let since = failing_since(invoice, now);
    let on_day = |day: &i64| account.zone.intervals_after(since, IntervalUnit::Day, *day);
    let mut tries: Vec<Instant> = policy.retry_days.iter().filter(|day| **day > 0).map(on_day).collect();
    tries.sort();
    let ahead = tries.iter().find(|at| **at > now).zip(tries.last());
    if matches!(invoice.state, State::Open { .. }) && now < invoice.due_at {
        let at = invoice.due_at;
        return Next::Again { at, grace_until: tries.last().copied().unwrap_or(at) };
    }
    match (&invoice.state, ahead, &account.terms) {
        (State::Open { .. }, Some((_, last)), _) if reason == DeclineReason::Expired => {
            Next::Again { at: replaced_at(invoice, now), grace_until: *last }
        }
        (State::Open { .. }, Some((at, last)), _) => Next::Again { at: *at, grace_until: *last },
        (State::Open { .. }, None, Terms::Subscription(_)) if policy.then == AfterDunning::End => Next::End,
        (.., Terms::Subscription(_)) => Next::Suspended { next_try_at: None },
        // Instalments cannot end unpaid: an invoice is tried once more whenever another falls due.
        (.., Terms::Installments(installments)) => {
            let next = (1..=installments.count).map(|number| installments.due_at(&account.zone, number));
            Next::Suspended { next_try_at: next.into_iter().find(|at| *at > now) }
        }
    }
}

/// When a boleto or Pix that is over is replaced.
pub(super) fn replaced_at(invoice: &Invoice, now: Instant) -> Instant {
    invoice.attempt().map_or(now, |attempt| attempt.at.plus(SHORTEST_LIFE).max(now))
}

/// Until when a boleto or Pix that is made now is to be payable: to the end of the day on which it is due; after that,
/// of the next day on which the calendar would try again.
pub(super) fn payable_until(
    account: &Account,
    invoice: &Invoice,
    now: Instant,
    policy: &DunningPolicy,
) -> Option<Instant> {
    let end_of_day = |at: Instant| account.zone.last_second(account.zone.day_of(at));
    if now < invoice.due_at {
        return end_of_day(invoice.due_at);
    }
    let since = failing_since(invoice, now);
    let on_day = |day: &i64| account.zone.intervals_after(since, IntervalUnit::Day, *day);
    policy.retry_days.iter().map(on_day).filter(|at| *at > now).min().and_then(end_of_day)
}

/// What the pages show of a failed invoice: why it failed, every day on which it is tried again, and until when access
/// is left meanwhile.
pub(super) fn overdue(account: &Account, policy: &DunningPolicy) -> Option<OverdueView> {
    let invoice = account.owed.as_ref()?;
    let since = invoice.failing_since?;
    let next = invoice.next_try_at();
    let on_day = |day: &i64| account.zone.intervals_after(since, IntervalUnit::Day, *day);
    let later = policy.retry_days.iter().filter(|day| **day > 0).map(on_day);
    let is_open = matches!(invoice.state, State::Open { .. });
    let mut retries: Vec<Instant> = later.filter(|at| is_open && next.is_some_and(|next| *at > next)).collect();
    retries.extend(next);
    retries.sort();
    Some(OverdueView {
        since: Some(invoice.due_at),
        amount: invoice.amount,
        method: account.method,
        reason: invoice.failure,
        retries,
        access_stops: invoice.grace_until,
    })
}

/// Since when an unpaid invoice counts as overdue; never before its due day.
pub(super) fn failing_since(invoice: &Invoice, now: Instant) -> Instant {
    invoice.failing_since.unwrap_or(now.max(invoice.due_at))
}
