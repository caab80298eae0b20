//! Entitlements: what one line of one order gives in a member area, and until when.

use super::due::{Due, due};
use crate::db::{Db, Error};
use crate::ports::AccessTarget;
use crate::time::Zone;
use types::{Instant, ItemId, MemberAreaId, OrderId, PersonId, ProducerId, SubscriptionStatus};

/// One line of an order, seen against one target of one rule.
#[derive(Clone, Debug)]
pub(crate) struct Entitlement {
    pub(crate) order: OrderId,
    pub(crate) item: ItemId,
    pub(crate) area: MemberAreaId,
    pub(crate) target: AccessTarget,
    /// What the line gives now.
    pub(crate) due: Due,
    /// What the area was last told of the target, whichever order it was for.
    pub(crate) told: Option<LastTold>,
    pub(crate) content_url: Option<String>,
}

/// What an area was last told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LastTold {
    pub(crate) is_active: bool,
    pub(crate) until: Option<Instant>,
    pub(crate) at: Instant,
}

/// What is on file of one line of an order, against one target of one rule.
pub(super) struct LineFacts {
    pub(super) order: OrderId,
    pub(super) item: ItemId,
    pub(super) area: MemberAreaId,
    pub(super) target: AccessTarget,
    /// Bought once beside a plan.
    pub(super) is_bump: bool,
    /// Paid for, neither paid back nor the purchase of somebody who was erased.
    pub(super) is_paid: bool,
    /// When it was paid, or ordered.
    pub(super) paid_at: Instant,
    /// An instalment of it was not paid in the end.
    pub(super) is_overdue: bool,
    /// The order's plan, if it has one.
    pub(super) plan: Option<Plan>,
    /// For how many whole days after the payment the product gives access, in the producer's zone; none for ever.
    pub(super) days: Option<(i64, Zone)>,
    /// For how many paid cycles of a plan the product gives access; none for all.
    pub(super) cycles: Option<i64>,
    pub(super) paid_cycles: i64,
    pub(super) told: Option<LastTold>,
    pub(super) content_url: Option<String>,
}

/// The plan that an order is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) status: SubscriptionStatus,
    pub(super) period_end: Instant,
    /// Until when its open invoice is tried again.
    pub(super) grace_until: Option<Instant>,
}

/// Every line of this person's orders with this producer, against every target it could give.
pub(crate) async fn entitlements(
    db: &Db,
    producer: ProducerId,
    person: PersonId,
    now: Instant,
) -> Result<Vec<Entitlement>, Error> {
    let facts = super::store::entitlements(db, producer, person).await?;
    Ok(facts.into_iter().map(|facts| Entitlement::of(facts, now)).collect())
}

impl Entitlement {
    fn of(facts: LineFacts, now: Instant) -> Self {
        let due = due(&facts, now);
        let LineFacts { order, item, area, target, told, content_url, .. } = facts;
        Self { order, item, area, target, due, told, content_url }
    }
}
