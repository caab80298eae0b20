//! The whole order, as its source sees it now, in the place of all that the source reported before. A version stands
//! until a greater one comes; of a smaller one, whenever it comes, nothing counts but what was sold (`first.rs`).
//!
//! So the end depends on the greatest and on the smallest version, and not on the way that they came.

use super::entry::Entry;
use super::first::{First, lines_of};
use super::items::{Item, KeptItem};
use super::merge::{Header, Kept, KeptCharge};
use super::new_order::{NewCharge, NewOrder, NewSubscription, Version};
use super::store::{self, charge::Books};
use super::{OrderRefusal, dispute};
use crate::Portal;
use crate::db::{Error, Tx};
use types::{
    ChargeId, ChargeStatus, Code, Instant, ItemId, OrderId, OrderKind, ProducerId, SubscriptionId, SubscriptionStatus,
};

/// The whole order as its source sees it now.
#[derive(Clone, Debug)]
pub struct WholeOrder {
    /// The order without a charge. Without a subscription, that of an order on file stays as it is.
    pub order: NewOrder,
    /// Every charge, each under a name of its own.
    pub charges: Vec<NewCharge>,
    /// Whether the source listed them. If not, the one charge is what follows from the order being paid or not.
    pub lists_charges: bool,
    /// What went back of them.
    pub refunds: Vec<NewRefund>,
    /// Which report is the newer one: the greatest stands. 0 or more.
    pub version: i64,
}

/// Money that went back at whoever keeps it.
#[derive(Clone, Debug)]
pub struct NewRefund {
    /// The gateway's name of it.
    pub reference: String,
    /// The gateway's name of the charge.
    pub charge: String,
    /// Minor units, more than 0.
    pub amount: i64,
    /// When it went back.
    pub at: Instant,
}

/// An order on file, as far as it decides whether a report about the whole of it counts.
#[derive(Clone, Debug)]
pub(crate) struct OnFile {
    pub(crate) kind: OrderKind,
    /// `api`, or the hook that it came by.
    pub(crate) source: String,
    /// The version that stands; none for an order that never came whole.
    pub(crate) version: Option<i64>,
    /// What was sold, as far as it came whole.
    pub(super) first: Option<First>,
}

/// What became of a report.
#[derive(Debug, Default)]
pub(crate) struct Replaced {
    /// Whether it reported anything that was not known.
    pub(crate) anything: bool,
    /// Charges whose money went back since the last report.
    pub(crate) paid_back: Vec<String>,
    /// Lines that are sold no more.
    pub(crate) gone: Vec<ItemId>,
}

impl OnFile {
    /// Whether a report of this version is older than what stands, or as old.
    pub(crate) fn is_newer_than(&self, version: i64) -> bool {
        self.version.is_some_and(|known| known >= version)
    }
}

/// What is on file with this code.
pub(crate) async fn find(tx: &mut Tx, producer: ProducerId, code: &Code) -> Result<Option<OnFile>, Error> {
    store::whole::find(tx, producer, code).await
}

/// Notes which version stands, and what was sold by the smallest version that ever came. `before` is the order as it
/// was on file. Returns what was sold.
pub(crate) async fn keep_version(
    tx: &mut Tx,
    id: OrderId,
    before: Option<&OnFile>,
    whole: &WholeOrder,
    items: &[Item],
) -> Result<First, Error> {
    let this = First::of(whole, items);
    let known = match before {
        None => None,
        Some(OnFile { first: Some(first), .. }) => Some(first.clone()),
        // It came by a single call before, or by a hook: that was the sale.
        Some(_) => Some(store::whole::sale(tx, id).await?),
    };
    let first = known.filter(|known| known.version <= this.version).unwrap_or(this);
    let version = before.and_then(|before| before.version).map_or(whole.version, |known| known.max(whole.version));
    store::whole::keep(tx, id, version, &first).await?;
    Ok(first)
}

/// Writes buyer, payment, lines, charges and subscription as they are reported, in the place of what was reported
/// before. Lines and charges that our refunds took from stay.
pub(crate) async fn replace(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    before: Option<&Kept>,
    entry: &Entry<'_>,
    whole: &WholeOrder,
) -> Result<Replaced, OrderRefusal> {
    let mut replaced = Replaced { anything: before.is_none(), ..Replaced::default() };
    replaced.anything |= replace_header(tx, id, before, entry).await?;
    replace_items(portal, tx, id, entry, &mut replaced).await?;
    replace_charges(portal, tx, id, entry, whole, &mut replaced).await?;
    replaced.anything |= replace_subscription(portal, tx, id, entry).await?;
    Ok(replaced)
}

async fn replace_header(tx: &mut Tx, id: OrderId, before: Option<&Kept>, entry: &Entry<'_>) -> Result<bool, Error> {
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

async fn replace_items(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    replaced: &mut Replaced,
) -> Result<(), Error> {
    let kept = store::item::of_order(tx, id).await?;
    let mut items: Vec<&Item> = entry.items.iter().collect();
    items.sort_by_key(|item| item.is_bump);
    let pairs = pairs(&keys(kept.iter().map(|kept| &kept.item)), &keys(items.iter().copied()));
    let is_same_order = pairs.iter().enumerate().all(|(place, pair)| *pair == Some(place));
    if !is_same_order || pairs.len() < kept.len() {
        replaced.anything = true;
        store::item::clear_positions(tx, id).await?;
    }
    for (position, (item, pair)) in items.iter().zip(&pairs).enumerate() {
        match pair.map(|at| &kept[at]) {
            Some(known) => {
                replaced.anything |= !is_same_item(known, item);
                store::item::update(tx, known.id, item).await?;
                store::item::set_position(tx, known.id, position as i64).await?;
            }
            None => {
                let new = ItemId(portal.new_id());
                store::item::insert(tx, new, entry.producer.id(), id, position as i64, item).await?;
            }
        }
    }
    let is_gone = |(at, _): &(usize, &KeptItem)| !pairs.contains(&Some(*at));
    let gone: Vec<&KeptItem> = kept.iter().enumerate().filter(is_gone).map(|(_, kept)| kept).collect();
    for (number, gone) in gone.into_iter().enumerate() {
        // What a refund of ours took from stays, behind the others.
        if store::whole::is_refunded(tx, gone.id).await? {
            store::item::set_position(tx, gone.id, (items.len() + number) as i64).await?;
        } else {
            replaced.gone.push(gone.id);
        }
    }
    Ok(())
}

/// Takes lines off that are sold no more. Whoever holds something of them has let go.
pub(crate) async fn drop_items(tx: &mut Tx, gone: &[ItemId]) -> Result<(), Error> {
    for item in gone {
        store::whole::drop_item(tx, *item).await?;
    }
    Ok(())
}

fn is_same_item(kept: &KeptItem, item: &Item) -> bool {
    let parts = |item: &Item| (item.product, item.offer, item.name.clone(), item.offer_name.clone(), item.amount);
    parts(&kept.item) == parts(item)
}

/// Whether it is a bump, and its product.
type Key<'a> = (bool, &'a str);

fn keys<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<Key<'a>> {
    items.map(|item| (item.is_bump, item.product_code.as_str())).collect()
}

/// For each new line, which of the old ones it is: that of the same product; and the main line is the main line,
/// whatever its product, because a change of plan changes it.
pub(super) fn pairs(old: &[Key<'_>], new: &[Key<'_>]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = Vec::new();
    for key in new {
        let found = (0..old.len()).find(|at| old[*at] == *key && !pairs.contains(&Some(*at)));
        pairs.push(found);
    }
    let main = |keys: &[Key<'_>]| keys.iter().position(|(is_bump, _)| !is_bump);
    if let (Some(old), Some(new)) = (main(old), main(new))
        && pairs[new].is_none()
        && !pairs.contains(&Some(old))
    {
        pairs[new] = Some(old);
    }
    pairs
}

async fn replace_charges(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    whole: &WholeOrder,
    replaced: &mut Replaced,
) -> Result<(), OrderRefusal> {
    let (producer, books) = (entry.producer.id(), Books::of(entry.order));
    let kept = store::charge::of_order(tx, id).await?;
    for charge in &whole.charges {
        let known = kept.iter().find(|kept| is_of(kept, &books, charge));
        let was_back = known.is_some_and(|known| known.charge.status == ChargeStatus::Refunded);
        match known {
            Some(known) => {
                store::charge::update(tx, producer, &books, charge).await?;
                replaced.anything |= !is_same_charge(known, &books, charge);
            }
            None => {
                replaced.anything = true;
                let new = ChargeId(portal.new_id());
                if !store::charge::insert(tx, new, producer, id, &books, charge).await? {
                    return Err(OrderRefusal::ChargeTaken);
                }
            }
        }
        // Also of a charge that was on file, and open: its dispute may have come before its payment.
        if charge.status == ChargeStatus::Paid {
            dispute::reported_before(tx, producer, &books, &charge.reference).await?;
        }
        if charge.status == ChargeStatus::Refunded && !was_back {
            replaced.paid_back.push(charge.reference.clone());
        }
    }
    let is_gone = |kept: &&KeptCharge| !whole.charges.iter().any(|charge| is_of(kept, &books, charge));
    for gone in kept.iter().filter(is_gone) {
        replaced.anything |= store::whole::drop_charge(tx, producer, gone).await?;
    }
    Ok(())
}

fn is_of(kept: &KeptCharge, books: &Books, charge: &NewCharge) -> bool {
    kept.gateway == books.gateway && kept.charge.reference == charge.reference
}

fn is_same_charge(kept: &KeptCharge, books: &Books, charge: &NewCharge) -> bool {
    let known = NewCharge { changed_at: charge.changed_at, ..kept.charge.clone() };
    kept.currency == books.currency && known == *charge
}

async fn replace_subscription(portal: &Portal, tx: &mut Tx, id: OrderId, entry: &Entry<'_>) -> Result<bool, Error> {
    let Some(new) = &entry.order.subscription else { return Ok(false) };
    let (version, now) = (entry.order.version, portal.now().micros());
    let kept = store::subscription::of_order(tx, id).await?;
    match &kept {
        Some(_) => store::subscription::update(tx, id, new, version, now).await?,
        None => {
            let of = SubscriptionId(portal.new_id());
            store::subscription::insert(tx, of, entry.producer.id(), id, new, version, now).await?;
        }
    }
    Ok(kept.is_none_or(|kept| kept.subscription != *new))
}

/// Whether a report about an order that our calendar charges contradicts what is on file. What it says less, or says
/// as it was at the sale, is what its source knows.
pub(crate) async fn agrees(
    tx: &mut Tx,
    id: OrderId,
    known: &OnFile,
    entry: &Entry<'_>,
    whole: &WholeOrder,
) -> Result<(), OrderRefusal> {
    let books = Books::of(entry.order);
    let kept = store::charge::of_order(tx, id).await?;
    for charge in &whole.charges {
        let on_file = kept.iter().find(|kept| is_of(kept, &books, charge)).map(|kept| &kept.charge);
        let is_known = match on_file {
            None => false,
            // What is open or failed there may have been paid since.
            Some(_) if !charge.status.took_money() => true,
            Some(on_file) => on_file.status.took_money() && (!whole.lists_charges || on_file.amount == charge.amount),
        };
        if !is_known {
            return Err(OrderRefusal::BilledHere("charges"));
        }
        let is_gone = charge.status.is_gone() && on_file.is_some_and(|on_file| !on_file.status.is_gone());
        if is_gone {
            return Err(OrderRefusal::BilledHere("charges"));
        }
    }
    if !whole.refunds.is_empty() {
        return Err(OrderRefusal::BilledHere("refunds"));
    }
    let first = match &known.first {
        Some(first) => first.clone(),
        None => store::whole::sale(tx, id).await?,
    };
    let items = store::item::of_order(tx, id).await?;
    let keys = keys(items.iter().map(|kept| &kept.item));
    let is_there =
        |item: &Item| keys.contains(&(item.is_bump, &item.product_code)) || first.has(&item.product_code, item.is_bump);
    if !entry.items.iter().all(is_there) {
        return Err(OrderRefusal::BilledHere("items"));
    }
    let on_file = store::subscription::of_order(tx, id).await?.map(|kept| kept.subscription);
    if let (Some(new), Some(on_file)) = (&entry.order.subscription, on_file) {
        let is_over =
            |plan: &NewSubscription| matches!(plan.status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
        let is_news = new.period_end > on_file.period_end
            || (is_over(new) && !is_over(&on_file))
            || (new.amount != on_file.amount && Some(new.amount) != first.plan_amount());
        if is_news {
            return Err(OrderRefusal::BilledHere("subscription"));
        }
    }
    Ok(())
}

/// What went back of a charge at its gateway beside refunds of ours, and when. Returns whether that is news.
pub(crate) async fn set_given_back(
    tx: &mut Tx,
    order: OrderId,
    reference: &str,
    back: Option<(i64, Instant)>,
) -> Result<bool, Error> {
    store::whole::set_given_back(tx, order, reference, back).await
}

/// Writes down again what was sold, and what each charge was for.
pub(crate) async fn write_sale(tx: &mut Tx, (producer, id): (ProducerId, OrderId), first: &First) -> Result<(), Error> {
    let kept = store::item::of_order(tx, id).await?;
    let items: Vec<Item> = kept.iter().map(|kept| kept.item.clone()).collect();
    let sold = pairs(&keys(items.iter()), &first.keys());
    for (place, kept) in kept.iter().enumerate() {
        let line = sold.iter().position(|pair| *pair == Some(place)).map(|at| &first.lines[at]);
        store::whole::write_sold(tx, kept, line, first).await?;
    }
    if let Some(plan) = &first.plan {
        store::whole::write_plan(tx, (producer, id), plan, &first.currency).await?;
    }
    let mut charges = store::charge::of_order(tx, id).await?;
    charges.sort_by_key(|kept| (kept.charge.created_at, kept.charge.reference.clone()));
    for (number, kept) in charges.iter().enumerate() {
        let lines = lines_of(kept.charge.amount, number == 0, first, &items);
        store::whole::write_lines(tx, producer, (&kept.gateway, &kept.charge.reference), &lines).await?;
    }
    Ok(())
}

/// When the newest thing happened that a report names: what a hook says of the same order later than that counts.
pub(crate) fn version_of(order: &NewOrder, charges: &[NewCharge], refunds: &[NewRefund]) -> Version {
    let of_order = [Some(order.ordered_at), order.subscription.as_ref().and_then(|plan| plan.canceled_at)];
    let of_charges = charges.iter().map(|charge| charge.changed_at);
    let times = of_order.into_iter().flatten().chain(of_charges).chain(refunds.iter().map(|refund| refund.at));
    Version::of_charge(times.max().unwrap_or(order.ordered_at))
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn a_line_is_known_by_its_product_and_the_main_one_by_its_place() {
        let (a, b, bump) = ((false, "a"), (false, "b"), (true, "c"));
        assert_eq!(pairs(&[a, bump], &[a, bump]), [Some(0), Some(1)]);
        // Another plan.
        assert_eq!(pairs(&[a, bump], &[b, bump]), [Some(0), Some(1)]);
        // The main line went, and the other one is it now.
        assert_eq!(pairs(&[a, b], &[b]), [Some(1)]);
        assert_eq!(pairs(&[a, b], &[b, a]), [Some(1), Some(0)]);
        assert_eq!(pairs(&[a], &[a, a, bump]), [Some(0), None, None]);
        assert_eq!(pairs(&[bump], &[a]), [None]);
    }
}
