//! Who may call, and what a call says.

use super::{TOKEN, World, client, text};
use crate::fault::Fault;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn only_who_knows_the_token_and_names_its_program_is_answered() {
    let world = World::new().await;
    let url = format!("{}/finance/balance", world.asaas.base_url());
    let wrong = world.client.get(&url).header("access_token", "another").send().await.unwrap();
    assert_eq!(wrong.status(), 401);
    let said: Value = wrong.json().await.unwrap();
    assert_eq!(said["errors"][0]["code"], "invalid_access_token");
    let without = world.client.get(&url).send().await.unwrap();
    assert_eq!(without.status(), 401);
    let nameless = client().get(&url).header("access_token", TOKEN).header("user-agent", "").send().await.unwrap();
    assert_eq!(nameless.status(), 400);
}

#[tokio::test]
async fn each_answer_says_how_many_calls_are_left() {
    let world = World::new().await;
    let answer = world.request(Method::GET, "/finance/balance").send().await.unwrap();
    assert_eq!(answer.headers()["ratelimit-limit"], "25000");
    assert_eq!(answer.headers()["ratelimit-remaining"], "24998");
}

#[tokio::test]
async fn a_customer_is_found_by_what_it_said() {
    let world = World::new().await;
    for filter in ["email=ana@example.com", "cpfCnpj=529.982.247-25"] {
        let found = world.get(&format!("/customers?{filter}")).await;
        assert_eq!(found["data"][0]["id"], world.customer.as_str());
    }
    assert_eq!(world.get("/customers?email=nobody@example.com").await["totalCount"], 0);
    let wrong = world.refused("/customers", json!({ "name": "Eva", "cpfCnpj": "11111111111" })).await;
    assert_eq!(wrong, "invalid_object");
}

#[tokio::test]
async fn a_payment_is_found_by_its_reference() {
    let world = World::new().await;
    let wanted = world.charge("PIX", 30.0, json!({ "externalReference": "order-1" })).await;
    world.charge("PIX", 30.0, json!({ "externalReference": "order-2" })).await;
    let found = world.get("/payments?externalReference=order-1").await;
    assert_eq!((found["totalCount"].as_i64(), &found["data"][0]["id"]), (Some(1), &wanted["id"]));
    assert_eq!(found["hasMore"], false);
}

#[tokio::test]
async fn a_lost_answer_leaves_its_effect() {
    let world = World::new().await;
    world.asaas.faults().plan("POST", "/payments", Fault::Lost);
    let body = json!({
        "customer": world.customer, "billingType": "PIX", "value": 30, "dueDate": world.day(1),
        "externalReference": "lost",
    });
    let answer = world.request(Method::POST, "/payments").json(&body).send().await;
    assert!(match answer {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    });
    assert_eq!(world.get("/payments?externalReference=lost").await["totalCount"], 1);
    // Nothing makes a second call the same one.
    world.post("/payments", body).await;
    assert_eq!(world.get("/payments?externalReference=lost").await["totalCount"], 2);
}

#[tokio::test]
async fn what_is_missing_is_named_one_at_a_time() {
    let world = World::new().await;
    assert_eq!(world.refused("/payments", json!({})).await, "invalid_customer");
    let mut body = json!({ "customer": world.customer, "value": 30 });
    assert_eq!(world.refused("/payments", body.clone()).await, "invalid_billingType");
    body["billingType"] = "PIX".into();
    assert_eq!(world.refused("/payments", body.clone()).await, "invalid_dueDate");
    body["dueDate"] = world.day(-1).into();
    assert_eq!(world.refused("/payments", body.clone()).await, "invalid_dueDate");
    body["value"] = 4.99.into();
    assert_eq!(world.refused("/payments", body).await, "invalid_value");
}

#[tokio::test]
async fn lists_come_in_pages_with_the_newest_first() {
    let world = World::new().await;
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(text(&world.charge("PIX", 30.0, json!({})).await, "id"));
    }
    let first = world.get("/payments?limit=2").await;
    assert_eq!((first["hasMore"].as_bool(), &first["data"][0]["id"]), (Some(true), &json!(made[2])));
    let second = world.get("/payments?limit=2&offset=2").await;
    assert_eq!((second["hasMore"].as_bool(), &second["data"][0]["id"]), (Some(false), &json!(made[0])));
}

#[tokio::test]
async fn a_removed_payment_comes_back() {
    let world = World::new().await;
    let id = text(&world.charge("PIX", 30.0, json!({})).await, "id");
    world.good(Method::DELETE, &format!("/payments/{id}"), Value::Null).await;
    assert_eq!(world.get("/payments").await["totalCount"], 0);
    assert_eq!(world.get(&format!("/payments/{id}")).await["deleted"], true);
    let back = world.post(&format!("/payments/{id}/restore"), json!({})).await;
    assert_eq!(back["deleted"], false);
}
