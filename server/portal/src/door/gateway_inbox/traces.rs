//! Traces of people in what gateways sent.

use ground::traces::{Traces, kept, why};

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "gateway_inbox",
    claims: &[
        kept("gateway_inbox", &["event_id"], why::REFERENCE),
        kept(
            "gateway_inbox",
            &["body"],
            "it is what a gateway reported of a payment, and is kept to account for the money",
        ),
        kept("gateway_inbox", &["outcome"], why::WORD),
    ],
    ..Traces::NONE
};
