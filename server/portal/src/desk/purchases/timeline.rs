//! The history of an order: what its own state says, the events about it, and the mails that went out.

use super::store::EventRow;
use crate::db::{Error, parsed};
use crate::order::{OrderRecord, OrderRefund as Refund};
use types::view::{AccessView, ItemView, TimelineEntry, TimelineEvent};
use types::{EventName, Instant};

/// What the order's own state shows.
pub(super) fn timeline(record: &OrderRecord, items: &[ItemView]) -> Vec<TimelineEntry> {
    let entry = |at: Option<Instant>, event| at.map(|at| TimelineEntry { at, event });
    let canceled_at = record.subscription.as_ref().and_then(|subscription| subscription.canceled_at);
    let removed_at = items
        .iter()
        .filter_map(|item| if let AccessView::Removed { at } = item.access { Some(at) } else { None })
        .max();
    let mut entries: Vec<TimelineEntry> = [
        entry(Some(record.ordered_at), TimelineEvent::Ordered),
        entry(record.paid_at, TimelineEvent::Paid),
        entry(record.released_at, TimelineEvent::AccessConfirmed),
        entry(canceled_at, TimelineEvent::SubscriptionCanceled),
        entry(removed_at, TimelineEvent::AccessRemoved),
        entry(given_back_at(record, items), TimelineEvent::AccessGivenBack),
    ]
    .into_iter()
    .flatten()
    .chain(record.refunds.iter().flat_map(refund_entries))
    .collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// When access was confirmed once more, after a refund that had taken it away and failed.
fn given_back_at(record: &OrderRecord, items: &[ItemView]) -> Option<Instant> {
    let failed = record.refunds.iter().filter(|refund| refund.state == types::RefundState::Failed);
    let since = failed.filter_map(|refund| refund.ended_at).max()?;
    let confirmed = |item: &ItemView| match item.access {
        AccessView::Confirmed { at, .. } => Some(at),
        _ => None,
    };
    items.iter().filter_map(confirmed).filter(|at| *at >= since).max()
}

/// Adds what happened beside the order's own state: who did what, and which mails went out.
pub(super) fn add_events(timeline: &mut Vec<TimelineEntry>, rows: Vec<EventRow>) -> Result<(), Error> {
    let has = |name: EventName| rows.iter().any(|row| row.what == "event" && row.word == name.as_str());
    if has(EventName::SubscriptionCanceled) {
        // Shown once: by the one who did it.
        timeline.retain(|entry| entry.event != TimelineEvent::SubscriptionCanceled);
    }
    let has_ended = has(EventName::SubscriptionEnded);
    for row in rows.into_iter().filter(|row| !(has_ended && row.word == EventName::BillingEnded.as_str())) {
        let at = Instant::from_micros(row.at);
        timeline.extend(event_of(&row)?.map(|event| TimelineEntry { at, event }));
    }
    timeline.sort_by_key(|entry| entry.at);
    Ok(())
}

fn event_of(row: &EventRow) -> Result<Option<TimelineEvent>, Error> {
    Ok(match row.what.as_str() {
        "access" => Some(TimelineEvent::AccessSent),
        "mail" => Some(TimelineEvent::MailSent(parsed("mails", &row.word, row.word.parse())?)),
        _ => shown(parsed("events", &row.word, row.word.parse())?),
    })
}

/// What a buyer reads of what happened; none for what the order's own state and its refunds show already, and for what
/// is about no order.
fn shown(name: EventName) -> Option<TimelineEvent> {
    Some(match name {
        EventName::CardChanged => TimelineEvent::CardChanged,
        EventName::MethodChanged => TimelineEvent::MethodChanged,
        EventName::RefundPayeeNamed => TimelineEvent::RefundPayeeNamed,
        EventName::SubscriptionCanceled => TimelineEvent::SubscriptionCanceled,
        EventName::SubscriptionCancelUndone => TimelineEvent::CancelUndone,
        EventName::SubscriptionStayed => TimelineEvent::Stayed,
        EventName::SubscriptionEnded | EventName::BillingEnded => TimelineEvent::SubscriptionEnded,
        EventName::PlanAsked => TimelineEvent::PlanAsked,
        EventName::PlanChanged | EventName::PlanApplied => TimelineEvent::PlanChanged,
        EventName::PlanDeclined => TimelineEvent::PlanDeclined,
        EventName::PlanGoesBack => TimelineEvent::PlanGoesBack,
        EventName::PlanReturned => TimelineEvent::PlanReturned,
        EventName::PlanNotReturned => TimelineEvent::PlanNotReturned,
        EventName::PlanScheduled => TimelineEvent::PlanScheduled,
        EventName::PlanUndone => TimelineEvent::PlanUndone,
        EventName::BillingPaid => TimelineEvent::ChargePaid,
        EventName::BillingFailed => TimelineEvent::ChargeFailed,
        EventName::BillingWaits => TimelineEvent::ChargeWaits,
        EventName::BillingVoided => TimelineEvent::ChargeVoided,
        EventName::BillingResumed => TimelineEvent::ChargingResumed,
        EventName::BillingPaidInVain => TimelineEvent::PaidInVain,
        EventName::BillingPaidTwice => TimelineEvent::PaidTwice,
        EventName::DocumentBillingWritten => TimelineEvent::BillingDataWritten,
        EventName::OrderCreated
        | EventName::OrderReported
        | EventName::OrderRestated
        | EventName::OrderAddressCorrected
        | EventName::OrderNoted
        | EventName::OrderMailAsked
        | EventName::OrderAccessAsked
        | EventName::OrderViewSaved
        | EventName::OrderViewRemoved
        | EventName::SubscriptionTold
        | EventName::SubscriptionNotTaken
        | EventName::RefundRequested
        | EventName::RefundGiven
        | EventName::RefundAnswered
        | EventName::RefundWithdrawn
        | EventName::RefundPayeeAsked
        | EventName::RefundPaidByHand
        | EventName::RefundAdvanced
        | EventName::AccountAddressTaken
        | EventName::AccountEmailAsked
        | EventName::AccountEmailWithdrawn
        | EventName::AccountEmailChanged
        | EventName::AccountAddressRespelled
        | EventName::AccountProfileChanged
        | EventName::AccountLanguageChosen
        | EventName::AccountErasureAsked
        | EventName::AccountErasureUndone
        | EventName::AccountErased
        | EventName::SignInByLink
        | EventName::SignInByCode
        | EventName::SessionSignedOut
        | EventName::SessionEnded
        | EventName::SessionAllEnded
        | EventName::LoginEntered
        | EventName::LoginPasswordChanged
        | EventName::LoginPasswordReset
        | EventName::LoginSecondStepSet
        | EventName::LoginSecondStepRemoved
        | EventName::LoginRecoveryCodesMade
        | EventName::LoginRecoveryCodeUsed
        | EventName::MemberInvited
        | EventName::MemberInvitationWithdrawn
        | EventName::MemberJoined
        | EventName::MemberRoleChanged
        | EventName::MemberRemoved
        | EventName::PolicyWritten
        | EventName::ProductWritten
        | EventName::OfferWritten
        | EventName::MemberAreaWritten
        | EventName::AccessRuleWritten
        | EventName::SourceWritten
        | EventName::ConnectionWritten
        | EventName::ApiKeyCreated
        | EventName::ApiKeyRevoked
        | EventName::ProducerCreated
        | EventName::ProducerPasswordSet
        | EventName::ProducerDisabled
        | EventName::ProducerWritten
        | EventName::PortalLinkMade
        | EventName::PortalLinkMailed
        | EventName::PortalLinkOpened
        | EventName::PortalLinkRevoked
        | EventName::LinkCampaignStarted
        | EventName::LinkCampaignStopped
        | EventName::StaffCreated
        | EventName::StaffPasswordSet
        | EventName::StaffDisabled
        | EventName::StaffAssigned
        | EventName::StaffRevealed => return None,
    })
}

fn refund_entries(refund: &Refund) -> Vec<TimelineEntry> {
    let protocol = || refund.protocol.clone();
    let first = if refund.is_given { TimelineEvent::RefundGiven } else { TimelineEvent::RefundRequested };
    let mut entries = vec![TimelineEntry { at: refund.requested_at, event: first(protocol()) }];
    // What was settled the moment it was sent was paid back by hand, or by the source: no bank of ours was asked.
    let sent_at = refund.sent_at.filter(|_| refund.sent_at != refund.ended_at);
    entries.extend(sent_at.map(|at| TimelineEntry { at, event: TimelineEvent::RefundSent(protocol()) }));
    let end = match refund.state {
        types::RefundState::Settled => Some(TimelineEvent::RefundSettled(protocol())),
        types::RefundState::Failed => Some(TimelineEvent::RefundFailed(protocol())),
        types::RefundState::Declined => Some(TimelineEvent::RefundDeclined(protocol())),
        types::RefundState::Withdrawn => Some(TimelineEvent::RefundWithdrawn(protocol())),
        _ => None,
    };
    entries.extend(refund.ended_at.zip(end).map(|(at, event)| TimelineEntry { at, event }));
    entries
}
