//! The rules of the stand-in, told over HTTP as the product meets them.

mod calls;
mod cards;
mod plans;
mod subscriptions;
mod webhooks;

use super::{Bought, Buyer, Guru, Interval, Method, Offer};
use crate::listener::Listener;
use reqwest::{Client, Method as Verb, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

const USER: &str = "user-token";
const ACCOUNT: &str = "guru-account-token-for-tests-0000000000001";

/// A stand-in with three plans and a course, and a client of it.
struct World {
    guru: Guru,
    client: Client,
}

#[expect(clippy::disallowed_methods, reason = "the tests are a client")]
fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl World {
    fn new() -> Self {
        let guru = Guru::start("127.0.0.1:0".parse().unwrap(), USER, ACCOUNT).unwrap();
        let mut month = Offer::plan("month", "Clube", 4_990, 1, Interval::Month);
        (month.upgrades, month.downgrades) = (vec!["gold".to_owned()], vec!["basic".to_owned()]);
        guru.offer(month);
        guru.offer(Offer::plan("gold", "Clube Ouro", 9_990, 1, Interval::Month));
        guru.offer(Offer::plan("basic", "Clube Básico", 1_990, 1, Interval::Month));
        guru.offer(Offer::once("course", "Curso", 29_700));
        guru.offer(Offer::once("book", "E-book", 1_990));
        Self { guru, client: client() }
    }

    fn buyer() -> Buyer {
        let text = str::to_owned;
        Buyer {
            name: text("Ana Souza"),
            email: text("Ana.Souza@example.com "),
            doc: text("529.982.247-25"),
            phone: text("11999990001"),
        }
    }

    fn buy(&self, offer: &str, method: Method) -> Bought {
        self.guru.buy(&Self::buyer(), &[offer], method).unwrap()
    }

    /// The code of a new subscription by card.
    fn subscribe(&self) -> String {
        let id = self.buy("month", Method::CreditCard).subscription.unwrap();
        text(&self.guru.subscription(&id).unwrap(), "subscription_code")
    }

    /// The answer, whatever it is.
    async fn call(&self, verb: Verb, path: &str, body: Value) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.guru.base_url());
        let request = self.client.request(verb.clone(), url).header("authorization", format!("Bearer {USER}"));
        let request = if verb == Verb::GET { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    /// An answer that has to be good.
    async fn good(&self, verb: Verb, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(verb, path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    async fn get(&self, path: &str) -> Value {
        self.good(Verb::GET, path, Value::Null).await
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.good(Verb::POST, path, body).await
    }

    async fn put(&self, path: &str, body: Value) -> Value {
        self.good(Verb::PUT, path, body).await
    }

    /// The status of an answer.
    async fn status(&self, verb: Verb, path: &str, body: Value) -> u16 {
        self.call(verb, path, body).await.0.as_u16()
    }

    async fn forward_days(&self, days: u64) {
        self.guru.forward(Duration::from_secs(days * 24 * 60 * 60)).await;
    }

    /// The day so many days from now.
    fn day(&self, ahead: i64) -> String {
        crate::calendar::days_after(crate::calendar::day(self.guru.clock().now()), ahead).to_string()
    }

    async fn listen(&self, status: u16) -> Listener {
        let listener = Listener::start(status).await;
        self.guru.listen(&listener.url);
        listener
    }
}

fn text(of: &Value, field: &str) -> String {
    of[field].as_str().unwrap_or_default().to_owned()
}

fn cancel(with_cycle: bool) -> Value {
    json!({ "cancel_at_cycle_end": with_cycle, "comment": "Não uso mais" })
}
