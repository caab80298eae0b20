//! To the buyer: the end of a subscription, and the way back.

use super::Voice;
use super::draft::Draft;
use portal::subscription::{CancelLetter, Content};

/// The mails about the end of a subscription, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Canceled(letter) => canceled(voice, letter),
        Content::CancelUndone(letter) => undone(voice, letter),
        Content::Ended(letter) => ended(voice, letter),
        Content::ProducerCancelByHand { letter, gateway, buyer, is_undone } => {
            super::producer::cancel_by_hand(voice, letter, gateway, buyer, *is_undone)
        }
        Content::ProducerNotDone { letter, gateway, buyer, since } => {
            super::producer::cancel_not_done(voice, letter, gateway, buyer, *since)
        }
        Content::ProducerMessage { code, plan, buyer_name, buyer, message } => {
            super::producer::message(voice, code, plan, buyer_name, buyer, message)
        }
    }
}

/// It is cancelled; with the last day, or at once.
pub(super) fn canceled(voice: &Voice<'_>, letter: &CancelLetter) -> Draft {
    if letter.ends_at_once {
        let lead = lead(letter, ["mail-cancel-now-lead", "mail-cancel-now-lead-by-producer"]);
        return about(voice, letter, "mail-cancel-now-subject", lead, vec![who(voice, letter)]);
    }
    let day = last_day(voice, letter);
    let undo = voice.texts.with("mail-cancel-undo", &[("date", (&day).into())]);
    let notes = if letter.is_by_seller { vec![who(voice, letter)] } else { vec![undo, who(voice, letter)] };
    let lead = lead(letter, ["mail-cancel-lead", "mail-cancel-lead-by-producer"]);
    about(voice, letter, "mail-cancel-subject", lead, notes)
}

/// It goes on.
pub(super) fn undone(voice: &Voice<'_>, letter: &CancelLetter) -> Draft {
    let notes = vec![not_you(voice, letter)];
    let lead = lead(letter, ["mail-cancel-undone-lead", "mail-cancel-undone-lead-by-producer"]);
    about(voice, letter, "mail-cancel-undone-subject", lead, notes)
}

/// Its last day has passed.
pub(super) fn ended(voice: &Voice<'_>, letter: &CancelLetter) -> Draft {
    let lead = lead(letter, ["mail-cancel-ended-lead", "mail-cancel-ended-lead-by-producer"]);
    about(voice, letter, "mail-cancel-ended-subject", lead, Vec::new())
}

/// The first where our calendar ends the charges, the second where the producer does.
fn lead(letter: &CancelLetter, [ours, theirs]: [&'static str; 2]) -> &'static str {
    if letter.is_by_producer { theirs } else { ours }
}

fn about(voice: &Voice<'_>, letter: &CancelLetter, subject: &str, lead: &str, notes: Vec<String>) -> Draft {
    let texts = voice.texts;
    let day = last_day(voice, letter);
    let producer = ("producer", (&letter.producer).into());
    let values = [("date", (&day).into()), ("plan", (&letter.plan).into()), producer];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: facts(voice, letter),
        button: Some((texts.text("mail-cancel-button"), letter.link.clone())),
        notes,
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}

/// That the producer decided it, or what to do if somebody else did.
fn who(voice: &Voice<'_>, letter: &CancelLetter) -> String {
    if letter.is_by_seller {
        return voice.texts.with("mail-cancel-by-seller", &[("producer", (&letter.producer).into())]);
    }
    not_you(voice, letter)
}

fn not_you(voice: &Voice<'_>, letter: &CancelLetter) -> String {
    voice.texts.with("mail-cancel-not-you", &[("producer", (&letter.producer).into())])
}

/// Number, plan and order.
pub(super) fn facts(voice: &Voice<'_>, letter: &CancelLetter) -> Vec<(String, String)> {
    let texts = voice.texts;
    vec![
        (texts.text("mail-protocol"), letter.protocol.to_string()),
        (texts.text("mail-plan"), letter.plan.clone()),
        (texts.text("mail-order"), letter.code.clone()),
    ]
}

/// The day of the second before the end.
pub(super) fn last_day(voice: &Voice<'_>, letter: &CancelLetter) -> String {
    voice.dated().last_day(letter.effective_at)
}
