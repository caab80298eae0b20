//! Another plan of an order on file: what it was told of its subscription so far, and its main item.

use super::items::{self, Item};
use super::new_order::{NewSubscription, Version};
use super::{restate, store};
use crate::access;
use crate::db::{Error, Tx};
use crate::order::OrderRecord;
use crate::portal::Portal;
use types::{OfferId, OrderId, ProductId};

/// The subscription of an order as it was last told.
pub(crate) async fn told(tx: &mut Tx, order: OrderId) -> Result<Option<NewSubscription>, Error> {
    Ok(store::subscription::of_order(tx, order).await?.map(|kept| kept.subscription))
}

/// What the main item of an order is from now on.
#[derive(Debug)]
pub(crate) struct MainItem {
    pub product: ProductId,
    pub product_code: String,
    pub name: String,
    pub offer: OfferId,
    pub offer_name: String,
    pub amount: i64,
}

/// Changes the main item, as a source does that reports a change of plan. The order's total follows, and access, which is given for items.
pub(crate) async fn replan(portal: &Portal, tx: &mut Tx, order: OrderId, main: MainItem) -> Result<(), Error> {
    let MainItem { product, product_code, name, offer, offer_name, amount } = main;
    let offer_name = Some(offer_name);
    let version = Version::of_subscription(portal.now());
    let item = Item { product, product_code, offer: Some(offer), name, offer_name, amount, is_bump: false, version };
    items::replace_main(tx, order, &item).await?;
    restate(portal, tx, order).await?;
    let Some(record) = OrderRecord::by_id(tx.conn(), order).await? else { return Ok(()) };
    access::look_again(portal, tx, record.producer, record.person).await
}
