//! Webhooks, and what the product's answer does.

use super::{ACCOUNT, Method, World, text};
use crate::hooks::Trouble;
use serde_json::json;

#[tokio::test]
async fn a_plan_that_is_bought_is_told_of_twice() {
    let world = World::new();
    let listener = world.listen(200).await;
    world.subscribe();
    world.guru.hooks().settle().await;
    assert_eq!(listener.heard_of("webhook_type"), ["transaction", "subscription"]);
    assert!(listener.heard_of("api_token").iter().all(|token| token == ACCOUNT));
    let heard = listener.heard();
    let (transaction, subscription) = (&heard[0].body, &heard[1].body);
    assert_eq!(transaction["contact"]["email"], "Ana.Souza@example.com ");
    // `id` has another meaning in each place.
    assert_eq!(transaction["subscription"]["internal_id"], subscription["internal_id"]);
    assert_eq!(transaction["product"]["internal_id"], subscription["product"]["id"]);
    assert_ne!(subscription["id"], subscription["subscription_code"]);
    assert!(subscription["current_invoice"]["created_at"].is_number());
    assert!(text(&subscription["dates"], "started_at").ends_with('Z'));
    let numbers: Vec<_> = heard.iter().map(|one| one.headers["x-request-id"].to_str().unwrap().to_owned()).collect();
    assert!(numbers[0] < numbers[1]);
}

#[tokio::test]
async fn what_is_bought_along_is_an_item_of_the_same_transaction() {
    let world = World::new();
    let listener = world.listen(200).await;
    world.guru.buy(&World::buyer(), &["course", "book"], Method::CreditCard).unwrap();
    world.guru.hooks().settle().await;
    let body = &listener.heard()[0].body;
    assert_eq!((&body["items"][1]["name"], &body["payment"]["total"]), (&json!("E-book"), &json!(316.9)));
    assert_eq!((&body["invoice"], &body["payment"]["installments"]["value"]), (&json!([]), &json!("")));
}

#[tokio::test]
async fn some_answers_end_the_tries_and_others_do_not() {
    let world = World::new();
    let listener = world.listen(422).await;
    world.buy("course", Method::Pix);
    world.guru.hooks().settle().await;
    assert_eq!(listener.heard().len(), 1);
    listener.answer(500);
    world.buy("course", Method::Pix);
    world.guru.hooks().settle().await;
    assert_eq!(listener.heard().len(), 1 + 20);
}

#[tokio::test]
async fn they_may_come_in_another_order() {
    let world = World::new();
    let listener = world.listen(200).await;
    world.guru.hooks().trouble(Trouble::Reversed);
    world.subscribe();
    world.guru.hooks().release();
    world.guru.hooks().settle().await;
    assert_eq!(listener.heard_of("webhook_type"), ["subscription", "transaction"]);
}
