//! The markup of the list.

use super::address;
use super::beside::of_order;
use super::views::{self, Refused};
use crate::format::Calendar;
use crate::page::Page;
use crate::producer::area;
use crate::status::order_word;
use crate::text::Texts;
use crate::ui::{self, Facts, Field, Tone};
use crate::{found, phrase};
use controls::LiveSearch;
use leptos::prelude::*;
use portal::Producer;
use portal::search::{Found, FoundOrder, Question, SavedView, Wrong};
use types::place::producer::Place;
use types::{OrderKind, OrderRisk, OrderStatus};

/// What the page shows.
pub(super) struct Shown<'a> {
    pub question: &'a Question,
    pub found: &'a Found,
    /// Codes and names of the products that can be asked for.
    pub products: &'a [(String, String)],
    pub saved: &'a [SavedView],
    pub wrong: Option<Wrong>,
    pub refused: Option<Refused>,
    pub cursor: Option<&'a str>,
}

/// The page.
pub(super) fn list(producer: &Producer, shown: &Shown<'_>) -> Page {
    let texts = area::texts(producer);
    let title = texts.text("orders-title");
    let body = if shown.found.has_any {
        view! {
            {errors(texts, shown)}
            <h1>{title.clone()}</h1>
            {form(texts, shown)}
            <LiveSearch field="q" list="list" is_for_staff=false/>
            <div id="list">{below(producer, shown)}</div>
        }
        .into_any()
    } else {
        let text = texts.text("orders-none");
        let how = texts.text("orders-none-how");
        view! {
            <h1>{title.clone()}</h1>
            <section class="card"><h2>{texts.text("orders-none-title")}</h2><p>{text}</p><p>{how}</p></section>
        }
        .into_any()
    };
    Page::new(title, body)
}

/// What stands below the search: all that follows from what is asked.
pub(super) fn below(producer: &Producer, shown: &Shown<'_>) -> impl IntoView + use<> {
    let texts = area::texts(producer);
    let Shown { question, found, saved, .. } = shown;
    let keep = (shown.wrong.is_none()).then(|| views::keep(texts, question, saved, shown.refused.as_ref()));
    view! {
        {views::links(texts, question, saved)}
        {notices(texts, found)}
        {rows(texts, producer, shown)}
        {more(texts, shown)}
        <div class="list-foot">
            {(!found.orders.is_empty()).then(|| file(texts, question))}
            {keep}
        </div>
    }
}

fn errors(texts: Texts, shown: &Shown<'_>) -> impl IntoView + use<> {
    let of_form = shown.wrong.map(|wrong| (field_of(wrong), texts.text(key_of(wrong))));
    let of_view = shown.refused.as_ref().map(|refused| ("view-name", texts.text(refused.key)));
    ui::summary(texts.text("summary-title"), of_form.into_iter().chain(of_view).collect())
}

const fn field_of(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::TextTooLong => "q",
        Wrong::From => "from",
        Wrong::To => "to",
    }
}

const fn key_of(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::TextTooLong => "orders-search-long",
        Wrong::From => "orders-from-wrong",
        Wrong::To => "orders-to-wrong",
    }
}

/// The words of a risk.
pub(super) fn risk(texts: Texts, risk: OrderRisk) -> String {
    texts.text(match risk {
        OrderRisk::Money => "orders-risk-money",
        OrderRisk::Overdue => "orders-risk-overdue",
        OrderRisk::Card => "orders-risk-card",
        OrderRisk::Refund => "orders-risk-refund",
    })
}

fn form(texts: Texts, shown: &Shown<'_>) -> impl IntoView + use<> {
    let question = shown.question;
    let field = |id: &'static str, kind: &'static str, label: &str, help: &str, value: &str| Field {
        id,
        name: id,
        kind,
        autocomplete: "off",
        label: texts.text(label),
        help: if help.is_empty() { String::new() } else { texts.text(help) },
        value: value.to_owned(),
        error: shown.wrong.filter(|wrong| field_of(*wrong) == id).map(|wrong| texts.text(key_of(wrong))),
        required: false,
    };
    let search = field("q", "search", "orders-search", "orders-search-help", &question.q);
    let is_filtered = question.pairs().iter().any(|(name, _)| *name != "q");
    let clear = (!question.is_empty()).then(|| view! { <a href=Place::Orders.path()>{texts.text("orders-clear")}</a> });
    view! {
        <form class="sieve" method="get" action=Place::Orders.path() role="search">
            {ui::field(search)}
            <details class="finder" open=is_filtered>
                <summary>{texts.text("orders-filters")}</summary>
                <div class="sieve-filters">
                    {select("status", texts.text("orders-status"), statuses(texts), &question.status, texts)}
                    {select("product", texts.text("orders-product"), shown.products.to_vec(), &question.product, texts)}
                    {select("kind", texts.text("orders-kind"), kinds(texts), &question.kind, texts)}
                    {select("risk", texts.text("orders-risk"), risks(texts), &question.risk, texts)}
                    {ui::field(field("from", "date", "orders-from", "", &question.from))}
                    {ui::field(field("to", "date", "orders-to", "", &question.to))}
                </div>
            </details>
            <p class="row">{ui::submit(texts.text("orders-find"))}{clear}</p>
        </form>
    }
}

fn statuses(texts: Texts) -> Vec<(String, String)> {
    OrderStatus::ALL.iter().map(|status| (status.to_string(), order_word(texts, *status))).collect()
}

fn kinds(texts: Texts) -> Vec<(String, String)> {
    OrderKind::ALL.iter().map(|kind| (kind.to_string(), found::kind(texts, *kind))).collect()
}

fn risks(texts: Texts) -> Vec<(String, String)> {
    OrderRisk::ALL.iter().map(|word| (word.to_string(), risk(texts, *word))).collect()
}

fn select(
    name: &'static str,
    label: String,
    options: Vec<(String, String)>,
    chosen: &str,
    texts: Texts,
) -> impl IntoView + use<> {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select class="input" id=name name=name>
                <option value="">{texts.text("orders-any")}</option>
                {options}
            </select>
        </div>
    }
}

fn notices(texts: Texts, found: &Found) -> impl IntoView + use<> {
    let wide = found.is_wide.then(|| ui::notice(Tone::Warn, view! { <p>{texts.text("orders-wide")}</p> }));
    let partial = (found.is_partial && !found.orders.is_empty())
        .then(|| view! { <p class="help">{texts.text("orders-partial")}</p> });
    view! { {wide}{partial} }
}

fn rows(texts: Texts, producer: &Producer, shown: &Shown<'_>) -> impl IntoView + use<> {
    if shown.wrong.is_some() {
        return None;
    }
    if shown.found.orders.is_empty() {
        return Some(nothing(texts, shown).into_any());
    }
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let heads = ["orders-code", "orders-buyer", "orders-product", "orders-status", "orders-date", "orders-total"];
    let heads = heads.map(|key| texts.text(key)).into();
    let rows = shown.found.orders.iter().map(|order| row(texts, shown.question, order, &calendar)).collect_view();
    let table = ui::table(texts.text("orders-title"), heads, rows, ());
    Some(view! { <div class="found">{table}</div> }.into_any())
}

fn row(texts: Texts, question: &Question, order: &FoundOrder, calendar: &Calendar) -> impl IntoView + use<> {
    let address = of_order(question, &order.code);
    let email = (!order.email.is_unknown()).then(|| view! { <small>{order.email.to_string()}</small> });
    view! {
        <tr>
            <td><a href=address>{order.code.to_string()}</a></td>
            <td>{order.buyer_name.clone()}{email}</td>
            <td>{found::title(texts, order)}</td>
            <td>{found::chip(texts, order)}</td>
            <td><span class="day">{calendar.date(order.ordered_at)}</span></td>
            <td class="money">{phrase::money(texts, order.total)}</td>
        </tr>
    }
}

/// What was looked for, and the way back.
fn nothing(texts: Texts, shown: &Shown<'_>) -> impl IntoView + use<> {
    let facts = views::words(texts, shown.question);
    let facts = facts.into_iter().fold(Facts::new(), |facts, (name, value)| facts.with(name, value));
    let (title, help) = match (shown.found.is_partial, shown.cursor.is_some()) {
        (true, _) => ("orders-nothing-yet-title", "orders-nothing-yet"),
        (false, true) => ("orders-no-more-title", "orders-no-more"),
        (false, false) => ("orders-nothing-title", "orders-nothing"),
    };
    view! {
        <section class="card">
            <h2>{texts.text(title)}</h2>
            {ui::facts(facts)}
            <p>{texts.text(help)}</p>
            <p>{ui::link_button(&Place::Orders.path(), texts.text("orders-clear"))}</p>
        </section>
    }
}

fn more(texts: Texts, shown: &Shown<'_>) -> impl IntoView + use<> {
    shown.found.next_cursor.as_ref().map(|cursor| {
        let mut pairs = shown.question.pairs();
        pairs.push(("cursor", cursor));
        let key = if shown.found.is_partial { "orders-look-on" } else { "orders-next" };
        let first = shown.cursor.is_some().then(|| {
            view! { <a href=address(shown.question)>{texts.text("orders-first")}</a> }
        });
        let next = ui::link_button(&found::asked(&Place::Orders.path(), &pairs), texts.text(key));
        view! { <p class="row">{next}{first}</p> }
    })
}

fn file(texts: Texts, question: &Question) -> impl IntoView + use<> {
    let address = found::asked(&Place::OrdersFile.path(), &question.pairs());
    view! { <p>{ui::link_button(&address, texts.text("orders-file"))}</p> }
}
