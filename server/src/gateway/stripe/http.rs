//! One call to Stripe.

use super::failure::Failure;
use super::form::Form;
use super::{Stripe, VERSION, no};
use crate::gateway::failure;
use crate::guard::Call;
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;

/// A list of a hundred payments with all that hangs on them is some hundred kilobytes.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

impl Stripe {
    /// Asks. Whatever goes wrong, nothing was done.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, question: Form) -> Result<T, Failure> {
        self.call(Method::GET, path, question, None).await.map_err(Failure::of_question)
    }

    /// Does something, once for a key.
    pub(super) async fn post<T: DeserializeOwned>(&self, path: &str, form: Form, key: &str) -> Result<T, Failure> {
        self.call(Method::POST, path, form, Some(key)).await
    }

    /// Posts what has no effect, or may have it twice.
    pub(super) async fn post_freely<T: DeserializeOwned>(&self, path: &str, form: Form) -> Result<T, Failure> {
        self.call(Method::POST, path, form, None).await
    }

    /// Takes something away: as often as one likes.
    pub(super) async fn delete<T: DeserializeOwned>(&self, path: &str, form: Form) -> Result<T, Failure> {
        self.call(Method::DELETE, path, form, None).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        form: Form,
        key: Option<&str>,
    ) -> Result<T, Failure> {
        let is_post = method == Method::POST;
        let url = self.address(path, if is_post { None } else { Some(&form) })?;
        let authorization = format!("Bearer {}", self.account.secret_key);
        let mut headers = vec![("authorization", authorization.as_str()), ("stripe-version", VERSION)];
        headers.extend(key.map(|key| ("idempotency-key", key)));
        let body = is_post.then(|| ("application/x-www-form-urlencoded", form.encode()));
        let call = Call { method, url: &url, headers: &headers, body, limit: ANSWER_LIMIT };
        let answer = self.guard.call(call).await;
        let answer = answer.map_err(|error| Failure::unanswered(&error, &self.account.secret_key))?;
        failure::read(&answer, &self.account.secret_key, Failure::of)
    }

    fn address(&self, path: &str, question: Option<&Form>) -> Result<Url, Failure> {
        let origin = self.account.base_url.trim_end_matches('/');
        let question = question.filter(|form| !form.is_empty()).map(|form| format!("?{}", form.encode()));
        let address = format!("{origin}{path}{}", question.unwrap_or_default());
        Url::parse(&address).map_err(|_| Failure::NotDone("the address of Stripe is none".to_owned()))
    }
}

/// An id as it may stand in an address: what producers send us may be anything.
pub(super) fn id(text: &str) -> Result<&str, Failure> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_id = !text.is_empty() && text.len() <= 255 && text.bytes().all(is_plain);
    if is_id { Ok(text) } else { Err(no("this is not an id of Stripe's")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_nowhere_else() {
        assert_eq!(id("sub_1Mow").unwrap(), "sub_1Mow");
        for text in ["", "..", "sub_1/../../account", "sub_1?expand", "sub 1", "%2e%2e", &"a".repeat(256)] {
            assert!(matches!(id(text), Err(Failure::No(_))), "{text}");
        }
    }
}
