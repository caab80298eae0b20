//! Money that goes back.

use super::time;
use crate::api::offers::Price;
use crate::api::words;
use portal::sales::{WholeRefund, WholeRefundPart};
use portal::time::format_instant;
use serde::Serialize;
use utoipa::ToSchema;

/// One refund.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RefundAnswer {
    /// Receipt number.
    protocol: String,
    /// Where it stands.
    #[schema(schema_with = words::refund_state)]
    state: &'static str,
    /// Amount.
    amount: Price,
    /// When it was asked for.
    requested_at: String,
    /// When the gateway took it.
    sent_at: Option<String>,
    /// When it ended.
    ended_at: Option<String>,
    /// The gateway's reason, when it failed.
    failure: Option<String>,
    /// What of it goes back by each charge, in the order in which they are sent.
    parts: Vec<RefundPartAnswer>,
}

/// What of a refund goes back by one charge.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RefundPartAnswer {
    /// The gateway's name of the charge.
    charge: String,
    /// Amount.
    amount: Price,
    /// Where it stands.
    #[schema(schema_with = words::refund_part_state)]
    state: &'static str,
    /// The gateway's reason, when it failed.
    failure: Option<String>,
    /// Since when the gateway waits for the buyer to name a bank account on a page of its own. Null when it does not.
    waits_for_buyer_since: Option<String>,
}

impl From<WholeRefund> for RefundAnswer {
    fn from(refund: WholeRefund) -> Self {
        Self {
            protocol: refund.protocol,
            state: refund.state.as_str(),
            amount: refund.amount.into(),
            requested_at: format_instant(refund.requested_at),
            sent_at: time(refund.sent_at),
            ended_at: time(refund.ended_at),
            failure: refund.failure,
            parts: refund.parts.into_iter().map(RefundPartAnswer::from).collect(),
        }
    }
}

impl From<WholeRefundPart> for RefundPartAnswer {
    fn from(part: WholeRefundPart) -> Self {
        Self {
            charge: part.charge,
            amount: part.amount.into(),
            state: part.state.as_str(),
            failure: part.failure,
            waits_for_buyer_since: time(part.waits_for_buyer_since),
        }
    }
}
