//! The parts of the report, each a picture and its table.

use super::chart::{Column, chart};
use super::page::Period;
use super::{canceled, reason_word};
use crate::format::Calendar;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use portal::report::{Figures, Report, Spread};
use std::collections::BTreeMap;
use types::RetentionKind;

/// All of them.
pub(super) fn sections(texts: Texts, calendar: &Calendar, period: &Period, report: &Report) -> impl IntoView + use<> {
    let months: Vec<String> = report.months.iter().map(|of| calendar.month(of.month.from)).collect();
    view! {
        <div class="report">
            {leaving(texts, period, &months, &report.months)}
            {offers(texts, report)}
            {refunds(texts, &months, report)}
            {links(texts, &months, &report.months)}
            {by_themselves(texts, &months, &report.months)}
            {access(texts, report)}
            {recovered(texts, &months, &report.months)}
        </div>
    }
}

/// A picture of what is counted of each month.
fn picture(title: &str, months: &[String], figures: &[Figures], value: impl Fn(&Figures) -> i64) -> AnyView {
    let of_month = |(name, of): (&String, &Figures)| Column { name: name.clone(), value: value(of) };
    let columns: Vec<Column> = months.iter().zip(figures).map(of_month).collect();
    let picture = chart(title, &columns);
    if picture.is_empty() {
        return ().into_any();
    }
    let label = title.to_owned();
    // Its table is the region of this name.
    view! { <div class="scroll" tabindex="0" role="group" aria-label=label inner_html=picture></div> }.into_any()
}

/// A table of months and figures.
fn table(texts: Texts, title: &str, heads: &[&'static str], rows: Vec<Vec<String>>) -> impl IntoView + use<> {
    let heads = heads.iter().map(|key| texts.text(key)).collect();
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let name = cells.next().map(|name| view! { <th scope="row">{name}</th> });
        let figures = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr>{name}{figures}</tr> }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <div class="figures">{ui::table(title.to_owned(), heads, rows, ())}</div> }
}

/// Why buyers leave.
fn leaving(texts: Texts, period: &Period, months: &[String], figures: &[Figures]) -> impl IntoView + use<> {
    let title = texts.text("report-canceled");
    let mut reasons: BTreeMap<String, i64> = BTreeMap::new();
    for (reason, hits) in figures.iter().flat_map(|of| &of.canceled) {
        *reasons.entry(reason.clone()).or_default() += hits;
    }
    let mut reasons: Vec<(String, i64)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, hits)| -hits);
    let of_month = |of: &Figures| of.canceled.iter().map(|(_, hits)| hits).sum::<i64>();
    let row = |(reason, all): &(String, i64)| {
        let by_month = figures.iter().map(|of| {
            let hits = of.canceled.iter().find(|(word, _)| word == reason).map_or(0, |(_, hits)| *hits);
            view! { <td>{hits}</td> }
        });
        let lead = canceled::address(period, reason);
        view! {
            <tr>
                <th scope="row"><a href=lead>{reason_word(texts, reason)}</a></th>
                {by_month.collect_view()}
                <td>{*all}</td>
            </tr>
        }
    };
    let heads = [vec![texts.text("report-reason")], months.to_vec(), vec![texts.text("report-sum")]].concat();
    let body = if reasons.is_empty() {
        view! { <p>{texts.text("report-canceled-none")}</p> }.into_any()
    } else {
        let rows = reasons.iter().map(row).collect_view();
        view! {
            {picture(&title, months, figures, of_month)}
            <div class="figures wide">{ui::table(title.clone(), heads, rows, ())}</div>
        }
        .into_any()
    };
    ui::card("canceled", title, body)
}

/// What was offered instead, and taken.
fn offers(texts: Texts, report: &Report) -> impl IntoView + use<> {
    let title = texts.text("report-offers");
    let kind = |kind| {
        texts.text(match kind {
            RetentionKind::Discount => "report-offer-discount",
            RetentionKind::Pause => "report-offer-pause",
            RetentionKind::Plan => "report-offer-plan",
            RetentionKind::Message => "report-offer-message",
        })
    };
    let rows: Vec<Vec<String>> = report
        .offers
        .iter()
        .map(|of| vec![kind(of.kind), of.made.to_string(), of.taken.to_string(), percent(of.taken, of.made)])
        .collect();
    let heads = ["report-offer", "report-made", "report-taken", "report-rate"];
    let body = if rows.is_empty() {
        view! { <p>{texts.text("report-offers-none")}</p> }.into_any()
    } else {
        table(texts, &title, &heads, rows).into_any()
    };
    ui::card("offers", title, body)
}

/// What goes back, by product, and how long answers take.
fn refunds(texts: Texts, months: &[String], report: &Report) -> impl IntoView + use<> {
    let title = texts.text("report-refunds");
    let rows: Vec<Vec<String>> = report
        .refunds
        .iter()
        .map(|of| vec![of.product.clone(), of.count.to_string(), phrase::money(texts, of.amount)])
        .collect();
    let by_product =
        (!rows.is_empty()).then(|| table(texts, &title, &["report-product", "report-count", "report-amount"], rows));
    let decided = match report.to_decide {
        Some(spread) => spread_words(texts, "report-decided", spread),
        None => texts.text("report-decided-none"),
    };
    let body = view! {
        {picture(&title, months, &report.months, |of| of.refunds)}
        {by_product}
        <p>{decided}</p>
    };
    ui::card("refunds", title, body)
}

/// What links do.
fn links(texts: Texts, months: &[String], figures: &[Figures]) -> impl IntoView + use<> {
    let title = texts.text("report-links");
    let row = |(month, of): (&String, &Figures)| {
        vec![month.clone(), of.links.to_string(), of.mailed.to_string(), of.opened.to_string(), of.acted.to_string()]
    };
    let rows = months.iter().zip(figures).map(row).collect();
    let heads =
        ["report-month", "report-links-made", "report-links-mailed", "report-links-opened", "report-links-acted"];
    let body = view! {
        {picture(&title, months, figures, |of| of.opened)}
        {table(texts, &title, &heads, rows)}
        <p class="help">{texts.text("report-links-help")}</p>
    };
    ui::card("links", title, body)
}

/// How much buyers do by themselves.
fn by_themselves(texts: Texts, months: &[String], figures: &[Figures]) -> impl IntoView + use<> {
    let title = texts.text("report-own");
    let row = |(month, of): (&String, &Figures)| {
        vec![month.clone(), of.own_acts.to_string(), of.all_acts.to_string(), percent(of.own_acts, of.all_acts)]
    };
    let rows = months.iter().zip(figures).map(row).collect();
    let heads = ["report-month", "report-own-acts", "report-all-acts", "report-rate"];
    let body = view! {
        {picture(&title, months, figures, |of| of.own_acts)}
        {table(texts, &title, &heads, rows)}
        <p class="help">{texts.text("report-own-help")}</p>
    };
    ui::card("own", title, body)
}

/// How long access takes.
fn access(texts: Texts, report: &Report) -> impl IntoView + use<> {
    let words = match report.to_access {
        Some(spread) => spread_words(texts, "report-access", spread),
        None => texts.text("report-access-none"),
    };
    ui::card("access", texts.text("report-access-title"), view! { <p>{words}</p> })
}

/// What is charged after all.
fn recovered(texts: Texts, months: &[String], figures: &[Figures]) -> impl IntoView + use<> {
    let title = texts.text("report-recovered");
    let row = |(month, of): (&String, &Figures)| {
        vec![month.clone(), of.failed.to_string(), of.recovered.to_string(), percent(of.recovered, of.failed)]
    };
    let rows = months.iter().zip(figures).map(row).collect();
    let heads = ["report-month", "report-failed", "report-paid-after", "report-rate"];
    let body = view! {
        {picture(&title, months, figures, |of| of.recovered)}
        {table(texts, &title, &heads, rows)}
        <p class="help">{texts.text("report-recovered-help")}</p>
    };
    ui::card("recovered", title, body)
}

/// `62%`; a dash of nothing.
fn percent(part: i64, whole: i64) -> String {
    if whole > 0 { format!("{}%", (part * 200 + whole) / (2 * whole)) } else { "–".to_owned() }
}

fn spread_words(texts: Texts, key: &str, spread: Spread) -> String {
    let (median, most) = (duration(texts, spread.median), duration(texts, spread.most));
    let values = [("median", (&median).into()), ("most", (&most).into()), ("count", spread.count.into())];
    texts.with(key, &values)
}

/// A duration in the largest unit of which there are two or more.
fn duration(texts: Texts, seconds: i64) -> String {
    let (key, count) = match seconds {
        172_800.. => ("report-days", seconds / 86_400),
        7_200.. => ("report-hours", seconds / 3_600),
        120.. => ("report-minutes", seconds / 60),
        // What takes less than a second takes one at most.
        _ => ("report-seconds", seconds.max(1)),
    };
    texts.with(key, &[("count", count.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Language;

    #[test]
    fn rates_are_rounded_and_nothing_of_nothing_is_no_rate() {
        assert_eq!([percent(1, 3), percent(2, 3), percent(0, 5), percent(0, 0)], ["33%", "67%", "0%", "–"]);
    }

    #[test]
    fn a_duration_is_told_in_the_unit_one_would_use() {
        let texts = Texts::of(Language::English);
        let told = [1, 119, 120, 7_199, 7_200, 172_799, 172_800].map(|seconds| duration(texts, seconds));
        assert_eq!(told, ["1 second", "119 seconds", "2 minutes", "119 minutes", "2 hours", "47 hours", "2 days"]);
    }
}
