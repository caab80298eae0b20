//! One order, whole: charges, refunds, and where access stands.

mod access;
mod charge;
mod refund;

pub(in crate::api) use self::access::{AccessAnswer, DeliveryAnswer};
pub(in crate::api) use self::charge::{ChargeAnswer, InvoiceAnswer, SubscriptionAnswer};
pub(in crate::api) use self::refund::RefundAnswer;

use super::details::{AddressBody, DetailsBody};
use super::list::OrderSummary;
use super::parts::CardBody;
use crate::api::offers::Price;
use crate::api::problem::{Problem, Refused};
use crate::api::request::{Caller, Named};
use crate::api::words;
use axum::Json;
use axum::extract::State;
use portal::sales::{WholeItem, WholeOrder};
use portal::time::format_instant;
use portal::{Portal, sales};
use serde::Serialize;
use types::{Currency, Instant, Money};
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
    /// Where the buyer lives; absent when it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<AddressBody>,
    /// What the sale says beside its items; absent when it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<DetailsBody>,
    /// The method.
    #[schema(schema_with = words::method)]
    method: &'static str,
    /// The card.
    card: Option<CardBody>,
    /// The version that stands, of an order that was sent by `PUT`.
    version: Option<i64>,
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

/// Look at an order.
#[utoipa::path(
    get, path = "/api/v1/orders/{code}", tag = "orders",
    security(("key" = [])), params(("code" = String, Path, description = "Your code")),
    responses(
        (status = 200, body = OrderAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
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
    pub(super) fn new(portal: &Portal, whole: WholeOrder) -> Self {
        let currency = whole.order.total.currency;
        Self {
            order: OrderSummary::new(portal, whole.order),
            tax_id: whole.tax_id,
            phone: whole.phone,
            address: AddressBody::of(whole.address),
            details: DetailsBody::of(whole.details),
            method: whole.method.as_str(),
            card: whole.card.map(|(brand, last4, exp_month, exp_year)| CardBody { brand, last4, exp_month, exp_year }),
            version: whole.version,
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
