//! The pages of signing in.

use super::typed_address::TypedAddress;
use super::view;
use crate::fields::QueryFields;
use crate::page::{Page, PageError, lead_to};
use crate::text::Texts;
use crate::visitor::{Buyer, OptionalBuyer, Visitor};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::portal_link;
use portal::sign_in::{self, LinkProblem};
use types::view::OrderLinkView;
use types::{LinkId, LinkPlace, OrderRef};

/// Asks for the e-mail; to correct one, in the browser that typed it, begins with that one.
pub async fn ask(visitor: Visitor, typed: TypedAddress, QueryFields(fields): QueryFields) -> Page {
    let email = if fields.one("correct").is_empty() { "" } else { typed.email() };
    view::ask(visitor.texts, &types::place::next(fields.one("next")), email, None)
}

/// Says that a mail may be on its way, and takes its code.
pub async fn sent(visitor: Visitor, typed: TypedAddress, QueryFields(fields): QueryFields) -> Result<Page, PageError> {
    let request: LinkId = fields.one("request").parse().map_err(|_| PageError::NotFound)?;
    sent_page(&visitor, &typed, request, None).await
}

/// The same page, with what is wrong with a code.
pub(super) async fn sent_page(
    visitor: &Visitor,
    typed: &TypedAddress,
    request: LinkId,
    error: Option<view::CodeError>,
) -> Result<Page, PageError> {
    let sent = sign_in::sent(&visitor.portal, request).await?.ok_or(PageError::NotFound)?;
    let mail_from = visitor.portal.options.mail_from.as_str();
    Ok(view::sent(visitor.texts, typed.email_of(request), &sent, mail_from, visitor.portal.wall(), error))
}

/// Takes e-mail and code in any browser.
pub async fn code(visitor: Visitor) -> Page {
    view::code(visitor.texts, "", None)
}

/// What a link from a mail shows. Mail scanners come here: nothing is spent, no cookie is set.
pub async fn link(visitor: Visitor, Path(token): Path<String>) -> Result<Page, PageError> {
    match sign_in::look(&visitor.portal, &token).await {
        Ok(link) => Ok(view::link(visitor.texts, &token, &link, visitor.portal.wall())),
        Err(problem) => link_problem(&visitor, &token, problem).await,
    }
}

/// Why a link does not lead in, and what to do about it. Whoever is signed in already need not come in by it.
pub(super) async fn link_problem(visitor: &Visitor, token: &str, problem: LinkProblem) -> Result<Page, PageError> {
    let (title, text) = match problem {
        LinkProblem::Invalid => return Ok(view::invalid_link(visitor.texts).with_status(StatusCode::NOT_FOUND)),
        LinkProblem::Expired => ("link-expired-title", "link-expired"),
        LinkProblem::Used => ("link-used-title", "link-used"),
        LinkProblem::Database(error) => return Err(error.into()),
    };
    let page = match visitor.session.buyer().await? {
        Some(buyer) => {
            let texts = Texts::of(buyer.origin().language);
            view::ended_link_inside(texts, token, (title, text), buyer.email()).of_buyer(&buyer)
        }
        None => view::ended_link(visitor.texts, token, title, text),
    };
    Ok(page.with_status(StatusCode::GONE))
}

/// The place of an order that its link names; the order itself for any other word.
pub(super) fn place_of(word: &str) -> LinkPlace {
    word.parse().unwrap_or(LinkPlace::Order)
}

/// An order link: shows little to whoever holds it; its owner, signed in, goes straight to the order.
pub async fn order_link(
    visitor: Visitor,
    OptionalBuyer(buyer): OptionalBuyer,
    Path(reference): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Response, PageError> {
    let reference = OrderRef::parse(&reference).map_err(|_| PageError::NotFound)?;
    let place = place_of(fields.one("to"));
    if let Some(buyer) = &buyer
        && let Some(behind) = sign_in::order_of_ref(&visitor.portal, &reference).await?
        && behind.email == *buyer.email()
    {
        return Ok(lead_to(behind.target(place).place()));
    }
    if let Some(link) = sign_in::order_link(&visitor.portal, &reference).await? {
        return Ok(view::order_link(visitor.texts, &link, place).into_response());
    }
    made_link(visitor, buyer, reference).await
}

/// A link that a producer made: the same page as that of the order's own link, under its own reference, and the place
/// that its producer chose.
async fn made_link(visitor: Visitor, buyer: Option<Buyer>, reference: OrderRef) -> Result<Response, PageError> {
    let made = portal_link::behind(&visitor.portal, &reference).await?.ok_or(PageError::NotFound)?;
    if made.is_revoked {
        return Ok(view::revoked_link(visitor.texts).with_status(StatusCode::GONE).into_response());
    }
    let behind = sign_in::order_of_ref(&visitor.portal, &made.order_ref).await?.ok_or(PageError::NotFound)?;
    if buyer.is_some_and(|buyer| behind.email == *buyer.email()) {
        return Ok(lead_to(behind.target(made.target).place()));
    }
    let link = sign_in::order_link(&visitor.portal, &made.order_ref).await?.ok_or(PageError::NotFound)?;
    let link = OrderLinkView { order_ref: reference, ..link };
    Ok(view::order_link(visitor.texts, &link, made.target).into_response())
}
