//! What the pages show of plans, quotes and changes.

use super::job::Job;
use super::quote::Quote;
use super::state::{Slip, State};
use super::subject::Subject;
use super::{store, target};
use crate::db::{Conn, Error};
use crate::{Buyer, Portal, outbox};
use std::time::Duration;
use types::plan::{PlanChangeView, PlanPrice, PlanRefusal, PlanView, QuoteLine, QuoteView};
use types::view::OpenPayment;
use types::{Code, Instant, IntervalUnit, Method, Money, OrderId, PlanChangeState, QuoteId, SubscriptionId};

/// How long, and how often, a page waits for a charge.
const MOMENT: Duration = Duration::from_millis(100);
const PATIENCE: u32 = 25;

/// Which plans the buyer's own subscription may change to. Absent and somebody else's are the same `None`.
pub async fn plans(buyer: &Buyer, subscription: SubscriptionId) -> Result<Option<PlanView>, Error> {
    let mut reader = buyer.portal().db.read().await?;
    let Some(subject) = Subject::of_buyer(reader.conn(), subscription, buyer.person()).await? else { return Ok(None) };
    let mut refusal = subject.refusal(buyer.portal());
    let mut targets = Vec::new();
    if refusal.is_none() {
        targets = target::list(buyer.portal(), reader.conn(), &subject)
            .await?
            .into_iter()
            .map(|target| target.view)
            .collect();
        refusal = targets.is_empty().then_some(PlanRefusal::NoTargets);
    }
    Ok(Some(PlanView { owner: subject.owner(), scheduled: subject.scheduled().cloned(), refusal, targets }))
}

/// How a quote stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuoteStanding {
    /// They hold.
    Holds,
    /// Too late, or the subscription is another one by now.
    Over,
    /// They were confirmed: there is a change of the same id.
    Confirmed,
}

/// A quote of the buyer's own subscription, and how it stands.
pub async fn seen_quote(
    buyer: &Buyer,
    subscription: SubscriptionId,
    quote: QuoteId,
) -> Result<Option<(QuoteView, QuoteStanding)>, Error> {
    let now = buyer.portal().now();
    let mut reader = buyer.portal().db.read().await?;
    let found = Subject::with_quote(reader.conn(), subscription, quote, buyer.person()).await?;
    let Some((subject, quote)) = found else { return Ok(None) };
    let is_over = || is_over(&subject, &quote, now) || subject.refusal(buyer.portal()).is_some();
    let standing = match quote.is_confirmed {
        true => QuoteStanding::Confirmed,
        false if is_over() => QuoteStanding::Over,
        false => QuoteStanding::Holds,
    };
    Ok(Some((quote_view(&subject, &quote, now), standing)))
}

/// A change of the buyer's own subscription.
pub async fn change(
    buyer: &Buyer,
    subscription: SubscriptionId,
    change: QuoteId,
) -> Result<Option<PlanChangeView>, Error> {
    let mut reader = buyer.portal().db.read().await?;
    let found = Subject::with_quote(reader.conn(), subscription, change, buyer.person()).await?;
    let Some((subject, quote)) = found else { return Ok(None) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(None) };
    let state = State::try_from(&row)?;
    let asked_at = Instant::from_micros(row.asked_at);
    let due = Money::new(quote.figures.due, quote.currency);
    let (mut decline, mut pay_url, mut open) = (None, None, None);
    match &state {
        State::Declined { reason, .. } => decline = Some(*reason),
        State::Waiting { url, slip, .. } => {
            let method = row.method.as_deref().and_then(|word| word.parse().ok());
            pay_url = Some(url.clone());
            open = slip.as_ref().zip(method).map(|(slip, method)| open_slip(slip, method, due, url));
        }
        _ => {}
    }
    Ok(Some(PlanChangeView {
        id: quote.id,
        owner: subject.owner(),
        state: state.name(),
        from: quote.from_plan.clone(),
        plan: quote.plan.to_string(),
        price: price(&quote),
        due,
        installments: row.installments,
        begins_at: if quote.is_now { asked_at } else { quote.period_start },
        next_charge_at: quote.next_charge_at,
        decline,
        pay_url,
        open,
        is_not_returned: matches!(state, State::NotReturned { .. }),
    }))
}

fn open_slip(slip: &Slip, method: Method, amount: Money, url: &str) -> OpenPayment {
    let code = slip.code.clone();
    OpenPayment {
        method,
        amount,
        code,
        url: Some(url.to_owned()),
        until: Some(slip.until),
        due_on: None,
        replaces: false,
    }
}

/// Waits a moment for a change whose money is being taken: most charges take less. Says nothing: the change's page
/// does.
pub async fn settled(buyer: &Buyer, subscription: SubscriptionId, change: QuoteId) -> Result<(), Error> {
    let is_open = |seen: &PlanChangeView| matches!(seen.state, PlanChangeState::Asked | PlanChangeState::Reconciling);
    wait_while(buyer, subscription, change, is_open).await
}

/// The buyer is back from a page of the gateway, which is asked at once what came of it.
pub async fn come_back(buyer: &Buyer, subscription: SubscriptionId, change: QuoteId) -> Result<(), Error> {
    let is_with_bank = |seen: &PlanChangeView| seen.state == PlanChangeState::Waiting && seen.open.is_none();
    if !self::change(buyer, subscription, change).await?.is_some_and(|seen| is_with_bank(&seen)) {
        return Ok(());
    }
    let mut tx = buyer.portal().db.begin().await?;
    outbox::put_afresh(buyer.portal(), &mut tx, Job::Advance { change }).await?;
    buyer.portal().commit(tx).await?;
    wait_while(buyer, subscription, change, is_with_bank).await
}

async fn wait_while(
    buyer: &Buyer,
    subscription: SubscriptionId,
    change: QuoteId,
    is_open: impl Fn(&PlanChangeView) -> bool,
) -> Result<(), Error> {
    for _ in 0..PATIENCE {
        if !self::change(buyer, subscription, change).await?.is_some_and(|seen| is_open(&seen)) {
            break;
        }
        tokio::time::sleep(MOMENT).await;
    }
    Ok(())
}

/// The subscription of an order, for links that name the order. The order is the caller's to have checked.
pub async fn subscription_of_order(conn: Conn<'_>, order: OrderId) -> Result<Option<SubscriptionId>, Error> {
    store::subscription_of(conn, order).await
}

/// Offers that an order's subscription may change to, and that cost less. None when nothing can be changed now.
pub(crate) async fn cheaper(portal: &Portal, mut conn: Conn<'_>, order: OrderId) -> Result<Vec<Code>, Error> {
    let Some(subject) = Subject::of_order(conn.again(), order).await? else { return Ok(Vec::new()) };
    if subject.refusal(portal).is_some() {
        return Ok(Vec::new());
    }
    let targets = target::list(portal, conn, &subject).await?.into_iter().filter_map(|target| target.candidate);
    Ok(targets.filter(|candidate| subject.is_dearer_than(candidate)).map(|candidate| candidate.code).collect())
}

/// Returns whether the figures have expired, or were computed for another state of the subscription.
pub(super) fn is_over(subject: &Subject, quote: &Quote, now: Instant) -> bool {
    now >= quote.expires_at || subject.basis() != quote.basis
}

pub(super) fn quote_view(subject: &Subject, quote: &Quote, now: Instant) -> QuoteView {
    QuoteView {
        id: Some(quote.id),
        owner: subject.owner(),
        target: quote.target.clone(),
        plan: quote.plan.to_string(),
        price: price(quote),
        is_now: quote.is_now,
        is_trial: quote.is_trial,
        lines: lines(subject, quote),
        due: Money::new(quote.figures.due, quote.currency),
        installments_max: quote.installments_max,
        begins_at: if quote.is_now { now } else { quote.period_start },
        next_charge_at: quote.next_charge_at,
        expires_at: quote.expires_at,
        replaces: subject.scheduled().map(|scheduled| scheduled.plan.clone()),
        ends_discount: subject.record.subscription.as_ref().and_then(|plan| plan.discount),
    }
}

/// What is counted together: their sum is what is taken now.
fn lines(subject: &Subject, quote: &Quote) -> Vec<QuoteLine> {
    if !quote.is_now || quote.is_trial {
        return Vec::new();
    }
    let (figures, money) = (quote.figures, |amount| Money::new(amount, quote.currency));
    let until = subject.record.zone.intervals_after(quote.period_end, IntervalUnit::Day, -figures.extra_days);
    let credit = (figures.credit > 0).then(|| QuoteLine::Credit(money(figures.credit)));
    let days = (figures.rest > 0).then(|| QuoteLine::Days { amount: money(figures.rest), days: figures.extra_days });
    let plan = QuoteLine::Plan { amount: money(figures.debit), until };
    credit.into_iter().chain([plan]).chain(days).collect()
}

fn price(quote: &Quote) -> PlanPrice {
    PlanPrice { amount: Money::new(quote.amount, quote.currency), interval: quote.interval }
}
