//! Traces of people in connections: there are none.

use ground::traces::{Traces, kept, why};

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "connection",
    claims: &[kept(
        "connections",
        &["account", "bills", "secrets_sealed", "webhook_secret_sealed", "address_hash", "last_error"],
        why::PRODUCER,
    )],
    ..Traces::NONE
};
