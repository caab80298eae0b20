//! What the account's own shop does beside the adapter.

use reqwest::{Method, Url};
use serde_json::Value;
use server::guard::{Call, Guard};
use std::sync::Arc;

/// The version that the adapter speaks.
const VERSION: &str = "2025-09-30.clover";

/// A shop, and how everything that it made is taken away: the newest first.
pub(super) struct Shop {
    guard: Arc<Guard>,
    base_url: String,
    authorization: String,
    made: Vec<Undo>,
}

/// How one thing is taken away: by which call, with which fields.
struct Undo {
    method: Method,
    path: String,
    fields: &'static [(&'static str, &'static str)],
}

impl Shop {
    pub(super) fn new(guard: Arc<Guard>, base_url: &str, key: &str) -> Self {
        let base_url = base_url.trim_end_matches('/').to_owned();
        Self { guard, base_url, authorization: format!("Bearer {key}"), made: Vec::new() }
    }

    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Value, String> {
        self.call(Method::POST, path, fields).await
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value, String> {
        self.call(Method::GET, path, &[]).await
    }

    /// A customer, who is removed in the end with every subscription.
    pub(super) async fn customer(&mut self, email: &str) -> Result<String, String> {
        let id = id(&self.post("/v1/customers", &[("email", email)]).await?)?;
        self.removes(&id);
        Ok(id)
    }

    /// The customer whom the adapter made for a page is removed in the end.
    pub(super) fn leaves(&mut self, page: &Value) {
        if let Some(customer) = page["customer"].as_str() {
            self.removes(customer);
        }
    }

    fn removes(&mut self, customer: &str) {
        self.made.push(Undo { method: Method::DELETE, path: format!("/v1/customers/{customer}"), fields: &[] });
    }

    /// One of Stripe's test cards, kept for a customer.
    pub(super) async fn card(&self, customer: &str, card: &str) -> Result<String, String> {
        id(&self.post(&format!("/v1/payment_methods/{card}/attach"), &[("customer", customer)]).await?)
    }

    /// A monthly price with this lookup key. It cannot be removed: in the end it is out of use, and so is its product.
    pub(super) async fn price(&mut self, key: &str, amount: i64) -> Result<String, String> {
        let product = id(&self.post("/v1/products", &[("name", key)]).await?)?;
        let amount = amount.to_string();
        let price = [
            ("product", product.as_str()),
            ("currency", "brl"),
            ("unit_amount", &amount),
            ("recurring[interval]", "month"),
            ("lookup_key", key),
        ];
        let price = id(&self.post("/v1/prices", &price).await?)?;
        for path in [format!("/v1/products/{product}"), format!("/v1/prices/{price}")] {
            self.made.push(Undo { method: Method::POST, path, fields: &[("active", "false")] });
        }
        Ok(price)
    }

    /// Something of the adapter's is ended by this call.
    pub(super) fn ends_by(&mut self, path: String) {
        self.made.push(Undo { method: Method::POST, path, fields: &[] });
    }

    /// Takes everything away; what stays.
    pub(super) async fn tidy(&mut self) -> Result<String, String> {
        let (mut taken, mut stays) = (0, Vec::new());
        while let Some(Undo { method, path, fields }) = self.made.pop() {
            match self.call(method, &path, fields).await {
                Ok(_) => taken += 1,
                Err(words) => stays.push(words),
            }
        }
        match stays.is_empty() {
            true => Ok(format!("{taken} things; payments and refunds stay in the books of the test account")),
            false => Err(stays.join("; ")),
        }
    }

    async fn call(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Result<Value, String> {
        let url = Url::parse(&format!("{}{path}", self.base_url)).map_err(|error| error.to_string())?;
        let headers = [("authorization", self.authorization.as_str()), ("stripe-version", VERSION)];
        let body = (method == Method::POST).then(|| ("application/x-www-form-urlencoded", encoded(fields)));
        let call = Call { method, url: &url, headers: &headers, body, limit: 8 << 20 };
        let answer = self.guard.call(call).await.map_err(|error| format!("{path}: {error}"))?;
        if answer.status != 200 {
            return Err(format!("{path}: {}: {}", answer.status, answer.body));
        }
        serde_json::from_str(&answer.body).map_err(|error| format!("{path}: {error}"))
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut form = Url::parse("http://form/").expect("this is an address");
    form.query_pairs_mut().extend_pairs(fields);
    form.query().unwrap_or_default().to_owned()
}

pub(super) fn id(of: &Value) -> Result<String, String> {
    of["id"].as_str().map(str::to_owned).ok_or_else(|| format!("no id: {of}"))
}
