//! The form that corrects whom documents are made out to.

use super::view::{self, TypedBilling};
use crate::account::form::{line, tax_id};
use crate::fields::Fields;
use crate::page::{PageError, lead_to};
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::document::NewBilling;
use types::place::buyer::Place;

/// Takes name, tax id and address; what is wrong comes back beside its field.
pub async fn billing(buyer: Buyer, Path(handle): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let (data, order) = portal::document::billing(&buyer, &handle).await?.ok_or(PageError::NotFound)?;
    let mut typed = TypedBilling {
        name: fields.one("name").to_owned(),
        tax_id: fields.one("tax_id").to_owned(),
        address: fields.one("address").to_owned(),
        errors: Vec::new(),
    };
    match read(&mut typed) {
        Some(new) if portal::document::write_billing(&buyer, &handle, &new).await? => {
            Ok(lead_to(format!("{}#documents", Place::Order { handle: &handle })))
        }
        Some(_) => Err(PageError::NotFound),
        None => {
            let page = view::billing(buyer.texts(), &order, &data, &typed).of_buyer(&buyer);
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

fn read(typed: &mut TypedBilling) -> Option<NewBilling> {
    let name = line(&typed.name);
    if name.is_none() {
        typed.errors.push(("name", "profile-name-wrong"));
    }
    let tax_id = tax_id(&typed.tax_id).map_err(|key| typed.errors.push(("tax_id", key))).ok();
    let address = match typed.address.trim() {
        "" => Some(None),
        text => line(text).map(Some),
    };
    if address.is_none() {
        typed.errors.push(("address", "billing-address-wrong"));
    }
    Some(NewBilling { name: name?, tax_id: tax_id?, address: address? })
}
