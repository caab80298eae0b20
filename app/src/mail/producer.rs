//! To the producer: something waits for their hand.

use super::Voice;
use super::draft::Draft;
use super::refund::{facts, went_back};
use super::subscription;
use portal::billing::ChargeLetter;
use portal::refund::RefundLetter;
use portal::subscription::CancelLetter;
use types::{Email, Instant, Money};

/// A refund came back from the bank.
pub(super) fn refund_failed(voice: &Voice<'_>, refund: &RefundLetter, reason: &str, buyer: &Email) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(refund.amount);
    let values =
        [("amount", (&amount).into()), ("buyer", buyer.as_str().into()), ("protocol", refund.protocol.as_str().into())];
    Draft {
        subject: texts.with("mail-producer-failed-subject", &values),
        lead: texts.with("mail-producer-failed-lead", &values),
        facts: facts(voice, refund),
        quote: Some((texts.text("mail-producer-reason"), reason.to_owned())),
        notes: [went_back(voice, refund), vec![texts.text("mail-producer-failed-next")]].concat(),
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// Money of a buyer came although nothing was owed.
pub(super) fn surplus(
    voice: &Voice<'_>,
    charge: &ChargeLetter,
    buyer: &Email,
    reference: &str,
    facts: Vec<(String, String)>,
) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(charge.amount);
    let values = [("amount", (&amount).into()), ("buyer", buyer.as_str().into()), ("title", (&charge.title).into())];
    Draft {
        subject: texts.with("mail-producer-surplus-subject", &values),
        lead: texts.with("mail-producer-surplus-lead", &values),
        facts: [facts, vec![(texts.text("mail-producer-surplus-reference"), reference.to_owned())]].concat(),
        notes: vec![texts.text("mail-producer-surplus-next")],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// What a buyer asks for after the window.
pub(super) struct RefundRequest<'a> {
    pub buyer: &'a Email,
    pub message: &'a str,
    pub answer_by: Instant,
    pub url: &'a str,
    pub is_late: bool,
}

/// A request after the window waits for an answer.
pub(super) fn refund_asked(voice: &Voice<'_>, refund: &RefundLetter, request: &RefundRequest<'_>) -> Draft {
    let texts = voice.texts;
    let (amount, deadline) =
        (voice.money(refund.amount), voice.calendar(request.answer_by).deadline(request.answer_by));
    let (subject, lead) = if request.is_late {
        ("mail-producer-asked-late-subject", "mail-producer-asked-late-lead")
    } else {
        ("mail-producer-asked-subject", "mail-producer-asked-lead")
    };
    let protocol = ("protocol", refund.protocol.as_str().into());
    let deadline = ("deadline", (&deadline).into());
    let values = [("amount", (&amount).into()), ("buyer", request.buyer.as_str().into()), deadline, protocol];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: facts(voice, refund),
        quote: Some((texts.text("mail-producer-asked-message"), request.message.to_owned())),
        button: Some((texts.text("mail-producer-asked-button"), request.url.to_owned())),
        notes: vec![texts.text("mail-producer-asked-note")],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A refund must be paid at a gateway that this installation cannot reach.
pub(super) fn refund_by_hand(voice: &Voice<'_>, refund: &RefundLetter, gateway: &str, buyer: &Email) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(refund.amount);
    let protocol = ("protocol", refund.protocol.as_str().into());
    let values =
        [("amount", (&amount).into()), ("buyer", buyer.as_str().into()), ("gateway", gateway.into()), protocol];
    Draft {
        subject: texts.with("mail-producer-by-hand-subject", &values),
        lead: texts.with("mail-producer-by-hand-lead", &values),
        facts: facts(voice, refund),
        notes: vec![done(voice, refund)],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// How a producer says that it is paid, and what follows.
fn done(voice: &Voice<'_>, refund: &RefundLetter) -> String {
    let values = [("code", (&refund.code).into()), ("protocol", refund.protocol.as_str().into())];
    voice.texts.with("mail-producer-by-hand-next", &values)
}

/// A refund that was to be paid at such a gateway is not reported as paid.
pub(super) fn refund_not_done(
    voice: &Voice<'_>,
    refund: &RefundLetter,
    gateway: &str,
    buyer: &Email,
    since: Instant,
) -> Draft {
    let texts = voice.texts;
    let (amount, day) = (voice.money(refund.amount), voice.calendar(since).date(since));
    let values = [
        ("amount", (&amount).into()),
        ("buyer", buyer.as_str().into()),
        ("gateway", gateway.into()),
        ("protocol", refund.protocol.as_str().into()),
        ("date", (&day).into()),
    ];
    Draft {
        subject: texts.with("mail-producer-not-done-subject", &values),
        lead: texts.with("mail-producer-not-done-lead", &values),
        facts: facts(voice, refund),
        notes: vec![texts.with("mail-producer-not-done-next", &values), done(voice, refund)],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A member area does not take what it is told.
pub(super) fn delivery_stopped(
    voice: &Voice<'_>,
    member_area: &str,
    buyer: &Email,
    is_grant: bool,
    answer: &str,
) -> Draft {
    let texts = voice.texts;
    let (subject, lead) = if is_grant {
        ("mail-producer-stopped-grant-subject", "mail-producer-stopped-grant")
    } else {
        ("mail-producer-stopped-revoke-subject", "mail-producer-stopped-revoke")
    };
    let values = [("area", member_area.into()), ("buyer", buyer.as_str().into())];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        quote: Some((texts.text("mail-producer-stopped-answer"), answer.to_owned())),
        notes: vec![texts.text("mail-producer-stopped-next")],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A subscription is to be ended, or to go on after all, at a gateway that this installation does not bill.
pub(super) fn cancel_by_hand(
    voice: &Voice<'_>,
    letter: &CancelLetter,
    gateway: &str,
    buyer: &Email,
    is_undone: bool,
) -> Draft {
    let texts = voice.texts;
    let day = subscription::last_day(voice, letter);
    let buyer = ("buyer", buyer.as_str().into());
    let values = [buyer, ("gateway", gateway.into()), ("plan", (&letter.plan).into()), ("date", (&day).into())];
    let (subject, lead) = if is_undone {
        ("mail-producer-cancel-undone-subject", "mail-producer-cancel-undone-lead")
    } else {
        ("mail-producer-cancel-subject", "mail-producer-cancel-lead")
    };
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: subscription::facts(voice, letter),
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A subscription that was to be ended there is not reported as ended.
pub(super) fn cancel_not_done(
    voice: &Voice<'_>,
    letter: &CancelLetter,
    gateway: &str,
    buyer: &Email,
    since: Instant,
) -> Draft {
    let texts = voice.texts;
    let (day, last) = (voice.calendar(since).date(since), subscription::last_day(voice, letter));
    let buyer = ("buyer", buyer.as_str().into());
    let days = [("date", (&day).into()), ("last", (&last).into())];
    let values = [buyer, ("gateway", gateway.into()), ("plan", (&letter.plan).into()), days[0], days[1]];
    Draft {
        subject: texts.with("mail-producer-cancel-not-done-subject", &values),
        lead: texts.with("mail-producer-cancel-not-done-lead", &values),
        facts: subscription::facts(voice, letter),
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A buyer who thought of cancelling would rather talk.
pub(super) fn message(voice: &Voice<'_>, code: &str, plan: &str, name: &str, buyer: &Email, words: &str) -> Draft {
    let texts = voice.texts;
    let values = [("buyer", buyer.as_str().into()), ("plan", plan.into()), ("name", name.into())];
    Draft {
        subject: texts.with("mail-producer-message-subject", &values),
        lead: texts.with("mail-producer-message-lead", &values),
        facts: vec![(texts.text("mail-order"), code.to_owned())],
        quote: Some((texts.text("mail-producer-message-quote"), words.to_owned())),
        notes: vec![texts.with("mail-producer-message-reply", &values)],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// The plan of the next period is theirs to set, or to keep.
pub(super) fn next_plan(
    voice: &Voice<'_>,
    code: &str,
    (plan, is_back): (&str, bool),
    begins_at: Instant,
    buyer: &Email,
    reason: &str,
) -> Draft {
    let texts = voice.texts;
    let date = voice.dated().day(begins_at);
    let values = [("buyer", buyer.as_str().into()), ("plan", plan.into()), ("date", (&date).into())];
    let lead = if is_back { "mail-producer-plan-next-back" } else { "mail-producer-plan-next-lead" };
    Draft {
        subject: texts.with("mail-producer-plan-next-subject", &values),
        lead: texts.with(lead, &values),
        facts: vec![(texts.text("mail-order"), code.to_owned())],
        quote: Some((texts.text("mail-producer-reason"), reason.to_owned())),
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// Money for a change of plan came when the subscription was over, and could not be paid back.
pub(super) fn plan_not_returned(
    voice: &Voice<'_>,
    code: &str,
    plan: &str,
    amount: Money,
    buyer: &Email,
    reason: &str,
) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(amount);
    let values = [("buyer", buyer.as_str().into()), ("plan", plan.into()), ("amount", (&amount).into())];
    Draft {
        subject: texts.with("mail-producer-plan-back-subject", &values),
        lead: texts.with("mail-producer-plan-back-lead", &values),
        facts: vec![(texts.text("mail-order"), code.to_owned())],
        quote: Some((texts.text("mail-producer-reason"), reason.to_owned())),
        notes: vec![texts.text("mail-producer-failed-next")],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}
