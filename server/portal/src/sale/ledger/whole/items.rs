//! The lines of an order that comes whole: which of those on file each one is, and what becomes of the others.

use super::Replaced;
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::entry::Entry;
use crate::ledger::items::{Item, KeptItem, main_first};
use crate::ledger::store;
use types::{ItemId, OrderId};

/// Writes the lines, each in its place.
pub(super) async fn replace(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    replaced: &mut Replaced,
) -> Result<(), Error> {
    let kept = store::item::of_order(tx, id).await?;
    let items = main_first(entry.items);
    // A line that left is known again by its product only: what went back of it is not the new main line's.
    let main = kept.iter().position(|kept| !kept.item.is_bump && !kept.has_left);
    let pairs = pairs(&keys(kept.iter().map(|kept| &kept.item)), main, &keys(items.iter().copied()));
    let is_same_order = pairs.iter().enumerate().all(|(place, pair)| *pair == Some(place));
    if !is_same_order {
        replaced.anything = true;
        store::item::clear_positions(tx, id).await?;
    }
    for (position, (item, pair)) in items.iter().zip(&pairs).enumerate() {
        match pair.map(|at| &kept[at]) {
            Some(known) => {
                replaced.anything |= known.has_left || !is_same_item(known, item);
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
    let gone = kept.iter().enumerate().filter(is_gone).map(|(_, kept)| kept);
    let_go(portal, tx, gone, items.len(), replaced).await
}

/// Of lines that are sold no more, those that a refund of ours names stay, behind the `others`.
async fn let_go(
    portal: &Portal,
    tx: &mut Tx,
    gone: impl Iterator<Item = &KeptItem>,
    others: usize,
    replaced: &mut Replaced,
) -> Result<(), Error> {
    for (number, gone) in gone.enumerate() {
        if store::whole::is_refunded(tx, gone.id).await? {
            replaced.anything |= store::item::leave(tx, gone.id, portal.now()).await?;
            store::item::set_position(tx, gone.id, (others + number) as i64).await?;
        } else {
            replaced.anything = true;
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
pub(super) type Key<'a> = (bool, &'a str);

pub(super) fn keys<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<Key<'a>> {
    items.map(|item| (item.is_bump, item.product_code.as_str())).collect()
}

/// For each new line, which of the old ones it is: that of the same product; and the main line is the main line, `main`
/// among the old ones, whatever its product, because a change of plan changes it.
pub(super) fn pairs(old: &[Key<'_>], main: Option<usize>, new: &[Key<'_>]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = Vec::new();
    for key in new {
        let found = (0..old.len()).find(|at| old[*at] == *key && !pairs.contains(&Some(*at)));
        pairs.push(found);
    }
    if let (Some(old), Some(new)) = (main, main_of(new))
        && pairs[new].is_none()
        && !pairs.contains(&Some(old))
    {
        pairs[new] = Some(old);
    }
    pairs
}

/// The first line that is no bump.
pub(super) fn main_of(keys: &[Key<'_>]) -> Option<usize> {
    keys.iter().position(|(is_bump, _)| !is_bump)
}

#[cfg(test)]
mod tests {
    use super::{Key, main_of};

    fn pairs(old: &[Key<'_>], new: &[Key<'_>]) -> Vec<Option<usize>> {
        super::pairs(old, main_of(old), new)
    }

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
        // The main line had left.
        assert_eq!(super::pairs(&[bump, a], None, &[b, bump]), [None, Some(0)]);
    }
}
