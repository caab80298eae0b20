//! What happens to orders, and to what is sold.

use serde::Serialize;
use types::{EventName, MailKind, MemberAreaId, OrderId, OrderStatus, PersonId, ProducerId, ProductId};
use uuid::Uuid;

/// What happened to an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Order {
    /// One of its registers changed, and it was worked out anew.
    Changed {
        /// What changed it.
        #[serde(skip)]
        cause: Cause,
        /// The order.
        order: OrderId,
        /// Its producer.
        producer: ProducerId,
        /// Its buyer.
        person: PersonId,
        /// Whose it was before, when it went to somebody else.
        former: Option<PersonId>,
        /// Where it stood; none for a new one.
        before: Option<OrderStatus>,
        /// Where it stands.
        status: OrderStatus,
        /// Whether it was paid for the first time.
        is_paid_now: bool,
        /// Whether its buyer is to hear that it is paid: it was paid within the last day, or is paid and went to
        /// another address.
        #[serde(skip)]
        is_news: bool,
        /// Whether a subscription of it is over by what was decided here, whatever its source reports.
        #[serde(skip)]
        is_ended_here: bool,
    },
    /// Its address was put right.
    AddressCorrected {
        /// The order.
        order: OrderId,
        /// Its buyer.
        person: PersonId,
        /// Whose it was before.
        former: PersonId,
    },
    /// Somebody noted something about it.
    Noted {
        /// The order.
        order: OrderId,
        /// The note.
        note: Uuid,
    },
    /// A mail about it was asked for once more.
    MailAsked {
        /// The order.
        order: OrderId,
        /// What it tells.
        mail: MailKind,
    },
    /// What it gives was to be told once more.
    AccessAsked {
        /// The order.
        order: OrderId,
    },
}

/// What made an order be worked out anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// It came in.
    Created,
    /// A source reported something new.
    Reported,
    /// Our calendar charged it; it looks again by itself.
    Calendar,
    /// A refund, a dispute, a change of plan, a cancellation.
    Decision,
}

impl Order {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Changed { cause: Cause::Created, .. } => EventName::OrderCreated,
            Self::Changed { cause: Cause::Reported, .. } => EventName::OrderReported,
            Self::Changed { cause: Cause::Calendar | Cause::Decision, .. } => EventName::OrderRestated,
            Self::AddressCorrected { .. } => EventName::OrderAddressCorrected,
            Self::Noted { .. } => EventName::OrderNoted,
            Self::MailAsked { .. } => EventName::OrderMailAsked,
            Self::AccessAsked { .. } => EventName::OrderAccessAsked,
        }
    }
}

/// What happened to what a producer has set up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Catalogue {
    /// What buyers may do was written, for all products or for one.
    PolicyWritten {
        /// The producer whose policy it is.
        producer: ProducerId,
    },
    /// A product was written.
    ProductWritten {
        /// The product.
        product: ProductId,
        /// Whether it gives access otherwise than before.
        gives_otherwise: bool,
    },
    /// An offer was written.
    OfferWritten {
        /// The offer.
        offer: Uuid,
    },
    /// A member area was written: its address or its key may be another one.
    MemberAreaWritten {
        /// The member area.
        area: MemberAreaId,
    },
    /// An access rule was written.
    AccessRuleWritten {
        /// The rule.
        rule: Uuid,
        /// The product that it is about.
        product: ProductId,
        /// The product that it was about before, when that is another one.
        former: Option<ProductId>,
    },
    /// A source was written.
    SourceWritten {
        /// The source.
        source: Uuid,
    },
    /// A key of the API was made.
    ApiKeyCreated {
        /// The key's id.
        key: Uuid,
    },
    /// A key of the API was revoked.
    ApiKeyRevoked {
        /// The key's id.
        key: Uuid,
    },
    /// A producer was made.
    ProducerCreated {
        /// The producer.
        producer: ProducerId,
    },
    /// Whoever signs in as a producer got another password.
    ProducerPasswordSet {
        /// The producer.
        producer: ProducerId,
    },
    /// What a producer says of itself was written.
    ProducerWritten {
        /// The producer.
        producer: ProducerId,
    },
    /// Nobody signs in as this producer any more.
    ProducerDisabled {
        /// The producer.
        producer: ProducerId,
    },
    /// Somebody joined the support staff.
    StaffCreated {
        /// Who may sign in from now on.
        staff: Uuid,
    },
    /// Somebody of the staff got another password.
    StaffPasswordSet {
        /// Who.
        staff: Uuid,
    },
    /// Somebody of the staff signs in no more.
    StaffDisabled {
        /// Who.
        staff: Uuid,
    },
    /// The orders of a producer are there for an agent of the staff, or are no more.
    StaffAssigned {
        /// The agent.
        staff: Uuid,
        /// The producer.
        producer: ProducerId,
    },
    /// Somebody of the staff read what is masked for them.
    StaffRevealed {
        /// The order that it stands in.
        order: OrderId,
        /// What was read: a word of ours.
        field: &'static str,
    },
}

impl Catalogue {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::PolicyWritten { .. } => EventName::PolicyWritten,
            Self::ProductWritten { .. } => EventName::ProductWritten,
            Self::OfferWritten { .. } => EventName::OfferWritten,
            Self::MemberAreaWritten { .. } => EventName::MemberAreaWritten,
            Self::AccessRuleWritten { .. } => EventName::AccessRuleWritten,
            Self::SourceWritten { .. } => EventName::SourceWritten,
            Self::ApiKeyCreated { .. } => EventName::ApiKeyCreated,
            Self::ApiKeyRevoked { .. } => EventName::ApiKeyRevoked,
            Self::ProducerCreated { .. } => EventName::ProducerCreated,
            Self::ProducerPasswordSet { .. } => EventName::ProducerPasswordSet,
            Self::ProducerDisabled { .. } => EventName::ProducerDisabled,
            Self::ProducerWritten { .. } => EventName::ProducerWritten,
            Self::StaffCreated { .. } => EventName::StaffCreated,
            Self::StaffPasswordSet { .. } => EventName::StaffPasswordSet,
            Self::StaffDisabled { .. } => EventName::StaffDisabled,
            Self::StaffAssigned { .. } => EventName::StaffAssigned,
            Self::StaffRevealed { .. } => EventName::StaffRevealed,
        }
    }
}
