//! Orders through long and random lives: whatever happens, and however often and late it is heard of, money neither appears nor vanishes.

use crate::billing::{id_of, parts, plan, tell, whole};
use crate::harness::{assert_sound, line, place, put_product_with_days, seller, sign_in, worlds};
use portal::billing::{self, PaymentMethod, collect_now};
use portal::catalogue::producer::Producer;
use portal::db::Db;
use portal::ports::{ChargeOrder, ChargeProgress};
use portal::testing::{GatewayFault, World, sqlite_url};
use portal::{Buyer, refund};
use std::collections::BTreeMap;
use std::time::Duration;
use types::{ChargeStatus, DeclineReason, IntervalUnit, Method, RefundState, SubscriptionStatus};

const DAY: Duration = Duration::from_secs(86_400);

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        // Numerical Recipes' generator: the upper half is good enough for a test.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn outcome(&mut self, world: &World) -> ChargeProgress {
        match self.below(10) {
            0..5 => ChargeProgress::Paid,
            5..8 => ChargeProgress::Declined(DeclineReason::InsufficientFunds),
            8 => ChargeProgress::ActionRequired { url: "https://gateway.test/confirm".to_owned() },
            _ => ChargeProgress::Waiting {
                code: "00190".to_owned(),
                url: "https://gateway.test/slip".to_owned(),
                until: world.portal.now().plus(DAY * 3),
            },
        }
    }

    fn fault(&mut self) -> GatewayFault {
        use GatewayFault::{LostAfter, LostBefore, Refuses, Unavailable};
        [LostAfter, LostBefore, Unavailable, Refuses][self.below(4) as usize]
    }
}

/// What the gateway says by itself: of a charge that is not final, maybe twice, and the older news after the newer.
async fn news(world: &World, dice: &mut Dice, order: &ChargeOrder, now: &ChargeProgress) {
    let end = match dice.below(3) {
        0 => ChargeProgress::Declined(DeclineReason::Expired),
        _ => ChargeProgress::Paid,
    };
    world.gateway.charge_progress(&order.key, end.clone());
    let mut all = vec![end.clone(), now.clone(), end];
    if dice.below(2) == 0 {
        all.swap(0, 1);
    }
    for progress in all {
        let mut tx = world.portal.db.begin().await.unwrap();
        let reference = format!("test-charge-{}", order.key);
        billing::heard(&world.portal, &mut tx, "test", &reference, progress).await.unwrap();
        world.portal.commit(tx).await.unwrap();
    }
}

fn is_open(progress: &ChargeProgress) -> bool {
    matches!(progress, ChargeProgress::Waiting { .. } | ChargeProgress::ActionRequired { .. })
}

async fn step(world: &World, dice: &mut Dice, buyer: &Buyer, order: &str) {
    let portal = &world.portal;
    match dice.below(12) {
        0..5 => world.clock.forward(DAY * (dice.below(20) as u32) + Duration::from_secs(dice.below(86_400))),
        5 => world.gateway.next_charges(&[dice.outcome(world), dice.outcome(world)]),
        6 => world.gateway.fail_next_charges(&[dice.fault()]),
        7 => {
            collect_now(portal, id_of(world, order).await).await.unwrap();
        }
        8 => {
            for (charge, progress) in world.gateway.charges().iter().filter(|(_, progress)| is_open(progress)) {
                news(world, dice, charge, progress).await;
            }
        }
        9 => {
            let method = [Method::Card, Method::Pix, Method::Boleto][dice.below(3) as usize];
            let mut tx = portal.db.begin().await.unwrap();
            let id = id_of(world, order).await;
            billing::set_method(portal, &mut tx, id, &PaymentMethod::slip(method)).await.unwrap();
            billing::set_discount(&mut tx, id, dice.below(101) as i64, dice.below(3) as i64).await.unwrap();
            portal.commit(tx).await.unwrap();
        }
        10 if order.starts_with('S') => {
            let is_cancel = dice.below(2) == 0;
            tell(world, order, |told| {
                if told.status == SubscriptionStatus::Active && is_cancel {
                    (told.status, told.next_charge_at) = (SubscriptionStatus::Ending, None);
                } else if told.status == SubscriptionStatus::Ending {
                    (told.status, told.next_charge_at) = (SubscriptionStatus::Active, Some(told.period_end));
                }
            })
            .await;
        }
        _ if dice.below(4) == 0 => {
            // Refused outside the window, and when nothing is left.
            refund::request(buyer, order, refund::new_request_id(portal), &[]).await.ok();
        }
        _ => {}
    }
    if dice.below(3) > 0 {
        world.settle().await;
    }
}

/// What the gateway took is what the books say, order by order, and no more went back.
async fn money_is_kept(world: &World, producer: &Producer, order: &str) {
    let seen = whole(world, producer, order).await;
    let took_money = [ChargeStatus::Paid, ChargeStatus::Refunded, ChargeStatus::Disputed];
    let in_books: BTreeMap<String, i64> = seen
        .charges
        .iter()
        .filter(|charge| took_money.contains(&charge.status) && charge.reference.starts_with("test-charge-"))
        .map(|charge| (charge.reference.clone(), charge.amount.amount))
        .collect();
    let ids: Vec<String> = seen.invoices.iter().map(|invoice| invoice.id.to_string()).collect();
    let at_gateway: BTreeMap<String, i64> = world
        .gateway
        .charges()
        .into_iter()
        .filter(|(charge, end)| *end == ChargeProgress::Paid && ids.iter().any(|id| charge.key.starts_with(id)))
        .map(|(charge, _)| (format!("test-charge-{}", charge.key), charge.amount.amount))
        .collect();
    assert_eq!(in_books, at_gateway, "{} {order}", world.engine);
    let paid: i64 =
        seen.charges.iter().filter(|one| took_money.contains(&one.status)).map(|one| one.amount.amount).sum();
    let back = |state| !matches!(state, RefundState::Failed | RefundState::Declined | RefundState::Withdrawn);
    let refunded: i64 = seen.refunds.iter().filter(|one| back(one.state)).map(|one| one.amount.amount).sum();
    assert!(refunded <= paid, "{} {order}: {refunded} of {paid}", world.engine);
}

async fn history(world: &World, producer: &Producer, number: u64) {
    let mut dice = Dice(number);
    let who = format!("ana{number}@example.com");
    let order = match number % 3 {
        0 => parts(world, &who, &format!("P-{number}"), Method::Card, 10_000 + number as i64, 7),
        1 => parts(world, &who, &format!("P-{number}"), Method::Pix, 10_000 + number as i64, 5),
        _ => plan(world, &who, &format!("S-{number}"), Method::Card, 4_990),
    };
    let code = order.code.to_string();
    place(world, producer, order).await;
    world.settle().await;
    let buyer = sign_in(world, &who).await;
    for _ in 0..40 {
        step(world, &mut dice, &buyer, &code).await;
    }
    // Whatever is unclear becomes clear, and what the gateway still waits for has an end.
    for _ in 0..8 {
        world.settle().await;
        for (charge, progress) in world.gateway.charges().iter().filter(|(_, progress)| is_open(progress)) {
            news(world, &mut dice, charge, progress).await;
        }
        world.clock.forward(Duration::from_secs(7_200));
    }
    world.settle().await;
    money_is_kept(world, producer, &code).await;
}

#[tokio::test]
async fn random_lives_keep_the_money() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        for number in 0..12 {
            history(&world, &producer, number).await;
        }
        assert_sound(&world).await;
    }
}

/// One order of the year, by its number: every kind, every way to pay.
async fn sell(world: &World, producer: &Producer, number: usize) {
    let who = format!("ana{number}@example.com");
    let code = format!("Y-{number}");
    let mut order = match number % 8 {
        0 | 1 => plan(world, &who, &code, Method::Card, 4_990),
        2 => plan(world, &who, &code, Method::Boleto, 4_990),
        3 => plan(world, &who, &code, Method::Pix, 4_990),
        4 => parts(world, &who, &code, Method::Card, 119_990, 12),
        5 => parts(world, &who, &code, Method::Boleto, 59_990, 10),
        6 => parts(world, &who, &code, Method::Pix, 9_999, 6),
        _ => {
            let mut order = plan(world, &who, &code, Method::Card, 39_900);
            let subscription = order.subscription.as_mut().unwrap();
            subscription.interval = (IntervalUnit::Year, 1);
            subscription.period_end = world.portal.now().plus(DAY * 182);
            subscription.next_charge_at = Some(subscription.period_end);
            order
        }
    };
    // One in ten has access in a member area, which is told of every renewal.
    if !number.is_multiple_of(10) {
        order.items[0].sold = portal::intake::Sold::Known {
            product: crate::harness::code("plain"),
            offer: crate::harness::code("plain"),
        };
    }
    place(world, producer, order).await;
}

/// A seller with a product that no member area knows of.
async fn shop(world: &World) -> Producer {
    let producer = seller(world, "luz").await;
    put_product_with_days(world, &producer, "plain", None).await;
    let offer = portal::catalogue::offer::Offer {
        code: crate::harness::code("plain"),
        product: crate::harness::code("plain"),
        name: line("Mensal"),
        price: types::Money::new(4_990, types::Currency::BRL),
        interval: None,
        installments_max: 12,
        change_targets: vec![],
    };
    portal::catalogue::offer::put_offer(&world.portal, &producer, &offer).await.unwrap();
    producer
}

#[tokio::test]
async fn a_year_of_orders_of_every_kind_is_sound() {
    year(48).await;
}

async fn year(orders: usize) {
    let db = Db::open(&sqlite_url()).await.unwrap();
    db.migrate().await.unwrap();
    let world = World::over("sqlite", db);
    let producer = shop(&world).await;
    for number in 0..orders {
        sell(&world, &producer, number).await;
    }
    let mut dice = Dice(2026);
    for day in 0..365_u32 {
        world.clock.forward(DAY);
        let outcomes: Vec<_> = (0..8).map(|_| dice.outcome(&world)).collect();
        world.gateway.next_charges(&outcomes);
        world.settle().await;
        if day % 7 == 0 {
            for (charge, progress) in world.gateway.charges().iter().filter(|(_, progress)| is_open(progress)) {
                news(&world, &mut dice, charge, progress).await;
            }
        }
    }
    let charged = world.gateway.charges().len();
    assert!(charged > orders * 5, "{charged}");
    assert_sound(&world).await;
}
