//! When an invoice whose try failed is tried again, and what the pages show meanwhile: pure functions of the account,
//! the clock and the producer's policy.

use super::account::{Account, Terms};
use super::state::{Invoice, Next, State};
use crate::policy::{AfterDunning, DunningPolicy};
use types::view::OverdueView;
use types::{Instant, IntervalUnit};

/// What follows when a try fails now: the next of the policy's days that is still ahead, so that missed days collapse
/// into one. An invoice whose try fails before its due day is tried again on that day, whatever the policy says: until
/// then it is not overdue.
pub(super) fn after_failure(account: &Account, invoice: &Invoice, now: Instant, policy: &DunningPolicy) -> Next {
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
        reason: invoice.failure,
        retries,
        access_stops: invoice.grace_until,
    })
}

/// Since when an unpaid invoice counts as overdue; never before its due day.
pub(super) fn failing_since(invoice: &Invoice, now: Instant) -> Instant {
    invoice.failing_since.unwrap_or(now.max(invoice.due_at))
}
