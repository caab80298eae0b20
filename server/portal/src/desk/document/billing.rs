//! Whom the documents of an order are made out to, as the buyer corrects it.

use super::store::Paper;
use super::{paper, store};
use crate::db::Error;
use crate::event::{self, Record};
use crate::{Actor, Buyer};
use serde_json::json;
use types::view::BillingData;
use types::{Line, TaxId};

/// Whom the documents of an order are made out to.
pub async fn billing(buyer: &Buyer, handle: &str) -> Result<Option<(BillingData, OrderName)>, Error> {
    let Some(Paper { order, billing, .. }) = paper(buyer, handle).await? else { return Ok(None) };
    let name = OrderName { handle: order.handle(), producer: order.producer.name };
    Ok(Some((billing, name)))
}

/// What a page about an order needs to lead back to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderName {
    /// What stands in its address.
    pub handle: String,
    /// The producer's name.
    pub producer: String,
}

/// Billing data as a buyer corrects it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBilling {
    /// Name of the person or company that the papers are made out to.
    pub name: Line,
    /// CPF or CNPJ; none to leave what is on file.
    pub tax_id: Option<TaxId>,
    /// Address, one line.
    pub address: Option<Line>,
}

/// Corrects it for all documents from now on; false when there is no such order of this buyer's.
pub async fn write_billing(buyer: &Buyer, handle: &str, new: &NewBilling) -> Result<bool, Error> {
    let portal = buyer.portal();
    let Some(Paper { order, billing: before, .. }) = paper(buyer, handle).await? else { return Ok(false) };
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
    let entry = Record {
        origin: &buyer.origin().address,
        producer: Some(order.producer_id),
        person: Some(order.person),
        order: Some(order.id),
        before: Some(masked(&before)),
        after: Some(masked(&after)),
        ..Record::new(Actor::Buyer(buyer.person()), event::Document::BillingWritten { order: order.id })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(true)
}
