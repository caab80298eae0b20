//! The markup of the box. What is about a person is masked: enough to recognise what somebody says, too little to learn
//! what they did not say.

use crate::format::Calendar;
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Field};
use crate::{found, phrase};
use controls::LiveSearch;
use leptos::prelude::*;
use portal::search::{FoundOrder, StaffFound};
use types::place::staff::Place;
use types::{Instant, TaxId};

/// The page.
pub(super) fn search(texts: Texts, text: &str, found: Option<&StaffFound>, is_too_long: bool, now: Instant) -> Page {
    let title = texts.text("lookup-title");
    let error = is_too_long.then(|| texts.text("lookup-long"));
    let errors = error.clone().map(|error| ("q", error)).into_iter().collect();
    let search = Field {
        id: "q",
        name: "q",
        kind: "search",
        autocomplete: "off",
        label: texts.text("lookup-search"),
        help: texts.text("lookup-help"),
        value: text.to_owned(),
        error,
        ..Field::default()
    };
    let found = found.map(|found| results(texts, text, found, now));
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="sieve" method="get" action=Place::Search.path() role="search">
            {ui::field(search)}
            <p>{ui::submit(texts.text("lookup-find"))}</p>
        </form>
        <LiveSearch field="q" list="list" is_for_staff=true/>
        <div id="list">{found}</div>
    };
    Page::new(title, body)
}

/// What stands below the box.
pub(super) fn results(texts: Texts, text: &str, found: &StaffFound, now: Instant) -> impl IntoView + use<> {
    if found.orders.is_empty() {
        let title = texts.with("lookup-nothing-title", &[("text", text.trim().into())]);
        return view! { <section class="card"><h2>{title}</h2><p>{texts.text("lookup-nothing")}</p></section> }
            .into_any();
    }
    let heads = ["orders-code", "lookup-seller", "orders-buyer", "orders-status", "orders-date", "orders-total"];
    let heads = heads.map(|key| texts.text(key)).into();
    let rows = found.orders.iter().map(|order| row(texts, order, now)).collect_view();
    let more = found.has_more.then(|| view! { <p class="help">{texts.text("lookup-more")}</p> });
    view! { <div class="found">{ui::table(texts.text("lookup-found"), heads, rows, ())}</div>{more} }.into_any()
}

fn row(texts: Texts, order: &FoundOrder, now: Instant) -> impl IntoView + use<> {
    let calendar = Calendar::new(texts.language(), &order.seller.time_zone, now);
    let facts = [
        (!order.email.is_unknown()).then(|| order.email.masked()),
        order.tax_id.as_deref().and_then(|id| TaxId::parse(id).ok()).map(|id| id.masked()),
        order.last4.as_ref().map(|digits| format!("•••• {digits}")),
    ];
    let facts = facts.into_iter().flatten().map(|fact| view! { <small>{fact}</small> }).collect_view();
    view! {
        <tr>
            <td><a href=Place::Order { id: order.id }.path()>{order.code.to_string()}</a></td>
            <td>{order.seller.name.clone()}</td>
            <td>{masked_name(&order.buyer_name)}{facts}</td>
            <td>{found::chip(texts, order)}</td>
            <td><span class="day">{calendar.date(order.ordered_at)}</span></td>
            <td class="money">{phrase::money(texts, order.total)}</td>
        </tr>
    }
}

/// `Ana S***`: the first name, and of each other the first letter.
fn masked_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    let rest = words.filter_map(|word| word.chars().next()).map(|letter| format!("{letter}***"));
    [first].into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::masked_name;

    #[test]
    fn a_name_is_masked_behind_its_first_word() {
        assert_eq!(masked_name("Ana  Maria Souza"), "Ana M*** S***");
        assert_eq!(masked_name("Ana"), "Ana");
        assert_eq!(masked_name(""), "");
    }
}
