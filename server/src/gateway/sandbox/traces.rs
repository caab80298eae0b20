//! Traces of people in the sandbox.

use portal::traces::{Traces, kept, why};

/// What is on file about people here.
pub static TRACES: Traces = Traces {
    feature: "sandbox",
    claims: &[
        kept("sandbox_cards", &["token", "account", "brand", "last4", "behaviour"], why::DEVELOPMENT),
        kept("sandbox_charges", &["reference", "card_last4"], why::DEVELOPMENT),
        kept(
            "sandbox_payments",
            &[
                "reference",
                "page",
                "idempotency_key",
                "request_hash",
                "account",
                "card_token",
                "card_last4",
                "email",
                "description",
                "decline",
                "return_url",
            ],
            why::DEVELOPMENT,
        ),
        kept(
            "sandbox_refunds",
            &["reference", "idempotency_key", "request_hash", "charge_reference", "failure"],
            why::DEVELOPMENT,
        ),
        kept("sandbox_settings", &["webhook_fault"], why::DEVELOPMENT),
        kept(
            "sandbox_visits",
            &["reference", "page", "idempotency_key", "request_hash", "account", "return_url", "card_token", "decline"],
            why::DEVELOPMENT,
        ),
        kept("sandbox_webhooks", &["id", "body", "last_answer"], why::DEVELOPMENT),
    ],
    ..Traces::NONE
};
