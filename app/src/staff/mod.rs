//! What the support staff sees.

mod area;
mod login;
mod order;
mod search;

use crate::page::PageError;
use crate::route::{Route, get, post};
use crate::{function, visitor};
use axum::extract::Request;
use axum::response::Response;
use types::place::staff::Page;

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    let own = vec![get(Page::Search, search::page::show), post(Page::Function, call)];
    [own, login::routes(), order::routes()].concat()
}

/// A function of the staff's area.
async fn call(visitor::Staff(staff): visitor::Staff, request: Request) -> Result<Response, PageError> {
    function::run(staff, request, |calls| calls.answer(search::typed::find)).await
}
