//! The lists: a tab for each thing that a refund may wait for.

use crate::fields::QueryFields;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::text::Texts;
use crate::ui::{self, Tone};
use crate::{phrase, visitor};
use leptos::prelude::*;
use portal::refund::{Counted, Waiting, WaitingFor, WaitingPage, counted, waiting};
use types::Instant;
use types::place::producer::Place;

/// Characters of a message in a list.
const EXCERPT: usize = 140;

/// A page of one of the lists.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    let tab = Tab::named(fields.one("show"));
    // A place that was written otherwise is the beginning.
    let page = waiting(&producer, tab.wait, fields.one("cursor").parse().ok()).await?;
    let counts = counted(&producer).await?;
    let texts = area::texts(&producer);
    let (zone, now) = (producer.time_zone(), producer.portal().now());
    let calendar = Calendar::new(texts.language(), zone, now);
    let title = texts.text("requests-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        {tabs(texts, tab, counts)}
        <p>{texts.text(tab.lead)}</p>
        {list(texts, &calendar, tab, page, now)}
    };
    Ok(Page::new(title, body).in_area(area::area(&producer, Part::Requests)).in_zone(zone))
}

/// One of the lists, and the keys of its words.
#[derive(Clone, Copy)]
struct Tab {
    wait: WaitingFor,
    word: &'static str,
    name: &'static str,
    lead: &'static str,
    empty: &'static str,
    column: &'static str,
}

const TABS: [Tab; 3] = [
    Tab {
        wait: WaitingFor::Answer,
        word: "answer",
        name: "requests-tab-answer",
        lead: "requests-lead-answer",
        empty: "requests-empty-answer",
        column: "requests-column-answer",
    },
    Tab {
        wait: WaitingFor::Hand,
        word: "hand",
        name: "requests-tab-hand",
        lead: "requests-lead-hand",
        empty: "requests-empty-hand",
        column: "requests-column-hand",
    },
    Tab {
        wait: WaitingFor::Again,
        word: "again",
        name: "requests-tab-again",
        lead: "requests-lead-again",
        empty: "requests-empty-again",
        column: "requests-column-again",
    },
];

impl Tab {
    /// What the address names; the requests to answer otherwise.
    fn named(word: &str) -> Self {
        TABS.into_iter().find(|tab| tab.word == word).unwrap_or(TABS[0])
    }

    fn address(self) -> String {
        if self.wait == WaitingFor::Answer {
            Place::Requests.path()
        } else {
            format!("{}?show={}", Place::Requests, self.word)
        }
    }
}

fn tabs(texts: Texts, here: Tab, counts: Counted) -> impl IntoView + use<> {
    let tab = |tab: Tab| {
        let count = match tab.wait {
            WaitingFor::Answer => counts.asked,
            WaitingFor::Hand => counts.by_hand,
            WaitingFor::Again => 0,
        };
        let count = if count > 9 { "9+".to_owned() } else { count.to_string() };
        let name = texts.text(tab.name);
        let name = match count.as_str() {
            "0" => name,
            count => texts.with("requests-count", &[("name", (&name).into()), ("count", count.into())]),
        };
        let current = (tab.wait == here.wait).then_some("page");
        view! { <li><a href=tab.address() aria-current=current>{name}</a></li> }
    };
    let tabs = TABS.map(tab).collect_view();
    view! { <nav class="leads" aria-label=texts.text("requests-tabs")><ul>{tabs}</ul></nav> }
}

fn list(texts: Texts, calendar: &Calendar, tab: Tab, page: WaitingPage, now: Instant) -> AnyView {
    if page.refunds.is_empty() {
        return view! { <p class="card">{texts.text(tab.empty)}</p> }.into_any();
    }
    let heads = ["requests-column-who", tab.column, "requests-column-amount"].map(|key| texts.text(key)).to_vec();
    let rows = page.refunds.iter().map(|waiting| row(texts, calendar, tab, waiting, now)).collect_view();
    let separator = if tab.wait == WaitingFor::Answer { "?" } else { "&" };
    let next = page.next.map(|next| format!("{}{separator}cursor={next}", tab.address()));
    view! {
        <div class="card">{ui::table(texts.text(tab.name), heads, rows, ())}</div>
        {next.map(|next| view! { <p>{ui::link_button(&next, texts.text("requests-next"))}</p> })}
    }
    .into_any()
}

fn row(texts: Texts, calendar: &Calendar, tab: Tab, waiting: &Waiting, now: Instant) -> impl IntoView + use<> {
    let place = Place::Request { protocol: waiting.protocol.as_str() };
    let late = (tab.wait == WaitingFor::Answer && waiting.at < now)
        .then(|| view! { <br/>{ui::chip(Tone::Bad, texts.text("requests-late"))} });
    let words = waiting.message.as_deref().filter(|_| tab.wait == WaitingFor::Answer).or(waiting.failure.as_deref());
    let words = words.map(|words| view! { <small>{excerpt(words)}</small> });
    view! {
        <tr>
            <td>
                <a href=place.path()>{waiting.buyer_name.clone()}</a>
                <small>
                    {texts.with("requests-order", &[("code", waiting.code.as_str().into())])}" · "
                    {waiting.email.to_string()}
                </small>
                {words}
            </td>
            <td>{ui::time(calendar, waiting.at, calendar.deadline(waiting.at))}{late}</td>
            <td>{phrase::money(texts, waiting.amount)}</td>
        </tr>
    }
}

/// The beginning of a text, in one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT {
        return line;
    }
    line.chars().take(EXCERPT).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_shown_by_its_beginning_in_one_line() {
        assert_eq!(excerpt(" Não\n usei. "), "Não usei.");
        let long = excerpt(&"ã".repeat(EXCERPT + 1));
        assert_eq!((long.chars().count(), long.ends_with('…')), (EXCERPT + 1, true));
    }
}
