//! What producers see.

pub(crate) mod answer;
mod area;
mod invitation;
mod links;
mod login;
mod order;
mod orders;
mod people;
mod report;
mod requests;
mod settings;

use crate::page::{BuyerPages, PageError, lead_to};
use crate::route::{Route, get, post};
use crate::{function, visitor};
use axum::extract::Request;
use axum::response::Response;
use types::place::producer::{Page, Place};

/// What answers at the addresses of this wing.
pub(crate) fn routes(buyer_pages: BuyerPages) -> Vec<Route> {
    let own = vec![
        get(Page::RefundRequest, answer::show),
        post(Page::RefundRequest, answer::take),
        get(Page::Orders, orders::page::show),
        get(Page::OrdersFile, orders::file::download),
        post(Page::OrderViews, orders::form::save),
        post(Page::OrderViewRemove, orders::form::remove),
        get(Page::Home, home),
        post(Page::Function, call),
    ];
    [
        own,
        order::routes(),
        requests::routes(),
        links::routes(),
        report::routes(),
        settings::routes(buyer_pages),
        people::routes(),
        login::routes(),
    ]
    .concat()
}

/// The first page is that of the orders.
async fn home(_: visitor::Producer) -> Response {
    lead_to(Place::Orders)
}

/// A function of the producer's area.
async fn call(visitor::Producer(producer): visitor::Producer, request: Request) -> Result<Response, PageError> {
    function::run(producer, request, |calls| {
        calls.answer(orders::typed::find);
        calls.answer(settings::switch);
    })
    .await
}
