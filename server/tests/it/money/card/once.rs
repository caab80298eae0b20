//! What is owed is paid by Pix, this once: the card stays on file, and is not charged meanwhile.

use super::{overdue, swapped};
use crate::harness::{DAY, assert_mails, assert_sound, each_world, order};
use crate::money::billing::report;
use portal::billing::Collected;
use portal::card::{CardError, change_method, page, pay_open};
use portal::policy::{self, Policy};
use portal::ports::{ChargeInstruction, ChargeProgress};
use portal::refund::new_request_id;
use portal::subscription;
use portal::testing::{GatewayFault, World};
use portal::{Buyer, on};
use std::time::Duration;
use types::view::{CardPlace, SwapOutcome};
use types::{ChargeStatus, DeclineReason, Method, ProducerId, SubscriptionStatus};

const EXPIRED: ChargeProgress = ChargeProgress::Declined(DeclineReason::Expired);

/// A Pix that lives for so many days.
fn pix(world: &World, days: u32) -> ChargeProgress {
    ChargeProgress::Waiting {
        code: "000201".to_owned(),
        url: "https://gateway.test/pix".to_owned(),
        until: world.portal.now().plus(DAY * days),
    }
}

/// An overdue subscription, of which Ana asked for a Pix that lives for so many days.
async fn asked(world: &World, days: u32) -> (Buyer, CardPlace) {
    let (buyer, place) = overdue(world).await;
    world.gateway.next_charges(&[pix(world, days)]);
    assert_eq!(pay_open(&buyer, &place, Some(Method::Pix)).await.unwrap(), Collected::Waiting);
    (buyer, place)
}

/// What the gateway was told to charge by this method, the latest last.
fn told(world: &World, method: Method) -> Vec<ChargeInstruction> {
    world.gateway.charges().into_iter().map(|(told, _)| told).filter(|told| told.method == method).collect()
}

/// The gateway's name of the last Pix.
fn reference(world: &World) -> String {
    format!("test-charge-{}", told(world, Method::Pix).last().unwrap().key)
}

#[tokio::test]
async fn it_is_paid_and_the_next_charge_is_the_cards_again() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&vec![pix(world, 2); 4]);
        let presses = (0..4).map(|_| pay_open(&buyer, &place, Some(Method::Pix)));
        for pressed in futures::future::join_all(presses).await {
            assert_eq!(pressed.unwrap(), Collected::Waiting);
        }
        let seen = page(&buyer, &place).await.unwrap();
        assert_eq!((seen.open.unwrap().method, seen.payment.method), (Method::Pix, Method::Card));
        let by_card = told(world, Method::Card).len();
        assert_eq!(told(world, Method::Pix).len(), 1, "pressed four times, it is one");
        world.clock.forward(DAY + Duration::from_secs(3600));
        world.settle().await;
        assert_eq!(told(world, Method::Card).len(), by_card, "the card waits while the code is open");
        assert!(report(world, &reference(world), ChargeProgress::Paid).await);
        let view = order(&buyer, "P-1").await;
        assert_eq!(view.subscription.unwrap().status, SubscriptionStatus::Active);
        assert_eq!(view.payment.method, Method::Card);
        world.clock.forward(DAY * 32);
        world.settle().await;
        assert_eq!((told(world, Method::Card).len(), told(world, Method::Pix).len()), (by_card + 1, 1));
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn when_its_time_is_over_the_calendar_goes_on_with_the_card() {
    each_world(async |world| {
        let (buyer, place) = asked(world, 1).await;
        let by_card = told(world, Method::Card).len();
        assert!(report(world, &reference(world), EXPIRED).await);
        let owed = page(&buyer, &place).await.unwrap().owed.unwrap();
        assert_eq!(owed.failure, Some(DeclineReason::ExpiredCard), "why the card failed is what counts");
        assert_eq!(told(world, Method::Card).len(), by_card, "its day has not come");
        world.gateway.next_charges(&[pix(world, 9)]);
        pay_open(&buyer, &place, Some(Method::Pix)).await.unwrap();
        // Every day on which the card would have been tried has gone by meanwhile.
        world.clock.forward(DAY * 9);
        world.gateway.charge_progress(&told(world, Method::Pix)[1].key, EXPIRED);
        world.settle().await;
        assert_eq!(told(world, Method::Card).len(), by_card + 1, "the card is tried once more before anything ends");
        assert_eq!(order(&buyer, "P-1").await.subscription.unwrap().status, SubscriptionStatus::Active);
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn one_whose_answer_was_lost_is_asked_about_and_one_beside_a_new_card_is_given_up() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&[pix(world, 3)]);
        world.gateway.fail_next_charges(&[GatewayFault::LostAfter]);
        assert_eq!(pay_open(&buyer, &place, Some(Method::Pix)).await.unwrap(), Collected::Unknown);
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        assert_eq!(told(world, Method::Pix).len(), 1);
        assert_eq!(page(&buyer, &place).await.unwrap().open.unwrap().code, "000201");
        let (_, came) = swapped(world, &buyer, &place).await;
        assert!(matches!(came, SwapOutcome::Paid(_)), "{came:?}");
        assert!(page(&buyer, &place).await.unwrap().open.is_none());
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_paid_beside_the_new_card_is_kept_and_both_are_told() {
    each_world(async |world| {
        let (buyer, place) = asked(world, 3).await;
        let (id, came) = swapped(world, &buyer, &place).await;
        assert!(matches!(came, SwapOutcome::Paid(_)), "{came:?}");
        assert!(portal::card::update(&buyer, &place, id).await.unwrap().has_dead_code, "nobody should pay it now");
        assert!(report(world, &reference(world), ChargeProgress::Paid).await);
        assert_mails(world, &[("Surplus", 1), ("ProducerSurplus", 1)]);
        assert_eq!(order(&buyer, "P-1").await.charges.iter().filter(|charge| charge.paid_at.is_some()).count(), 3);
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn where_the_seller_lets_nobody_change_the_way_to_pay_it_is_refused() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        let mut policy = Policy::default();
        policy.payment.method_change = false;
        let mut tx = world.portal.db.begin().await.unwrap();
        let (producer,): (uuid::Uuid,) = on!(tx.conn(), c => {
            sqlx::query_as("select id from producers").fetch_one(c).await.unwrap()
        });
        policy::write(&mut tx, ProducerId(producer), None, &policy, world.portal.now()).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        for method in [Method::Pix, Method::Boleto, Method::Card, Method::Other] {
            let refused = pay_open(&buyer, &place, Some(method)).await;
            assert!(matches!(refused, Err(CardError::NoSuchMethod)), "{refused:?}");
        }
        assert!(told(world, Method::Pix).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_over_meanwhile_is_not_owed_and_what_is_paid_all_the_same_is_kept() {
    each_world(async |world| {
        let (buyer, place) = asked(world, 3).await;
        let id = order(&buyer, "P-1").await.subscription.unwrap().id;
        subscription::cancel(&buyer, id, new_request_id(&world.portal), "", "").await.unwrap();
        world.settle().await;
        let seen = page(&buyer, &place).await.unwrap();
        assert!(seen.owed.is_none() && seen.open.is_none(), "{seen:?}");
        assert!(report(world, &reference(world), ChargeProgress::Paid).await);
        let view = order(&buyer, "P-1").await;
        assert_eq!(view.subscription.unwrap().status, SubscriptionStatus::Ended);
        assert_eq!(view.charges.iter().filter(|charge| charge.status == ChargeStatus::Paid).count(), 2);
        assert_mails(world, &[("Surplus", 1), ("ProducerSurplus", 1)]);
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_pix_that_becomes_the_way_to_pay_is_the_one_that_is_open() {
    each_world(async |world| {
        let (buyer, place) = asked(world, 3).await;
        change_method(&buyer, &place, new_request_id(&world.portal), Method::Pix).await.unwrap();
        world.settle().await;
        assert_eq!(told(world, Method::Pix).len(), 1);
        assert!(page(&buyer, &place).await.unwrap().open.is_some());
        world.clock.forward(DAY * 4);
        world.gateway.next_charges(&[pix(world, 3)]);
        world.gateway.charge_progress(&told(world, Method::Pix)[0].key, EXPIRED);
        world.settle().await;
        let owed = page(&buyer, &place).await.unwrap().owed.unwrap();
        assert_eq!(owed.failure, Some(DeclineReason::Expired), "now its end is what counts");
        assert_sound(world).await;
    })
    .await;
}
