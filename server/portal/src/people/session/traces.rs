//! Traces of people in sessions.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten};
use serde::Serialize;

statements! {
    SESSIONS = "select address, browser, created_at, last_seen_at, ended_at
        from sessions
        where person_id = $1
        order by created_at, id";
    FORGET_SESSIONS = "delete from sessions where person_id = $1";
}

row! {
    #[derive(Serialize)]
    struct SessionRow { address: String, browser: String, created_at: At, last_seen_at: At, ended_at: Option<At> }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "session",
    statements: STATEMENTS,
    export: &[Section::of::<SessionRow>(Within::Copy, "sessions", SESSIONS)],
    forget: &[Forget::OfPerson(FORGET_SESSIONS)],
    claims: &[forgotten("sessions", &["token_hash", "person_id", "address", "browser"])],
    ..Traces::NONE
};
