//! The calls about checkouts. Asaas knows none that reads one: `GET /payments?checkoutSession=` and the webhooks tell.

use super::super::Asaas;
use super::super::answer::{Answer, Refusal};
use super::super::fields::Fields;
use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};

pub(in crate::asaas) fn routes() -> Router<Asaas> {
    Router::new().route("/checkouts", post(add)).route("/checkouts/{id}/cancel", post(cancel))
}

async fn add(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let id = books.create_checkout(fields)?;
        books.checkout_shape(&id).map(Json).ok_or_else(|| Refusal::not_found("Checkout"))
    })
}

async fn cancel(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        books.cancel_checkout(&id)?;
        books.checkout_shape(&id).map(Json).ok_or_else(|| Refusal::not_found("Checkout"))
    })
}
