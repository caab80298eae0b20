//! Traces of people in the log.

use crate::traces::{At, Forget, Json, Section, Traces, Within, forgotten, kept, why};
use crate::{row, statements};
use serde::Serialize;

statements! {
    AUDIT = "select e.at, e.actor_kind, e.origin, e.name, e.before, e.after, e.reason
        from events e
        where e.id in (select x.id from people p join events x on x.person_id = p.id where p.id = $1
                or p.moved_to = $1 union select x.id from orders o join events x on x.order_id = o.id
                where o.person_id = $1)
        order by e.at, e.id";
    // The reason of somebody else is theirs; the buyer's own words go, as they go where they were written.
    FORGET_AUDIT = "update events set origin = '', before = null, after = null,
            reason = case when actor_kind = 'buyer' then null else reason end
        where person_id = $1";
}

row! {
    #[derive(Serialize)]
    struct AuditRow {
        at: At, actor_kind: String, origin: String, name: String, before: Option<Json>, after: Option<Json>,
        reason: Option<String>,
    }
}

/// What is on file about people here.
pub static TRACES: Traces = Traces {
    feature: "event",
    statements: STATEMENTS,
    export: &[Section::of::<AuditRow>(Within::Copy, "log", AUDIT)],
    forget: &[Forget::OfPerson(FORGET_AUDIT)],
    claims: &[
        forgotten("events", &["origin", "before", "after"]),
        // The buyer's own; that of somebody else is theirs.
        forgotten("events", &["reason"]),
        kept("events", &["person_id"], why::POINTER),
        kept("events", &["name"], why::WORD),
        kept("events", &["body"], "it holds ids and figures only"),
    ],
    ..Traces::NONE
};
