//! A price in instalments: what is paid, what is next and what is left.

use crate::format::Calendar;
use crate::status::installment_chip;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use types::OrderKind;
use types::view::{InstallmentsView, OrderView};

/// What is paid, what is next and what is left of a price in instalments; and why they cannot be cancelled.
pub(crate) fn installments(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let has_them = matches!(order.kind, OrderKind::SmartInstallments | OrderKind::SlipInstallments);
    has_them.then(|| {
        let words = view! { {list(texts, order, calendar)}<p class="help">{texts.text("refusal-installments")}</p> };
        ui::card("installments", texts.text("installments-title"), words)
    })
}

fn list(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let parts = InstallmentsView::of(&order.installments)?;
    let left = phrase::money(texts, parts.left);
    let numbers = [("paid", parts.paid.into()), ("count", parts.count.into()), ("left", (&left).into())];
    let next = parts.next.map(|(at, amount)| {
        let (date, amount) = (calendar.day(at), phrase::money(texts, amount));
        let words = texts.with("installment-next", &[("date", (&date).into()), ("amount", (&amount).into())]);
        view! { <p>{words}</p> }
    });
    let rows = order.installments.iter().map(|one| {
        let number = texts.with("installment-number", &[("number", one.number.into()), ("count", parts.count.into())]);
        let day = ui::time(calendar, one.due_at, calendar.date(one.due_at));
        let chip = installment_chip(texts, one.state);
        let amount = phrase::money(texts, one.amount);
        view! { <tr><td>{number}<small>{day}</small></td><td>{chip}</td><td>{amount}</td></tr> }
    });
    let heads =
        vec![texts.text("installment-title"), texts.text("payment-charge-status"), texts.text("payment-charge-amount")];
    let summary = texts.with("installment-summary", &numbers);
    let rows = rows.collect_view();
    Some(view! { <p>{summary}</p>{next}{ui::table(texts.text("installments-title"), heads, rows, ())} })
}
