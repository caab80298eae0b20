//! Traces of people in orders and what stands in them.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    ORDERS = "select o.id, pr.name as seller, o.code, o.kind, o.status, o.buyer_name, o.tax_id, o.phone, o.currency,
            o.total, o.method, o.card_brand, o.card_last4, o.gateway, o.source, o.ordered_at, o.paid_at,
            o.released_at, o.created_at, o.buyer_address, o.sale_details
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
        order by o.ordered_at, o.id";
    ITEMS = "select i.order_id, i.name, i.offer_name, i.amount, i.is_bump
        from orders o
        join order_items i on i.order_id = o.id
        where o.person_id = $1
        order by i.order_id, i.position";
    SOLD = "select s.order_id, s.name, s.offer_name, s.amount, s.currency, s.window_days
        from orders o
        join sale_items s on s.order_id = o.id
        join order_items i on i.id = s.item_id
        where o.person_id = $1
        order by s.order_id, i.position";
    CHARGES = "select c.order_id, c.reference, c.amount, c.currency, c.status, c.method, c.installments, c.due_on,
            c.created_at, c.paid_at, c.installment, c.decline, c.given_back
        from orders o
        join charges c on c.order_id = o.id
        where o.person_id = $1
        order by c.created_at, c.id";
    SUBSCRIPTIONS = "select s.order_id, s.plan_name, s.status, s.amount, s.currency, s.interval_unit, s.interval_count,
            s.period_start, s.period_end, s.next_charge_at, s.canceled_at
        from orders o
        join subscriptions s on s.order_id = o.id
        where o.person_id = $1
        order by s.created_at";
    // Name and tax id of a sale are part of its fiscal record; the rest of what a checkout asked is not.
    FORGET_ORDERS = "update orders set phone = null, buyer_address = null, card_brand = null, card_last4 = null,
            card_exp_month = null, card_exp_year = null
        where person_id = $1";
    // What says how to reach somebody; by their name and what was sold the producer finds the sale as before.
    FORGET_WORDS = "delete from order_words
        where kind in ('email', 'phone') and order_id in (select o.id from orders o where o.person_id = $1)";
    MOVE_ORDERS = "update orders set person_id = $2 where person_id = $1";
    MOVE_WORDS = "update order_words set word = (select p.email from people p where p.id = $2)
        where kind = 'email'
            and order_id in (select o.id from orders o where o.person_id = $2)
            and word = (select p.email from people p where p.id = $1)";
}

row! {
    #[derive(Serialize)]
    struct OrderRow {
        // The copy's own word, which its readers know.
        id: Uuid, seller: String, code: String, kind: String, status: String, buyer_name: String,
        tax_id: Option<String>, phone: Option<String>, currency: String, total: i64, method: String,
        card_brand: Option<String>, card_last4: Option<String>, gateway: String, source: String, ordered_at: At,
        paid_at: Option<At>, released_at: Option<At>, created_at: At,
        buyer_address: Option<String>, sale_details: Option<String>,
    }
    #[derive(Serialize)]
    struct ItemRow { order_id: Uuid, name: String, offer_name: Option<String>, amount: i64, is_bump: bool }
    #[derive(Serialize)]
    struct SoldRow {
        order_id: Uuid, name: String, offer_name: Option<String>, amount: i64, currency: String, window_days: i64,
    }
    #[derive(Serialize)]
    struct ChargeRow {
        order_id: Uuid, reference: String, amount: i64, currency: String, status: String, method: String,
        installments: i64, due_on: Option<String>, created_at: At, paid_at: Option<At>, installment: Option<i64>,
        decline: Option<String>, given_back: i64,
    }
    #[derive(Serialize)]
    struct SubscriptionRow {
        order_id: Uuid, plan_name: String, status: String, amount: i64, currency: String, interval_unit: String,
        interval_count: i64, period_start: At, period_end: At, next_charge_at: Option<At>, canceled_at: Option<At>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "ledger",
    statements: STATEMENTS,
    export: &[
        Section::of::<OrderRow>(Within::Orders, "orders", ORDERS),
        Section::of::<ItemRow>(Within::Order, "items", ITEMS),
        Section::of::<SoldRow>(Within::Order, "sold", SOLD),
        Section::of::<ChargeRow>(Within::Order, "charges", CHARGES),
        Section::of::<SubscriptionRow>(Within::Order, "subscriptions", SUBSCRIPTIONS),
    ],
    forget: &[Forget::OfPerson(FORGET_WORDS), Forget::OfPerson(FORGET_ORDERS)],
    hand_over: &[MOVE_ORDERS, MOVE_WORDS],
    claims: &[
        forgotten("orders", &["phone", "buyer_address", "card_brand", "card_last4"]),
        kept("orders", &["buyer_name", "tax_id", "ref"], why::RECORD),
        kept("orders", &["person_id"], why::POINTER),
        kept("orders", &["source"], why::WORD),
        kept("orders", &["sale_details"], "it is how the total of a sale came to be: part of its fiscal record"),
        kept("orders", &["search"], "it holds the names of what was sold, for the producer's search"),
        kept("orders", &["first_report"], "it holds the names of what was sold, as receipts do"),
        kept("order_words", &["word"], "by name and tax id the record is found; what reaches the person is deleted"),
        kept("charges", &["decline"], why::WORD),
        kept("charges", &["reference", "payment_code", "payment_url"], why::REFERENCE),
        kept("disputes", &["reference"], why::REFERENCE),
        kept("charge_lines", &["name", "offer_name"], why::RECORD),
        kept("order_items", &["name", "offer_name"], why::RECORD),
        kept("sale_items", &["name", "offer_name"], why::RECORD),
        kept("sale_plans", &["name"], why::RECORD),
        kept("order_addresses", &["email_hash"], why::HASH),
        kept("subscriptions", &["plan_name"], why::RECORD),
        kept("subscriptions", &["reference"], why::REFERENCE),
    ],
};
