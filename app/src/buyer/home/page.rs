//! The home page.

use super::view;
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::visitor::Buyer;
use portal::purchases::HomeQuery;

/// What is at risk, subscriptions, purchases; searched and filtered as the address says.
pub async fn show(buyer: Buyer, QueryFields(fields): QueryFields) -> Result<Page, PageError> {
    let query = query(&fields);
    let home = portal::purchases::home(&buyer, &query).await?;
    Ok(view::home(buyer.texts(), &home, &query, buyer.portal().now()).of_buyer(&buyer))
}

/// A status that is none of ours asks for nothing.
fn query(fields: &Fields) -> HomeQuery {
    HomeQuery {
        search: fields.filled("q").map(|text| text.chars().take(100).collect()),
        status: fields.one("status").parse().ok(),
        cursor: fields.filled("cursor").map(str::to_owned),
    }
}
