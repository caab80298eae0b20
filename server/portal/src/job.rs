//! What can be asked for.

use crate::outbox::{Lane, Work};
use serde::{Deserialize, Serialize};
use types::{
    AccessNoticeId, CancellationId, CardUpdateId, DeliveryId, EmailChangeId, ErasureId, Instant, InvoiceId, LinkId,
    MemberAreaId, Method, OrderId, PersonId, ProducerId, QuoteId, RefundId, RequestId, RetentionId,
};
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
    /// A mail to the producer: decide about a request after the window.
    MailProducerRefundAsked {
        /// The refund.
        refund: RefundId,
    },
    /// The same once more, when the time to answer is over.
    RemindProducerRefund {
        /// The refund.
        refund: RefundId,
    },
    /// A mail to the producer: a member area does not take a call.
    MailDeliveryStopped {
        /// The delivery.
        delivery: DeliveryId,
    },
    /// The mail with the link that confirms another address; goes to that address.
    MailEmailChange {
        /// The wish.
        change: EmailChangeId,
    },
    /// The mail that tells the old address of the wish.
    MailEmailNotice {
        /// The wish.
        change: EmailChangeId,
    },
    /// The mail that tells of the change, to either address.
    MailEmailChanged {
        /// The wish.
        change: EmailChangeId,
        /// Whether it goes to the old address.
        to_old: bool,
    },
    /// The mail with the protocol number of a request to erase, or that it was undone.
    MailErasure {
        /// The request.
        erasure: ErasureId,
        /// Whether it was undone.
        is_undone: bool,
    },
    /// A mail about the end of access.
    MailAccessNotice {
        /// The notice.
        notice: AccessNoticeId,
    },
    /// Looks when access of a person with a seller ends, and sends notice before and at the end.
    NoticeAccess {
        /// The seller.
        producer: ProducerId,
        /// The person.
        person: PersonId,
    },
    /// Carries a request to erase one step on, when its day has come.
    AdvanceErasure {
        /// The request.
        erasure: ErasureId,
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
    /// Carries a change of plan one step on: take its money, ask about it, watch it.
    AdvancePlanChange {
        /// The change.
        change: QuoteId,
    },
    /// A mail to the buyer about a change of plan.
    MailPlan {
        /// The change.
        change: QuoteId,
        /// What happened.
        moment: PlanMoment,
    },
    /// A mail to the producer: the money of a change of plan could not be paid back.
    MailProducerPlanReturn {
        /// The change.
        change: QuoteId,
    },
    /// A mail to the buyer about the end of a subscription.
    MailCancellation {
        /// The cancellation.
        cancellation: CancellationId,
        /// What happened.
        moment: CancelMoment,
    },
    /// A mail to the producer: end it, or let it go on, by hand.
    MailProducerCancellation {
        /// The cancellation.
        cancellation: CancellationId,
        /// What happened.
        moment: CancelMoment,
    },
    /// A mail to the producer with the words of a buyer who stays for now.
    MailProducerMessage {
        /// What was taken instead of cancelling.
        retention: RetentionId,
    },
    /// Ends a subscription on the day of its cancellation.
    FinishCancellation {
        /// The cancellation.
        cancellation: CancellationId,
    },
    /// Begins a pause, and ends it.
    CarryPause {
        /// What was taken instead of cancelling.
        retention: RetentionId,
    },
    /// Takes what an order's calendar says is due: renewals, instalments, their repetitions.
    Bill {
        /// The order.
        order: OrderId,
    },
    /// Carries a visit to the gateway's card page on: ask what became of it, keep the card, try the open charge.
    AdvanceCardUpdate {
        /// The visit.
        update: CardUpdateId,
    },
    /// A mail to the buyer: another card is on file.
    MailCardChanged {
        /// The visit that brought the card.
        update: CardUpdateId,
        /// The order that is charged on it.
        order: OrderId,
    },
    /// A mail to the buyer: an order is paid in another way.
    MailMethodChanged {
        /// The order.
        order: OrderId,
        /// The form that changed it.
        request: RequestId,
        /// The way.
        method: Method,
    },
    /// A mail to the buyer: the card on file expires next month.
    MailCardExpiring {
        /// The order.
        order: OrderId,
    },
    /// Looks for cards that expire next month.
    RemindCards,
    /// Lets the gateways that live in this installation do what is due.
    TendGateways,
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

/// What a mail about a change of plan tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanMoment {
    /// The new plan is there.
    Changed,
    /// It waits for the renewal.
    Scheduled,
    /// It was taken back.
    Undone,
    /// Its money came when the subscription was over, and goes back.
    Returning,
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
    /// The seller was asked, after the window.
    Asked,
    /// The seller agreed.
    Approved,
    /// The seller said no.
    Declined,
    /// The buyer took the request back.
    Withdrawn,
    /// An account is needed that the money can go to.
    PayeeNeeded,
}

/// What a mail about the end of a subscription tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelMoment {
    /// The buyer asked.
    Asked,
    /// The buyer took it back.
    Undone,
    /// It has ended.
    Ended,
}

impl CancelMoment {
    /// The word that tells its mail from the others.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Undone => "undone",
            Self::Ended => "ended",
        }
    }
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

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::MailLink { .. } => "mail_link",
            Self::MailPurchase { .. } => "mail_purchase",
            Self::MailRefund { .. } => "mail_refund",
            Self::MailProducerRefundFailed { .. } => "mail_producer_refund_failed",
            Self::MailProducerRefundByHand { .. } => "mail_producer_refund_by_hand",
            Self::MailProducerRefundAsked { .. } => "mail_producer_refund_asked",
            Self::RemindProducerRefund { .. } => "remind_producer_refund",
            Self::MailDeliveryStopped { .. } => "mail_delivery_stopped",
            Self::MailEmailChange { .. } => "mail_email_change",
            Self::MailEmailNotice { .. } => "mail_email_notice",
            Self::MailEmailChanged { .. } => "mail_email_changed",
            Self::MailErasure { .. } => "mail_erasure",
            Self::MailAccessNotice { .. } => "mail_access_notice",
            Self::NoticeAccess { .. } => "notice_access",
            Self::AdvanceErasure { .. } => "advance_erasure",
            Self::MailInvoice { .. } => "mail_invoice",
            Self::MailRenewal { .. } => "mail_renewal",
            Self::AdvanceRefund { .. } => "advance_refund",
            Self::AdvancePlanChange { .. } => "advance_plan_change",
            Self::MailPlan { .. } => "mail_plan",
            Self::MailProducerPlanReturn { .. } => "mail_producer_plan_return",
            Self::MailCancellation { .. } => "mail_cancellation",
            Self::MailProducerCancellation { .. } => "mail_producer_cancellation",
            Self::MailProducerMessage { .. } => "mail_producer_message",
            Self::FinishCancellation { .. } => "finish_cancellation",
            Self::CarryPause { .. } => "carry_pause",
            Self::Bill { .. } => "bill",
            Self::AdvanceCardUpdate { .. } => "advance_card_update",
            Self::MailCardChanged { .. } => "mail_card_changed",
            Self::MailMethodChanged { .. } => "mail_method_changed",
            Self::MailCardExpiring { .. } => "mail_card_expiring",
            Self::RemindCards => "remind_cards",
            Self::TendGateways => "tend_gateways",
            Self::SyncAccess { .. } => "sync_access",
            Self::Tidy => "tidy",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::MailLink { link } => Some(link.0),
            Self::MailPurchase { order } | Self::Bill { order } | Self::MailRenewal { order, .. } => Some(order.0),
            Self::MailInvoice { invoice, .. } => Some(invoice.0),
            Self::MailRefund { refund, .. }
            | Self::MailProducerRefundFailed { refund }
            | Self::MailProducerRefundByHand { refund }
            | Self::MailProducerRefundAsked { refund }
            | Self::RemindProducerRefund { refund }
            | Self::AdvanceRefund { refund } => Some(refund.0),
            Self::AdvancePlanChange { change }
            | Self::MailPlan { change, .. }
            | Self::MailProducerPlanReturn { change } => Some(change.0),
            Self::MailCancellation { cancellation, .. }
            | Self::MailProducerCancellation { cancellation, .. }
            | Self::FinishCancellation { cancellation } => Some(cancellation.0),
            Self::MailProducerMessage { retention } | Self::CarryPause { retention } => Some(retention.0),
            Self::MailDeliveryStopped { delivery } => Some(delivery.0),
            Self::MailEmailChange { change }
            | Self::MailEmailNotice { change }
            | Self::MailEmailChanged { change, .. } => Some(change.0),
            Self::MailErasure { erasure, .. } | Self::AdvanceErasure { erasure } => Some(erasure.0),
            Self::MailAccessNotice { notice } => Some(notice.0),
            Self::SyncAccess { person, .. } | Self::NoticeAccess { person, .. } => Some(person.0),
            Self::AdvanceCardUpdate { update } | Self::MailCardChanged { update, .. } => Some(update.0),
            Self::MailMethodChanged { order, .. } | Self::MailCardExpiring { order } => Some(order.0),
            Self::Tidy | Self::TendGateways | Self::RemindCards => None,
        }
    }

    fn lane(&self) -> Lane {
        let name = match self {
            Self::AdvanceRefund { refund } => format!("refund:{refund}"),
            Self::AdvancePlanChange { change } => format!("plan:{change}"),
            Self::FinishCancellation { cancellation } => format!("cancellation:{cancellation}"),
            Self::CarryPause { retention } => format!("pause:{retention}"),
            Self::Bill { order } => format!("bill:{order}"),
            Self::AdvanceCardUpdate { update } => format!("card:{update}"),
            Self::TendGateways => "gateways".to_owned(),
            Self::RemindCards => "remind_cards".to_owned(),
            Self::SyncAccess { area, person } => {
                return Lane::Calling { area: area.0, lane: format!("access:{area}:{person}") };
            }
            Self::NoticeAccess { producer, person } => format!("notice:{producer}:{person}"),
            Self::AdvanceErasure { erasure } => format!("erasure:{erasure}"),
            Self::Tidy => "tidy".to_owned(),
            _ => return Lane::Own,
        };
        Lane::Shared(name)
    }
}
