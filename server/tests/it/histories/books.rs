//! The gateway's books against ours, charge by charge: money neither appears nor vanishes.

use super::life::Life;
use portal::on;
use portal::ports::{ChargeProgress, RefundProgress};
use portal::testing::World;
use std::collections::{BTreeMap, BTreeSet};

/// What the gateway calls a charge, and its amount.
type Sums = BTreeMap<String, i64>;

/// Everything about money that is on file, of all orders, each by the order's code.
struct Books {
    /// Charges that took money.
    taken: BTreeMap<String, Vec<(String, i64)>>,
    /// Charges by the invoice that they paid.
    by_invoice: BTreeMap<String, Vec<(String, i64)>>,
    /// What was paid beside it, and is kept for people to see.
    in_vain: BTreeSet<String>,
    /// Changes of plan: charge and amount, and whether it went back.
    changes: BTreeMap<String, Vec<(String, i64)>>,
    returned: BTreeMap<String, Vec<(String, i64)>>,
    /// What of them the gateway did not refuse to send back: the rest is the producer's to pay.
    sent_back: BTreeMap<String, Vec<(String, i64)>>,
    /// Refunds that went out.
    refunded: BTreeMap<String, Vec<(String, i64)>>,
}

const TAKEN: &str = "select o.code, c.reference, c.amount from charges c join orders o on o.id = c.order_id
    where c.status in ('paid', 'refunded', 'disputed')
        and not exists (select 1 from plan_changes p where p.order_id = c.order_id and p.charge_reference = c.reference
            and p.state in ('returning', 'returned', 'not_returned'))";
const BY_INVOICE: &str = "select o.code, c.reference, c.amount from charges c join invoices v on v.id = c.invoice_id
    join orders o on o.id = v.order_id
    where c.status in ('paid', 'refunded', 'disputed') and v.state = 'paid' and v.amount = c.amount";
const CHANGES: &str = "select o.code, c.charge_reference, q.due from plan_changes c join plan_quotes q on q.id = c.id
    join orders o on o.id = c.order_id
    where c.state = 'applied' and q.due > 0";
const RETURNED: &str = "select o.code, c.charge_reference, q.due from plan_changes c join plan_quotes q on q.id = c.id
    join orders o on o.id = c.order_id
    where c.state in ('returning', 'returned')";
const SENT_BACK: &str = "select o.code, c.charge_reference, q.due from plan_changes c join plan_quotes q on q.id = c.id
    join orders o on o.id = c.order_id
    where c.state in ('returning', 'returned') and c.return_sent_at is not null and c.return_failure is null";
const REFUNDED: &str = "select o.code, c.reference, p.amount from refund_parts p join refunds f on f.id = p.refund_id
    join charges c on c.id = p.charge_id
    join orders o on o.id = f.order_id where p.state in ('sent', 'settled')";
const IN_VAIN: &str = "select after from events where name = 'billing.paid_twice'";
/// One state of a subscription was counted as credit twice, or more credit than was ever paid.
const CREDIT_TWICE: &str =
    "select o.code from plan_changes c join plan_quotes q on q.id = c.id join orders o on o.id = c.order_id
    where c.state = 'applied' and q.effect = 'now' and q.credit > 0 group by o.code, q.basis having count(*) > 1";
const CREDIT_OF_NOTHING: &str =
    "select o.code from plan_changes c join plan_quotes q on q.id = c.id join orders o on o.id = c.order_id
    where c.state = 'applied' and q.credit > (select coalesce(sum(h.amount), 0) from charges h
        where h.order_id = o.id and h.status in ('paid', 'refunded', 'disputed'))";

/// Every charge of the gateway is in our books once, for one thing that was owed; and no more went back than was paid.
pub async fn check(world: &World, lives: &[Life]) {
    let books = Books::read(world).await;
    for life in lives {
        books.check(world, life);
    }
    for sql in [CREDIT_TWICE, CREDIT_OF_NOTHING] {
        let rows: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        let named = |code: &String| lives.iter().find(|life| life.code == *code).map(|life| life.name(world));
        let wrong: Vec<_> = rows.iter().take(2).map(|(code,)| named(code)).collect();
        assert!(wrong.is_empty(), "credit that was not there: {wrong:?}");
    }
}

impl Books {
    async fn read(world: &World) -> Self {
        let vain: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(IN_VAIN).fetch_all(c).await.unwrap());
        let reference = |(text,): (String,)| {
            let after: serde_json::Value = serde_json::from_str(&text).unwrap();
            after["reference"].as_str().unwrap().to_owned()
        };
        Self {
            taken: by_code(world, TAKEN).await,
            by_invoice: by_code(world, BY_INVOICE).await,
            in_vain: vain.into_iter().map(reference).collect(),
            changes: by_code(world, CHANGES).await,
            returned: by_code(world, RETURNED).await,
            sent_back: by_code(world, SENT_BACK).await,
            refunded: by_code(world, REFUNDED).await,
        }
    }

    fn check(&self, world: &World, life: &Life) {
        let at_gateway = paid_at_gateway(world, life);
        let first = format!("ch_{}", life.code);
        let of = |kept: &BTreeMap<String, Vec<(String, i64)>>| kept.get(&life.code).cloned().unwrap_or_default();
        let (taken, returned) = (of(&self.taken), of(&self.returned));
        let known: Vec<(String, i64)> =
            taken.iter().filter(|(name, _)| *name != first).chain(&returned).cloned().collect();
        assert_eq!(once(known, life, world), at_gateway, "in the books and at the gateway: {}", life.name(world));
        // For what it was paid.
        let purposes = of(&self.by_invoice).into_iter().chain(of(&self.changes)).chain(returned.clone());
        let mut paid_for: Vec<(String, i64)> = purposes.filter(|(name, _)| *name != first).collect();
        let vain = at_gateway.iter().filter(|(name, _)| self.in_vain.contains(*name));
        paid_for.extend(vain.map(|(name, amount)| (name.clone(), *amount)));
        assert_eq!(once(paid_for, life, world), at_gateway, "each for one thing: {}", life.name(world));
        self.check_refunds(world, life, &taken, &returned);
    }

    fn check_refunds(&self, world: &World, life: &Life, taken: &[(String, i64)], returned: &[(String, i64)]) {
        let refunded = self.refunded.get(&life.code).into_iter().flatten();
        let ours = sums(refunded.chain(self.sent_back.get(&life.code).into_iter().flatten()));
        for (name, paid) in taken.iter().chain(returned) {
            let went_back: i64 =
                world.gateway.refunds_of(name).iter().filter(went_out).map(|(it, _)| it.amount.amount).sum();
            assert!(went_back <= *paid, "{went_back} of {paid} went back: {}", life.name(world));
            let in_books = ours.get(name).copied().unwrap_or(0);
            assert_eq!(went_back, in_books, "what went back of {name}: {}", life.name(world));
        }
        let paid: i64 = taken.iter().map(|(_, amount)| amount).sum();
        let back: i64 = self.refunded.get(&life.code).into_iter().flatten().map(|(_, amount)| amount).sum();
        assert!(back <= paid, "{back} of {paid} went back: {}", life.name(world));
    }
}

fn went_out((_, progress): &&(portal::ports::RefundInstruction, RefundProgress)) -> bool {
    !matches!(progress, RefundProgress::Failed { .. })
}

fn paid_at_gateway(world: &World, life: &Life) -> Sums {
    let charges = world.gateway.charges_of(&life.who).into_iter();
    let paid = charges.filter(|(_, progress)| *progress == ChargeProgress::Paid);
    paid.map(|(charge, _)| (format!("test-charge-{}", charge.key), charge.amount.amount)).collect()
}

/// None of these is there twice.
fn once(all: Vec<(String, i64)>, life: &Life, world: &World) -> Sums {
    let count = all.len();
    let sums: Sums = all.into_iter().collect();
    assert_eq!(sums.len(), count, "money that counts twice: {}", life.name(world));
    sums
}

fn sums<'a>(all: impl Iterator<Item = &'a (String, i64)>) -> Sums {
    let mut sums = Sums::new();
    for (name, amount) in all {
        *sums.entry(name.clone()).or_default() += amount;
    }
    sums
}

async fn by_code(world: &World, sql: &'static str) -> BTreeMap<String, Vec<(String, i64)>> {
    let rows: Vec<(String, String, i64)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    let mut by_code: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    for (code, name, amount) in rows {
        by_code.entry(code).or_default().push((name, amount));
    }
    by_code
}
