//! To the buyer: a link to a place of the order, which the producer sends.

use super::Voice;
use super::draft::Draft;
use portal::portal_link::Content;
use types::LinkPlace;

/// The mails with a made link, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    let Content::Link { producer, items, code, target, url } = content;
    let texts = voice.texts;
    let (lead, button) = match target {
        LinkPlace::Order => ("mail-portal-link-order", "mail-portal-link-order-button"),
        LinkPlace::Refund => ("mail-portal-link-refund", "mail-portal-link-refund-button"),
        LinkPlace::Cancel => ("mail-portal-link-cancel", "mail-portal-link-cancel-button"),
        LinkPlace::Card => ("mail-portal-link-card", "mail-portal-link-card-button"),
        LinkPlace::Plan => ("mail-portal-link-plan", "mail-portal-link-plan-button"),
    };
    let named = ("producer", producer.into());
    Draft {
        subject: texts.with("mail-portal-link-subject", &[named, ("code", code.into())]),
        lead: texts.text(lead),
        facts: vec![(texts.text("mail-order"), code.clone()), (texts.text("mail-items"), items.join(", "))],
        button: Some((texts.text(button), url.clone())),
        notes: vec![texts.text("mail-portal-link-note")],
        footer: texts.with("mail-footer", &[named]),
        ..Draft::default()
    }
}
