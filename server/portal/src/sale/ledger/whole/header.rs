//! Buyer, contact and payment of an order that comes whole.

use crate::db::{Error, Tx};
use crate::ledger::entry::Entry;
use crate::ledger::merge::{Header, Kept};
use crate::ledger::store;
use types::OrderId;

/// Writes buyer and payment. Returns whether that is news.
pub(super) async fn replace(tx: &mut Tx, id: OrderId, before: Option<&Kept>, entry: &Entry<'_>) -> Result<bool, Error> {
    let new = Header::of(entry.order);
    let currency = store::order::whose(tx, id).await?.currency;
    let is_same = before.is_some_and(|kept| {
        let kept_header = Header { version: new.version, ..kept.header.clone() };
        let is_same_sale = kept.ordered_at == entry.order.ordered_at && currency == entry.order.currency;
        kept.person == entry.person && kept_header == new && is_same_sale
    });
    if before.is_some() {
        store::order::update_header(tx, id, entry.person, &new).await?;
        store::whole::set_sale(tx, id, entry.order.ordered_at, entry.order.currency).await?;
    }
    Ok(!is_same)
}

/// Only buyer and contact are taken: money and goods are our calendar's.
pub(crate) async fn replace_buyer(tx: &mut Tx, kept: &Kept, entry: &Entry<'_>) -> Result<bool, Error> {
    let kept_header = &kept.header;
    let new = Header {
        version: kept_header.version,
        method: kept_header.method,
        card: kept_header.card.clone(),
        gateway: kept_header.gateway.clone(),
        ..Header::of(entry.order)
    };
    if kept.person == entry.person && new == *kept_header {
        return Ok(false);
    }
    store::order::update_header(tx, kept.id, entry.person, &new).await?;
    Ok(true)
}
