//! What the support staff see.

mod area;
mod search;

use crate::page::{PageError, lead_to};
use crate::route::{Route, get, post};
use crate::visitor::Visitor;
use axum::response::Response;
use types::place::staff::{Page, Place};

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    vec![get(Page::Search, search::page::show), post(Page::SignOut, sign_out)]
}

async fn sign_out(visitor: Visitor) -> Result<Response, PageError> {
    visitor.session.end().await?;
    Ok(lead_to(Place::Search))
}
