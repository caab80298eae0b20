//! The order page's blocks, in the order in which people look for them.

use super::section;
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::status::{Standing, order_chip, waiting_chip};
use crate::text::Texts;
use crate::ui;
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{AccessView, InstallmentsView, OrderView, RefundOffer};
use types::{Instant, Method, OrderStatus, RefundState};

/// The page.
pub(crate) fn order(texts: Texts, order: &OrderView, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let title = texts.with("order-title", &[("code", order.code.as_str().into())]);
    let body = view! {
        {head(texts, order, &calendar)}
        {section::due(texts, order, order.overdue.as_ref(), &calendar)}
        {section::access(texts, order, &calendar)}
        {order.subscription.as_ref().map(|plan| section::subscription(texts, order, plan, &calendar))}
        {section::installments(texts, order, &calendar)}
        {section::refund(texts, order, &calendar)}
        {section::items(texts, order)}
        {section::payment(texts, order, &calendar, true)}
        {section::sale(texts, order)}
        {section::documents(texts, order, &calendar)}
        {section::timeline(texts, order, &calendar)}
        {section::help(texts, order)}
    };
    Page::new(title, body).of_seller(&order.producer)
}

fn head(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let name = order.items.first().map_or_else(|| order.code.to_string(), |item| item.name.clone());
    let more = order.items.len().saturating_sub(1);
    let more = (more > 0).then(|| texts.with("and-more", &[("count", i64::try_from(more).unwrap_or(i64::MAX).into())]));
    let bought = texts.with("order-bought-at", &[("date", (&calendar.date(order.ordered_at)).into())]);
    let waits = order.refunds.first().is_some_and(|refund| !refund.payee_pages.is_empty());
    let standing = Standing {
        status: order.status,
        refund: order.refunds.first().map(|refund| refund.state),
        plan: order.subscription.as_ref().map(|plan| plan.status),
        kind: order.kind,
        installments: InstallmentsView::of(&order.installments),
        has_late_installment: order.overdue.is_some(),
        is_free: order.is_free(),
    };
    view! {
        <header class="head">
            {ui::picture(order.items.first().and_then(|item| item.picture.as_ref()))}
            <h1>{name}</h1>
            {more.map(|more| view! { <p>{more}</p> })}
            <p class="row">
                {match waits {
                    true => waiting_chip(texts).into_any(),
                    false => order_chip(texts, standing).into_any(),
                }}
                <span>{bought}</span>
            </p>
            {primary(texts, order)}
            <p class="row">
                <span>{texts.text("order-code")}</span>
                {ui::copy(texts, order.code.to_string(), texts.text("order-copy-code"))}
            </p>
        </header>
    }
}

/// The one thing that most people come for in this state.
fn primary(texts: Texts, order: &OrderView) -> Option<impl IntoView + use<>> {
    let (address, label) = action(order)?;
    Some(view! { <p>{ui::primary_link(&address, texts.text(label))}</p> })
}

fn action(order: &OrderView) -> Option<(String, &'static str)> {
    if order.status == OrderStatus::Pending {
        return to_pay(order);
    }
    // What is to be paid leads the page, with a button of its own.
    if order.overdue.is_some() || section::open_slip(order).is_some() {
        return None;
    }
    if let Some(refund) = order.refunds.first().filter(|refund| is_under_way(refund.state)) {
        let receipt = Place::RefundReceipt { handle: &order.handle, protocol: refund.protocol.as_str() }.path();
        return Some((receipt, if refund.payee_pages.is_empty() { "order-track" } else { "order-payee-page" }));
    }
    content_address(order).map(|address| (address.to_owned(), "order-open"))
}

/// Where an open boleto or Pix is paid.
fn to_pay(order: &OrderView) -> Option<(String, &'static str)> {
    let charge = order.charges.iter().find(|charge| charge.is_open())?;
    // Code, picture and deadline are on a page of ours; without a code there is only the gateway's.
    let page = charge.payment_url.as_deref().and_then(phrase::gateway_address).map(str::to_owned);
    let address = section::card_address(order).filter(|_| charge.payment_code.is_some()).or(page)?;
    let label = match charge.method {
        Method::Boleto => "order-pay-boleto",
        Method::Pix => "order-pay-pix",
        Method::Card | Method::Other => "order-pay",
    };
    Some((address, label))
}

fn content_address(order: &OrderView) -> Option<&str> {
    order.items.iter().find_map(|item| match &item.access {
        AccessView::Confirmed { content_url: Some(address), .. } => phrase::web_address(address),
        _ => None,
    })
}

/// Whether something of this refund is still to come.
pub(crate) fn is_under_way(state: RefundState) -> bool {
    matches!(
        state,
        RefundState::Requested
            | RefundState::Approved
            | RefundState::Reconciling
            | RefundState::Sent
            | RefundState::Failed
    )
}

/// What the page says about asking for money back, as words.
pub(crate) fn refund_words(texts: Texts, offer: &RefundOffer, calendar: &Calendar) -> String {
    match offer {
        RefundOffer::Open { until, amount } => {
            let (deadline, amount) = (calendar.deadline(*until), phrase::money(texts, *amount));
            texts.with("refund-open", &[("deadline", (&deadline).into()), ("amount", (&amount).into())])
        }
        RefundOffer::Closed { until } => {
            texts.with("refund-closed", &[("deadline", (&calendar.deadline(*until)).into())])
        }
        RefundOffer::Free => texts.text("refund-free"),
        RefundOffer::NotPaid => texts.text("refund-not-paid"),
        RefundOffer::ChargeNotReported => texts.text("refund-charge-untold"),
        RefundOffer::NothingLeft => texts.text("refund-nothing-left"),
        RefundOffer::UnderWay => texts.text("refund-under-way"),
        RefundOffer::Disputed => texts.text("refund-disputed"),
    }
}
