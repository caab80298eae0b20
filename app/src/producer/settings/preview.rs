//! What buyers would see with what stands in a form and was not saved: a real page, of the newest order that the
//! producer sold, under a banner that says so. Nothing on it can be pressed.

use super::scope::texts;
use super::{Owner, buyers, cancel, identity};
use crate::fields::Fields;
use crate::page::{BuyerPages, Page, PageError};
use crate::producer::area::{self, Part};
use crate::text::Texts;
use crate::ui::{self, Tone};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::Producer;
use portal::purchases::{newest_of, subscription_under};
use portal::subscription::choices_under;

/// The page of a subscription, under the switches of the form.
pub(super) async fn buyers(pages: BuyerPages, Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let policy = match buyers::unsaved(&producer, fields).await? {
        Ok(policy) => policy,
        Err(refused) => return Ok(refused),
    };
    let seen = subscription_under(&producer, &policy).await?;
    let page = seen.map(|seen| (pages.subscription)(texts(&producer), &seen, producer.portal().now()));
    Ok(shown(&producer, page))
}

/// The page of reasons and offers to stay, as the form has them.
pub(super) async fn cancel(pages: BuyerPages, Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let policy = match cancel::unsaved(&producer, fields).await? {
        Ok(policy) => policy,
        Err(refused) => return Ok(refused),
    };
    let seen = choices_under(&producer, &policy).await?;
    let page = seen.map(|seen| (pages.reasons)(texts(&producer), &seen, producer.portal().now()));
    Ok(shown(&producer, page))
}

/// The page of an order, led by the name, the colour and the particulars of the form.
pub(super) async fn identity(pages: BuyerPages, Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let seller = match identity::unsaved(&producer, fields).await? {
        Ok(seller) => seller,
        Err(refused) => return Ok(refused),
    };
    let order = newest_of(&producer).await?;
    let page = order.map(|mut order| {
        order.producer = seller;
        (pages.order)(texts(&producer), &order, producer.portal().now())
    });
    Ok(shown(&producer, page))
}

fn shown(producer: &Producer, page: Option<Page>) -> Response {
    let texts = texts(producer);
    match page {
        Some(page) => framed(texts, page).into_response(),
        None => nothing(texts, producer).into_response(),
    }
}

/// The page under its banner. It is inert: no link leads away, no form is sent.
fn framed(texts: Texts, mut page: Page) -> Page {
    let words = view! { <p role="status">{texts.text("settings-preview-banner")}</p> };
    let banner = crate::page::plain_markup(ui::notice(Tone::Warn, words));
    page.body = format!("{banner}<div inert>{}</div>", page.body);
    page.for_producer()
}

/// There is nothing to show it by.
fn nothing(texts: Texts, producer: &Producer) -> Page {
    let title = texts.text("settings-preview");
    let body = view! { <h1>{title.clone()}</h1><p>{texts.text("settings-preview-none")}</p> };
    Page::new(title, body).in_area(area::area(producer, Part::Settings))
}

/// The button of a form that shows what it would do.
pub(super) fn button(texts: Texts, address: String) -> impl IntoView {
    view! {
        <button class="button" formaction=address formtarget="_blank">{texts.text("settings-preview")}</button>
    }
}
