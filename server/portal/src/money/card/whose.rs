//! Whose order it is, and what may be done with its card.

use super::store;
use crate::db::{Conn, Error};
use crate::order::OrderRecord;
use crate::policy::PaymentPolicy;
use crate::{Buyer, Portal};
use types::view::{CardPlace, CardRefusal, OtherPlan};
use types::{CardUpdateId, Method, OrderId, OrderKind, OrderStatus, SubscriptionStatus};

/// Why something about a card was not done.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// No such order of this buyer.
    #[error("no such order")]
    NotFound,
    /// Not with this order.
    #[error("not with this order")]
    Refused(CardRefusal),
    /// This way to pay cannot be chosen here.
    #[error("this way to pay cannot be chosen here")]
    NoSuchMethod,
    /// The form's number was used for something else.
    #[error("this form was used for another request")]
    OtherRequest,
    /// The gateway did not answer.
    #[error("the gateway did not answer: {0}")]
    Unavailable(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// An order and what decides about its card.
pub(super) struct Subject {
    pub(super) place: CardPlace,
    pub(super) order: OrderRecord,
    pub(super) policy: PaymentPolicy,
}

/// The buyer's own order at this place; none when it is absent or somebody else's.
pub(super) async fn subject(buyer: &Buyer, conn: Conn<'_>, place: &CardPlace) -> Result<Option<Subject>, Error> {
    let order = match place {
        CardPlace::Subscription(id) => OrderRecord::of_subscription(conn, buyer.person(), *id).await?,
        CardPlace::Order(handle) => OrderRecord::of_buyer(conn, buyer.person(), handle).await?,
    };
    let Some(order) = order else { return Ok(None) };
    let policy = order.policy()?.payment;
    // An order with a subscription has its page there, whatever way led to it.
    let of_plan = order.subscription.as_ref().map(|plan| CardPlace::Subscription(plan.id));
    let place = of_plan.unwrap_or_else(|| place.clone());
    Ok(Some(Subject { place, order, policy }))
}

/// Other plans of the same buyer, producer and gateway that may use the card that an update brought: those whose own
/// card could be changed, and those that use it already.
pub(super) async fn others(
    buyer: &Buyer,
    conn: Conn<'_>,
    id: CardUpdateId,
) -> Result<Vec<(OrderId, OtherPlan)>, Error> {
    let mut conn = conn;
    let mut may = Vec::new();
    for (order, plan) in store::others(conn.again(), id).await? {
        let subject = subject(buyer, conn.again(), &CardPlace::Subscription(plan.id)).await?;
        let is_refused = subject.is_none_or(|subject| subject.refusal(buyer.portal()).is_some());
        if plan.is_changed || !is_refused {
            may.push((order, plan));
        }
    }
    Ok(may)
}

/// Whether another card can be entered for this order.
pub(crate) fn is_changeable(portal: &Portal, order: OrderRecord) -> Result<bool, Error> {
    Ok(Subject::of_order(order)?.refusal(portal).is_none())
}

/// Where the card of an order is changed.
pub(super) fn place_of(order: &OrderRecord) -> CardPlace {
    let plan = order.subscription.as_ref();
    plan.map_or_else(|| CardPlace::Order(order.handle()), |plan| CardPlace::Subscription(plan.id))
}

impl Subject {
    /// An order that a job is about.
    pub(super) fn of_order(order: OrderRecord) -> Result<Self, Error> {
        let policy = order.policy()?.payment;
        Ok(Self { place: place_of(&order), order, policy })
    }

    /// Why no other card can be entered; none when one can.
    pub(super) fn refusal(&self, portal: &Portal) -> Option<CardRefusal> {
        let kind = match self.order.kind {
            OrderKind::OneOff if self.order.paid_at.is_none() => Some(CardRefusal::NotPaid),
            OrderKind::OneOff => Some(CardRefusal::OneOff),
            OrderKind::SlipInstallments => Some(CardRefusal::SlipInstallments),
            OrderKind::Subscription | OrderKind::SmartInstallments => None,
        };
        let disputed = || (self.order.status == OrderStatus::Disputed).then_some(CardRefusal::Disputed);
        let is_over = || self.is_over().then_some(CardRefusal::Ended);
        let gateway = || (!self.order.takes_cards(portal)).then_some(CardRefusal::Gateway);
        let policy = || (!self.policy.card_swap).then_some(CardRefusal::Policy);
        kind.or_else(disputed).or_else(is_over).or_else(gateway).or_else(policy)
    }

    /// Ways without a card to which it may be changed.
    pub(super) fn methods(&self, portal: &Portal) -> Vec<Method> {
        let may = self.order.kind == OrderKind::Subscription
            && self.order.subscription.is_some()
            && self.policy.method_change
            && !self.is_over()
            && self.order.is_billed_here(portal);
        let ways = [Method::Pix, Method::Boleto].into_iter();
        if may { ways.filter(|way| *way != self.order.payment.method).collect() } else { Vec::new() }
    }

    fn is_over(&self) -> bool {
        let has_ended = self.order.subscription.as_ref().is_some_and(|plan| plan.status == SubscriptionStatus::Ended);
        has_ended || matches!(self.order.status, OrderStatus::Refunded | OrderStatus::Canceled | OrderStatus::Disputed)
    }
}
