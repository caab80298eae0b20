//! One call to Guru.

use super::failure::Failure;
use super::{Guru, no};
use crate::gateway::failure;
use crate::guard::Call;
use crate::hooks::guru::loose::Shape;
use reqwest::{Method, Url};
use serde_json::Value;

/// A page of fifty transactions is some hundred kilobytes.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

impl Guru {
    /// Asks. Whatever goes wrong, nothing was done; what the token may not see is no word about the thing itself.
    pub(super) async fn get<T: Shape>(&self, path: &str, words: &[(&str, &str)]) -> Result<T, Failure> {
        let mut url = self.address(path)?;
        if !words.is_empty() {
            url.query_pairs_mut().extend_pairs(words);
        }
        self.call(Method::GET, &url, None).await.map_err(|failure| failure.of_question().of_token())
    }

    /// Does something, each time anew.
    pub(super) async fn post<T: Shape>(&self, path: &str, body: &Value) -> Result<T, Failure> {
        self.call(Method::POST, &self.address(path)?, Some(body)).await
    }

    /// Writes something.
    pub(super) async fn put<T: Shape>(&self, path: &str, body: &Value) -> Result<T, Failure> {
        self.call(Method::PUT, &self.address(path)?, Some(body)).await
    }

    /// Takes something away.
    pub(super) async fn delete<T: Shape>(&self, path: &str) -> Result<T, Failure> {
        self.call(Method::DELETE, &self.address(path)?, None).await
    }

    async fn call<T: Shape>(&self, method: Method, url: &Url, body: Option<&Value>) -> Result<T, Failure> {
        let token = &self.account.user_token;
        let authorization = format!("Bearer {token}");
        let headers = [("authorization", authorization.as_str()), ("accept", "application/json")];
        let body = body.map(|body| ("application/json", body.to_string()));
        let call = Call { method, url, headers: &headers, body, limit: ANSWER_LIMIT };
        let answer = self.guard.call(call).await.map_err(|error| Failure::unanswered(&error, token))?;
        let mut read: T = failure::read(&answer, token, Failure::of)?;
        read.stand("");
        Ok(read)
    }

    fn address(&self, path: &str) -> Result<Url, Failure> {
        let address = format!("{}{path}", self.account.base_url.trim_end_matches('/'));
        Url::parse(&address).map_err(|_| Failure::NotDone("the address of Guru is none".to_owned()))
    }
}

/// An id as it may stand in an address: what producers send us may be anything.
pub(super) fn id(text: &str) -> Result<&str, Failure> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let is_id = !text.is_empty() && text.len() <= 255 && text.bytes().all(is_plain);
    if is_id { Ok(text) } else { Err(no("this is not an id of Guru's")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_nowhere_else() {
        assert_eq!(id("sub_9CFyWTuPwXdJUikS").unwrap(), "sub_9CFyWTuPwXdJUikS");
        assert!(id("9ad693fe-d093-4ab5-9d01-cfec9bb31a14").is_ok());
        for text in ["", "..", "sub_1/../../contacts", "sub_1?x", "sub 1", "%2e%2e", &"a".repeat(256)] {
            assert!(matches!(id(text), Err(Failure::No(_))), "{text}");
        }
    }
}
