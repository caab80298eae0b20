//! Traces of people in changes of plan.

use crate::{row, statements};
use ground::traces::{At, Section, Traces, Within, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    PLAN_CHANGES = "select c.order_id, c.state, q.from_plan, q.from_amount, q.plan_name, q.amount, q.currency, q.due,
            c.installments, c.decline, c.asked_at, c.ended_at
        from orders o
        join plan_changes c on c.order_id = o.id
        join plan_quotes q on q.id = c.id
        where o.person_id = $1
        order by c.asked_at, c.id";
    MOVE_QUOTES = "update plan_quotes set person_id = $2 where person_id = $1";
}

row! {
    #[derive(Serialize)]
    struct PlanChangeRow {
        order_id: Uuid, state: String, from_plan: String, from_amount: i64, plan_name: String, amount: i64,
        currency: String, due: i64, installments: i64, decline: Option<String>, asked_at: At, ended_at: Option<At>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "plan",
    statements: STATEMENTS,
    export: &[Section::of::<PlanChangeRow>(Within::Order, "plan_changes", PLAN_CHANGES)],
    hand_over: &[MOVE_QUOTES],
    claims: &[
        kept(
            "plan_changes",
            &["card_last4"],
            "it says what a change of plan was paid with, for whoever accounts for it",
        ),
        kept("plan_changes", &["charge_reference", "pay_url", "pay_code"], why::REFERENCE),
        kept("plan_changes", &["decline", "return_failure", "next_refused"], why::WORD),
        kept("plan_quotes", &["person_id"], why::POINTER),
        kept("plan_quotes", &["basis", "from_plan", "plan_name"], "it names plans and figures, and nobody"),
    ],
    ..Traces::NONE
};
