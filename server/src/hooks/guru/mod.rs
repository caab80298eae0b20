//! Digital Manager Guru's webhooks. The answer decides what Guru does: 200 is taken or of no interest; 401 a wrong
//! token or address; 400 a body that cannot be read; 5xx asks for it again. Never 404 or 422: those stop Guru's
//! retries.
//!
//! How Guru writes things (`loose.rs`, `wire.rs`) and what its words mean is the same in its API: the adapter to it
//! reads by what stands here.

mod amount;
mod details;
mod event;
mod items;
pub(crate) mod loose;
pub(crate) mod subscription;
#[cfg(test)]
mod tests;
pub(crate) mod transaction;
pub(crate) mod wire;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use event::Envelope;
use portal::Portal;
use portal::catalogue::source;
use portal::intake::{self, OrderRefusal, Outcome};
use serde_json::json;

/// The kind of these sources.
pub const KIND: &str = source::GURU;

/// What an answer other than 200 says.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// No source at this address has this token.
    #[error("the address or its token is wrong")]
    Unauthorized,
    /// What the body says cannot be read.
    #[error("the body cannot be read: {0}")]
    Unreadable(String),
    /// The body is too large, or did not arrive whole.
    #[error("the body did not arrive: {0}")]
    Body(#[from] BytesRejection),
    /// Should come again.
    #[error("not taken for now")]
    Again(#[from] OrderRefusal),
}

/// Takes one webhook.
pub async fn take(
    State(portal): State<Portal>,
    key: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<serde_json::Value>, NotTaken> {
    let Path(key) = key.map_err(|_| NotTaken::Unauthorized)?;
    let envelope = Envelope::read(&body?)?;
    let source = source::authenticate(&portal, &key, envelope.token())
        .await
        .map_err(OrderRefusal::from)?
        .ok_or(NotTaken::Unauthorized)?;
    let zone = source.producer().zone().map_err(OrderRefusal::from)?;
    let request_id = headers.get("x-request-id").and_then(|value| value.to_str().ok());
    let event = envelope.into_event(&zone, request_id)?;
    let outcome = intake::report(&portal, &source, event).await?;
    Ok(Json(json!({"outcome": outcome_word(outcome)})))
}

const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "applied",
        Outcome::Older => "older",
        Outcome::Ignored => "ignored",
        Outcome::Repeated => "repeated",
    }
}

impl IntoResponse for NotTaken {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Body(rejection) => rejection.status(),
            Self::Again(refusal) => {
                tracing::error!(error = %refusal, "a webhook was not taken");
                match refusal {
                    OrderRefusal::Database(error) if error.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::INTERNAL_SERVER_ERROR,
                }
            }
        };
        (status, Json(json!({"error": self.to_string()}))).into_response()
    }
}
