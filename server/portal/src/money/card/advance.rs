//! Carries a card update on: asks the gateway about it, keeps the card, tries what is owed. Safe to run twice and after
//! a crash at any line.

use super::job::Job;
use super::mail::Mail;
use super::state::{ChargeOutcome, Owed, State};
use super::store::{self, CardUpdate};
use crate::billing::{self, Collected};
use crate::connection;
use crate::db::{Error, Tx};
use crate::event::{self, Card, Record};
use crate::ledger::{self, PaymentMethod};
use crate::order;
use crate::outbox::{self, Outcome};
use crate::ports::{
    CardInstruction, CardProgress, Cards, Gateway, GatewayError, SavedCard, StoredCard, SubscriptionInstruction,
};
use crate::{Actor, Portal, subscription};
use ground::inquiry::{self, Watch};
use serde_json::{Value, json};
use std::time::Duration;
use types::view::CardPlace;
use types::{CardUpdateId, DeclineReason, Method};

/// How long a card update is looked after; longer than any gateway keeps its page open.
const LONGEST: Duration = Duration::from_secs(26 * 3600);

/// The job.
pub async fn advance(portal: &Portal, id: CardUpdateId) -> Result<Outcome, Error> {
    step(portal, id).await?;
    let Some(update) = store::find(portal.db.read().await?.conn(), id).await? else { return Ok(Outcome::Done) };
    let (now, begun_at) = (portal.now(), update.created_at);
    let is_over = match &update.state {
        State::Begun | State::Open(_) => false,
        State::Saved { owed, .. } => owed.as_ref().is_none_or(super::state::Owed::is_settled),
        State::Closed { .. } => true,
    };
    if is_over {
        return Ok(Outcome::Done);
    }
    if now.since(begun_at) < LONGEST {
        return Ok(Outcome::At(Watch::PAGE.next_look(now, begun_at)));
    }
    // What became of money is asked until it is known; an open page is not waited for any longer.
    if matches!(update.state, State::Saved { .. }) {
        return Ok(Outcome::At(inquiry::seldom(now)));
    }
    close(portal, id).await?;
    Ok(Outcome::Done)
}

/// Brings a card update up to date. Returns what the gateway reported about its page, if the gateway was asked.
pub(super) async fn step(portal: &Portal, id: CardUpdateId) -> Result<Option<CardProgress>, Error> {
    let Some(update) = store::find(portal.db.read().await?.conn(), id).await? else { return Ok(None) };
    let progress = match &update.state {
        State::Open(page) => ask(portal, &update, &page.reference).await?,
        State::Begun | State::Saved { .. } | State::Closed { .. } => None,
    };
    match &progress {
        Some(CardProgress::Saved(card)) if update.there.is_some() => hand_over(portal, &update, card).await?,
        Some(CardProgress::Saved(card)) => save(portal, id, card).await?,
        Some(CardProgress::Closed) => close(portal, id).await?,
        Some(CardProgress::Open | CardProgress::Declined(_)) | None => {}
    }
    try_owed(portal, id).await?;
    Ok(progress)
}

/// A gateway that does not answer is asked again later.
async fn ask(portal: &Portal, update: &CardUpdate, reference: &str) -> Result<Option<CardProgress>, Error> {
    let gateway = connection::gateway(portal, update.producer, &update.gateway).await?;
    let Some(cards) = gateway.as_deref().and_then(Gateway::cards) else { return Ok(None) };
    Ok(match cards.find_card(reference).await {
        Ok(progress) => Some(progress),
        Err(error) => {
            tracing::warn!(update = %update.id, %error, "a card update could not be asked about");
            None
        }
    })
}

/// Tells the gateway that charges the subscription to charge this card from now on: the card is on file here when it
/// is there. Until then the update stays open, and this comes again.
async fn hand_over(portal: &Portal, update: &CardUpdate, card: &SavedCard) -> Result<(), Error> {
    let gateway = connection::gateway(portal, update.producer, &update.gateway).await?;
    let subscriptions = gateway.as_deref().and_then(Gateway::subscriptions);
    let (Some(subscriptions), Some(reference)) = (subscriptions, &update.there) else { return Ok(()) };
    let (producer, named) = (update.producer, update.gateway.as_str());
    let account = connection::account_of(portal.db.read().await?.conn(), producer, named).await?;
    // Its page was asked for with the id alone.
    let key = format!("{}:charge", update.id);
    let instruction = SubscriptionInstruction { key, account, reference: reference.clone() };
    let stored = StoredCard { token: Some(card.token.clone()), last4: card.last4.clone(), paid: None };
    match subscriptions.change_method(&instruction, Method::Card, Some(&stored)).await {
        Ok(()) => {
            save(portal, update.id, card).await?;
            subscription::look(portal, update.order).await
        }
        Err(GatewayError::Refused(refusal)) => {
            tracing::warn!(update = %update.id, %refusal, "the gateway does not charge this card");
            close(portal, update.id).await
        }
        Err(error) => {
            tracing::warn!(update = %update.id, %error, "the gateway is not told of a card yet");
            Ok(())
        }
    }
}

/// Opens the page at the gateway. Its key is the card update's own id: asked twice, it is one page.
pub(super) async fn open(
    portal: &Portal,
    cards: &dyn Cards,
    update: &CardUpdate,
    place: &CardPlace,
) -> Result<Result<String, GatewayError>, Error> {
    if let State::Open(page) = &update.state {
        return Ok(Ok(page.url.clone()));
    }
    let gateway = update.gateway.as_str();
    let account = connection::account_of(portal.db.read().await?.conn(), update.producer, gateway).await?;
    let instruction = CardInstruction {
        key: update.id.to_string(),
        account,
        email: update.email.clone(),
        return_url: portal.url(place.update(update.id)),
        subscription: update.there.clone(),
    };
    let page = match cards.begin_card(&instruction).await {
        Ok(page) => page,
        Err(error) => return Ok(Err(error)),
    };
    let url = page.url.clone();
    let mut tx = portal.db.begin().await?;
    if let Some(locked) = store::lock(&mut tx, update.id).await?
        && let Ok(state) = locked.state.clone().open(page)
    {
        store::write(&mut tx, &locked, &state).await?;
        // From now on there is something to ask about.
        let now = portal.now();
        let first_look = Watch::PAGE.next_look(now, now);
        outbox::put_at(portal, &mut tx, Job::Advance { update: update.id }, first_look).await?;
    }
    portal.commit(tx).await?;
    Ok(Ok(url))
}

/// Keeps the card, once: with what was owed at that moment, the event and the mail, in one transaction.
async fn save(portal: &Portal, id: CardUpdateId, card: &SavedCard) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let Some(locked) = store::lock(&mut tx, id).await? else { return Ok(()) };
    // From here on no try begins with the card that was on file until now.
    order::lock(&mut tx, locked.order).await?;
    let invoices = billing::invoices_of(tx.conn(), locked.order).await?;
    let owed = invoices.iter().find(|invoice| invoice.is_owed()).map(Owed::of);
    let Ok(state) = locked.state.clone().save(card.clone(), owed, portal.now()) else { return Ok(()) };
    store::write(&mut tx, &locked, &state).await?;
    put_on_file(portal, &mut tx, &locked, locked.order, card, &locked.origin).await?;
    outbox::put(portal, &mut tx, Job::Advance { update: id }).await?;
    portal.commit(tx).await
}

/// The card is what an order is charged on from now on; the buyer is told.
pub(super) async fn put_on_file(
    portal: &Portal,
    tx: &mut Tx,
    update: &CardUpdate,
    order: types::OrderId,
    card: &SavedCard,
    origin: &str,
) -> Result<(), Error> {
    order::lock(tx, order).await?;
    let before = ledger::method_of(tx.conn(), order).await?;
    let after = PaymentMethod::from(card.clone());
    billing::set_method(portal, tx, order, &after).await?;
    let entry = Record {
        origin,
        producer: Some(update.producer),
        person: Some(update.person),
        order: Some(order),
        before: before.as_ref().map(|before| shown(before, None)),
        after: Some(shown(&after, Some(update.id))),
        ..Record::new(Actor::Buyer(update.person), Card::Changed { order, update: update.id })
    };
    event::record(portal, tx, entry).await?;
    outbox::put(portal, tx, Mail::Changed { update: update.id, order }).await
}

/// A way to pay as the audit log shows it.
fn shown(method: &PaymentMethod, update: Option<CardUpdateId>) -> Value {
    let PaymentMethod { method, brand, last4, exp_month, exp_year, .. } = method;
    let mut shown = json!({ "method": method });
    if last4.is_some() {
        shown["card"] = json!({ "brand": brand, "last4": last4, "exp_month": exp_month, "exp_year": exp_year });
    }
    if let Some(update) = update {
        shown["update"] = json!(update);
    }
    shown
}

async fn close(portal: &Portal, id: CardUpdateId) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if let Some(locked) = store::lock(&mut tx, id).await?
        && let Ok(state) = locked.state.clone().close(portal.now())
    {
        store::write(&mut tx, &locked, &state).await?;
    }
    portal.commit(tx).await
}

/// Tries what was owed when the card was saved, once, and asks about it until what became of it is certain.
async fn try_owed(portal: &Portal, id: CardUpdateId) -> Result<(), Error> {
    let Some(update) = store::find(portal.db.read().await?.conn(), id).await? else { return Ok(()) };
    let State::Saved { owed: Some(owed), .. } = &update.state else { return Ok(()) };
    if owed.is_settled() {
        return Ok(());
    }
    let came = match billing::collect_once(portal, update.order, owed.invoice, owed.tries).await? {
        Collected::Declined(reason) => ChargeOutcome::Declined(reason),
        Collected::ActionRequired { url } => ChargeOutcome::Action(url),
        Collected::Waiting | Collected::Unknown => ChargeOutcome::Unknown,
        Collected::Paid { .. } | Collected::NothingOpen => of_invoice(portal, &update, owed).await?,
    };
    let mut tx = portal.db.begin().await?;
    if let Some(locked) = store::lock(&mut tx, id).await?
        && let Ok(state) = locked.state.clone().tried(came)
    {
        store::write(&mut tx, &locked, &state).await?;
    }
    portal.commit(tx).await
}

/// The outcome of the charge for what was owed, as its invoice says: the calendar, a webhook or an earlier run may have
/// been faster.
async fn of_invoice(portal: &Portal, update: &CardUpdate, owed: &Owed) -> Result<ChargeOutcome, Error> {
    let invoices = billing::invoices_of(portal.db.read().await?.conn(), update.order).await?;
    let Some(invoice) = invoices.iter().find(|invoice| invoice.id == owed.invoice) else {
        return Ok(ChargeOutcome::Void);
    };
    let was_tried = invoice.tries > owed.tries;
    Ok(match &invoice.state {
        billing::State::Paid { .. } if was_tried => ChargeOutcome::Paid,
        billing::State::Paid { .. } => ChargeOutcome::PaidBefore,
        billing::State::Void { .. } => ChargeOutcome::Void,
        _ if was_tried && invoice.attempt().is_none() => {
            ChargeOutcome::Declined(invoice.failure.unwrap_or(DeclineReason::Generic))
        }
        // Nothing may be charged while money of the order is under way: it is tried afterwards.
        _ => ChargeOutcome::Unknown,
    })
}
