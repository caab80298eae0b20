//! Traces of people in made links.

use crate::{row, statements};
use ground::traces::{At, Section, Traces, Within, kept, why};
use serde::Serialize;
use uuid::Uuid;

statements! {
    LINKS = "select l.order_id, l.target, l.made_at, l.opened_at, l.revoked_at
        from orders o
        join portal_links l on l.order_id = o.id
        where o.person_id = $1
        order by l.made_at, l.id";
}

row! {
    #[derive(Serialize)]
    struct LinkRow {
        order_id: Uuid, target: String, made_at: At, opened_at: Option<At>, revoked_at: Option<At>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "portal_link",
    statements: STATEMENTS,
    export: &[Section::of::<LinkRow>(Within::Order, "portal_links", LINKS)],
    claims: &[
        kept("portal_links", &["ref"], why::REFERENCE),
        kept("portal_links", &["target"], "it is the place that the link leads to"),
        kept("portal_links", &["made_by"], "it is who of the producer made the link"),
        kept("link_campaigns", &["target"], "it is the place that its links lead to"),
        kept("link_campaigns", &["after_code"], "it is the producer's code of an order"),
        kept("link_campaigns", &["made_by"], "it is who of the producer began it"),
    ],
    ..Traces::NONE
};
