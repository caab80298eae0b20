//! Who may call, and where the calls go.

use super::answer::Refusal;
use super::{Asaas, account, card, checkout, customer, installment, pages, payment, subscription, webhook};
use crate::fault;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many calls an account has in twelve hours.
const CALLS: u32 = 25_000;

/// Everything that answers: the API below `/v3`, the pages beside it.
pub(super) fn router(asaas: &Asaas) -> Router {
    let api = Router::new()
        .merge(account::routes())
        .merge(card::routes())
        .merge(checkout::routes())
        .merge(customer::routes())
        .merge(installment::routes())
        .merge(payment::routes())
        .merge(subscription::routes())
        .merge(webhook::routes())
        .fallback(unknown)
        .layer(from_fn_with_state(asaas.clone(), known_callers))
        .layer(from_fn_with_state(Arc::new(AtomicU32::new(0)), counted));
    Router::new()
        .nest("/v3", api)
        .merge(pages::routes())
        .layer(from_fn_with_state(asaas.faults(), fault::layer))
        .with_state(asaas.clone())
}

async fn unknown() -> Refusal {
    Refusal::not_found("Recurso")
}

/// Only who knows the token, and says by what program it calls.
async fn known_callers(State(asaas): State<Asaas>, request: Request, next: Next) -> Response {
    match refusal(&asaas.shared.access_token, &request) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

fn refusal(token: &str, request: &Request) -> Option<Refusal> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let unknown = |code: &str, description: &str| Some(Refusal::new(401, code, description));
    match header("access_token") {
        "" => unknown(
            "access_token_not_found",
            "O cabeçalho de autenticação 'access_token' é obrigatório e não foi encontrado na requisição",
        ),
        said if said != token => unknown("invalid_access_token", "A chave de API fornecida é inválida"),
        _ if header("user-agent").is_empty() => {
            Some(Refusal::new(400, "invalid_user_agent", "O cabeçalho User-Agent é obrigatório."))
        }
        _ => None,
    }
}

/// Counts the calls and says how many are left.
async fn counted(State(made): State<Arc<AtomicU32>>, request: Request, next: Next) -> Response {
    let made = made.fetch_add(1, Ordering::SeqCst) + 1;
    let mut response = if made > CALLS {
        Refusal::new(429, "rate_limit_exceeded", "O limite de requisições foi excedido.").into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in [
        ("ratelimit-limit", CALLS),
        ("ratelimit-remaining", CALLS.saturating_sub(made)),
        ("ratelimit-reset", 12 * 60 * 60),
    ] {
        response.headers_mut().insert(name, value.into());
    }
    response
}
