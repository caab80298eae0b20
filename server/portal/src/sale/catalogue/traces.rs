//! Traces of people in what is sold.

use ground::traces::{Traces, kept, why};

/// What is on file about people here.
pub(crate) static TRACES: Traces = Traces {
    feature: "catalogue",
    claims: &[
        kept("access_rule_targets", &["target"], why::PRODUCER),
        kept("api_keys", &["name", "key_hash"], why::PRODUCER),
        kept("member_areas", &["base_url", "content_url", "api_key_sealed"], why::PRODUCER),
        kept("offer_targets", &["target_code"], why::PRODUCER),
        kept("offers", &["name"], why::PRODUCER),
        kept("pictures", &["name", "kind"], why::PRODUCER),
        kept("producers", &["name", "email", "language", "particulars"], why::PRODUCER),
        kept("products", &["name", "picture"], why::PRODUCER),
        kept("sources", &["address_hash", "token_hash"], why::PRODUCER),
    ],
    ..Traces::NONE
};
