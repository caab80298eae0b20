//! How a subscription ends: when, the reasons that buyers choose from, and what is offered to them to stay.

mod rows;
mod view;

use super::Owner;
use super::buyers::{effect, effect_word};
use super::scope::{Scope, texts};
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::text::Texts;
use axum::response::Response;
use portal::Producer;
use portal::catalogue::offer;
use portal::policy::{CancelPolicy, Fault, Policy, faults};

/// The theme for all products, or for one.
pub(super) async fn show(Owner(producer): Owner, QueryFields(query): QueryFields) -> Result<Page, PageError> {
    let scope = Scope::of(&producer, query.one("product")).await?;
    let cancel = scope.policy(&producer).await?.cancel;
    page(&producer, &scope, &on_file(&cancel)).await
}

/// Takes effect, reasons and offers.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let scope = Scope::of(&producer, fields.one("product")).await?;
    let mut sheet = Sheet::typed(fields);
    let texts = texts(&producer);
    let Some(wanted) = read(&mut sheet, texts) else { return refused(page(&producer, &scope, &sheet).await?) };
    let edit = |policy: &mut Policy| policy.cancel = wanted.policy.clone();
    match scope.save(&producer, Theme::Cancel, edit).await? {
        Ok(saved) => Ok(saved),
        Err(faults) => {
            faults.iter().for_each(|fault| say(&mut sheet, texts, &wanted, fault));
            refused(page(&producer, &scope, &sheet).await?)
        }
    }
}

/// What would count with the form saved; the form with its mistakes when it cannot be.
pub(super) async fn unsaved(producer: &Producer, fields: Fields) -> Result<Result<Policy, Response>, PageError> {
    let scope = Scope::of(producer, fields.one("product")).await?;
    let mut sheet = Sheet::typed(fields);
    let texts = texts(producer);
    let wanted = read(&mut sheet, texts);
    let mut policy = scope.policy(producer).await?;
    if let Some(wanted) = &wanted {
        policy.cancel.clone_from(&wanted.policy);
        faults(&policy).iter().for_each(|fault| say(&mut sheet, texts, wanted, fault));
    }
    if sheet.is_right() { Ok(Ok(policy)) } else { refused(page(producer, &scope, &sheet).await?).map(Err) }
}

/// What was typed, and in which rows of the form each reason and each offer stands.
pub(super) struct Wanted {
    pub(super) policy: CancelPolicy,
    reasons: Vec<usize>,
    offers: Vec<usize>,
}

fn on_file(cancel: &CancelPolicy) -> Sheet {
    let sheet = Sheet::default().with("effect", effect_word(cancel.effect));
    let reasons = cancel.reasons.iter().enumerate();
    let sheet = reasons.fold(sheet, |sheet, (row, reason)| rows::with_reason(sheet, row, reason));
    let offers = cancel.retention.iter().enumerate();
    offers.fold(sheet, |sheet, (row, retention)| rows::with_offer(sheet, row, retention))
}

pub(super) fn read(sheet: &mut Sheet, texts: Texts) -> Option<Wanted> {
    let effect = effect(sheet, texts, "effect");
    let reasons = rows::reasons(sheet, texts);
    let offers = rows::offers(sheet, texts);
    if !sheet.is_right() {
        return None;
    }
    let (reason_rows, reasons) = reasons.into_iter().unzip();
    let (offer_rows, retention) = offers.into_iter().unzip();
    let policy = CancelPolicy { effect: effect?, reasons, retention };
    Some(Wanted { policy, reasons: reason_rows, offers: offer_rows })
}

/// Says beside its field what the rules refuse: `cancel.retention[0].offer.percent`.
fn say(sheet: &mut Sheet, texts: Texts, wanted: &Wanted, fault: &Fault) {
    let field = fault.field.strip_prefix("cancel.").unwrap_or_default();
    let (list, rest) = field.split_once('[').unwrap_or((field, ""));
    let (index, part) = rest.split_once(']').unwrap_or_default();
    let index: Option<usize> = index.parse().ok();
    let (rows, name) = if list == "reasons" { (&wanted.reasons, "reason") } else { (&wanted.offers, "offer") };
    let Some(row) = index.and_then(|index| rows.get(index)) else {
        return sheet.refuse(format!("{name}_0"), texts.text("settings-wrong-rows"));
    };
    let (end, words) = match (list, part) {
        ("reasons", ".code") => ("code", "settings-wrong-code-twice"),
        ("reasons", _) => ("pt", "settings-wrong-text"),
        (_, ".reason") => ("reason", "settings-wrong-offer-reason"),
        (_, ".offer.percent") => ("percent", "settings-wrong-percent"),
        (_, ".offer.cycles") => ("cycles", "settings-wrong-cycles"),
        _ => ("target", "settings-wrong-target"),
    };
    sheet.refuse(format!("{name}_{row}_{end}"), texts.text(words));
}

async fn page(producer: &Producer, scope: &Scope, sheet: &Sheet) -> Result<Page, PageError> {
    let offers = offer::list(producer.portal(), producer).await?;
    Ok(view::page(producer, scope, sheet, &offers))
}
