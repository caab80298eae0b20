//! To the buyer: what happened to the plan.

use super::Voice;
use super::draft::Draft;
use crate::phrase;
use portal::plan::{Content, PlanLetter};

/// The mails about a change of plan, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Changed(letter) => changed(voice, letter),
        Content::Scheduled(letter) => scheduled(voice, letter),
        Content::Undone(letter) => undone(voice, letter),
        Content::PaidBack(letter) => paid_back(voice, letter),
        Content::ProducerNext { code, plan, begins_at, is_back, buyer, reason } => {
            super::producer::next_plan(voice, code, (plan, *is_back), *begins_at, buyer, reason)
        }
        Content::ProducerNotReturned { code, plan, amount, buyer, reason } => {
            super::producer::plan_not_returned(voice, code, plan, *amount, buyer, reason)
        }
    }
}

/// The new plan is there.
pub(super) fn changed(voice: &Voice<'_>, letter: &PlanLetter) -> Draft {
    about(voice, letter, "mail-plan-changed-subject", "mail-plan-changed-lead")
}

/// It waits for the renewal.
pub(super) fn scheduled(voice: &Voice<'_>, letter: &PlanLetter) -> Draft {
    about(voice, letter, "mail-plan-scheduled-subject", "mail-plan-scheduled-lead")
}

/// It was taken back: the plan that will not come is named once, and has no price any more.
pub(super) fn undone(voice: &Voice<'_>, letter: &PlanLetter) -> Draft {
    let order = (voice.texts.text("mail-order"), letter.code.clone());
    Draft { facts: vec![order], ..about(voice, letter, "mail-plan-undone-subject", "mail-plan-undone-lead") }
}

/// Its money came when the subscription was over.
pub(super) fn paid_back(voice: &Voice<'_>, letter: &PlanLetter) -> Draft {
    let texts = voice.texts;
    let facts = [("mail-order", letter.code.clone()), ("mail-plan-back", amount(voice, letter))];
    Draft {
        facts: facts.map(|(name, value)| (texts.text(name), value)).into(),
        notes: vec![texts.text("mail-plan-back-when")],
        ..about(voice, letter, "mail-plan-back-subject", "mail-plan-back-lead")
    }
}

fn amount(voice: &Voice<'_>, letter: &PlanLetter) -> String {
    letter.paid.map(|paid| voice.money(paid)).unwrap_or_default()
}

fn about(voice: &Voice<'_>, letter: &PlanLetter, subject: &str, lead: &str) -> Draft {
    let texts = voice.texts;
    let (date, amount) = (voice.dated().day(letter.begins_at), amount(voice, letter));
    let producer = ("producer", (&letter.producer).into());
    let (plan, old) = (("plan", (&letter.plan).into()), ("old", (&letter.from).into()));
    let values = [plan, old, ("date", (&date).into()), ("amount", (&amount).into()), producer];
    Draft {
        subject: texts.with(subject, &values),
        lead: texts.with(lead, &values),
        facts: facts(voice, letter),
        button: Some((texts.text("mail-plan-button"), letter.link.clone())),
        notes: vec![texts.with("mail-plan-not-you", &[producer])],
        footer: texts.with("mail-footer", &[producer]),
        ..Draft::default()
    }
}

fn facts(voice: &Voice<'_>, letter: &PlanLetter) -> Vec<(String, String)> {
    let texts = voice.texts;
    let paid = letter.paid.map(|paid| {
        let amount = voice.money(paid);
        match letter.installments {
            1 => amount,
            count => texts.with("mail-plan-in-installments", &[("amount", (&amount).into()), ("count", count.into())]),
        }
    });
    let next = letter.next_charge_at.map(|at| voice.dated().day(at));
    let facts = [
        Some((texts.text("mail-order"), letter.code.clone())),
        Some((texts.text("mail-plan-plan"), letter.plan.clone())),
        Some((texts.text("mail-plan-price"), phrase::price(texts, letter.price))),
        paid.map(|paid| (texts.text("mail-plan-paid"), paid)),
        next.map(|next| (texts.text("mail-plan-next"), next)),
    ];
    facts.into_iter().flatten().collect()
}
