//! One call to Asaas.

use super::failure::Failure;
use super::{Asaas, no};
use crate::gateway::failure;
use crate::guard::Call;
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A list of a hundred payments is some hundred kilobytes.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// Asaas wants to know by what program it is called.
const AGENT: &str = concat!("Aftersale/", env!("CARGO_PKG_VERSION"));

impl Asaas {
    /// Asks. Whatever goes wrong, nothing was done.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, words: &[(&str, &str)]) -> Result<T, Failure> {
        let mut url = self.address(path)?;
        if !words.is_empty() {
            url.query_pairs_mut().extend_pairs(words);
        }
        self.call(Method::GET, &url, None).await.map_err(Failure::of_question)
    }

    /// Does something, each time anew.
    pub(super) async fn post<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Failure> {
        self.call(Method::POST, &self.address(path)?, Some(body)).await
    }

    /// Writes something as it is to be: as often as one likes.
    pub(super) async fn put<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Failure> {
        self.call(Method::PUT, &self.address(path)?, Some(body)).await
    }

    /// Takes something away: as often as one likes.
    pub(super) async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.call(Method::DELETE, &self.address(path)?, None).await
    }

    async fn call<T: DeserializeOwned>(&self, method: Method, url: &Url, body: Option<&Value>) -> Result<T, Failure> {
        let headers = [("access_token", self.account.access_token.as_str()), ("user-agent", AGENT)];
        let body = body.map(|body| ("application/json", body.to_string()));
        let call = Call { method, url, headers: &headers, body, limit: ANSWER_LIMIT };
        let answer = self.guard.call(call).await;
        let answer = answer.map_err(|error| Failure::unanswered(&error, &self.account.access_token))?;
        failure::read(&answer, &self.account.access_token, Failure::of)
    }

    fn address(&self, path: &str) -> Result<Url, Failure> {
        let address = format!("{}{path}", self.account.base_url.trim_end_matches('/'));
        Url::parse(&address).map_err(|_| Failure::NotDone("the address of Asaas is none".to_owned()))
    }
}

/// An id as it may stand in an address: what producers send us may be anything.
pub(super) fn id(text: &str) -> Result<&str, Failure> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let is_id = !text.is_empty() && text.len() <= 255 && text.bytes().all(is_plain);
    if is_id { Ok(text) } else { Err(no("this is not an id of Asaas'")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_nowhere_else() {
        assert_eq!(id("pay_080225913252").unwrap(), "pay_080225913252");
        assert!(id("2765d086-c7c5-5cca-898a-4262d212587c").is_ok());
        for text in ["", "..", "pay_1/../../myAccount", "pay_1?x", "pay 1", "%2e%2e", &"a".repeat(256)] {
            assert!(matches!(id(text), Err(Failure::No(_))), "{text}");
        }
    }
}
