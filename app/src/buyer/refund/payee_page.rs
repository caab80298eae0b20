//! The way to the gateway's own page on which the buyer names the account that the money of a boleto goes to.

use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::view::{OrderView, PayeePageView, RefundView};
use types::web_page;

/// What is asked there and by whom, and the way. Nothing where no gateway waits for the buyer.
pub(super) fn card(texts: Texts, order: &OrderView, refund: &RefundView) -> Option<impl IntoView + use<>> {
    if refund.payee_pages.is_empty() {
        return None;
    }
    let ways: Vec<_> = refund.payee_pages.iter().filter_map(way).collect();
    let producer = ("producer", (&order.producer.name).into());
    let lead = match ways.first() {
        Some((_, host, _)) => texts.with("payee-page-lead", &[producer, ("host", (*host).into())]),
        None => texts.with("payee-page-unknown", &[producer]),
    };
    let contact = ways.is_empty().then(|| phrase::contact(texts, &order.producer, order.code.as_str()));
    let buttons = ways.into_iter().enumerate().map(|(at, (url, _, page))| {
        // One is to be done first.
        let class = if at == 0 { "button primary" } else { "button" };
        let label = texts.with("payee-page-go", &[("amount", (&phrase::money(texts, page.amount)).into())]);
        view! { <p><a class=class href=url.to_owned() rel="noreferrer">{label}</a></p> }
    });
    let body = view! { <p>{lead}</p>{buttons.collect_view()}{contact} };
    Some(ui::card("account", texts.text("payee-page-title"), body))
}

/// An address that may be opened, and whose it is.
fn way(page: &PayeePageView) -> Option<(&str, &str, &PayeePageView)> {
    let url = phrase::gateway_address(page.url.as_deref()?)?;
    Some((url, web_page::host(url)?, page))
}
