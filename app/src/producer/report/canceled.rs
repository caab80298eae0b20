//! The cancellations behind a reason: whose, when, and what they said.

use super::page::Period;
use super::reason_word;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::ui::{self, Tone};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portal::Producer;
use portal::report::{Canceled, Month, canceled};
use types::Cursor;
use types::place::producer::Place;

/// The address of these cancellations.
pub(super) fn address(period: &Period, reason: &str) -> String {
    let reason = utf8_percent_encode(reason, NON_ALPHANUMERIC);
    format!("{}?from={}&to={}&reason={reason}", Place::Report, period.from, period.to)
}

/// A page of them.
pub(super) async fn page(
    producer: &Producer,
    period: &Period,
    months: &[Month],
    reason: &str,
    after: Option<Cursor>,
) -> Result<Page, PageError> {
    let (found, next) = canceled(producer, months, reason, after).await?;
    let texts = area::texts(producer);
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let title = texts.with("report-canceled-title", &[("reason", (&reason_word(texts, reason)).into())]);
    let back = format!("{}?from={}&to={}", Place::Report, period.from, period.to);
    let row = |one: Canceled| {
        let undone = one.is_undone.then(|| ui::chip(Tone::Calm, texts.text("report-undone")));
        let said = one.comment.clone().map(|comment| view! { <blockquote class="message">{comment}</blockquote> });
        view! {
            <section class="card">
                <h2>
                    {one.buyer_name.clone()}" · "<a href=area::order_address(&one.code)>{one.code.to_string()}</a>
                </h2>
                <p>{ui::time(&calendar, one.asked_at, calendar.moment(one.asked_at))}" "{undone}</p>
                {said}
            </section>
        }
    };
    let list = if found.is_empty() {
        view! { <p class="card">{texts.text("report-canceled-none")}</p> }.into_any()
    } else {
        found.into_iter().map(row).collect_view().into_any()
    };
    let next = next.map(|next| format!("{}&cursor={next}", address(period, reason)));
    let body = view! {
        <p class="back"><a href=back>{texts.text("report-back")}</a></p>
        <h1>{title.clone()}</h1>
        {list}
        {next.map(|next| view! { <p>{ui::link_button(&next, texts.text("report-next"))}</p> })}
    };
    Ok(Page::new(title, body).in_area(area::area(producer, Part::Report)).in_zone(producer.time_zone()))
}
