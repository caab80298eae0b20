//! Traces of people in refunds.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    REFUNDS = "select f.order_id, f.protocol, f.amount, f.currency, f.state, f.requested_at, f.sent_at, f.ended_at,
            f.message, f.answer
        from orders o
        join refunds f on f.order_id = o.id
        where o.person_id = $1
        order by f.requested_at, f.id";
    REFUND_PARTS = "select f.order_id, f.protocol, c.reference as charge, p.amount, f.currency, p.state, p.sent_at,
            p.ended_at
        from orders o
        join refunds f on f.order_id = o.id
        join refund_parts p on p.refund_id = f.id
        join charges c on c.id = p.charge_id
        where o.person_id = $1
        order by f.requested_at, f.id, p.position";
    FORGET_REQUESTS = "update refunds set message = ''
        where message is not null and order_id in (select o.id from orders o where o.person_id = $1)";
}

row! {
    #[derive(Serialize)]
    struct RefundRow {
        order_id: Uuid, protocol: String, amount: i64, currency: String, state: String, requested_at: At,
        sent_at: Option<At>, ended_at: Option<At>, message: Option<String>, answer: Option<String>,
    }
    #[derive(Serialize)]
    struct RefundPartRow {
        order_id: Uuid, protocol: String, charge: String, amount: i64, currency: String, state: String,
        sent_at: Option<At>, ended_at: Option<At>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "refund",
    statements: STATEMENTS,
    export: &[
        Section::of::<RefundRow>(Within::Order, "refunds", REFUNDS),
        Section::of::<RefundPartRow>(Within::Order, "refund_parts", REFUND_PARTS),
    ],
    forget: &[Forget::OfPerson(FORGET_REQUESTS)],
    claims: &[
        forgotten("refunds", &["message"]),
        kept("refunds", &["answer"], "it is what the producer decided, in the producer's words"),
        kept("refunds", &["request_hash"], why::HASH),
        kept("refunds", &["failure"], why::WORD),
        kept("refunds", &["payee_sealed"], "it is sealed, and the refund forgets it when the money has arrived"),
        kept("refunds", &["payee_masked"], "it is masked, and says to which account money went"),
        kept("refund_parts", &["gateway_reference"], why::REFERENCE),
        kept("refund_parts", &["payee_page"], "it is an address at the gateway, forgotten when the money goes on"),
        kept("refund_parts", &["failure"], why::WORD),
    ],
    ..Traces::NONE
};
