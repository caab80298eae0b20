//! Subscriptions.

pub(super) mod change;
pub(super) mod create;
pub(super) mod end;
mod fields;
pub(super) mod item;
pub(super) mod pending;
pub(super) mod period;
pub(super) mod schedule;
pub(super) mod settle;
pub(super) mod update;
pub(super) mod wish;

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::params::Params;
use super::value::{data, text};
use serde_json::Value;

/// `GET /v1/subscriptions`: without a status, those that have not ended.
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["collection_method", "customer", "price", "status"]))?;
    let (customer, status) = (params.text("customer")?, params.text("status")?);
    let (price, method) = (params.text("price")?, params.text("collection_method")?);
    list::page(books, "subscription", "/v1/subscriptions", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
            && method.is_none_or(|method| text(one, "collection_method") == method)
            && price.is_none_or(|price| data(one, "items").iter().any(|item| text(&item["price"], "id") == price))
            && is_of_status(one, status)
    })
}

fn is_of_status(subscription: &Value, wanted: Option<&str>) -> bool {
    let status = text(subscription, "status");
    let has_ended = matches!(status, "canceled" | "incomplete_expired");
    match wanted {
        Some("all") => true,
        Some("ended") => has_ended,
        Some(wanted) => status == wanted,
        None => status != "canceled" && !has_ended,
    }
}

/// `POST /v1/subscriptions/{id}/resume`: one that is paused goes on, with a period that begins now.
pub(super) fn resume(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["billing_cycle_anchor", "proration_behavior", "proration_date"])?;
    let before = books.find("subscription", id, "id")?;
    if text(&before, "status") != "paused" {
        let message = "The subscription cannot be resumed because it is not paused.";
        return Err(Failure::refused("", message));
    }
    let change = change::anew(books, &before);
    books.change(id, |one| one["status"] = "active".into());
    update::carry_out(books, id, &change, "allow_incomplete")?;
    books.tell_change("customer.subscription.updated", &before);
    books.tell("customer.subscription.resumed", id);
    books.find("subscription", id, "id")
}
