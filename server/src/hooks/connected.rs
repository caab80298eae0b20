//! What the doors of connected gateways have in common.

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::connection::{self, Hooked};
use portal::gateway_inbox::{self, Event, Outcome, Report};
use portal::{Portal, db};
use serde_json::{Value, json};

/// Why an event was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The address, the signature or its time is wrong.
    #[error("the address, the signature or its time is wrong")]
    Unauthorized,
    /// What the body says cannot be read.
    #[error("the body cannot be read")]
    Unreadable,
    /// The body is too large, or did not arrive whole.
    #[error("the body did not arrive: {0}")]
    Body(#[from] BytesRejection),
    /// Should come again.
    #[error("not taken for now")]
    Again(#[from] db::Error),
}

/// The connection with this address, of this gateway.
pub(super) async fn of(portal: &Portal, key: &str, gateway: &str) -> Result<Hooked, NotTaken> {
    let found = connection::of_address(portal, key).await?;
    found.filter(|hooked| hooked.gateway == gateway).ok_or(NotTaken::Unauthorized)
}

/// An event as the inbox takes it. Ids of events are unique within an account.
pub(super) fn event(hooked: &Hooked, (id, kind): (String, String), body: String, report: Report) -> Event {
    Event {
        sender: format!("{}:{}", hooked.gateway, hooked.id),
        gateway: hooked.code.clone(),
        connection: Some((hooked.id, hooked.producer)),
        id,
        kind,
        body,
        report,
    }
}

/// Takes an event, once.
pub(super) async fn keep(portal: &Portal, event: Event) -> Result<Json<Value>, NotTaken> {
    let outcome = match gateway_inbox::take(portal, &event).await? {
        Outcome::Applied => "applied",
        Outcome::Ignored => "ignored",
        Outcome::Repeated => "repeated",
    };
    Ok(Json(json!({ "outcome": outcome })))
}

impl IntoResponse for NotTaken {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Body(rejection) => rejection.status(),
            Self::Again(error) => {
                tracing::error!(%error, "a webhook was not taken");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
