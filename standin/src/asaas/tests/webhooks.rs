//! Webhooks, and what the product's answer does.

use super::{World, text};
use crate::hooks::Trouble;
use serde_json::json;
use std::collections::HashSet;

#[tokio::test]
async fn confirmed_and_received_are_two_events_of_one_payment() {
    let world = World::new().await;
    let (listener, _) = world.listen(200, &["PAYMENT_CONFIRMED", "PAYMENT_RECEIVED"]).await;
    let id = text(&world.charge("CREDIT_CARD", 100.0, json!({})).await, "id");
    world.asaas.pay(&id).unwrap();
    world.forward_days(35).await;
    assert_eq!(listener.heard_of("event"), ["PAYMENT_CONFIRMED", "PAYMENT_RECEIVED"]);
    let heard = listener.heard();
    assert!(heard.iter().all(|one| one.body["payment"]["id"] == id.as_str()));
    assert!(heard.iter().all(|one| one.headers["asaas-access-token"] == "secret"));
    assert_eq!(
        (&heard[0].body["payment"]["status"], &heard[0].body["payment"]["paymentLink"]),
        (&json!("CONFIRMED"), &json!(null))
    );
    let ids = listener.heard_of("id");
    assert!(ids.iter().all(|id| id.contains('&')));
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 2);
}

#[tokio::test]
async fn created_is_no_word_for_taken_and_holds_up_what_comes_after() {
    let world = World::new().await;
    let (listener, id) = world.listen(201, &["PAYMENT_CREATED"]).await;
    let first = text(&world.charge("PIX", 30.0, json!({})).await, "id");
    let second = text(&world.charge("PIX", 30.0, json!({})).await, "id");
    world.asaas.hooks().settle().await;
    assert!(listener.heard().iter().all(|one| one.body["payment"]["id"] == first.as_str()));
    assert_eq!(listener.heard().len(), 15);
    assert_eq!(world.get(&format!("/webhooks/{id}")).await["interrupted"], true);
    listener.answer(200);
    world.put(&format!("/webhooks/{id}"), json!({ "interrupted": false })).await;
    world.asaas.hooks().settle().await;
    let heard = listener.heard();
    assert_eq!((heard.len(), &heard[16].body["payment"]["id"]), (17, &json!(second)));
    assert_eq!(world.get(&format!("/webhooks/{id}")).await["interrupted"], false);
}

#[tokio::test]
async fn a_webhook_that_comes_twice_has_one_id() {
    let world = World::new().await;
    let (listener, _) = world.listen(200, &["PAYMENT_CREATED"]).await;
    world.asaas.hooks().trouble(Trouble::Twice);
    world.charge("PIX", 30.0, json!({})).await;
    world.asaas.hooks().settle().await;
    let ids = listener.heard_of("id");
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
}

#[tokio::test]
async fn nobody_hears_of_what_it_did_not_ask_for() {
    let world = World::new().await;
    let (listener, id) = world.listen(200, &["PAYMENT_RECEIVED"]).await;
    let payment = text(&world.charge("PIX", 30.0, json!({})).await, "id");
    world.put(&format!("/webhooks/{id}"), json!({ "enabled": false })).await;
    world.asaas.pay(&payment).unwrap();
    world.asaas.hooks().settle().await;
    assert!(listener.heard().is_empty());
}
