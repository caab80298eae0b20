//! A subscription as its buyer sees it.

use super::held::Held;
use super::retention::view_of_taken;
use crate::billing;
use crate::db::Error;
use crate::order::OrderRecord;
use crate::{Buyer, Portal};
use types::view::{CancellationView, NextCharge, OverdueView, SubscriptionAction, SubscriptionPage};
use types::{Instant, Protocol, SubscriptionId, SubscriptionStatus};

/// The buyer's own subscription. Absent and somebody else's are the same `None`.
pub(crate) async fn for_buyer(
    buyer: &Buyer,
    id: SubscriptionId,
) -> Result<Option<SubscriptionPage<OrderRecord>>, Error> {
    let portal = buyer.portal();
    let held = Held::of_buyer(portal, portal.db.read().await?.conn(), buyer.person(), id).await?;
    match held {
        Some(held) => page_of(portal, held).await.map(Some),
        None => Ok(None),
    }
}

async fn page_of(portal: &Portal, held: Held) -> Result<SubscriptionPage<OrderRecord>, Error> {
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
        next: next(&held),
        overdue: overdue(portal, &held).await?,
        cancellation,
        retention: held.retention.as_ref().map(|row| view_of_taken(row, &held.plan)).transpose()?,
        actions: actions.map(|action| (action, held.refusal(action))).into(),
        plan: held.plan,
        order: held.order,
    })
}

/// The next charge: of the plan that begins with it, less what was promised.
fn next(held: &Held) -> Option<NextCharge> {
    let is_ahead = held.plan.status != SubscriptionStatus::PastDue;
    let at = held.plan.next_charge_at.filter(|_| is_ahead)?;
    Some(NextCharge { at, amount: held.plan.next_amount(), percent: held.plan.discount })
}

/// What is owed: by its invoice, or, where a source bills, by what it says of the plan.
pub(super) async fn overdue(portal: &Portal, held: &Held) -> Result<Option<OverdueView>, Error> {
    if held.plan.status != SubscriptionStatus::PastDue {
        return Ok(None);
    }
    let owed = billing::overdue_of(portal.db.read().await?.conn(), held.order.id).await?;
    let by_plan = OverdueView {
        since: held.plan.next_charge_at,
        amount: held.plan.price,
        reason: None,
        retries: Vec::new(),
        access_stops: None,
    };
    Ok(Some(owed.unwrap_or(by_plan)))
}
