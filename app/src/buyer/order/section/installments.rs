//! A price in instalments: what is paid, what is next and what is left.

use super::subscription::overdue;
use crate::format::Calendar;
use crate::status::installment_chip;
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
            view! { {late}{list(texts, order, calendar)}<p class="help">{texts.text("refusal-installments")}</p> };
        ui::card("installments", texts.text("installments-title"), words)
    })
}

fn list(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let (count, currency) = (order.installments.len(), order.total.currency);
    let is_paid = |one: &&InstallmentView| one.state == Some(InvoiceState::Paid);
    let paid = order.installments.iter().filter(is_paid).count();
    let left = order.installments.iter().filter(|one| !is_paid(one) && one.state != Some(InvoiceState::Void));
    let left = phrase::money(texts, types::view::sum(currency, left.map(|one| one.amount.amount)));
    let numbers = [("paid", (paid as i64).into()), ("count", (count as i64).into()), ("left", (&left).into())];
    let rows = order.installments.iter().map(|one| {
        let number =
            texts.with("installment-number", &[("number", one.number.into()), ("count", (count as i64).into())]);
        let day = ui::time(calendar, one.due_at, calendar.date(one.due_at));
        let chip = installment_chip(texts, one.state);
        let amount = phrase::money(texts, one.amount);
        view! { <tr><td>{number}<small>{day}</small></td><td>{chip}</td><td>{amount}</td></tr> }
    });
    let heads =
        vec![texts.text("installment-title"), texts.text("payment-charge-status"), texts.text("payment-charge-amount")];
    let summary = texts.with("installment-summary", &numbers);
    (count > 0).then(|| {
        let rows = rows.collect_view();
        view! { <p>{summary}</p>{ui::table(texts.text("installments-title"), heads, rows, ())} }
    })
}
