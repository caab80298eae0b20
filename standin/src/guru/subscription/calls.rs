//! The calls about subscriptions. `{id}` is the UUID or the code.

use super::super::Guru;
use super::super::answer::{Answer, Body, Refusal, Words, page};
use super::super::books::Books;
use super::Subscription;
use axum::extract::{Path, Query, State};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use jiff::civil::Date;
use serde_json::{Value, json};

type Said = Query<Vec<(String, String)>>;

pub(in crate::guru) fn routes() -> Router<Guru> {
    Router::new()
        .route("/subscriptions", get(all))
        .route("/subscriptions/", get(all))
        .route("/subscriptions/{id}", get(one))
        .route("/subscriptions/{id}/invoices", get(invoices))
        .route("/subscriptions/{id}/invoices/{code}", get(invoice))
        .route("/subscriptions/{id}/invoices/{code}/transactions", get(invoice_transactions))
        .route("/subscriptions/{id}/transactions", get(transactions))
        .route("/subscriptions/{id}/cancel", post(cancel))
        .route("/subscriptions/{id}/cancel-at-cycle-end", delete(undo_cancel))
        .route("/subscriptions/{id}/payment-types", get(methods).put(change_method))
        .route("/subscriptions/{id}/installment", put(change_parts))
        .route("/subscriptions/{id}/plans", put(change_plan))
        .route("/subscriptions/{id}/plans/available", get(choices))
        .route("/subscriptions/{id}/plans/simulate", post(preview))
        .route("/subscriptions/{id}/next-offer", put(change_next_offer))
}

fn success() -> Json<Value> {
    Json(json!({ "status": "success" }))
}

/// Returns whether a day is between `name_ini` and `name_end`, where they are said.
fn is_between(words: &Words, name: &str, day: Date) -> bool {
    let said = |end: &str| words.all(&format!("{name}_{end}")).first().and_then(|word| word.parse::<Date>().ok());
    said("ini").is_none_or(|from| from <= day) && said("end").is_none_or(|to| day <= to)
}

async fn all(State(guru): State<Guru>, Query(words): Said) -> Answer {
    let words = Words(words);
    let wanted = |books: &Books, one: &Subscription| {
        let product = books.offer(&one.offer).map(|offer| offer.product.id.clone()).unwrap_or_default();
        books.is_meant(&words, &one.contact)
            && words.allow("subscription_status", one.status.word())
            && words.allow("subscription_code", &one.code)
            && words.allow("product_id", &product)
            && words.allow("cancel_at_cycle_end", if one.ends_with_cycle { "1" } else { "0" })
            && is_between(&words, "next_cycle_at", one.next_cycle)
            && is_between(&words, "started_at", crate::calendar::day(one.started))
            && is_between(&words, "last_status_at", crate::calendar::day(one.status_at))
    };
    let all = guru.look(|books| {
        let found = books.subscriptions.iter().rev().filter(|one| wanted(books, one));
        found.map(|one| books.subscription_short(one)).collect()
    });
    page(all, &words).map(Json)
}

async fn one(State(guru): State<Guru>, Path(id): Path<String>) -> Answer {
    guru.look(|books| Ok(Json(books.subscription_full(books.subscription(&id)?))))
}

/// The newest first.
async fn invoices(State(guru): State<Guru>, Path(id): Path<String>, Query(words): Said) -> Answer {
    guru.look(|books| {
        let id = &books.subscription(&id)?.id;
        let of_it = books.invoices.iter().rev().filter(|one| one.subscription == *id);
        page(of_it.map(|one| one.shape()).collect(), &Words(words)).map(Json)
    })
}

async fn invoice(State(guru): State<Guru>, Path((id, code)): Path<(String, String)>) -> Answer {
    guru.look(|books| {
        let id = &books.subscription(&id)?.id;
        let found = books.invoices.iter().find(|one| one.subscription == *id && one.code == code);
        found.map(|one| Json(one.shape())).ok_or_else(Refusal::not_found)
    })
}

async fn invoice_transactions(
    State(guru): State<Guru>,
    Path((id, code)): Path<(String, String)>,
    Query(words): Said,
) -> Answer {
    guru.look(|books| {
        let id = &books.subscription(&id)?.id;
        let found = books.invoices.iter().find(|one| one.subscription == *id && one.code == code);
        let invoice = found.ok_or_else(Refusal::not_found)?;
        let of_it = books.transactions.iter().rev().filter(|one| one.invoice.as_ref() == Some(&invoice.id));
        page(of_it.map(|one| books.transaction_shape(one)).collect(), &Words(words)).map(Json)
    })
}

async fn transactions(State(guru): State<Guru>, Path(id): Path<String>, Query(words): Said) -> Answer {
    guru.look(|books| {
        let id = &books.subscription(&id)?.id;
        let of_it = books.transactions.iter().rev().filter(|one| one.subscription.as_ref() == Some(id));
        page(of_it.map(|one| books.transaction_shape(one)).collect(), &Words(words)).map(Json)
    })
}

async fn cancel(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| {
        let (with_cycle, comment) = (said.flag("cancel_at_cycle_end")?, said.needed("comment")?);
        let kind = books.cancel(&id, with_cycle, comment)?;
        Ok(Json(json!({ "status": "success", "type": kind })))
    })
}

async fn undo_cancel(State(guru): State<Guru>, Path(id): Path<String>) -> Answer {
    guru.change(|books| books.undo_cancel(&id).map(|()| success()))
}

async fn methods(State(guru): State<Guru>, Path(id): Path<String>) -> Answer {
    guru.look(|books| {
        let offer = books.offer(&books.subscription(&id)?.offer)?;
        Ok(Json(offer.methods.iter().map(|method| method.word()).collect()))
    })
}

async fn change_method(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| books.change_method(&id, &said).map(|()| success()))
}

async fn change_parts(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| books.change_parts(&id, &said).map(|()| success()))
}

async fn choices(State(guru): State<Guru>, Path(id): Path<String>) -> Answer {
    guru.look(|books| books.choices(&id).map(Json))
}

async fn preview(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| books.preview(&id, &said.needed("offer_id")?).map(Json))
}

async fn change_plan(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| {
        let status = books.change_plan(&id, &said.needed("offer_id")?)?;
        Ok(Json(json!({ "status": status })))
    })
}

async fn change_next_offer(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| books.change_next_offer(&id, &said.needed("new_offer_id")?).map(|()| success()))
}
