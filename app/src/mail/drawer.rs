//! To the buyer, because the producer asked for it: what the order opens.

use super::Voice;
use super::draft::Draft;
use portal::drawer::Content;
use types::Instant;

/// Such a mail, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    let texts = voice.texts;
    let Content::Access { producer, code, items, link } = content;
    let name = ("producer", producer.into());
    let order = (texts.text("mail-order"), code.to_owned());
    Draft {
        subject: texts.with("mail-opens-subject", &[name, ("code", code.into())]),
        lead: texts.text("mail-opens-lead"),
        facts: [order].into_iter().chain(items.iter().map(|item| fact(voice, item))).collect(),
        button: Some((texts.text("mail-purchase-button"), link.clone())),
        footer: texts.with("mail-footer", &[name]),
        ..Draft::default()
    }
}

/// An item: until when it is open, and where.
fn fact(voice: &Voice<'_>, (item, until, url): &(String, Option<Instant>, Option<String>)) -> (String, String) {
    let until = match until {
        Some(until) => voice.texts.with("mail-opens-until", &[("date", (&voice.dated().last_day(*until)).into())]),
        None => voice.texts.text("mail-opens"),
    };
    let url = url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
    (item.clone(), format!("{until}{url}"))
}
