//! The rules of the stand-in, told over HTTP as the product meets them.

mod calls;
mod checkouts;
mod money;
mod pages;
mod subscriptions;
mod webhooks;

use super::Asaas;
use crate::listener::Listener;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

const TOKEN: &str = "$aact_hmlg_standin";

/// A stand-in, a client of it, and a customer.
struct World {
    asaas: Asaas,
    client: Client,
    customer: String,
}

#[expect(clippy::disallowed_methods, reason = "the tests are a client")]
fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(reqwest::redirect::Policy::none()).user_agent("tests").build().unwrap()
}

impl World {
    async fn new() -> Self {
        let asaas = Asaas::start("127.0.0.1:0".parse().unwrap(), TOKEN).unwrap();
        let mut world = Self { asaas, client: client(), customer: String::new() };
        let ana = json!({ "name": "Ana Souza", "email": "ana@example.com", "cpfCnpj": "529.982.247-25" });
        world.customer = text(&world.post("/customers", ana).await, "id");
        world
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.asaas.base_url());
        self.client.request(method, url).header("access_token", TOKEN)
    }

    /// The answer, whatever it is.
    async fn call(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self.request(method.clone(), path);
        let request = if method == Method::GET { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    /// An answer that has to be good.
    async fn post(&self, path: &str, body: Value) -> Value {
        self.good(Method::POST, path, body).await
    }

    async fn put(&self, path: &str, body: Value) -> Value {
        self.good(Method::PUT, path, body).await
    }

    async fn get(&self, path: &str) -> Value {
        self.good(Method::GET, path, Value::Null).await
    }

    async fn good(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// The code of an answer that has to be bad.
    async fn refused(&self, path: &str, body: Value) -> String {
        let (status, answer) = self.call(Method::POST, path, body).await;
        assert_eq!(status, 400, "{path}: {answer}");
        text(&answer["errors"][0], "code")
    }

    /// A payment of the customer, with these fields besides.
    async fn charge(&self, billing: &str, value: f64, more: Value) -> Value {
        let mut body = json!({ "customer": self.customer, "billingType": billing, "value": value });
        body["dueDate"] = self.day(3).into();
        for (name, field) in more.as_object().unwrap() {
            body[name] = field.clone();
        }
        self.post("/payments", body).await
    }

    /// So many days from now.
    fn day(&self, ahead: i64) -> String {
        let today = crate::calendar::day(self.asaas.clock().now());
        crate::calendar::days_after(today, ahead).to_string()
    }

    async fn forward_days(&self, days: u64) {
        self.asaas.forward(Duration::from_secs(days * 24 * 60 * 60)).await;
    }

    /// A token of a card.
    async fn token(&self, number: &str) -> String {
        let card = json!({
            "holderName": "ANA SOUZA", "number": number, "expiryMonth": "12", "expiryYear": "2040", "ccv": "123",
        });
        let body = json!({ "customer": self.customer, "creditCard": card, "remoteIp": "127.0.0.1" });
        text(&self.post("/creditCard/tokenizeCreditCard", body).await, "creditCardToken")
    }

    /// Somebody who hears of these events.
    async fn listen(&self, status: u16, events: &[&str]) -> (Listener, String) {
        let listener = Listener::start(status).await;
        let body = json!({
            "name": "Tests", "url": listener.url, "email": "tests@example.com", "enabled": true,
            "interrupted": false, "authToken": "secret", "sendType": "SEQUENTIALLY", "events": events,
        });
        let id = text(&self.post("/webhooks", body).await, "id");
        (listener, id)
    }
}

fn text(of: &Value, field: &str) -> String {
    of[field].as_str().unwrap_or_default().to_owned()
}
