//! What can be asked for.

use serde::{Deserialize, Serialize};
use types::{DeliveryId, Instant, InvoiceId, LinkId, MemberAreaId, OrderId, PersonId, RefundId};
use uuid::Uuid;

/// A unit of work: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// The mail with a link and its code.
    MailLink {
        /// The link.
        link: LinkId,
    },
    /// The purchase mail with the order link.
    MailPurchase {
        /// The order.
        order: OrderId,
    },
    /// A mail to the buyer about a refund.
    MailRefund {
        /// The refund.
        refund: RefundId,
        /// What happened.
        moment: RefundMoment,
    },
    /// A mail to the producer: a refund failed at the gateway.
    MailProducerRefundFailed {
        /// The refund.
        refund: RefundId,
    },
    /// A mail to the producer: pay this back by hand.
    MailProducerRefundByHand {
        /// The refund.
        refund: RefundId,
    },
    /// A mail to the producer: a member area does not take a call.
    MailDeliveryStopped {
        /// The delivery.
        delivery: DeliveryId,
    },
    /// A mail to the buyer about an invoice.
    MailInvoice {
        /// The invoice.
        invoice: InvoiceId,
        /// What happened.
        moment: InvoiceMoment,
        /// After how many tries.
        tries: i64,
    },
    /// A mail to the buyer ahead of a renewal.
    MailRenewal {
        /// The order.
        order: OrderId,
        /// When it is charged.
        charge_at: Instant,
    },
    /// Carries a refund one step on: send it, ask about it, watch it.
    AdvanceRefund {
        /// The refund.
        refund: RefundId,
    },
    /// Takes what an order's calendar says is due: renewals, instalments, their repetitions.
    Bill {
        /// The order.
        order: OrderId,
    },
    /// Brings a member area to what a person should have there.
    SyncAccess {
        /// The member area.
        area: MemberAreaId,
        /// The person.
        person: PersonId,
    },
    /// Removes what is no longer needed: old counters, links and sessions.
    Tidy,
}

/// What a mail about a refund tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundMoment {
    /// We have the request.
    Requested,
    /// The gateway took it.
    Sent,
    /// The money is back.
    Settled,
    /// It came back.
    Failed,
}

/// What a mail about an invoice tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceMoment {
    /// A try failed.
    Failed,
    /// It was paid after a try that failed.
    Recovered,
    /// A boleto or Pix to pay it with.
    Slip,
}

impl Job {
    /// The kind's word, as in its column.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MailLink { .. } => "mail_link",
            Self::MailPurchase { .. } => "mail_purchase",
            Self::MailRefund { .. } => "mail_refund",
            Self::MailProducerRefundFailed { .. } => "mail_producer_refund_failed",
            Self::MailProducerRefundByHand { .. } => "mail_producer_refund_by_hand",
            Self::MailDeliveryStopped { .. } => "mail_delivery_stopped",
            Self::MailInvoice { .. } => "mail_invoice",
            Self::MailRenewal { .. } => "mail_renewal",
            Self::AdvanceRefund { .. } => "advance_refund",
            Self::Bill { .. } => "bill",
            Self::SyncAccess { .. } => "sync_access",
            Self::Tidy => "tidy",
        }
    }

    /// Whom or what the job is about, for those who look for it in the table.
    pub fn subject(&self) -> Option<Uuid> {
        match self {
            Self::MailLink { link } => Some(link.0),
            Self::MailPurchase { order } | Self::Bill { order } | Self::MailRenewal { order, .. } => Some(order.0),
            Self::MailInvoice { invoice, .. } => Some(invoice.0),
            Self::MailRefund { refund, .. }
            | Self::MailProducerRefundFailed { refund }
            | Self::MailProducerRefundByHand { refund }
            | Self::AdvanceRefund { refund } => Some(refund.0),
            Self::MailDeliveryStopped { delivery } => Some(delivery.0),
            Self::SyncAccess { person, .. } => Some(person.0),
            Self::Tidy => None,
        }
    }

    /// The lane, for jobs that are level-triggered: asked for twice, they run for both.
    pub fn lane(&self) -> Option<String> {
        match self {
            Self::AdvanceRefund { refund } => Some(format!("refund:{refund}")),
            Self::Bill { order } => Some(format!("bill:{order}")),
            Self::SyncAccess { area, person } => Some(format!("access:{area}:{person}")),
            Self::Tidy => Some("tidy".to_owned()),
            _ => None,
        }
    }
}
