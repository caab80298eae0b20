//! Traces of people in invoices and the way they are paid.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    INVOICES = "select v.order_id, v.number, v.amount, v.currency, v.state, v.due_at, v.period_start, v.period_end
        from orders o
        join invoices v on v.order_id = o.id
        where o.person_id = $1
        order by v.due_at, v.number";
    METHODS = "select m.order_id, m.method, m.brand, m.last4, m.exp_month, m.exp_year, m.updated_at
        from orders o
        join payment_methods m on m.order_id = o.id
        where o.person_id = $1
        order by m.updated_at, m.order_id";
    FORGET_CARDS = "update payment_methods set token = null, brand = null, last4 = null, exp_month = null,
            exp_year = null
        where order_id in (select o.id from orders o where o.person_id = $1)";
}

row! {
    #[derive(Serialize)]
    struct InvoiceRow {
        order_id: Uuid, number: i64, amount: i64, currency: String, state: String, due_at: At, period_start: At,
        period_end: At,
    }
    #[derive(Serialize)]
    struct MethodRow {
        order_id: Uuid, method: String, brand: Option<String>, last4: Option<String>, exp_month: Option<i64>,
        exp_year: Option<i64>, updated_at: At,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "billing",
    statements: STATEMENTS,
    export: &[
        Section::of::<InvoiceRow>(Within::Order, "invoices", INVOICES),
        Section::of::<MethodRow>(Within::Order, "payment_methods", METHODS),
    ],
    forget: &[Forget::OfPerson(FORGET_CARDS)],
    claims: &[
        forgotten("payment_methods", &["token", "brand", "last4"]),
        kept("invoices", &["attempt_key", "attempt_token"], why::REFERENCE),
        kept("invoices", &["failure"], why::WORD),
    ],
    ..Traces::NONE
};
