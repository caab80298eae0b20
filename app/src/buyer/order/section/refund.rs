//! Whether money can come back, and what came back so far.

use crate::format::Calendar;
use crate::order::view::refund_words;
use crate::status::{refund_chip, waiting_chip};
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{OrderView, RefundOffer, RefundView};

/// The deadline and the button, or why there is none; and what was paid back so far.
pub(crate) fn refund(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let ask = matches!(order.refund_offer, RefundOffer::Open { .. }).then(|| {
        let address = Place::Refund { handle: &order.handle }.path();
        view! { <p>{ui::link_button(&address, texts.text("refund-ask"))}</p> }
    });
    let closed = matches!(order.refund_offer, RefundOffer::Closed { .. }).then(|| {
        let help = texts.with("refund-closed-help", &[("producer", (&order.producer.name).into())]);
        let address = Place::Refund { handle: &order.handle }.path();
        view! { <p>{help}</p><p>{ui::link_button(&address, texts.text("refund-ask-late"))}</p> }
    });
    let past = (!order.refunds.is_empty()).then(|| {
        let lines = order.refunds.iter().map(|refund| refund_line(texts, order, refund)).collect_view();
        view! { <h3>{texts.text("refund-past")}</h3><ul class="lines">{lines}</ul> }
    });
    let body = view! { <p>{refund_words(texts, &order.refund_offer, calendar)}</p>{ask}{closed}{past} };
    ui::card("refund", texts.text("refund-title"), body)
}

fn refund_line(texts: Texts, order: &OrderView, refund: &RefundView) -> impl IntoView + use<> {
    let address = Place::RefundReceipt { handle: &order.handle, protocol: refund.protocol.as_str() }.path();
    view! {
        <li>
            <a href=address>{refund.protocol.to_string()}</a>
            <span class="money">{phrase::money(texts, refund.amount)}</span>
            {match refund.payee_pages.is_empty() {
                true => refund_chip(texts, refund.state).into_any(),
                false => waiting_chip(texts).into_any(),
            }}
        </li>
    }
}
