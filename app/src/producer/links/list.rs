//! What was made: campaigns and links, and the form for one more.

use super::row::row;
use super::{target_choice, target_word};
use crate::fields::QueryFields;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::text::Texts;
use crate::ui::{self, Field, Tone};
use crate::visitor;
use leptos::prelude::*;
use portal::Producer;
use portal::portal_link::{Campaign, CampaignState, campaigns, links};
use types::place::producer::Place;
use types::{Cursor, LinkPlace};

/// What was typed into the form for one link, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) order: String,
    pub(super) target: Option<LinkPlace>,
    pub(super) error: Option<&'static str>,
}

/// A page of the links.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    // The page of an order leads here with its code.
    let typed = Typed { order: fields.one("order").to_owned(), ..Typed::default() };
    page(&producer, fields.one("cursor").parse().ok(), typed).await
}

/// The page, with what was typed.
pub(super) async fn page(producer: &Producer, after: Option<Cursor>, typed: Typed) -> Result<Page, PageError> {
    let (made, next) = links(producer, after).await?;
    let campaigns = campaigns(producer).await?;
    let texts = area::texts(producer);
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let title = texts.text("links-title");
    let next = next.map(|next| format!("{}?cursor={next}", Place::Links));
    let list = if made.is_empty() {
        view! { <p class="card">{texts.text("links-empty")}</p> }.into_any()
    } else {
        let heads = ["links-column-order", "links-column-state", "links-column-act"].map(|key| texts.text(key));
        let rows = made.into_iter().map(|link| row(texts, &calendar, link)).collect_view();
        view! { <div class="card">{ui::table(title.clone(), heads.to_vec(), rows, ())}</div> }.into_any()
    };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("links-lead")}</p>
        <p>{ui::link_button(&Place::LinksBulk.path(), texts.text("links-to-bulk"))}</p>
        {campaign_cards(texts, &calendar, &campaigns)}
        {one(texts, typed)}
        <h2>{texts.text("links-made")}</h2>
        {list}
        {next.map(|next| view! { <p>{ui::link_button(&next, texts.text("links-next"))}</p> })}
    };
    Ok(Page::new(title, body).in_area(area::area(producer, Part::Links)).in_zone(producer.time_zone()))
}

/// The form for one link.
fn one(texts: Texts, typed: Typed) -> impl IntoView + use<> {
    let order = Field {
        id: "order",
        name: "order",
        kind: "text",
        label: texts.text("links-order"),
        help: texts.text("links-order-help"),
        value: typed.order,
        error: typed.error.map(|key| texts.text(key)),
        ..Field::default()
    };
    view! {
        <form class="card" method="post" action=Place::Links.path()>
            <h2>{texts.text("links-one-title")}</h2>
            {ui::field(order)}
            {target_choice(texts, typed.target.unwrap_or(LinkPlace::Order))}
            <p class="actions">
                <button class="button primary" name="send" value="no">{texts.text("links-make")}</button>
                <button class="button" name="send" value="yes">{texts.text("links-make-and-send")}</button>
            </p>
        </form>
    }
}

fn campaign_cards(texts: Texts, calendar: &Calendar, campaigns: &[Campaign]) -> impl IntoView + use<> {
    let card = |campaign: &Campaign| {
        let (tone, word) = match campaign.state {
            CampaignState::Running => (Tone::Wait, "links-campaign-running"),
            CampaignState::Stopped => (Tone::Calm, "links-campaign-stopped"),
            CampaignState::Done => (Tone::Good, "links-campaign-done"),
        };
        let values = [("count", campaign.sent.into()), ("by", (&campaign.made_by).into())];
        let began = calendar.moment(campaign.made_at);
        let stop = (campaign.state == CampaignState::Running).then(|| {
            view! {
                <form method="post" action=Place::CampaignStop { campaign: campaign.id }.path()>
                    {ui::quiet_submit(texts.text("links-campaign-stop"))}
                </form>
            }
        });
        view! {
            <section class="card">
                <h3>{target_word(texts, campaign.target)}" · "{began}</h3>
                <p>{ui::chip(tone, texts.text(word))}</p>
                <p>{texts.with("links-campaign-sent", &values)}</p>
                {stop}
            </section>
        }
    };
    let cards = campaigns.iter().map(card).collect_view();
    (!campaigns.is_empty()).then(|| view! { <h2>{texts.text("links-campaigns")}</h2>{cards} })
}
