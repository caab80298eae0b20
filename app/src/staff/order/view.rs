//! The blocks of the order's page for the staff: the same as the producer's, without forms that change anything.

use crate::drawer::{
    Look, access, charges, deliveries, documents, happened, head, items, mails, notes, particulars, plan, refund_line,
};
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use portal::drawer::{Buyer, Field};
use types::place::staff::Place;

/// All blocks, in order.
pub(super) fn page(look: Look<'_>, title: String, revealed: Option<(Field, String)>) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let refunds = drawer.order.refunds.iter().map(|refund| view! { <li>{refund_line(look, refund)}</li> });
    let refunds = refunds.collect_view();
    let refunds = (!drawer.order.refunds.is_empty()).then(|| view! { <ul class="entries">{refunds}</ul> });
    let money = view! { {charges(look)}{refunds} };
    let gives = view! { {access(look)}{deliveries(look)} };
    let buyer = view! { {shown(look, revealed)}{particulars(look)}{reveal(look)} };
    let producer = Facts::new().with(texts.text("drawer-name"), drawer.producer.name.clone());
    view! {
        <p class="back"><a href=Place::Search.path()>{texts.text("lookup-back")}</a></p>
        <h1>{title}</h1>
        <div class="drawer">
            {head(look)}
            {ui::card("producer", texts.text("drawer-producer"), ui::facts(producer))}
            {ui::card("buyer", texts.text("drawer-buyer"), buyer)}
            {ui::card("items", texts.text("drawer-items"), items(look))}
            {ui::card("money", texts.text("drawer-money"), money)}
            {plan(look).map(|plan| ui::card("subscription", texts.text("drawer-subscription"), plan))}
            {ui::card("access", texts.text("drawer-access"), gives)}
            {ui::card("mails", texts.text("drawer-mails"), mails(look, &|_| None))}
            {ui::card("notes", texts.text("drawer-notes"), notes(look))}
            {ui::card("timeline", texts.text("drawer-audit"), happened(look))}
            {ui::card("documents", texts.text("drawer-documents"), documents(look))}
        </div>
    }
}

/// What was asked for, and that asking was written down.
fn shown(look: Look<'_>, revealed: Option<(Field, String)>) -> Option<impl IntoView + use<>> {
    let texts = look.texts;
    let (field, read) = revealed?;
    let words = texts.text("drawer-revealed");
    let body = view! { <p role="status">{texts.text(name(field))}": "<strong>{read}</strong></p><p>{words}</p> };
    Some(ui::notice(Tone::Warn, body))
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Email => "drawer-email",
        Field::Name => "drawer-name",
        Field::TaxId => "drawer-tax-id",
        Field::Phone => "drawer-phone",
    }
}

/// A button for each thing that is there and masked.
fn reveal(look: Look<'_>) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let Buyer { email, tax_id, phone, .. } = &drawer.buyer;
    let fields = [
        (Field::Name, true, "drawer-reveal-name"),
        (Field::Email, !email.is_empty(), "drawer-reveal-email"),
        (Field::TaxId, tax_id.is_some(), "drawer-reveal-tax-id"),
        (Field::Phone, phone.is_some(), "drawer-reveal-phone"),
    ];
    let buttons = fields.into_iter().filter(|(_, is_there, _)| *is_there).map(|(field, _, label)| {
        view! { <button class="button" name="field" value=field.as_str()>{texts.text(label)}</button> }
    });
    view! {
        <form method="post" action=Place::OrderField { id: drawer.id }.path()>
            <p class="help">{texts.text("drawer-reveal-help")}</p>
            <div class="acts">{buttons.collect_view()}</div>
        </form>
    }
}
