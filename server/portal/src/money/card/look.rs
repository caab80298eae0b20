//! What the pages show of cards and payment methods.

use super::advance;
use super::state::{ChargeOutcome, State};
use super::store;
use super::whose::{CardError, Subject, others, subject};
use crate::billing::{self, ChargeAttempt, Invoice};
use crate::db::Reader;
use crate::order::{Charge, OrderRecord};
use crate::ports::{CardPages, CardProgress, Cards, Gateway, SavedCard};
use crate::{Buyer, Portal, connection};
use types::view::{
    CardPlace, CardUpdateView, CardView, OpenPayment, OwedView, PaymentPage, SwapOutcome, SwapState, WaitsFor,
};
use types::{CardUpdateId, ChargeStatus, Method, Money};

/// How an order is paid and what is open of it.
pub async fn page(buyer: &Buyer, place: &CardPlace) -> Result<PaymentPage, CardError> {
    let mut reader = buyer.portal().db.read().await?;
    let subject = subject(buyer, reader.conn(), place).await?.ok_or(CardError::NotFound)?;
    let page = page_of(buyer.portal(), &mut reader, &subject).await?;
    drop(reader);
    Ok(PaymentPage { leads_to: leads_to(buyer.portal(), &subject).await, ..page })
}

/// Where the button to the gateway's page leads, if it is shown.
async fn leads_to(portal: &Portal, subject: &Subject) -> Option<String> {
    if subject.refusal(portal).is_some() {
        return None;
    }
    let gateway = connection::gateway(portal, subject.order.producer_id, &subject.order.gateway).await;
    let gateway = gateway.inspect_err(|error| tracing::error!(%error, "a gateway could not be opened")).ok()?;
    gateway.as_deref().and_then(Gateway::cards).and_then(Cards::pages_at)
}

async fn page_of(portal: &Portal, reader: &mut Reader, subject: &Subject) -> Result<PaymentPage, CardError> {
    let invoices = match subject.order.has_owed {
        true => billing::invoices_of(reader.conn(), subject.order.id).await?,
        false => Vec::new(),
    };
    Ok(view(portal, subject, invoices.iter().find(|invoice| invoice.is_owed())))
}

/// A card update of this buyer, brought up to date first: most end when the buyer comes back from the gateway.
pub async fn update(buyer: &Buyer, place: &CardPlace, id: CardUpdateId) -> Result<CardUpdateView, CardError> {
    let portal = buyer.portal();
    let subject = subject(buyer, portal.db.read().await?.conn(), place).await?.ok_or(CardError::NotFound)?;
    let found = store::find(portal.db.read().await?.conn(), id).await?;
    found
        .filter(|update| update.person == buyer.person() && update.order == subject.order.id)
        .ok_or(CardError::NotFound)?;
    let progress = advance::step(portal, id).await?;
    let mut reader = portal.db.read().await?;
    let update = store::find(reader.conn(), id).await?.ok_or(CardError::NotFound)?;
    let state = match update.state {
        State::Begun => SwapState::Closed,
        State::Open(_) if let Some(CardProgress::Saved(card)) = &progress => {
            SwapState::Telling { card: card_view(card) }
        }
        State::Open(page) => SwapState::Open { url: page.url, declined: declined(&progress) },
        State::Saved { card, owed, .. } => {
            let outcome = owed.map_or(SwapOutcome::Nothing, |owed| outcome(owed.outcome, owed.amount));
            SwapState::Saved { card: card_view(&card), outcome }
        }
        State::Closed { .. } => SwapState::Closed,
    };
    let others = match &state {
        SwapState::Saved { .. } => others(buyer, reader.conn(), id).await?,
        _ => Vec::new(),
    };
    // The order as it is now that the card was kept and what was owed was tried.
    let now = self::subject(buyer, reader.conn(), place).await?.ok_or(CardError::NotFound)?;
    let page = page_of(portal, &mut reader, &now).await?;
    let others = others.into_iter().map(|(_, plan)| plan).collect();
    Ok(CardUpdateView { id, page, state, others, has_dead_code: has_dead_code(portal, &now) })
}

/// Whether a boleto or Pix that we wait for no more can still be paid today.
fn has_dead_code(portal: &Portal, subject: &Subject) -> bool {
    let today = subject.order.zone.day_of(portal.now()).to_string();
    let is_dead = |charge: &Charge| charge.status == ChargeStatus::Failed && charge.method.is_slip();
    let is_payable = |charge: &Charge| charge.due_on.as_ref().is_some_and(|day| *day >= today);
    subject.order.charges.iter().any(|charge| is_dead(charge) && is_payable(charge))
}

fn declined(progress: &Option<CardProgress>) -> Option<types::DeclineReason> {
    if let Some(CardProgress::Declined(reason)) = progress { Some(*reason) } else { None }
}

fn outcome(outcome: Option<ChargeOutcome>, amount: types::Money) -> SwapOutcome {
    match outcome {
        Some(ChargeOutcome::Paid) => SwapOutcome::Paid(amount),
        Some(ChargeOutcome::PaidBefore) => SwapOutcome::PaidBefore(amount),
        Some(ChargeOutcome::Void) => SwapOutcome::Void(amount),
        Some(ChargeOutcome::Declined(reason)) => SwapOutcome::Declined { reason, amount },
        Some(ChargeOutcome::Action(url)) => SwapOutcome::Action { url },
        Some(ChargeOutcome::Unknown) | None => SwapOutcome::Unknown,
    }
}

pub(super) fn card_view(card: &SavedCard) -> CardView {
    CardView {
        brand: card.brand.clone(),
        last4: card.last4.clone(),
        exp_month: card.exp_month,
        exp_year: card.exp_year,
    }
}

fn view(portal: &Portal, subject: &Subject, owed: Option<&Invoice>) -> PaymentPage {
    let order = &subject.order;
    let open = open_payment(portal, order, owed);
    let first = || order.items.first().map_or_else(|| order.code.to_string(), |item| item.name.clone());
    let refusal = subject.refusal(portal);
    let is_known = matches!(order.payment.method, Method::Card | Method::Boleto | Method::Pix);
    PaymentPage {
        place: subject.place.clone(),
        handle: order.handle(),
        code: order.code.clone(),
        title: order.subscription.as_ref().map_or_else(first, |plan| plan.plan.clone()),
        producer: order.producer.clone(),
        kind: order.kind,
        payment: order.payment.clone(),
        owed: owed.map(|invoice| OwedView {
            amount: invoice.amount,
            due_at: invoice.due_at,
            failure: invoice.failure,
            waits_for: invoice.attempt().map(|attempt| waits_for(portal, attempt)),
            access_until: invoice.grace_until.filter(|until| *until > portal.now()),
        }),
        may_pay: owed.is_some() && open.is_none() && is_known,
        open,
        refusal,
        methods: subject.methods(portal),
        pays: pays(portal, order),
        leads_to: None,
    }
}

fn pays(portal: &Portal, order: &OrderRecord) -> Option<Money> {
    let is_paid = portal.ports.gateways.abilities(&order.gateway).cards == CardPages::WithPayment;
    order.due_by_card().filter(|_| is_paid).map(|charge| charge.amount)
}

fn waits_for(portal: &Portal, attempt: &ChargeAttempt) -> WaitsFor {
    let is_in_time = attempt.waits_until().is_some_and(|until| until > portal.now());
    match attempt.with.method {
        _ if attempt.is_doubted() => WaitsFor::Answer,
        Method::Card if is_in_time => WaitsFor::Bank,
        _ => WaitsFor::Payment,
    }
}

/// The boleto or Pix that can be paid now: one whose time is over is none.
fn open_payment(portal: &Portal, order: &OrderRecord, owed: Option<&Invoice>) -> Option<OpenPayment> {
    let until = owed.and_then(Invoice::attempt).and_then(ChargeAttempt::waits_until);
    if until.is_some_and(|until| until <= portal.now()) {
        return None;
    }
    let today = order.zone.day_of(portal.now()).to_string();
    let is_open = |charge: &&crate::order::Charge| {
        charge.status == ChargeStatus::Pending && charge.due_on.as_ref().is_none_or(|day| *day >= today)
    };
    let charge = order.charges.iter().find(is_open)?;
    Some(OpenPayment {
        method: charge.method,
        amount: charge.amount,
        code: charge.payment_code.clone()?,
        url: charge.payment_url.clone(),
        until,
        due_on: charge.due_on.clone(),
        replaces: owed.is_some_and(Invoice::is_replaced),
    })
}
