//! Rule 20: whatever order Guru's events arrive in, and however often, the end is the same.

use crate::door::hooks::{fixture, send, source};
use crate::harness::{each_world, producer};
use portal::Producer;
use portal::on;
use portal::testing::World;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

const ORDERS: &str = "select o.code || ' ' || o.kind || ' ' || o.status || ' ' || p.email || ' ' || o.buyer_name || ' '
    || o.total || ' ' || o.currency
    || ' ' || o.method || ' ' || coalesce(o.card_last4, '-') || ' ' || o.ordered_at || ' '
    || coalesce(cast(o.paid_at as text), '-')
    || ' ' || o.source_version || ' ' || o.search
    from orders o join people p on p.id = o.person_id where o.producer_id = $1 order by o.code";
const ITEMS: &str = "select o.code || ' ' || i.position || ' ' || p.code || ' ' || i.name || ' '
    || coalesce(i.offer_name, '-') || ' ' || i.amount
    from order_items i join orders o on o.id = i.order_id join products p on p.id = i.product_id
    where i.producer_id = $1 order by o.code, i.position";
const CHARGES: &str = "select o.code || ' ' || c.reference || ' ' || c.status || ' ' || c.amount || ' ' || c.method
    || ' ' || c.created_at
    || ' ' || coalesce(cast(c.paid_at as text), '-') || ' ' || coalesce(c.payment_code, '-') || ' ' || c.source_version
    || ' ' || coalesce(c.decline, '-') || ' ' || c.given_back
    from charges c join orders o on o.id = c.order_id where c.producer_id = $1 order by c.reference";
const SUBSCRIPTIONS: &str = "select o.code || ' ' || s.status || ' ' || s.plan_name || ' ' || s.amount || ' '
    || s.interval_unit || ' ' || s.interval_count
    || ' ' || s.period_start || ' ' || s.period_end || ' ' || coalesce(cast(s.next_charge_at as text), '-')
    || ' ' || coalesce(cast(s.canceled_at as text), '-') || ' ' || s.source_version
    from subscriptions s join orders o on o.id = s.order_id where s.producer_id = $1 order by o.code";

const SALES: &str = "select o.code || ' ' || i.position || ' ' || s.name || ' ' || coalesce(s.offer_name, '-') || ' '
    || s.amount || ' ' || s.currency
    || ' ' || s.window_days || ' ' || s.source_version || ' ' || coalesce(p.name || ' ' || p.amount || ' '
    || p.interval_unit || ' ' || p.source_version, '-')
    from sale_items s join order_items i on i.id = s.item_id join orders o on o.id = s.order_id
    left join sale_plans p on p.order_id = o.id
    where s.producer_id = $1 order by o.code, i.position";
const LINES: &str =
    "select c.reference || ' ' || l.position || ' ' || l.name || ' ' || coalesce(l.offer_name, '-') || ' ' || l.amount
    from charge_lines l join charges c on c.id = l.charge_id where l.producer_id = $1 order by c.reference, l.position";

/// Everything that counts of a producer's orders, without ids and times of writing.
pub async fn dump(world: &World, producer: &Producer) -> Vec<String> {
    let mut lines = Vec::new();
    for sql in [ORDERS, ITEMS, CHARGES, SUBSCRIPTIONS, SALES, LINES] {
        let rows: Vec<(String,)> = on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(producer.id().0).fetch_all(c).await.unwrap()
        });
        lines.extend(rows.into_iter().map(|(line,)| line));
    }
    lines
}

fn body(name: &str) -> Value {
    serde_json::from_str(&fixture(name)).unwrap()
}

/// A transaction with this id, in this status, changed so many minutes after 2026-11-18 00:00.
fn transaction(id: &str, status: &str, minutes: u64) -> Value {
    let mut body = body("transaction_approved_course");
    body["id"] = json!(id);
    body["status"] = json!(status);
    let at = |minutes: u64| {
        format!(
            "2026-{:02}-{:02}T{:02}:{:02}:00Z",
            11 + minutes / 14_400,
            1 + minutes / 1440 % 10,
            minutes / 60 % 24,
            minutes % 60
        )
    };
    let is_paid = !matches!(status, "billet_printed" | "expired" | "waiting_payment");
    body["dates"]["updated_at"] = json!(at(minutes));
    body["dates"]["confirmed_at"] = if is_paid { json!("2026-11-18T13:02:40Z") } else { Value::Null };
    body
}

/// A transaction of the yearly plan's cycle `cycle`.
fn renewal(cycle: u64, status: &str, minutes: u64) -> Value {
    let mut body = transaction(&format!("cycle-{cycle}"), status, minutes);
    let year = 2025 + cycle;
    body["dates"]["created_at"] = json!(format!("{year}-11-10T12:00:00Z"));
    body["dates"]["ordered_at"] = body["dates"]["created_at"].clone();
    body["dates"]["confirmed_at"] = json!(format!("{year}-11-10T12:00:30Z"));
    body["product"] = self::body("subscription_active_yearly")["product"].clone();
    body["product"]["id"] = json!("CLUBE-1");
    body["product"]["internal_id"] = json!("9ad40000-0000-4000-8000-0000000000c1");
    body["product"]["total_value"] = json!(478.8);
    body["items"] = if cycle == 1 { json!([body["product"], body["items"][1]]) } else { json!([body["product"]]) };
    body["payment"]["total"] = if cycle == 1 { json!(498.7) } else { json!(478.8) };
    body["invoice"] = json!({
        "cycle": cycle,
        "period_start": format!("{year}-11-10"),
        "period_end": format!("{}-11-09", year + 1),
        "status": "paid"
    });
    body["subscription"] = json!({"id": "sub_BOAEj2WTKoclmg4X", "internal_id": "9ad693fe-0000-4000-8000-0000000000a1",
        "subscription_code": "sub_9CFyWTuPwXdJUikS", "last_status": "active", "charged_every_days": 365,
        "started_at": "2026-11-10T12:00:00Z"});
    body
}

fn history() -> impl Strategy<Value = Vec<Value>> {
    let status = prop::sample::select(vec![
        "approved",
        "billet_printed",
        "expired",
        "refunded",
        "chargeback",
        "completed",
        "dispute",
        "trial",
    ]);
    let one_off = (0..2u8, status.clone(), 0..2000u64)
        .prop_map(|(id, status, minutes)| transaction(&format!("one-{id}"), status, minutes));
    let cycle = (1..4u64, status, 0..2000u64).prop_map(|(cycle, status, minutes)| renewal(cycle, status, minutes));
    let kept = prop::sample::select(vec![
        "subscription_active_yearly",
        "subscription_canceled_yearly",
        "subscription_pastdue_yearly",
        "transaction_approved_course",
        "transaction_boleto_printed",
        "transaction_refunded_course",
    ]);
    let any = prop_oneof![2 => one_off, 3 => cycle, 2 => kept.prop_map(body)];
    prop::collection::vec(any, 1..9)
}

async fn report(world: &World, slug: &str, events: &[Value]) -> Vec<String> {
    let producer = producer(world, slug).await;
    let path = source(world, &producer).await;
    for event in events {
        let (status, outcome) = send(world, &path, event.to_string()).await;
        assert_eq!(status, 200, "{outcome} {event}");
    }
    dump(world, &producer).await
}

#[tokio::test]
async fn repeats_and_any_order_of_arrival_end_in_the_same_state() {
    each_world(async |world| {
        let mut runner = TestRunner::deterministic();
        for case in 0..24 {
            let events = history().new_tree(&mut runner).unwrap().current();
            let twice: Vec<Value> = events.iter().chain(&events).cloned().collect();
            let shuffled = Just(twice).prop_shuffle().new_tree(&mut runner).unwrap().current();
            let straight = report(world, &format!("a{case}"), &events).await;
            let mixed = report(world, &format!("b{case}"), &shuffled).await;
            let arrived: Vec<_> = shuffled
                .iter()
                .map(|event| (&event["webhook_type"], &event["id"], &event["status"], &event["dates"]["updated_at"]))
                .collect();
            assert_eq!(straight, mixed, "case {case}: {arrived:#?}");
            assert!(!straight.is_empty());
        }
        world.settle().await;
    })
    .await;
}
