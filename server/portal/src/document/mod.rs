//! Papers about an order: receipts of what was paid, credit notes of what went back, the sale as it was, and whom they are made out to.

mod store;

use crate::audit::{self, Entry};
use crate::db::{Error, Statement};
use crate::order::{Charge, OrderRecord, OrderRefund};
use crate::portal::{Actor, Buyer};
use crate::time::Zone;
use serde_json::json;
use types::view::{BillingData, DocumentKind, DocumentView, TermsItem, TermsView};
use types::{ChargeId, ChargeStatus, Instant, Line, Money, RefundState, TaxId};

/// Documents of one year at most: more than anybody buys, and what one answer may hold.
const MOST: usize = 500;

/// The receipt of a charge of this buyer's; none when it is absent, somebody else's, or took no money.
pub async fn receipt(buyer: &Buyer, handle: &str, charge: ChargeId) -> Result<Option<DocumentView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let billing = billing_of(buyer, &order).await?;
    let found = order.charges.iter().find(|known| known.id == charge);
    match found {
        Some(charge) => Ok(receipt_of(&order, charge, billing)),
        None => Ok(None),
    }
}

/// The credit note of a refund of this buyer's; none until it was sent.
pub async fn credit_note(buyer: &Buyer, handle: &str, protocol: &str) -> Result<Option<DocumentView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let billing = billing_of(buyer, &order).await?;
    let found = order.refunds.iter().find(|refund| refund.protocol.as_str() == protocol);
    match found {
        Some(refund) => Ok(note_of(&order, refund, billing)),
        None => Ok(None),
    }
}

/// Every receipt and credit note of a year, by the calendar of who sold it, oldest first.
pub async fn of_year(buyer: &Buyer, year: i64) -> Result<Vec<DocumentView>, Error> {
    let mut documents = Vec::new();
    for id in store::orders(&buyer.portal.db, buyer.person).await? {
        let order = OrderRecord::by_id(buyer.portal.db.read().await?.conn(), id).await?;
        // Between the two statements it may have gone to another address.
        let Some(order) = order.filter(|order| order.person == buyer.person) else { continue };
        let is_of_year = |at: Instant, zone: &Zone| i64::from(zone.day_of(at).year()) == year;
        let billing = billing_of(buyer, &order).await?;
        for charge in order.charges.iter().filter(|charge| charge.paid_at.is_some_and(|at| is_of_year(at, &order.zone)))
        {
            documents.extend(receipt_of(&order, charge, billing.clone()));
        }
        for refund in order.refunds.iter().filter(|refund| refund.sent_at.is_some_and(|at| is_of_year(at, &order.zone)))
        {
            documents.extend(note_of(&order, refund, billing.clone()));
        }
        if documents.len() >= MOST {
            break;
        }
    }
    documents.sort_by_key(|document| document.at);
    Ok(documents)
}

/// What is on file of the sale itself.
pub async fn terms(buyer: &Buyer, handle: &str) -> Result<Option<TermsView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let item = |item: &crate::order::OrderItem| TermsItem {
        name: item.name.clone(),
        offer: item.offer.clone(),
        amount: Money::new(item.amount, order.currency),
        is_bump: item.is_bump,
    };
    Ok(Some(TermsView {
        handle: order.handle(),
        code: order.code.clone(),
        seller: order.seller.clone(),
        ordered_at: order.ordered_at,
        items: order.items.iter().map(item).collect(),
        total: order.total,
        subscription: order.subscription.clone(),
    }))
}

/// Whom the documents of an order are made out to.
pub async fn billing(buyer: &Buyer, handle: &str) -> Result<Option<(BillingData, OrderName)>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let name = OrderName { handle: order.handle(), seller: order.seller.name.clone() };
    Ok(Some((billing_of(buyer, &order).await?, name)))
}

/// What a page about an order needs to lead back to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderName {
    /// What stands in its address.
    pub handle: String,
    /// The seller's name.
    pub seller: String,
}

/// Billing data as a buyer corrects it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBilling {
    /// Name.
    pub name: Line,
    /// CPF or CNPJ; none to leave what is on file.
    pub tax_id: Option<TaxId>,
    /// Address, one line.
    pub address: Option<Line>,
}

/// Corrects it for all documents from now on; false when there is no such order of this buyer's.
pub async fn write_billing(buyer: &Buyer, handle: &str, new: &NewBilling) -> Result<bool, Error> {
    let portal = &buyer.portal;
    let Some(order) = order(buyer, handle).await? else { return Ok(false) };
    let before = billing_of(buyer, &order).await?;
    let after = BillingData {
        name: new.name.to_string(),
        tax_id: new.tax_id.as_ref().map(ToString::to_string).or_else(|| before.tax_id.clone()),
        address: new.address.as_ref().map(ToString::to_string),
    };
    if before == after {
        return Ok(true);
    }
    let mut tx = portal.db.begin().await?;
    store::write_billing(&mut tx, &order, &after, portal.now()).await?;
    let masked = |data: &BillingData| {
        let tax_id = data.tax_id.as_deref().map(|id| TaxId::parse(id).map_or("***".to_owned(), |id| id.masked()));
        json!({ "name": data.name, "tax_id": tax_id, "address": data.address })
    };
    let entry = Entry {
        origin: &buyer.origin.address,
        producer: Some(order.producer),
        person: Some(order.person),
        order: Some(order.id),
        before: Some(masked(&before)),
        after: Some(masked(&after)),
        ..Entry::new(Actor::Buyer(buyer.person), "document.billing")
    };
    audit::record(portal, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(true)
}

async fn order(buyer: &Buyer, handle: &str) -> Result<Option<OrderRecord>, Error> {
    OrderRecord::of_buyer(buyer.portal.db.read().await?.conn(), buyer.person, handle).await
}

/// What the buyer corrected, else what the checkout sent. A tax id that is one is written with its marks.
async fn billing_of(buyer: &Buyer, order: &OrderRecord) -> Result<BillingData, Error> {
    let mut data = store::billing(&buyer.portal.db, buyer.person, order.id).await?;
    data.tax_id = data.tax_id.map(|id| TaxId::parse(&id).map_or(id, |id| id.to_string()));
    Ok(data)
}

fn receipt_of(order: &OrderRecord, charge: &Charge, billing: BillingData) -> Option<DocumentView> {
    let took_money = matches!(charge.status, ChargeStatus::Paid | ChargeStatus::Refunded | ChargeStatus::Disputed);
    let at = charge.paid_at.filter(|_| took_money)?;
    let back = if charge.status == ChargeStatus::Refunded {
        charge.amount.amount
    } else {
        let of_charge = order.refunds.iter().filter(|refund| refund.charge == charge.id && refund.is_alive());
        of_charge.map(|refund| refund.amount.amount).sum()
    };
    // One cycle of a plan, or one instalment, is not the price of the items.
    let adds_up = charge.amount == order.total;
    let priced =
        |item: &crate::order::OrderItem| (item.name.clone(), adds_up.then(|| Money::new(item.amount, order.currency)));
    let mut document = document(order, charge, billing, at);
    document.items = order.items.iter().map(priced).collect();
    document.kind = DocumentKind::Receipt { charge: charge.id, refunded: Money::new(back, charge.amount.currency) };
    Some(document)
}

fn note_of(order: &OrderRecord, refund: &OrderRefund, billing: BillingData) -> Option<DocumentView> {
    let is_settled = refund.state == RefundState::Settled;
    let at = refund.sent_at.filter(|_| is_settled || refund.state == RefundState::Sent)?;
    let charge = order.charges.iter().find(|charge| charge.id == refund.charge)?;
    let mut document = document(order, charge, billing, at);
    document.items = refund.items.iter().map(|name| (name.clone(), None)).collect();
    document.amount = refund.amount;
    document.kind = DocumentKind::CreditNote { protocol: refund.protocol.clone(), is_settled };
    Some(document)
}

/// What both kinds share; the rest is filled in by each.
fn document(order: &OrderRecord, charge: &Charge, billing: BillingData, at: Instant) -> DocumentView {
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
        reference: charge.reference.clone(),
        kind: DocumentKind::Receipt { charge: charge.id, refunded: Money::new(0, charge.amount.currency) },
    }
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
