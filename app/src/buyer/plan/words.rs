//! Phrases that the pages of a change of plan share.

use crate::format::Calendar;
use crate::phrase;
use crate::text::Texts;
use leptos::prelude::*;
use types::place::buyer::Place;
use types::plan::{PlanOwner, ScheduledPlan};
use types::view::SubscriptionView;
use types::{QuoteId, SubscriptionId};

/// `Clube Luz mensal, R$ 49,90 por mês`.
pub(crate) fn plan_now(texts: Texts, owner: &PlanOwner) -> String {
    let price = phrase::price(texts, owner.price);
    texts.with("change-current", &[("plan", (&owner.plan).into()), ("price", (&price).into())])
}

/// What begins with the next period: said on the pages of the order, the home page and the plans.
pub(crate) fn scheduled(texts: Texts, scheduled: &ScheduledPlan, calendar: &Calendar) -> String {
    let (date, price) = (calendar.day(scheduled.at), phrase::price(texts, scheduled.price));
    let values = [("date", (&date).into()), ("plan", (&scheduled.plan).into()), ("price", (&price).into())];
    texts.with("change-scheduled-words", &values)
}

/// The same with the way to take it back, on the pages of what it is about: the buyer chose it, it is no warning.
pub(crate) fn scheduled_part(
    texts: Texts,
    plan: &SubscriptionView,
    calendar: &Calendar,
) -> Option<impl IntoView + use<>> {
    let change = plan.scheduled.as_ref()?;
    let (words, undo) = (scheduled(texts, change, calendar), undo(texts, plan.id, change.id));
    Some(view! { <div class="scheduled"><p class="state calm">{words}</p>{undo}</div> })
}

/// The button that takes a scheduled change back.
pub(crate) fn undo(texts: Texts, subscription: SubscriptionId, change: QuoteId) -> impl IntoView + use<> {
    view! {
        <form method="post" action=Place::PlanUndo { id: subscription }.path()>
            <input type="hidden" name="change" value=change.to_string()/>
            <button class="button">{texts.text("change-undo")}</button>
        </form>
    }
}

/// The way back to what the plan is of.
pub(crate) fn back(texts: Texts, owner: &PlanOwner) -> impl IntoView + use<> {
    let address = Place::Subscription { id: owner.subscription }.path();
    view! { <p><a href=address>{texts.text("cancel-back")}</a></p> }
}
