//! How the people of a producer come in, and what they change about their own login.

use super::area::{Part, area, texts};
use crate::fields::{Fields, QueryFields};
use crate::login::{self as pages, Way, account, proof, second_step, sign_in};
use crate::page::{Page, PageError, lead_to};
use crate::route::{Route, get, post};
use crate::said::lead_saying;
use crate::session::BrowserSession;
use crate::ui;
use crate::visitor::{FreshProducer, Producer};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::login::{self, Changed, Door, NotSetUp};
use types::place::producer::{Page as Address, Place};
use types::{ProducerId, Slug};

const WAY: Way = Way(Door::Producer);

/// What answers at the addresses of signing in, and of somebody's own login.
pub(crate) fn routes() -> Vec<Route> {
    let own = vec![
        get(Address::Account, show),
        post(Address::AccountPassword, change_password),
        get(Address::SecondStep, show_second_step),
        post(Address::SecondStep, begin_second_step),
        post(Address::SecondStepCode, confirm_second_step),
        post(Address::SecondStepRemoval, remove_second_step),
        post(Address::RecoveryCodes, renew_codes),
        post(Address::Session, async |Producer(producer): Producer, Path(session): Path<String>| {
            account::end_session(WAY, &producer, &session).await
        }),
        post(Address::Sessions, async |Producer(producer): Producer, session: BrowserSession| {
            account::end_sessions(WAY, &producer, &session).await
        }),
        post(Address::Switch, switch),
        get(Address::Proof, ask_proof),
        post(Address::Proof, take_proof),
    ];
    [pages::routes(WAY), own].concat()
}

async fn show(Producer(producer): Producer) -> Result<Page, PageError> {
    account_page(&producer, None).await
}

async fn account_page(
    producer: &portal::Producer,
    error: Option<(&'static str, &'static str)>,
) -> Result<Page, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    let seen = account::Account::read(producer.portal(), member.login, producer).await?;
    let all = login::employers(producer.portal(), member).await?;
    let page = account::page(WAY, texts(producer), &seen, employers(producer, all), error);
    Ok(page.in_area(area(producer, Part::Account)))
}

/// Whom else the person works for, with a way there.
fn employers(producer: &portal::Producer, all: Vec<(ProducerId, Slug, String)>) -> impl IntoView + use<> {
    let (texts, own) = (texts(producer), producer.id());
    (all.len() > 1).then(|| {
        let lines = all.into_iter().map(|(id, slug, name)| {
            let label = texts.with("employer-go", &[("name", (&name).into())]);
            let go = if id == own {
                ui::chip(ui::Tone::Good, texts.text("employer-here")).into_any()
            } else {
                let slug = slug.to_string();
                view! {
                    <form method="post" action=Place::Switch.path()>
                        <input type="hidden" name="producer" value=slug/>
                        <button class="button small" aria-label=label>{texts.text("employer-open")}</button>
                    </form>
                }
                .into_any()
            };
            view! { <li><strong>{name}</strong>{go}</li> }
        });
        let body = view! { <ul class="lines sessions">{lines.collect_view()}</ul> };
        ui::card("employers", texts.text("employer-title"), body)
    })
}

async fn change_password(
    Producer(producer): Producer,
    session: BrowserSession,
    fields: Fields,
) -> Result<Response, PageError> {
    let who = Changed::of_producer(&producer).ok_or(PageError::NotFound)?;
    match account::change_password(WAY, producer.portal(), &who, &session, &fields).await? {
        Ok(response) => Ok(response),
        Err(error) => Ok(sign_in::refused(account_page(&producer, Some(error)).await?)),
    }
}

async fn begin_second_step(FreshProducer(producer): FreshProducer) -> Result<Response, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    login::begin_set_up(producer.portal(), member.login).await?;
    Ok(lead_to(Place::SecondStep))
}

async fn show_second_step(Producer(producer): Producer) -> Result<Response, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    match set_up_page(&producer, member, None).await? {
        Some(page) => Ok(page.into_response()),
        None => Ok(lead_to(Place::Account)),
    }
}

async fn set_up_page(
    producer: &portal::Producer,
    member: &portal::Member,
    error: Option<&'static str>,
) -> Result<Option<Page>, PageError> {
    let waits = login::pending_set_up(producer.portal(), member.login).await?;
    let action = Place::SecondStepCode.path();
    let page = waits.map(|waits| second_step::set_up(texts(producer), &waits, action, "", error));
    Ok(page.map(|page| page.in_area(area(producer, Part::Account))))
}

async fn confirm_second_step(
    Producer(producer): Producer,
    session: BrowserSession,
    fields: Fields,
) -> Result<Response, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    let (portal, origin) = (producer.portal(), &member.origin);
    match login::confirm_set_up(portal, Door::Producer, member.login, fields.one("code"), origin).await {
        Ok(codes) => {
            let who = Changed::of_producer(&producer).ok_or(PageError::NotFound)?;
            session.begin(&login::renew_session(portal, &who).await?).await?;
            let page = second_step::codes(texts(&producer), &codes, Place::Account.path());
            Ok(page.in_area(area(&producer, Part::Account)).into_response())
        }
        Err(NotSetUp::Nothing) => Ok(lead_to(Place::Account)),
        Err(NotSetUp::Wrong) => {
            let page = set_up_page(&producer, member, Some("login-code-wrong")).await?;
            Ok(page.map_or_else(|| lead_to(Place::Account), sign_in::refused))
        }
        Err(NotSetUp::Database(error)) => Err(error.into()),
    }
}

async fn remove_second_step(
    FreshProducer(producer): FreshProducer,
    session: BrowserSession,
) -> Result<Response, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    login::remove_second_step(producer.portal(), member.login, &member.origin).await?;
    let who = Changed::of_producer(&producer).ok_or(PageError::NotFound)?;
    session.begin(&login::renew_session(producer.portal(), &who).await?).await?;
    Ok(lead_saying(Place::Account, "said-second-step-removed"))
}

async fn renew_codes(FreshProducer(producer): FreshProducer) -> Result<Page, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    let codes = login::renew_codes(producer.portal(), Door::Producer, member.login, &member.origin).await?;
    let page = second_step::codes(texts(&producer), &codes, Place::Account.path());
    Ok(page.in_area(area(&producer, Part::Account)))
}

async fn switch(Producer(producer): Producer, session: BrowserSession, fields: Fields) -> Result<Response, PageError> {
    let to = Slug::parse(fields.one("producer")).map_err(|_| PageError::NotFound)?;
    let token = login::switch(producer.portal(), &producer, &to).await?.ok_or(PageError::NotFound)?;
    session.begin(&token).await?;
    Ok(lead_to(Place::Home))
}

async fn ask_proof(Producer(producer): Producer, fields: QueryFields) -> Result<Page, PageError> {
    let QueryFields(fields) = fields;
    proof_page(&producer, fields.one("next"), None).await
}

async fn proof_page(producer: &portal::Producer, next: &str, error: Option<&'static str>) -> Result<Page, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    let seen = login::view(producer.portal(), member.login).await?.ok_or(PageError::NotFound)?;
    let page = proof::page(WAY, texts(producer), seen.has_second_step, next, error);
    Ok(page.in_area(area(producer, Part::Account)))
}

async fn take_proof(
    Producer(producer): Producer,
    session: BrowserSession,
    fields: Fields,
) -> Result<Response, PageError> {
    let who = Changed::of_producer(&producer).ok_or(PageError::NotFound)?;
    let next = fields.one("next");
    let again = proof_page(&producer, next, Some("proof-wrong")).await?;
    proof::take(WAY, producer.portal(), &who, &session, &fields, again).await
}
