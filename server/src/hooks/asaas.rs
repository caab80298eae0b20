//! Asaas' webhooks, at the address of a connection: each carries its secret, or the one before it. Exactly 200 is taken
//! or of no interest; 401 a wrong address or secret; 400 a body that cannot be read. Whatever is not 200 comes again,
//! and what is behind it waits meanwhile.
//!
//! An event is a hint. What was asked for from here is asked about; only what nobody here asked for is believed as the
//! event has it.

use super::connected::{self, NotTaken};
use crate::gateway::asaas;
use crate::gateway::asaas::webhook::{About, SECRET, read};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use portal::Portal;
use portal::connection::Hooked;
use portal::gateway_inbox::Report;
use serde_json::Value;

/// Takes one webhook.
pub async fn take(
    State(portal): State<Portal>,
    key: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, NotTaken> {
    let (Path(key), body) = (key.map_err(|_| NotTaken::Unauthorized)?, body?);
    let hooked = connected::of(&portal, &key, asaas::NAME).await?;
    let sent = headers.get(SECRET).map(|value| value.as_bytes()).unwrap_or_default();
    if !hooked.is_secret(sent) {
        return Err(NotTaken::Unauthorized);
    }
    let event = read(&body).map_err(|_| NotTaken::Unreadable)?;
    let report = report(&hooked, event.about);
    let body = String::from_utf8_lossy(&body).into_owned();
    connected::keep(&portal, connected::event(&hooked, (event.id, event.kind), body, report)).await
}

fn report(hooked: &Hooked, about: About) -> Report {
    match about {
        About::Payment { key: Some(key), .. } => Report::Asked(key),
        About::Payment { reference, progress: Some(progress), .. } => Report::Charge { reference, progress },
        About::Refund { names, ours } => Report::PaidBack { names, ours },
        About::Dispute { reference } => Report::Disputed { account: hooked.producer, reference },
        About::Subscription { reference } => Report::Subscription(reference),
        About::Payment { .. } | About::Other => Report::Nothing,
    }
}
