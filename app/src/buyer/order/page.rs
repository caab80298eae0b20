//! The order page.

use super::view;
use crate::page::{Page, PageError};
use crate::visitor::Buyer;
use axum::extract::Path;

/// An order of this buyer; anything else is not found.
pub async fn show(buyer: Buyer, Path(handle): Path<String>) -> Result<Page, PageError> {
    let order = portal::purchases::for_buyer(&buyer, &handle).await?.ok_or(PageError::NotFound)?;
    Ok(view::order(buyer.texts(), &order, buyer.portal().now()).of_buyer(&buyer))
}
