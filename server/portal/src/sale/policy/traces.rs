//! Traces of people in what buyers may do.

use ground::traces::{Traces, kept, why};

/// What is on file about people here.
pub(crate) static TRACES: Traces =
    Traces { feature: "policy", claims: &[kept("policies", &["content"], why::PRODUCER)], ..Traces::NONE };
