//! What the calendar does next with an order, and when: a pure function of the order's account, the clock and the
//! producer's policy.
//!
//! What is paid after access was suspended pays for a period that begins with the payment. An open instalment of an
//! order of which some money goes back is opened anew for its new amount.

use super::state::{Attempt, Invoice, Next, State};
use crate::policy::{AfterDunning, DunningPolicy, Policy};
use crate::time::Zone;
use std::time::Duration;
use types::money::share;
use types::view::OverdueView;
use types::{Currency, Instant, IntervalUnit, Method, Money, OrderStatus, SubscriptionStatus};

const DAY: Duration = Duration::from_secs(86_400);
/// How long before a boleto or Pix is due it is issued.
const SLIP_LEAD: Duration = Duration::from_secs(3 * 86_400);
/// How soon to look again at an order whose refund or change of plan is under way.
const MONEY_LOOK: Duration = Duration::from_secs(6 * 3600);

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
    /// Part k is due k - 1 months after it.
    pub anchor: Instant,
}

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
pub(super) fn plan(account: &Account, now: Instant, policy: &Policy) -> Step {
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
    match invoice.attempt().map(|attempt| attempt.waits_until) {
        Some(None) => return Step::Ask,
        // What of the price was given back since is not owed: the part is opened anew, for what it is now.
        _ if account.is_too_much(invoice) => return Step::Void,
        Some(Some(until)) if until > now => return Step::Wait(until),
        Some(Some(_)) => return Step::Ask,
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
        (.., Terms::Subscription(_)) => Next::Held { next_try_at: None },
        // A plan in parts cannot end unpaid: it is tried once more whenever another part falls due.
        (.., Terms::Installments(installments)) => {
            let next = (1..=installments.count).map(|number| installments.due_at(&account.zone, number));
            Next::Held { next_try_at: next.into_iter().find(|at| *at > now) }
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

/// `total` in `count` parts: what does not divide is on the last.
pub(super) fn part(total: i64, count: i64, number: i64) -> i64 {
    let count = count.max(1);
    let each = total / count;
    if number == count { total - each * (count - 1) } else { each }
}

impl Account {
    /// Returns whether the order may be charged: it was paid for once, and nobody disputes it.
    fn is_chargeable(&self) -> bool {
        let goes_on = match &self.terms {
            Terms::Subscription(subscription) => subscription.goes_on(),
            Terms::Installments(_) => true,
        };
        goes_on && matches!(self.status, OrderStatus::Paid | OrderStatus::PartlyRefunded)
    }

    /// Returns whether an instalment that our calendar opened asks for more than its amount is by now.
    fn is_too_much(&self, invoice: &Invoice) -> bool {
        let is_ours = !invoice.attempt().is_some_and(Attempt::is_of_checkout);
        let Terms::Installments(installments) = &self.terms else { return false };
        is_ours && invoice.amount.amount > installments.amount(invoice.number)
    }

    /// What the renewal at this instant will cost, of this plan where another begins with it; none when there will be
    /// none.
    pub(super) fn price_at(&self, charge_at: Instant, other: Option<i64>) -> Option<i64> {
        let Terms::Subscription(subscription) = &self.terms else { return None };
        let price = other.unwrap_or(subscription.price);
        let subscription = &Subscription { price, ..subscription.clone() };
        let is_ahead = subscription.next_charge_at == Some(charge_at) && self.is_chargeable() && self.owed.is_none();
        is_ahead.then(|| subscription.price - subscription.discount())
    }

    /// The same invoice where another plan begins with its period.
    pub(super) fn invoice_of_plan(&self, new: &NewInvoice, price: i64, interval: (IntervalUnit, i64)) -> NewInvoice {
        let Terms::Subscription(subscription) = &self.terms else { return new.clone() };
        let subscription = Subscription { price, interval, ..subscription.clone() };
        let discount = subscription.discount();
        let period = subscription.period_from(&self.zone, new.period.0);
        NewInvoice { period, amount: Money::new(price - discount, self.currency), discount, ..new.clone() }
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

    /// When an invoice with this due time is written: a buyer needs some days to pay a boleto or Pix.
    fn opens_at(&self, due_at: Instant) -> Instant {
        if self.method == Method::Card { due_at } else { due_at.minus(SLIP_LEAD) }
    }
}

impl Subscription {
    fn goes_on(&self) -> bool {
        use SubscriptionStatus::{Active, PastDue, Trialing};
        matches!(self.status, Trialing | Active | PastDue)
    }

    fn end_of(&self, zone: &Zone, anchor: Instant, cycle: i64) -> Instant {
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
    fn next_period(&self, account: &Account) -> (Instant, Instant) {
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
    fn discount(&self) -> i64 {
        if self.discount_cycles == 0 {
            return 0;
        }
        share(self.price, self.discount_percent.clamp(0, 100), 100).min(self.price)
    }

    /// When the buyer is told of a charge ahead; none when that was done, or when the cycle is too short for it.
    fn notice_at(&self, account: &Account, due_at: Instant, policy: &Policy) -> Option<Instant> {
        let days = u32::try_from(policy.notice.renewal_days).ok().filter(|days| *days > 0)?;
        let is_long = account.zone.intervals_after(due_at, self.interval.0, self.interval.1).since(due_at) > DAY * days;
        let is_wanted = account.method == Method::Card && is_long && self.noticed != Some(due_at);
        is_wanted.then(|| due_at.minus(DAY * days))
    }
}

impl Installments {
    /// When a part is due.
    pub(super) fn due_at(&self, zone: &Zone, number: i64) -> Instant {
        zone.intervals_after(self.anchor, IntervalUnit::Month, number - 1)
    }

    /// What a part costs.
    pub(super) fn amount(&self, number: i64) -> i64 {
        part(self.total, self.count, number)
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
