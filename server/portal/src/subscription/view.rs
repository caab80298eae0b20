//! A subscription as its buyer sees it.

use super::held::Held;
use super::retention::{discounted, view_of_taken};
use crate::db::Error;
use crate::order;
use crate::portal::{Buyer, Portal};
use types::view::{CancellationView, NextCharge, OverdueView, SubscriptionAction, SubscriptionPage};
use types::{Instant, Protocol, RetentionKind, SubscriptionId, SubscriptionStatus};

/// The buyer's own subscription. Absent and somebody else's are the same `None`.
pub async fn for_buyer(buyer: &Buyer, id: SubscriptionId) -> Result<Option<SubscriptionPage>, Error> {
    let portal = &buyer.portal;
    let held = Held::of_buyer(portal, portal.db.read().await?.conn(), buyer.person, id).await?;
    match held {
        Some(held) => page_of(portal, &held).await.map(Some),
        None => Ok(None),
    }
}

pub(super) async fn page_of(portal: &Portal, held: &Held) -> Result<SubscriptionPage, Error> {
    let now = portal.now();
    let cancellation = held.cancellation.as_ref().map(|(row, state)| CancellationView {
        protocol: Protocol::on_file(row.protocol.clone()),
        state: state.word(),
        asked_at: Instant::from_micros(row.asked_at),
        effective_at: Instant::from_micros(row.effective_at),
        can_undo: held.can_undo(now),
    });
    let actions = [SubscriptionAction::Card, SubscriptionAction::Plan, SubscriptionAction::Cancel];
    Ok(SubscriptionPage {
        order: order::view_of(portal, &held.order).await?,
        next: next(held),
        overdue: overdue(held),
        cancellation,
        retention: held.retention.as_ref().map(|row| view_of_taken(row, &held.plan)).transpose()?,
        actions: actions.map(|action| (action, held.refusal(action))).into(),
        plan: held.plan.clone(),
    })
}

fn next(held: &Held) -> Option<NextCharge> {
    let at = held.plan.next_charge_at.filter(|_| held.plan.status != SubscriptionStatus::PastDue)?;
    let is_discount = |kind: &str| kind == RetentionKind::Discount.as_str();
    let taken = held.retention.as_ref().filter(|row| is_discount(&row.kind) && row.state != "over");
    let percent = taken.and_then(|row| row.percent);
    Some(NextCharge {
        at,
        amount: percent.map_or(held.plan.price, |percent| discounted(held.plan.price, percent)),
        percent,
    })
}

/// What is known of an overdue charge without its invoice: since when, and how much.
fn overdue(held: &Held) -> Option<OverdueView> {
    (held.plan.status == SubscriptionStatus::PastDue).then(|| OverdueView {
        since: held.plan.next_charge_at,
        amount: held.plan.price,
        reason: None,
        retries: Vec::new(),
        access_stops: None,
    })
}
