//! What happens, when, and how much; and the button that makes it happen.

use super::payee::{self, Typed};
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Facts};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{PaybackView, RefundPreview};
use types::{Instant, Method, RequestId};

/// The page. The form carries its own number: pressed twice, it is one request.
pub(crate) fn page(texts: Texts, seen: &RefundPreview, request: RequestId, typed: &Typed, now: Instant) -> Page {
    let order = &seen.order;
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let amount = phrase::money(texts, seen.amount);
    let items =
        seen.chosen.iter().map(|id| view! { <input type="hidden" name="item" value=id.to_string()/> }).collect_view();
    let payee = seen.needs_payee.then(|| payee::fieldset(texts, typed));
    let title = texts.text("preview-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), payee::errors(texts, typed))}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=Place::Refund { handle: &order.handle }.path() novalidate>
            <p class="amount"><span>{texts.text("preview-amount")}</span><strong>{amount.clone()}</strong></p>
            {ui::facts(facts(texts, seen, &calendar))}
            <input type="hidden" name="request" value=request.to_string()/>
            {items}
            {payee}
            <div class="row">
                {ui::submit(texts.with("preview-confirm", &[("amount", (&amount).into())]))}
                {ui::link_button(&Place::Order { handle: &order.handle }.path(), texts.text("preview-keep"))}
            </div>
        </form>
    };
    Page::new(title, body).of_seller(&order.producer)
}

fn facts(texts: Texts, seen: &RefundPreview, calendar: &Calendar) -> Facts {
    let deadline = calendar.deadline(seen.until);
    let until = texts.with("preview-until-text", &[("deadline", (&deadline).into())]);
    let words = |here: &str, by_hand: &str| {
        texts.with(if seen.is_by_hand { by_hand } else { here }, &[("producer", (&seen.order.producer.name).into())])
    };
    let cancels = seen.cancels_subscription.then(|| words("preview-cancels", "preview-cancels-by-hand"));
    let stops =
        seen.stops_installments.then(|| words("preview-stops-installments", "preview-stops-installments-by-hand"));
    Facts::new()
        .with(texts.text("preview-items"), names(seen))
        .with(texts.text("preview-method"), ways(texts, seen, calendar))
        .with(texts.text("preview-when"), when(texts, seen))
        .with_some(texts.text("preview-access"), access(texts, seen))
        .with_some(texts.text("preview-subscription"), cancels)
        .with_some(texts.text("preview-installments"), stops)
        .with(texts.text("preview-until"), until)
}

fn names(seen: &RefundPreview) -> String {
    let chosen = seen.order.items.iter().filter(|item| seen.chosen.contains(&item.id));
    chosen.map(|item| item.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// How the money comes back: by each payment it was made with.
fn ways(texts: Texts, seen: &RefundPreview, calendar: &Calendar) -> AnyView {
    if let [only] = seen.parts.as_slice() {
        return method(texts, seen, only).into_any();
    }
    let way = |part: &PaybackView| {
        let (amount, way) = (phrase::money(texts, part.amount), method(texts, seen, part));
        let date = part.paid_at.map(|at| calendar.date(at)).unwrap_or_default();
        let values = [("amount", (&amount).into()), ("date", (&date).into()), ("way", (&way).into())];
        view! { <p>{texts.with("preview-method-part", &values)}</p> }
    };
    seen.parts.iter().map(way).collect_view().into_any()
}

fn method(texts: Texts, seen: &RefundPreview, part: &PaybackView) -> String {
    match (part.method, &part.card) {
        (Method::Card, Some(card)) => {
            texts.with("preview-method-this-card", &[("card", (&phrase::card(texts, card)).into())])
        }
        (Method::Card, None) => texts.text("preview-method-card"),
        (Method::Pix, _) => texts.text("preview-method-pix"),
        // Whoever pays by hand asks for the account too: no form of ours does.
        (Method::Boleto, _) if seen.is_by_hand && !seen.needs_payee => {
            texts.with("preview-method-boleto-by-hand", &[("producer", (&seen.order.producer.name).into())])
        }
        (Method::Boleto, _) => texts.text("preview-method-boleto"),
        (Method::Other, _) => texts.text("preview-method-other"),
    }
}

/// How long the bank takes, once for each way.
fn when(texts: Texts, seen: &RefundPreview) -> impl IntoView + use<> {
    let of = |part: &PaybackView| {
        let (least, most) = part.bank_days;
        let key = match part.method {
            Method::Card => "preview-days-card",
            Method::Pix => "preview-days-pix",
            Method::Boleto | Method::Other => "preview-days",
        };
        texts.with(key, &[("least", least.into()), ("most", most.into())])
    };
    // Who pays it back comes first; the bank's days begin then.
    let by_hand = || texts.with("preview-when-by-hand", &[("producer", (&seen.order.producer.name).into())]);
    let mut all: Vec<String> = seen.is_by_hand.then(by_hand).into_iter().collect();
    for words in seen.parts.iter().map(of) {
        if !all.contains(&words) {
            all.push(words);
        }
    }
    all.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()
}

fn access(texts: Texts, seen: &RefundPreview) -> Option<impl IntoView + use<>> {
    let words = |key: &str, items: &[String]| {
        (!items.is_empty()).then(|| {
            let text = texts.with(key, &[("items", (&items.join(", ")).into())]);
            view! { <p>{text}</p> }
        })
    };
    let lost = if seen.is_by_hand { "preview-access-lost-by-hand" } else { "preview-access-lost" };
    let is_said = !(seen.access_lost.is_empty() && seen.access_kept.is_empty());
    is_said.then(|| view! { {words(lost, &seen.access_lost)}{words("preview-access-kept", &seen.access_kept)} })
}
