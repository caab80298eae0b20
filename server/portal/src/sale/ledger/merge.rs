//! Last writer wins, by version: which report of the buyer and payment, of a charge, of the subscription is kept. Items
//! have their own rules (`items.rs`).

use super::new_order::{Card, NewCharge, NewOrder, NewSubscription, Version};
use types::{
    ChargeId, ChargeStatus, Currency, Email, Instant, Line, Method, OrderId, OrderStatus, PersonId, PostalAddress,
    SaleDetails, SubscriptionStatus,
};

/// Buyer and payment of an order, as reported once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Header {
    pub version: Version,
    pub email: Email,
    pub buyer_name: String,
    pub tax_id: Option<String>,
    pub phone: Option<String>,
    pub address: PostalAddress,
    pub details: SaleDetails,
    pub method: Method,
    pub card: Option<Card>,
    pub gateway: String,
}

/// An order on file, locked.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub id: OrderId,
    pub status: OrderStatus,
    pub person: PersonId,
    pub ordered_at: Instant,
    pub header: Header,
}

/// A charge on file.
#[derive(Clone, Debug)]
pub(super) struct KeptCharge {
    pub id: ChargeId,
    pub gateway: String,
    pub charge: NewCharge,
    pub currency: Currency,
    /// Whether it came for what was over, and goes back: nothing follows from it.
    pub goes_back: bool,
    /// Whether its source gave some of it back by itself.
    pub is_partly_back: bool,
}

/// The subscription on file, as its source reports it.
#[derive(Clone, Debug)]
pub(super) struct KeptSubscription {
    pub subscription: NewSubscription,
    pub version: Version,
}

impl Header {
    pub(super) fn of(order: &NewOrder) -> Self {
        Self {
            version: order.version,
            email: order.buyer.email.clone(),
            buyer_name: order.buyer.name.to_string(),
            tax_id: order.buyer.tax_id.as_ref().map(ToString::to_string),
            phone: order.buyer.phone.as_ref().map(ToString::to_string),
            address: order.buyer.address.clone(),
            details: order.details.clone(),
            method: order.payment.method,
            card: order.payment.card.clone(),
            gateway: order.gateway.to_string(),
        }
    }
}

/// The later report about a charge counts; of two with the same time the one with the more final status (see
/// [`OrderStatus`]), then their content decides.
pub(super) fn charge_weight(
    charge: &NewCharge,
) -> (Instant, ChargeStatus, i64, Option<Instant>, Option<&str>, Option<&str>) {
    let (code, url) = (charge.payment_code.as_deref(), charge.payment_url.as_deref());
    (charge.changed_at, charge.status, charge.amount, charge.paid_at, code, url)
}

/// What decides about a subscription: rank, then for charges the period they pay for, then time, then the more final
/// status, then the content.
type SubscriptionWeight<'a> = (
    bool,
    Option<Instant>,
    Version,
    SubscriptionStatus,
    Instant,
    i64,
    Option<&'a str>,
    Option<Instant>,
    Option<Instant>,
);

/// A report about the subscription itself outranks every report that came with a charge. Among charges the one that
/// pays for the latest period counts, because an older charge may be changed again later.
pub(super) fn subscription_weight(new: &NewSubscription, version: Version) -> SubscriptionWeight<'_> {
    let ranks = version.is_of_subscription();
    let period = (!ranks).then_some(new.period_end);
    (
        ranks,
        period,
        version,
        new.status,
        new.period_end,
        new.amount,
        new.plan.as_ref().map(Line::as_str),
        new.next_charge_at,
        new.canceled_at,
    )
}
