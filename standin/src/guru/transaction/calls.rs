//! The calls about transactions.

use super::super::Guru;
use super::super::answer::{Answer, Body, Refusal, Words, page};
use super::super::books::Books;
use super::Transaction;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::civil::Date;
use serde_json::json;

/// How many days a window has at most.
const WINDOW: i32 = 180;

pub(in crate::guru) fn routes() -> Router<Guru> {
    Router::new()
        .route("/transactions", get(all))
        .route("/transactions/", get(all))
        .route("/transactions/{id}", get(one))
        .route("/transactions/{id}/refund", post(refund))
}

/// The days of a window, where both are said.
fn window(words: &Words, name: &str) -> Result<Option<(Date, Date)>, Refusal> {
    let day = |end: &str| words.all(&format!("{name}_{end}")).first().and_then(|word| word.parse::<Date>().ok());
    let (Some(from), Some(to)) = (day("ini"), day("end")) else { return Ok(None) };
    let is_too_long = from.until(to).is_ok_and(|span| span.get_days() > WINDOW);
    if is_too_long {
        Err(Refusal::field(&format!("{name}_end"), "The period exceeds 180 days."))
    } else {
        Ok(Some((from, to)))
    }
}

/// A window of at most 180 days, or whose transactions, or of what.
async fn all(State(guru): State<Guru>, Query(words): Query<Vec<(String, String)>>) -> Answer {
    let words = Words(words);
    let (ordered, confirmed) = (window(&words, "ordered_at")?, window(&words, "confirmed_at")?);
    let is_narrow = ["contact_id", "invoice_id", "subscription_id"].iter().any(|name| !words.all(name).is_empty());
    if !is_narrow && ordered.is_none() && confirmed.is_none() && words.all("cursor").is_empty() {
        return Err(Refusal::field("ordered_at_ini", "A period is required."));
    }
    let is_in = |window: Option<(Date, Date)>, at: Option<i64>| {
        window.is_none_or(|(from, to)| at.is_some_and(|at| (from..=to).contains(&crate::calendar::day(at))))
    };
    let wanted = |books: &Books, one: &Transaction| {
        let named = |name: &str, id: &Option<String>| words.allow(name, id.as_deref().unwrap_or_default());
        books.is_meant(&words, &one.contact)
            && named("invoice_id", &one.invoice)
            && named("subscription_id", &one.subscription)
            && words.allow("transaction_status", one.status.word())
            && words.allow("payment_type", one.method.word())
            && is_in(ordered, Some(one.ordered))
            && is_in(confirmed, one.confirmed)
    };
    let all = guru.look(|books| {
        let found = books.transactions.iter().rev().filter(|one| wanted(books, one));
        found.map(|one| books.transaction_shape(one)).collect()
    });
    page(all, &words).map(Json)
}

async fn one(State(guru): State<Guru>, Path(id): Path<String>) -> Answer {
    guru.look(|books| Ok(Json(books.transaction_shape(books.transaction(&id)?))))
}

async fn refund(State(guru): State<Guru>, Path(id): Path<String>, said: Body) -> Answer {
    guru.change(|books| {
        books.refund(&id, said.needed("comment")?)?;
        Ok(Json(json!({ "marketplace_refund": 1, "status": "success" })))
    })
}
