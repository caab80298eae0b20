//! Pages of buyers, for a producer who wants to see them. No audience imports another: whoever joins the wings hands
//! them over.

use super::Page;
use crate::text::Texts;
use types::Instant;
use types::view::{CancelChoices, OrderView, SubscriptionPage};

/// How the pages of buyers are made of what they show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BuyerPages {
    /// An order.
    pub(crate) order: fn(Texts, &OrderView, Instant) -> Page,
    /// A subscription.
    pub(crate) subscription: fn(Texts, &SubscriptionPage, Instant) -> Page,
    /// Reasons to cancel, and offers to stay.
    pub(crate) reasons: fn(Texts, &CancelChoices, Instant) -> Page,
}
