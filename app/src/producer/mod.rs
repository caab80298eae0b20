//! What producers see.

pub(crate) mod answer;

use crate::function;
use crate::page::PageError;
use crate::route::{Route, get, post};
use crate::visitor;
use axum::extract::Request;
use axum::response::Response;
use types::place::producer::Page;

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    vec![get(Page::RefundRequest, answer::show), post(Page::RefundRequest, answer::take), post(Page::Function, call)]
}

/// A function of the producer's area.
async fn call(visitor::Producer(producer): visitor::Producer, request: Request) -> Result<Response, PageError> {
    function::run(producer, request).await
}
