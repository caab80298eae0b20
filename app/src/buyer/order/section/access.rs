//! Where access stands, item by item.

use crate::format::Calendar;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::view::{AccessView, ItemView, OrderView};
use types::{Instant, OrderStatus};

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
            ("calm", texts.with("access-not-managed", &[("producer", (&order.producer.name).into())]))
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
