//! One order as its buyer sees it.

use super::store;
use super::timeline::{add_events, timeline};
use crate::access::{self, AccessOfOrder};
use crate::db::Error;
use crate::order::{Charge, Found, OrderItem as Item, OrderRecord, OrderRefund as Refund, RefundPart};
use crate::policy::Policy;
use crate::refund::{self, RefundError};
use crate::{Buyer, Portal, Producer, billing, subscription};
use types::view::{
    ChargeView, ItemView, OrderView, OverdueView, RefundPreview, RefundView, SaleView, SoldLine, SubscriptionPage,
};
use types::{ChargeStatus, Instant, ItemId, Money, OrderKind, RefundPartState, RefundState, SubscriptionId};

/// The buyer's own order by what stands in its address. Absent and somebody else's are the same `None`.
pub async fn for_buyer(buyer: &Buyer, handle: &str) -> Result<Option<OrderView>, Error> {
    let found = store::with_events(buyer.portal().db.read().await?.conn(), buyer.person(), handle).await?;
    let Some(Found { order: record, also: events, .. }) = found else { return Ok(None) };
    let mut view = view_of(buyer.portal(), &record).await?;
    add_events(&mut view.timeline, events)?;
    Ok(Some(view))
}

/// The same without what the log tells, for pages that show no history.
pub async fn without_log(buyer: &Buyer, handle: &str) -> Result<Option<OrderView>, Error> {
    let record = OrderRecord::of_buyer(buyer.portal().db.read().await?.conn(), buyer.person(), handle).await?;
    match record {
        Some(record) => view_of(buyer.portal(), &record).await.map(Some),
        None => Ok(None),
    }
}

/// The page of the buyer's own subscription. Absent and somebody else's are the same `None`.
pub async fn subscription_page(buyer: &Buyer, id: SubscriptionId) -> Result<Option<SubscriptionPage>, Error> {
    let Some(page) = subscription::for_buyer(buyer, id).await? else { return Ok(None) };
    let order = view_of(buyer.portal(), &page.order).await?;
    Ok(Some(page.with_order(order)))
}

/// The newest order of a producer's, as its buyer sees it, but for its history. None when it sold nothing.
pub async fn newest_of(producer: &Producer) -> Result<Option<OrderView>, Error> {
    let found = store::newest_of(producer.portal().db.read().await?.conn(), producer.id()).await?;
    match found {
        Some(Found { order, .. }) => view_of(producer.portal(), &order).await.map(Some),
        None => Ok(None),
    }
}

/// The page of the newest subscription that a producer sold, as its buyer would see it under this policy. None when it
/// sold none.
pub async fn subscription_under(producer: &Producer, policy: &Policy) -> Result<Option<SubscriptionPage>, Error> {
    let Some(page) = subscription::under(producer, policy).await? else { return Ok(None) };
    let order = view_of(producer.portal(), &page.order).await?;
    Ok(Some(page.with_order(order)))
}

/// What a refund of these items would do. Changes nothing. No items: all that may be asked for.
pub async fn refund_preview(buyer: &Buyer, handle: &str, items: &[ItemId]) -> Result<RefundPreview, RefundError> {
    let preview = refund::preview(buyer, handle, items).await?;
    let order = view_of(buyer.portal(), &preview.order).await?;
    Ok(preview.with_order(order))
}

/// A record with its access, as a view.
pub(crate) async fn view_of(portal: &Portal, record: &OrderRecord) -> Result<OrderView, Error> {
    let access = access::of_record(portal, record).await?;
    let installments = match record.kind {
        OrderKind::SmartInstallments | OrderKind::SlipInstallments => {
            billing::installments_of(portal.db.read().await?.conn(), record.id).await?
        }
        OrderKind::OneOff | OrderKind::Subscription => Vec::new(),
    };
    let overdue = overdue(portal, record).await?;
    let standing = refund::RefundStanding::of(record, portal.now());
    let item = |item| view_item(record, item, &access, &standing);
    let items: Vec<ItemView> = record.items.iter().map(item).collect();
    Ok(OrderView {
        handle: record.handle(),
        code: record.code.clone(),
        sale: SaleView {
            tax_id: record.tax_id.clone(),
            phone: record.phone.clone(),
            address: record.address.clone(),
            details: record.details.clone(),
        },
        producer: record.producer.clone(),
        kind: record.kind,
        status: record.status,
        buyer_name: record.buyer_name.clone(),
        email: record.email.clone(),
        ordered_at: record.ordered_at,
        paid_at: record.paid_at,
        total: record.total,
        sold: types::view::sum(record.currency, record.items.iter().map(|item| item.sold)),
        refunded: Money::new(record.refunded(), record.currency),
        payment: record.payment.clone(),
        timeline: timeline(record, &items),
        items,
        charges: record.charges.iter().map(|charge| view_charge(record, charge)).collect(),
        subscription: record.subscription.clone(),
        is_billed_here: record.is_billed_here(portal),
        changes_plans: record.changes_plans(portal),
        takes_cards: record.takes_cards(portal),
        installments,
        overdue,
        has_calendar: record.has_calendar,
        refund_offer: standing.offer,
        refunds: record.refunds.iter().map(|refund| refund.view(portal, record)).collect(),
    })
}

/// What was tried in vain is owed: where nothing is, the calendar is not asked.
async fn overdue(portal: &Portal, record: &OrderRecord) -> Result<Option<OverdueView>, Error> {
    if !record.has_owed {
        return Ok(None);
    }
    billing::overdue_of(portal.db.read().await?.conn(), record.id).await
}

fn view_item(record: &OrderRecord, item: &Item, access: &AccessOfOrder, standing: &refund::RefundStanding) -> ItemView {
    ItemView {
        id: item.id,
        name: item.name.clone(),
        offer: item.offer.clone(),
        amount: Money::new(item.amount, record.currency),
        sold: SoldLine {
            name: item.sold_as.0.clone(),
            offer: item.sold_as.1.clone(),
            amount: Money::new(item.sold, record.currency),
        },
        picture: item.picture.clone(),
        is_bump: item.is_bump,
        refund: item.refund,
        refundable: standing.open.contains(&item.id),
        askable: standing.askable.contains(&item.id),
        access: access.of_item(item.id),
    }
}

fn view_charge(record: &OrderRecord, charge: &Charge) -> ChargeView {
    let is_back = charge.status == ChargeStatus::Paid
        && !charge.goes_back
        && charge.amount.amount > 0
        && record.back_of(charge) >= charge.amount.amount;
    ChargeView {
        id: charge.id,
        amount: charge.amount,
        status: if is_back { ChargeStatus::Refunded } else { charge.status },
        method: charge.method,
        installments: charge.installments,
        created_at: charge.created_at,
        paid_at: charge.paid_at,
        payment_code: charge.payment_code.clone(),
        payment_url: charge.payment_url.clone(),
        due_on: charge.due_on.clone(),
        back_by_source: record.back_by_source(charge),
        period: charge.period,
    }
}

impl Refund {
    /// Whether nobody outside has heard of it yet.
    fn may_be_withdrawn(&self) -> bool {
        let is_open = matches!(self.state, RefundState::Requested | RefundState::Approved);
        let is_told = |part: &RefundPart| part.state == RefundPartState::ByHand;
        is_open && !self.parts.iter().any(is_told)
    }

    /// Whether it is agreed to, and an account is missing that the money can go to.
    fn waits_for_payee(&self) -> bool {
        let is_agreed = matches!(self.state, RefundState::Approved | RefundState::Reconciling);
        let is_waiting = |part: &RefundPart| part.state == RefundPartState::Waiting;
        is_agreed && self.payee_asked_at.is_some() && self.payee.is_none() && self.parts.iter().any(is_waiting)
    }

    /// Since when a gateway has been asked without an answer.
    fn asking_since(&self) -> Option<Instant> {
        let asked = self.parts.iter().filter(|part| part.state == RefundPartState::Reconciling);
        asked.filter_map(|part| part.begun_at).min()
    }

    /// Whether the producer pays any of it back by hand, whether they know so far or not.
    fn is_by_hand(&self, portal: &Portal, record: &OrderRecord) -> bool {
        let gateway = |id| record.charge(id).map(|charge| &charge.gateway);
        self.parts.iter().any(|part| match part.state {
            RefundPartState::ByHand => true,
            RefundPartState::Waiting => gateway(part.charge).is_some_and(|name| refund::is_by_hand(portal, name)),
            _ => false,
        })
    }

    /// As its tracker shows it.
    pub(crate) fn view(&self, portal: &Portal, record: &OrderRecord) -> RefundView {
        let told = self.parts.iter().filter(|part| part.state == RefundPartState::ByHand);
        RefundView {
            protocol: self.protocol.clone(),
            state: self.state,
            amount: self.amount,
            back: Money::new(self.back(), self.amount.currency),
            items: self.items.clone(),
            requested_at: self.requested_at,
            asking_since: self.asking_since(),
            sent_at: self.sent_at,
            ended_at: self.ended_at,
            answer_by: self.answer_by,
            answer: self.answer.clone(),
            is_given: self.is_given,
            may_be_withdrawn: !self.is_given && self.may_be_withdrawn(),
            is_by_hand: self.is_by_hand(portal, record),
            by_hand_since: told.filter_map(|part| part.begun_at).min(),
            waits_for_payee: self.waits_for_payee(),
            payee: self.payee.clone(),
            payee_pages: self.parts.iter().filter_map(|part| part.page.clone()).collect(),
        }
    }
}
