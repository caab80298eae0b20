//! How the staff comes in, always with a second step, and what they change about their own login.

use super::area::{Part, area, texts};
use crate::fields::{Fields, QueryFields};
use crate::login::{self as pages, Way, account, proof, second_step, sign_in};
use crate::page::{Page, PageError, lead_to};
use crate::route::{Route, get, post};
use crate::session::BrowserSession;
use crate::visitor::{FreshStaff, Staff, Visitor};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use portal::login::{self, Changed, Door, NotSetUp};
use types::LoginId;
use types::place::staff::{Page as Address, Place};

const WAY: Way = Way(Door::Staff);

/// What answers at the addresses of signing in, and of somebody's own login.
pub(crate) fn routes() -> Vec<Route> {
    let own = vec![
        get(Address::SecondStep, show_second_step),
        post(Address::SecondStep, confirm_second_step),
        get(Address::Account, show),
        post(Address::AccountPassword, change_password),
        post(Address::RecoveryCodes, renew_codes),
        post(Address::Session, async |Staff(staff): Staff, Path(session): Path<String>| {
            account::end_session(WAY, &staff, &session).await
        }),
        post(Address::Sessions, async |Staff(staff): Staff, session: BrowserSession| {
            account::end_sessions(WAY, &staff, &session).await
        }),
        get(Address::Proof, ask_proof),
        post(Address::Proof, take_proof),
    ];
    [pages::routes(WAY), own].concat()
}

/// The first sign-in: the second step is set up before anybody is in.
async fn show_second_step(
    visitor: Visitor,
    headers: HeaderMap,
    QueryFields(fields): QueryFields,
) -> Result<Response, PageError> {
    let Some(ticket) = WAY.ticket(&visitor.portal, &headers) else { return Ok(lead_to(Place::SignIn)) };
    let waits = login::pending_set_up(&visitor.portal, ticket.login()).await?;
    let action = Place::SecondStep.path();
    Ok(match waits {
        Some(waits) => {
            second_step::set_up(visitor.texts, &waits, action, fields.one("next"), None).for_producer().into_response()
        }
        None => lead_to(Place::SignInCode),
    })
}

async fn confirm_second_step(visitor: Visitor, headers: HeaderMap, fields: Fields) -> Result<Response, PageError> {
    let portal = &visitor.portal;
    let Some(ticket) = WAY.ticket(portal, &headers) else { return Ok(lead_to(Place::SignIn)) };
    let (next, login) = (fields.one("next"), ticket.login());
    match login::confirm_set_up(portal, Door::Staff, login, fields.one("code"), &visitor.origin).await {
        Ok(codes) => {
            let token = login::enter_set_up(portal, &ticket, &visitor.origin).await?.ok_or(PageError::NotFound)?;
            visitor.session.begin(&token).await?;
            let mut response =
                second_step::codes(visitor.texts, &codes, WAY.inside(next)).for_producer().into_response();
            WAY.forget(portal, &mut response);
            Ok(response)
        }
        Err(NotSetUp::Nothing) => Ok(lead_to(Place::SignInCode)),
        Err(NotSetUp::Wrong) => {
            let waits = login::pending_set_up(portal, login).await?;
            let action = Place::SecondStep.path();
            let page =
                waits.map(|waits| second_step::set_up(visitor.texts, &waits, action, next, Some("login-code-wrong")));
            Ok(page.map_or_else(|| lead_to(Place::SignIn), |page| sign_in::refused(page.for_producer())))
        }
        Err(NotSetUp::Database(error)) => Err(error.into()),
    }
}

fn login_of(staff: &portal::Staff) -> LoginId {
    LoginId(staff.id().0)
}

async fn show(Staff(staff): Staff) -> Result<Page, PageError> {
    account_page(&staff, None).await
}

async fn account_page(staff: &portal::Staff, error: Option<(&'static str, &'static str)>) -> Result<Page, PageError> {
    let seen = account::Account::read(staff.portal(), login_of(staff), staff).await?;
    Ok(account::page(WAY, texts(staff), &seen, (), error).in_area(area(staff, Part::Account)))
}

async fn change_password(Staff(staff): Staff, session: BrowserSession, fields: Fields) -> Result<Response, PageError> {
    match account::change_password(WAY, staff.portal(), &Changed::of_staff(&staff), &session, &fields).await? {
        Ok(response) => Ok(response),
        Err(error) => Ok(sign_in::refused(account_page(&staff, Some(error)).await?)),
    }
}

async fn renew_codes(FreshStaff(staff): FreshStaff) -> Result<Page, PageError> {
    let codes = login::renew_codes(staff.portal(), Door::Staff, login_of(&staff), staff.origin()).await?;
    let page = second_step::codes(texts(&staff), &codes, Place::Account.path());
    Ok(page.in_area(area(&staff, Part::Account)))
}

async fn ask_proof(Staff(staff): Staff, QueryFields(fields): QueryFields) -> Page {
    proof_page(&staff, fields.one("next"), None)
}

fn proof_page(staff: &portal::Staff, next: &str, error: Option<&'static str>) -> Page {
    proof::page(WAY, texts(staff), true, next, error).in_area(area(staff, Part::Account))
}

async fn take_proof(Staff(staff): Staff, session: BrowserSession, fields: Fields) -> Result<Response, PageError> {
    let again = proof_page(&staff, fields.one("next"), Some("proof-wrong"));
    proof::take(WAY, staff.portal(), &Changed::of_staff(&staff), &session, &fields, again).await
}
