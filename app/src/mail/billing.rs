//! To the buyer: what is charged, what was not, and what to do.

use super::Voice;
use super::draft::Draft;
use crate::phrase;
use portal::billing::{ChargeLetter, Content, Outlook};
use types::view::CardView;
use types::{DeclineReason, Instant, Method};

/// The mails about a charge, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::ChargeFailed { charge, reason, outlook, has_card } => {
            failed(voice, charge, *reason, *outlook, *has_card)
        }
        Content::ChargeRecovered(charge) => recovered(voice, charge),
        Content::RenewalAhead { charge, at, card } => renewal(voice, charge, *at, card.as_ref()),
        Content::SlipIssued { charge, method, code, until, replaces } => {
            slip(voice, charge, (*method, code), *until, *replaces)
        }
        Content::Surplus(charge) => surplus(voice, charge),
        Content::ProducerSurplus { charge, buyer, reference } => {
            super::producer::surplus(voice, charge, buyer, reference, facts(voice, charge))
        }
    }
}

/// A charge failed.
pub(super) fn failed(
    voice: &Voice<'_>,
    charge: &ChargeLetter,
    reason: DeclineReason,
    outlook: Outlook,
    has_card: bool,
) -> Draft {
    let texts = voice.texts;
    let calendar = voice.dated();
    let day = |at: Instant| calendar.day(at);
    let next = match outlook {
        Outlook::Again { at, access_until } => vec![
            texts.with(
                if has_card { "mail-charge-again" } else { "mail-charge-again-slip" },
                &[("day", (&day(at)).into())],
            ),
            texts.with("mail-charge-access-until", &[("day", (&day(access_until)).into())]),
        ],
        Outlook::Suspended if has_card => vec![texts.text("mail-charge-suspended")],
        Outlook::Suspended => vec![texts.text("mail-charge-suspended-slip")],
        Outlook::Ended if has_card => vec![texts.text("mail-charge-ended")],
        Outlook::Ended => vec![texts.text("mail-charge-ended-slip")],
    };
    let button = match (outlook, has_card) {
        (Outlook::Ended, _) | (_, false) => (texts.text("mail-charge-order-button"), charge.order_link.clone()),
        _ => (texts.text("mail-charge-card-button"), charge.card_link.clone()),
    };
    if !has_card {
        // Nobody tried to charge, and no bank refused: what was to be paid was not.
        let about = about(voice, charge, "mail-charge-unpaid-subject", "mail-charge-unpaid-lead");
        return Draft { button: Some(button), notes: next, ..about };
    }
    let why = phrase::decline(texts, reason);
    Draft {
        facts: with_fact(facts(voice, charge), texts.text("mail-charge-reason"), why),
        button: Some(button),
        notes: next,
        ..about(voice, charge, "mail-charge-failed-subject", "mail-charge-failed-lead")
    }
}

/// What had failed is paid.
pub(super) fn recovered(voice: &Voice<'_>, charge: &ChargeLetter) -> Draft {
    let button = Some((voice.texts.text("mail-charge-order-button"), charge.order_link.clone()));
    Draft { button, ..about(voice, charge, "mail-charge-recovered-subject", "mail-charge-recovered-lead") }
}

/// Money came although nothing was owed.
fn surplus(voice: &Voice<'_>, charge: &ChargeLetter) -> Draft {
    let texts = voice.texts;
    let producer = [("producer", (&charge.producer).into())];
    Draft {
        button: Some((texts.text("mail-charge-order-button"), charge.order_link.clone())),
        notes: vec![texts.with("mail-surplus-next", &producer)],
        ..about(voice, charge, "mail-surplus-subject", "mail-surplus-lead")
    }
}

/// A renewal is near.
pub(super) fn renewal(voice: &Voice<'_>, charge: &ChargeLetter, at: Instant, card: Option<&CardView>) -> Draft {
    let texts = voice.texts;
    let day = voice.dated().day(at);
    let amount = voice.money(charge.amount);
    let values = [("amount", (&amount).into()), ("day", (&day).into()), ("title", (&charge.title).into())];
    let facts = facts(voice, charge);
    let facts = match card {
        Some(card) => with_fact(facts, texts.text("mail-charge-card"), phrase::card(texts, card)),
        None => facts,
    };
    Draft {
        subject: texts.with("mail-renewal-subject", &values),
        lead: texts.with("mail-renewal-lead", &values),
        facts,
        button: Some((texts.text("mail-renewal-button"), charge.order_link.clone())),
        notes: vec![texts.text("mail-renewal-cancel")],
        footer: texts.with("mail-footer", &[("producer", (&charge.producer).into())]),
        ..Draft::default()
    }
}

/// A boleto or Pix to pay. Its button leads to our page of it, which has the picture too and knows whether it is paid.
pub(super) fn slip(
    voice: &Voice<'_>,
    charge: &ChargeLetter,
    (method, code): (Method, &str),
    until: Instant,
    replaces: bool,
) -> Draft {
    let texts = voice.texts;
    let of = |pix, boleto| if method == Method::Pix { pix } else { boleto };
    let subject = of("mail-slip-pix-subject", "mail-slip-boleto-subject");
    let lead = match replaces {
        false => of("mail-slip-pix-lead", "mail-slip-boleto-lead"),
        true => of("mail-slip-pix-again", "mail-slip-boleto-again"),
    };
    let button = of("mail-slip-pix-button", "mail-slip-boleto-button");
    let help = of("mail-slip-pix-code", "mail-slip-boleto-code");
    let deadline = voice.dated().deadline(until);
    Draft {
        facts: with_fact(facts(voice, charge), texts.text("mail-slip-until"), deadline),
        button: Some((texts.text(button), charge.card_link.clone())),
        code: Some((texts.text(help), code.to_owned())),
        notes: vec![texts.text("mail-slip-note")],
        ..about(voice, charge, subject, lead)
    }
}

fn about(voice: &Voice<'_>, charge: &ChargeLetter, subject: &str, lead: &str) -> Draft {
    let texts = voice.texts;
    let amount = voice.money(charge.amount);
    let values = [("amount", (&amount).into()), ("title", (&charge.title).into())];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: facts(voice, charge),
        footer: texts.with("mail-footer", &[("producer", (&charge.producer).into())]),
        ..Draft::default()
    }
}

fn facts(voice: &Voice<'_>, charge: &ChargeLetter) -> Vec<(String, String)> {
    let texts = voice.texts;
    vec![
        (texts.text("mail-charge-title"), charge.title.clone()),
        (texts.text("mail-amount"), voice.money(charge.amount)),
        (texts.text("mail-order"), charge.code.clone()),
    ]
}

fn with_fact(mut facts: Vec<(String, String)>, name: String, value: String) -> Vec<(String, String)> {
    facts.push((name, value));
    facts
}
