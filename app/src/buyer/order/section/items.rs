//! What was bought, and what it came to: as it was sold, whatever plan runs now.

use crate::status::{refund_chip, waiting_chip};
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::RefundState;
use types::view::{ItemView, OrderView};

/// What was bought, and what it came to.
pub(crate) fn items(texts: Texts, order: &OrderView) -> impl IntoView + use<> {
    let waits = order.refunds.first().is_some_and(|refund| !refund.payee_pages.is_empty());
    let rows = order.items.iter().map(|item| item_row(texts, item, waits)).collect_view();
    let refunded = (order.refunded.amount > 0).then(|| {
        let amount = phrase::money(texts, order.refunded);
        view! { <tr><th scope="row">{texts.text("items-refunded")}</th><td>{amount}</td></tr> }
    });
    let foot = view! {
        <tfoot>
            <tr><th scope="row">{texts.text("items-total")}</th><td>{phrase::money(texts, order.sold)}</td></tr>
            {refunded}
        </tfoot>
    };
    let heads = vec![texts.text("items-item"), texts.text("items-amount")];
    ui::card("items", texts.text("items-title"), ui::table(texts.text("items-title"), heads, rows, foot))
}

/// `waits`: what was asked back waits until the buyer has named an account.
fn item_row(texts: Texts, item: &ItemView, waits: bool) -> impl IntoView + use<> {
    let bump = item.is_bump.then(|| texts.text("items-bump"));
    // An offer that is called like its product says nothing more.
    let offer = item.sold.offer.clone().filter(|offer| *offer != item.sold.name);
    let notes: Vec<String> = offer.into_iter().chain(bump).collect();
    let notes = (!notes.is_empty()).then(|| view! { <small>{notes.join(" · ")}</small> });
    let refund = item.refund.map(|state| match state == RefundState::Sent && waits {
        true => waiting_chip(texts).into_any(),
        false => refund_chip(texts, state).into_any(),
    });
    view! { <tr><td>{item.sold.name.clone()}{notes}{refund}</td><td>{phrase::money(texts, item.sold.amount)}</td></tr> }
}
