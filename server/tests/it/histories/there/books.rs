//! A gateway's books against ours: the same money, the same subscription, and access that follows from both.

use super::There;
use super::life::Life;
use crate::harness::vendor::Vendor;
use portal::on;
use types::SubscriptionStatus;

/// What was taken and did not go back, by refunds of ours or by the producer's.
const KEPT: &str = "select cast(coalesce(sum(case
        when c.status in ('paid', 'disputed') then c.amount - c.given_back - coalesce((select sum(p.amount)
            from refund_parts p where p.charge_id = c.id and p.state in ('sent', 'settled')), 0)
        else 0 end), 0) as bigint)
    from charges c join orders o on o.id = c.order_id
    where o.code = $1";
const STANDS: &str = "select s.status, o.status, case when t.refused is null then 'told' else 'by hand' end
    from orders o left join subscriptions s on s.order_id = o.id
        left join subscription_tellings t on t.subscription_id = s.id
    where o.code = $1";

pub(super) async fn check<V: Vendor>(there: &There<V>, life: &Life) {
    let name = || format!("{} on {}: {:#?}", life.bought.code, there.world.engine, life.script);
    let kept = kept(there, life).await;
    assert_eq!(kept, there.vendor.kept(&life.bought), "kept in our books and in the gateway's: {}", name());
    let (here, order, telling) = stands(there, life).await;
    let access = there.world.area.access_of(&life.bought.who);
    if order == "refunded" || here.as_deref() == Some("ended") {
        assert!(access.is_empty(), "access to what is over: {}", name());
    }
    // What the gateway refused, the producer was asked to do there by hand.
    if let (Some(here), "told") = (here, &*telling) {
        let at_gateway = there.vendor.stands(&life.bought);
        assert!(are_alike(&here, at_gateway), "{here} here and {at_gateway} there: {}", name());
    }
}

/// What ends is over here with its period, whatever the gateway calls it then.
fn are_alike(here: &str, there: SubscriptionStatus) -> bool {
    here == there.as_str() || (here == "ended" && there == SubscriptionStatus::Ending)
}

async fn kept<V: Vendor>(there: &There<V>, life: &Life) -> i64 {
    let (sum,): (i64,) = on!(there.world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(KEPT).bind(&life.bought.code).fetch_one(c).await.unwrap()
    });
    sum
}

/// Where its plan and the order stand, and whether the gateway took what it was told.
async fn stands<V: Vendor>(there: &There<V>, life: &Life) -> (Option<String>, String, String) {
    on!(there.world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(STANDS).bind(&life.bought.code).fetch_one(c).await.unwrap()
    })
}
