//! Which plan may be changed to which: a row for each plan, and in it a box for each plan that buyers may choose
//! instead, with what they will see.

use super::Owner;
use super::scope::{problem, texts};
use super::sheet::Sheet;
use super::theme::Theme;
use crate::fields::Fields;
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::{phrase, ui};
use axum::response::Response;
use leptos::prelude::*;
use portal::catalogue::offer::{Offer, list, set_targets};
use portal::catalogue::{self};
use portal::policy::{self, Effect, PlanPolicy};
use portal::{Producer, again};
use std::collections::BTreeMap;
use types::Code;
use types::place::producer::Place;
use types::plan::PlanPrice;

/// What the boxes of a plan's row begin with, before its code.
const TARGET: &str = "target_";
/// The plans that a form shows: only their rows are written.
const SHOWN: &str = "shown";

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    let offers = plans(&producer).await?;
    let policies = policies(&producer, &offers).await?;
    Ok(page(&producer, &offers, &policies))
}

/// What counts for the plans of each product that has some.
async fn policies(producer: &Producer, offers: &[Offer]) -> Result<BTreeMap<Code, PlanPolicy>, PageError> {
    let mut policies = BTreeMap::new();
    for offer in offers {
        if !policies.contains_key(&offer.product) {
            let policy = policy::get(producer.portal(), producer, Some(&offer.product)).await.map_err(problem)?;
            policies.insert(offer.product.clone(), policy.plan);
        }
    }
    Ok(policies)
}

/// Takes the boxes. What a plan may be changed to beside the plans that were shown stays behind them.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let known = plans(&producer).await?;
    let code = |text: &str| Code::parse(text).map_err(|_| PageError::NotFound);
    let shown: Vec<Code> = fields.all(SHOWN).map(code).collect::<Result<_, _>>()?;
    let mut wanted = Vec::with_capacity(shown.len());
    for origin in &shown {
        let offer = known.iter().find(|offer| offer.code == *origin).ok_or(PageError::NotFound)?;
        let chosen: Vec<Code> = fields.all(&format!("{TARGET}{origin}")).map(code).collect::<Result<_, _>>()?;
        wanted.push((origin.clone(), targets(offer, &shown, chosen)));
    }
    match again!(set_targets(producer.portal(), &producer, &wanted).await) {
        Ok(()) => Ok(lead_saying(Place::SettingsPlans, "said-settings-saved")),
        Err(catalogue::Error::UnknownOffer) => Err(PageError::NotFound),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Internal),
    }
}

/// The plans chosen, in the order in which they stood before; new ones behind them, and last what the form did not
/// show.
fn targets(offer: &Offer, shown: &[Code], chosen: Vec<Code>) -> Vec<Code> {
    let before = &offer.change_targets;
    let kept = before.iter().filter(|code| chosen.contains(code) || !shown.contains(code)).cloned();
    let mut targets: Vec<Code> = kept.collect();
    targets.extend(chosen.into_iter().filter(|code| !before.contains(code)));
    targets
}

/// The offers that renew: only a subscription has a plan.
async fn plans(producer: &Producer) -> Result<Vec<Offer>, PageError> {
    let mut offers = list(producer.portal(), producer).await?;
    offers.retain(|offer| offer.interval.is_some());
    Ok(offers)
}

fn page(producer: &Producer, offers: &[Offer], policies: &BTreeMap<Code, PlanPolicy>) -> Page {
    let texts = texts(producer);
    let rows = offers.iter().filter_map(|origin| Some(row(texts, origin, offers, policies.get(&origin.product)?)));
    let rows: Vec<_> = rows.collect();
    let body = if rows.is_empty() {
        view! { <p class="card settings">{texts.text("settings-plans-none")}</p> }.into_any()
    } else {
        view! {
            <form class="settings" method="post" action=Place::SettingsPlans.path()>
                {rows}
                {ui::submit(texts.text("settings-save"))}
            </form>
        }
        .into_any()
    };
    Theme::Plans.page(producer, &Sheet::default(), body)
}

/// A plan and what it may be changed to.
fn row(texts: Texts, origin: &Offer, offers: &[Offer], policy: &PlanPolicy) -> impl IntoView + use<> {
    let others = offers.iter().filter(|target| target.code != origin.code);
    let others = others.filter(|target| target.price.currency == origin.price.currency);
    let boxes: Vec<_> = others.map(|target| target_box(texts, origin, target, policy)).collect();
    let none = boxes.is_empty().then(|| view! { <p class="help">{texts.text("settings-plans-alone")}</p> });
    let off = (!policy.change).then(|| {
        let link = view! { <a href=Theme::Buyers.place().path()>{texts.text("settings-buyers")}</a> };
        view! { <p class="help">{texts.text("settings-plans-off")}" "{link}</p> }
    });
    view! {
        <fieldset class="card">
            <legend>{name(texts, origin)}</legend>
            <input type="hidden" name=SHOWN value=origin.code.to_string()/>
            {off}
            {none}
            {boxes}
        </fieldset>
    }
}

fn target_box(texts: Texts, origin: &Offer, target: &Offer, policy: &PlanPolicy) -> impl IntoView + use<> {
    let (field, value) = (format!("{TARGET}{}", origin.code), target.code.to_string());
    let is_on = origin.change_targets.contains(&target.code);
    let (before, after) = (origin.price.amount, target.price.amount);
    // As the change itself is decided: as dear counts as dearer, and what costs nothing waits.
    let effect = if after >= before { policy.upgrade } else { policy.downgrade };
    let effect = match effect {
        Effect::Now if after > 0 => "settings-plans-now",
        Effect::Now | Effect::PeriodEnd => "settings-plans-renewal",
    };
    view! {
        <label class="choice">
            <input type="checkbox" name=field value=value checked=is_on/>
            <span><strong>{name(texts, target)}</strong><small>{texts.text(effect)}</small></span>
        </label>
    }
}

fn name(texts: Texts, offer: &Offer) -> String {
    let price = offer.interval.map(|interval| PlanPrice { amount: offer.price, interval });
    let price = price.map(|price| phrase::price(texts, price)).unwrap_or_default();
    format!("{} · {price}", offer.name)
}
