//! What producers see.

pub(crate) mod answer;

use crate::function;
use crate::page::PageError;
use crate::route::Who::{Anyone, Producer};
use crate::route::{Address, get, post};
use crate::visitor;
use axum::extract::Request;
use axum::response::Response;

/// Every address of this wing.
pub(crate) fn addresses() -> Vec<Address> {
    vec![
        get("/refund-requests/{token}", Anyone, answer::show),
        post("/refund-requests/{token}", Anyone, answer::take),
        post("/producer/fn/{function}", Producer, call),
    ]
}

/// A function of the producer's area.
async fn call(visitor::Producer(producer): visitor::Producer, request: Request) -> Result<Response, PageError> {
    function::run(producer, request).await
}
