//! To the buyer: where a refund stands.

use super::Voice;
use super::draft::Draft;
use portal::refund::{AskAgain, Content, RefundLetter};
use types::Instant;

/// The mails about a refund, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Requested(refund) => requested(voice, refund),
        Content::Sent(refund) => sent(voice, refund),
        Content::Settled(refund) => settled(voice, refund),
        Content::Failed { refund, again } => failed(voice, refund, *again),
        Content::Asked { refund, answer_by } => asked(voice, refund, *answer_by),
        Content::Given { refund, reason } => given(voice, refund, reason.as_deref()),
        Content::Approved(refund) => approved(voice, refund),
        Content::Declined { refund, reason } => declined(voice, refund, reason.as_deref()),
        Content::Withdrawn(refund) => withdrawn(voice, refund),
        Content::PayeeNeeded(refund) => payee_needed(voice, refund),
        Content::PayeePage { refund, waits_since } => payee_page(voice, refund, *waits_since),
        Content::ProducerAsked { refund, buyer, message, answer_by, url, is_late } => {
            let request =
                super::producer::RefundRequest { buyer, message, answer_by: *answer_by, url, is_late: *is_late };
            super::producer::refund_asked(voice, refund, &request)
        }
        Content::ProducerFailed { refund, reason, buyer } => {
            super::producer::refund_failed(voice, refund, reason, buyer)
        }
        Content::ProducerByHand { refund, gateway, buyer } => {
            super::producer::refund_by_hand(voice, refund, gateway, buyer)
        }
        Content::ProducerNotDone { refund, gateway, buyer, since } => {
            super::producer::refund_not_done(voice, refund, gateway, buyer, *since)
        }
    }
}

/// We have it.
pub(super) fn requested(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    let lead = if refund.is_by_hand { "mail-refund-requested-lead-by-hand" } else { "mail-refund-requested-lead" };
    about(voice, refund, "mail-refund-requested-subject", lead)
}

/// The gateway has it.
pub(super) fn sent(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-sent-subject", "mail-refund-sent-lead")
}

/// The money is back.
pub(super) fn settled(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-settled-subject", "mail-refund-settled-lead")
}

/// The bank sent it back.
pub(super) fn failed(voice: &Voice<'_>, refund: &RefundLetter, again: AskAgain) -> Draft {
    let texts = voice.texts;
    let draft = about(voice, refund, "mail-refund-failed-subject", "mail-refund-failed-lead");
    let again = match again {
        AskAgain::Until(until) => {
            let deadline = voice.dated().deadline(until);
            Some(texts.with("mail-refund-failed-again", &[("deadline", (&deadline).into())]))
        }
        AskAgain::OfProducer => Some(texts.with("mail-refund-failed-ask", &[("producer", (&refund.producer).into())])),
        AskAgain::No => None,
    };
    let access = texts.text("mail-refund-failed-access");
    Draft { notes: went_back(voice, refund).into_iter().chain([access]).chain(again).collect(), ..draft }
}

/// What went back all the same of a refund that failed in part.
pub(super) fn went_back(voice: &Voice<'_>, refund: &RefundLetter) -> Vec<String> {
    let words = |back| voice.texts.with("mail-refund-went-back", &[("amount", (&voice.money(back)).into())]);
    refund.back.map(words).into_iter().collect()
}

/// Say where the money is to go.
pub(super) fn payee_needed(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-payee-subject", "mail-refund-payee-lead")
}

/// Say it on a page of the gateway's own, to which the order leads.
pub(super) fn payee_page(voice: &Voice<'_>, refund: &RefundLetter, waits_since: Option<Instant>) -> Draft {
    let texts = voice.texts;
    let (subject, lead, since) = match waits_since {
        None => ("mail-refund-payee-page-subject", "mail-refund-payee-page-lead", String::new()),
        Some(at) => {
            ("mail-refund-payee-page-again-subject", "mail-refund-payee-page-again-lead", voice.calendar(at).date(at))
        }
    };
    let draft = about_until(voice, refund, subject, lead, &since);
    let button = Some((texts.text("mail-refund-payee-page-button"), refund.order_link.clone()));
    Draft { button, notes: vec![texts.text("mail-refund-payee-page-note")], ..draft }
}

/// The producer decides, by then.
pub(super) fn asked(voice: &Voice<'_>, refund: &RefundLetter, answer_by: Instant) -> Draft {
    let deadline = voice.calendar(answer_by).deadline(answer_by);
    about_until(voice, refund, "mail-refund-asked-subject", "mail-refund-asked-lead", &deadline)
}

/// The producer gives it unasked.
pub(super) fn given(voice: &Voice<'_>, refund: &RefundLetter, reason: Option<&str>) -> Draft {
    let title = voice.texts.with("mail-refund-given-reason", &[("producer", (&refund.producer).into())]);
    let lead = if refund.is_by_hand { "mail-refund-given-lead-by-hand" } else { "mail-refund-given-lead" };
    let draft = about(voice, refund, "mail-refund-given-subject", lead);
    Draft { quote: reason.map(|reason| (title, reason.to_owned())), ..draft }
}

/// The producer agreed.
pub(super) fn approved(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    let lead = if refund.is_by_hand { "mail-refund-approved-lead-by-hand" } else { "mail-refund-approved-lead" };
    about(voice, refund, "mail-refund-approved-subject", lead)
}

/// The producer said no.
pub(super) fn declined(voice: &Voice<'_>, refund: &RefundLetter, reason: Option<&str>) -> Draft {
    let title = voice.texts.with("mail-refund-declined-reason", &[("producer", (&refund.producer).into())]);
    let draft = about(voice, refund, "mail-refund-declined-subject", "mail-refund-declined-lead");
    Draft { quote: reason.map(|reason| (title, reason.to_owned())), ..draft }
}

/// The buyer took it back.
pub(super) fn withdrawn(voice: &Voice<'_>, refund: &RefundLetter) -> Draft {
    about(voice, refund, "mail-refund-withdrawn-subject", "mail-refund-withdrawn-lead")
}

fn about(voice: &Voice<'_>, refund: &RefundLetter, subject: &str, lead: &str) -> Draft {
    about_until(voice, refund, subject, lead, "")
}

/// The same for words that name a deadline.
fn about_until(voice: &Voice<'_>, refund: &RefundLetter, subject: &str, lead: &str, deadline: &str) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(refund.amount);
    let producer = ("producer", (&refund.producer).into());
    let (amount, deadline) = (("amount", (&amount).into()), ("deadline", deadline.into()));
    let values = [amount, deadline, ("protocol", refund.protocol.as_str().into()), producer];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: facts(voice, refund),
        button: Some((texts.text("mail-refund-button"), refund.order_link.clone())),
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}

/// Number, amount, order and items.
pub(super) fn facts(voice: &Voice<'_>, refund: &RefundLetter) -> Vec<(String, String)> {
    let texts = voice.texts;
    let mut facts = vec![
        (texts.text("mail-protocol"), refund.protocol.to_string()),
        (texts.text("mail-amount"), voice.money(refund.amount)),
        (texts.text("mail-order"), refund.code.clone()),
    ];
    // An amount that the producer gives is for no item.
    if !refund.items.is_empty() {
        facts.push((texts.text("mail-items"), refund.items.join(", ")));
    }
    facts
}
