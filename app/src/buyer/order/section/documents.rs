//! What can be kept of an order.

use crate::format::Calendar;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::OrderView;
use types::{Instant, Money};

/// What can be kept: a receipt for each payment, a credit note for what went back, the sale as it was.
pub(crate) fn documents(texts: Texts, order: &OrderView, calendar: &Calendar) -> impl IntoView + use<> {
    let paid = order.charges.iter().filter_map(|charge| Some((charge, charge.receipt_at()?)));
    let receipts = paid.map(|(charge, at)| {
        let (date, amount) = (calendar.date(at), phrase::money(texts, charge.amount));
        let label = texts.with("documents-receipt", &[("date", (&date).into()), ("amount", (&amount).into())]);
        view! { <li><a href=Place::Receipt { handle: &order.handle, charge: charge.id }.path()>{label}</a></li> }
    });
    let credit = |name: String, at: Instant, amount: Money| {
        let (date, amount) = (calendar.date(at), phrase::money(texts, amount));
        let label = texts.with("documents-credit", &[("date", (&date).into()), ("amount", (&amount).into())]);
        view! { <li><a href=Place::Credit { handle: &order.handle, protocol: &name }.path()>{label}</a></li> }
    };
    let back = order.refunds.iter().filter(|refund| refund.back.amount > 0);
    let ours = back.filter_map(|refund| Some(credit(refund.protocol.to_string(), refund.sent_at?, refund.back)));
    let by_source = order.charges.iter().filter_map(|charge| Some((charge, charge.back_by_source?)));
    let by_source = by_source.map(|(charge, (at, amount))| credit(charge.id.to_string(), at, amount));
    let credits = ours.chain(by_source).collect::<Vec<_>>();
    let body = view! {
        <ul class="lines">
            {receipts.collect_view()}
            {credits}
            <li><a href=Place::Terms { handle: &order.handle }.path()>{texts.text("documents-terms")}</a></li>
            <li><a href=Place::Billing { handle: &order.handle }.path()>{texts.text("billing-change")}</a></li>
        </ul>
    };
    ui::card("documents", texts.text("documents-title"), body)
}
