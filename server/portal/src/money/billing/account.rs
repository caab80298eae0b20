//! What counts of an order for its calendar: what was agreed, and what of it is paid, owed or in doubt.

use super::state::{ChargeAttempt, Invoice};
use crate::policy::Policy;
use crate::time::Zone;
use std::time::Duration;
use types::money::share;
use types::{Currency, Instant, IntervalUnit, Method, OrderStatus, SubscriptionStatus};

const DAY: Duration = Duration::from_secs(86_400);

/// Everything that counts of an order.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub status: OrderStatus,
    pub currency: Currency,
    pub zone: Zone,
    pub method: Method,
    /// When the order came to us.
    pub known_at: Instant,
    pub has_money_under_way: bool,
    pub terms: Terms,
    /// How many invoices are paid.
    pub paid: i64,
    /// The invoice that is owed.
    pub owed: Option<Invoice>,
    /// An invoice that is not owed any more, but whose last try has no known outcome.
    pub doubted: Option<Invoice>,
}

/// What was agreed.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Terms {
    Subscription(Subscription),
    Installments(Installments),
}

/// A plan that renews.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Subscription {
    pub status: SubscriptionStatus,
    pub price: i64,
    pub interval: (IntervalUnit, i64),
    pub period_end: Instant,
    pub next_charge_at: Option<Instant>,
    /// Cycle k ends k intervals after it.
    pub anchor: Instant,
    pub cycle: i64,
    pub discount_percent: i64,
    pub discount_cycles: i64,
    /// The charge that the buyer was last told of in advance.
    pub noticed: Option<Instant>,
    /// Whether the buyer cancelled the subscription here: then the cancellation ends it on its day, and not the
    /// calendar.
    pub ends_by_wish: bool,
}

/// A price in monthly instalments.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Installments {
    /// Of what was not given back.
    pub total: i64,
    pub count: i64,
    /// Instalment k is due k - 1 months after it.
    pub anchor: Instant,
}

/// An instalment of `total` in `count`: what does not divide is on the last.
pub(super) fn installment(total: i64, count: i64, number: i64) -> i64 {
    let count = count.max(1);
    let each = total / count;
    if number == count { total - each * (count - 1) } else { each }
}

impl Account {
    /// Returns whether the order may be charged: it was paid for once, and nobody disputes it.
    pub(super) fn is_chargeable(&self) -> bool {
        let goes_on = match &self.terms {
            Terms::Subscription(subscription) => subscription.goes_on(),
            Terms::Installments(_) => true,
        };
        goes_on && matches!(self.status, OrderStatus::Paid | OrderStatus::PartlyRefunded)
    }

    /// Returns whether an instalment that our calendar opened asks for more than its amount is by now.
    pub(super) fn is_too_much(&self, invoice: &Invoice) -> bool {
        let is_ours = !invoice.attempt().is_some_and(ChargeAttempt::is_of_checkout);
        let Terms::Installments(installments) = &self.terms else { return false };
        is_ours && invoice.amount.amount > installments.amount(invoice.number)
    }

    /// What the renewal at this instant will cost, of this plan where another begins with it; none when there will be
    /// none.
    pub(super) fn price_at(&self, charge_at: Instant, other: Option<i64>) -> Option<i64> {
        let Terms::Subscription(subscription) = &self.terms else { return None };
        let is_ahead = subscription.next_charge_at == Some(charge_at) && self.is_chargeable() && self.owed.is_none();
        // A discount belongs to the plan that it was promised on.
        is_ahead.then(|| other.unwrap_or(subscription.price - subscription.discount()))
    }

    /// Returns whether the owed invoice may be tried now, due or not.
    pub(super) fn may_be_tried(&self) -> bool {
        self.owed.is_some() && self.is_chargeable() && !self.is_over() && !self.has_money_under_way
    }

    /// Returns whether the order owes nothing any more, whatever an invoice says.
    pub(super) fn is_over(&self) -> bool {
        let has_ended = match &self.terms {
            Terms::Subscription(subscription) => !subscription.goes_on(),
            Terms::Installments(installments) => installments.total == 0,
        };
        has_ended || matches!(self.status, OrderStatus::Refunded | OrderStatus::Canceled)
    }
}

impl Subscription {
    pub(super) fn goes_on(&self) -> bool {
        use SubscriptionStatus::{Active, PastDue, Trialing};
        matches!(self.status, Trialing | Active | PastDue)
    }

    pub(super) fn end_of(&self, zone: &Zone, anchor: Instant, cycle: i64) -> Instant {
        zone.intervals_after(anchor, self.interval.0, self.interval.1.saturating_mul(cycle))
    }

    /// Anchor and cycle of a period that ends then; the end itself when it is none of this calendar (a plan was
    /// changed, a pause was made).
    pub(super) fn position(&self, zone: &Zone, end: Instant) -> (Instant, i64) {
        let mut cycle = self.cycle;
        while self.end_of(zone, self.anchor, cycle) < end {
            cycle += 1;
        }
        if self.end_of(zone, self.anchor, cycle) == end { (self.anchor, cycle) } else { (end, 0) }
    }

    /// The period after the paid one. What ended before the order came to us was somebody else's to bill.
    pub(super) fn next_period(&self, account: &Account) -> (Instant, Instant) {
        let (anchor, cycle) = self.position(&account.zone, self.period_end);
        let (mut start, mut cycle) = (self.period_end, cycle + 1);
        let mut end = self.end_of(&account.zone, anchor, cycle);
        while end <= account.known_at {
            (start, cycle) = (end, cycle + 1);
            end = self.end_of(&account.zone, anchor, cycle);
        }
        (start, end)
    }

    /// A period that begins now: after access was suspended, a period begins when it is paid.
    pub(super) fn period_from(&self, zone: &Zone, start: Instant) -> (Instant, Instant) {
        (start, self.end_of(zone, start, 1))
    }

    /// Rounded half up (rule 12).
    pub(super) fn discount(&self) -> i64 {
        if self.discount_cycles == 0 {
            return 0;
        }
        share(self.price, self.discount_percent.clamp(0, 100), 100).min(self.price)
    }

    /// When the buyer is told of a charge ahead; none when that was done, or when the cycle is too short for it.
    pub(super) fn notice_at(&self, account: &Account, due_at: Instant, policy: &Policy) -> Option<Instant> {
        let days = u32::try_from(policy.notice.renewal_days).ok().filter(|days| *days > 0)?;
        let is_long = account.zone.intervals_after(due_at, self.interval.0, self.interval.1).since(due_at) > DAY * days;
        let is_wanted = account.method == Method::Card && is_long && self.noticed != Some(due_at);
        is_wanted.then(|| due_at.minus(DAY * days))
    }
}

impl Installments {
    /// When an instalment is due.
    pub(super) fn due_at(&self, zone: &Zone, number: i64) -> Instant {
        zone.intervals_after(self.anchor, IntervalUnit::Month, number - 1)
    }

    /// What an instalment comes to.
    pub(super) fn amount(&self, number: i64) -> i64 {
        installment(self.total, self.count, number)
    }
}
