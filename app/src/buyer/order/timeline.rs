//! The history of an order in words: what happened to it, and which mails went out.

use crate::text::Texts;
use types::MailKind;
use types::view::TimelineEvent;

/// What an event is called.
pub(super) fn words(texts: Texts, event: &TimelineEvent) -> String {
    let with = |key: &str, protocol: &types::Protocol| texts.with(key, &[("protocol", protocol.as_str().into())]);
    match event {
        TimelineEvent::RefundRequested(protocol) => with("timeline-refund-requested", protocol),
        TimelineEvent::RefundSent(protocol) => with("timeline-refund-sent", protocol),
        TimelineEvent::RefundSettled(protocol) => with("timeline-refund-settled", protocol),
        TimelineEvent::RefundFailed(protocol) => with("timeline-refund-failed", protocol),
        TimelineEvent::RefundDeclined(protocol) => with("timeline-refund-declined", protocol),
        TimelineEvent::RefundWithdrawn(protocol) => with("timeline-refund-withdrawn", protocol),
        TimelineEvent::MailSent(kind) => texts.text(mail(*kind)),
        TimelineEvent::Ordered => texts.text("timeline-ordered"),
        TimelineEvent::Paid => texts.text("timeline-paid"),
        TimelineEvent::AccessSent => texts.text("timeline-access-sent"),
        TimelineEvent::AccessConfirmed => texts.text("timeline-access-confirmed"),
        TimelineEvent::AccessRemoved => texts.text("timeline-access-removed"),
        TimelineEvent::SubscriptionCanceled => texts.text("timeline-subscription-canceled"),
        TimelineEvent::CancelUndone => texts.text("timeline-subscription-undo"),
        TimelineEvent::Stayed => texts.text("timeline-subscription-stay"),
        TimelineEvent::SubscriptionEnded => texts.text("timeline-subscription-end"),
        TimelineEvent::CardChanged => texts.text("timeline-card-change"),
        TimelineEvent::MethodChanged => texts.text("timeline-payment-change"),
        TimelineEvent::RefundPayeeNamed => texts.text("timeline-refund-payee"),
        TimelineEvent::PlanAsked => texts.text("timeline-plan-ask"),
        TimelineEvent::PlanChanged => texts.text("timeline-plan-change"),
        TimelineEvent::PlanDeclined => texts.text("timeline-plan-declined"),
        TimelineEvent::PlanGoesBack => texts.text("timeline-plan-goes-back"),
        TimelineEvent::PlanReturned => texts.text("timeline-plan-returned"),
        TimelineEvent::PlanNotReturned => texts.text("timeline-plan-not-returned"),
        TimelineEvent::PlanScheduled => texts.text("timeline-plan-schedule"),
        TimelineEvent::PlanUndone => texts.text("timeline-plan-undo"),
        TimelineEvent::ChargePaid => texts.text("timeline-billing-paid"),
        TimelineEvent::ChargeFailed => texts.text("timeline-billing-failed"),
        TimelineEvent::ChargeWaits => texts.text("timeline-billing-wait"),
        TimelineEvent::ChargeVoided => texts.text("timeline-billing-void"),
        TimelineEvent::ChargingResumed => texts.text("timeline-billing-resume"),
        TimelineEvent::PaidInVain => texts.text("timeline-billing-paid-in-vain"),
        TimelineEvent::PaidTwice => texts.text("timeline-billing-paid-twice"),
        TimelineEvent::BillingDataWritten => texts.text("timeline-document-billing"),
    }
}

/// A mail by what it told; one that is not about an order is a mail all the same.
fn mail(kind: MailKind) -> &'static str {
    match kind {
        MailKind::AccessExpiring => "timeline-mail-access-expiring",
        MailKind::AccessExpired => "timeline-mail-access-expired",
        MailKind::ChargeFailed => "timeline-mail-charge-failed",
        MailKind::ChargeRecovered => "timeline-mail-charge-recovered",
        MailKind::RenewalAhead => "timeline-mail-renewal-ahead",
        MailKind::SlipIssued => "timeline-mail-slip-issued",
        MailKind::CardChanged => "timeline-mail-card-changed",
        MailKind::MethodChanged => "timeline-mail-method-changed",
        MailKind::CardExpiring => "timeline-mail-card-expiring",
        MailKind::PlanChanged => "timeline-mail-plan-changed",
        MailKind::PlanScheduled => "timeline-mail-plan-scheduled",
        MailKind::PlanUndone => "timeline-mail-plan-undone",
        MailKind::PlanPaidBack => "timeline-mail-plan-paid-back",
        MailKind::Purchase => "timeline-mail-purchase",
        MailKind::RefundRequested | MailKind::RefundAsked => "timeline-mail-refund-requested",
        MailKind::RefundSent => "timeline-mail-refund-sent",
        MailKind::RefundSettled => "timeline-mail-refund-settled",
        MailKind::RefundFailed => "timeline-mail-refund-failed",
        MailKind::RefundApproved => "timeline-mail-refund-approved",
        MailKind::RefundDeclined => "timeline-mail-refund-declined",
        MailKind::RefundWithdrawn => "timeline-mail-refund-withdrawn",
        MailKind::RefundPayeeNeeded => "timeline-mail-refund-payee-needed",
        MailKind::Canceled => "timeline-mail-canceled",
        MailKind::CancelUndone => "timeline-mail-cancel-undone",
        MailKind::SubscriptionEnded => "timeline-mail-subscription-ended",
        MailKind::ProducerDeliveryStopped
        | MailKind::EmailChange
        | MailKind::EmailNotice
        | MailKind::EmailChanged
        | MailKind::ErasureAsked
        | MailKind::ErasureUndone
        | MailKind::ProducerPlanNotReturned
        | MailKind::ProducerRefundAsked
        | MailKind::ProducerRefundFailed
        | MailKind::ProducerRefundByHand
        | MailKind::SignInLink
        | MailKind::ProducerCancelByHand
        | MailKind::ProducerMessage => "timeline-mail",
    }
}
