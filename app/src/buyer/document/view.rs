//! The pages of documents.

use super::sheet::Sheet;
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Facts, Field};
use leptos::prelude::*;
use portal::document::OrderName;
use types::Instant;
use types::place::buyer::Place;
use types::view::{BillingData, TermsItem, TermsView};

/// A sheet as it is printed, and around it, for the screen only, what can be done with it.
pub(crate) fn sheet(texts: Texts, sheet: &Sheet, handle: &str, pdf: &str) -> Page {
    let facts = |facts: &[(String, String)]| {
        ui::facts(facts.iter().fold(Facts::new(), |facts, (name, value)| facts.with(name.clone(), value.clone())))
    };
    let line = |(name, amount): &(String, Option<String>)| {
        view! { <tr><td>{name.clone()}</td><td>{amount.clone()}</td></tr> }
    };
    let after = sheet.after.iter().map(|(name, amount)| {
        view! { <tr><th scope="row">{name.clone()}</th><td>{amount.clone()}</td></tr> }
    });
    let foot = view! {
        <tfoot>
            <tr><th scope="row">{sheet.total.0.clone()}</th><td>{sheet.total.1.clone()}</td></tr>
            {after.collect_view()}
        </tfoot>
    };
    let heads = vec![texts.text("items-item"), texts.text("items-amount")];
    let body = view! {
        <article class="sheet card">
            <p class="from">{sheet.producer.clone()}</p>
            <h1>{sheet.title.clone()}</h1>
            <p>{sheet.note.clone()}</p>
            {facts(&sheet.parties)}
            {facts(&sheet.facts)}
            {ui::table(texts.text("items-title"), heads, sheet.items.iter().map(line).collect_view(), foot)}
            <p class="help">{sheet.foot.clone()}</p>
        </article>
        <div class="row screen">
            {ui::primary_link(pdf, texts.text("document-pdf"))}
            {ui::link_button(&Place::Billing { handle }.path(), texts.text("billing-change"))}
        </div>
        <p class="help screen">{texts.text("document-print")}</p>
        <p class="screen"><a href=Place::Order { handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(sheet.title.clone(), body).of_producer(&sheet.producer)
}

/// The sale as it was.
pub(crate) fn terms(texts: Texts, terms: &TermsView, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &terms.producer.time_zone, now);
    let title = texts.text("terms-title");
    let facts = Facts::new()
        .with(texts.text("document-producer"), format!("{} ({})", terms.producer.name, terms.producer.contact))
        .with(texts.text("mail-order"), terms.code.to_string())
        .with(texts.text("document-ordered-at"), calendar.moment(terms.ordered_at))
        .with_some(texts.text("subscription-plan"), terms.plan.as_ref().map(|plan| plan.name.clone()))
        .with_some(texts.text("subscription-price"), terms.plan.as_ref().map(|plan| phrase::price(texts, plan.price)))
        .with_some(texts.text("terms-installments"), installments(texts, terms))
        .with_some(texts.text("terms-window"), common_window(terms).map(|days| window(texts, days)));
    let heads = vec![texts.text("items-item"), texts.text("items-amount")];
    let foot = view! {
        <tfoot>
            <tr><th scope="row">{texts.text("items-total")}</th><td>{phrase::money(texts, terms.total)}</td></tr>
        </tfoot>
    };
    let rows = terms.items.iter().map(|item| terms_row(texts, item, common_window(terms))).collect_view();
    let body = view! {
        <article class="sheet card">
            <p class="from">{terms.producer.name.clone()}</p>
            <h1>{title.clone()}</h1>
            <p>{texts.text("terms-lead")}</p>
            {ui::facts(facts)}
            {ui::table(texts.text("items-title"), heads, rows, foot)}
        </article>
        <p class="screen"><a href=Place::Order { handle: &terms.handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(title, body).of_seller(&terms.producer)
}

fn installments(texts: Texts, terms: &TermsView) -> Option<String> {
    (terms.installments > 1).then(|| texts.with("terms-installments-count", &[("count", terms.installments.into())]))
}

/// The days of every line, where they are the same.
fn common_window(terms: &TermsView) -> Option<i64> {
    let days = terms.items.first()?.window_days;
    terms.items.iter().all(|item| item.window_days == days).then_some(days)
}

fn window(texts: Texts, days: i64) -> String {
    texts.with("terms-window-days", &[("count", days.into())])
}

fn terms_row(texts: Texts, item: &TermsItem, common: Option<i64>) -> impl IntoView + use<> {
    let offer = item.offer.clone().filter(|offer| *offer != item.name);
    let bump = item.is_bump.then(|| texts.text("items-bump"));
    let own = common.is_none().then(|| texts.with("terms-window-of", &[("count", item.window_days.into())]));
    let notes: Vec<String> = offer.into_iter().chain(bump).chain(own).collect();
    let notes = (!notes.is_empty()).then(|| view! { <small>{notes.join(" · ")}</small> });
    view! { <tr><td>{item.name.clone()}{notes}</td><td>{phrase::money(texts, item.amount)}</td></tr> }
}

/// What was typed for documents, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypedBilling {
    /// Name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: String,
    /// Address.
    pub address: String,
    /// Field and text.
    pub errors: Vec<(&'static str, &'static str)>,
}

impl TypedBilling {
    /// What is on file. The tax id is not repeated into a field.
    pub(crate) fn of(data: &BillingData) -> Self {
        Self { name: data.name.clone(), address: data.address.clone().unwrap_or_default(), ..Self::default() }
    }
}

/// Whom documents are made out to.
pub(crate) fn billing(texts: Texts, order: &OrderName, on_file: &BillingData, typed: &TypedBilling) -> Page {
    let title = texts.text("billing-title");
    let error = |id: &str| typed.errors.iter().find(|(field, _)| *field == id).map(|(_, key)| texts.text(key));
    let errors = typed.errors.iter().map(|(id, key)| (*id, texts.text(key))).collect();
    let tax_help = on_file.tax_id.as_deref().map_or_else(
        || texts.text("profile-tax-id-help"),
        |id| {
            let masked = types::TaxId::parse(id).map_or_else(|_| "***".to_owned(), |id| id.masked());
            texts.with("profile-tax-id-kept", &[("masked", (&masked).into())])
        },
    );
    let field = |id: &'static str, label: &str, help: String, value: &str, autocomplete| Field {
        id,
        name: id,
        kind: "text",
        autocomplete,
        label: texts.text(label),
        help,
        value: value.to_owned(),
        error: error(id),
        required: false,
    };
    let address_help = texts.text("billing-address-help");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{texts.text("billing-lead")}</p>
        <form class="card" method="post" action=Place::Billing { handle: &order.handle }.path()>
            {ui::field(field("name", "billing-name", String::new(), &typed.name, "name"))}
            {ui::field(field("tax_id", "account-tax-id", tax_help, &typed.tax_id, "off"))}
            {ui::field(field("address", "billing-address", address_help, &typed.address, "street-address"))}
            {ui::submit(texts.text("profile-save"))}
        </form>
        <p><a href=Place::Order { handle: &order.handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(title, body).of_producer(&order.producer)
}
