//! What a page function answers: a [`Page`], or a [`PageError`] that becomes a friendly page with the right status.
//! Both are only data until [`crate::frame`] puts them into the language and the frame of the request.

mod area;
mod markup;
mod preview;
mod problem;
mod way_on;

pub(crate) use area::{Area, Lead};
pub(crate) use markup::{markup, plain_markup};
pub(crate) use preview::BuyerPages;
pub use problem::PageError;
pub(crate) use problem::Problem;
pub(crate) use way_on::WayOn;

use crate::text::Texts;
use crate::{phrase, ui};
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY, REFRESH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use std::fmt::Display;
use types::view::ProducerView;
use types::{Language, Legal, Look};

/// After how many seconds a page is read again that waits for what somebody does elsewhere.
const LOOKS_NOW_AND_THEN: u32 = 15;

/// After how many seconds a page that shows something in between is read again: most of it takes less.
const LOOKS_AGAIN: u32 = 4;

/// A page: its title, its markup, and what its frame must know.
#[derive(Clone, Debug)]
pub struct Page {
    pub(crate) status: StatusCode,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) producer: Option<String>,
    /// Who the producer is before the law, and its own pages.
    pub(crate) legal: Option<Legal>,
    /// How the producer's pages look.
    pub(crate) look: Look,
    /// Whether it is for the producer, who has no purchases here.
    pub(crate) is_for_producer: bool,
    pub(crate) signed_in: Option<String>,
    /// The area of those who work with orders that it is a page of.
    pub(crate) area: Option<Area>,
    pub(crate) time_zone: Option<String>,
    pub(crate) carries_secret: bool,
    pub(crate) language: Option<Language>,
    /// What the browser reads next by itself, and after how many seconds.
    pub(crate) reads_next: Option<String>,
    /// The origin of another site to which a form of the page may lead.
    pub(crate) leads_to: Option<String>,
}

impl Page {
    /// Renders `view`. Everything it shows was read before: nothing is loaded while rendering, nothing is serialised
    /// into the page.
    pub fn new(title: String, view: impl IntoView) -> Self {
        Self {
            status: StatusCode::OK,
            title,
            body: markup(view),
            producer: None,
            legal: None,
            look: Look::default(),
            is_for_producer: false,
            signed_in: None,
            area: None,
            time_zone: None,
            carries_secret: false,
            language: None,
            reads_next: None,
            leads_to: None,
        }
    }

    /// The same page with another status: a form that comes back filled in.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The producer's name leads the page.
    pub fn of_producer(self, name: &str) -> Self {
        Self { producer: Some(name.to_owned()), ..self }
    }

    /// The producer's name leads the page, who it is before the law stands at its end, and hours are those of its zone.
    pub fn of_seller(self, producer: &ProducerView) -> Self {
        let legal = Some(producer.particulars.legal.clone());
        let look = &producer.particulars.look;
        Self { legal, ..self.of_producer(&producer.name).in_zone(&producer.time_zone).looking_like(look) }
    }

    /// The producer's colour and picture lead the page.
    pub(crate) fn looking_like(self, look: &Look) -> Self {
        Self { look: look.clone(), ..self }
    }

    /// The page is for the producer whose name leads it: nothing on it leads to purchases.
    pub fn for_producer(self) -> Self {
        Self { is_for_producer: true, ..self }
    }

    /// A page of an area in which people work: wide, under the area's name and its leads.
    pub(crate) fn in_area(self, area: Area) -> Self {
        Self { area: Some(area), ..self }
    }

    /// The page of somebody signed in, who can sign out. Its frame speaks their language.
    pub fn of_buyer(self, buyer: &portal::Buyer) -> Self {
        Self { signed_in: Some(buyer.email().to_string()), language: Some(buyer.origin().language), ..self }
    }

    /// Says in which zone its hours are meant.
    pub fn in_zone(self, time_zone: &str) -> Self {
        Self { time_zone: Some(time_zone.to_owned()), ..self }
    }

    /// The page shows something in between: the browser reads it again by itself, with scripts or without, until it
    /// shows what came of it.
    pub fn looking_again(self) -> Self {
        Self { reads_next: Some(LOOKS_AGAIN.to_string()), ..self }
    }

    /// The same, at another address: of a page that counts how often it looked.
    pub(crate) fn looking_again_at(self, address: &str) -> Self {
        Self { reads_next: Some(format!("{LOOKS_AGAIN}; url={address}")), ..self }
    }

    /// The page waits for what somebody does elsewhere, and is read again at this address.
    pub(crate) fn looking_now_and_then(self, address: &str) -> Self {
        Self { reads_next: Some(format!("{LOOKS_NOW_AND_THEN}; url={address}")), ..self }
    }

    /// A form of the page leads to this site, a gateway's, by the answer to it.
    pub(crate) fn leading_to(self, origin: Option<String>) -> Self {
        Self { leads_to: origin, ..self }
    }

    /// The origin of another site to which a form of the page may lead; none of other pages.
    pub fn leads_to(&self) -> Option<&str> {
        self.leads_to.as_deref()
    }

    /// The address of the page is itself a secret: nobody learns it by a link or a form on the page. Browsers name the
    /// origin all the same: under `no-referrer` the older ones would post the page's own form as from nowhere
    /// (`Origin: null`), which is refused.
    pub fn with_secret_address(self) -> Self {
        Self { carries_secret: true, ..self }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        let headers = response.headers_mut();
        // Who asks, and what they own, is nobody else's business: no copy is kept on the way or in the browser.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.carries_secret {
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
        }
        if let Some(next) = self.reads_next.as_deref().and_then(|next| HeaderValue::try_from(next).ok()) {
            headers.insert(REFRESH, next);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Leads on from a form to a page of a gateway that was not foreseen when the form was made: it may not lead there by
/// itself (`form-action` counts redirects too). A page of ours stands in between, which says so and goes on at once.
pub(crate) fn lead_out(texts: Texts, address: &str) -> Response {
    let Some(address) = phrase::gateway_address(address) else { return PageError::Internal.into_response() };
    if address.starts_with('/') {
        return lead_to(address);
    }
    let title = texts.text("gateway-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("gateway-text")}</p>
        <p>{ui::primary_link(address, texts.text("gateway-continue"))}</p>
    };
    Page { reads_next: Some(format!("0; url={address}")), ..Page::new(title, body) }.into_response()
}

/// Leads on to another page, as a form does when it is done.
pub(crate) fn lead_to(place: impl Display) -> Response {
    Redirect::to(&place.to_string()).into_response()
}
