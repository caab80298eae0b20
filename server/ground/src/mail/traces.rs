//! Traces of people in mails.

use crate::traces::{At, Forget, Section, Traces, Within, forgotten, kept, why};
use crate::{row, statements};
use serde::Serialize;

statements! {
    MAILS = "select m.kind, m.recipient, m.sent_at
        from mails m
        where m.sent_at is not null and m.recipient in (select p.email from people p where p.id = $1 or p.moved_to = $1)
        order by m.sent_at, m.id";
    // What came with the address since somebody new has it ($2, $3) is not the erased person's.
    FORGET_MAILS = "update mails set recipient = '' where recipient = $1 and created_at < $2";
}

row! {
    #[derive(Serialize)]
    struct MailRow { kind: String, recipient: String, sent_at: At }
}

/// What is on file about people here.
pub static TRACES: Traces = Traces {
    feature: "mail",
    statements: STATEMENTS,
    export: &[Section::of::<MailRow>(Within::Copy, "mails", MAILS)],
    forget: &[Forget::OfAddress(FORGET_MAILS)],
    claims: &[
        forgotten("mails", &["recipient"]),
        kept("mails", &["person_id"], why::POINTER),
        kept("mails", &["job"], "it holds ids only"),
        kept("mails", &["letter"], why::REFERENCE),
        kept("mails", &["language"], why::WORD),
        kept("mails", &["answer"], "it is what the mail server said, and is kept to find out why a mail was refused"),
    ],
    ..Traces::NONE
};
