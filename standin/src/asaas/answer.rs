//! What Asaas answers: objects, lists, and refusals in its envelope.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt;

/// A call that was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Asaas' word for it, such as `invalid_action`.
    pub code: String,
    /// Its sentence, in Portuguese.
    pub description: String,
}

/// The answer of a call.
pub(super) type Answer = Result<Json<Value>, Refusal>;

impl Refusal {
    pub(super) fn new(status: u16, code: &str, description: &str) -> Self {
        Self { status, code: code.to_owned(), description: description.to_owned() }
    }

    /// A field that is missing or wrong.
    pub(super) fn field(name: &str, description: &str) -> Self {
        Self::new(400, &format!("invalid_{name}"), description)
    }

    /// Something that cannot be done with the thing as it is.
    pub(super) fn action(description: &str) -> Self {
        Self::new(400, "invalid_action", description)
    }

    /// There is no such thing.
    pub(super) fn not_found(what: &str) -> Self {
        Self::new(404, "not_found", &format!("{what} não encontrado(a)."))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} {}: {}", self.status, self.code, self.description)
    }
}

impl std::error::Error for Refusal {}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = json!({ "errors": [{ "code": self.code, "description": self.description }] });
        (status, Json(body)).into_response()
    }
}

/// The words behind the question mark.
pub(super) type Words = HashMap<String, String>;

/// A page of a list: what `offset` and `limit` ask for, at most 100, otherwise 10.
pub(super) fn list(all: Vec<Value>, words: &Words) -> Value {
    let number = |name: &str| words.get(name).and_then(|word| word.parse::<usize>().ok());
    let offset = number("offset").unwrap_or(0);
    let limit = number("limit").unwrap_or(10).clamp(1, 100);
    let total = all.len();
    let data: Vec<Value> = all.into_iter().skip(offset).take(limit).collect();
    json!({
        "object": "list",
        "hasMore": offset + data.len() < total,
        "totalCount": total,
        "limit": limit,
        "offset": offset,
        "data": data,
    })
}

/// Returns whether the day is between those that `name[ge]` and `name[le]` say, if they do.
pub(super) fn is_between(words: &Words, name: &str, day: Date) -> bool {
    let said = |end: &str| words.get(&format!("{name}[{end}]")).and_then(|word| word.parse::<Date>().ok());
    said("ge").is_none_or(|from| from <= day) && said("le").is_none_or(|to| day <= to)
}

/// Returns whether each of these words, if it was said, is that of the thing.
pub(super) fn matches(words: &Words, of: &[(&str, Option<&str>)]) -> bool {
    of.iter().all(|(name, value)| words.get(*name).is_none_or(|wanted| wanted.is_empty() || Some(&**wanted) == *value))
}
