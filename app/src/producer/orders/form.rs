//! Views: what is asked again and again, kept and forgotten.

use super::views::Refused;
use super::{address, page, question};
use crate::fields::Fields;
use crate::page::PageError;
use crate::said::lead_saying;
use crate::{found, visitor};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use portal::search::{SaveRefusal, remove_view, save_view};
use types::OrderViewId;
use types::place::producer::Place;

/// Keeps what is asked under a name.
pub(crate) async fn save(
    visitor::Producer(producer): visitor::Producer,
    fields: Fields,
) -> Result<Response, PageError> {
    let (asked, name) = (question(&fields), fields.one("name"));
    let saved = save_view(&producer, name, &asked, found::question(&asked.pairs())).await;
    let key = match saved {
        Ok(_) => return Ok(lead_saying(address(&asked), "said-view-saved")),
        Err(SaveRefusal::Name) => "orders-view-name-wrong",
        Err(SaveRefusal::Full) => "orders-view-full",
        // Whoever asks nothing has the list itself.
        Err(SaveRefusal::Nothing) => return Err(PageError::Unreadable),
        Err(SaveRefusal::Database(error)) => return Err(error.into()),
    };
    let refused = Refused { key, typed: name.to_owned() };
    Ok(page::page(&producer, &asked, None, Some(refused)).await?.into_response())
}

/// Forgets a view.
pub(crate) async fn remove(
    visitor::Producer(producer): visitor::Producer,
    Path(view): Path<String>,
) -> Result<Response, PageError> {
    let view: OrderViewId = view.parse().map_err(|_| PageError::NotFound)?;
    match remove_view(&producer, view).await? {
        true => Ok(lead_saying(Place::Orders, "said-view-removed")),
        false => Err(PageError::NotFound),
    }
}
