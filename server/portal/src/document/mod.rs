//! Papers about an order: receipts of what was paid, credit notes of what went back, the sale as it was, and whom they are made out to.

mod store;

use crate::audit::{self, Entry};
use crate::db::{Error, Statement};
use crate::order::{Charge, OrderRecord, OrderRefund};
use crate::portal::{Actor, Buyer};
use crate::time::Zone;
use serde_json::json;
use types::view::{BillingData, DocumentKind, DocumentView, TermsItem, TermsView};
use types::{ChargeId, Instant, Line, Money, RefundPartState, TaxId};

/// Documents of one year at most: more than anybody buys, and what one answer may hold.
const MOST: usize = 500;

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

/// The credit note of a refund of this buyer's, or of a charge that the source gave back by itself; none until the money went.
pub async fn credit_note(buyer: &Buyer, handle: &str, name: &str) -> Result<Option<DocumentView>, Error> {
    let Some(order) = order(buyer, handle).await? else { return Ok(None) };
    let billing = billing_of(buyer, &order).await?;
    let refund = order.refunds.iter().find(|refund| refund.protocol.as_str() == name);
    let charge = order.charges.iter().find(|charge| charge.id.to_string() == name);
    match (refund, charge) {
        (Some(refund), _) => note_of(buyer, &order, refund, billing).await,
        (None, Some(charge)) => source_note_of(buyer, &order, charge, billing).await,
        (None, None) => Ok(None),
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
            documents.extend(receipt_of(buyer, &order, charge, billing.clone()).await?);
        }
        for charge in order.charges.iter().filter(|charge| is_of_year(charge.changed_at, &order.zone)) {
            documents.extend(source_note_of(buyer, &order, charge, billing.clone()).await?);
        }
        for refund in order.refunds.iter().filter(|refund| refund.sent_at.is_some_and(|at| is_of_year(at, &order.zone)))
        {
            documents.extend(note_of(buyer, &order, refund, billing.clone()).await?);
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

async fn receipt_of(
    buyer: &Buyer,
    order: &OrderRecord,
    charge: &Charge,
    billing: BillingData,
) -> Result<Option<DocumentView>, Error> {
    let Some(at) = charge.paid_at.filter(|_| charge.took_money()) else { return Ok(None) };
    let reference = store::reference(&buyer.portal.db, buyer.person, charge.id).await?;
    let back = order.back_of(charge);
    // One cycle of a plan, or one instalment, is not the price of the items.
    let adds_up = charge.amount == order.total;
    let priced =
        |item: &crate::order::OrderItem| (item.name.clone(), adds_up.then(|| Money::new(item.amount, order.currency)));
    let mut document = document(order, charge, billing, reference, at);
    document.items = order.items.iter().map(priced).collect();
    document.kind = DocumentKind::Receipt { charge: charge.id, refunded: Money::new(back, charge.amount.currency) };
    Ok(Some(document))
}

async fn note_of(
    buyer: &Buyer,
    order: &OrderRecord,
    refund: &OrderRefund,
    billing: BillingData,
) -> Result<Option<DocumentView>, Error> {
    let back: Vec<_> = refund.parts.iter().filter(|part| part.is_back()).collect();
    let Some(at) = refund.sent_at else { return Ok(None) };
    let charges = || order.charges.iter().filter(|charge| back.iter().any(|part| part.charge == charge.id));
    let Some(newest) = charges().next() else { return Ok(None) };
    let mut references = Vec::new();
    for charge in charges() {
        references.push(store::reference(&buyer.portal.db, buyer.person, charge.id).await?);
    }
    let mut document = document(order, newest, billing, references.join(", "), at);
    document.items = refund.items.iter().map(|name| (name.clone(), None)).collect();
    document.amount = Money::new(refund.back(), refund.amount.currency);
    let is_settled = back.iter().all(|part| part.state == RefundPartState::Settled);
    document.kind = DocumentKind::CreditNote { protocol: refund.protocol.clone(), is_settled };
    Ok(Some(document))
}

/// What the source gave back of a charge by itself: no refund of ours has a note about it.
async fn source_note_of(
    buyer: &Buyer,
    order: &OrderRecord,
    charge: &Charge,
    billing: BillingData,
) -> Result<Option<DocumentView>, Error> {
    let Some(back) = order.back_by_source(charge) else { return Ok(None) };
    let reference = store::reference(&buyer.portal.db, buyer.person, charge.id).await?;
    let mut document = document(order, charge, billing, reference, charge.changed_at);
    document.amount = back;
    document.kind = DocumentKind::SourceCreditNote { charge: charge.id };
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
