//! One type an id, so that an order's id cannot be handed over as a person's. All are UUIDs of version 7: sorted by
//! birth.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A producer.
    ProducerId
    /// Somebody known by an e-mail address: buyer or assignee.
    PersonId
    /// Somebody who signs in with a password, for one or more producers.
    LoginId
    /// An invitation to work for a producer.
    InvitationId
    /// A wish for another password.
    PasswordResetId
    /// Somebody of the support staff: the id of their login.
    StaffId
    /// What one checkout sold.
    OrderId
    /// One line of an order.
    ItemId
    /// One attempt to take money.
    ChargeId
    /// A recurring plan of an order.
    SubscriptionId
    /// Something that is sold.
    ProductId
    /// A price of a product.
    OfferId
    /// An outside system that gives access.
    MemberAreaId
    /// What a product gives in a member area.
    AccessRuleId
    /// A system that sends us orders.
    SourceId
    /// A producer's own account at a gateway.
    ConnectionId
    /// A key of the API.
    ApiKeyId
    /// A request to pay money back.
    RefundId
    /// What of a refund goes back by one charge.
    RefundPartId
    /// What one cycle or instalment owes.
    InvoiceId
    /// A buyer's wish to end a subscription.
    CancellationId
    /// What a buyer took instead of cancelling.
    RetentionId
    /// A card update: one visit of a buyer to the gateway's page for a card.
    CardUpdateId
    /// The figures of a change of plan, fixed for a while.
    QuoteId
    /// The number of a form: the same form pressed twice is one request.
    RequestId
    /// One call to the outside.
    DeliveryId
    /// A link to a place of an order, which a producer made.
    PortalLinkId
    /// Links for many orders at once.
    LinkCampaignId
    /// A link that brings somebody in.
    LinkId
    /// A signed-in browser.
    SessionId
    /// A unit of work of the outbox.
    JobId
    /// A wish for another e-mail address.
    EmailChangeId
    /// A request to have one's data erased.
    ErasureId
    /// A line of the log.
    EventId
    /// What a producer asks of the list of orders again and again.
    OrderViewId
    /// A mail about the end of access to an item.
    AccessNoticeId
}
