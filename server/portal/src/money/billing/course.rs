//! The steps of a subscription as the calendar carries it on: which step leads from which status to which, and what is
//! reported of it.
//!
//! A subscription that is on trial, active or past due renews, falls behind or ends unpaid; a paused one resumes; a
//! cancelled one ends with its period; nothing follows an end. No other step exists, whatever an invoice or a gateway
//! reports late.

use super::account::Terms;
use super::state::Invoice;
use super::store::BilledOrder;
use crate::db::{Error, Tx};
use crate::ledger::{self, NewSubscription};
use crate::plan::ScheduledChange;
use types::{Instant, SubscriptionStatus};

/// The status of a subscription, which also counts what its buyer decided, and the last report about it.
#[derive(Clone, Debug)]
pub(super) struct Course {
    stands: SubscriptionStatus,
    reported: NewSubscription,
}

/// Why a subscription cannot take a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum NoSuchStep {
    /// Nothing is owed during a pause.
    #[error("it is paused")]
    Paused,
    /// It was cancelled: nothing is owed for what comes after.
    #[error("it is to end with its period")]
    Ending,
    /// Nothing follows.
    #[error("it has ended")]
    Ended,
    /// There is no pause to come back from.
    #[error("it is {0}, not paused")]
    NotPaused(SubscriptionStatus),
    /// Nobody cancelled it.
    #[error("it is {0}, not to end")]
    NotEnding(SubscriptionStatus),
}

/// The course of a locked order's subscription; none where it has none.
pub(super) async fn of(tx: &mut Tx, billed: &BilledOrder) -> Result<Option<Course>, Error> {
    let Terms::Subscription(subscription) = &billed.account.terms else { return Ok(None) };
    let stands = subscription.status;
    Ok(ledger::reported_subscription(tx, billed.order).await?.map(|reported| Course { stands, reported }))
}

impl Course {
    /// The period of this invoice is paid: the subscription renews, and a plan that begins with this period begins. A
    /// subscription that was past due is active again.
    pub(super) fn renew(
        self,
        invoice: &Invoice,
        change: Option<ScheduledChange>,
        now: Instant,
    ) -> Result<NewSubscription, NoSuchStep> {
        let reported = self.charged()?;
        let reported = NewSubscription {
            status: SubscriptionStatus::Active,
            period_start: invoice.period_start,
            period_end: invoice.period_end,
            next_charge_at: Some(invoice.period_end),
            paid_at: reported.paid_at.or(Some(now)),
            ..reported
        };
        Ok(match change {
            Some(ScheduledChange { name, amount, interval, .. }) => {
                NewSubscription { plan: Some(name), amount: amount.amount, interval, ..reported }
            }
            None => reported,
        })
    }

    /// The invoice that is due was not paid.
    pub(super) fn fall_behind(self) -> Result<NewSubscription, NoSuchStep> {
        Ok(NewSubscription { status: SubscriptionStatus::PastDue, canceled_at: None, ..self.charged()? })
    }

    /// The invoice that is due was not paid, and is not tried any more.
    pub(super) fn end_unpaid(self, now: Instant) -> Result<NewSubscription, NoSuchStep> {
        Ok(ended(self.charged()?, now))
    }

    /// The pause is over: the next period begins with the next charge.
    pub(super) fn resume(self, at: Instant) -> Result<NewSubscription, NoSuchStep> {
        match self.stands {
            SubscriptionStatus::Paused => Ok(NewSubscription {
                status: SubscriptionStatus::Active,
                period_start: self.reported.period_start.min(at),
                period_end: at,
                next_charge_at: Some(at),
                ..self.reported
            }),
            SubscriptionStatus::Ended => Err(NoSuchStep::Ended),
            other => Err(NoSuchStep::NotPaused(other)),
        }
    }

    /// The paid period of a cancelled subscription is over, and so is the subscription.
    pub(super) fn end(self, period_end: Instant) -> Result<NewSubscription, NoSuchStep> {
        match self.stands {
            SubscriptionStatus::Ending => Ok(ended(self.reported, period_end)),
            SubscriptionStatus::Ended => Err(NoSuchStep::Ended),
            other => Err(NoSuchStep::NotEnding(other)),
        }
    }

    /// Of what is charged by the calendar now.
    fn charged(self) -> Result<NewSubscription, NoSuchStep> {
        match self.stands {
            SubscriptionStatus::Trialing | SubscriptionStatus::Active | SubscriptionStatus::PastDue => {
                Ok(self.reported)
            }
            SubscriptionStatus::Paused => Err(NoSuchStep::Paused),
            SubscriptionStatus::Ending => Err(NoSuchStep::Ending),
            SubscriptionStatus::Ended => Err(NoSuchStep::Ended),
        }
    }
}

fn ended(reported: NewSubscription, at: Instant) -> NewSubscription {
    NewSubscription {
        status: SubscriptionStatus::Ended,
        next_charge_at: None,
        canceled_at: reported.canceled_at.or(Some(at)),
        ..reported
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
