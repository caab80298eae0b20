//! A change of plan changes the main item of an order, as a report of a source about such a change does. Access is
//! computed from items, so it follows by itself.

use super::items::{self, Item};
use super::new_order::Version;
use super::settle::restate;
use super::store;
use crate::Portal;
use crate::db::{Error, Tx};
use types::{OfferId, OrderId, ProductId};

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

/// Changes the main item, as a source does that reports a change of plan; access follows its product. The caller
/// reports charge and subscription afterwards ([`super::report()`]).
pub(crate) async fn replan(portal: &Portal, tx: &mut Tx, order: OrderId, main: MainItem) -> Result<(), Error> {
    store::order::lock(tx, order).await?;
    let MainItem { product, product_code, name, offer, offer_name, amount } = main;
    let offer_name = Some(offer_name);
    let version = Version::of_subscription(portal.now());
    let item = Item {
        product,
        product_code,
        offer: Some(offer),
        name,
        offer_name,
        amount,
        is_bump: false,
        version,
        installments_max: 1,
    };
    items::replace_main(tx, order, &item).await?;
    // It was promised on the plan before, and its percentage of another price is another promise.
    store::subscription::end_discount(tx, order).await?;
    restate(portal, tx, order).await.map(drop)
}
