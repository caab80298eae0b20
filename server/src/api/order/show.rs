//! One order, whole: charges, refunds, and where access stands.

use super::list::OrderSummary;
use super::place::CardBody;
use crate::api::offers::{Interval, Price};
use crate::api::problem::{Problem, Refused};
use crate::api::request::{Caller, Named};
use crate::api::words;
use axum::Json;
use axum::extract::State;
use portal::Portal;
use portal::billing::{self, Invoice};
use portal::sales::{
    self, WholeCharge, WholeDelivery, WholeItem, WholeOrder, WholeRefund, WholeRefundPart, WholeSubscription,
};
use portal::time::format_instant;
use serde::Serialize;
use types::view::AccessView;
use types::{Currency, DeclineReason, Instant, Money};
use utoipa::ToSchema;

/// One order.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OrderAnswer {
    /// What a list shows of it.
    #[serde(flatten)]
    order: OrderSummary,
    /// CPF, CNPJ or the like.
    tax_id: Option<String>,
    /// Phone number.
    phone: Option<String>,
    /// The method.
    #[schema(schema_with = words::method)]
    method: &'static str,
    /// The card.
    card: Option<CardBody>,
    /// The gateway's name.
    gateway: String,
    /// Lines, in order.
    items: Vec<ItemAnswer>,
    /// Charges, newest first.
    charges: Vec<ChargeAnswer>,
    /// The subscription, for that kind of order.
    subscription: Option<SubscriptionAnswer>,
    /// What cycles and instalments owe or owed, oldest first; empty where this portal does not take the charges itself.
    invoices: Vec<InvoiceAnswer>,
    /// Refunds, newest first.
    refunds: Vec<RefundAnswer>,
    /// Calls to the member areas of its products about the buyer, newest first, 20 at most.
    deliveries: Vec<DeliveryAnswer>,
}

/// One line.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ItemAnswer {
    /// Code of the product.
    product: String,
    /// Code of the offer.
    offer: Option<String>,
    /// Name as it was sold.
    name: String,
    /// Amount.
    amount: Price,
    /// Whether it was an order bump.
    bump: bool,
    /// Where access to it stands.
    access: AccessAnswer,
}

/// Where access stands.
#[derive(Default, Serialize, ToSchema)]
pub(in crate::api) struct AccessAnswer {
    /// `not_managed` (no access rule), `none`, `sending`, `delayed`, `confirmed`, `ending` (being taken away),
    /// `removed`.
    #[schema(example = "confirmed")]
    state: &'static str,
    /// When the member area confirmed it, or was last tried.
    at: Option<String>,
    /// Until when it lasts.
    until: Option<String>,
    /// Where the content is.
    content_url: Option<String>,
}

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

/// One refund.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RefundAnswer {
    /// Receipt number.
    protocol: String,
    /// Where it stands.
    #[schema(schema_with = words::refund_state)]
    state: &'static str,
    /// Amount.
    amount: Price,
    /// When it was asked for.
    requested_at: String,
    /// When the gateway took it.
    sent_at: Option<String>,
    /// When it ended.
    ended_at: Option<String>,
    /// The gateway's reason, when it failed.
    failure: Option<String>,
    /// What of it goes back by each charge, in the order in which they are sent.
    parts: Vec<RefundPartAnswer>,
}

/// What of a refund goes back by one charge.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RefundPartAnswer {
    /// The gateway's name of the charge.
    charge: String,
    /// Amount.
    amount: Price,
    /// Where it stands.
    #[schema(schema_with = words::refund_part_state)]
    state: &'static str,
    /// The gateway's reason, when it failed.
    failure: Option<String>,
}

/// One call to a member area.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeliveryAnswer {
    /// Code of the member area.
    member_area: String,
    /// `grant` or `revoke`.
    action: &'static str,
    /// `sending`, `confirmed`, `refused`, `dead`, `superseded`.
    state: &'static str,
    /// Number of attempts so far.
    attempts: i64,
    /// When it was first due.
    created_at: String,
    /// When it ended.
    ended_at: Option<String>,
    /// HTTP status of the last attempt.
    last_status: Option<i64>,
    /// What went wrong on the way at the last attempt.
    last_error: Option<String>,
}

/// Look at an order.
#[utoipa::path(
    get, path = "/api/v1/orders/{code}", tag = "orders", security(("key" = [])), params(("code" = String, Path, description = "Your code")),
    responses((status = 200, body = OrderAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(in crate::api) async fn get(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
) -> Result<Json<OrderAnswer>, Refused> {
    let order = sales::find(&portal, &producer, &code).await?.ok_or(Refused::NotFound)?;
    Ok(Json(OrderAnswer::new(&portal, order)))
}

fn time(at: Option<Instant>) -> Option<String> {
    at.map(format_instant)
}

impl OrderAnswer {
    fn new(portal: &Portal, whole: WholeOrder) -> Self {
        let currency = whole.order.total.currency;
        Self {
            order: OrderSummary::new(portal, whole.order),
            tax_id: whole.tax_id,
            phone: whole.phone,
            method: whole.method.as_str(),
            card: whole.card.map(|(brand, last4, exp_month, exp_year)| CardBody { brand, last4, exp_month, exp_year }),
            gateway: whole.gateway,
            items: whole.items.into_iter().map(|item| ItemAnswer::new(item, currency)).collect(),
            charges: whole.charges.into_iter().map(ChargeAnswer::from).collect(),
            subscription: whole.subscription.map(|subscription| SubscriptionAnswer::new(subscription, currency)),
            invoices: whole.invoices.into_iter().map(InvoiceAnswer::from).collect(),
            refunds: whole.refunds.into_iter().map(RefundAnswer::from).collect(),
            deliveries: whole.deliveries.into_iter().map(DeliveryAnswer::from).collect(),
        }
    }
}

impl ItemAnswer {
    fn new(item: WholeItem, currency: Currency) -> Self {
        let WholeItem { product, offer, name, amount, is_bump, access, .. } = item;
        Self { product, offer, name, amount: Money::new(amount, currency).into(), bump: is_bump, access: access.into() }
    }
}

impl From<AccessView> for AccessAnswer {
    fn from(view: AccessView) -> Self {
        let plain = |state| Self { state, ..Self::default() };
        match view {
            AccessView::NotManaged => plain("not_managed"),
            AccessView::None => plain("none"),
            AccessView::Sending => plain("sending"),
            AccessView::Ending => plain("ending"),
            AccessView::Delayed { since } => Self { at: Some(format_instant(since)), ..plain("delayed") },
            AccessView::Removed { at } => Self { at: Some(format_instant(at)), ..plain("removed") },
            AccessView::Confirmed { at, until, content_url } => {
                Self { state: "confirmed", at: Some(format_instant(at)), until: time(until), content_url }
            }
        }
    }
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
        }
    }
}

impl SubscriptionAnswer {
    fn new(subscription: WholeSubscription, currency: Currency) -> Self {
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
            state: invoice.word().as_str(),
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

impl From<WholeRefund> for RefundAnswer {
    fn from(refund: WholeRefund) -> Self {
        Self {
            protocol: refund.protocol,
            state: refund.state.as_str(),
            amount: refund.amount.into(),
            requested_at: format_instant(refund.requested_at),
            sent_at: time(refund.sent_at),
            ended_at: time(refund.ended_at),
            failure: refund.failure,
            parts: refund.parts.into_iter().map(RefundPartAnswer::from).collect(),
        }
    }
}

impl From<WholeRefundPart> for RefundPartAnswer {
    fn from(part: WholeRefundPart) -> Self {
        Self { charge: part.charge, amount: part.amount.into(), state: part.state.as_str(), failure: part.failure }
    }
}

impl From<WholeDelivery> for DeliveryAnswer {
    fn from(delivery: WholeDelivery) -> Self {
        Self {
            member_area: delivery.member_area,
            action: if delivery.is_revocation { "revoke" } else { "grant" },
            state: delivery.state.as_str(),
            attempts: delivery.attempts,
            created_at: format_instant(delivery.created_at),
            ended_at: time(delivery.ended_at),
            last_status: delivery.last_status,
            last_error: delivery.last_error,
        }
    }
}
