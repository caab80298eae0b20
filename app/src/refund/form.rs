//! The form that asks for money back.

use super::page::{chosen, refused};
use crate::fields::Fields;
use crate::page::PageError;
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use portal::refund::RefundError;
use types::RequestId;

/// Asks for the money. The same form pressed twice is one request and leads to the same receipt.
pub async fn confirm(buyer: Buyer, Path(handle): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    let items = chosen(&fields);
    // No item means all of them to the rules; a form without items means nothing.
    let asked = match items.as_slice() {
        [] => Err(RefundError::UnknownItem),
        items => portal::refund::request(&buyer, &handle, request, items).await,
    };
    match asked {
        Ok(protocol) => Ok(Redirect::to(&format!("/orders/{handle}/refund/{protocol}")).into_response()),
        Err(error) => Ok(refused(&buyer, &handle, error).await?.into_response()),
    }
}
