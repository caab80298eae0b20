//! What the support staff sees.

mod area;
mod order;

use crate::page::{PageError, lead_to};
use crate::route::{Route, post};
use crate::visitor::Visitor;
use axum::response::Response;
use types::place::buyer;
use types::place::staff::Page;

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![post(Page::SignOut, sign_out)];
    routes.extend(order::routes());
    routes
}

async fn sign_out(visitor: Visitor) -> Result<Response, PageError> {
    visitor.session.end().await?;
    Ok(lead_to(buyer::Place::Home))
}
