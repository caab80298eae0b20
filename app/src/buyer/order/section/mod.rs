//! The blocks of the order page.

mod access;
mod documents;
mod installments;
mod items;
mod payment;
mod refund;
mod sale;
mod subscription;

pub(crate) use self::access::access;
pub(crate) use self::documents::documents;
pub(crate) use self::installments::installments;
pub(crate) use self::items::items;
pub(crate) use self::payment::{card_address, card_label, payment};
pub(crate) use self::refund::refund;
pub(crate) use self::sale::sale;
pub(crate) use self::subscription::{cancel_label, due, next, open_slip, pay_label, period, subscription, why};

use super::timeline;
use crate::format::Calendar;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::view::{OrderView, TimelineEntry, TimelineEvent};

/// What happened, newest first. A mail stands under what it tells of.
pub(crate) fn timeline(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let is_free = order.is_free();
    let lines = timeline::folded(&order.timeline).into_iter();
    let lines = lines.map(|(entry, mails)| timeline_line(texts, entry, &mails, is_free, calendar)).collect_view();
    ui::card("timeline", texts.text("timeline-title"), view! { <ol class="timeline">{lines}</ol> })
}

fn timeline_line(
    texts: Texts,
    entry: &TimelineEntry,
    mails: &[&TimelineEntry],
    is_free: bool,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let words = match entry.event {
        TimelineEvent::Paid if is_free => texts.text("timeline-free"),
        ref event => timeline::words(texts, event),
    };
    let mails = mails.iter().map(|mail| {
        let words = timeline::words(texts, &mail.event);
        view! { <small>{words}" · "{ui::time(calendar, mail.at, calendar.moment(mail.at))}</small> }
    });
    let mails = mails.collect_view();
    view! { <li>{ui::time(calendar, entry.at, calendar.moment(entry.at))}<span>{words}{mails}</span></li> }
}

/// Whom to ask.
pub(crate) fn help(texts: Texts, order: &OrderView) -> impl IntoView + use<> {
    let words =
        texts.with("help-text", &[("producer", (&order.producer.name).into()), ("code", order.code.as_str().into())]);
    let body = view! {
        <p>{words}</p>
        {phrase::contact(texts, &order.producer, order.code.as_str())}
        {phrase::contacts(texts, &order.producer.particulars.contacts)}
    };
    ui::card("help", texts.text("help-title"), body)
}
