//! What producers see.

pub(crate) mod answer;
mod area;
mod orders;

use crate::function;
use crate::page::{PageError, lead_to};
use crate::route::{Route, get, post};
use crate::visitor::{self, Visitor};
use axum::extract::Request;
use axum::response::Response;
use types::place::producer::{Page, Place};

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::RefundRequest, answer::show),
        post(Page::RefundRequest, answer::take),
        get(Page::Orders, orders::page::show),
        get(Page::OrdersFile, orders::file::download),
        post(Page::OrderViews, orders::form::save),
        post(Page::OrderViewRemove, orders::form::remove),
        get(Page::Home, home),
        post(Page::SignOut, sign_out),
        post(Page::Function, call),
    ]
}

/// The first page is that of the orders.
async fn home(_: visitor::Producer) -> Response {
    lead_to(Place::Orders)
}

async fn sign_out(visitor: Visitor) -> Result<Response, PageError> {
    visitor.session.end().await?;
    Ok(lead_to(Place::Home))
}

/// A function of the producer's area.
async fn call(visitor::Producer(producer): visitor::Producer, request: Request) -> Result<Response, PageError> {
    function::run(producer, request).await
}
