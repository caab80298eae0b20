//! Links for many orders: choose, see how many, send or download.

use super::chosen::Chosen;
use super::{choice, target_choice, target_word};
use crate::fields::QueryFields;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::text::Texts;
use crate::ui::{self, Field, Tone};
use crate::{format, visitor};
use axum::http::StatusCode;
use leptos::prelude::*;
use portal::Producer;
use portal::portal_link::{AudienceCount, ProductChoice, count, products};
use types::place::producer::Place;
use types::{OrderKind, OrderStatus};

/// The form, and below it what it chose.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    let chosen = Chosen::read(&producer, &fields)?;
    let found = match chosen.of("target") {
        "" => None,
        _ if chosen.is_wrong => None,
        _ => Some(count(&producer, &chosen.audience).await?),
    };
    page(&producer, &chosen, found).await
}

/// The page with what was chosen, and how many orders that is.
pub(super) async fn page(
    producer: &Producer,
    chosen: &Chosen,
    found: Option<AudienceCount>,
) -> Result<Page, PageError> {
    let products = products(producer).await?;
    let texts = area::texts(producer);
    let title = texts.text("links-bulk-title");
    let errors = chosen.is_wrong.then(|| ("from", texts.text("links-period-invalid"))).into_iter().collect();
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <p class="back"><a href=Place::Links.path()>{texts.text("links-back")}</a></p>
        <h1>{title.clone()}</h1>
        <p>{texts.text("links-bulk-lead")}</p>
        {filter(texts, chosen, products)}
        {found.map(|found| outcome(texts, chosen, found))}
    };
    let status = if chosen.is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page::new(title, body).in_area(area::area(producer, Part::Links)).in_zone(producer.time_zone());
    Ok(page.with_status(status))
}

fn filter(texts: Texts, chosen: &Chosen, products: Vec<ProductChoice>) -> impl IntoView + use<> {
    let any = (String::new(), texts.text("links-any"));
    let of = |choices: Vec<(String, String)>| [vec![any.clone()], choices].concat();
    let products = products.into_iter().map(|product| (product.id.to_string(), product.name)).collect();
    let statuses = [(OrderStatus::Paid, "links-status-paid"), (OrderStatus::PartlyRefunded, "links-status-partly")];
    let kinds = [
        (OrderKind::OneOff, "links-kind-once"),
        (OrderKind::Subscription, "links-kind-plan"),
        (OrderKind::SmartInstallments, "links-kind-smart"),
        (OrderKind::SlipInstallments, "links-kind-slip"),
    ];
    let statuses = statuses.map(|(status, key)| (status.to_string(), texts.text(key))).to_vec();
    let kinds = kinds.map(|(kind, key)| (kind.to_string(), texts.text(key))).to_vec();
    let error = chosen.is_wrong.then(|| texts.text("links-period-invalid"));
    let day = |id, key, error| Field {
        id,
        name: id,
        kind: "date",
        label: texts.text(key),
        value: chosen.of(id).to_owned(),
        error,
        ..Field::default()
    };
    view! {
        <form class="card columns" method="get" action=Place::LinksBulk.path()>
            {target_choice(texts, chosen.target)}
            {choice("product", texts.text("links-product"), of(products), chosen.of("product"))}
            {choice("status", texts.text("links-status"), of(statuses), chosen.of("status"))}
            {choice("kind", texts.text("links-kind"), of(kinds), chosen.of("kind"))}
            {ui::field(day("from", "links-from", error))}
            {ui::field(day("to", "links-until", None))}
            <p>{ui::quiet_submit(texts.text("links-count"))}</p>
        </form>
    }
}

/// How many orders were found, and what may be done for them.
fn outcome(texts: Texts, chosen: &Chosen, found: AudienceCount) -> AnyView {
    if found.orders == 0 {
        return ui::notice(Tone::Calm, view! { <p>{texts.text("links-bulk-none")}</p> }).into_any();
    }
    let many = format::count(texts.language(), found.orders);
    let heading = match found.is_at_least {
        true => texts.with("links-bulk-at-least", &[("count", (&many).into())]),
        false => texts.with("links-bulk-found", &[("count", found.orders.into())]),
    };
    let hidden = |typed: &[(&'static str, String)]| {
        typed.iter().map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone()/> }).collect_view()
    };
    let target = target_word(texts, chosen.target);
    view! {
        <section class="card" id="found">
            <h2>{heading}</h2>
            <p>{texts.with("links-bulk-goes", &[("target", (&target).into())])}</p>
            <p>{texts.text("links-bulk-pace")}</p>
            <form method="post" action=Place::LinksBulk.path()>
                {hidden(&chosen.typed)}
                {ui::submit(texts.text("links-bulk-send"))}
            </form>
            <form method="get" action=Place::LinksFile.path()>
                {hidden(&chosen.typed)}
                {ui::quiet_submit(texts.text("links-bulk-file"))}
                <p class="help">{texts.text("links-bulk-file-help")}</p>
            </form>
        </section>
    }
    .into_any()
}
