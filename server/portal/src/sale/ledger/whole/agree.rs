//! What a source may say of an order whose money our own calendar takes: what is on file, or less.

use super::charges::is_of;
use super::items::keys;
use super::{OnFile, Sale, WholeOrder, sale};
use crate::db::{Error, Tx};
use crate::ledger::OrderRefusal;
use crate::ledger::entry::Entry;
use crate::ledger::items::Item;
use crate::ledger::new_order::{NewCharge, NewSubscription};
use crate::ledger::store::{self, charge::Books};
use types::{OrderId, SubscriptionStatus};

/// Refuses a report about an order that our calendar charges, if it contradicts what is on file. What it says less, or
/// says as it was at the sale, is what its source knows.
pub(crate) async fn agree(
    tx: &mut Tx,
    id: OrderId,
    known: &OnFile,
    entry: &Entry<'_>,
    whole: &WholeOrder,
) -> Result<(), OrderRefusal> {
    let sale = sale::of_order(tx, id, known).await?;
    let news = if has_news_of_charges(tx, id, entry, whole).await? {
        "charges"
    } else if !whole.refunds.is_empty() {
        "refunds"
    } else if has_news_of_items(tx, id, entry, &sale).await? {
        "items"
    } else if has_news_of_plan(tx, id, entry, &sale).await? {
        "subscription"
    } else {
        return Ok(());
    };
    Err(OrderRefusal::BilledHere(news))
}

async fn has_news_of_charges(tx: &mut Tx, id: OrderId, entry: &Entry<'_>, whole: &WholeOrder) -> Result<bool, Error> {
    let books = Books::of(entry.order);
    let kept = store::charge::of_order(tx, id).await?;
    let is_news = |charge: &NewCharge| {
        let on_file = kept.iter().find(|kept| is_of(kept, &books, charge)).map(|kept| &kept.charge);
        on_file.is_none_or(|on_file| says_more(on_file, charge, whole.lists_charges))
    };
    Ok(whole.charges.iter().any(is_news))
}

/// What is open or failed there may have been paid since; what went back there has to be so here.
fn says_more(on_file: &NewCharge, charge: &NewCharge, is_listed: bool) -> bool {
    let is_same_money = on_file.status.took_money() && (!is_listed || on_file.amount == charge.amount);
    let is_back = charge.status.is_gone() && !on_file.status.is_gone();
    is_back || (charge.status.took_money() && !is_same_money)
}

async fn has_news_of_items(tx: &mut Tx, id: OrderId, entry: &Entry<'_>, sale: &Sale) -> Result<bool, Error> {
    let kept = store::item::of_order(tx, id).await?;
    let (now, sold) = (keys(kept.iter().map(|kept| &kept.item)), sale.keys());
    let is_news = |item: &Item| {
        let key = (item.is_bump, item.product_code.as_str());
        !now.contains(&key) && !sold.contains(&key)
    };
    Ok(entry.items.iter().any(is_news))
}

async fn has_news_of_plan(tx: &mut Tx, id: OrderId, entry: &Entry<'_>, sale: &Sale) -> Result<bool, Error> {
    let on_file = store::subscription::of_order(tx, id).await?.map(|kept| kept.subscription);
    let (Some(new), Some(on_file)) = (&entry.order.subscription, on_file) else { return Ok(false) };
    let is_over =
        |plan: &NewSubscription| matches!(plan.status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let is_sold_price = sale.plan.as_ref().is_some_and(|plan| plan.amount == new.amount);
    Ok(new.period_end > on_file.period_end
        || (is_over(new) && !is_over(&on_file))
        || (new.amount != on_file.amount && !is_sold_price))
}
