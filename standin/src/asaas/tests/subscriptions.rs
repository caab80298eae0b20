//! Subscriptions.

use super::{World, text};
use serde_json::{Value, json};

impl World {
    /// A monthly subscription over R$ 50, first due after so many days.
    async fn subscribe(&self, billing: &str, first: i64, more: Value) -> Value {
        let mut body = json!({
            "customer": self.customer, "billingType": billing, "value": 50, "cycle": "MONTHLY",
            "nextDueDate": self.day(first),
        });
        for (name, field) in more.as_object().unwrap() {
            body[name] = field.clone();
        }
        self.post("/subscriptions", body).await
    }

    async fn subscribe_by_card(&self, number: &str, first: i64) -> Value {
        let card = json!({ "creditCardToken": self.token(number).await, "remoteIp": "127.0.0.1" });
        self.subscribe("CREDIT_CARD", first, card).await
    }

    /// Its payments, the newest first.
    async fn payments_of(&self, subscription: &Value) -> Vec<Value> {
        let id = text(subscription, "id");
        let list = self.get(&format!("/subscriptions/{id}/payments?limit=100")).await;
        list["data"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn the_first_payment_comes_with_the_subscription_whose_next_day_is_a_cycle_later() {
    let world = World::new().await;
    let subscription = world.subscribe("BOLETO", 60, json!({ "externalReference": "club" })).await;
    let payments = world.payments_of(&subscription).await;
    assert_eq!((payments.len(), &payments[0]["dueDate"]), (1, &json!(world.day(60))));
    assert_eq!(payments[0]["externalReference"], "club");
    assert!(text(&subscription, "nextDueDate") > world.day(87));
    assert!(subscription.get("endDate").is_none());
}

#[tokio::test]
async fn later_payments_come_forty_days_ahead() {
    let world = World::new().await;
    let subscription = world.subscribe("BOLETO", 10, json!({})).await;
    let next: jiff::civil::Date = text(&subscription, "nextDueDate").parse().unwrap();
    let today = crate::calendar::day(world.asaas.clock().now());
    let wait = u64::try_from(today.until(next).unwrap().get_days() - 40).unwrap_or(0);
    if wait > 0 {
        world.forward_days(wait - 1).await;
        assert_eq!(world.payments_of(&subscription).await.len(), 1);
    }
    world.forward_days(1).await;
    assert_eq!(world.payments_of(&subscription).await.len(), 2);
}

#[tokio::test]
async fn the_card_on_file_pays_on_the_day() {
    let world = World::new().await;
    let subscription = world.subscribe_by_card("4242424242424242", 0).await;
    assert_eq!(world.payments_of(&subscription).await[0]["status"], "CONFIRMED");
    world.forward_days(31).await;
    let payments = world.payments_of(&subscription).await;
    let confirmed = payments.iter().filter(|one| one["status"] == "CONFIRMED").count();
    assert_eq!(confirmed, 2, "{payments:?}");
}

#[tokio::test]
async fn a_card_that_declines_on_the_day_is_told_of_and_another_one_pays() {
    let world = World::new().await;
    let events = ["PAYMENT_CREDIT_CARD_CAPTURE_REFUSED", "PAYMENT_OVERDUE", "PAYMENT_CONFIRMED"];
    let (listener, _) = world.listen(200, &events).await;
    let subscription = world.subscribe_by_card("4000000000000341", 2).await;
    world.forward_days(3).await;
    assert_eq!(listener.heard_of("event"), events[..2]);
    let payment = world.payments_of(&subscription).await.pop().unwrap();
    // Paid on its page by another card, which the subscription keeps.
    let url = format!("{}/card", text(&payment, "invoiceUrl"));
    world.submit(&url, &super::pages::card("5555555555554444")).await;
    let kept = world.asaas.subscription(&text(&subscription, "id")).unwrap();
    assert_eq!(kept["creditCard"]["creditCardNumber"], "4444");
    assert_eq!(kept["creditCard"]["creditCardBrand"], "MASTERCARD");
    world.forward_days(31).await;
    let confirmed = listener.heard_of("event").iter().filter(|event| *event == "PAYMENT_CONFIRMED").count();
    assert_eq!(confirmed, 2);
}

#[tokio::test]
async fn a_declined_card_leaves_no_subscription() {
    let world = World::new().await;
    let token = world.token("4000000000000341").await;
    let body = json!({
        "customer": world.customer, "billingType": "CREDIT_CARD", "value": 50, "cycle": "MONTHLY",
        "nextDueDate": world.day(0), "creditCardToken": token, "remoteIp": "127.0.0.1",
    });
    assert_eq!(world.refused("/subscriptions", body).await, "invalid_action");
    assert!(world.asaas.subscriptions().is_empty() && world.asaas.payments().is_empty());
}

#[tokio::test]
async fn a_new_price_changes_what_waits_only_when_it_is_told_to() {
    let world = World::new().await;
    let subscription = world.subscribe("BOLETO", 10, json!({})).await;
    let path = format!("/subscriptions/{}", text(&subscription, "id"));
    world.put(&path, json!({ "value": 80 })).await;
    assert_eq!(world.payments_of(&subscription).await[0]["value"], 50);
    let changed = world.put(&path, json!({ "billingType": "PIX", "updatePendingPayments": true })).await;
    assert_eq!((&changed["value"], &changed["billingType"]), (&json!(80), &json!("PIX")));
    let payment = &world.payments_of(&subscription).await[0];
    assert_eq!((&payment["value"], &payment["billingType"]), (&json!(80), &json!("PIX")));
}

#[tokio::test]
async fn a_card_is_swapped_without_a_charge_and_pays_what_waits() {
    let world = World::new().await;
    let subscription = world.subscribe_by_card("4000000000000341", 2).await;
    let path = format!("/subscriptions/{}/creditCard", text(&subscription, "id"));
    let body = json!({ "creditCardToken": world.token("4242424242424242").await, "remoteIp": "127.0.0.1" });
    let swapped = world.put(&path, body).await;
    assert_eq!(swapped["creditCard"]["creditCardNumber"], "4242");
    assert_eq!(world.payments_of(&subscription).await[0]["status"], "PENDING");
    world.forward_days(2).await;
    let payments = world.payments_of(&subscription).await;
    assert_eq!(payments.last().unwrap()["status"], "CONFIRMED");
}

#[tokio::test]
async fn an_inactive_one_makes_no_payments_until_it_is_active_again() {
    let world = World::new().await;
    let (listener, _) = world.listen(200, &["SUBSCRIPTION_INACTIVATED", "SUBSCRIPTION_UPDATED"]).await;
    let subscription = world.subscribe("PIX", 1, json!({})).await;
    let path = format!("/subscriptions/{}", text(&subscription, "id"));
    world.put(&path, json!({ "status": "INACTIVE" })).await;
    world.forward_days(70).await;
    assert_eq!(world.payments_of(&subscription).await.len(), 1);
    assert_eq!(world.refused(&path, json!({ "status": "ACTIVE" })).await, "invalid_nextDueDate");
    let back = world.put(&path, json!({ "status": "ACTIVE", "nextDueDate": world.day(3) })).await;
    assert_eq!(text(&back, "nextDueDate"), world.day(3));
    assert_eq!(listener.heard_of("event"), ["SUBSCRIPTION_INACTIVATED", "SUBSCRIPTION_UPDATED"]);
    world.forward_days(1).await;
    assert!(world.payments_of(&subscription).await.len() > 1);
}

#[tokio::test]
async fn a_last_day_ends_it_and_can_be_taken_away_before() {
    let world = World::new().await;
    let subscription = world.subscribe("PIX", 1, json!({})).await;
    let path = format!("/subscriptions/{}", text(&subscription, "id"));
    world.put(&path, json!({ "endDate": world.day(20) })).await;
    assert!(world.put(&path, json!({ "endDate": null })).await.get("endDate").is_none());
    world.put(&path, json!({ "endDate": world.day(20) })).await;
    world.forward_days(20).await;
    assert_eq!(world.get(&path).await["status"], "ACTIVE");
    world.forward_days(1).await;
    assert_eq!(world.get(&path).await["status"], "EXPIRED");
    assert_eq!(world.payments_of(&subscription).await.len(), 1);
}

#[tokio::test]
async fn a_removed_one_takes_what_waits_along() {
    let world = World::new().await;
    let (listener, _) = world.listen(200, &["PAYMENT_DELETED", "SUBSCRIPTION_DELETED"]).await;
    let subscription = world.subscribe("PIX", 1, json!({})).await;
    let path = format!("/subscriptions/{}", text(&subscription, "id"));
    world.good(reqwest::Method::DELETE, &path, Value::Null).await;
    world.asaas.hooks().settle().await;
    assert_eq!(listener.heard_of("event"), ["PAYMENT_DELETED", "SUBSCRIPTION_DELETED"]);
    assert_eq!(world.get(&path).await["deleted"], true);
    assert_eq!(world.get("/subscriptions").await["totalCount"], 0);
    assert_eq!(world.refused(&path, json!({ "value": 70 })).await, "invalid_action");
}
