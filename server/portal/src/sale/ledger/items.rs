//! The items of an order: looking up the codes that they name, and merging later reports about them.

use super::new_order::{NewItem, NewOrder, Sold, Version};
use super::{ItemFault, OrderRefusal, store};
use crate::Portal;
use crate::catalogue::offer::{self, SourceOffer};
use crate::catalogue::product;
use crate::db::{self, Tx};
use types::{Code, Currency, ItemId, Line, OfferId, OrderId, ProducerId, ProductId};

/// An item whose codes were looked up.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub product: ProductId,
    pub product_code: String,
    pub offer: Option<OfferId>,
    pub name: String,
    pub offer_name: Option<String>,
    pub amount: i64,
    pub is_bump: bool,
    pub version: Version,
    /// The greatest number of instalments of its offer; not kept with the item.
    pub installments_max: i64,
}

/// An item on file.
#[derive(Clone, Debug)]
pub(super) struct KeptItem {
    pub id: ItemId,
    pub position: i64,
    pub item: Item,
    /// Whether its source sells it no more, and it stays for a refund that names it.
    pub has_left: bool,
    /// Whether the order counts it: also one that has left, as long as a refund takes from it or asks for it.
    pub counts: bool,
}

impl Item {
    /// Decides which of two reports about the same item counts; between reports of one version their content decides.
    fn weight(&self) -> (Version, &str, &str, Option<&str>, i64) {
        (self.version, &self.product_code, &self.name, self.offer_name.as_deref(), self.amount)
    }

    /// An order has one main item, whatever its product: a change of plan changes it. Bumps are told apart by product.
    fn is_same_line(&self, other: &Self) -> bool {
        self.is_bump == other.is_bump && (!self.is_bump || self.product_code == other.product_code)
    }
}

/// Looks up the codes of all items. For items that must be known, every fault is reported at once. What a source names
/// is made in the order of its codes: two orders that name the same for the first time wait for each other instead of
/// dying of it.
pub(crate) async fn resolve(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    order: &NewOrder,
) -> Result<Vec<Item>, OrderRefusal> {
    let mut lines: Vec<(usize, &NewItem)> = order.items.iter().enumerate().collect();
    lines.sort_by_key(|(_, new)| new.sold.code().as_str());
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    for (index, new) in lines {
        match resolve_one(portal, tx, producer, new, order.version).await? {
            Ok(item) => items.push((index, item)),
            Err(fault) => faults.push((index, fault)),
        }
    }
    items.sort_by_key(|(index, _)| *index);
    faults.sort_by_key(|(index, _)| *index);
    if faults.is_empty() {
        Ok(items.into_iter().map(|(_, item)| item).collect())
    } else {
        Err(OrderRefusal::Items(faults))
    }
}

async fn resolve_one(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    new: &NewItem,
    version: Version,
) -> Result<Result<Item, ItemFault>, db::Error> {
    let looked_up = match &new.sold {
        Sold::Known { product, offer } => known(tx, producer, product, offer).await?,
        Sold::Reported { product, name, offer } => {
            Ok(reported(portal, tx, producer, (product, name), offer.as_ref()).await?)
        }
    };
    Ok(looked_up.map(|LookedUp { product, offer, name, offer_name, installments_max }| Item {
        product,
        product_code: new.sold.code().to_string(),
        offer,
        name,
        offer_name,
        amount: new.amount,
        is_bump: new.is_bump,
        version,
        installments_max,
    }))
}

/// What the codes of an item lead to.
struct LookedUp {
    product: ProductId,
    offer: Option<OfferId>,
    name: String,
    offer_name: Option<String>,
    installments_max: i64,
}

async fn known(
    tx: &mut Tx,
    producer: ProducerId,
    product: &Code,
    offer: &Code,
) -> Result<Result<LookedUp, ItemFault>, db::Error> {
    let Some((product, name)) = product::find(tx, producer, product).await? else {
        return Ok(Err(ItemFault::UnknownProduct));
    };
    let Some(offer) = offer::find(tx, producer, offer).await? else { return Ok(Err(ItemFault::UnknownOffer)) };
    if offer.product != product {
        return Ok(Err(ItemFault::OfferOfAnotherProduct));
    }
    let installments_max = offer.installments_max;
    Ok(Ok(LookedUp { product, offer: Some(offer.id), name, offer_name: Some(offer.name), installments_max }))
}

async fn reported(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    (code, name): (&Code, &Line),
    named: Option<&SourceOffer>,
) -> Result<LookedUp, db::Error> {
    let product = product::of_source(portal, tx, producer, code, name).await?;
    let offer = match named {
        Some(named) => offer::of_source(portal, tx, producer, product, named).await?,
        None => None,
    };
    let offer_name = named.map(|named| named.name.to_string());
    Ok(LookedUp { product, offer, name: name.to_string(), offer_name, installments_max: 1 })
}

/// The main item, and then the bumps as they came.
pub(super) fn main_first(items: &[Item]) -> Vec<&Item> {
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by_key(|item| item.is_bump);
    items
}

/// Writes the items of an order that was just made: the main item first, the bumps as they came.
pub(super) async fn insert_all(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    order: OrderId,
    currency: Currency,
    items: &[Item],
) -> Result<(), db::Error> {
    for (position, item) in main_first(items).into_iter().enumerate() {
        store::item::insert(tx, ItemId(portal.new_id()), producer, order, position as i64, item).await?;
    }
    store::sale::keep_items(tx, order, currency).await
}

/// Merges what a source reports into the items on file: a line that is new is added, one that was reported before is
/// changed by a newer report. Nothing is taken away, and the sale stays what it was. Returns whether anything changed.
pub(super) async fn merge(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    order: OrderId,
    currency: Currency,
    items: &[Item],
) -> Result<bool, db::Error> {
    let kept = store::item::of_order(tx, order).await?;
    let (mut has_changed, mut next_position) = (false, kept.len() as i64);
    for item in items {
        let known = kept.iter().find(|kept| kept.item.is_same_line(item));
        if let Some(known) = known {
            store::item::set_sold(tx, known.id, item).await?;
        }
        match known {
            Some(kept) if item.weight() > kept.item.weight() => {
                store::item::update(tx, kept.id, item).await?;
                has_changed = true;
            }
            Some(kept) if item.weight() < kept.item.weight() => {
                store::sale::earlier_item(tx, kept.id, item, currency).await?;
            }
            Some(_) => {}
            None => {
                store::item::insert(tx, ItemId(portal.new_id()), producer, order, next_position, item).await?;
                (has_changed, next_position) = (true, next_position + 1);
            }
        }
    }
    if has_changed {
        store::sale::keep_items(tx, order, currency).await?;
        put_in_order(tx, order).await?;
    }
    Ok(has_changed)
}

/// The order's main item is this one from now on.
pub(super) async fn replace_main(tx: &mut Tx, order: OrderId, item: &Item) -> Result<(), db::Error> {
    let kept = store::item::of_order(tx, order).await?;
    if let Some(main) = kept.iter().find(|kept| kept.item.is_same_line(item)) {
        store::item::update(tx, main.id, item).await?;
    }
    Ok(())
}

/// The main item first, then the bumps by product code.
async fn put_in_order(tx: &mut Tx, order: OrderId) -> Result<(), db::Error> {
    let mut kept = store::item::of_order(tx, order).await?;
    kept.sort_by(|a, b| (a.item.is_bump, &a.item.product_code).cmp(&(b.item.is_bump, &b.item.product_code)));
    if kept.iter().enumerate().any(|(index, kept)| kept.position != index as i64) {
        store::item::clear_positions(tx, order).await?;
        for (index, kept) in kept.iter().enumerate() {
            store::item::set_position(tx, kept.id, index as i64).await?;
        }
    }
    Ok(())
}
