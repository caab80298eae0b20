//! The page: a period, and what is counted of it.

use super::{canceled, sections};
use crate::fields::{Fields, QueryFields};
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::text::Texts;
use crate::ui::{self, Field};
use crate::visitor;
use axum::http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use portal::Producer;
use portal::report::{Month, months, report};
use portal::time::parse_day;
use types::place::producer::Place;

/// Months of a report for which no days are named, this one included.
const USUAL: i32 = 6;

/// The days of a report.
pub(super) struct Period {
    /// The first day.
    pub(super) from: Date,
    /// The last day.
    pub(super) to: Date,
    /// What was typed where that is no period.
    wrong: Option<(String, String)>,
}

/// The report, or the cancellations behind one of its reasons.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    let (period, months) = period(&producer, &fields)?;
    // Only what is named: an empty reason is one as well.
    if let Some(reason) = fields.all("reason").next() {
        let after = fields.one("cursor").parse().ok();
        return canceled::page(&producer, &period, &months, reason, after).await;
    }
    let figures = report(&producer, &months).await?;
    let texts = area::texts(&producer);
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let title = texts.text("report-title");
    let errors = period.wrong.as_ref().map(|_| ("from", texts.text("report-period-invalid")));
    let status = if errors.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let content = if figures.is_empty() {
        view! { <p class="card">{texts.text("report-empty")}</p> }.into_any()
    } else {
        sections::sections(texts, &calendar, &period, &figures).into_any()
    };
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors.into_iter().collect())}
        <h1>{title.clone()}</h1>
        {form(texts, &period)}
        {content}
    };
    let page = Page::new(title, body).in_area(area::area(&producer, Part::Report)).in_zone(producer.time_zone());
    Ok(page.with_status(status))
}

/// The days that were named; the last six months otherwise.
fn period(producer: &Producer, fields: &Fields) -> Result<(Period, Vec<Month>), PageError> {
    let zone = producer.zone()?;
    let today = zone.day_of(producer.portal().now());
    let usual = today.first_of_month().checked_sub((USUAL - 1).months()).unwrap_or(today);
    let named = |name: &str, usual: Date| fields.filled(name).map_or(Some(usual), parse_day);
    let period = match (named("from", usual), named("to", today)) {
        (Some(from), Some(to)) if from <= to => Period { from, to, wrong: None },
        _ => {
            let typed = (fields.one("from").to_owned(), fields.one("to").to_owned());
            Period { from: usual, to: today, wrong: Some(typed) }
        }
    };
    let months = months(&zone, period.from, period.to);
    Ok((period, months))
}

fn form(texts: Texts, period: &Period) -> impl IntoView + use<> {
    let (from, to) = period.wrong.clone().unwrap_or((period.from.to_string(), period.to.to_string()));
    let error = period.wrong.as_ref().map(|_| texts.text("report-period-invalid"));
    let day = |id, key, value, error| Field {
        id,
        name: id,
        kind: "date",
        label: texts.text(key),
        value,
        error,
        ..Field::default()
    };
    view! {
        <form class="card columns" method="get" action=Place::Report.path()>
            {ui::field(day("from", "report-from", from, error))}
            {ui::field(day("to", "report-to", to, None))}
            <p>{ui::quiet_submit(texts.text("report-show"))}</p>
        </form>
    }
}
