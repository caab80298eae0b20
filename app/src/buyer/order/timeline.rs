//! The history of an order in words: what happened to it, and which mails went out.

use crate::phrase;
use crate::text::Texts;
use types::view::{TimelineEntry, TimelineEvent};

/// How long after an event a mail is the one that tells of it.
const TELLS_WITHIN: i64 = 600;

/// The entries, newest first, each with the mails that tell of it. A mail that tells of none of them stands alone.
pub(super) fn folded(timeline: &[TimelineEntry]) -> Vec<(&TimelineEntry, Vec<&TimelineEntry>)> {
    let mut lines: Vec<(&TimelineEntry, Vec<&TimelineEntry>)> = Vec::new();
    for entry in timeline {
        let is_mail = is_mail(entry);
        let told = lines.last_mut().filter(|(event, _)| {
            is_mail && !self::is_mail(event) && entry.at.seconds() - event.at.seconds() <= TELLS_WITHIN
        });
        match told {
            Some((_, mails)) => mails.push(entry),
            None => lines.push((entry, Vec::new())),
        }
    }
    lines.reverse();
    lines
}

fn is_mail(entry: &TimelineEntry) -> bool {
    matches!(entry.event, TimelineEvent::MailSent(_))
}

/// What an event is called.
pub(super) fn words(texts: Texts, event: &TimelineEvent) -> String {
    let with = |key: &str, protocol: &types::Protocol| texts.with(key, &[("protocol", protocol.as_str().into())]);
    match event {
        TimelineEvent::RefundRequested(protocol) => with("timeline-refund-requested", protocol),
        TimelineEvent::RefundGiven(protocol) => with("timeline-refund-given", protocol),
        TimelineEvent::RefundSent(protocol) => with("timeline-refund-sent", protocol),
        TimelineEvent::RefundSettled(protocol) => with("timeline-refund-settled", protocol),
        TimelineEvent::RefundFailed(protocol) => with("timeline-refund-failed", protocol),
        TimelineEvent::RefundDeclined(protocol) => with("timeline-refund-declined", protocol),
        TimelineEvent::RefundWithdrawn(protocol) => with("timeline-refund-withdrawn", protocol),
        TimelineEvent::MailSent(kind) => phrase::mail_words(texts, *kind),
        TimelineEvent::Ordered => texts.text("timeline-ordered"),
        TimelineEvent::Paid => texts.text("timeline-paid"),
        TimelineEvent::AccessSent => texts.text("timeline-access-sent"),
        TimelineEvent::AccessConfirmed => texts.text("timeline-access-confirmed"),
        TimelineEvent::AccessRemoved => texts.text("timeline-access-removed"),
        TimelineEvent::AccessGivenBack => texts.text("timeline-access-given-back"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use types::{Instant, MailKind};

    fn entry(second: i64, event: TimelineEvent) -> TimelineEntry {
        TimelineEntry { at: Instant::from_seconds(second), event }
    }

    #[test]
    fn the_newest_is_first_and_a_mail_stands_under_what_it_tells_of() {
        let mail = || TimelineEvent::MailSent(MailKind::Purchase);
        let timeline = [
            entry(0, TimelineEvent::Ordered),
            entry(10, TimelineEvent::Paid),
            entry(11, mail()),
            entry(10_000, mail()),
            entry(10_001, mail()),
        ];
        let lines = folded(&timeline);
        let events: Vec<_> = lines.iter().map(|(entry, mails)| (entry.at.seconds(), mails.len())).collect();
        assert_eq!(events, [(10_001, 0), (10_000, 0), (10, 1), (0, 0)]);
    }
}
