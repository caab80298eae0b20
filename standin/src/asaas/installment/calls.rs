//! The calls about instalment plans.

use super::super::Asaas;
use super::super::answer::{Answer, Words, list, matches};
use super::super::fields::Fields;
use super::Installment;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

pub(in crate::asaas) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/installments", get(all).post(add))
        .route("/installments/", post(add))
        .route("/installments/{id}", get(one).delete(remove))
        .route("/installments/{id}/payments", get(payments))
        .route("/installments/{id}/refund", post(refund))
}

async fn all(State(asaas): State<Asaas>, Query(words): Query<Words>) -> Answer {
    let wanted = |plan: &&Installment| !plan.deleted && matches(&words, &[("customer", Some(&*plan.customer))]);
    let all = asaas.look(|books| {
        books.installments.iter().rev().filter(wanted).map(|plan| books.installment_shape(plan)).collect()
    });
    Ok(Json(list(all, &words)))
}

async fn add(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let id = books.create_installment(&fields)?;
        Ok(Json(books.installment_shape(books.installment(&id)?)))
    })
}

async fn one(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.look(|books| Ok(Json(books.installment_shape(books.installment(&id)?))))
}

/// What is open of it is removed.
async fn remove(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        books.installment(&id)?;
        let open: Vec<String> =
            books.parts_of(&id).iter().filter(|part| part.is_open()).map(|part| part.id.clone()).collect();
        for part in open {
            books.remove_payment(&part)?;
        }
        books.installments.iter_mut().filter(|plan| plan.id == id).for_each(|plan| plan.deleted = true);
        Ok(Json(json!({ "deleted": true, "id": id })))
    })
}

/// The last part first.
async fn payments(State(asaas): State<Asaas>, Path(id): Path<String>, Query(words): Query<Words>) -> Answer {
    asaas.look(|books| {
        books.installment(&id)?;
        let parts = books.parts_of(&id);
        Ok(Json(list(parts.into_iter().rev().map(|part| books.payment_shape(part)).collect(), &words)))
    })
}

async fn refund(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    asaas.change(|books| {
        books.refund_installment(&id, fields.amount("value")?)?;
        Ok(Json(books.installment_shape(books.installment(&id)?)))
    })
}
