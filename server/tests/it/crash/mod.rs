//! A process may die anywhere: while a buyer's press is taken, while a job runs, between a call to the gateway and
//! writing down what it said. Each step of each way is tried, until the whole of it was run; then what is left goes on
//! by itself, and the effect is there once.

mod cancellation;
mod card;
mod plan;
mod refund;

use crate::harness::{Cut, buy, code, email, line, place, producer, wait_for_the_dead};
use crate::money::billing::plan as monthly;
use portal::Producer;
use portal::catalogue::offer::{Offer, put_offer};
use portal::ports::ChargeProgress;
use portal::testing::{World, buyer};
use portal::{Buyer, on};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use types::view::CardPlace;
use types::{Currency, IntervalUnit, Method, Money, PersonId, SubscriptionId};
use uuid::Uuid;

const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// One order in one world, cut at one step.
struct Case<'a> {
    world: &'a World,
    code: String,
    who: String,
    buyer: Buyer,
    subscription: Option<Uuid>,
}

impl<'a> Case<'a> {
    fn number() -> u32 {
        static LAST: AtomicU32 = AtomicU32::new(0);
        LAST.fetch_add(1, Ordering::Relaxed)
    }

    /// Anybody's plan of the month, paid until a month from now.
    async fn subscribed(world: &'a World, producer: &Producer) -> Self {
        let number = Self::number();
        let (number, who) = (format!("S-{number}"), format!("s{number}@example.com"));
        let mut new = monthly(world, &who, &number, Method::Card, 9_990);
        new.items[0].sold = portal::intake::Sold::Known { product: code("photo"), offer: code("basic") };
        place(world, producer, new).await;
        Self::known(world, number, who).await
    }

    /// Something sold once.
    async fn bought(world: &'a World, producer: &Producer) -> Self {
        let number = Self::number();
        let (number, who) = (format!("P-{number}"), format!("p{number}@example.com"));
        buy(world, producer, &who, &number, &[("photo", 29_700)]).await;
        Self::known(world, number, who).await
    }

    async fn known(world: &'a World, code: String, who: String) -> Self {
        world.settle().await;
        let sql =
            "select o.person_id, s.id from orders o left join subscriptions s on s.order_id = o.id where o.code = $1";
        let (person, subscription): (Uuid, Option<Uuid>) = on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(&code).fetch_one(c).await.unwrap()
        });
        let buyer = buyer(&world.portal, PersonId(person), email(&who));
        Self { world, code, who, buyer, subscription }
    }

    fn id(&self) -> SubscriptionId {
        SubscriptionId(self.subscription.unwrap())
    }

    fn place(&self) -> CardPlace {
        CardPlace::Subscription(self.id())
    }

    /// The worker dies at its n-th wait; another one takes over when the lease has run out. Whether it was done before
    /// it could die.
    async fn work(&self, step: u32) -> bool {
        let is_whole = Cut::at(step, self.world.settle()).await.is_some();
        self.take_over().await;
        is_whole
    }

    async fn take_over(&self) {
        wait_for_the_dead(self.world).await;
        for _ in 0..2 {
            self.world.clock.forward(Duration::from_secs(61));
            self.world.settle().await;
        }
    }

    /// Mails of this kind: the same one sent twice is one, whose id says so.
    fn mails(&self, subject: &str) -> usize {
        let letters = self.world.mail.taken().into_iter();
        let of_this = letters.filter(|letter| letter.to.as_str() == self.who && letter.subject == subject);
        of_this.map(|letter| letter.id).collect::<BTreeSet<_>>().len()
    }

    async fn count(&self, sql: &'static str, word: &str) -> i64 {
        let row: (i64,) = on!(self.world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(&self.code).bind(word).fetch_one(c).await.unwrap()
        });
        row.0
    }

    /// Lines of the audit log about this order.
    async fn audited(&self, action: &str) -> i64 {
        let sql = "select count(*) from events a join orders o on o.id = a.order_id where o.code = $1 and a.name = $2";
        self.count(sql, action).await
    }

    async fn status(&self) -> String {
        let sql = "select s.status from subscriptions s join orders o on o.id = s.order_id where o.code = $1";
        let row: (String,) = on!(self.world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(&self.code).fetch_one(c).await.unwrap()
        });
        row.0
    }

    /// Charges of this buyer that the gateway took money by.
    fn paid(&self) -> Vec<i64> {
        let charges = self.world.gateway.charges_of(&self.who).into_iter();
        charges.filter(|(_, state)| *state == ChargeProgress::Paid).map(|(charge, _)| charge.amount.amount).collect()
    }
}

/// Dies one step later each time, until it does not die any more, at `least` steps at the least. A wait whose answer is
/// there already is no step: once is not enough to say that the last one was reached, and on a busy machine, which
/// meets few of them, another round follows.
async fn at_every_step(engine: &str, least: usize, mut dies_at: impl AsyncFnMut(u32) -> bool) {
    let mut deaths = BTreeSet::new();
    for _ in 0..20 {
        let (mut step, mut whole) = (0, 0);
        while whole < 3 {
            if dies_at(step).await {
                whole += 1;
            } else {
                whole = 0;
                deaths.insert(step);
            }
            step += 1;
            assert!(step < 2_000, "{engine}: no end");
        }
        if deaths.len() >= least {
            return;
        }
    }
    panic!("{engine}: {deaths:?} and not {least}: something runs elsewhere");
}

async fn shop(world: &World) -> Producer {
    let producer = producer(world, "luz").await;
    for (name, price, targets) in [("gold", 19_990, vec!["basic"]), ("basic", 9_990, vec!["gold"])] {
        let offer = Offer {
            code: code(name),
            product: code("photo"),
            name: line(&format!("Plano {name}")),
            price: Money::new(price, Currency::BRL),
            interval: Some((IntervalUnit::Month, 1)),
            installments_max: 12,
            change_targets: targets.into_iter().map(code).collect(),
        };
        put_offer(&world.portal, &producer, &offer).await.unwrap();
    }
    producer
}
