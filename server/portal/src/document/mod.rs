//! Papers about an order: receipts of what was paid, credit notes of what went back, the sale as it was, and whom they are made out to.

mod billing;
mod store;
mod year;

pub use billing::{NewBilling, OrderName, billing, write_billing};
pub use year::{Year, of_year};

use self::billing::billing_of;
use self::store::LineRow;
use crate::billing::parts_of;
use crate::db::{Error, Statement};
use crate::order::{Charge, OrderRecord, OrderRefund};
use crate::portal::Buyer;
use types::view::{BillingData, DocumentKind, DocumentView, TermsView};
use types::{ChargeId, ChargeStatus, Instant, Money, OrderKind, RefundState};

/// The receipt of a charge of this buyer's; none when it is absent, somebody else's, or took no money.
pub async fn receipt(buyer: &Buyer, handle: &str, charge: ChargeId) -> Result<Option<DocumentView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let billing = billing_of(buyer, &order).await?;
    let found = order.charges.iter().find(|known| known.id == charge);
    match found {
        Some(charge) => receipt_of(buyer, &order, charge, billing).await,
        None => Ok(None),
    }
}

/// The credit note of a refund of this buyer's; none until it was sent.
pub async fn credit_note(buyer: &Buyer, handle: &str, protocol: &str) -> Result<Option<DocumentView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let billing = billing_of(buyer, &order).await?;
    let found = order.refunds.iter().find(|refund| refund.protocol.as_str() == protocol);
    match found {
        Some(refund) => note_of(buyer, &order, refund, billing).await,
        None => Ok(None),
    }
}

/// The sale as it was, whatever was changed since.
pub async fn terms(buyer: &Buyer, handle: &str) -> Result<Option<TermsView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let db = &buyer.portal.db;
    let items = store::sale_items(db, buyer.person, order.id).await?;
    let currency = items.first().map_or(order.currency, |item| item.amount.currency);
    let parts = match order.kind {
        OrderKind::SmartInstallments | OrderKind::SlipInstallments => {
            parts_of(db.read().await?.conn(), order.id).await?.len()
        }
        OrderKind::OneOff | OrderKind::Subscription => 0,
    };
    Ok(Some(TermsView {
        handle: order.handle(),
        code: order.code.clone(),
        seller: order.seller.clone(),
        ordered_at: order.ordered_at,
        total: types::view::sum(currency, items.iter().map(|item| item.amount.amount)),
        plan: store::sale_plan(db, buyer.person, order.id).await?,
        parts: i64::try_from(parts).unwrap_or(i64::MAX),
        items,
    }))
}

async fn order(buyer: &Buyer, handle: &str) -> Result<Option<OrderRecord>, Error> {
    OrderRecord::of_buyer(buyer.portal.db.read().await?.conn(), buyer.person, handle).await
}

async fn receipt_of(
    buyer: &Buyer,
    order: &OrderRecord,
    charge: &Charge,
    billing: BillingData,
) -> Result<Option<DocumentView>, Error> {
    let took_money = matches!(charge.status, ChargeStatus::Paid | ChargeStatus::Refunded | ChargeStatus::Disputed);
    let Some(at) = charge.paid_at.filter(|_| took_money) else { return Ok(None) };
    let reference = store::reference(&buyer.portal.db, buyer.person, charge.id).await?;
    let back = if charge.status == ChargeStatus::Refunded {
        charge.amount.amount
    } else {
        let of_charge = order.refunds.iter().filter(|refund| refund.charge == charge.id && refund.is_alive());
        of_charge.map(|refund| refund.amount.amount).sum()
    };
    let lines = store::lines(&buyer.portal.db, buyer.person, charge.id).await?;
    // One cycle after a discount, what is left to pay for another plan, or one instalment is not the price of the lines.
    let adds_up = charge.amount.amount == lines.iter().map(|line| line.amount).sum::<i64>();
    let currency = charge.amount.currency;
    let mut document = document(order, charge, billing, reference, at);
    document.items =
        lines.iter().map(|line| (name_of(line), adds_up.then(|| Money::new(line.amount, currency)))).collect();
    document.kind = DocumentKind::Receipt { charge: charge.id, refunded: Money::new(back, charge.amount.currency) };
    Ok(Some(document))
}

/// A product, and the offer of it where that is called differently: two plans are two offers of one product.
fn name_of(line: &LineRow) -> String {
    match line.offer_name.as_deref().filter(|offer| *offer != line.name) {
        Some(offer) => format!("{} · {offer}", line.name),
        None => line.name.clone(),
    }
}

async fn note_of(
    buyer: &Buyer,
    order: &OrderRecord,
    refund: &OrderRefund,
    billing: BillingData,
) -> Result<Option<DocumentView>, Error> {
    let is_settled = refund.state == RefundState::Settled;
    let Some(at) = refund.sent_at.filter(|_| is_settled || refund.state == RefundState::Sent) else { return Ok(None) };
    let Some(charge) = order.charges.iter().find(|charge| charge.id == refund.charge) else { return Ok(None) };
    let reference = store::reference(&buyer.portal.db, buyer.person, charge.id).await?;
    let mut document = document(order, charge, billing, reference, at);
    document.items = refund.items.iter().map(|name| (name.clone(), None)).collect();
    document.amount = refund.amount;
    document.kind = DocumentKind::CreditNote { protocol: refund.protocol.clone(), is_settled };
    Ok(Some(document))
}

/// What both kinds share; the rest is filled in by each.
fn document(
    order: &OrderRecord,
    charge: &Charge,
    billing: BillingData,
    reference: String,
    at: Instant,
) -> DocumentView {
    let is_same_method = charge.method == order.payment.method;
    DocumentView {
        handle: order.handle(),
        code: order.code.clone(),
        seller: order.seller.clone(),
        billing,
        email: order.email.clone(),
        items: Vec::new(),
        amount: charge.amount,
        payment: types::view::PaymentView {
            method: charge.method,
            card: order.payment.card.clone().filter(|_| is_same_method),
        },
        installments: charge.installments,
        at,
        ordered_at: order.ordered_at,
        reference,
        kind: DocumentKind::Receipt { charge: charge.id, refunded: Money::new(0, charge.amount.currency) },
    }
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
