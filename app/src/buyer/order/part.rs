//! The blocks of the order page.

use super::timeline;
use super::view::refund_words;
use crate::format::{Calendar, card_expiry};
use crate::phrase;
use crate::status::{charge_chip, part_chip, refund_chip, subscription_chip};
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{
    AccessView, CardPlace, ChargeView, ItemView, OrderView, OverdueView, PartView, RefundOffer, RefundView,
    SubscriptionView, TimelineEntry,
};
use types::{ChargeStatus, DeclineReason, Instant, InvoiceState, Money, OrderKind, OrderStatus, SubscriptionStatus};

/// Where access stands, item by item.
pub(crate) fn access(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let lines = order.items.iter().map(|item| access_line(texts, order, item, calendar)).collect_view();
    ui::card("access", texts.text("access-title"), view! { <ul class="lines">{lines}</ul> })
}

fn access_line(texts: Texts, order: &OrderView, item: &ItemView, calendar: &Calendar) -> impl IntoView + use<> {
    let (class, words) = access_words(texts, order, &item.access, calendar);
    let content = match &item.access {
        AccessView::Confirmed { content_url: Some(address), .. } => phrase::web_address(address),
        _ => None,
    };
    let link = content.filter(|_| order.items.len() > 1).map(|address| {
        let label = texts.with("order-open-of", &[("item", (&item.name).into())]);
        view! { <a href=address.to_owned() rel="noreferrer">{label}</a> }
    });
    view! { <li><strong>{item.name.clone()}</strong><span class=format!("state {class}")>{words}</span>{link}</li> }
}

fn access_words(texts: Texts, order: &OrderView, access: &AccessView, calendar: &Calendar) -> (&'static str, String) {
    match access {
        AccessView::NotManaged => {
            ("calm", texts.with("access-not-managed", &[("seller", (&order.seller.name).into())]))
        }
        AccessView::None if order.status == OrderStatus::Pending => ("wait", texts.text("access-after-payment")),
        AccessView::None => ("calm", texts.text("access-none")),
        AccessView::Sending => ("wait", texts.text("access-sending")),
        AccessView::Delayed { since } => {
            ("warn", texts.with("access-delayed", &[("hour", (&calendar.hour(*since)).into())]))
        }
        AccessView::Confirmed { at, until, .. } => ("good", confirmed(texts, *at, *until, calendar)),
        AccessView::Ending => ("wait", texts.text("access-ending")),
        AccessView::Removed { at } => {
            ("calm", texts.with("access-removed", &[("moment", (&calendar.moment(*at)).into())]))
        }
    }
}

/// The hour alone says it best on the day itself (rule 16).
fn confirmed(texts: Texts, at: Instant, until: Option<Instant>, calendar: &Calendar) -> String {
    let mut words = if calendar.is_today(at) {
        texts.with("access-confirmed-today", &[("hour", (&calendar.hour(at)).into())])
    } else {
        texts.with("access-confirmed", &[("moment", (&calendar.moment(at)).into())])
    };
    if let Some(until) = until {
        words.push_str(", ");
        words.push_str(&texts.with("access-until", &[("date", (&calendar.day(until)).into())]));
    }
    words
}

/// Plan, price, and what is charged next.
pub(crate) fn subscription(
    texts: Texts,
    order: &OrderView,
    plan: &SubscriptionView,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let next = next_charge(texts, plan, calendar);
    let is_overdue = plan.status == SubscriptionStatus::PastDue;
    let next_name = texts.text(if is_overdue { "subscription-overdue" } else { "subscription-next" });
    let overdue = is_overdue.then(|| {
        overdue(texts, order, calendar).unwrap_or_else(|| {
            ui::notice(Tone::Warn, view! { <p>{texts.text("subscription-past-due")}</p> }).into_any()
        })
    });
    let facts = Facts::new()
        .with(texts.text("subscription-plan"), plan.plan.clone())
        .with(texts.text("subscription-price"), phrase::price(texts, plan))
        .with(next_name, next);
    let facts = period(texts, facts, plan, calendar)
        .with_some(texts.text("subscription-canceled"), plan.canceled_at.map(|at| calendar.moment(at)));
    let scheduled = plan.scheduled.as_ref().map(|scheduled| {
        let words = crate::plan::scheduled(texts, scheduled, calendar);
        view! { <p class="state wait">{words}</p> }
    });
    let body = view! {
        <p>{subscription_chip(texts, plan.status)}</p>
        {overdue}
        {ui::facts(facts)}
        {scheduled}
        <div class="row">{ways(texts, order, plan)}</div>
    };
    ui::card("subscription", texts.text("subscription-title"), body)
}

/// When, and how much: of the plan that begins then, less what was promised.
fn next_charge(texts: Texts, plan: &SubscriptionView, calendar: &Calendar) -> String {
    let Some(at) = plan.next_charge_at else { return texts.text("subscription-no-next") };
    if plan.status == SubscriptionStatus::PastDue {
        return calendar.day(at);
    }
    let (date, amount) = (calendar.day(at), phrase::money(texts, plan.next_amount()));
    let (date, amount) = (("date", (&date).into()), ("amount", (&amount).into()));
    match plan.discount {
        Some(percent) => texts.with("subscription-next-discount", &[date, amount, ("percent", percent.into())]),
        None => texts.with("subscription-next-amount", &[date, amount]),
    }
}

/// What is overdue, why, when it is tried again and until when access lasts. The way to pay is the page's first button.
fn overdue(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<AnyView> {
    let words = overdue_words(texts, order.overdue.as_ref()?, calendar);
    let lines = words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    Some(ui::notice(Tone::Warn, lines).into_any())
}

/// The same as sentences.
pub(crate) fn overdue_words(texts: Texts, overdue: &OverdueView, calendar: &Calendar) -> Vec<String> {
    let amount = phrase::money(texts, overdue.amount);
    let since = overdue.since.map(|at| calendar.day(at)).unwrap_or_default();
    let first = match overdue.since {
        Some(_) => texts.with("subscription-overdue-since", &[("amount", (&amount).into()), ("date", (&since).into())]),
        None => texts.with("subscription-overdue-amount", &[("amount", (&amount).into())]),
    };
    let days: Vec<String> = overdue.retries.iter().map(|at| calendar.day(*at)).collect();
    let tries = (!days.is_empty()).then(|| {
        let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
        texts.with("subscription-overdue-tries", &[("dates", (&days.join("; ")).into()), ("count", count.into())])
    });
    let reason = overdue.reason.map(|reason| phrase::decline(texts, reason));
    [Some(first), reason, tries, overdue.access_stops.map(|at| stops(texts, at, calendar))]
        .into_iter()
        .flatten()
        .collect()
}

fn stops(texts: Texts, at: Instant, calendar: &Calendar) -> String {
    texts.with("subscription-overdue-access", &[("date", (&calendar.last_day(at)).into())])
}

/// What did not go through, with why and until when access lasts.
pub(crate) fn why(
    texts: Texts,
    words: String,
    reason: Option<DeclineReason>,
    access_stops: Option<Instant>,
    calendar: &Calendar,
) -> String {
    let reason = reason.map(|reason| phrase::decline(texts, reason));
    let stops = access_stops.map(|at| stops(texts, at, calendar));
    [Some(words), reason, stops].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// To the subscription's own page, and straight out of it as long as it goes on.
fn ways(texts: Texts, order: &OrderView, plan: &SubscriptionView) -> impl IntoView + use<> {
    let id = plan.id;
    let is_over = matches!(plan.status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let cancel = (order.kind == OrderKind::Subscription && !is_over)
        .then(|| ui::link_button(&Place::Cancel { id }.path(), texts.text("subscription-cancel")));
    let change = (order.kind == OrderKind::Subscription && !is_over)
        .then(|| ui::link_button(&Place::Plan { id }.path(), texts.text("change-title")));
    let manage = ui::link_button(&Place::Subscription { id }.path(), texts.text("subscription-manage"));
    view! { {manage}{change}{cancel} }
}

/// What is paid, what is next and what is left of a price in instalments; and why they cannot be cancelled.
pub(crate) fn installments(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let has_them = matches!(order.kind, OrderKind::SmartInstallments | OrderKind::SlipInstallments);
    has_them.then(|| {
        let late = overdue(texts, order, calendar);
        let words =
            view! { {late}{parts(texts, order, calendar)}<p class="help">{texts.text("refusal-installments")}</p> };
        ui::card("installments", texts.text("installments-title"), words)
    })
}

fn parts(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let (count, currency) = (order.parts.len(), order.total.currency);
    let is_paid = |part: &&PartView| part.state == Some(InvoiceState::Paid);
    let paid = order.parts.iter().filter(is_paid).count();
    let left = order.parts.iter().filter(|part| !is_paid(part) && part.state != Some(InvoiceState::Void));
    let left = phrase::money(texts, types::view::sum(currency, left.map(|part| part.amount.amount)));
    let numbers = [("paid", (paid as i64).into()), ("count", (count as i64).into()), ("left", (&left).into())];
    let rows = order.parts.iter().map(|part| {
        let number = texts.with("part-number", &[("number", part.number.into()), ("count", (count as i64).into())]);
        let day = ui::time(calendar, part.due_at, calendar.date(part.due_at));
        let chip = part_chip(texts, part.state);
        view! { <tr><td>{number}<small>{day}</small></td><td>{chip}</td><td>{phrase::money(texts, part.amount)}</td></tr> }
    });
    let heads = vec![texts.text("part-part"), texts.text("payment-charge-status"), texts.text("payment-charge-amount")];
    let summary = texts.with("part-summary", &numbers);
    (count > 0).then(|| {
        let rows = rows.collect_view();
        view! { <p>{summary}</p>{ui::table(texts.text("installments-title"), heads, rows, ())} }
    })
}

/// The deadline and the button, or why there is none; and what was paid back so far.
pub(crate) fn refund(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let ask = matches!(order.refund_offer, RefundOffer::Open { .. }).then(|| {
        let address = Place::Refund { handle: &order.handle }.path();
        view! { <p>{ui::link_button(&address, texts.text("refund-ask"))}</p> }
    });
    let closed = matches!(order.refund_offer, RefundOffer::Closed { .. }).then(|| {
        let help = texts.with("refund-closed-help", &[("seller", (&order.seller.name).into())]);
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
            {refund_chip(texts, refund.state)}
        </li>
    }
}

/// What was bought, and what it came to.
pub(crate) fn items(texts: Texts, order: &OrderView) -> impl IntoView + use<> {
    let rows = order.items.iter().map(|item| item_row(texts, item)).collect_view();
    let refunded = (order.refunded.amount > 0).then(|| {
        view! { <tr><th scope="row">{texts.text("items-refunded")}</th><td>{phrase::money(texts, order.refunded)}</td></tr> }
    });
    let foot = view! {
        <tfoot>
            <tr><th scope="row">{texts.text("items-total")}</th><td>{phrase::money(texts, order.total)}</td></tr>
            {refunded}
        </tfoot>
    };
    let heads = vec![texts.text("items-item"), texts.text("items-amount")];
    ui::card("items", texts.text("items-title"), ui::table(texts.text("items-title"), heads, rows, foot))
}

fn item_row(texts: Texts, item: &ItemView) -> impl IntoView + use<> {
    let bump = item.is_bump.then(|| texts.text("items-bump"));
    // An offer that is called like its product says nothing more.
    let offer = item.offer.clone().filter(|offer| *offer != item.name);
    let notes: Vec<String> = offer.into_iter().chain(bump).collect();
    let notes = (!notes.is_empty()).then(|| view! { <small>{notes.join(" · ")}</small> });
    let refund = item.refund.map(|state| refund_chip(texts, state));
    view! { <tr><td>{item.name.clone()}{notes}{refund}</td><td>{phrase::money(texts, item.amount)}</td></tr> }
}

/// How it was paid; what is open, with what is needed to pay it.
pub(crate) fn payment(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let card = order.payment.card.as_ref().filter(|card| card.exp_month > 0);
    let expiry = card.map(|card| {
        texts.with("payment-card-expiry", &[("expiry", (&card_expiry(card.exp_month, card.exp_year)).into())])
    });
    let method =
        [Some(phrase::payment(texts, &order.payment)), expiry].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let paid = paid_at(texts, order, calendar);
    let facts = Facts::new().with(texts.text("payment-method"), method).with(texts.text("payment-paid-at"), paid);
    let open = order
        .charges
        .iter()
        .filter(|charge| charge.status == ChargeStatus::Pending)
        .map(|charge| open_charge(texts, charge, calendar));
    let label = if has_open(order) { "payment-pay-open" } else { "payment-change" };
    let change = card_address(order).map(|address| view! { <p>{ui::link_button(&address, texts.text(label))}</p> });
    // A plan begins with one charge, or with none in a trial, and has more of them later.
    let has_charges = order.charges.len() > 1 || (order.subscription.is_some() && !order.charges.is_empty());
    let body =
        view! { {ui::facts(facts)}{open.collect_view()}{change}{has_charges.then(|| charges(texts, order, calendar))} };
    ui::card("payment", texts.text("payment-title"), body)
}

/// From when until when what was paid lasts, or what is free.
pub(crate) fn period(texts: Texts, facts: Facts, plan: &SubscriptionView, calendar: &Calendar) -> Facts {
    let (start, end) = match plan.status {
        SubscriptionStatus::Trialing => ("subscription-trial-start", "subscription-trial-end"),
        _ => ("subscription-period-start", "subscription-period-end"),
    };
    facts
        .with(texts.text(start), calendar.day(plan.period_start))
        .with(texts.text(end), calendar.last_day(plan.period_end))
}

/// When money first came. A trial has begun without any, and nothing is owed for it.
fn paid_at(texts: Texts, order: &OrderView, calendar: &Calendar) -> String {
    let is_trial = order.subscription.as_ref().is_some_and(|plan| plan.status == SubscriptionStatus::Trialing);
    if is_trial && order.charges.iter().all(|charge| charge.paid_at.is_none()) {
        return texts.text("payment-trial");
    }
    order.paid_at.map_or_else(|| texts.text("payment-not-yet"), |at| calendar.moment(at))
}

/// Whether a boleto or Pix waits to be paid, or one that ran out can be had anew.
fn has_open(order: &OrderView) -> bool {
    let is_open = |charge: &ChargeView| charge.status == ChargeStatus::Pending && charge.payment_code.is_some();
    order.overdue.is_some() || order.charges.iter().any(is_open)
}

/// Where card and way to pay are changed, for the kinds of orders that are charged again.
pub(crate) fn card_address(order: &OrderView) -> Option<String> {
    let is_over = matches!(order.status, OrderStatus::Refunded | OrderStatus::Canceled);
    let place = match (order.kind, &order.subscription) {
        (OrderKind::Subscription, Some(plan)) if plan.status != SubscriptionStatus::Ended => {
            CardPlace::Subscription(plan.id)
        }
        (OrderKind::SmartInstallments, None) => CardPlace::Order(order.handle.clone()),
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
    view! { {due}{code} }
}

fn charges(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let rows = order.charges.iter().map(|charge| {
        let installments = (charge.installments > 1).then(|| {
            let text = texts.with("payment-installments", &[("count", charge.installments.into())]);
            view! { <small>{text}</small> }
        });
        let day = calendar.date(charge.paid_at.unwrap_or(charge.created_at));
        let date = match charge.paid_at {
            // Money that was taken has a receipt.
            Some(_) if charge.status != ChargeStatus::Failed => {
                let address = Place::Receipt { handle: &order.handle, charge: charge.id }.path();
                let label = texts.with("payment-receipt-of", &[("date", (&day).into())]);
                view! { <a class="day" href=address aria-label=label>{day}</a> }.into_any()
            }
            _ => view! { <span class="day">{day}</span> }.into_any(),
        };
        let period = charge.period.map(|(start, end)| {
            let (from, until) = (calendar.date(start), calendar.last_date(end));
            let text = texts.with("payment-period", &[("from", (&from).into()), ("until", (&until).into())]);
            view! { <small>{text}</small> }
        });
        view! {
            <tr><td>{date}{period}{installments}</td><td>{charge_chip(texts, charge.status)}</td><td>{phrase::money(texts, charge.amount)}</td></tr>
        }
    });
    let heads = vec![
        texts.text("payment-charge-date"),
        texts.text("payment-charge-status"),
        texts.text("payment-charge-amount"),
    ];
    view! { <h3>{texts.text("payment-charges")}</h3>{ui::table(texts.text("payment-charges"), heads, rows.collect_view(), ())} }
}

/// What can be kept: a receipt for each payment, a credit note for what went back, the sale as it was.
pub(crate) fn documents(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let paid = order.charges.iter().filter(|charge| charge.status.took_money());
    let receipts = paid.filter_map(|charge| Some((charge, charge.paid_at?))).map(|(charge, at)| {
        let (date, amount) = (calendar.date(at), phrase::money(texts, charge.amount));
        let label = texts.with("documents-receipt", &[("date", (&date).into()), ("amount", (&amount).into())]);
        view! { <li><a href=Place::Receipt { handle: &order.handle, charge: charge.id }.path()>{label}</a></li> }
    });
    let credit = |name: String, at: Instant, amount: Money| {
        let (date, amount) = (calendar.date(at), phrase::money(texts, amount));
        let label = texts.with("documents-credit", &[("date", (&date).into()), ("amount", (&amount).into())]);
        view! { <li><a href=Place::Credit { handle: &order.handle, protocol: &name }.path()>{label}</a></li> }
    };
    let back = order.refunds.iter().filter(|refund| refund.back.amount > 0);
    let ours = back.filter_map(|refund| Some(credit(refund.protocol.to_string(), refund.sent_at?, refund.back)));
    let by_source = order.charges.iter().filter_map(|charge| Some((charge, charge.back_by_source?)));
    let by_source = by_source.map(|(charge, (at, amount))| credit(charge.id.to_string(), at, amount));
    let credits = ours.chain(by_source).collect::<Vec<_>>();
    let body = view! {
        <ul class="lines">
            {receipts.collect_view()}
            {credits}
            <li><a href=Place::Terms { handle: &order.handle }.path()>{texts.text("documents-terms")}</a></li>
            <li><a href=Place::Billing { handle: &order.handle }.path()>{texts.text("billing-change")}</a></li>
        </ul>
    };
    ui::card("documents", texts.text("documents-title"), body)
}

/// What happened, newest last.
pub(crate) fn timeline(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let lines = order.timeline.iter().map(|entry| timeline_line(texts, entry, calendar)).collect_view();
    ui::card("timeline", texts.text("timeline-title"), view! { <ol class="timeline">{lines}</ol> })
}

fn timeline_line(texts: Texts, entry: &TimelineEntry, calendar: &Calendar) -> impl IntoView + use<> {
    let words = timeline::words(texts, &entry.event);
    view! { <li>{ui::time(calendar, entry.at, calendar.moment(entry.at))}<span>{words}</span></li> }
}

/// Whom to ask.
pub(crate) fn help(texts: Texts, order: &OrderView) -> impl IntoView + use<> {
    let words =
        texts.with("help-text", &[("seller", (&order.seller.name).into()), ("code", order.code.as_str().into())]);
    let body = view! { <p>{words}</p>{phrase::contact(texts, &order.seller, order.code.as_str())} };
    ui::card("help", texts.text("help-title"), body)
}
