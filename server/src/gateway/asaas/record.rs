//! A subscription and its payments as Asaas has them, in the words of the port. Asaas counts in days, those of
//! Brasília: a period begins and ends with one.

use super::failure::Failure;
use super::http::id;
use super::payment::{is_disputed, is_paid};
use super::period::{self, Period};
use super::wire::{List, Payment, Subscription};
use super::{Asaas, amount, day};
use portal::ports::{RecordedCharge, SubscriptionRecord};
use types::{ChargeStatus, Currency, Instant, Method, Money, SubscriptionStatus};

/// How many payments are read, the newest first: as many as Asaas lists at once.
const PAYMENTS: &str = "100";

impl Asaas {
    pub(super) async fn record(&self, reference: &str) -> Result<Option<SubscriptionRecord>, Failure> {
        let subscription = match self.subscription(id(reference)?).await {
            Err(failure) if failure.is_missing() => return Ok(None),
            found => found?,
        };
        let found = self.payments_of(reference, None).await?;
        let unreadable = || Failure::NotDone(format!("the subscription {reference} cannot be read"));
        let mut record = read(&subscription, &found, self.clock.now()).ok_or_else(unreadable)?;
        let payments: Vec<&Payment> = found.data.iter().collect();
        for charge in record.charges.iter_mut().filter(|charge| charge.status == ChargeStatus::Pending) {
            let of = payments.iter().find(|payment| payment.id == charge.reference);
            if let Some(payment) = of.filter(|payment| payment.is_slip()) {
                charge.payment_code = self.code_now(payment).await?;
            }
            charge.payment_url = charge.payment_url.take().filter(|page| self.may_lead_to(page));
        }
        Ok(Some(record))
    }

    /// What it is paid with; none where Asaas says that it is not paid so any more.
    async fn code_now(&self, payment: &Payment) -> Result<Option<String>, Failure> {
        match self.code(payment).await {
            Err(Failure::Said(_)) => Ok(None),
            found => found.map(Some),
        }
    }

    pub(super) async fn subscription(&self, reference: &str) -> Result<Subscription, Failure> {
        self.get(&format!("/subscriptions/{}", id(reference)?), &[]).await
    }

    /// Its payments, or those of them that stand so. Removed ones are not among them.
    pub(super) async fn payments_of(&self, reference: &str, status: Option<&str>) -> Result<List<Payment>, Failure> {
        let mut words = vec![("subscription", reference), ("limit", PAYMENTS)];
        words.extend(status.map(|status| ("status", status)));
        let mut found: List<Payment> = self.get("/payments", &words).await?;
        found.data.retain(|payment| !payment.deleted);
        Ok(found)
    }
}

/// What is paid ends with the day on which something fell due that is owed.
fn paid_period(status: SubscriptionStatus, period: Period, payments: &[Payment]) -> Period {
    let due = |payment: &Payment| payment.due().and_then(day::parse);
    let owed = payments.iter().filter(|payment| payment.status == "OVERDUE").filter_map(due).min();
    let Some(end) = owed.filter(|_| status == SubscriptionStatus::PastDue) else { return period };
    let start = payments.iter().filter_map(due).filter(|day| *day < end).max().unwrap_or(end);
    Period { start, end, ..period }
}

/// None where it is of a shape that we do not know.
pub(super) fn read(subscription: &Subscription, found: &List<Payment>, now: Instant) -> Option<SubscriptionRecord> {
    let period = period::of(subscription, &found.data, day::of(now)?)?;
    let mut charges: Vec<(&str, RecordedCharge)> = Vec::new();
    for payment in found.data.iter().filter(|payment| is_told(payment)) {
        charges.push((payment.due()?, charge(payment)?));
    }
    charges.sort_by_key(|(due, _)| *due);
    let status = status(subscription, &found.data, period, now)?;
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let period = paid_period(status, period, &found.data);
    let period_end = day::start_of(period.end)?;
    Some(SubscriptionRecord {
        status,
        price: Money::new(amount::of_asaas(&subscription.value)?, Currency::BRL),
        interval: period::interval(&subscription.cycle)?,
        period_start: day::start_of(period.start)?,
        period_end,
        next_charge_at: goes_on.then_some(period_end),
        canceled_at: None,
        charges: charges.into_iter().map(|(_, charge)| charge).collect(),
        has_all_charges: found.has_more == Some(false),
    })
}

fn status(of: &Subscription, payments: &[Payment], period: Period, now: Instant) -> Option<SubscriptionStatus> {
    let is_running = day::start_of(period.end)? > now;
    let ends = match of.end_date.as_deref() {
        Some(last) => day::end_of(last)? < day::start_of(period.end)?,
        None => false,
    };
    Some(match of.status.as_str() {
        _ if of.is_over() => SubscriptionStatus::Ended,
        "INACTIVE" if is_running => SubscriptionStatus::Ending,
        "INACTIVE" => SubscriptionStatus::Ended,
        "ACTIVE" if ends => SubscriptionStatus::Ending,
        "ACTIVE" if payments.iter().any(|payment| payment.status == "OVERDUE") => SubscriptionStatus::PastDue,
        "ACTIVE" if period.is_trial => SubscriptionStatus::Trialing,
        "ACTIVE" => SubscriptionStatus::Active,
        _ => return None,
    })
}

/// Whether it was charged, or waits for the buyer: a card that falls due is charged by Asaas, and nobody has anything
/// to do until the bank declined it.
fn is_told(payment: &Payment) -> bool {
    is_paid(payment) || payment.status == "OVERDUE" || payment.billing_type != "CREDIT_CARD"
}

fn charge(payment: &Payment) -> Option<RecordedCharge> {
    let status = match payment.status.as_str() {
        "REFUNDED" => ChargeStatus::Refunded,
        _ if is_disputed(payment) => ChargeStatus::Disputed,
        _ if is_paid(payment) => ChargeStatus::Paid,
        _ => ChargeStatus::Pending,
    };
    let is_open = status == ChargeStatus::Pending;
    let paid_on = [&payment.confirmed_date, &payment.client_payment_date, &payment.payment_date];
    let paid_on = paid_on.into_iter().flatten().next();
    Some(RecordedCharge {
        reference: payment.id.clone(),
        amount: Money::new(amount::of_asaas(&payment.value)?, Currency::BRL),
        status,
        method: match payment.billing_type.as_str() {
            "BOLETO" => Method::Boleto,
            "PIX" => Method::Pix,
            "CREDIT_CARD" | "DEBIT_CARD" => Method::Card,
            _ => Method::Other,
        },
        created_at: day::read(payment.date_created.as_deref()?)?,
        paid_at: match paid_on.filter(|_| !is_open) {
            Some(paid_on) => Some(day::read(paid_on)?),
            None => None,
        },
        payment_code: None,
        payment_url: payment.invoice_url.clone().filter(|_| is_open),
    })
}

#[cfg(test)]
mod tests;
