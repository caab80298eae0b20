//! Stripe's books against ours: the same money, and the same subscription.

use super::There;
use super::life::Life;
use portal::on;
use serde_json::Value;

const TAKEN: &str = "select cast(coalesce(sum(c.amount), 0) as bigint)
    from charges c join orders o on o.id = c.order_id
    where o.code = $1 and c.status in ('paid', 'refunded', 'disputed')";
const BACK: &str = "select cast(coalesce(sum(p.amount), 0) as bigint)
    from refund_parts p join refunds f on f.id = p.refund_id join orders o on o.id = f.order_id
    where o.code = $1 and p.state in ('sent', 'settled')";
const STANDS: &str = "select s.status from subscriptions s join orders o on o.id = s.order_id where o.code = $1";

pub(super) async fn check(there: &There, life: &Life) {
    let (taken, back) = (sum(there, TAKEN, life).await, sum(there, BACK, life).await);
    let at_stripe = there.stripe.paid_by(&life.customer).get("brl").copied().unwrap_or_default();
    let name = || format!("{} on {}: {:#?}", life.code, there.world.engine, life.script);
    assert_eq!(taken - back, at_stripe, "in our books and in Stripe's: {}", name());
    let subscription = there.stripe.object(&life.reference).unwrap();
    assert_eq!(stands(there, life).await, stands_there(&subscription), "here and there: {}", name());
}

async fn sum(there: &There, sql: &'static str, life: &Life) -> i64 {
    let (sum,): (i64,) = on!(there.world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(&life.code).fetch_one(c).await.unwrap()
    });
    sum
}

async fn stands(there: &There, life: &Life) -> String {
    let (status,): (String,) = on!(there.world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(STANDS).bind(&life.code).fetch_one(c).await.unwrap()
    });
    status
}

fn stands_there(subscription: &Value) -> &'static str {
    match subscription["status"].as_str().unwrap() {
        "canceled" => "ended",
        "past_due" | "unpaid" => "past_due",
        _ if subscription["cancel_at_period_end"] == true => "ending",
        _ => "active",
    }
}
