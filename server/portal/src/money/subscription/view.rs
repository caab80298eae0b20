//! A subscription as its buyer sees it.

use super::case::SubscriptionCase;
use super::retention::view_of_taken;
use crate::db::Error;
use crate::order::OrderRecord;
use crate::policy::Policy;
use crate::{Buyer, Portal, Producer, billing};
use types::view::{CancellationView, NextCharge, OverdueView, SubscriptionAction, SubscriptionPage};
use types::{SubscriptionId, SubscriptionStatus};

/// The buyer's own subscription. Absent and somebody else's are the same `None`.
pub(crate) async fn for_buyer(
    buyer: &Buyer,
    id: SubscriptionId,
) -> Result<Option<SubscriptionPage<OrderRecord>>, Error> {
    let portal = buyer.portal();
    let case = SubscriptionCase::of_buyer(portal, portal.db.read().await?.conn(), buyer.person(), id).await?;
    match case {
        Some(case) => page_of(portal, case).await.map(Some),
        None => Ok(None),
    }
}

/// The newest subscription that a producer sold, as its buyer would see it under this policy. None when it sold none.
pub(crate) async fn under(
    producer: &Producer,
    policy: &Policy,
) -> Result<Option<SubscriptionPage<OrderRecord>>, Error> {
    let portal = producer.portal();
    let reading =
        SubscriptionCase::under(portal, portal.db.read().await?.conn(), producer.id(), policy.clone()).await?;
    match reading {
        Some(case) => page_of(portal, case).await.map(Some),
        None => Ok(None),
    }
}

async fn page_of(portal: &Portal, case: SubscriptionCase) -> Result<SubscriptionPage<OrderRecord>, Error> {
    let now = portal.now();
    let is_by_seller = case.cancellation.as_ref().is_some_and(|(row, _)| row.is_by_seller);
    let cancellation = case.cancellation_view(now).map(|known| CancellationView {
        // What the producer decided, only the producer takes back.
        can_undo: known.can_undo && !is_by_seller,
        ..known
    });
    let actions = [SubscriptionAction::Card, SubscriptionAction::Plan, SubscriptionAction::Cancel];
    Ok(SubscriptionPage {
        next: next(&case),
        overdue: overdue(portal, &case).await?,
        cancellation,
        retention: case.retention.as_ref().map(|row| view_of_taken(row, &case.plan)).transpose()?,
        actions: actions.map(|action| (action, case.refusal(action))).into(),
        plan: case.plan,
        order: case.order,
    })
}

/// The next charge: of the plan that begins with it, less what was promised.
fn next(case: &SubscriptionCase) -> Option<NextCharge> {
    let is_ahead = case.plan.status != SubscriptionStatus::PastDue;
    let at = case.plan.next_charge_at.filter(|_| is_ahead)?;
    Some(NextCharge { at, amount: case.plan.next_amount(), percent: case.plan.discount })
}

/// What is owed: by its invoice, or, where a source bills, by what it says of the plan.
pub(super) async fn overdue(portal: &Portal, case: &SubscriptionCase) -> Result<Option<OverdueView>, Error> {
    if case.plan.status != SubscriptionStatus::PastDue {
        return Ok(None);
    }
    let owed = billing::overdue_of(portal.db.read().await?.conn(), case.order.id).await?;
    let by_plan = OverdueView {
        // A source may name the next day of a charge that is overdue: nothing is overdue since then.
        since: case.plan.next_charge_at.filter(|at| *at <= portal.now()),
        amount: case.plan.price,
        method: case.order.payment.method,
        reason: None,
        retries: Vec::new(),
        access_stops: None,
    };
    Ok(Some(owed.unwrap_or(by_plan)))
}
