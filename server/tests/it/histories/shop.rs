//! Sellers of every policy, each with the same plans.

pub use crate::harness::vendor::{PLANS, Plan};
use crate::harness::{code, line, producer, put_product_with_days};
use portal::Producer;
use portal::catalogue::offer::{Offer, put_offer};
use portal::policy::{self, AfterDunning, Effect, Policy, Retention, RetentionOffer};
use portal::testing::World;
use types::{Currency, Money};

/// A shop, and what its products are called: those of half of them are known to a member area.
pub struct Shop {
    pub producer: Producer,
    pub products: [&'static str; 2],
}

pub async fn shops(world: &World) -> Vec<Shop> {
    let mut shops = Vec::new();
    for (slug, policy) in [("luz", usual()), ("sol", strict()), ("mar", pausing()), ("rio", cheaper())] {
        let producer = producer(world, slug).await;
        policy::put(&world.portal, &producer, None, &policy).await.unwrap();
        let products = if ["luz", "mar"].contains(&slug) { ["ebook", "photo"] } else { ["leaflet", "slides"] };
        for product in products {
            put_product_with_days(world, &producer, product, None).await;
        }
        for (number, plan) in PLANS.iter().enumerate() {
            offer(world, &producer, plan, products[number % 2]).await;
        }
        shops.push(Shop { producer, products });
    }
    shops
}

async fn offer(world: &World, producer: &Producer, plan: &Plan, product: &str) {
    let offer = Offer {
        code: code(plan.code),
        product: code(product),
        name: line(&format!("Plano {}", plan.code)),
        price: Money::new(plan.price, Currency::BRL),
        interval: Some(plan.interval),
        installments_max: 12,
        change_targets: PLANS.iter().map(|other| code(other.code)).filter(|other| *other != code(plan.code)).collect(),
    };
    put_offer(&world.portal, producer, &offer).await.unwrap();
}

fn usual() -> Policy {
    Policy::default()
}

/// Ends at once, never ends what is unpaid, and begins plans the other way round.
fn strict() -> Policy {
    let mut policy = Policy::default();
    (policy.cancel.effect, policy.dunning.then) = (Effect::Now, AfterDunning::Keep);
    (policy.plan.upgrade, policy.plan.downgrade) = (Effect::PeriodEnd, Effect::Now);
    policy
}

fn pausing() -> Policy {
    let mut policy = Policy::default();
    policy.cancel.retention = vec![Retention { reason: None, offer: RetentionOffer::Pause { cycles: 1 } }];
    policy.plan.downgrade = Effect::Now;
    policy
}

fn cheaper() -> Policy {
    let mut policy = Policy::default();
    let offer = RetentionOffer::Discount { percent: 33, cycles: 2 };
    policy.cancel.retention = vec![Retention { reason: None, offer }];
    policy.dunning.retry_days = vec![1, 4];
    policy
}
