//! Documents about an order: receipts of what was paid, credit notes of what went back, the terms of the sale, and whom
//! they are made out to.

mod billing;
mod store;
mod traces;
mod year;

pub use billing::{NewBilling, OrderName, billing, write_billing};
pub(crate) use traces::TRACES;
pub use year::{Year, of_year};

use self::store::{LineRow, Paper};
use crate::Buyer;
use crate::billing::installments_of;
use crate::db::{Error, Statement};
use crate::order::{Charge, OrderRefund};
use types::view::{DocumentKind, DocumentView, TermsView};
use types::{ChargeId, Instant, Money, OrderKind, RefundPartState};

/// The receipt of a charge of this buyer's; none when it is absent, somebody else's, took no money, or was of nothing.
pub async fn receipt(buyer: &Buyer, handle: &str, charge: ChargeId) -> Result<Option<DocumentView>, Error> {
    let Some(paper) = paper(buyer, handle).await? else { return Ok(None) };
    Ok(paper.order.charge(charge).and_then(|charge| receipt_of(&paper, charge)))
}

/// The credit note of a refund of this buyer's, or of a charge that the source gave back by itself; none until the
/// money went.
pub async fn credit_note(buyer: &Buyer, handle: &str, name: &str) -> Result<Option<DocumentView>, Error> {
    let Some(paper) = paper(buyer, handle).await? else { return Ok(None) };
    let refund = paper.order.refunds.iter().find(|refund| refund.protocol.as_str() == name);
    let charge = paper.order.charges.iter().find(|charge| charge.id.to_string() == name);
    Ok(match (refund, charge) {
        (Some(refund), _) => note_of(&paper, refund),
        (None, Some(charge)) => source_note_of(&paper, charge),
        (None, None) => None,
    })
}

/// The sale as it was, whatever was changed since.
pub async fn terms(buyer: &Buyer, handle: &str) -> Result<Option<TermsView>, Error> {
    let Some(Paper { order, .. }) = paper(buyer, handle).await? else { return Ok(None) };
    let db = &buyer.portal().db;
    let items = store::sale_items(db, buyer.person(), order.id).await?;
    let currency = items.first().map_or(order.currency, |item| item.amount.currency);
    let installments = match order.kind {
        OrderKind::SmartInstallments | OrderKind::SlipInstallments => {
            installments_of(db.read().await?.conn(), order.id).await?.len()
        }
        OrderKind::OneOff | OrderKind::Subscription => 0,
    };
    Ok(Some(TermsView {
        handle: order.handle(),
        code: order.code.clone(),
        producer: order.producer.clone(),
        ordered_at: order.ordered_at,
        total: types::view::sum(currency, items.iter().map(|item| item.amount.amount)),
        plan: store::sale_plan(db, buyer.person(), order.id).await?,
        installments: i64::try_from(installments).unwrap_or(i64::MAX),
        items,
    }))
}

/// What papers about the buyer's own order are made of.
async fn paper(buyer: &Buyer, handle: &str) -> Result<Option<Paper>, Error> {
    store::for_buyer(buyer.portal().db.read().await?.conn(), buyer.person(), handle).await
}

fn receipt_of(paper: &Paper, charge: &Charge) -> Option<DocumentView> {
    let at = charge.paid_at.filter(|_| charge.status.took_money() && charge.amount.amount > 0)?;
    let (amount, currency) = (charge.amount.amount, charge.amount.currency);
    let lines = || paper.lines.iter().filter(|line| line.charge_id == charge.id.0);
    // One instalment is not the price of the lines. Of a plan, one cycle after a discount, or what is left to pay for
    // another plan after the credit, is that price less what was taken off.
    let whole = lines().map(|line| line.amount).sum::<i64>();
    let is_less = amount < whole && paper.order.kind == OrderKind::Subscription;
    let price = |line: &LineRow| (amount == whole || is_less).then(|| Money::new(line.amount, currency));
    let mut document = document(paper, charge, at);
    document.items = lines().map(|line| (name_of(line), price(line))).collect();
    document.taken_off = is_less.then(|| Money::new(whole - amount, currency));
    document.period = charge.period;
    document.kind =
        DocumentKind::Receipt { charge: charge.id, refunded: Money::new(paper.order.back_of(charge), currency) };
    Some(document)
}

/// A product, and the offer of it where that is called differently: two plans are two offers of one product.
fn name_of(line: &LineRow) -> String {
    match line.offer_name.as_deref().filter(|offer| *offer != line.name) {
        Some(offer) => format!("{} · {offer}", line.name),
        None => line.name.clone(),
    }
}

fn note_of(paper: &Paper, refund: &OrderRefund) -> Option<DocumentView> {
    let back: Vec<_> = refund.parts.iter().filter(|part| part.is_back()).collect();
    let at = refund.sent_at?;
    let charges = || paper.order.charges.iter().filter(|charge| back.iter().any(|part| part.charge == charge.id));
    let newest = charges().next()?;
    let mut document = document(paper, newest, at);
    document.reference = charges().map(|charge| charge.reference.as_str()).collect::<Vec<_>>().join(", ");
    document.items = refund.items.iter().map(|name| (name.clone(), None)).collect();
    document.amount = Money::new(refund.back(), refund.amount.currency);
    let is_settled = back.iter().all(|part| part.state == RefundPartState::Settled);
    document.kind = DocumentKind::CreditNote { protocol: refund.protocol.clone(), is_settled };
    Some(document)
}

/// What the source gave back of a charge by itself: no refund of ours has a note about it.
fn source_note_of(paper: &Paper, charge: &Charge) -> Option<DocumentView> {
    let (at, back) = paper.order.back_by_source(charge)?;
    let mut document = document(paper, charge, at);
    document.amount = back;
    document.kind = DocumentKind::SourceCreditNote { charge: charge.id };
    Some(document)
}

/// What both kinds share; the rest is filled in by each.
fn document(paper: &Paper, charge: &Charge, at: Instant) -> DocumentView {
    let order = &paper.order;
    // What is on file now may be another card.
    let is_same_card = charge.method == order.payment.method && charge.has_same_card;
    DocumentView {
        handle: order.handle(),
        code: order.code.clone(),
        producer: order.producer.clone(),
        billing: paper.billing.clone(),
        email: order.email.clone(),
        items: Vec::new(),
        taken_off: None,
        period: None,
        amount: charge.amount,
        payment: types::view::PaymentView {
            method: charge.method,
            card: order.payment.card.clone().filter(|_| is_same_card),
        },
        installments: charge.installments,
        at,
        ordered_at: order.ordered_at,
        reference: charge.reference.clone(),
        kind: DocumentKind::Receipt { charge: charge.id, refunded: Money::new(0, charge.amount.currency) },
    }
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
