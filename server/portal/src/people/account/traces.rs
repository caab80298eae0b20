//! Traces of people in addresses and requests to be erased.

use crate::{row, statements};
use ground::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use serde::Serialize;

statements! {
    ADDRESSES = "select c.old_email, c.new_email, c.created_at, c.confirmed_at, c.withdrawn_at
        from email_changes c
        where c.person_id in (select p.id from people p where p.id = $1 or p.moved_to = $1)
        order by c.created_at, c.id";
    ERASURES = "select protocol, state, undone_by, requested_at, due_at, ended_at
        from erasures
        where person_id = $1
        order by requested_at";
    FORGET_CHANGES = "delete from email_changes where person_id = $1";
    FORGET_GIVEN = "update erasures set given_email = null where person_id = $1";
}

row! {
    #[derive(Serialize)]
    struct AddressRow {
        old_email: String, new_email: String, created_at: At, confirmed_at: Option<At>, withdrawn_at: Option<At>,
    }
    #[derive(Serialize)]
    struct ErasureRow {
        protocol: String, state: String, undone_by: Option<String>, requested_at: At, due_at: At, ended_at: Option<At>,
    }
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "account",
    statements: STATEMENTS,
    export: &[
        Section::of::<AddressRow>(Within::Copy, "address_changes", ADDRESSES),
        Section::of::<ErasureRow>(Within::Copy, "erasure_requests", ERASURES),
    ],
    forget: &[Forget::OfPerson(FORGET_CHANGES), Forget::OfPerson(FORGET_GIVEN)],
    claims: &[
        forgotten("people", &["email", "name", "phone", "tax_id", "language"]),
        forgotten(
            "email_changes",
            &["person_id", "old_email", "new_email", "token_hash", "language", "asked_from", "browser"],
        ),
        forgotten("erasures", &["given_email"]),
        kept("erasures", &["person_id"], why::POINTER),
        kept("erasures", &["undone_by"], why::WORD),
    ],
    ..Traces::NONE
};
