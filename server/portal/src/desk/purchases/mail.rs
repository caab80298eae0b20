//! The purchase mail, which brings the order link.

use super::content::Content;
use crate::Portal;
use crate::db::Error;
use crate::order::OrderRecord;
use crate::refund;
use ground::letter::Draft;
use types::place::buyer::order_link;
use types::view::RefundOffer;
use types::{LinkPlace, OrderId};

/// Tells the buyer that the order is paid.
pub(super) async fn mail_purchase(portal: &Portal, order: OrderId) -> Result<Option<Draft<Content>>, Error> {
    let record = OrderRecord::by_id(portal.db.read().await?.conn(), order).await?;
    let Some(record) = record else { return Ok(None) };
    let content = Content::Purchase {
        seller: record.seller.name.clone(),
        items: record.items.iter().map(|item| item.name.clone()).collect(),
        total: record.total,
        code: record.code.to_string(),
        order_link: portal.url(order_link(&record.order_ref, LinkPlace::Order)),
        refundable_until: match refund::offer(&record, portal.now()) {
            RefundOffer::Open { until, .. } => Some(until),
            _ => None,
        },
    };
    Ok(Some(record.mail_to_buyer(format!("purchase-{order}"), content)))
}
