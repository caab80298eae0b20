//! How much of an order's money a refund may take, and from which charges: pure functions of what was sold and what was
//! paid, to the cent.
//!
//! While the window is open, everything that was paid for the order comes back. After it, the producer is asked for
//! what the running period of a plan cost, or, without a plan, for everything. Lines that were sold beside a plan are
//! worth their share of the sale, whatever the plan costs by now; what was charged since the sale belongs to the plan.

use crate::order::{Charge, OrderRecord};
use types::money::share;
use types::{ChargeId, ChargeStatus, ItemId, OrderKind, RefundState};

/// How far back a refund reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// The window is open: every charge of the order.
    Everything,
    /// The window is closed: for a subscription only the running period's charges, otherwise every charge.
    Running,
}

/// A line as it was sold.
#[derive(Clone, Debug)]
pub(super) struct Sold {
    pub(super) id: ItemId,
    /// Its price at the sale, minor units.
    pub(super) price: i64,
    /// Whether it is what a plan charges for: all but the sale's other lines.
    pub(super) is_main: bool,
    /// Whether no refund holds it.
    pub(super) is_free: bool,
    /// What came back for it by refunds that failed in another part.
    pub(super) back: i64,
}

/// The money that a refund may take from.
#[derive(Clone, Debug)]
pub(super) struct Pot {
    /// Charges with what is left of each, newest first.
    pub(super) charges: Vec<(ChargeId, i64)>,
    /// Whether the money of the sale is among it.
    pub(super) has_sale: bool,
    /// What was paid at the sale, never more than it cost.
    pub(super) paid_at_sale: i64,
    /// Whether the holder of one of the charges has asked the bank.
    pub(super) is_disputed: bool,
    items: Vec<Sold>,
}

impl Pot {
    /// What is left of an order, as far as a refund reaches.
    pub(super) fn of(order: &OrderRecord, reach: Reach) -> Self {
        let taken: Vec<&Charge> = order.charges.iter().filter(|charge| counts(order, charge)).collect();
        let (reached, items) = (reached(order, &taken, reach), sold(order));
        let sale = match order.kind {
            OrderKind::Subscription => taken.last().map(std::slice::from_ref).unwrap_or_default(),
            OrderKind::OneOff | OrderKind::SmartInstallments | OrderKind::SlipInstallments => taken.as_slice(),
        };
        let price: i64 = items.iter().map(|item| item.price).sum();
        Self {
            charges: reached
                .iter()
                .map(|charge| (charge.id, order.left_of(charge)))
                .filter(|(_, left)| *left > 0)
                .collect(),
            has_sale: sale.iter().any(|sold| reached.iter().any(|charge| charge.id == sold.id)),
            paid_at_sale: sale.iter().map(|charge| charge.amount.amount).sum::<i64>().min(price),
            is_disputed: reached.iter().any(|charge| charge.status == ChargeStatus::Disputed),
            items,
        }
    }

    /// All that is left.
    pub(super) fn left(&self) -> i64 {
        self.charges.iter().map(|(_, left)| left).sum()
    }

    /// What comes back for these items: their share of what was paid at the sale. What a plan cost since then belongs
    /// to its own line, and all that is left gets all that is left, to the last cent.
    pub(super) fn amount(&self, chosen: &[ItemId]) -> i64 {
        let left = self.left();
        let is_chosen = |item: &Sold| chosen.contains(&item.id);
        let kept: Vec<&Sold> = self.items.iter().filter(|item| item.is_free && !is_chosen(item)).collect();
        if self.items.iter().any(|item| item.is_main && item.is_free && is_chosen(item)) || kept.is_empty() {
            let kept: i64 = if self.has_sale { kept.iter().map(|item| self.share(item)).sum() } else { 0 };
            return (left - kept).max(0);
        }
        self.items.iter().filter(|item| is_chosen(item)).map(|item| self.share(item)).sum::<i64>().min(left)
    }

    /// What each charge gives of an amount, the newest first.
    pub(super) fn spread(&self, amount: i64) -> Vec<(ChargeId, i64)> {
        let mut rest = amount;
        let mut take = |(charge, left): &(ChargeId, i64)| {
            let taken = rest.min(*left);
            rest -= taken;
            (*charge, taken)
        };
        self.charges.iter().map(&mut take).filter(|(_, taken)| *taken > 0).collect()
    }

    /// What of the sale's money is an item's, less what came back for it.
    fn share(&self, item: &Sold) -> i64 {
        let price: i64 = self.items.iter().map(|item| item.price).sum();
        (share(item.price, self.paid_at_sale, price) - item.back).max(0)
    }
}

/// Whether a charge took money of the order's currency, whether it went back or not.
fn counts(order: &OrderRecord, charge: &Charge) -> bool {
    charge.status.took_money() && charge.amount.currency == order.currency
}

/// The charges that a refund may take from, newest first. A period that cost nothing was paid for by the last charge
/// before it.
fn reached<'a>(order: &OrderRecord, taken: &[&'a Charge], reach: Reach) -> Vec<&'a Charge> {
    let is_plan_over = order.items.first().is_some_and(|main| main.refund.is_some());
    let Some(start) = order.period_start.filter(|_| reach == Reach::Running && !is_plan_over) else {
        return taken.to_vec();
    };
    let running: Vec<&Charge> = taken.iter().copied().filter(|charge| charge.pays_for(start)).collect();
    if running.is_empty() { taken.iter().copied().take(1).collect() } else { running }
}

fn sold(order: &OrderRecord) -> Vec<Sold> {
    let line = |(position, item): (usize, &crate::order::OrderItem)| Sold {
        id: item.id,
        price: item.sold,
        is_main: position == 0,
        is_free: item.refund.is_none(),
        back: back(order, item.id),
    };
    order.items.iter().enumerate().map(line).collect()
}

/// What failed refunds brought back for an item all the same: its share of what went back of each.
fn back(order: &OrderRecord, item: ItemId) -> i64 {
    let price = |id: &ItemId| order.items.iter().find(|item| item.id == *id).map_or(0, |item| item.sold);
    let failed = order.refunds.iter().filter(|refund| refund.state == RefundState::Failed);
    let of_item = failed.filter(|refund| refund.item_ids.contains(&item));
    of_item.map(|refund| share(price(&item), refund.back(), refund.item_ids.iter().map(price).sum())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn item(number: u128) -> ItemId {
        ItemId(Uuid::from_u128(number))
    }

    fn charge(number: u128) -> ChargeId {
        ChargeId(Uuid::from_u128(number))
    }

    /// Items by price, the first one is the plan; charges newest first, the last one is the sale.
    fn pot(prices: &[i64], charges: &[i64]) -> Pot {
        let sold = |(position, price): (usize, &i64)| Sold {
            id: item(position as u128),
            price: *price,
            is_main: position == 0,
            is_free: true,
            back: 0,
        };
        Pot {
            charges: charges.iter().enumerate().map(|(number, left)| (charge(number as u128), *left)).collect(),
            has_sale: true,
            paid_at_sale: charges.last().copied().unwrap_or(0).min(prices.iter().sum()),
            is_disputed: false,
            items: prices.iter().enumerate().map(sold).collect(),
        }
    }

    #[test]
    fn all_of_it_is_what_every_charge_has_left() {
        let pot = pot(&[9_990, 1_990], &[6_500, 11_980]);
        assert_eq!(pot.amount(&[item(0), item(1)]), 18_480);
        assert_eq!(pot.spread(18_480), [(charge(0), 6_500), (charge(1), 11_980)]);
        assert_eq!(pot.spread(7_000), [(charge(0), 6_500), (charge(1), 500)]);
    }

    #[test]
    fn a_change_of_plan_changes_nothing_of_what_was_sold_beside_it() {
        let pot = pot(&[9_990, 1_990], &[6_500, 11_980]);
        assert_eq!((pot.amount(&[item(1)]), pot.amount(&[item(0)])), (1_990, 16_490));
    }

    #[test]
    fn what_came_back_of_an_item_by_a_refund_that_failed_does_not_come_again() {
        let mut pot = pot(&[9_990, 1_990], &[11_980 - 990]);
        (pot.items[1].back, pot.paid_at_sale) = (990, 11_980);
        assert_eq!((pot.amount(&[item(1)]), pot.amount(&[item(0)])), (1_000, 9_990));
    }

    proptest! {
        /// However the items are asked for, one after the other or together: what comes back is what was paid, to the
        /// cent, and no charge gives more than it took.
        #[test]
        fn money_is_conserved(
            prices in prop::collection::vec(0i64..50_000, 1..6),
            mut charges in prop::collection::vec(1i64..50_000, 0..5),
            percent in 1i64..=100, order in prop::collection::vec(0usize..6, 0..8),
        ) {
            let total: i64 = prices.iter().sum();
            charges.push((total * percent / 100).max(1));
            let paid: i64 = charges.iter().sum();
            let mut pot = pot(&prices, &charges);
            let mut back = 0;
            let mut ask = |pot: &mut Pot, chosen: &[ItemId]| {
                let amount = pot.amount(chosen);
                let parts = pot.spread(amount);
                prop_assert!(amount >= 0);
                prop_assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), amount);
                for (charge, part) in &parts {
                    let left = pot.charges.iter_mut().find(|(id, _)| id == charge).unwrap();
                    prop_assert!(*part > 0 && *part <= left.1);
                    left.1 -= part;
                }
                for item in &mut pot.items {
                    item.is_free &= !chosen.contains(&item.id);
                }
                back += amount;
                Ok(())
            };
            for number in order {
                let one = item(number as u128);
                if pot.items.iter().any(|item| item.id == one && item.is_free) {
                    ask(&mut pot, &[one])?;
                }
            }
            let rest: Vec<ItemId> = pot.items.iter().filter(|item| item.is_free).map(|item| item.id).collect();
            if !rest.is_empty() {
                ask(&mut pot, &rest)?;
            }
            prop_assert_eq!(back, paid);
        }
    }
}
