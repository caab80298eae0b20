//! To the buyer: access ends, or has ended.

use super::Voice;
use super::draft::Draft;
use portal::access::{AccessLetter, Content};

/// The mails about access, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Expiring(letter) => expiring(voice, letter),
        Content::Expired(letter) => expired(voice, letter),
        Content::ProducerDeliveryStopped { member_area, buyer, is_grant, answer } => {
            super::producer::delivery_stopped(voice, member_area, buyer, *is_grant, answer)
        }
    }
}

/// Some days before.
pub(super) fn expiring(voice: &Voice<'_>, letter: &AccessLetter) -> Draft {
    about(voice, letter, "mail-access-expiring-subject", "mail-access-expiring-lead")
}

/// At the end.
pub(super) fn expired(voice: &Voice<'_>, letter: &AccessLetter) -> Draft {
    about(voice, letter, "mail-access-expired-subject", "mail-access-expired-lead")
}

fn about(voice: &Voice<'_>, letter: &AccessLetter, subject: &str, lead: &str) -> Draft {
    let texts = voice.texts;
    let end = voice.dated().deadline(letter.at);
    let values = [("item", (&letter.item).into()), ("end", (&end).into())];
    let producer = ("producer", (&letter.producer).into());
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: vec![(texts.text("mail-order"), letter.code.clone())],
        button: Some((texts.text("mail-purchase-button"), letter.order_link.clone())),
        notes: vec![texts.with("mail-access-help", &[producer])],
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}
