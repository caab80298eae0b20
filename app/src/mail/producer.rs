//! To the producer: something waits for their hand.

use super::Voice;
use super::draft::Draft;
use super::refund::facts;
use portal::message::RefundLetter;
use types::Email;

/// A refund came back from the bank.
pub fn refund_failed(voice: &Voice<'_>, refund: &RefundLetter, reason: &str, buyer: &Email) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(refund.amount);
    let values =
        [("amount", (&amount).into()), ("buyer", buyer.as_str().into()), ("protocol", refund.protocol.as_str().into())];
    Draft {
        subject: texts.with("mail-producer-failed-subject", &values),
        lead: texts.with("mail-producer-failed-lead", &values),
        facts: facts(voice, refund),
        quote: Some((texts.text("mail-producer-reason"), reason.to_owned())),
        notes: vec![texts.text("mail-producer-failed-next")],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A refund must be paid at a gateway that this installation cannot reach.
pub fn refund_by_hand(voice: &Voice<'_>, refund: &RefundLetter, gateway: &str, buyer: &Email) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(refund.amount);
    let protocol = ("protocol", refund.protocol.as_str().into());
    let values =
        [("amount", (&amount).into()), ("buyer", buyer.as_str().into()), ("gateway", gateway.into()), protocol];
    Draft {
        subject: texts.with("mail-producer-by-hand-subject", &values),
        lead: texts.with("mail-producer-by-hand-lead", &values),
        facts: facts(voice, refund),
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}

/// A member area does not take what it is told.
pub fn delivery_stopped(voice: &Voice<'_>, member_area: &str, buyer: &Email, is_grant: bool, answer: &str) -> Draft {
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
