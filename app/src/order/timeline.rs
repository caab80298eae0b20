//! The history of an order in words: what happened, what the log tells, which mails went out.

use crate::text::Texts;
use types::view::TimelineEvent;

/// What an event is called; none for what the log knows and no buyer needs.
pub(super) fn words(texts: Texts, event: &TimelineEvent) -> Option<String> {
    let with = |key: &str, protocol: &types::Protocol| texts.with(key, &[("protocol", protocol.as_str().into())]);
    Some(match event {
        TimelineEvent::Ordered => texts.text("timeline-ordered"),
        TimelineEvent::Paid => texts.text("timeline-paid"),
        TimelineEvent::AccessConfirmed => texts.text("timeline-access-confirmed"),
        TimelineEvent::AccessRemoved => texts.text("timeline-access-removed"),
        TimelineEvent::RefundRequested(protocol) => with("timeline-refund-requested", protocol),
        TimelineEvent::RefundSent(protocol) => with("timeline-refund-sent", protocol),
        TimelineEvent::RefundSettled(protocol) => with("timeline-refund-settled", protocol),
        TimelineEvent::RefundFailed(protocol) => with("timeline-refund-failed", protocol),
        TimelineEvent::RefundDeclined(protocol) => with("timeline-refund-declined", protocol),
        TimelineEvent::RefundWithdrawn(protocol) => with("timeline-refund-withdrawn", protocol),
        TimelineEvent::SubscriptionCanceled => texts.text("timeline-subscription-canceled"),
        TimelineEvent::MailSent(kind) => texts.text(mail_words(kind)),
        TimelineEvent::Recorded(action) if LEFT_OUT.contains(&action.as_str()) => return None,
        TimelineEvent::Recorded(action) => texts.text(action_words(action)),
    })
}

/// A mail by what it told; of another kind it is a mail all the same.
fn mail_words(kind: &str) -> &'static str {
    match kind {
        "purchase" => "timeline-mail-purchase",
        "refund_requested" | "refund_asked" => "timeline-mail-refund-requested",
        "refund_approved" => "timeline-mail-refund-approved",
        "refund_declined" => "timeline-mail-refund-declined",
        "refund_withdrawn" => "timeline-mail-refund-withdrawn",
        "refund_payee_needed" => "timeline-mail-refund-payee-needed",
        "refund_sent" => "timeline-mail-refund-sent",
        "refund_settled" => "timeline-mail-refund-settled",
        "refund_failed" => "timeline-mail-refund-failed",
        "plan_changed" => "timeline-mail-plan-changed",
        "plan_scheduled" => "timeline-mail-plan-scheduled",
        "plan_undone" => "timeline-mail-plan-undone",
        "plan_paid_back" => "timeline-mail-plan-paid-back",
        "card_changed" => "timeline-mail-card-changed",
        "card_expiring" => "timeline-mail-card-expiring",
        "method_changed" => "timeline-mail-method-changed",
        "charge_failed" => "timeline-mail-charge-failed",
        "charge_recovered" => "timeline-mail-charge-recovered",
        "renewal_ahead" => "timeline-mail-renewal-ahead",
        "slip_issued" => "timeline-mail-slip-issued",
        "canceled" => "timeline-mail-canceled",
        "cancel_undone" => "timeline-mail-cancel-undone",
        "subscription_ended" => "timeline-mail-subscription-ended",
        "access_expiring" => "timeline-mail-access-expiring",
        "access_expired" => "timeline-mail-access-expired",
        _ => "timeline-mail",
    }
}

/// What the log calls an action, in words; one that is not known here is a change all the same.
fn action_words(action: &str) -> &'static str {
    match action {
        "access.sent" => "timeline-access-sent",
        "card.change" => "timeline-card-change",
        "payment.change" => "timeline-payment-change",
        "refund.payee" => "timeline-refund-payee",
        "subscription.cancel" => "timeline-subscription-canceled",
        "subscription.undo_cancel" => "timeline-subscription-undo",
        "subscription.stay" => "timeline-subscription-stay",
        "subscription.end" | "billing.end" => "timeline-subscription-end",
        "plan.ask" => "timeline-plan-ask",
        "plan.change" | "plan.applied" => "timeline-plan-change",
        "plan.declined" => "timeline-plan-declined",
        "plan.goes_back" => "timeline-plan-goes-back",
        "plan.returned" => "timeline-plan-returned",
        "plan.not_returned" => "timeline-plan-not-returned",
        "plan.schedule" => "timeline-plan-schedule",
        "plan.undo" => "timeline-plan-undo",
        "billing.paid" => "timeline-billing-paid",
        "billing.failed" => "timeline-billing-failed",
        "billing.wait" => "timeline-billing-wait",
        "billing.void" => "timeline-billing-void",
        "billing.resume" => "timeline-billing-resume",
        "billing.paid_in_vain" => "timeline-billing-paid-in-vain",
        "billing.paid_twice" => "timeline-billing-paid-twice",
        "document.billing" => "timeline-document-billing",
        _ => "timeline-recorded",
    }
}

/// Actions about an order that its history leaves out: its own state and its refunds tell them already, and `plan.follow` by the state it led to.
const LEFT_OUT: &[&str] = &[
    "order.create",
    "order.report",
    "order.restate",
    "refund.request",
    "refund.answer",
    "refund.withdraw",
    "refund.follow",
    "plan.follow",
];

#[cfg(test)]
mod tests {
    use super::{LEFT_OUT, action_words, mail_words};
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Words before the dot of what is never about one order: a person's account, the seller's catalogue, fields of a policy.
    const NOT_OF_ORDERS: &[&str] = &[
        "access_rule",
        "account",
        "api_key",
        "cancel",
        "dunning",
        "member_area",
        "notice",
        "offer",
        "policy",
        "producer",
        "product",
        "session",
        "sign_in",
        "source",
        "staff",
    ];
    /// A field of a policy that begins as an action does.
    const FIELDS: &[&str] = &["refund.answer_days"];
    /// Mails about a person, or to a seller.
    const NOT_TO_BUYERS_OF_ORDERS: &[&str] = &["sign_in_", "email_", "erasure_", "producer_"];

    /// Every word in quotes that is built like an action, in all rules.
    fn actions(folder: &Path, into: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                actions(&path, into);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                into.extend(source.split('"').filter(|part| is_action(part)).map(str::to_owned));
            }
        }
    }

    /// What each feature's mails say.
    fn contents(folder: &Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                contents(&path, into);
            } else if path.file_name().is_some_and(|name| name == "content.rs") {
                into.push(std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    fn is_action(part: &str) -> bool {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        part.split_once('.').is_some_and(|(feature, verb)| is_word(feature) && is_word(verb) && verb != "rs")
    }

    #[test]
    fn every_action_on_an_order_has_its_own_words_or_is_left_out_on_purpose() {
        let mut all = BTreeSet::new();
        actions(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/portal/src")), &mut all);
        assert!(["card.change", "plan.follow", "billing.paid"].iter().all(|known| all.contains(*known)), "{all:?}");
        let is_of_order = |action: &&String| {
            let feature = action.split('.').next().unwrap_or_default();
            !NOT_OF_ORDERS.contains(&feature) && !FIELDS.contains(&action.as_str())
        };
        let has_no_words =
            |action: &&String| !LEFT_OUT.contains(&action.as_str()) && action_words(action) == "timeline-recorded";
        let forgotten: Vec<_> = all.iter().filter(is_of_order).filter(has_no_words).collect();
        assert_eq!(forgotten, Vec::<&String>::new());
    }

    #[test]
    fn every_mail_about_an_order_says_what_it_told() {
        let mut sources = Vec::new();
        contents(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/portal/src")), &mut sources);
        let words = |source: &String| {
            let words = source.split("pub fn word(&self)").nth(1)?.split("\n    }\n").next()?;
            Some(words.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        };
        let kinds: Vec<String> = sources.iter().filter_map(words).flatten().collect();
        let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
        assert!(kinds.contains(&"purchase") && kinds.len() > 30, "{kinds:?}");
        let is_of_order = |kind: &&&str| !NOT_TO_BUYERS_OF_ORDERS.iter().any(|start| kind.starts_with(start));
        let forgotten: Vec<_> =
            kinds.iter().filter(is_of_order).filter(|kind| mail_words(kind) == "timeline-mail").collect();
        assert_eq!(forgotten, Vec::<&&str>::new());
    }
}
