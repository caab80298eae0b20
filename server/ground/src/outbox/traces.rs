//! Traces of people in jobs.

use crate::traces::{Traces, kept};

/// What is on file about people here.
pub static TRACES: Traces = Traces {
    feature: "outbox",
    claims: &[
        kept("jobs", &["payload"], "it holds ids only"),
        kept("jobs", &["last_error"], "it is what another system said, and is kept to find out why a job failed"),
    ],
    ..Traces::NONE
};
