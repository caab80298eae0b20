//! Traces of people in how subscriptions are left or kept.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    ATTEMPTS = "select a.order_id, a.outcome, a.reason, a.offer, a.opened_at, a.ended_at
        from orders o
        join subscriptions s on s.order_id = o.id
        join cancel_attempts a on a.subscription_id = s.id
        where o.person_id = $1
        order by a.opened_at, a.id";
    OFFERS = "select r.order_id, r.kind, r.percent, r.cycles, r.starts_at, r.ends_at, r.message, r.state, r.accepted_at
        from orders o
        join retention_offers r on r.order_id = o.id
        where o.person_id = $1
        order by r.accepted_at, r.id";
    CANCELLATIONS = "select c.order_id, c.protocol, c.state, c.asked_at, c.effective_at, c.ended_at, c.reason, c.comment
        from orders o
        join cancellations c on c.order_id = o.id
        where o.person_id = $1
        order by c.asked_at, c.id";
    FORGET_COMMENTS = "update cancellations set comment = null
        where order_id in (select o.id from orders o where o.person_id = $1)";
    FORGET_WORDS = "update retention_offers set message = ''
        where message is not null and order_id in (select o.id from orders o where o.person_id = $1)";
}

row! {
    #[derive(Serialize)]
    struct AttemptRow {
        order_id: Uuid, outcome: String, reason: Option<String>, offer: Option<String>, opened_at: At,
        ended_at: Option<At>,
    }
    #[derive(Serialize)]
    struct OfferRow {
        order_id: Uuid, kind: String, percent: Option<i64>, cycles: Option<i64>, starts_at: Option<At>,
        ends_at: Option<At>, message: Option<String>, state: String, accepted_at: At,
    }
    #[derive(Serialize)]
    struct CancellationRow {
        order_id: Uuid, protocol: String, state: String, asked_at: At, effective_at: At, ended_at: Option<At>,
        reason: Option<String>, comment: Option<String>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "subscription",
    statements: STATEMENTS,
    export: &[
        Section::of::<AttemptRow>(Within::Order, "cancel_attempts", ATTEMPTS),
        Section::of::<OfferRow>(Within::Order, "stay_offers", OFFERS),
        Section::of::<CancellationRow>(Within::Order, "cancellations", CANCELLATIONS),
    ],
    forget: &[Forget::OfPerson(FORGET_COMMENTS), Forget::OfPerson(FORGET_WORDS)],
    claims: &[
        forgotten("cancellations", &["comment"]),
        forgotten("retention_offers", &["message"]),
        kept("cancellations", &["reason"], "it is one of the reasons that a page offers"),
        kept("cancel_attempts", &["reason", "offer"], "it is one of what a page offers"),
        kept("cancel_attempts", &["outcome"], why::WORD),
        kept("subscription_tellings", &["told", "asked", "refused"], why::WORD),
        kept("subscription_tellings", &["words"], "it is what a gateway said of a subscription, and names nobody"),
    ],
    ..Traces::NONE
};
