//! The pages of the account.

use super::view::{self, TypedProfile};
use super::{data, email};
use crate::download::download;
use crate::page::{Page, PageError};
use crate::visitor::{Buyer, Visitor};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use portal::account::{self, LinkGone};

/// Everything at a glance.
pub async fn show(buyer: Buyer) -> Result<Page, PageError> {
    let account = account::view(&buyer).await?;
    Ok(view::account(buyer.texts(), &account, buyer.portal().now()).of_buyer(&buyer))
}

/// Name, phone, tax id.
pub async fn profile(buyer: Buyer) -> Result<Page, PageError> {
    let account = account::view(&buyer).await?;
    Ok(view::profile(buyer.texts(), &account, &TypedProfile::of(&account)).of_buyer(&buyer))
}

/// Another address.
pub async fn change_email(buyer: Buyer) -> Result<Page, PageError> {
    let account = account::view(&buyer).await?;
    Ok(email::ask(buyer.texts(), &account, "", None, buyer.portal().now()).of_buyer(&buyer))
}

/// What a link to confirm leads to. Looking changes nothing.
pub async fn confirm_email(visitor: Visitor, Path(token): Path<String>) -> Result<Page, PageError> {
    match account::look_email(&visitor.portal, &token).await {
        Ok(seen) => Ok(email::confirm(visitor.texts, &token, &seen, visitor.portal.now())),
        Err(gone) => link_gone(&visitor, gone),
    }
}

/// Said once the address was changed; knows nothing of whose.
pub async fn email_changed(visitor: Visitor) -> Page {
    email::changed(visitor.texts)
}

pub(super) fn link_gone(visitor: &Visitor, gone: LinkGone) -> Result<Page, PageError> {
    match gone {
        LinkGone::Invalid => Ok(email::invalid(visitor.texts).with_status(StatusCode::NOT_FOUND)),
        LinkGone::Ended => Ok(email::ended(visitor.texts).with_status(StatusCode::GONE)),
        LinkGone::Database(error) => Err(error.into()),
    }
}

/// A copy of everything, as a file.
pub async fn export(buyer: Buyer) -> Result<Response, PageError> {
    let export = account::export(&buyer).await?;
    Ok(download("application/json", "my-data.json", export.to_bytes()))
}

/// What erasing means.
pub async fn erasure(buyer: Buyer) -> Result<Page, PageError> {
    let offer = account::erasure(&buyer).await?;
    let request = portal::refund::new_request_id(buyer.portal());
    Ok(data::erasure(buyer.texts(), &offer, request, buyer.portal().now()).of_buyer(&buyer))
}
