//! Why no plan can be changed now, and what can be done instead.

use crate::format::Calendar;
use crate::phrase;
use crate::text::Texts;
use crate::ui;
use leptos::prelude::*;
use types::place::buyer::Place;
use types::plan::{PlanOwner, PlanRefusal};

/// The reason, and one way on.
pub(crate) fn block(
    texts: Texts,
    owner: &PlanOwner,
    reason: PlanRefusal,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let words = words(texts, owner, reason, calendar);
    view! { <section class="card"><p>{words}</p>{instead(texts, owner, reason)}</section> }
}

fn words(texts: Texts, owner: &PlanOwner, reason: PlanRefusal, calendar: &Calendar) -> String {
    let end = calendar.day(owner.period_end);
    let key = match reason {
        PlanRefusal::NotASubscription => "change-refused-kind",
        PlanRefusal::Ended => "change-refused-ended",
        PlanRefusal::Ending => "change-refused-ending",
        PlanRefusal::PastDue => "change-refused-past-due",
        PlanRefusal::Paused => "change-refused-paused",
        PlanRefusal::NotPaid => "change-refused-not-paid",
        PlanRefusal::Disputed => "change-refused-disputed",
        PlanRefusal::Refund => "change-refused-refund",
        PlanRefusal::Renewing => "change-refused-renewing",
        PlanRefusal::UnderWay(_) => "change-refused-under-way",
        PlanRefusal::ProducerOnly => "change-refused-producer",
        PlanRefusal::NoTargets => "change-refused-none",
    };
    texts.with(key, &[("date", (&end).into()), ("producer", (&owner.producer.name).into())])
}

/// A change under way has its page; a card may be what is missing; for the rest the producer is asked.
fn instead(texts: Texts, owner: &PlanOwner, reason: PlanRefusal) -> AnyView {
    match reason {
        PlanRefusal::UnderWay(change) => {
            let address = Place::PlanChange { id: owner.subscription, change }.path();
            view! { <p>{ui::primary_link(&address, texts.text("change-follow"))}</p> }.into_any()
        }
        PlanRefusal::PastDue => {
            let address = Place::SubscriptionCard { id: owner.subscription }.path();
            view! { <p>{ui::primary_link(&address, texts.text("payment-pay-open"))}</p> }.into_any()
        }
        // The way back stands on the subscription's page, beside the day on which it ends.
        PlanRefusal::Ending => {
            let address = Place::Subscription { id: owner.subscription }.path();
            view! { <p>{ui::primary_link(&address, texts.text("alert-see-subscription"))}</p> }.into_any()
        }
        PlanRefusal::Renewing | PlanRefusal::NotPaid => ().into_any(),
        _ => phrase::contact(texts, &owner.producer, owner.code.as_str()).into_any(),
    }
}
