//! Traces of people in access that member areas were told of.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;

statements! {
    ACCESS = "select pr.name as seller, a.target, a.is_active, a.until, a.confirmed_at
        from access_tellings a
        join producers pr on pr.id = a.producer_id
        where a.person_id in (select p.id from people p where p.id = $1 or p.moved_to = $1)
        order by a.confirmed_at, a.target";
    FORGET_ATTEMPTS = "update delivery_attempts set request = '', answer = ''
        where delivery_id in (select d.id from deliveries d where d.person_id = $1)";
}

row! {
    #[derive(Serialize)]
    struct AccessRow { seller: String, target: String, is_active: bool, until: Option<At>, confirmed_at: At }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "access",
    statements: STATEMENTS,
    export: &[Section::of::<AccessRow>(Within::Copy, "access", ACCESS)],
    forget: &[Forget::OfPerson(FORGET_ATTEMPTS)],
    claims: &[
        forgotten("delivery_attempts", &["request", "answer"]),
        kept("delivery_attempts", &["error"], why::WORD),
        kept("deliveries", &["content"], "it names targets and a day, and nobody"),
        kept("access_tellings", &["target"], why::PRODUCER),
        kept("access_tellings", &["person_id"], why::POINTER),
        kept("deliveries", &["person_id"], why::POINTER),
    ],
    ..Traces::NONE
};
