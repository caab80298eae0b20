//! Who may call, how often, and where the calls go.

use super::answer::Refusal;
use super::{Guru, card, contact, pages, subscription, transaction};
use crate::fault;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// How many calls an account has in a minute.
const CALLS: i64 = 360;

/// How large a body is at most.
const LARGEST: usize = 1 << 20;

/// What is counted: the calls of a minute, and those that are being answered.
#[derive(Clone, Default)]
struct Traffic(Arc<Mutex<(i64, i64)>>, Arc<Mutex<HashSet<Vec<u8>>>>);

/// Everything that answers: the API below `/api/v2`, the pages beside it.
pub(super) fn router(guru: &Guru) -> Router {
    let traffic = Traffic::default();
    let api = Router::new()
        .merge(contact::routes())
        .merge(subscription::routes())
        .merge(transaction::routes())
        .route("/accounttoken/tokenisvalid/{token}", get(is_valid))
        .fallback(unknown)
        .layer(from_fn_with_state(traffic.clone(), no_twins))
        .layer(from_fn_with_state(guru.clone(), known_callers))
        .layer(from_fn_with_state((guru.clone(), traffic), counted));
    Router::new()
        .nest("/api/v2", card::routes().merge(api))
        .merge(pages::routes())
        .layer(from_fn_with_state(guru.faults(), fault::layer))
        .with_state(guru.clone())
}

async fn unknown() -> Refusal {
    Refusal::not_found()
}

async fn is_valid(State(guru): State<Guru>, Path(token): Path<String>) -> Json<Value> {
    Json(json!({ "is_valid": guru.look(|books| books.account_token == token) }))
}

async fn known_callers(State(guru): State<Guru>, request: Request, next: Next) -> Response {
    let said = request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if said.strip_prefix("Bearer ") == Some(&guru.shared.user_token) {
        return next.run(request).await;
    }
    Refusal::new(401, "Unauthenticated.").into_response()
}

/// The same call, while it is being answered, is not taken a second time.
async fn no_twins(State(traffic): State<Traffic>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else { return Refusal::new(413, "Too large.").into_response() };
    let call = [format!("{} {} ", parts.method, parts.uri).as_bytes(), &bytes].concat();
    let is_new = traffic.1.lock().unwrap_or_else(PoisonError::into_inner).insert(call.clone());
    if !is_new {
        return Refusal::new(429, "Identical concurrent request avoided.").into_response();
    }
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    traffic.1.lock().unwrap_or_else(PoisonError::into_inner).remove(&call);
    response
}

/// Counts the calls of a minute and says how many are left.
async fn counted(State((guru, traffic)): State<(Guru, Traffic)>, request: Request, next: Next) -> Response {
    let now = guru.clock().now();
    let made = {
        let mut counted = traffic.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != now / 60 {
            *counted = (now / 60, 0);
        }
        counted.1 += 1;
        counted.1
    };
    let reset = (now / 60 + 1) * 60;
    let mut response =
        if made > CALLS { Refusal::new(429, "Too Many Attempts.").into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-limit", CALLS.into());
    headers.insert("x-ratelimit-remaining", (CALLS - made).max(0).into());
    if made > CALLS {
        headers.insert("retry-after", (reset - now).into());
        headers.insert("x-ratelimit-reset", reset.into());
    }
    response
}
