//! Traces of people in notes about orders.

use crate::statements;
use ground::traces::{Forget, Traces, forgotten, kept, why};

statements! {
    FORGET_NOTES = "update order_notes set text = ''
        where order_id in (select o.id from orders o where o.person_id = $1)";
}

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "drawer",
    statements: STATEMENTS,
    forget: &[Forget::OfPerson(FORGET_NOTES)],
    claims: &[forgotten("order_notes", &["text"]), kept("order_notes", &["written_by"], why::PRODUCER)],
    ..Traces::NONE
};
