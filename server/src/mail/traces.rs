//! Traces of people in the mailbox of development.

use portal::traces::{Traces, kept, why};

/// What is on file about people here.
pub static TRACES: Traces = Traces {
    feature: "mailbox",
    claims: &[kept("mailbox", &["recipient", "subject", "text", "html"], why::DEVELOPMENT)],
    ..Traces::NONE
};
