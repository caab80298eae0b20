//! Traces of people in links that sign somebody in.

use crate::statements;
use ground::traces::{Forget, Traces, forgotten, kept};

statements! {
    FORGET_LINKS = "delete from links where person_id = $1 or (email = $2 and created_at < $3)";
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "sign_in",
    statements: STATEMENTS,
    forget: &[Forget::OfBoth(FORGET_LINKS)],
    claims: &[
        forgotten("links", &["person_id", "email", "target", "token_hash", "language", "asked_from", "browser"]),
        kept("rate_counts", &["subject"], "it is a hash, an id or a network, and is deleted after two days"),
    ],
    ..Traces::NONE
};
