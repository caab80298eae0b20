//! The calls about subscriptions.

use super::super::Asaas;
use super::super::answer::{Answer, Refusal, Words, list, matches};
use super::super::books::Books;
use super::super::fields::Fields;
use super::super::payment::remote_ip;
use super::Subscription;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::json;

pub(in crate::asaas) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/subscriptions", get(all).post(add))
        .route("/subscriptions/", post(add))
        .route("/subscriptions/{id}", get(one).put(change).post(change).delete(remove))
        .route("/subscriptions/{id}/payments", get(payments))
        .route("/subscriptions/{id}/creditCard", put(swap_card))
}

fn changed(asaas: &Asaas, id: &str, change: impl FnOnce(&mut Books) -> Result<(), Refusal>) -> Answer {
    asaas.change(|books| {
        change(books)?;
        Ok(Json(books.subscription_shape(books.subscription(id)?)))
    })
}

/// The newest first. Removed ones only with `includeDeleted=true`.
async fn all(State(asaas): State<Asaas>, Query(words): Query<Words>) -> Answer {
    let with_deleted = words.get("includeDeleted").is_some_and(|word| word == "true");
    let wanted = |one: &&Subscription| {
        let filters = [
            ("customer", Some(&*one.customer)),
            ("externalReference", one.external_reference.as_deref()),
            ("billingType", Some(one.billing.word())),
            ("status", Some(one.state.word())),
        ];
        (with_deleted || !one.deleted) && matches(&words, &filters)
    };
    let all = asaas.look(|books| {
        books.subscriptions.iter().rev().filter(wanted).map(|one| books.subscription_shape(one)).collect()
    });
    Ok(Json(list(all, &words)))
}

async fn add(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let id = books.create_subscription(&fields)?;
        Ok(Json(books.subscription_shape(books.subscription(&id)?)))
    })
}

async fn one(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.look(|books| Ok(Json(books.subscription_shape(books.subscription(&id)?))))
}

async fn change(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    changed(&asaas, &id, |books| books.change_subscription(&id, &fields))
}

async fn remove(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        books.remove_subscription(&id)?;
        Ok(Json(json!({ "deleted": true, "id": id })))
    })
}

/// The newest first.
async fn payments(State(asaas): State<Asaas>, Path(id): Path<String>, Query(words): Query<Words>) -> Answer {
    asaas.look(|books| {
        books.subscription(&id)?;
        let of_it = books.payments.iter().rev().filter(|one| one.subscription.as_deref() == Some(&*id));
        let wanted = of_it.filter(|one| !one.deleted && matches(&words, &[("status", Some(one.status.word()))]));
        Ok(Json(list(wanted.map(|one| books.payment_shape(one)).collect(), &words)))
    })
}

async fn swap_card(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    changed(&asaas, &id, |books| {
        let customer = books.subscription(&id)?.customer.clone();
        remote_ip(&fields)?;
        let token = books.named_card(&fields, &customer)?;
        let token = token.ok_or_else(|| Refusal::field("creditCard", "Informe um cartão de crédito."))?;
        books.swap_card(&id, &token)
    })
}
