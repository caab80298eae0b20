//! What was sold, of an order that comes whole again and again: the smallest version that ever came tells it, whenever
//! it comes. A change of plan or a renewal changes what the order is, and not what was sold.

use super::items::{Key, keys, main_of, pairs};
use super::{OnFile, WholeOrder};
use crate::db::{Error, Tx};
use crate::ledger::items::{Item, main_first};
use crate::ledger::store;
use serde::{Deserialize, Serialize};
use types::money::share;
use types::{OrderId, ProducerId};

/// The lines and the plan of the smallest version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Sale {
    /// That version; -1 for what came otherwise, before all versions.
    pub(in crate::sale::ledger) version: i64,
    pub(in crate::sale::ledger) currency: String,
    pub(in crate::sale::ledger) lines: Vec<SoldLine>,
    pub(in crate::sale::ledger) plan: Option<SoldPlan>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in crate::sale::ledger) struct SoldLine {
    pub(in crate::sale::ledger) product: String,
    pub(in crate::sale::ledger) is_bump: bool,
    pub(in crate::sale::ledger) name: String,
    pub(in crate::sale::ledger) offer_name: Option<String>,
    pub(in crate::sale::ledger) amount: i64,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in crate::sale::ledger) struct SoldPlan {
    pub(in crate::sale::ledger) name: String,
    pub(in crate::sale::ledger) amount: i64,
    pub(in crate::sale::ledger) unit: String,
    pub(in crate::sale::ledger) count: i64,
}

/// What a charge was for.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::sale::ledger) struct ChargeLine {
    pub(in crate::sale::ledger) name: String,
    pub(in crate::sale::ledger) offer_name: Option<String>,
    pub(in crate::sale::ledger) amount: i64,
}

impl Sale {
    fn of(whole: &WholeOrder, items: &[Item]) -> Self {
        let line = |item: &Item| SoldLine {
            product: item.product_code.clone(),
            is_bump: item.is_bump,
            name: item.name.clone(),
            offer_name: item.offer_name.clone(),
            amount: item.amount,
        };
        let plan = whole.order.subscription.as_ref().map(|plan| SoldPlan {
            name: plan.plan.as_ref().map(ToString::to_string).unwrap_or_default(),
            amount: plan.amount,
            unit: plan.interval.0.as_str().to_owned(),
            count: plan.interval.1,
        });
        Self {
            version: whole.version,
            currency: whole.order.currency.to_string(),
            lines: main_first(items).into_iter().map(line).collect(),
            plan,
        }
    }

    pub(super) fn keys(&self) -> Vec<Key<'_>> {
        self.lines.iter().map(|line| (line.is_bump, line.product.as_str())).collect()
    }
}

/// What was sold so far. Of an order that came by a single call before, or by a hook, that was the sale.
pub(super) async fn of_order(tx: &mut Tx, id: OrderId, known: &OnFile) -> Result<Sale, Error> {
    match &known.sale {
        Some(sale) => Ok(sale.clone()),
        None => store::whole::sale(tx, id).await,
    }
}

/// Notes which version stands, and what was sold by the smallest version that ever came. `before` is the order as it
/// was on file. Returns what was sold.
pub(crate) async fn keep_version(
    tx: &mut Tx,
    id: OrderId,
    before: Option<&OnFile>,
    whole: &WholeOrder,
    items: &[Item],
) -> Result<Sale, Error> {
    let this = Sale::of(whole, items);
    let known = match before {
        Some(before) => Some(of_order(tx, id, before).await?),
        None => None,
    };
    let sale = known.filter(|known| known.version <= this.version).unwrap_or(this);
    let version = before.and_then(|before| before.version).map_or(whole.version, |known| known.max(whole.version));
    store::whole::keep(tx, id, version, &sale).await?;
    Ok(sale)
}

/// Writes down again what was sold, and what each charge was for.
pub(crate) async fn write_sale(tx: &mut Tx, (producer, id): (ProducerId, OrderId), sale: &Sale) -> Result<(), Error> {
    let kept = store::item::of_order(tx, id).await?;
    let items: Vec<Item> = kept.iter().filter(|kept| kept.counts).map(|kept| kept.item.clone()).collect();
    let old = keys(kept.iter().map(|kept| &kept.item));
    let sold = pairs(&old, main_of(&old), &sale.keys());
    for (place, kept) in kept.iter().enumerate() {
        let line = sold.iter().position(|pair| *pair == Some(place)).map(|at| &sale.lines[at]);
        store::sale::write_sold(tx, kept, line, &sale.currency).await?;
    }
    if let Some(plan) = &sale.plan {
        store::sale::write_plan(tx, (producer, id), plan, &sale.currency).await?;
    }
    let mut charges = store::charge::of_order(tx, id).await?;
    charges.sort_by_key(|kept| (kept.charge.created_at, kept.charge.reference.clone()));
    for (number, kept) in charges.iter().enumerate() {
        let lines = lines_of(kept.charge.amount, number == 0, sale, &items);
        store::sale::write_lines(tx, producer, (&kept.gateway, &kept.charge.reference), &lines).await?;
    }
    Ok(())
}

/// What a charge of this amount was for: the sale, if it is the first one and paid for all of it; what the order sells
/// now; its main line alone, as a renewal is for; or a part of everything. The lines sum up to the amount.
fn lines_of(amount: i64, is_first: bool, sale: &Sale, items: &[Item]) -> Vec<ChargeLine> {
    let sold: Vec<ChargeLine> = sale.lines.iter().map(ChargeLine::from).collect();
    let mut now: Vec<ChargeLine> = items.iter().map(ChargeLine::from).collect();
    let sum = |lines: &[ChargeLine]| lines.iter().map(|line| line.amount).sum::<i64>();
    if is_first && sum(&sold) == amount {
        return sold;
    }
    if sum(&now) == amount {
        return now;
    }
    match now.first() {
        Some(main) if main.amount == amount || sale.plan.is_some() => vec![ChargeLine { amount, ..now.swap_remove(0) }],
        _ => spread(amount, now),
    }
}

/// An amount over all lines, by their price, to the last minor unit.
fn spread(amount: i64, lines: Vec<ChargeLine>) -> Vec<ChargeLine> {
    let total: i64 = lines.iter().map(|line| line.amount).sum();
    let last = lines.len();
    let (mut before, mut given) = (0, 0);
    let part = |(at, line): (usize, ChargeLine)| {
        before += line.amount;
        let until = if at + 1 == last { amount } else { share(amount, before, total) };
        let part = until - given;
        given = until;
        ChargeLine { amount: part, ..line }
    };
    lines.into_iter().enumerate().map(part).collect()
}

impl From<&SoldLine> for ChargeLine {
    fn from(line: &SoldLine) -> Self {
        Self { name: line.name.clone(), offer_name: line.offer_name.clone(), amount: line.amount }
    }
}

impl From<&Item> for ChargeLine {
    fn from(item: &Item) -> Self {
        Self { name: item.name.clone(), offer_name: item.offer_name.clone(), amount: item.amount }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_everything_sums_up() {
        let line = |amount: &i64| ChargeLine { name: "a".to_owned(), offer_name: None, amount: *amount };
        let parts = |amount, prices: &[i64]| -> Vec<i64> {
            spread(amount, prices.iter().map(line).collect()).into_iter().map(|part| part.amount).collect()
        };
        assert_eq!(parts(2_641, &[29_700, 1_990]), [2_475, 166]);
        assert_eq!(parts(100, &[1, 1, 1]), [33, 34, 33]);
        assert_eq!(parts(5, &[0, 0]), [0, 5]);
    }
}
