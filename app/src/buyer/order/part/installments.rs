//! A price in instalments: what is paid, what is next and what is left.

use super::subscription::overdue;
use crate::format::Calendar;
use crate::status::part_chip;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::view::{InstallmentView, OrderView};
use types::{InvoiceState, OrderKind};

/// What is paid, what is next and what is left of a price in instalments; and why they cannot be cancelled.
pub(crate) fn installments(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let has_them = matches!(order.kind, OrderKind::SmartInstallments | OrderKind::SlipInstallments);
    has_them.then(|| {
        let late = overdue(texts, order, calendar);
        let words =
            view! { {late}{parts(texts, order, calendar)}<p class="help">{texts.text("refusal-installments")}</p> };
        ui::card("installments", texts.text("installments-title"), words)
    })
}

fn parts(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let (count, currency) = (order.parts.len(), order.total.currency);
    let is_paid = |part: &&InstallmentView| part.state == Some(InvoiceState::Paid);
    let paid = order.parts.iter().filter(is_paid).count();
    let left = order.parts.iter().filter(|part| !is_paid(part) && part.state != Some(InvoiceState::Void));
    let left = phrase::money(texts, types::view::sum(currency, left.map(|part| part.amount.amount)));
    let numbers = [("paid", (paid as i64).into()), ("count", (count as i64).into()), ("left", (&left).into())];
    let rows = order.parts.iter().map(|part| {
        let number = texts.with("part-number", &[("number", part.number.into()), ("count", (count as i64).into())]);
        let day = ui::time(calendar, part.due_at, calendar.date(part.due_at));
        let chip = part_chip(texts, part.state);
        let amount = phrase::money(texts, part.amount);
        view! { <tr><td>{number}<small>{day}</small></td><td>{chip}</td><td>{amount}</td></tr> }
    });
    let heads = vec![texts.text("part-part"), texts.text("payment-charge-status"), texts.text("payment-charge-amount")];
    let summary = texts.with("part-summary", &numbers);
    (count > 0).then(|| {
        let rows = rows.collect_view();
        view! { <p>{summary}</p>{ui::table(texts.text("installments-title"), heads, rows, ())} }
    })
}
