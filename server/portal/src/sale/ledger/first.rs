//! What was sold, of an order that comes whole again and again: the smallest version that ever came tells it, whenever
//! it comes. A change of plan or a renewal changes what the order is, and not what was sold.

use super::items::Item;
use super::whole::WholeOrder;
use serde::{Deserialize, Serialize};
use types::money::share;

/// The lines and the plan of the smallest version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct First {
    /// That version; -1 for what came otherwise, before all versions.
    pub(super) version: i64,
    pub(super) currency: String,
    pub(super) lines: Vec<FirstLine>,
    pub(super) plan: Option<FirstPlan>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct FirstLine {
    pub(super) product: String,
    pub(super) is_bump: bool,
    pub(super) name: String,
    pub(super) offer_name: Option<String>,
    pub(super) amount: i64,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct FirstPlan {
    pub(super) name: String,
    pub(super) amount: i64,
    pub(super) unit: String,
    pub(super) count: i64,
}

/// What a charge was for: name, offer, amount.
pub(super) type Line = (String, Option<String>, i64);

impl First {
    pub(super) fn of(whole: &WholeOrder, items: &[Item]) -> Self {
        let mut items: Vec<&Item> = items.iter().collect();
        items.sort_by_key(|item| item.is_bump);
        let line = |item: &&Item| FirstLine {
            product: item.product_code.clone(),
            is_bump: item.is_bump,
            name: item.name.clone(),
            offer_name: item.offer_name.clone(),
            amount: item.amount,
        };
        let plan = whole.order.subscription.as_ref().map(|plan| FirstPlan {
            name: plan.plan.as_ref().map(ToString::to_string).unwrap_or_default(),
            amount: plan.amount,
            unit: plan.interval.0.as_str().to_owned(),
            count: plan.interval.1,
        });
        Self {
            version: whole.version,
            currency: whole.order.currency.to_string(),
            lines: items.iter().map(line).collect(),
            plan,
        }
    }

    /// Whether each line is a bump, and its product.
    pub(super) fn keys(&self) -> Vec<(bool, &str)> {
        self.lines.iter().map(|line| (line.is_bump, line.product.as_str())).collect()
    }

    /// Whether something was sold that is not among these lines.
    pub(crate) fn has(&self, product: &str, is_bump: bool) -> bool {
        self.keys().contains(&(is_bump, product))
    }

    /// What the plan cost at the sale.
    pub(crate) fn plan_amount(&self) -> Option<i64> {
        self.plan.as_ref().map(|plan| plan.amount)
    }
}

/// What a charge of this amount was for: the sale, if it is the first one and paid for all of it; what the order sells
/// now; its main line alone, as a renewal is for; or a part of everything. The lines sum up to the amount.
pub(super) fn lines_of(amount: i64, is_first: bool, first: &First, items: &[Item]) -> Vec<Line> {
    let sold = first.lines.iter().map(|line| (line.name.clone(), line.offer_name.clone(), line.amount));
    let sold: Vec<Line> = sold.collect();
    let now: Vec<Line> = items.iter().map(|item| (item.name.clone(), item.offer_name.clone(), item.amount)).collect();
    let sum = |lines: &[Line]| lines.iter().map(|(.., amount)| amount).sum::<i64>();
    if is_first && sum(&sold) == amount {
        return sold;
    }
    match now.first() {
        _ if sum(&now) == amount => now,
        Some(main) if main.2 == amount || first.plan.is_some() => vec![(main.0.clone(), main.1.clone(), amount)],
        _ => spread(amount, now),
    }
}

/// An amount over all lines, by their price, to the last minor unit.
fn spread(amount: i64, lines: Vec<Line>) -> Vec<Line> {
    let total: i64 = lines.iter().map(|(.., price)| price).sum();
    let last = lines.len();
    let (mut before, mut given) = (0, 0);
    let part = |(at, (name, offer, price)): (usize, Line)| {
        before += price;
        let until = if at + 1 == last { amount } else { share(amount, before, total) };
        let part = until - given;
        given = until;
        (name, offer, part)
    };
    lines.into_iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_everything_sums_up() {
        let line = |price| ("a".to_owned(), None, price);
        let parts = |amount, prices: &[i64]| -> Vec<i64> {
            spread(amount, prices.iter().map(|price| line(*price)).collect()).into_iter().map(|part| part.2).collect()
        };
        assert_eq!(parts(2_641, &[29_700, 1_990]), [2_475, 166]);
        assert_eq!(parts(100, &[1, 1, 1]), [33, 34, 33]);
        assert_eq!(parts(5, &[0, 0]), [0, 5]);
    }
}
