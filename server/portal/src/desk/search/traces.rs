//! Traces of people in saved views: what somebody of the producer searches for again and again.

use ground::traces::{Traces, kept};

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "search",
    claims: &[kept("order_views", &["name", "question"], "a producer's own notes of what it asks of its list")],
    ..Traces::NONE
};
