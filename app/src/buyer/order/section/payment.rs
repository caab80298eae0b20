//! How an order was paid, and what is open.

use crate::format::{Calendar, card_expiry};
use crate::status::charge_chip;
use crate::text::Texts;
use crate::ui::Facts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{CardPlace, ChargeView, OrderView};
use types::{Instant, Method, OrderKind, OrderStatus, SubscriptionStatus, web_page};

/// How it was paid; what is open, with what is needed to pay it. `with_change`: with the way to change that.
pub(crate) fn payment(
    texts: Texts,
    order: &OrderView,
    calendar: &Calendar,
    with_change: bool,
) -> impl IntoView + use<> {
    let body = match order.is_free() {
        true => view! { <p>{texts.text("payment-free")}</p> }.into_any(),
        false => of_money(texts, order, calendar, with_change).into_any(),
    };
    ui::card("payment", texts.text("payment-title"), body)
}

fn of_money(texts: Texts, order: &OrderView, calendar: &Calendar, with_change: bool) -> impl IntoView + use<> {
    let card = order.payment.card.as_ref().filter(|card| card.exp_month > 0);
    let expiry = card.map(|card| {
        texts.with("payment-card-expiry", &[("expiry", (&card_expiry(card.exp_month, card.exp_year)).into())])
    });
    let method =
        [Some(phrase::payment(texts, &order.payment)), expiry].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let paid = paid_at(texts, order, calendar);
    let paid_name = if last_paid(order).is_some() { "payment-last-paid-at" } else { "payment-paid-at" };
    let facts = Facts::new().with(texts.text("payment-method"), method).with(texts.text(paid_name), paid);
    let open =
        order.charges.iter().filter(|charge| charge.is_open()).map(|charge| open_charge(texts, charge, calendar));
    let ask = needs_word(order).then(|| ask_producer(texts, order));
    // What is to be paid has its button on top of the page; of a plan, another way to pay is on the plan's page.
    let change = card_address(order).filter(|_| !has_open(order));
    let change = change.map(|address| view! { <p>{ui::link_button(&address, card_label(texts, order))}</p> });
    let change = change.filter(|_| with_change);
    // A plan begins with one charge, or with none in a trial, and has more of them later.
    let has_charges = order.charges.len() > 1 || (order.subscription.is_some() && !order.charges.is_empty());
    view! { {ui::facts(facts)}{open.collect_view()}{ask}{change}{has_charges.then(|| charges(texts, order, calendar))} }
}

/// When money came last, where it came more than once.
fn last_paid(order: &OrderView) -> Option<Instant> {
    let paid: Vec<Instant> = order.charges.iter().filter_map(ChargeView::receipt_at).collect();
    paid.iter().max().copied().filter(|_| paid.len() > 1)
}

/// When money came. A trial has begun without any, and nothing is owed for it.
fn paid_at(texts: Texts, order: &OrderView, calendar: &Calendar) -> String {
    if order.is_trial() && order.charges.iter().all(|charge| charge.paid_at.is_none()) {
        return texts.text("payment-trial");
    }
    last_paid(order).or(order.paid_at).map_or_else(|| texts.text("payment-not-yet"), |at| calendar.moment(at))
}

/// Whether a boleto or Pix waits to be paid, or one that ran out can be had anew.
fn has_open(order: &OrderView) -> bool {
    let is_open = |charge: &ChargeView| charge.is_open() && charge.payment_code.is_some();
    order.overdue.is_some() || order.charges.iter().any(is_open)
}

/// What the button says that leads to card and way to pay, on whichever page it stands.
pub(crate) fn card_label(texts: Texts, order: &OrderView) -> String {
    let is_pending = order.status == OrderStatus::Pending && has_open(order);
    texts.text(match order.payment.method {
        _ if is_pending => "payment-pay-open",
        Method::Card if order.subscription.is_some() => "payment-change",
        Method::Card => "subscription-card",
        _ => "subscription-method",
    })
}

/// Where card and way to pay are changed, for the kinds of orders that are charged again.
pub(crate) fn card_address(order: &OrderView) -> Option<String> {
    let is_over = matches!(order.status, OrderStatus::Refunded | OrderStatus::Canceled);
    // Where no card can be entered from here, what is open is shown here all the same.
    let is_ours = order.is_billed_here || order.takes_cards || has_open(order);
    let place = match (order.kind, &order.subscription) {
        (OrderKind::Subscription, Some(plan)) if plan.status != SubscriptionStatus::Ended && is_ours => {
            CardPlace::Subscription(plan.id)
        }
        (OrderKind::SmartInstallments, None) if is_ours => CardPlace::Order(order.handle.clone()),
        // Nothing is on file to be changed, but what is open is paid there.
        (OrderKind::OneOff | OrderKind::SlipInstallments, None) if has_open(order) => {
            CardPlace::Order(order.handle.clone())
        }
        _ => return None,
    };
    (!is_over).then(|| place.page().path())
}

fn open_charge(texts: Texts, charge: &ChargeView, calendar: &Calendar) -> impl IntoView + use<> {
    let due = charge.due_on.as_ref().map(|day| {
        let text = texts.with("payment-due", &[("date", (&calendar.calendar_day(day)).into())]);
        view! { <p>{text}</p> }
    });
    let code = charge.payment_code.as_ref().map(|code| {
        let label = texts.text("payment-code-copy");
        view! { <p class="help">{texts.text("payment-code")}</p><p>{ui::copy(texts, code.clone(), label)}</p> }
    });
    let page =
        charge.payment_url.as_deref().and_then(|url| Some((phrase::gateway_address(url)?, web_page::host(url)?)));
    let page = page.map(|(url, host)| {
        let label = texts.with("payment-at", &[("host", host.into())]);
        view! { <p><a href=url.to_owned() rel="noreferrer">{label}</a></p> }
    });
    view! { {due}{code}{page} }
}

/// Whether money is owed that somebody else charges, and nothing here says how it can be paid.
fn needs_word(order: &OrderView) -> bool {
    let has_way = |charge: &ChargeView| {
        charge.payment_code.is_some() || charge.payment_url.as_deref().and_then(phrase::gateway_address).is_some()
    };
    let has_open = order.charges.iter().any(ChargeView::is_open);
    let is_owed = order.status == OrderStatus::Pending || order.is_past_due() || has_open;
    let is_alive = !matches!(order.status, OrderStatus::Canceled | OrderStatus::Refunded | OrderStatus::Disputed);
    let is_elsewhere = !order.has_calendar && order.overdue.is_none() && !order.is_trial();
    is_elsewhere && is_alive && is_owed && !order.charges.iter().any(|charge| charge.is_open() && has_way(charge))
}

/// Whom to ask how it can be paid.
fn ask_producer(texts: Texts, order: &OrderView) -> impl IntoView + use<> {
    let values = [("producer", (&order.producer.name).into()), ("code", order.code.as_str().into())];
    view! { <p>{texts.with("payment-ask", &values)}</p>{phrase::contact(texts, &order.producer, order.code.as_str())} }
}

fn charges(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let rows = order.charges.iter().map(|charge| {
        let installments = (charge.installments > 1).then(|| {
            let text = texts.with("payment-installments", &[("count", charge.installments.into())]);
            view! { <small>{text}</small> }
        });
        let day = calendar.date(charge.paid_at.unwrap_or(charge.created_at));
        let date = match charge.receipt_at() {
            Some(_) => {
                let address = Place::Receipt { handle: &order.handle, charge: charge.id }.path();
                let label = texts.with("payment-receipt-of", &[("date", (&day).into())]);
                view! { <a class="day" href=address aria-label=label>{day}</a> }.into_any()
            }
            None => view! { <span class="day">{day}</span> }.into_any(),
        };
        let period = charge.period.map(|(start, end)| {
            let (from, until) = (calendar.date(start), calendar.last_date(end));
            let text = texts.with("payment-period", &[("from", (&from).into()), ("until", (&until).into())]);
            view! { <small>{text}</small> }
        });
        let (chip, amount) = (charge_chip(texts, charge.status), phrase::money(texts, charge.amount));
        view! { <tr><td>{date}{period}{installments}</td><td>{chip}</td><td>{amount}</td></tr> }
    });
    let heads = vec![
        texts.text("payment-charge-date"),
        texts.text("payment-charge-status"),
        texts.text("payment-charge-amount"),
    ];
    let title = texts.text("payment-charges");
    view! { <h3>{title.clone()}</h3>{ui::table(title, heads, rows.collect_view(), ())} }
}
