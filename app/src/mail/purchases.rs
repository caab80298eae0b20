//! To the buyer: the order is paid; here is its order link.

use super::Voice;
use super::draft::Draft;
use portal::purchases::Content;
use types::{Instant, Money};

/// The mails about a purchase, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Purchase { producer, items, total, is_free, code, order_link, refundable_until } => {
            let bought = Bought { producer, items, total: *total, is_free: *is_free, code, order_link };
            purchase(voice, &bought, *refundable_until)
        }
    }
}

/// What was bought.
pub(super) struct Bought<'a> {
    pub producer: &'a str,
    pub items: &'a [String],
    pub total: Money,
    pub is_free: bool,
    pub code: &'a str,
    pub order_link: &'a str,
}

fn purchase(voice: &Voice<'_>, bought: &Bought<'_>, refundable_until: Option<Instant>) -> Draft {
    let texts = voice.texts;
    let producer = ("producer", bought.producer.into());
    let refundable = refundable_until.map(|until| {
        let deadline = voice.dated().deadline(until);
        texts.with("mail-purchase-refundable", &[("deadline", (&deadline).into())])
    });
    Draft {
        subject: texts.with("mail-purchase-subject", &[producer, ("code", bought.code.into())]),
        lead: texts.text(if bought.is_free { "mail-purchase-free" } else { "mail-purchase-lead" }),
        facts: vec![
            (texts.text("mail-order"), bought.code.to_owned()),
            (texts.text("mail-items"), bought.items.join(", ")),
            (texts.text("mail-total"), voice.money(bought.total)),
        ],
        button: Some((texts.text("mail-purchase-button"), bought.order_link.to_owned())),
        notes: refundable.into_iter().collect(),
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}
