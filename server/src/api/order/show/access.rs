//! Where access stands, and the calls that told it.

use super::time;
use portal::sales::WholeDelivery;
use portal::time::format_instant;
use serde::Serialize;
use types::view::AccessView;
use utoipa::ToSchema;

/// Where access stands.
#[derive(Default, Serialize, ToSchema)]
pub(in crate::api) struct AccessAnswer {
    /// `not_managed` (no access rule), `none`, `sending`, `delayed`, `confirmed`, `ending` (being taken away),
    /// `removed`.
    #[schema(example = "confirmed")]
    state: &'static str,
    /// When the member area confirmed it, or was last tried.
    at: Option<String>,
    /// Until when it lasts.
    until: Option<String>,
    /// Where the content is.
    content_url: Option<String>,
}

/// One call to a member area.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeliveryAnswer {
    /// Code of the member area.
    member_area: String,
    /// `grant` or `revoke`.
    action: &'static str,
    /// `sending`, `confirmed`, `refused`, `dead`, `superseded`.
    state: &'static str,
    /// Number of attempts so far.
    attempts: i64,
    /// When it was first due.
    created_at: String,
    /// When it ended.
    ended_at: Option<String>,
    /// HTTP status of the last attempt.
    last_status: Option<i64>,
    /// What went wrong on the way at the last attempt.
    last_error: Option<String>,
}

impl From<AccessView> for AccessAnswer {
    fn from(view: AccessView) -> Self {
        let plain = |state| Self { state, ..Self::default() };
        match view {
            AccessView::NotManaged => plain("not_managed"),
            AccessView::None => plain("none"),
            AccessView::Sending => plain("sending"),
            AccessView::Ending => plain("ending"),
            AccessView::Delayed { since } => Self { at: Some(format_instant(since)), ..plain("delayed") },
            AccessView::Removed { at } => Self { at: Some(format_instant(at)), ..plain("removed") },
            AccessView::Confirmed { at, until, content_url } => {
                Self { state: "confirmed", at: Some(format_instant(at)), until: time(until), content_url }
            }
        }
    }
}

impl From<WholeDelivery> for DeliveryAnswer {
    fn from(delivery: WholeDelivery) -> Self {
        Self {
            member_area: delivery.member_area,
            action: if delivery.is_revocation { "revoke" } else { "grant" },
            state: delivery.state.as_str(),
            attempts: delivery.attempts,
            created_at: format_instant(delivery.created_at),
            ended_at: time(delivery.ended_at),
            last_status: delivery.last_status,
            last_error: delivery.last_error,
        }
    }
}
