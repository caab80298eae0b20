//! Whose orders links are made for in bulk: a filter, and a walk through the orders that it fits. Only what was paid
//! for, of buyers who can be written to, of this producer.

use super::make::order_address;
use super::store::{self, OrderRow};
use crate::Producer;
use crate::db::Error;
use types::{Code, Email, Instant, LinkPlace, OrderKind, OrderStatus, ProductId};

/// How many orders are counted before it is "more than".
pub(super) const COUNTED: i64 = 1_000;

/// Orders of one step of the walk.
pub(super) const STEP: i64 = 500;

/// Steps after which counting stops: a filter that fits few of very many orders is not counted to its end.
const STEPS: usize = 40;

/// Which orders.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Audience {
    /// With this product.
    pub product: Option<ProductId>,
    /// In this state, of those that were paid for.
    pub status: Option<OrderStatus>,
    /// Of this kind.
    pub kind: Option<OrderKind>,
    /// Ordered at this time or later.
    pub from: Option<Instant>,
    /// Ordered before.
    pub until: Option<Instant>,
}

/// How many orders a filter fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AudienceCount {
    /// As many were found.
    pub orders: i64,
    /// Whether there may be more.
    pub is_at_least: bool,
}

/// An order that links are made for, as a file names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reached {
    /// The producer's code.
    pub code: Code,
    /// Who bought.
    pub buyer_name: String,
    /// The buyer's address.
    pub email: Email,
    /// The buyer's phone number.
    pub phone: Option<String>,
    /// Name of the first product.
    pub product: String,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// The order's own link to the place.
    pub url: String,
}

/// The place behind an order, by time and code.
pub type Step = (Instant, String);

impl Audience {
    /// Where its walk begins.
    pub(super) fn start(&self) -> Step {
        (self.from.unwrap_or(Instant::from_micros(i64::MIN)), String::new())
    }

    pub(super) fn end(&self) -> Instant {
        self.until.unwrap_or(Instant::from_micros(i64::MAX))
    }

    /// Whether links are made for an order.
    pub(super) fn fits(&self, row: &OrderRow) -> bool {
        let is_paid = matches!(row.status, OrderStatus::Paid | OrderStatus::PartlyRefunded);
        is_paid
            && !row.is_erased
            && !row.email.is_unknown()
            && self.status.is_none_or(|status| row.status == status)
            && self.kind.is_none_or(|kind| row.kind == kind)
            && (self.product.is_none() || row.has_product)
    }
}

/// How many orders the filter fits: exactly up to a thousand, in short statements.
pub async fn count(producer: &Producer, audience: &Audience) -> Result<AudienceCount, Error> {
    let (mut orders, mut after) = (0, audience.start());
    for _ in 0..STEPS {
        let rows = step(producer, audience, &after).await?;
        let is_last = (rows.len() as i64) < STEP;
        orders += rows.iter().filter(|row| audience.fits(row)).count() as i64;
        if orders > COUNTED {
            return Ok(AudienceCount { orders: COUNTED, is_at_least: true });
        }
        let Some(last) = rows.last().filter(|_| !is_last) else {
            return Ok(AudienceCount { orders, is_at_least: false });
        };
        after = last.step();
    }
    Ok(AudienceCount { orders, is_at_least: true })
}

/// The next orders that the filter fits behind a place of the walk, and the place that was reached; none at its end. A
/// step may find nothing and not be the last.
pub async fn audience(
    producer: &Producer,
    audience: &Audience,
    target: LinkPlace,
    after: Option<Step>,
) -> Result<(Vec<Reached>, Option<Step>), Error> {
    let rows = step(producer, audience, &after.unwrap_or_else(|| audience.start())).await?;
    let next = rows.last().filter(|_| rows.len() as i64 == STEP).map(OrderRow::step);
    let portal = producer.portal();
    let reached = |row: OrderRow| Reached {
        url: order_address(portal, &row.order_ref, target),
        code: row.code,
        buyer_name: row.buyer_name,
        email: row.email,
        phone: row.phone,
        product: row.product,
        ordered_at: row.ordered_at,
    };
    Ok((rows.into_iter().filter(|row| audience.fits(row)).map(reached).collect(), next))
}

async fn step(producer: &Producer, audience: &Audience, after: &Step) -> Result<Vec<OrderRow>, Error> {
    let mut reader = producer.portal().db.read().await?;
    store::orders(reader.conn(), producer.id(), audience, after, STEP).await
}

impl OrderRow {
    /// The place behind it.
    pub(super) fn step(&self) -> Step {
        (self.ordered_at, self.code.to_string())
    }
}
