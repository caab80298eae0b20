//! What the calendar does next with an order, and when: a pure function of the order's account, the clock and the
//! producer's policy.
//!
//! What is paid after access was suspended pays for a period that begins with the payment. An open instalment of an
//! order of which some money goes back is opened anew for its new amount.

use super::account::{Account, Installments, Subscription, Terms};
use super::state::{AttemptStanding, Invoice};
use crate::policy::Policy;
use std::time::Duration;
use types::{Instant, IntervalUnit, Method, Money, SubscriptionStatus};

/// How long before a boleto or Pix is due it is issued.
const SLIP_LEAD: Duration = Duration::from_secs(3 * 86_400);
/// How soon to look again at an order whose refund or change of plan is under way.
const MONEY_LOOK: Duration = Duration::from_secs(6 * 3600);

/// What is next.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Step {
    /// Nothing, until somebody changes something.
    Rest,
    /// Nothing before this instant.
    Wait(Instant),
    /// The invoice of the next period is written.
    Open(NewInvoice),
    /// The invoice that is owed is charged.
    Try,
    /// The gateway is asked what became of the try under way.
    Ask,
    /// The invoice is not owed any more.
    Void,
    /// The buyer is told of the charge at this instant.
    Notice(Instant),
    /// The pause is over.
    Resume(Instant),
    /// A cancelled subscription is over.
    End,
}

/// An invoice to be.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct NewInvoice {
    pub number: i64,
    pub period: (Instant, Instant),
    pub due_at: Instant,
    pub opens_at: Instant,
    pub amount: Money,
    pub discount: i64,
}

/// What is to be done now.
pub(super) fn next_step(account: &Account, now: Instant, policy: &Policy) -> Step {
    if account.doubted.is_some() {
        return Step::Ask;
    }
    match &account.owed {
        Some(invoice) => of_invoice(account, invoice, now),
        None => match &account.terms {
            Terms::Subscription(subscription) => of_subscription(account, subscription, now, policy),
            Terms::Installments(installments) => of_installments(account, installments, now),
        },
    }
}

fn of_invoice(account: &Account, invoice: &Invoice, now: Instant) -> Step {
    // A try whose outcome is not known is asked about afterwards, and not sent again.
    if account.is_over() {
        return Step::Void;
    }
    match invoice.attempt().map(|attempt| attempt.standing) {
        Some(AttemptStanding::Doubted { .. }) => return Step::Ask,
        // Whoever made it says what becomes of it.
        Some(AttemptStanding::OfCheckout) => return Step::Rest,
        // What of the price was given back since is not owed: the instalment is opened anew, for what it is now.
        _ if account.is_too_much(invoice) => return Step::Void,
        Some(AttemptStanding::Waiting { until, .. }) if until > now => return Step::Wait(until),
        Some(AttemptStanding::Waiting { .. }) => return Step::Ask,
        None => {}
    }
    if !account.is_chargeable() {
        return Step::Rest;
    }
    if account.has_money_under_way {
        return Step::Wait(now.plus(MONEY_LOOK));
    }
    match invoice.next_try_at() {
        Some(at) if at <= now => Step::Try,
        Some(at) => Step::Wait(at),
        None => Step::Rest,
    }
}

fn of_subscription(account: &Account, subscription: &Subscription, now: Instant, policy: &Policy) -> Step {
    match (subscription.status, subscription.next_charge_at) {
        (SubscriptionStatus::Ended, _) => Step::Rest,
        (SubscriptionStatus::Ending, _) if subscription.ends_by_wish => Step::Rest,
        (SubscriptionStatus::Ending, _) if subscription.period_end <= now => Step::End,
        (SubscriptionStatus::Ending, _) => Step::Wait(subscription.period_end),
        (SubscriptionStatus::Paused, Some(at)) if at <= now => Step::Resume(at),
        (SubscriptionStatus::Paused, Some(at)) => Step::Wait(at),
        (_, Some(due_at)) if account.is_chargeable() => renewal(account, subscription, due_at, now, policy),
        _ => Step::Rest,
    }
}

fn renewal(account: &Account, subscription: &Subscription, due_at: Instant, now: Instant, policy: &Policy) -> Step {
    let opens_at = account.opens_at(due_at);
    if opens_at > now {
        return match subscription.notice_at(account, due_at, policy) {
            Some(at) if at <= now => Step::Notice(due_at),
            Some(at) => Step::Wait(at.min(opens_at)),
            None => Step::Wait(opens_at),
        };
    }
    if account.has_money_under_way {
        return Step::Wait(now.plus(MONEY_LOOK));
    }
    let discount = subscription.discount();
    let amount = Money::new(subscription.price - discount, account.currency);
    let period = subscription.next_period(account);
    Step::Open(NewInvoice { number: account.paid + 1, period, due_at, opens_at, amount, discount })
}

fn of_installments(account: &Account, installments: &Installments, now: Instant) -> Step {
    let number = account.paid + 1;
    if number > installments.count || !account.is_chargeable() {
        return Step::Rest;
    }
    let due_at = installments.due_at(&account.zone, number);
    let opens_at = account.opens_at(due_at);
    if opens_at > now {
        return Step::Wait(opens_at);
    }
    if account.has_money_under_way {
        return Step::Wait(now.plus(MONEY_LOOK));
    }
    let period = (due_at, installments.due_at(&account.zone, number + 1));
    let amount = Money::new(installments.amount(number), account.currency);
    Step::Open(NewInvoice { number, period, due_at, opens_at, amount, discount: 0 })
}

impl Account {
    /// The same invoice where another plan begins with its period. A discount stays with the plan that it was promised
    /// on.
    pub(super) fn invoice_of_plan(&self, new: &NewInvoice, price: i64, interval: (IntervalUnit, i64)) -> NewInvoice {
        let Terms::Subscription(subscription) = &self.terms else { return new.clone() };
        let subscription = Subscription { price, interval, ..subscription.clone() };
        let period = subscription.period_from(&self.zone, new.period.0);
        NewInvoice { period, amount: Money::new(price, self.currency), discount: 0, ..new.clone() }
    }

    /// When an invoice with this due time is written: a buyer needs some days to pay a boleto or Pix.
    fn opens_at(&self, due_at: Instant) -> Instant {
        if self.method == Method::Card { due_at } else { due_at.minus(SLIP_LEAD) }
    }
}

#[cfg(test)]
#[path = "next_tests.rs"]
mod tests;
