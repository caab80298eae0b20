//! A source that tells of an order whole, again and again.

use crate::harness::{ANA, DAY, api, line, producer};
use portal::Producer;
use portal::catalogue::api_key::create_api_key;
use portal::testing::World;
use portal::time::format_instant;
use serde_json::{Value, json};
use std::time::Duration;

/// A source, and the order as it told it last.
pub(super) struct Source<'a> {
    pub(super) world: &'a World,
    pub(super) producer: Producer,
    pub(super) key: String,
    pub(super) order: Value,
}

impl<'a> Source<'a> {
    /// A source that has told of nothing yet: its order is [`month`].
    pub(super) async fn new(world: &'a World, slug: &str) -> Self {
        let producer = producer(world, slug).await;
        let key = create_api_key(&world.portal, &producer, &line("test")).await.unwrap();
        Self { world, producer, key, order: month(world, "S-1") }
    }

    /// A source that has told of its order, and what follows is done.
    pub(super) async fn told(world: &'a World) -> Self {
        let source = Self::new(world, "luz").await;
        source.puts(&source.order).await;
        world.settle().await;
        source
    }

    /// Changes the order and tells it as its next version; the answer.
    pub(super) async fn tells(&mut self, change: impl FnOnce(&mut Value)) -> Value {
        self.order["version"] = json!(self.order["version"].as_i64().unwrap() + 1);
        change(&mut self.order);
        self.puts(&self.order).await
    }

    /// The same, and what follows is done.
    pub(super) async fn settles(&mut self, change: impl FnOnce(&mut Value)) -> Value {
        let answer = self.tells(change).await;
        self.world.settle().await;
        answer
    }

    /// The order as it stands here.
    pub(super) async fn stands(&self) -> Value {
        let (status, order) = api(self.world, &self.key, "GET", &path(&self.order), None).await;
        assert_eq!(status, 200, "{order}");
        order
    }

    /// Tells a version that is taken; the answer.
    pub(super) async fn puts(&self, order: &Value) -> Value {
        let (status, answer) = api(self.world, &self.key, "PUT", &path(order), Some(order)).await;
        assert_eq!(status, 200, "{answer}\n{order}");
        answer
    }

    /// Tells a version that is refused: status and answer.
    pub(super) async fn is_refused(&self, order: &Value) -> (u16, Value) {
        let (status, answer) = api(self.world, &self.key, "PUT", &path(order), Some(order)).await;
        assert!(status >= 400, "{answer}\n{order}");
        (status, answer)
    }

    /// Tells a version that says otherwise than our own calendar does; the refusal names this field.
    pub(super) async fn assert_contrary(&self, order: &Value, field: &str) {
        let (status, problem) = self.is_refused(order).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_charged_here")), "{problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
}

fn path(order: &Value) -> String {
    format!("orders/{}", order["code"].as_str().unwrap())
}

/// So many days from now.
pub(super) fn day(world: &World, days: u32) -> String {
    format_instant(world.portal.now().plus(DAY * days))
}

/// So many days before now.
pub(super) fn ago(world: &World, days: u32) -> String {
    format_instant(world.portal.now().minus(DAY * days))
}

/// A month of the photo course, paid an hour ago, with a bump.
pub(super) fn month(world: &World, code: &str) -> Value {
    let paid = format_instant(world.portal.now().minus(Duration::from_secs(3600)));
    json!({
        "code": code, "version": 1, "kind": "subscription", "buyer": {"email": ANA, "name": "Ana Souza"},
        "items": [
            {"product": "photo", "offer": "photo", "amount": 4990},
            {"product": "ebook", "offer": "ebook", "amount": 1990, "bump": true}
        ],
        "currency": "BRL", "ordered_at": paid,
        "payment": {"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2099}},
        "subscription": {
            "amount": 4990, "interval": {"unit": "month", "count": 1}, "period_start": paid,
            "period_end": day(world, 30)
        },
        "gateway": {"name": "bank"},
        "charges": [{"reference": format!("{code}-1"), "amount": 6980, "status": "paid", "method": "card",
            "created_at": paid, "paid_at": paid}]
    })
}

/// Another charge of a month, by card.
pub(super) fn charge(reference: &str, status: &str, at: &str) -> Value {
    json!({"reference": reference, "amount": 4990, "status": status, "method": "card", "created_at": at})
}

/// Money of the first charge that went back.
pub(super) fn back(reference: &str, amount: i64, at: &str) -> Value {
    json!({"reference": reference, "charge": "S-1-1", "amount": amount, "at": at})
}

/// The order was placed, and paid, at this time already.
pub(super) fn is_old(order: &mut Value, at: &str) {
    for place in ["/ordered_at", "/subscription/period_start", "/charges/0/created_at", "/charges/0/paid_at"] {
        *order.pointer_mut(place).unwrap() = json!(at);
    }
}

/// Another entry of a list of the order, which may have none yet.
pub(super) fn push(order: &mut Value, list: &str, entry: Value) {
    match &mut order[list] {
        Value::Array(entries) => entries.push(entry),
        none => *none = json!([entry]),
    }
}

/// Where access to the first item stands.
pub(super) fn access(order: &Value) -> &str {
    order["items"][0]["access"]["state"].as_str().unwrap()
}
