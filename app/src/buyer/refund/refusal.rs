//! Why there is no refund to ask for, and what can be done instead.

use crate::format::Calendar;
use crate::order::refund_words;
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::ui;
use axum::http::StatusCode;
use leptos::prelude::*;
use portal::refund::RefundError;
use types::Instant;
use types::place::buyer::Place;
use types::view::{OrderView, RefundOffer};

/// Why a request was refused.
#[derive(Debug)]
pub(crate) enum Reason {
    /// The order does not allow it.
    Offer(RefundOffer),
    /// An item that cannot be paid back.
    UnknownItem,
    /// The form was used for something else.
    OtherRequest,
}

/// Status and reason of an error; an order that is not there has no page of its own.
pub(crate) fn reason(error: RefundError) -> Result<(StatusCode, Reason), PageError> {
    let conflict = |offer| Ok((StatusCode::CONFLICT, Reason::Offer(offer)));
    match error {
        RefundError::NotFound => Err(PageError::NotFound),
        RefundError::Database(error) => Err(error.into()),
        RefundError::UnknownItem => Ok((StatusCode::UNPROCESSABLE_ENTITY, Reason::UnknownItem)),
        RefundError::OtherRequest => Ok((StatusCode::CONFLICT, Reason::OtherRequest)),
        RefundError::WindowClosed { until } => conflict(RefundOffer::Closed { until }),
        RefundError::Disputed => conflict(RefundOffer::Disputed),
        RefundError::NothingLeft => conflict(RefundOffer::NothingLeft),
        RefundError::Free => conflict(RefundOffer::Free),
        RefundError::NotPaid => conflict(RefundOffer::NotPaid),
        RefundError::ChargeNotReported => conflict(RefundOffer::ChargeNotReported),
        RefundError::UnderWay => conflict(RefundOffer::UnderWay),
        // Their forms come back filled in instead.
        RefundError::WindowOpen | RefundError::NoMessage | RefundError::OutOfReach { .. } => {
            Ok((StatusCode::CONFLICT, Reason::OtherRequest))
        }
    }
}

/// The refund page of an order that offers none.
pub(crate) fn of_offer(texts: Texts, order: &OrderView, now: Instant) -> Page {
    document(texts, order, &Reason::Offer(order.refund_offer.clone()), texts.text("refund-title"), now)
}

/// The answer to a request that was refused.
pub(crate) fn page(texts: Texts, order: &OrderView, reason: &Reason, now: Instant) -> Page {
    document(texts, order, reason, texts.text("refused-title"), now)
}

fn document(texts: Texts, order: &OrderView, reason: &Reason, title: String, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let words = match reason {
        Reason::Offer(offer) => refund_words(texts, offer, &calendar),
        Reason::UnknownItem => texts.text("refused-unknown-item"),
        Reason::OtherRequest => texts.text("refused-other-request"),
    };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{words}</p>
        {instead(texts, order, reason)}
        <p><a href=Place::Order { handle: &order.handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(title, body).of_seller(&order.producer)
}

/// The producer decides after the window; a refund under way has its tracker; a form can be filled in again.
fn instead(texts: Texts, order: &OrderView, reason: &Reason) -> AnyView {
    match reason {
        Reason::Offer(RefundOffer::Closed { .. }) => {
            let help = texts.with("refund-closed-help", &[("producer", (&order.producer.name).into())]);
            let address = Place::Refund { handle: &order.handle }.path();
            view! { <p>{help}</p><p>{ui::primary_link(&address, texts.text("refund-ask-late"))}</p> }.into_any()
        }
        Reason::Offer(_) => order
            .refunds
            .first()
            .map(|refund| {
                let address = Place::RefundReceipt { handle: &order.handle, protocol: refund.protocol.as_str() }.path();
                view! { <p>{ui::primary_link(&address, texts.text("order-track"))}</p> }
            })
            .into_any(),
        Reason::UnknownItem | Reason::OtherRequest => {
            let address = Place::Refund { handle: &order.handle }.path();
            view! { <p>{ui::primary_link(&address, texts.text("refused-again"))}</p> }.into_any()
        }
    }
}
