//! Traces of people in what sources sent.

use crate::statements;
use ground::traces::{Forget, Traces, forgotten, kept, why};

statements! {
    FORGET_INBOX = "update inbox set body = '{}'
        where replace(lower(body), $1, '') <> lower(body) and received_at < $2";
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "intake",
    statements: STATEMENTS,
    forget: &[Forget::OfAddress(FORGET_INBOX)],
    claims: &[
        forgotten("inbox", &["body"]),
        kept("inbox", &["event_key", "request_id"], why::REFERENCE),
        kept("inbox", &["outcome"], why::WORD),
        kept("idempotency_keys", &["idempotency_key"], "it is a number of the producer's own"),
        kept("idempotency_keys", &["request_hash"], why::HASH),
        kept("idempotency_keys", &["answer"], "it holds the code of an order and its link"),
    ],
    ..Traces::NONE
};
