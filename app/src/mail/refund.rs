//! To the buyer: where a refund stands.

use super::Voice;
use super::draft::Draft;
use portal::message::RefundLetter;

/// We have it.
pub fn requested(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-requested-subject", "mail-refund-requested-lead")
}

/// The gateway has it.
pub fn sent(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-sent-subject", "mail-refund-sent-lead")
}

/// The money is back.
pub fn settled(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-settled-subject", "mail-refund-settled-lead")
}

/// The bank sent it back.
pub fn failed(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-failed-subject", "mail-refund-failed-lead")
}

fn about(voice: &Voice<'_>, refund: &RefundLetter, subject: &str, lead: &str) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(refund.amount);
    let seller = ("seller", (&refund.seller).into());
    let values = [("amount", (&amount).into()), ("protocol", refund.protocol.as_str().into()), seller];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: facts(voice, refund),
        button: Some((texts.text("mail-refund-button"), refund.order_link.clone())),
        footer: texts.with("mail-footer", &[seller]),
        ..Draft::default()
    }
}

/// Number, amount, order and items.
pub fn facts(voice: &Voice<'_>, refund: &RefundLetter) -> Vec<(String, String)> {
    let texts = voice.texts;
    vec![
        (texts.text("mail-protocol"), refund.protocol.to_string()),
        (texts.text("mail-amount"), voice.money(refund.amount)),
        (texts.text("mail-order"), refund.code.clone()),
        (texts.text("mail-items"), refund.items.join(", ")),
    ]
}
