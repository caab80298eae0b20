//! The stand-in as its callers see it: over HTTP.

mod cards;
mod changes;
mod checkout;
mod hooks;
mod late;
mod payments;
mod repeats;
mod schedules;
mod subscriptions;

use super::Stripe;
use axum::http::StatusCode;
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

const KEY: &str = "sk_test_standin";

/// Someone who calls the stand-in.
struct Caller {
    stripe: Stripe,
    client: reqwest::Client,
}

/// A status, the headers that matter, and the body.
struct Said {
    status: u16,
    is_replayed: bool,
    location: String,
    text: String,
    body: Value,
}

impl Caller {
    #[expect(clippy::disallowed_methods, reason = "a test calls its own stand-in")]
    fn start() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let stripe = Stripe::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), KEY).unwrap();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(2))
            .build()
            .unwrap();
        Self { stripe, client }
    }

    async fn call(&self, method: &str, path: &str, body: &str, headers: &[(&str, &str)]) -> Option<Said> {
        let url = format!("{}{path}", self.stripe.base_url());
        let mut request = self.client.request(method.parse().unwrap(), url).body(body.to_owned());
        request = request.header("content-type", "application/x-www-form-urlencoded");
        if !headers.iter().any(|(name, _)| *name == "authorization") {
            request = request.basic_auth(KEY, Some(""));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (is_replayed, location) = (header("idempotent-replayed").is_some(), header("location").unwrap_or_default());
        let text = response.text().await.ok()?;
        let body = serde_json::from_str(&text).unwrap_or_default();
        Some(Said { status, is_replayed, location, text, body })
    }

    /// A POST that goes well.
    async fn post(&self, path: &str, body: &str) -> Value {
        let said = self.call("POST", path, body, &[]).await.unwrap();
        assert_eq!(said.status, 200, "{path} {body}: {}", said.text);
        said.body
    }

    /// A POST that is refused: its status and error.
    async fn refused(&self, path: &str, body: &str) -> (u16, Value) {
        let said = self.call("POST", path, body, &[]).await.unwrap();
        assert_ne!(said.status, StatusCode::OK.as_u16(), "{path} {body}");
        (said.status, said.body["error"].clone())
    }

    /// A GET that goes well.
    async fn get(&self, path: &str) -> Value {
        let said = self.call("GET", path, "", &[]).await.unwrap();
        assert_eq!(said.status, 200, "{path}: {}", said.text);
        said.body
    }

    /// A customer with a card of this name, which is their default. Returns both ids.
    async fn customer(&self, card: &str) -> (String, String) {
        let customer = id(&self.post("/v1/customers", "email=ana@example.com").await);
        let method =
            id(&self.post(&format!("/v1/payment_methods/{card}/attach"), &format!("customer={customer}")).await);
        let default = format!("invoice_settings[default_payment_method]={method}");
        self.post(&format!("/v1/customers/{customer}"), &default).await;
        (customer, method)
    }

    /// A payment of a customer, off session: the payment intent.
    async fn pay(&self, amount: i64, card: &str) -> Value {
        let body = format!("amount={amount}&currency=brl&payment_method={card}&confirm=true&off_session=true");
        self.post("/v1/payment_intents", &body).await
    }

    /// The kinds of the events so far.
    fn events(&self) -> Vec<String> {
        self.stripe.events().iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    }
}

fn id(object: &Value) -> String {
    object["id"].as_str().unwrap_or_else(|| panic!("an id in {object}")).to_owned()
}

impl Caller {
    /// A price by month in reais cents.
    async fn monthly(&self, amount: i64) -> String {
        let body =
            format!("currency=brl&unit_amount={amount}&recurring[interval]=month&product_data[name]=Plan+of+{amount}");
        id(&self.post("/v1/prices", &body).await)
    }

    /// A subscription of a new customer with this card, at this price. Returns both ids.
    async fn subscription(&self, card: &str, amount: i64) -> (String, String) {
        let (customer, _) = self.customer(card).await;
        let price = self.monthly(amount).await;
        let body = format!("customer={customer}&items[0][price]={price}");
        (customer, id(&self.post("/v1/subscriptions", &body).await))
    }

    async fn read(&self, subscription: &str) -> Value {
        self.get(&format!("/v1/subscriptions/{subscription}?expand[]=latest_invoice.payments")).await
    }

    async fn days(&self, days: u64) {
        self.stripe.forward(Duration::from_secs(days * 86_400)).await;
    }
}
