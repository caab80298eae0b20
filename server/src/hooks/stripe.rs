//! Stripe's webhooks, at the address of a connection: signed with its secret, or with the one before it. 200 is taken or
//! of no interest; 401 a wrong address, signature or time; 400 a body that cannot be read; 5xx asks for it again.
//!
//! An event is a hint. What was asked for from here is asked about; only what nobody here asked for is believed as the
//! event has it.

use super::connected::{self, NotTaken};
use crate::gateway::stripe::webhook::{About, Event as Sent, SIGNATURE, read, verify};
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use portal::Portal;
use portal::connection::Hooked;
use portal::gateway_inbox::{Event, Report};
use serde_json::Value;

/// Takes one webhook.
pub async fn take(
    State(portal): State<Portal>,
    key: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, NotTaken> {
    let (Path(key), body) = (key.map_err(|_| NotTaken::Unauthorized)?, body?);
    let hooked = connected::of(&portal, &key, crate::gateway::stripe::NAME).await?;
    let header = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let secrets: Vec<&str> = hooked.secrets.iter().map(String::as_str).collect();
    verify(&secrets, header, &body, portal.wall()).map_err(|_| NotTaken::Unauthorized)?;
    let sent = read(&body).map_err(|_| NotTaken::Unreadable)?;
    connected::keep(&portal, event(&hooked, sent, &body)).await
}

fn event(hooked: &Hooked, sent: Sent, body: &[u8]) -> Event {
    let report = report(hooked, sent.about);
    let body = String::from_utf8_lossy(body).into_owned();
    connected::event(hooked, (sent.id, sent.kind), body, report)
}

fn report(hooked: &Hooked, about: About) -> Report {
    match about {
        About::Payment { key: Some(key), .. } => Report::Asked(key),
        About::Payment { reference, progress: Some(progress), .. } => Report::Charge { reference, progress },
        About::Refund { key: Some(key), .. } => key.parse().map_or(Report::Nothing, Report::Refund),
        About::Refund { payment: Some(reference), .. } => paid_back(reference),
        About::PaidBack { charge, payment } => paid_back(payment.unwrap_or(charge)),
        About::Page { key: Some(key), .. } => key.parse().map_or(Report::Nothing, Report::Card),
        About::Dispute { charge, payment, is_won: None } => match payment.or(charge) {
            Some(reference) => Report::Disputed { account: hooked.producer, reference },
            None => Report::Nothing,
        },
        About::Subscription { reference } | About::Invoice { subscription: Some(reference), .. } => {
            Report::Subscription(reference)
        }
        _ => Report::Nothing,
    }
}

fn paid_back(payment: String) -> Report {
    Report::PaidBack { names: vec![payment], ours: None }
}
