//! The forms of the account. Each ends in a redirect, or comes back filled in with what is wrong.

use super::page::link_gone;
use super::view::{self, TypedProfile};
use super::{data, email};
use crate::fields::Fields;
use crate::page::{Page, PageError, lead_to};
use crate::said::lead_saying;
use crate::session::BrowserSession;
use crate::visitor::{Buyer, Visitor};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::account::{self, EmailChangeError, ErasureError, Profile};
use types::place::buyer::Place;
use types::{Email, Line, RequestId, SessionId, TaxId};

/// Takes name, phone and tax id. An empty tax id leaves what is on file, which no page repeats.
pub async fn profile(buyer: Buyer, fields: Fields) -> Result<Response, PageError> {
    let on_file = account::view(&buyer).await?;
    let mut typed = TypedProfile {
        name: fields.one("name").to_owned(),
        phone: fields.one("phone").to_owned(),
        tax_id: fields.one("tax_id").to_owned(),
        errors: Vec::new(),
    };
    let forgets = fields.one("forget_tax_id") == "yes";
    match read(&mut typed) {
        Some(mut profile) => {
            if profile.tax_id.is_none() && !forgets {
                profile.tax_id = on_file.tax_id;
            }
            account::write_profile(&buyer, &profile).await?;
            Ok(lead_saying(Place::Account, "said-profile-saved"))
        }
        None => Ok(refused(view::profile(buyer.texts(), &on_file, &typed).of_buyer(&buyer))),
    }
}

fn read(typed: &mut TypedProfile) -> Option<Profile> {
    let name = line(&typed.name);
    if name.is_none() {
        typed.errors.push(("name", "profile-name-wrong"));
    }
    let phone = phone(&typed.phone).map_err(|key| typed.errors.push(("phone", key))).ok();
    let tax_id = tax_id(&typed.tax_id).map_err(|key| typed.errors.push(("tax_id", key))).ok();
    Some(Profile { name: name?, phone: phone?, tax_id: tax_id? })
}

/// A line of text; none for what is no line, and for what came in as bytes that are no letters.
pub(crate) fn line(text: &str) -> Option<Line> {
    Line::parse(text).ok().filter(|line| !line.as_str().contains(char::REPLACEMENT_CHARACTER))
}

/// Digits as people group them; none for nothing.
fn phone(text: &str) -> Result<Option<Line>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    types::phone::parse(text).map(Some).map_err(|_| "profile-phone-wrong")
}

/// A CPF or CNPJ; none for nothing.
pub(crate) fn tax_id(text: &str) -> Result<Option<TaxId>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    TaxId::parse(text).map(Some).map_err(|_| "profile-tax-id-wrong")
}

/// Takes another address; the answer is the same whether or not somebody has it.
pub async fn ask_email(buyer: Buyer, fields: Fields) -> Result<Response, PageError> {
    let typed = fields.one("email");
    let error = match Email::parse(typed) {
        Ok(new) => match account::ask_email(&buyer, &new).await {
            Ok(()) => return Ok(lead_to(Place::Email)),
            Err(EmailChangeError::Same) => "email-same",
            Err(EmailChangeError::Limited { retry_after }) => return Err(PageError::TooMany { retry_after }),
            Err(EmailChangeError::Erased) => return Err(PageError::NotFound),
            Err(EmailChangeError::Database(error)) => return Err(error.into()),
        },
        Err(_) if typed.trim().is_empty() => "sign-in-email-empty",
        Err(_) => "sign-in-email-invalid",
    };
    let account = account::view(&buyer).await?;
    Ok(refused(email::ask(buyer.texts(), &account, typed, Some(error), buyer.portal().now()).of_buyer(&buyer)))
}

/// Takes back what waits to be confirmed.
pub async fn withdraw_email(buyer: Buyer) -> Result<Response, PageError> {
    account::withdraw_email(&buyer).await?;
    Ok(lead_to(Place::Email))
}

/// Spends the link: once, by a press. Nobody is signed in afterwards: the new address does that as any address does.
pub async fn confirm_email(visitor: Visitor, Path(token): Path<String>) -> Result<Response, PageError> {
    match account::confirm_email(&visitor.portal, &visitor.origin, &token).await {
        Ok(_) => Ok(lead_to(Place::EmailChanged)),
        Err(gone) => Ok(link_gone(&visitor, gone)?.into_response()),
    }
}

/// Ends one browser's session.
pub async fn end_session(buyer: Buyer, Path(session): Path<String>) -> Result<Response, PageError> {
    let session: SessionId = session.parse().map_err(|_| PageError::NotFound)?;
    if portal::session::end_one(&*buyer, session).await? {
        Ok(lead_to(format!("{}#sessions", Place::Account)))
    } else {
        Err(PageError::NotFound)
    }
}

/// Ends them all, this one too.
pub async fn end_sessions(buyer: Buyer, session: BrowserSession) -> Result<Response, PageError> {
    portal::session::end_all(&*buyer).await?;
    session.end().await?;
    Ok(lead_to(Place::SignIn))
}

/// Asks for everything to be erased. The same form pressed twice is one request.
pub async fn ask_erasure(buyer: Buyer, fields: Fields) -> Result<Response, PageError> {
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    match account::ask_erasure(&buyer, request).await {
        Ok(_) | Err(ErasureError::Waiting) => Ok(lead_to(Place::Erasure)),
        Err(ErasureError::Open) => {
            let offer = account::erasure(&buyer).await?;
            Ok(refused(data::erasure(buyer.texts(), &offer, request, buyer.portal().now()).of_buyer(&buyer)))
        }
        Err(ErasureError::Database(error)) => Err(error.into()),
    }
}

/// Takes the request back.
pub async fn undo_erasure(buyer: Buyer) -> Result<Response, PageError> {
    account::undo_erasure(&buyer).await?;
    Ok(lead_saying(Place::Account, "said-erasure-undone"))
}

fn refused(page: Page) -> Response {
    page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}
