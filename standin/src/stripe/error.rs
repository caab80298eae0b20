//! Errors in Stripe's envelope.

use serde_json::{Map, Value, json};

/// What a call is answered with.
pub(super) type Answer = Result<Value, Failure>;

/// A call that failed.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) status: u16,
    error: Map<String, Value>,
    /// Whether the call had begun to be carried out: an idempotency key remembers only such answers.
    pub(super) has_begun: bool,
}

impl Failure {
    fn new(status: u16, kind: &str, message: impl Into<String>) -> Self {
        let mut error = Map::new();
        error.insert("type".to_owned(), kind.into());
        error.insert("message".to_owned(), message.into().into());
        Self { status, error, has_begun: true }
    }

    /// A parameter that is not what it must be: nothing was carried out.
    pub(super) fn parameter(code: &str, name: &str, message: impl Into<String>) -> Self {
        let failure = Self::new(400, "invalid_request_error", message).code(code).with("param", name.into());
        Self { has_begun: false, ..failure }
    }

    /// A parameter that must be there.
    pub(super) fn missing(name: &str) -> Self {
        Self::parameter("parameter_missing", name, format!("Missing required param: {name}."))
    }

    /// A call that is well formed and that the state of things refuses.
    pub(super) fn refused(code: &str, message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message).code(code)
    }

    /// Something that a parameter names and that does not exist; `id` in the address is a 404, any other a 400.
    pub(super) fn no_such(kind: &str, id: &str, parameter: &str) -> Self {
        let status = if parameter == "id" { 404 } else { 400 };
        Self::new(status, "invalid_request_error", format!("No such {kind}: '{id}'"))
            .code("resource_missing")
            .with("param", parameter.into())
    }

    /// An address that nothing answers.
    pub(super) fn no_address(method: &str, path: &str) -> Self {
        let message = format!("Unrecognized request URL ({method}: {path}). This stand-in may not have it.");
        Self { has_begun: false, ..Self::new(404, "invalid_request_error", message) }
    }

    /// A key that is missing or wrong.
    pub(super) fn unauthorized(message: impl Into<String>) -> Self {
        Self { has_begun: false, ..Self::new(401, "invalid_request_error", message) }
    }

    /// An idempotency key that came with other parameters (400) or whose first call still runs (409).
    pub(super) fn idempotency(status: u16, message: impl Into<String>) -> Self {
        let kind = if status == 409 { "invalid_request_error" } else { "idempotency_error" };
        let failure = Self { has_begun: false, ..Self::new(status, kind, message) };
        if status == 409 { failure.code("idempotency_key_in_use") } else { failure }
    }

    /// Trouble on the side of the vendor.
    pub(super) fn server(message: &str) -> Self {
        Self::new(500, "api_error", message)
    }

    /// A call that was not even looked at: there were too many, or the vendor is out of order.
    pub(super) fn unseen(status: u16) -> Self {
        let failure = match status {
            429 => Self::new(status, "invalid_request_error", "Request rate limit exceeded.").code("rate_limit"),
            500.. => Self::new(status, "api_error", "Something went wrong on Stripe's end."),
            _ => Self::new(status, "invalid_request_error", "The call was refused."),
        };
        Self { has_begun: false, ..failure }
    }

    /// A card that was declined.
    pub(super) fn card(code: &str, decline_code: Option<&str>, message: &str) -> Self {
        let failure = Self::new(402, "card_error", message).code(code);
        match decline_code {
            Some(decline_code) => failure.with("decline_code", decline_code.into()),
            None => failure,
        }
    }

    /// Some errors about parameters have no code.
    fn code(self, code: &str) -> Self {
        if code.is_empty() {
            return self;
        }
        let address = format!("https://docs.stripe.com/error-codes/{}", code.replace('_', "-"));
        self.with("code", code.into()).with("doc_url", address.into())
    }

    /// Whether it has this code.
    pub(super) fn is(&self, code: &str) -> bool {
        self.error.get("code").is_some_and(|one| one == code)
    }

    /// The same with one more field in its error.
    pub(super) fn with(mut self, name: &str, value: Value) -> Self {
        self.error.insert(name.to_owned(), value);
        self
    }

    /// The error without its envelope, as `last_payment_error` holds it.
    pub(super) fn error(&self) -> Value {
        Value::Object(self.error.clone())
    }

    /// The body of the answer.
    pub(super) fn body(&self) -> Value {
        json!({"error": self.error})
    }
}
