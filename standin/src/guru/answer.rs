//! What Guru answers: pages of lists with a cursor, and refusals.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use std::fmt;

/// A call that was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Its sentence.
    pub message: String,
    /// The field that is wrong, where one is.
    pub field: Option<String>,
}

/// The answer of a call.
pub(super) type Answer = Result<Json<Value>, Refusal>;

impl Refusal {
    pub(super) fn new(status: u16, message: &str) -> Self {
        Self { status, message: message.to_owned(), field: None }
    }

    /// A field that is missing or wrong.
    pub(super) fn field(name: &str, message: &str) -> Self {
        Self { status: 422, message: message.to_owned(), field: Some(name.to_owned()) }
    }

    /// What cannot be done with the thing as it is. Guru documents the rules and not their status: 422 is ours.
    pub(super) fn rule(message: &str) -> Self {
        Self::new(422, message)
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "Not Found")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.status, self.message)
    }
}

impl std::error::Error for Refusal {}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let body = match &self.field {
            Some(field) => {
                json!({ "message": "The given data was invalid.", "errors": { field.as_str(): [self.message] } })
            }
            None => json!({ "message": self.message }),
        };
        (status, Json(body)).into_response()
    }
}

/// A body in JSON. None at all is an empty one.
pub(super) struct Body(Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let unreadable = || Refusal::rule("The body is no JSON.");
        let bytes = Bytes::from_request(request, state).await.map_err(|_| unreadable())?;
        if bytes.is_empty() {
            return Ok(Self(json!({})));
        }
        serde_json::from_slice(&bytes).map(Self).map_err(|_| unreadable())
    }
}

impl Body {
    pub(super) fn of(value: Value) -> Self {
        Self(value)
    }

    /// A text that is not empty. A number is taken for its digits.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// A text that has to be there.
    pub(super) fn needed(&self, name: &str) -> Result<String, Refusal> {
        self.text(name).ok_or_else(|| Refusal::field(name, &format!("The {name} field is required.")))
    }

    /// A yes or no that has to be there, also as 1 or 0.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.0.get(name) {
            Some(Value::Bool(said)) => Ok(*said),
            Some(Value::Number(said)) if said.as_i64() == Some(1) => Ok(true),
            Some(Value::Number(said)) if said.as_i64() == Some(0) => Ok(false),
            _ => Err(Refusal::field(name, &format!("The {name} field is required."))),
        }
    }

    /// A whole number.
    pub(super) fn count(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let wrong = || Refusal::field(name, &format!("The {name} must be an integer."));
        self.text(name).map(|text| text.parse().map_err(|_| wrong())).transpose()
    }
}

/// The words behind the question mark; one may come several times, also as `name[]`.
pub(super) struct Words(pub(super) Vec<(String, String)>);

impl Words {
    /// All that is said by this name.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let is_it = |said: &str| said == name || said.strip_suffix("[]") == Some(name);
        self.0.iter().filter(|(said, value)| is_it(said) && !value.is_empty()).map(|(_, value)| &**value).collect()
    }

    /// Returns whether this is among what is said by this name, or nothing is said.
    pub(super) fn allow(&self, name: &str, value: &str) -> bool {
        let said = self.all(name);
        said.is_empty() || said.iter().any(|wanted| wanted.eq_ignore_ascii_case(value))
    }
}

/// How many there are on a page.
const ROWS: usize = 50;

/// A page of a list. The cursor says from which one on; flags are 1 or 0, and the total comes with the first page.
pub(super) fn page(all: Vec<Value>, words: &Words) -> Result<Value, Refusal> {
    let from = match words.all("cursor").first() {
        Some(cursor) => position(cursor).ok_or_else(|| Refusal::field("cursor", "The cursor is invalid."))?,
        None => 0,
    };
    let total = all.len();
    let has_more = from + ROWS < total;
    let mut page = json!({
        "data": all.into_iter().skip(from).take(ROWS).collect::<Vec<_>>(),
        "has_more_pages": i32::from(has_more),
        "next_cursor": has_more.then(|| cursor(from + ROWS)),
        "on_first_page": i32::from(from == 0),
        "on_last_page": i32::from(!has_more),
        "per_page": ROWS,
        "previous_cursor": (from > 0).then(|| cursor(from.saturating_sub(ROWS))),
    });
    if from == 0 {
        page["total_rows"] = total.into();
    }
    Ok(page)
}

fn cursor(from: usize) -> String {
    BASE64URL_NOPAD.encode(json!({ "from": from, "_pointsToNextItems": true }).to_string().as_bytes())
}

fn position(cursor: &str) -> Option<usize> {
    let said: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?).ok()?;
    usize::try_from(said["from"].as_u64()?).ok()
}
