//! What was charged, and what is owed.

use super::time;
use crate::api::offers::{Interval, Price};
use crate::api::order::pay::PayBody;
use crate::api::words;
use portal::billing;
use portal::billing::Invoice;
use portal::sales::{WholeCharge, WholeSubscription};
use portal::time::format_instant;
use serde::Serialize;
use types::{Currency, DeclineReason, Money};
use utoipa::ToSchema;

/// One charge.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ChargeAnswer {
    /// The gateway's name of it.
    reference: String,
    /// Amount.
    amount: Price,
    /// Where it stands.
    #[schema(schema_with = words::charge_status)]
    status: &'static str,
    /// The method.
    #[schema(schema_with = words::method)]
    method: &'static str,
    /// In how many instalments it is billed.
    installments: i64,
    /// When it was made.
    created_at: String,
    /// When it was paid.
    paid_at: Option<String>,
    /// Which instalment it is, where its source says so.
    installment: Option<i64>,
    /// Why it failed, where its source says so.
    decline: Option<&'static str>,
    /// What its source gave back of it by itself, beside refunds asked for here; minor units.
    given_back: i64,
    /// How it can be paid, while it waits.
    pay: Option<PayBody>,
}

/// A subscription.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct SubscriptionAnswer {
    /// Where it stands.
    #[schema(schema_with = words::subscription_status)]
    status: &'static str,
    /// Name of the plan.
    plan: String,
    /// Price of a cycle.
    price: Price,
    /// Length of a cycle.
    interval: Interval,
    /// Start of the paid period.
    period_start: String,
    /// End of the paid period.
    period_end: String,
    /// When the next charge is due.
    next_charge_at: Option<String>,
    /// When it was cancelled.
    canceled_at: Option<String>,
}

/// What one cycle or instalment owes.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct InvoiceAnswer {
    /// 1 is the first of its order.
    number: i64,
    /// Where it stands.
    #[schema(schema_with = words::invoice_state)]
    state: &'static str,
    /// What is owed; a discount is taken off already.
    amount: Price,
    /// What was taken off, minor units.
    discount: i64,
    /// When it is due.
    due_at: String,
    /// Start of what it pays for.
    period_start: String,
    /// End of what it pays for.
    period_end: String,
    /// How often it was tried.
    tries: i64,
    /// When it is tried next.
    next_try_at: Option<String>,
    /// Why the last try failed: `insufficient_funds`, `expired_card`, `expired` (a boleto or Pix that was not paid in
    /// time) …
    failure: Option<&'static str>,
    /// When it was paid.
    paid_at: Option<String>,
}

impl From<WholeCharge> for ChargeAnswer {
    fn from(charge: WholeCharge) -> Self {
        Self {
            reference: charge.reference,
            amount: charge.amount.into(),
            status: charge.status.as_str(),
            method: charge.method.as_str(),
            installments: charge.installments,
            created_at: format_instant(charge.created_at),
            paid_at: time(charge.paid_at),
            installment: charge.installment,
            decline: charge.decline.map(DeclineReason::as_str),
            given_back: charge.given_back,
            pay: PayBody::of(charge.status, charge.method, charge.payment_url, charge.payment_code),
        }
    }
}

impl SubscriptionAnswer {
    pub(super) fn new(subscription: WholeSubscription, currency: Currency) -> Self {
        Self {
            status: subscription.status.as_str(),
            plan: subscription.plan,
            price: Money::new(subscription.amount, currency).into(),
            interval: subscription.interval.into(),
            period_start: format_instant(subscription.period_start),
            period_end: format_instant(subscription.period_end),
            next_charge_at: time(subscription.next_charge_at),
            canceled_at: time(subscription.canceled_at),
        }
    }
}

impl From<Invoice> for InvoiceAnswer {
    fn from(invoice: Invoice) -> Self {
        let paid_at = match invoice.state {
            billing::State::Paid { at, .. } => Some(format_instant(at)),
            _ => None,
        };
        Self {
            number: invoice.number,
            state: invoice.state.name().as_str(),
            amount: invoice.amount.into(),
            discount: invoice.discount,
            due_at: format_instant(invoice.due_at),
            period_start: format_instant(invoice.period_start),
            period_end: format_instant(invoice.period_end),
            tries: invoice.tries,
            next_try_at: time(invoice.next_try_at()),
            failure: invoice.failure.map(DeclineReason::as_str),
            paid_at,
        }
    }
}
