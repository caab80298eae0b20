//! The blocks of the order's page, with what may be done in each. What a rule would not take now is not offered.

use super::{acts, links};
use crate::drawer::{
    Look, access, charges, deliveries, documents, happened, head, items, mails, notes, particulars, plan,
};
use crate::refill::Met;
use crate::ui;
use leptos::prelude::*;

/// All blocks, in order; `list` is where the order was found.
pub(super) fn page(
    look: Look<'_>,
    title: String,
    met: &Met<'_>,
    number: &dyn Fn() -> String,
    list: String,
) -> impl IntoView + use<> {
    let texts = look.texts;
    let subscription = plan(look).map(|plan| {
        let body = view! { {plan}{acts::subscription(look, met, number)} };
        ui::card("subscription", texts.text("drawer-subscription"), body)
    });
    let buyer = view! { {particulars(look)}{acts::buyer(look, met, number)} };
    let money = view! { {charges(look)}{acts::money(look, met)} };
    let gives = view! { {access(look)}{acts::access(look, met, number)}{deliveries(look)} };
    let letters = view! { {met.notice(texts, "mails")}{mails(look, &|mail| acts::mail(look, mail))} };
    let said = view! { {notes(look)}{acts::note(look, met, number)} };
    view! {
        <p class="back"><a href=list>{texts.text("drawer-back")}</a></p>
        <h1>{title}</h1>
        <div class="drawer">
            {head(look)}
            {ui::card("buyer", texts.text("drawer-buyer"), buyer)}
            {ui::card("items", texts.text("drawer-items"), items(look))}
            {ui::card("money", texts.text("drawer-money"), money)}
            {subscription}
            {ui::card("access", texts.text("drawer-access"), gives)}
            {ui::card("mails", texts.text("drawer-mails"), letters)}
            {ui::card("notes", texts.text("drawer-notes"), said)}
            {ui::card("timeline", texts.text("drawer-timeline"), happened(look))}
            {ui::card("documents", texts.text("drawer-documents"), documents(look))}
            {ui::card("links", texts.text("drawer-links"), links::links(look, met, number))}
        </div>
    }
}
