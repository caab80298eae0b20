//! Who may call, and how lists are read.

use super::{Method, USER, World, text};
use crate::fault::Fault;
use reqwest::Method as Verb;
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn only_the_users_token_opens_the_api() {
    let world = World::new();
    let url = format!("{}/contacts", world.guru.base_url());
    let stranger = world.client.get(&url).header("authorization", "Bearer another").send().await.unwrap();
    assert_eq!(stranger.status(), 401);
    let known = world.client.get(&url).header("authorization", format!("Bearer {USER}")).send().await.unwrap();
    assert_eq!((known.status().as_u16(), &known.headers()["x-ratelimit-limit"]), (200, &"360".parse().unwrap()));
}

#[tokio::test]
async fn a_minute_has_360_calls() {
    let world = World::new();
    for _ in 0..360 {
        world.get("/accounttoken/tokenisvalid/x").await;
    }
    let (status, said) = world.call(Verb::GET, "/accounttoken/tokenisvalid/x", Value::Null).await;
    assert_eq!((status.as_u16(), said["message"].as_str()), (429, Some("Too Many Attempts.")));
    world.guru.clock().forward(Duration::from_secs(60));
    world.get("/accounttoken/tokenisvalid/x").await;
}

#[tokio::test]
async fn the_same_call_is_not_taken_while_it_is_being_answered() {
    let world = World::new();
    world.guru.faults().plan("GET", "/contacts", Fault::Slow(Duration::from_millis(1)));
    let calls: Vec<_> = (0..20).map(|_| world.status(Verb::GET, "/contacts", Value::Null)).collect();
    let statuses = futures::future::join_all(calls).await;
    assert!(statuses.iter().all(|status| [200, 429].contains(status)));
    assert!(statuses.contains(&200));
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let world = World::new();
    for _ in 0..51 {
        world.buy("book", Method::Pix);
    }
    let window = format!("ordered_at_ini={}&ordered_at_end={}", world.day(0), world.day(0));
    let first = world.get(&format!("/transactions?{window}")).await;
    assert_eq!((&first["has_more_pages"], &first["total_rows"]), (&json!(1), &json!(51)));
    assert_eq!(first["data"].as_array().unwrap().len(), 50);
    let cursor = text(&first, "next_cursor");
    let second = world.get(&format!("/transactions?{window}&cursor={cursor}")).await;
    assert_eq!((&second["has_more_pages"], second.get("total_rows")), (&json!(0), None));
    assert_eq!(second["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn transactions_are_asked_for_by_a_window_or_by_whose_they_are() {
    let world = World::new();
    world.buy("course", Method::CreditCard);
    assert_eq!(world.status(Verb::GET, "/transactions", Value::Null).await, 422);
    let long = format!("/transactions?ordered_at_ini={}&ordered_at_end={}", world.day(-200), world.day(0));
    assert_eq!(world.status(Verb::GET, &long, Value::Null).await, 422);
    let contacts = world.get("/contacts?email=ana.souza@EXAMPLE.com").await;
    let contact = text(&contacts["data"][0], "id");
    let found = world.get(&format!("/transactions?contact_id={contact}")).await;
    assert_eq!(found["total_rows"], 1);
    assert_eq!(world.get(&format!("/contacts/{contact}/transactions")).await["total_rows"], 1);
}

#[tokio::test]
async fn all_of_a_transaction_goes_back_once() {
    let world = World::new();
    let path = format!("/transactions/{}/refund", world.buy("course", Method::CreditCard).transaction);
    assert_eq!(world.status(Verb::POST, &path, json!({})).await, 422);
    assert_eq!(world.post(&path, json!({ "comment": "Arrependimento" })).await["marketplace_refund"], 1);
    assert_eq!(world.status(Verb::POST, &path, json!({ "comment": "De novo" })).await, 422);
    let transaction = &world.guru.transactions()[0];
    assert_eq!(
        (&transaction["status"], &transaction["payment"]["refund_reason"]),
        (&json!("refunded"), &json!("Arrependimento"))
    );
}
