//! What was sold, what was charged for it, and what went back.

use super::Look;
use crate::status::{charge_chip, refund_chip, subscription_chip};
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use crate::{format, phrase, sale};
use leptos::prelude::*;
use portal::refund::RefundError;
use portal::sales::{WholeCharge, WholeRefund, WholeSubscription};
use types::view::CardView;
use types::{ChargeStatus, DeclineReason, Instant, Money, RefundState, SubscriptionStatus};

/// Its lines, and their sum.
pub(crate) fn items(look: Look<'_>) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let currency = drawer.order.order.total.currency;
    let lines = drawer.order.items.iter().map(|item| {
        let bump = item.is_bump.then(|| view! { <small>{texts.text("drawer-bump")}</small> });
        let amount = phrase::money(texts, Money::new(item.amount, currency));
        view! { <li><span>{item.name.clone()}" "{bump}</span><span class="money">{amount}</span></li> }
    });
    let total = phrase::money(texts, drawer.order.order.total);
    let details = &drawer.order.details;
    let details = (!details.is_empty()).then(|| sale::details(Facts::new(), texts, details, currency));
    view! {
        <ul class="lines">
            {lines.collect_view()}
            <li><strong>{texts.text("drawer-total")}</strong><strong class="money">{total}</strong></li>
        </ul>
        {details.map(ui::facts)}
    }
}

/// Charges, newest first.
pub(crate) fn charges(look: Look<'_>) -> AnyView {
    let Look { texts, drawer, .. } = look;
    if drawer.order.charges.is_empty() {
        return view! { <p>{texts.text("drawer-charges-none")}</p> }.into_any();
    }
    let lines = drawer.order.charges.iter().map(|charge| line(look, charge)).collect_view();
    view! { <ul class="entries">{lines}</ul> }.into_any()
}

fn line(look: Look<'_>, charge: &WholeCharge) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let at = charge.paid_at.unwrap_or(charge.created_at);
    let decline = charge.decline.map(|reason| view! { <p class="bad">{decline(texts, reason)}</p> });
    let back = (charge.given_back > 0).then(|| {
        let amount = phrase::money(texts, Money::new(charge.given_back, charge.amount.currency));
        view! { <p>{texts.with("drawer-given-back", &[("amount", (&amount).into())])}</p> }
    });
    let card = drawer.order.card.as_ref().filter(|_| charge.method == types::Method::Card);
    let card = card.map(|(brand, last4, month, year)| {
        let card = CardView { brand: brand.clone(), last4: last4.clone(), exp_month: *month, exp_year: *year };
        let expiry = format::card_expiry(*month, *year);
        let expiry = texts.with("payment-card-expiry", &[("expiry", (&expiry).into())]);
        let name = phrase::card(texts, &card);
        if *month > 0 { format!("{name}, {expiry}") } else { name }
    });
    let way = card.unwrap_or_else(|| phrase::method(texts, charge.method));
    view! {
        <li>
            <p class="entry">
                <strong class="money">{phrase::money(texts, charge.amount)}</strong>
                {charge_chip(texts, charge.status)}
            </p>
            <p class="help">{way}", "{ui::time(calendar, at, calendar.moment(at))}</p>
            <p class="help">{texts.text("drawer-reference")}" "<code>{charge.reference.clone()}</code></p>
            {decline}
            {back}
        </li>
    }
}

/// Why it was not paid, for somebody who helps the buyer.
fn decline(texts: Texts, reason: DeclineReason) -> String {
    texts.text(match reason {
        DeclineReason::Generic => "drawer-decline-generic",
        DeclineReason::InsufficientFunds => "drawer-decline-funds",
        DeclineReason::ExpiredCard => "drawer-decline-expired-card",
        DeclineReason::IncorrectNumber => "drawer-decline-number",
        DeclineReason::IncorrectCvc => "drawer-decline-code",
        DeclineReason::LostCard | DeclineReason::StolenCard => "drawer-decline-lost",
        DeclineReason::ProcessingError => "drawer-decline-processing",
        DeclineReason::AuthenticationFailed => "drawer-decline-authentication",
        DeclineReason::Expired => "drawer-decline-late",
    })
}

/// A refund: how much, where it stands, by whom it was begun, and what the buyer reads.
pub(crate) fn refund_line(look: Look<'_>, refund: &WholeRefund) -> impl IntoView + use<> {
    let Look { texts, calendar, .. } = look;
    let begun = if refund.is_given { "drawer-refund-given" } else { "drawer-refund-asked" };
    let date = calendar.moment(refund.requested_at);
    let words = [("date", (&date).into()), ("protocol", (&refund.protocol).into())];
    let answer = refund.answer.clone().map(|answer| view! { <blockquote class="message">{answer}</blockquote> });
    let failure = refund.failure.clone().filter(|_| refund.state == RefundState::Failed);
    let waits_since = refund.parts.iter().filter_map(|part| part.waits_for_buyer_since).min();
    let chip = match waits_since {
        Some(_) => ui::chip(Tone::Warn, texts.text("drawer-refund-at-buyer")).into_any(),
        None => refund_chip(texts, refund.state).into_any(),
    };
    let waits = waits_since.map(|since| {
        let date = calendar.moment(since);
        view! { <p>{texts.with("drawer-refund-at-buyer-help", &[("date", (&date).into())])}</p> }
    });
    view! {
        <p class="entry">
            <strong class="money">{phrase::money(texts, refund.amount)}</strong>
            {chip}
        </p>
        <p class="help">{texts.with(begun, &words)}</p>
        {waits}
        {answer}
        {failure.map(|failure| view! { <p class="bad">{failure}</p> })}
    }
}

/// Why no money can be given back now.
pub(crate) fn untold(texts: Texts, error: &RefundError) -> Option<String> {
    let key = match error {
        RefundError::UnderWay => "drawer-no-refund-under-way",
        RefundError::Disputed => "drawer-no-refund-disputed",
        RefundError::NothingLeft => "drawer-no-refund-nothing-left",
        RefundError::NotPaid => "drawer-no-refund-not-paid",
        RefundError::Free => "drawer-no-refund-free",
        RefundError::ChargeNotReported => "drawer-no-refund-untold",
        _ => return None,
    };
    Some(texts.text(key))
}

/// The plan: price, state, period and next charge.
pub(crate) fn plan(look: Look<'_>) -> Option<impl IntoView + use<>> {
    let Look { texts, calendar, drawer, .. } = look;
    let plan = drawer.order.subscription.as_ref()?;
    let amount = Money::new(plan.amount, drawer.order.order.total.currency);
    let price = phrase::price(texts, types::plan::PlanPrice { amount, interval: plan.interval });
    let facts = Facts::new()
        .with(texts.text("drawer-plan"), plan.plan.clone())
        .with(texts.text("drawer-price"), price)
        .with(texts.text("drawer-state"), subscription_chip(texts, plan.status))
        .with(texts.text("drawer-period-end"), calendar.last_day(plan.period_end))
        .with_some(texts.text("drawer-next-charge"), next_charge(plan).map(|at| calendar.day(at)));
    Some(ui::facts(facts))
}

/// When the next period is charged. What is overdue has passed that day: what comes next is another try.
fn next_charge(plan: &WholeSubscription) -> Option<Instant> {
    plan.next_charge_at.filter(|_| plan.status != SubscriptionStatus::PastDue)
}

/// Which documents the buyer finds on the order's page.
pub(crate) fn documents(look: Look<'_>) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let entry = |key: &str, amount: Money, at| {
        let (amount, date) = (phrase::money(texts, amount), calendar.date(at));
        texts.with(key, &[("amount", (&amount).into()), ("date", (&date).into())])
    };
    let paid =
        drawer.order.charges.iter().filter(|charge| {
            matches!(charge.status, ChargeStatus::Paid | ChargeStatus::Refunded | ChargeStatus::Disputed)
        });
    let receipts = paid.filter_map(|charge| Some(entry("documents-receipt", charge.amount, charge.paid_at?)));
    let back =
        drawer.order.refunds.iter().filter(|refund| matches!(refund.state, RefundState::Sent | RefundState::Settled));
    let credits = back.filter_map(|refund| Some(entry("documents-credit", refund.amount, refund.sent_at?)));
    let all = receipts.chain(credits).chain([texts.text("documents-terms")]);
    let lines = all.map(|words| view! { <li>{words}</li> }).collect_view();
    view! { <p class="help">{texts.text("drawer-documents-help")}</p><ul class="lines">{lines}</ul> }
}
