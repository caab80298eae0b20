//! The forms of signing in. Each ends in a redirect, or comes back filled in with what is wrong.

use super::page::{link_problem, place_of, sent_page};
use super::typed_address::TypedAddress;
use super::view::{self, CodeError};
use crate::fields::Fields;
use crate::page::{PageError, lead_to};
use crate::said::lead_saying;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::portal_link::{self, Behind};
use portal::sign_in::{self, CodeFor, CodeProblem, LinkRequestError, Requested, SignedIn};
use types::place::buyer::Place;
use types::{Email, LinkId, OrderRef};

/// Takes an e-mail; the answer is the same for every address (rule 3).
pub async fn request(visitor: Visitor, fields: Fields) -> Result<Response, PageError> {
    let next = types::place::next(fields.one("next"));
    let typed = fields.one("email");
    let Ok(email) = Email::parse(typed) else {
        let error = if typed.trim().is_empty() { "sign-in-email-empty" } else { "sign-in-email-invalid" };
        return Ok(refused(view::ask(visitor.texts, &next, typed, Some(error))));
    };
    let shown = email.to_string();
    let requested = sign_in::request_purchases_link(&visitor.portal, &visitor.origin, email, next).await;
    let request = requested.as_ref().ok().map(|requested| requested.request);
    let mut response = to_sent(requested)?;
    if let Some(request) = request {
        TypedAddress::keep(&visitor.portal, &mut response, request, &shown);
    }
    Ok(response)
}

/// Sends the mail of a request again.
pub async fn resend(visitor: Visitor, typed: TypedAddress, fields: Fields) -> Result<Response, PageError> {
    let before: LinkId = fields.one("request").parse().map_err(|_| PageError::NotFound)?;
    let Requested { request, is_on_its_way } = match sign_in::resend(&visitor.portal, &visitor.origin, before).await {
        Ok(requested) => requested,
        refused => return to_sent(refused),
    };
    let said = if is_on_its_way { "said-sent-early" } else { "said-sent-again" };
    let mut response = lead_saying(sent_address(request), said);
    if let Some(email) = typed.email_of(before) {
        TypedAddress::keep(&visitor.portal, &mut response, request, email);
    }
    Ok(response)
}

/// Takes the code of a mail: for a request that this browser made, or with the e-mail it came to.
pub async fn enter_code(visitor: Visitor, typed: TypedAddress, fields: Fields) -> Result<Response, PageError> {
    match fields.one("request").parse::<LinkId>() {
        Ok(request) => code_of_request(&visitor, &typed, request, fields.one("code")).await,
        Err(_) => code_of_email(&visitor, fields.one("email"), fields.one("code")).await,
    }
}

async fn code_of_request(
    visitor: &Visitor,
    typed: &TypedAddress,
    request: LinkId,
    code: &str,
) -> Result<Response, PageError> {
    let problem = match try_code(visitor, CodeFor::Request(request), code).await? {
        Ok(signed_in) => return enter(visitor, &signed_in).await,
        Err(problem) => problem,
    };
    Ok(refused(sent_page(visitor, typed, request, Some(problem)).await?))
}

async fn code_of_email(visitor: &Visitor, typed: &str, code: &str) -> Result<Response, PageError> {
    let problem = match Email::parse(typed) {
        Ok(email) => match try_code(visitor, CodeFor::Email(email), code).await? {
            Ok(signed_in) => return enter(visitor, &signed_in).await,
            Err(problem) => problem,
        },
        Err(_) if typed.trim().is_empty() => CodeError::NoEmail,
        Err(_) => CodeError::InvalidEmail,
    };
    Ok(refused(view::code(visitor.texts, typed, Some(problem))))
}

/// Nothing typed costs no try.
async fn try_code(visitor: &Visitor, of: CodeFor, code: &str) -> Result<Result<SignedIn, CodeError>, PageError> {
    if code.trim().is_empty() {
        return Ok(Err(CodeError::Empty));
    }
    match sign_in::enter_code(&visitor.portal, &visitor.origin, of, code).await {
        Ok(signed_in) => Ok(Ok(signed_in)),
        Err(CodeProblem::Wrong { tries_left }) => Ok(Err(CodeError::Wrong { tries_left })),
        Err(CodeProblem::Ended) => Ok(Err(CodeError::Ended)),
        Err(CodeProblem::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(CodeProblem::Database(error)) => Err(error.into()),
    }
}

/// Spends a link: once, by a press (rule 2).
pub async fn open_link(visitor: Visitor, Path(token): Path<String>) -> Result<Response, PageError> {
    match sign_in::open(&visitor.portal, &visitor.origin, &token).await {
        Ok(signed_in) => enter(&visitor, &signed_in).await,
        Err(problem) => Ok(link_problem(&visitor, &token, problem).await?.into_response()),
    }
}

/// A new link to where an old one led.
pub async fn resend_link(visitor: Visitor, Path(token): Path<String>) -> Result<Response, PageError> {
    to_sent(sign_in::resend_by_token(&visitor.portal, &visitor.origin, &token).await)
}

/// Mails a link to the address on file of an order; nobody else learns anything (rule 5).
pub async fn request_order_link(
    visitor: Visitor,
    Path(reference): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let reference = OrderRef::parse(&reference).map_err(|_| PageError::NotFound)?;
    if let Some(made) = portal_link::behind(&visitor.portal, &reference).await? {
        return request_made_link(&visitor, &made).await;
    }
    let place = place_of(fields.one("to"));
    to_sent(sign_in::request_order_link(&visitor.portal, &visitor.origin, &reference, place).await)
}

/// The same, by a link that a producer made: its first press counts.
async fn request_made_link(visitor: &Visitor, made: &Behind) -> Result<Response, PageError> {
    if made.is_revoked {
        return Ok(view::revoked_link(visitor.texts).with_status(StatusCode::GONE).into_response());
    }
    let requested = sign_in::request_order_link(&visitor.portal, &visitor.origin, &made.order_ref, made.target).await;
    if requested.is_ok() {
        portal_link::press(&visitor.portal, &visitor.origin, made).await?;
    }
    to_sent(requested)
}

/// Ends the session, here and on the server.
pub async fn sign_out(visitor: Visitor) -> Result<Response, PageError> {
    visitor.session.end().await?;
    Ok(lead_to(Place::SignIn))
}

fn to_sent(requested: Result<Requested, LinkRequestError>) -> Result<Response, PageError> {
    match requested {
        Ok(Requested { request, .. }) => Ok(lead_to(sent_address(request))),
        Err(LinkRequestError::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(LinkRequestError::Unknown) => Err(PageError::NotFound),
        Err(LinkRequestError::Database(error)) => Err(error.into()),
    }
}

fn sent_address(request: LinkId) -> String {
    format!("{}?request={request}", Place::SignInSent)
}

async fn enter(visitor: &Visitor, signed_in: &SignedIn) -> Result<Response, PageError> {
    visitor.session.begin(&signed_in.token).await?;
    Ok(lead_to(signed_in.target.place()))
}

fn refused(page: crate::page::Page) -> Response {
    page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}
