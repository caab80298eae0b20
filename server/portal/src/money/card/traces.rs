//! Traces of people in card updates.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    CARD_UPDATES = "select u.order_id, u.gateway, u.state, u.brand, u.last4, u.exp_month, u.exp_year, u.outcome,
            u.outcome_amount, u.created_at, u.ended_at
        from orders o
        join card_updates u on u.order_id = o.id
        where o.person_id = $1
        order by u.created_at, u.id";
    FORGET_CARD_UPDATES = "update card_updates set token = case when token is null then null else '' end, brand = null,
            last4 = null, exp_month = null, exp_year = null, url = null, outcome_url = null, origin = ''
        where person_id = $1";
    MOVE_CARD_UPDATES = "update card_updates set person_id = $2 where person_id = $1";
}

row! {
    #[derive(Serialize)]
    struct CardUpdateRow {
        order_id: Uuid, gateway: String, state: String, brand: Option<String>, last4: Option<String>,
        exp_month: Option<i64>, exp_year: Option<i64>, outcome: Option<String>, outcome_amount: Option<i64>,
        created_at: At, ended_at: Option<At>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "card",
    statements: STATEMENTS,
    export: &[Section::of::<CardUpdateRow>(Within::Order, "card_visits", CARD_UPDATES)],
    forget: &[Forget::OfPerson(FORGET_CARD_UPDATES)],
    hand_over: &[MOVE_CARD_UPDATES],
    claims: &[
        forgotten("card_updates", &["token", "brand", "last4", "url", "outcome_url", "origin"]),
        kept("card_updates", &["person_id"], why::POINTER),
        kept("card_updates", &["reference"], why::REFERENCE),
        kept("card_updates", &["outcome", "outcome_reason"], why::WORD),
    ],
};
