//! Calls of an API over HTTP, as its users make them.

use anyhow::{Context, bail};
use reqwest::{Client, Method, RequestBuilder, Url};
use serde_json::Value;

/// A user of one API.
pub(super) struct Caller {
    client: Client,
    /// What each path begins with.
    base: String,
    /// The header by which it is known there.
    header: (&'static str, String),
}

impl Caller {
    #[expect(clippy::disallowed_methods, reason = "a shop beside the product calls where it was told to")]
    pub(super) fn new(base: String, header: (&'static str, String)) -> Self {
        Self { client: Client::new(), base, header }
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.answer(path, self.to(Method::GET, path)?).await
    }

    /// Sends JSON; what was answered.
    pub(super) async fn send(&self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.to(method.parse()?, path)?.json(body);
        self.answer(path, request).await
    }

    /// Sends a form; what was answered.
    pub(super) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Value> {
        let request = self.to(Method::POST, path)?;
        self.answer(path, typed(request, fields)?).await
    }

    /// Types into a page, which may lead anywhere.
    pub(super) async fn page(&self, address: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        let answer = typed(self.client.post(address), fields)?.send().await?;
        anyhow::ensure!(answer.status().is_success(), "{address}: {}", answer.text().await?);
        Ok(())
    }

    fn to(&self, method: Method, path: &str) -> anyhow::Result<RequestBuilder> {
        let address = Url::parse(&format!("{}{path}", self.base)).context("the address")?;
        Ok(self.client.request(method, address).header(self.header.0, &self.header.1))
    }

    async fn answer(&self, path: &str, request: RequestBuilder) -> anyhow::Result<Value> {
        let answer = request.header("user-agent", "A shop").send().await.with_context(|| path.to_owned())?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            bail!("{path}: {status}: {text}");
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

fn typed(request: RequestBuilder, fields: &[(&str, &str)]) -> anyhow::Result<RequestBuilder> {
    let mut encoded = Url::parse("http://form/")?;
    encoded.query_pairs_mut().extend_pairs(fields);
    let body = encoded.query().unwrap_or_default().to_owned();
    Ok(request.header("content-type", "application/x-www-form-urlencoded").body(body))
}

/// A text of an answer.
pub(super) fn text(of: &Value, path: &str) -> anyhow::Result<String> {
    let found = of.pointer(path).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("{path} of {of}"))
}
