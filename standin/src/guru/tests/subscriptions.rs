//! Subscriptions: found, charged, cancelled.

use super::{Method, World, cancel, text};
use reqwest::Method as Verb;
use serde_json::{Value, json};

#[tokio::test]
async fn a_subscription_is_found_by_uuid_code_and_buyer() {
    let world = World::new();
    let code = world.subscribe();
    let full = world.get(&format!("/subscriptions/{code}")).await;
    let uuid = text(&full, "id");
    assert_eq!(world.get(&format!("/subscriptions/{uuid}")).await, full);
    assert_eq!((&full["last_status"], &full["cancel_at_cycle_end"]), (&json!("active"), &json!(0)));
    let wanted = "contact_email=ana.souza@example.com&subscription_status[]=active&subscription_status[]=trial";
    let found = world.get(&format!("/subscriptions?{wanted}")).await;
    assert_eq!((&found["data"][0]["id"], &found["data"][0]["cancel_at_cycle_end"]), (&json!(uuid), &json!(false)));
    let none = world.get("/subscriptions?contact_email=nobody@example.com").await;
    assert_eq!(none["total_rows"], 0);
}

#[tokio::test]
async fn each_cycle_is_charged_on_its_day() {
    let world = World::new();
    let code = world.subscribe();
    world.forward_days(32).await;
    let invoices = world.get(&format!("/subscriptions/{code}/invoices")).await;
    let newest = &invoices["data"][0];
    assert_eq!((&invoices["total_rows"], &newest["cycle"], &newest["status"]), (&json!(2), &json!(2), &json!("paid")));
    let paid = world.get(&format!("/subscriptions/{code}/transactions")).await;
    assert_eq!((&paid["total_rows"], &paid["data"][0]["status"]), (&json!(2), &json!("approved")));
    let invoice = text(newest, "code");
    let of_it = world.get(&format!("/subscriptions/{code}/invoices/{invoice}/transactions")).await;
    assert_eq!(of_it["data"][0]["invoice"]["id"], newest["id"]);
}

#[tokio::test]
async fn a_card_that_declines_is_tried_again_and_then_it_is_over() {
    let world = World::new();
    let code = world.subscribe();
    for _ in 0..3 {
        world.guru.decline_next("Saldo insuficiente");
    }
    world.forward_days(32).await;
    let full = world.guru.subscription(&code).unwrap();
    assert_eq!((&full["last_status"], &full["current_invoice"]["status"]), (&json!("pastdue"), &json!("pastdue")));
    world.forward_days(4).await;
    let full = world.guru.subscription(&code).unwrap();
    assert_eq!((&full["last_status"], &full["cancel_reason"]), (&json!("canceled"), &json!("Falta de pagamento")));
    let refused = world.guru.transactions().iter().filter(|one| one["status"] == "canceled").count();
    assert_eq!(refused, 3);
}

#[tokio::test]
async fn a_card_that_pays_again_brings_it_back() {
    let world = World::new();
    let code = world.subscribe();
    world.guru.decline_next("Saldo insuficiente");
    world.forward_days(36).await;
    assert_eq!(world.guru.subscription(&code).unwrap()["last_status"], "active");
}

#[tokio::test]
async fn a_boleto_that_nobody_pays_makes_it_past_due() {
    let world = World::new();
    let bought = world.buy("month", Method::Billet);
    let id = bought.subscription.unwrap();
    assert_eq!(world.guru.subscription(&id).unwrap()["last_status"], "started");
    world.guru.pay(&bought.transaction).unwrap();
    assert_eq!(world.guru.subscription(&id).unwrap()["last_status"], "active");
    world.forward_days(36).await;
    assert_eq!(world.guru.subscription(&id).unwrap()["last_status"], "pastdue");
    let last = world.guru.transactions().pop().unwrap();
    assert_eq!(last["status"], "expired");
}

#[tokio::test]
async fn cancelled_with_its_cycle_it_runs_until_then() {
    let world = World::new();
    let code = world.subscribe();
    let path = format!("/subscriptions/{code}/cancel");
    let said = world.post(&path, cancel(true)).await;
    assert_eq!(said["type"], "subscription_marked_to_be_cancelled");
    assert_eq!(world.guru.subscription(&code).unwrap()["last_status"], "active");
    world.forward_days(32).await;
    assert_eq!(world.guru.subscription(&code).unwrap()["last_status"], "canceled");
    assert_eq!(world.guru.transactions().len(), 1);
    assert_eq!(world.status(Verb::POST, &path, cancel(false)).await, 403);
}

#[tokio::test]
async fn cancelled_at_once_it_is_over() {
    let world = World::new();
    let code = world.subscribe();
    let path = format!("/subscriptions/{code}/cancel");
    assert_eq!(world.status(Verb::POST, &path, json!({ "comment": "x" })).await, 422);
    assert_eq!(world.post(&path, cancel(false)).await["type"], "subscription_canceled");
    assert_eq!(world.guru.subscription(&code).unwrap()["is_cancelable"], 0);
}

#[tokio::test]
async fn a_cancellation_is_taken_back_more_than_five_days_before() {
    let world = World::new();
    let code = world.subscribe();
    let undo = format!("/subscriptions/{code}/cancel-at-cycle-end");
    assert_eq!(world.status(Verb::DELETE, &undo, Value::Null).await, 422);
    world.post(&format!("/subscriptions/{code}/cancel"), cancel(true)).await;
    world.good(Verb::DELETE, &undo, Value::Null).await;
    assert_eq!(world.guru.subscription(&code).unwrap()["cancel_at_cycle_end"], 0);
    world.post(&format!("/subscriptions/{code}/cancel"), cancel(true)).await;
    world.forward_days(27).await;
    assert_eq!(world.status(Verb::DELETE, &undo, Value::Null).await, 422);
}

#[tokio::test]
async fn a_chargeback_ends_it() {
    let world = World::new();
    let bought = world.buy("month", Method::CreditCard);
    world.guru.chargeback(&bought.transaction).unwrap();
    let full = world.guru.subscription(&bought.subscription.unwrap()).unwrap();
    assert_eq!(full["last_status"], "canceled");
    assert_eq!(world.guru.transactions()[0]["status"], "chargeback");
}
