//! Another plan, and what it costs.

use super::{Method, World, text};
use reqwest::Method as Verb;
use serde_json::{Value, json};

#[tokio::test]
async fn an_upgrade_costs_the_difference_for_the_days_that_are_left() {
    let world = World::new();
    let code = world.subscribe();
    let choices = world.get(&format!("/subscriptions/{code}/plans/available")).await;
    assert_eq!((&choices["upgrade"][0]["id"], &choices["downgrade"][0]["id"]), (&json!("gold"), &json!("basic")));
    let preview = world.post(&format!("/subscriptions/{code}/plans/simulate"), json!({ "offer_id": "gold" })).await;
    // On the first day all days are left.
    assert_eq!((&preview["credit"], &preview["debit"], &preview["balance"]), (&json!(49.9), &json!(99.9), &json!(50)));
    assert_eq!((&preview["charge_date"], &preview["installments"]), (&json!(world.day(0)), &json!(1)));
    let done = world.put(&format!("/subscriptions/{code}/plans"), json!({ "offer_id": "gold" })).await;
    assert_eq!(done["status"], "approved");
    let full = world.guru.subscription(&code).unwrap();
    assert_eq!(full["product"]["offer"]["id"], "gold");
    let invoices = world.get(&format!("/subscriptions/{code}/invoices")).await;
    assert_eq!((&invoices["data"][0]["type"], &invoices["data"][0]["value"]), (&json!("upgrade"), &json!(50)));
}

#[tokio::test]
async fn days_later_it_costs_less() {
    let world = World::new();
    let code = world.subscribe();
    let path = format!("/subscriptions/{code}/plans/simulate");
    let first = world.post(&path, json!({ "offer_id": "gold" })).await;
    world.forward_days(15).await;
    let later = world.post(&path, json!({ "offer_id": "gold" })).await;
    let days = |preview: &Value| preview["days_until_complete_cycle"].as_i64().unwrap();
    assert_eq!(days(&later), days(&first) - 15);
    assert!(later["balance"].as_f64() < first["balance"].as_f64());
}

#[tokio::test]
async fn a_declined_card_changes_no_plan() {
    let world = World::new();
    let code = world.subscribe();
    world.guru.decline_next("Saldo insuficiente");
    let done = world.put(&format!("/subscriptions/{code}/plans"), json!({ "offer_id": "gold" })).await;
    assert_eq!(done["status"], "canceled");
    let full = world.guru.subscription(&code).unwrap();
    assert_eq!((&full["product"]["offer"]["id"], &full["last_status"]), (&json!("month"), &json!("active")));
    let again = world.put(&format!("/subscriptions/{code}/plans"), json!({ "offer_id": "gold" })).await;
    assert_eq!(again["status"], "approved");
}

#[tokio::test]
async fn an_upgrade_by_boleto_counts_when_it_is_paid() {
    let world = World::new();
    let bought = world.buy("month", Method::Billet);
    world.guru.pay(&bought.transaction).unwrap();
    let id = bought.subscription.unwrap();
    let done = world.put(&format!("/subscriptions/{id}/plans"), json!({ "offer_id": "gold" })).await;
    assert_eq!(done["status"], "billet_printed");
    assert_eq!(world.guru.subscription(&id).unwrap()["product"]["offer"]["id"], "month");
    // While that is open nothing else is changed.
    let path = format!("/subscriptions/{id}/plans");
    assert_eq!(world.status(Verb::PUT, &path, json!({ "offer_id": "basic" })).await, 422);
    let transaction = text(&world.guru.transactions().pop().unwrap(), "id");
    world.guru.pay(&transaction).unwrap();
    assert_eq!(world.guru.subscription(&id).unwrap()["product"]["offer"]["id"], "gold");
}

#[tokio::test]
async fn a_downgrade_waits_for_the_next_cycle() {
    let world = World::new();
    let code = world.subscribe();
    let done = world.put(&format!("/subscriptions/{code}/plans"), json!({ "offer_id": "basic" })).await;
    assert_eq!(done["status"], "scheduled");
    let full = world.guru.subscription(&code).unwrap();
    assert_eq!((&full["product"]["offer"]["id"], &full["next_cycle_value"]), (&json!("month"), &json!(19.9)));
    world.forward_days(32).await;
    let full = world.guru.subscription(&code).unwrap();
    assert_eq!((&full["product"]["offer"]["id"], &full["current_invoice"]["value"]), (&json!("basic"), &json!(19.9)));
}

#[tokio::test]
async fn what_is_no_option_is_refused() {
    let world = World::new();
    let code = world.subscribe();
    let path = format!("/subscriptions/{code}/plans/simulate");
    assert_eq!(world.status(Verb::POST, &path, json!({ "offer_id": "course" })).await, 422);
    world.post(&format!("/subscriptions/{code}/cancel"), super::cancel(true)).await;
    assert_eq!(world.status(Verb::POST, &path, json!({ "offer_id": "gold" })).await, 422);
}
