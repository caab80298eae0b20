//! Events as they reach whoever registered for them.

use super::{Caller, id};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// Listens for webhooks: the signature and the body of each.
async fn listen() -> (String, Heard) {
    let heard = Heard::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let router = Router::new().route("/hook", post(hear)).with_state(Arc::clone(&heard));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, heard)
}

async fn hear(State(heard): State<Heard>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
    heard.lock().unwrap().push((signature, String::from_utf8(body.to_vec()).unwrap()));
    StatusCode::ACCEPTED
}

fn is_signed_by(secret: &str, signature: &str, body: &str) -> bool {
    let moment = signature.split(',').find_map(|part| part.strip_prefix("t=")).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{moment}.{body}").as_bytes());
    let wanted = format!("v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()));
    signature.split(',').any(|part| part == wanted)
}

#[tokio::test]
async fn an_event_is_signed_when_it_is_sent_and_two_secrets_sign_while_one_is_exchanged() {
    let caller = Caller::start();
    let (url, heard) = listen().await;
    let body = format!("url={url}&enabled_events[]=customer.created&enabled_events[]=customer.updated");
    let endpoint = caller.post("/v1/webhook_endpoints", &body).await;
    let secret = endpoint["secret"].as_str().unwrap().to_owned();
    caller.stripe.forward(Duration::from_secs(1000)).await;
    let customer = id(&caller.post("/v1/customers", "name=Ana").await);
    let new = caller.stripe.roll_secret(&id(&endpoint), Duration::from_secs(60)).unwrap();
    caller.stripe.hooks().settle().await;
    caller.post(&format!("/v1/customers/{customer}"), "name=Bia").await;
    caller.stripe.hooks().settle().await;
    caller.stripe.forward(Duration::from_secs(61)).await;
    caller.post(&format!("/v1/customers/{customer}"), "name=Caio").await;
    caller.stripe.hooks().settle().await;

    let heard = heard.lock().unwrap().clone();
    let [first, second, third] = heard.as_slice() else { panic!("{heard:?}") };
    assert!(is_signed_by(&secret, &first.0, &first.1));
    let moment: i64 = first.0[2..first.0.find(',').unwrap()].parse().unwrap();
    assert!((caller.stripe.clock().now() - 61 - moment).abs() < 5, "{moment}");
    assert!(is_signed_by(&secret, &second.0, &second.1) && is_signed_by(&new, &second.0, &second.1));
    assert!(!is_signed_by(&secret, &third.0, &third.1) && is_signed_by(&new, &third.0, &third.1));
    let event: serde_json::Value = serde_json::from_str(&second.1).unwrap();
    assert_eq!(event["data"]["previous_attributes"], serde_json::json!({"name": "Ana"}));
    assert_eq!(
        caller.get(&format!("/v1/webhook_endpoints/{}", id(&endpoint))).await["secret"],
        serde_json::Value::Null
    );
}

#[tokio::test]
async fn another_account_has_other_books() {
    let caller = Caller::start();
    let other = caller.stripe.account("sk_test_other");
    caller.post("/v1/customers", "").await;
    let bearer = [("authorization", "Bearer sk_test_other")];
    let customers = caller.call("GET", "/v1/customers", "", &bearer).await.unwrap();
    assert_eq!((customers.status, customers.body["data"].as_array().unwrap().len()), (200, 0));
    assert_eq!((other.all("customer").len(), caller.stripe.all("customer").len()), (0, 1));
}
