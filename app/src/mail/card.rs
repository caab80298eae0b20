//! To the buyer: cards and ways to pay.

use super::Voice;
use super::draft::Draft;
use crate::format::card_expiry;
use crate::phrase;
use portal::card::{Content, PaymentLetter};
use types::Instant;

/// The mails about a way to pay, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Changed { payment, at } => changed(voice, payment, *at),
        Content::MethodChanged(payment) => method_changed(voice, payment),
        Content::Expiring(payment) => expiring(voice, payment),
    }
}

/// Another card is on file.
pub(super) fn changed(voice: &Voice<'_>, payment: &PaymentLetter, at: Instant) -> Draft {
    let texts = voice.texts;
    let card = card(voice, payment);
    let producer = ("producer", (&payment.producer).into());
    let values = [("title", (&payment.title).into()), ("card", (&card).into())];
    let mut facts = facts(voice, payment);
    facts.push((texts.text("mail-card-when"), voice.calendar(at).moment(at)));
    Draft {
        subject: texts.with("mail-card-changed-subject", &values),
        lead: texts.with("mail-card-changed-lead", &values),
        facts,
        button: Some((texts.text("mail-card-button"), payment.link.clone())),
        notes: vec![texts.with("mail-card-not-you", &[producer])],
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}

/// It is paid in another way from now on.
pub(super) fn method_changed(voice: &Voice<'_>, payment: &PaymentLetter) -> Draft {
    let texts = voice.texts;
    let method = phrase::method(texts, payment.method);
    let producer = ("producer", (&payment.producer).into());
    let values = [("title", (&payment.title).into()), ("method", (&method).into())];
    Draft {
        subject: texts.with("mail-method-changed-subject", &values),
        lead: texts.with("mail-method-changed-lead", &values),
        facts: facts(voice, payment),
        button: Some((texts.text("mail-card-button"), payment.link.clone())),
        notes: vec![texts.with("mail-card-not-you", &[producer])],
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}

/// The card on file expires next month.
pub(super) fn expiring(voice: &Voice<'_>, payment: &PaymentLetter) -> Draft {
    let texts = voice.texts;
    let card = card(voice, payment);
    let expiry = payment.card.as_ref().map(|card| card_expiry(card.exp_month, card.exp_year)).unwrap_or_default();
    let values = [("title", (&payment.title).into()), ("card", (&card).into()), ("expiry", (&expiry).into())];
    Draft {
        subject: texts.with("mail-card-expiring-subject", &values),
        lead: texts.with("mail-card-expiring-lead", &values),
        facts: facts(voice, payment),
        button: Some((texts.text("mail-card-expiring-button"), payment.link.clone())),
        footer: texts.with("mail-footer", &[("producer", (&payment.producer).into())]),
        ..Draft::default()
    }
}

fn card(voice: &Voice<'_>, payment: &PaymentLetter) -> String {
    let card = payment.card.as_ref().map(|card| phrase::card(voice.texts, card));
    card.unwrap_or_else(|| phrase::method(voice.texts, payment.method))
}

fn facts(voice: &Voice<'_>, payment: &PaymentLetter) -> Vec<(String, String)> {
    let texts = voice.texts;
    let (name, value) = match &payment.card {
        Some(of_card) => ("mail-card-card", phrase::card(texts, of_card)),
        None => ("mail-card-method", phrase::method(texts, payment.method)),
    };
    vec![
        (texts.text("mail-card-plan"), payment.title.clone()),
        (texts.text(name), value),
        (texts.text("mail-order"), payment.code.clone()),
    ]
}
