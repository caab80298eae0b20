//! Traces of people in what a buyer wants on documents.

use crate::{row, statements};
use ground::traces::{At, Section, Traces, Within, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    BILLING = "select b.order_id, b.name, b.tax_id, b.address, b.updated_at
        from orders o
        join billing_data b on b.order_id = o.id
        where o.person_id = $1
        order by b.updated_at";
}

row! {
    #[derive(Serialize)]
    struct BillingRow { order_id: Uuid, name: String, tax_id: Option<String>, address: Option<String>, updated_at: At }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "document",
    statements: STATEMENTS,
    export: &[Section::of::<BillingRow>(Within::Order, "billing", BILLING)],
    claims: &[kept("billing_data", &["name", "tax_id", "address"], why::RECORD)],
    ..Traces::NONE
};
