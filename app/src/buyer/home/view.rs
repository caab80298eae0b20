//! The markup of the home page.

use crate::format::{Calendar, HOME_ZONE};
use crate::order::section;
use crate::page::Page;
use crate::phrase;
use crate::status::{Standing, order_chip, order_word, subscription_chip};
use crate::text::Texts;
use crate::ui::{self, Field, Tone};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portal::purchases::HomeQuery;
use types::place::buyer::Place;
use types::view::{
    Alert, AlertKind, CardPlace, Due, HomeView, InstallmentsView, OrderRow, ProducerOrders, SubscriptionView,
};
use types::{Instant, OrderStatus, SubscriptionId, SubscriptionStatus};

/// The page.
pub(crate) fn home(texts: Texts, home: &HomeView, query: &HomeQuery, now: Instant) -> Page {
    let title = texts.text("home-title");
    let is_filtered = query.search.is_some() || query.status.is_some();
    let producers = home.producers.iter().map(|group| producer(texts, group, now)).collect_view();
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="help">{texts.with("home-using", &[("email", home.email.as_str().into())])}</p>
        {erasure(texts, home, now)}
        {alerts(texts, home, now)}
        {home.has_any.then(|| filter(texts, query, is_filtered))}
        {home.producers.is_empty().then(|| empty(texts, home, is_filtered))}
        {producers}
        {next(texts, home, query)}
    };
    Page::new(title, body)
}

fn alerts(texts: Texts, home: &HomeView, now: Instant) -> impl IntoView + use<> {
    (!home.alerts.is_empty()).then(|| {
        let lines = home
            .alerts
            .iter()
            .map(|alert| alert_line(texts, alert, &Calendar::new(texts.language(), &alert.time_zone, now)));
        let body = view! { <h2>{texts.text("alert-title")}</h2><ul>{lines.collect_view()}</ul> };
        ui::notice(Tone::Warn, body)
    })
}

fn alert_line(texts: Texts, alert: &Alert, calendar: &Calendar) -> impl IntoView + use<> {
    let words = alert_words(texts, alert, calendar);
    let (address, label) = alert_action(texts, alert);
    let name = format!("{label}: {}", alert.title);
    view! { <li class="alert"><p>{words}</p><a class="button" href=address aria-label=name>{label}</a></li> }
}

/// What it is about, how much and until when.
fn alert_words(texts: Texts, alert: &Alert, calendar: &Calendar) -> String {
    let title = ("title", (&alert.title).into());
    let owed = alert.owed.as_ref();
    match alert.kind {
        AlertKind::PastDue { reason, access_stops } | AlertKind::PartLate { reason, access_stops } => {
            let is_part = matches!(alert.kind, AlertKind::PartLate { .. });
            let key = if is_part { "alert-installment-late" } else { "alert-past-due" };
            let words = match owed {
                Some(owed) => with_amount(texts, key, &alert.title, owed),
                None => texts.with("alert-past-due-untold", &[title]),
            };
            // No bank declines a boleto or Pix: its time is over, and another one is there.
            let reason = reason.filter(|_| !owed.is_some_and(|owed| owed.method.is_slip()));
            section::why(texts, words, reason, access_stops, calendar)
        }
        AlertKind::RefundFailed => texts.with("alert-refund-failed", &[title]),
        AlertKind::PaymentPending | AlertKind::ToPay => {
            let Some(owed) = owed else { return texts.with("alert-payment-pending", &[title]) };
            let words = with_amount(texts, "alert-to-pay", &alert.title, owed);
            let until = owed.due_on.as_ref().filter(|_| owed.is_open).map(|day| calendar.calendar_day(day));
            let until = until.map(|day| texts.with("card-open-until", &[("deadline", (&day).into())]));
            [Some(words), until].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        AlertKind::AccessEnds(at) => {
            texts.with("alert-access-ends", &[title, ("deadline", (&calendar.deadline(at)).into())])
        }
    }
}

fn with_amount(texts: Texts, key: &str, title: &str, owed: &Due) -> String {
    let (amount, method) = (phrase::money(texts, owed.amount), phrase::method(texts, owed.method));
    texts.with(key, &[("title", title.into()), ("amount", (&amount).into()), ("method", (&method).into())])
}

/// The one thing to do about it.
fn alert_action(texts: Texts, alert: &Alert) -> (String, String) {
    match (&alert.owed, alert.subscription) {
        (Some(owed), subscription) if owed.is_open || alert.kind != AlertKind::PaymentPending => {
            (pay_address(&alert.handle, subscription), pay_label(texts, owed))
        }
        (_, Some(id)) if alert.kind != AlertKind::RefundFailed => {
            (Place::Subscription { id }.path(), texts.text("alert-see-subscription"))
        }
        _ => (order_address(&alert.handle), texts.text("alert-see-order")),
    }
}

/// Where what is owed is paid.
fn pay_address(handle: &str, subscription: Option<SubscriptionId>) -> String {
    let place = subscription.map_or_else(|| CardPlace::Order(handle.to_owned()), CardPlace::Subscription);
    place.page().path()
}

/// What the button says that leads there.
fn pay_label(texts: Texts, owed: &Due) -> String {
    section::pay_label(texts, owed.amount, Some(owed.method).filter(|method| owed.is_open && method.is_slip()))
}

/// That everything goes, and the way to keep it.
fn erasure(texts: Texts, home: &HomeView, now: Instant) -> Option<impl IntoView + use<>> {
    let due = Calendar::new(texts.language(), HOME_ZONE, now).deadline(home.erased_at?);
    let words = texts.with("alert-erasure", &[("due", (&due).into())]);
    let body = view! {
        <p>{words}</p>
        <form method="post" action=Place::ErasureUndo.path()>{ui::quiet_submit(texts.text("erasure-undo"))}</form>
    };
    Some(ui::notice(Tone::Bad, body))
}

fn filter(texts: Texts, query: &HomeQuery, is_filtered: bool) -> impl IntoView + use<> {
    let search = Field {
        id: "q",
        name: "q",
        kind: "search",
        label: texts.text("home-search"),
        help: texts.text("home-search-help"),
        value: query.search.clone().unwrap_or_default(),
        ..Field::default()
    };
    let options = OrderStatus::ALL.iter().map(|status| {
        let selected = query.status == Some(*status);
        view! { <option value=status.as_str() selected=selected>{order_word(texts, *status)}</option> }
    });
    // Folded: what was bought comes first, also on a small screen.
    view! {
        <details class="finder" open=is_filtered>
            <summary>{texts.text("home-find")}</summary>
            <form class="filter" method="get" action=Place::Home.path() role="search">
                {ui::field(search)}
                <div class="field">
                    <label for="status">{texts.text("home-status")}</label>
                    <select class="input" id="status" name="status">
                        <option value="">{texts.text("home-status-any")}</option>
                        {options.collect_view()}
                    </select>
                </div>
                <button class="button">{texts.text("home-filter")}</button>
                {is_filtered.then(|| view! { <a href=Place::Home.path()>{texts.text("home-clear")}</a> })}
            </form>
        </details>
    }
}

fn empty(texts: Texts, home: &HomeView, is_filtered: bool) -> impl IntoView + use<> {
    let (title, text) = if is_filtered && home.has_any {
        ("home-nothing-title", texts.text("home-nothing"))
    } else {
        ("home-empty-title", texts.with("home-empty", &[("email", home.email.as_str().into())]))
    };
    let other = (!home.has_any).then(|| {
        let label = texts.text("home-empty-other");
        view! { <form method="post" action=Place::SignOut.path()><button class="button">{label}</button></form> }
    });
    view! { <section class="card"><h2>{texts.text(title)}</h2><p>{text}</p>{other}</section> }
}

fn producer(texts: Texts, group: &ProducerOrders, now: Instant) -> impl IntoView + use<> {
    let calendar = Calendar::new(texts.language(), &group.producer.time_zone, now);
    let subscriptions: Vec<_> =
        group.orders.iter().filter_map(|order| order.subscription.as_ref().map(|plan| (order, plan))).collect();
    let purchases: Vec<_> = group.orders.iter().filter(|order| order.subscription.is_none()).collect();
    let cards = subscriptions.iter().map(|(order, plan)| subscription(texts, order, plan, &calendar)).collect_view();
    let rows = purchases.iter().map(|order| purchase(texts, order, &calendar)).collect_view();
    view! {
        <section class="producer">
            <h2>{group.producer.name.clone()}</h2>
            {(!subscriptions.is_empty()).then(|| view! { <h3>{texts.text("home-subscriptions")}</h3>{cards} })}
            {(!purchases.is_empty()).then(|| view! {
                <h3>{texts.text("home-purchases")}</h3>
                <ul class="orders">{rows}</ul>
            })}
        </section>
    }
}

fn subscription(texts: Texts, order: &OrderRow, plan: &SubscriptionView, calendar: &Calendar) -> impl IntoView + use<> {
    // An order that was never paid is paid with its own code, or not here.
    let may_pay = |owed: &&Due| owed.is_open || order.status != OrderStatus::Pending;
    let pay = order.owed.as_ref().filter(may_pay).map(|owed| {
        let (address, label) = (pay_address(&order.handle, Some(plan.id)), pay_label(texts, owed));
        let name = format!("{label}: {}", plan.plan);
        view! { <a class="button primary" href=address aria-label=name>{label}</a> }
    });
    // What is owed is the one thing to do first.
    let class = if pay.is_some() { "button" } else { "button primary" };
    let content = order.content_url.as_deref().and_then(phrase::web_address).map(|address| {
        let name = texts.with("home-open-of", &[("title", (&order.title).into())]);
        let label = texts.text("home-open");
        view! { <a class=class href=address.to_owned() aria-label=name rel="noreferrer">{label}</a> }
    });
    let manage = texts.with("home-manage-of", &[("plan", (&plan.plan).into())]);
    view! {
        <article class="card plan">
            <header>
                {ui::picture(order.picture.as_ref())}
                <h4>{plan.plan.clone()}</h4>
                {subscription_chip(texts, plan.status)}
            </header>
            <p class="price">{phrase::price(texts, plan.cycle(plan.price))}</p>
            <p>{next_charge(texts, order, plan, calendar)}</p>
            {crate::plan::scheduled_part(texts, plan, calendar)}
            <div class="row">
                {pay}
                {content}
                <a class="button" href=Place::Subscription { id: plan.id }.path() aria-label=manage>
                    {texts.text("home-manage")}
                </a>
            </div>
        </article>
    }
}

/// What will be charged next, or until when access lasts; nothing for what is over.
fn next_charge(texts: Texts, order: &OrderRow, plan: &SubscriptionView, calendar: &Calendar) -> Option<String> {
    let price = phrase::money(texts, plan.next_amount());
    let owed = order.owed.as_ref().map(|owed| phrase::money(texts, owed.amount));
    let Some(at) = plan.next_charge_at else {
        let is_ending = plan.status == SubscriptionStatus::Ending;
        let date = calendar.last_day(plan.period_end);
        return is_ending.then(|| texts.with("home-access-until", &[("date", (&date).into())]));
    };
    let date = calendar.date(at);
    let say = |key, price: &str| Some(texts.with(key, &[("date", (&date).into()), ("price", price.into())]));
    match (owed, &order.payment.card) {
        // A source may name the next day of a charge that is overdue: nothing is overdue since then.
        _ if plan.is_past_due() && calendar.is_ahead(at) => {
            Some(texts.with("subscription-overdue-amount", &[("amount", (&price).into())]))
        }
        (owed, _) if plan.is_past_due() => say("home-overdue", &owed.unwrap_or(price)),
        (Some(owed), _) => say("home-open-charge", &owed),
        // It is not ahead: nobody has said so far what became of it.
        _ if calendar.is_over(at) => say("home-next-untold", &price),
        (None, Some(card)) => {
            let card = phrase::card(texts, card);
            let values = [("date", (&date).into()), ("price", (&price).into()), ("card", (&card).into())];
            Some(texts.with("home-next-charge-card", &values))
        }
        (None, None) => say("home-next-charge", &price),
    }
}

fn purchase(texts: Texts, order: &OrderRow, calendar: &Calendar) -> impl IntoView + use<> {
    let more = (order.more_items > 0)
        .then(|| view! { <span>{texts.with("and-more", &[("count", order.more_items.into())])}</span> });
    let refundable = order.refundable_until.map(|until| {
        let text = texts.with("home-refundable", &[("deadline", (&calendar.deadline(until)).into())]);
        view! { <span>{text}</span> }
    });
    let standing = Standing {
        status: order.status,
        refund: order.refund,
        plan: None,
        kind: order.kind,
        installments: order.installments,
        has_late_installment: order.overdue.is_some(),
        is_free: order.is_free(),
    };
    let left = order.installments.and_then(|parts| left_words(texts, parts, calendar));
    let left = left.map(|words| view! { <span>{words}</span> });
    let bought = texts.with("home-bought", &[("date", (&calendar.date(order.ordered_at)).into())]);
    view! {
        <li class="order">
            {ui::picture(order.picture.as_ref())}
            <a href=order_address(&order.handle)>{order.title.clone()}</a>
            <span class="money">{phrase::money(texts, order.total)}</span>
            {more}
            {order_chip(texts, standing)}
            {left}
            <span>{bought}" · "{order.code.to_string()}</span>
            {refundable}
        </li>
    }
}

/// The next instalment, and what is left with it.
fn left_words(texts: Texts, parts: InstallmentsView, calendar: &Calendar) -> Option<String> {
    let (at, amount) = parts.next?;
    let (date, amount, left) = (calendar.date(at), phrase::money(texts, amount), phrase::money(texts, parts.left));
    let values = [("date", (&date).into()), ("amount", (&amount).into()), ("left", (&left).into())];
    Some(texts.with("installment-next-left", &values))
}

fn next(texts: Texts, home: &HomeView, query: &HomeQuery) -> impl IntoView + use<> {
    home.next_cursor.as_ref().map(|cursor| {
        let mut address = format!("/?cursor={}", encoded(cursor));
        if let Some(search) = &query.search {
            address.push_str(&format!("&q={}", encoded(search)));
        }
        if let Some(status) = query.status {
            address.push_str(&format!("&status={status}"));
        }
        view! { <p>{ui::link_button(&address, texts.text("home-next"))}</p> }
    })
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn order_address(handle: &str) -> String {
    Place::Order { handle }.path()
}
