//! What is on file, what is owed, and what can be done about it.

use super::open::{code, meanwhile};
use super::page::{Arrival, TRIED};
use super::refusal;
use crate::format::{Calendar, card_expiry};
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use types::place::BACK;
use types::place::buyer::Place;
use types::view::{CardPlace, CardRefusal, OwedView, PaymentPage, WaitsFor};
use types::{Instant, Method, RequestId, SubscriptionId};

/// The page. Its forms carry a number: pressed twice, each is one request. After a try it says what came of it, and
/// looks again by itself while that is not known.
pub(crate) fn page(texts: Texts, seen: &PaymentPage, request: RequestId, from: Arrival, now: Instant) -> Page {
    let is_asking = is_asking(seen, from);
    let calendar = Calendar::new(texts.language(), &seen.producer.time_zone, now);
    let title = texts.text("card-title");
    let plan = texts.with("card-plan", &[("title", (&seen.title).into()), ("producer", (&seen.producer.name).into())]);
    // Where no card is kept there is still something to pay: that is what the page is for then.
    let is_without_card =
        matches!(seen.refusal, Some(CardRefusal::OneOff | CardRefusal::NotPaid | CardRefusal::SlipInstallments));
    let has_to_pay = is_without_card && (seen.open.is_some() || seen.may_pay);
    let refused = seen.refusal.filter(|_| !has_to_pay).map(|refusal| {
        let words = refusal::reason(texts, refusal, &seen.producer);
        let contact = phrase::contact(texts, &seen.producer, seen.code.as_str());
        ui::notice(Tone::Warn, view! { <p>{words}</p>{contact} })
    });
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{plan}</p>
        {refused}
        {(from != Arrival::Anywhere).then(|| tried(texts, seen, is_asking))}
        {match &seen.open {
            Some(open) => {
                view! { {code(texts, open, seen.owed.as_ref(), &calendar)}{meanwhile(texts, seen, open)} }.into_any()
            }
            None => seen.owed.as_ref().map(|owed| owed_part(texts, seen, owed, is_asking, &calendar)).into_any(),
        }}
        {(!is_asking).then(|| view! { {on_file(texts, seen, request)}{methods(texts, seen, request)} })}
        {back(texts, &seen.place, &seen.handle)}
    };
    let page = Page::new(title, body).of_seller(&seen.producer).leading_to(seen.leads_to.clone());
    // A Pix is paid elsewhere, and in a minute.
    if seen.open.as_ref().is_some_and(|open| open.method == Method::Pix) {
        return page.looking_now_and_then(&format!("{}?{TRIED}", seen.place.page()));
    }
    match (is_asking, from) {
        (true, Arrival::Bank(look)) => page.looking_again_at(&format!("{}?{BACK}={}", seen.place.page(), look + 1)),
        (true, _) => page.looking_again(),
        (false, _) => page,
    }
}

/// Whether what came of a try is not known yet: until it is, nothing else can be done here.
fn is_asking(seen: &PaymentPage, from: Arrival) -> bool {
    let is_open = |owed: &OwedView| match owed.waits_for {
        Some(WaitsFor::Answer) => true,
        Some(WaitsFor::Bank) => matches!(from, Arrival::Bank(_)),
        Some(WaitsFor::Payment) | None => false,
    };
    from != Arrival::Anywhere && seen.open.is_none() && seen.owed.as_ref().is_some_and(is_open)
}

/// What came of a try, by what is owed now: nobody can be told by an address that something was paid. A code speaks for
/// itself.
fn tried(texts: Texts, seen: &PaymentPage, is_asking: bool) -> Option<impl IntoView + use<>> {
    let (tone, words) = match (&seen.owed, &seen.open) {
        (_, Some(_)) => return None,
        (None, None) => (Tone::Good, texts.text("card-tried-paid")),
        _ if is_asking => (Tone::Wait, texts.text("card-tried-asking")),
        (Some(OwedView { failure: Some(_), .. }), None) => (Tone::Bad, texts.text("card-tried-declined")),
        (Some(_), None) => (Tone::Wait, texts.text("card-tried-unknown")),
    };
    Some(ui::notice(tone, view! { <p role="status">{words}</p> }))
}

/// What is owed, and the way to try it again. While the bank is being asked, nothing is said that could only be done
/// afterwards.
fn owed_part(
    texts: Texts,
    seen: &PaymentPage,
    owed: &OwedView,
    is_asking: bool,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let facts = owed_facts(texts, owed, is_asking, calendar);
    let again = (seen.may_pay && !is_asking).then(|| again(texts, seen, owed));
    view! {
        <section class="card" id="owed">
            <p class="amount">
                <span>{texts.text("card-owed")}</span><strong>{phrase::money(texts, owed.amount)}</strong>
            </p>
            {facts}
            {again}
        </section>
    }
}

/// Since when, why the last try failed, and until when access lasts.
fn owed_facts(texts: Texts, owed: &OwedView, is_being_paid: bool, calendar: &Calendar) -> impl IntoView + use<> {
    let since = texts.with("card-owed-since", &[("date", (&calendar.day(owed.due_at)).into())]);
    let failure = owed.failure.filter(|_| !is_being_paid).map(|reason| phrase::decline(texts, reason));
    let access = owed.access_until.filter(|_| !is_being_paid);
    let access =
        access.map(|until| texts.with("card-owed-access", &[("deadline", (&calendar.deadline(until)).into())]));
    let lines = [Some(since), failure, access].into_iter().flatten().map(|words| view! { <p>{words}</p> });
    lines.collect_view()
}

/// Tries it with what is on file. A boleto or Pix is made anew: nothing else is as near. A card that was refused is
/// better changed.
fn again(texts: Texts, seen: &PaymentPage, owed: &OwedView) -> impl IntoView + use<> {
    let (key, class) = match seen.payment.method {
        Method::Boleto => ("card-pay-boleto", "button primary"),
        Method::Pix => ("card-pay-pix", "button primary"),
        Method::Card | Method::Other => ("card-pay-again", "button"),
    };
    let label = texts.with(key, &[("amount", (&phrase::money(texts, owed.amount)).into())]);
    let once = may_pay_once(seen, owed).then(|| once(texts, seen, owed));
    view! { <form method="post" action=seen.place.pay().path()><button class=class>{label}</button></form>{once} }
}

/// Pix helps out where the subscription may be paid so. Not beside a try that is under way: it would only be asked
/// about.
fn may_pay_once(seen: &PaymentPage, owed: &OwedView) -> bool {
    seen.methods.contains(&Method::Pix) && owed.waits_for.is_none()
}

/// Pays this charge by Pix, and leaves what is on file.
fn once(texts: Texts, seen: &PaymentPage, owed: &OwedView) -> impl IntoView + use<> {
    let before = phrase::payment(texts, &seen.payment);
    let label = texts.with("card-pay-once", &[("amount", (&phrase::money(texts, owed.amount)).into())]);
    view! {
        <form method="post" action=seen.place.pay().path()>
            <button class="button" name="method" value=Method::Pix.as_str()>{label}</button>
        </form>
        <p class="help">{texts.with("card-pay-once-help", &[("before", (&before).into())])}</p>
    }
}

/// The way back: to the subscription, whose page leads on to its order.
pub(crate) fn back(texts: Texts, place: &CardPlace, handle: &str) -> impl IntoView + use<> {
    let (address, label) = match place {
        CardPlace::Subscription(id) => (Place::Subscription { id: *id }.path(), "cancel-back"),
        CardPlace::Order(_) => (Place::Order { handle }.path(), "back-to-order"),
    };
    view! { <p><a href=address>{texts.text(label)}</a></p> }
}

/// How it is paid now, and the one button to another card.
fn on_file(texts: Texts, seen: &PaymentPage, request: RequestId) -> impl IntoView + use<> {
    let card = seen.payment.card.as_ref().filter(|_| seen.payment.method == Method::Card);
    let expiry = card.filter(|card| card.exp_month > 0).map(|card| card_expiry(card.exp_month, card.exp_year));
    let facts = Facts::new()
        .with(texts.text("payment-method"), phrase::payment(texts, &seen.payment))
        .with_some(texts.text("card-expiry"), expiry);
    // One button leads the page: a code that is open, or one that can be had, comes before a card.
    let is_slip = seen.payment.method.is_slip();
    let is_first = seen.open.is_none() && !(is_slip && seen.may_pay);
    let class = if is_first { "button primary" } else { "button" };
    let swap = seen.refusal.is_none().then(|| {
        let label = match (seen.pays, seen.payment.method) {
            (Some(pays), _) => texts.with("card-swap-pay", &[("amount", (&phrase::money(texts, pays)).into())]),
            (None, Method::Card) => texts.text("card-swap"),
            (None, _) => texts.text("card-enter"),
        };
        let help = texts.text(if seen.pays.is_some() { "card-swap-pay-help" } else { "card-swap-help" });
        let owed = seen.owed.as_ref().map(|owed| {
            let amount = phrase::money(texts, owed.amount);
            let key = if seen.open.is_some() { "card-swap-open" } else { "card-swap-owed" };
            view! { <p class="help">{texts.with(key, &[("amount", (&amount).into())])}</p> }
        });
        view! {
            <form method="post" action=seen.place.page().path()>
                <input type="hidden" name="request" value=request.to_string()/>
                <button class=class>{label}</button>
            </form>
            <p class="help">{help}</p>
            {owed}
        }
    });
    let body = view! { {ui::facts(facts)}{swap} };
    ui::card("on-file", texts.text("card-on-file"), body)
}

fn methods(texts: Texts, seen: &PaymentPage, request: RequestId) -> Option<impl IntoView + use<>> {
    // Only a subscription changes its way to pay.
    let CardPlace::Subscription(id) = seen.place else { return None };
    if seen.methods.is_empty() {
        return None;
    }
    let ways = seen.methods.iter().map(|method| way(texts, seen, id, *method, request)).collect_view();
    Some(ui::card("methods", texts.text("card-methods"), ways))
}

/// A way to pay from now on: what it would mean, and the button, which no single press reaches.
fn way(
    texts: Texts,
    seen: &PaymentPage,
    id: SubscriptionId,
    method: Method,
    request: RequestId,
) -> impl IntoView + use<> {
    let pick = |pix: &str, boleto: &str| texts.text(if method == Method::Pix { pix } else { boleto });
    let before = phrase::payment(texts, &seen.payment);
    let effect = texts.with(
        if method == Method::Pix { "card-to-pix-effect" } else { "card-to-boleto-effect" },
        &[("before", (&before).into())],
    );
    let now = seen.owed.as_ref().map(|owed| {
        let amount = phrase::money(texts, owed.amount);
        view! { <p>{texts.with("card-method-owed", &[("amount", (&amount).into())])}</p> }
    });
    view! {
        <details class="more">
            <summary>{pick("card-to-pix", "card-to-boleto")}</summary>
            <p>{effect}</p>
            {now}
            <form method="post" action=Place::SubscriptionMethod { id }.path()>
                <input type="hidden" name="request" value=request.to_string()/>
                <button class="button" name="method" value=method.as_str()>
                    {pick("card-to-pix-confirm", "card-to-boleto-confirm")}
                </button>
            </form>
        </details>
    }
}
