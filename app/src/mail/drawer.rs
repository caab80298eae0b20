//! To the buyer, because the producer asked for it: a link to a place of the order, and what the order opens.

use super::Voice;
use super::draft::Draft;
use portal::drawer::Content;
use types::LinkPlace;

/// Such a mail, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    let texts = voice.texts;
    let order = |code: &str| (texts.text("mail-order"), code.to_owned());
    match content {
        Content::Link { producer, code, items, place, link } => {
            let name = ("producer", producer.into());
            let (lead, button) = words(*place);
            Draft {
                subject: texts.with("mail-link-subject", &[name, ("code", code.into())]),
                lead: texts.with(lead, &[name]),
                facts: vec![order(code), (texts.text("mail-items"), items.join(", "))],
                button: Some((texts.text(button), link.clone())),
                notes: vec![texts.text("mail-link-safe")],
                footer: texts.with("mail-footer", &[name]),
                ..Draft::default()
            }
        }
        Content::Access { producer, code, items, link } => {
            let name = ("producer", producer.into());
            let fact = |(item, until, url): &(String, Option<types::Instant>, Option<String>)| {
                let until = match until {
                    Some(until) => {
                        texts.with("mail-opens-until", &[("date", (&voice.dated().last_day(*until)).into())])
                    }
                    None => texts.text("mail-opens"),
                };
                let url = url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
                (item.clone(), format!("{until}{url}"))
            };
            Draft {
                subject: texts.with("mail-opens-subject", &[name, ("code", code.into())]),
                lead: texts.text("mail-opens-lead"),
                facts: [order(code)].into_iter().chain(items.iter().map(fact)).collect(),
                button: Some((texts.text("mail-purchase-button"), link.clone())),
                footer: texts.with("mail-footer", &[name]),
                ..Draft::default()
            }
        }
    }
}

/// What it is for, and what stands on its button.
fn words(place: LinkPlace) -> (&'static str, &'static str) {
    match place {
        LinkPlace::Order => ("mail-link-order", "mail-link-order-button"),
        LinkPlace::Card => ("mail-link-card", "mail-link-card-button"),
        LinkPlace::Cancel => ("mail-link-cancel", "mail-link-cancel-button"),
        LinkPlace::Refund => ("mail-link-refund", "mail-link-refund-button"),
        LinkPlace::Plan => ("mail-link-plan", "mail-link-plan-button"),
    }
}
