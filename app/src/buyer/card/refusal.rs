//! Why a card or a way to pay was not changed.

use crate::page::{Page, PageError};
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Tone};
use crate::visitor::Buyer;
use axum::http::StatusCode;
use leptos::prelude::*;
use portal::card::CardError;
use types::view::{CardPlace, CardRefusal, PaymentPage, ProducerView};

/// Where only absence or a fault of ours is possible.
pub(crate) fn absent(error: CardError) -> PageError {
    match error {
        CardError::Database(error) => error.into(),
        _ => PageError::NotFound,
    }
}

/// The words for a refusal.
pub(crate) fn reason(texts: Texts, refusal: CardRefusal, producer: &ProducerView) -> String {
    let key = match refusal {
        CardRefusal::OneOff => "card-refused-one-off",
        CardRefusal::NotPaid => "card-refused-not-paid",
        CardRefusal::SlipInstallments => "card-refused-slips",
        CardRefusal::Ended => "card-refused-ended",
        CardRefusal::Disputed => "card-refused-disputed",
        CardRefusal::Gateway => "card-refused-gateway",
        CardRefusal::Policy => "card-refused-policy",
    };
    texts.with(key, &[("producer", (&producer.name).into())])
}

/// The page that says why, with the status that fits.
pub(crate) async fn refused(buyer: &Buyer, place: &CardPlace, error: CardError) -> Result<Page, PageError> {
    let texts = buyer.texts();
    let seen = match portal::card::page(buyer, place).await {
        Ok(seen) => seen,
        Err(error) => return Err(absent(error)),
    };
    let (status, title, text) = match error {
        CardError::NotFound | CardError::Database(_) => return Err(absent(error)),
        CardError::Refused(refusal) => {
            (StatusCode::CONFLICT, "card-refused-title", reason(texts, refusal, &seen.producer))
        }
        CardError::NoSuchMethod => (StatusCode::CONFLICT, "card-refused-title", texts.text("card-refused-method")),
        CardError::OtherRequest => (StatusCode::CONFLICT, "card-refused-title", texts.text("card-other-request")),
        CardError::Unavailable(why) => {
            tracing::warn!(why, "a gateway's page for a card did not open");
            (StatusCode::BAD_GATEWAY, "card-unavailable-title", texts.text("card-unavailable"))
        }
    };
    Ok(page(texts, &seen, title, text).of_buyer(buyer).with_status(status))
}

/// A page with the reason, and the way back.
pub(crate) fn page(texts: Texts, seen: &PaymentPage, title: &str, text: String) -> Page {
    let title = texts.text(title);
    let body = view! {
        <h1>{title.clone()}</h1>
        {ui::notice(Tone::Warn, view! { <p>{text}</p> })}
        {phrase::contact(texts, &seen.producer, seen.code.as_str())}
        <p>{ui::link_button(&seen.place.page().path(), texts.text("card-back"))}</p>
    };
    Page::new(title, body).of_seller(&seen.producer)
}
