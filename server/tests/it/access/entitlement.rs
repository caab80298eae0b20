//! Access: what a person has in the member area is what the orders give, whatever happened on the way (rules 9, 13, 15,
//! 16).

use crate::harness::{ANA, Story, assert_sound, buy, classroom, each_world, order, producer, sign_in};
use portal::outbox;
use portal::ports::{AccessTarget, Verdict};
use portal::testing::World;
use std::time::Duration;
use types::view::AccessView;

fn rooms(world: &World) -> Vec<i64> {
    let room = |target: AccessTarget| target.as_str().strip_prefix("classroom:").unwrap().parse().unwrap();
    world.area.access_of(ANA).into_keys().map(room).collect()
}

#[tokio::test]
async fn a_paid_order_gives_access_in_one_call_and_the_buyer_sees_when() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
        world.settle().await;
        assert_eq!(rooms(world), [111, 222]);
        assert_eq!(world.area.told().len(), 1);
        let buyer = sign_in(world, ANA).await;
        let view = order(&buyer, "P-1").await;
        for item in view.items {
            assert!(matches!(item.access, AccessView::Confirmed { until: None, .. }), "{:?}", item.access);
        }
    })
    .await;
}

#[tokio::test]
async fn told_once_is_told_until_something_changes() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        buy(world, &producer, ANA, "P-2", &[("ebook", 1_990)]).await;
        world.settle().await;
        assert_eq!(world.area.told().len(), 1);
        let buyer = sign_in(world, ANA).await;
        assert!(matches!(order(&buyer, "P-2").await.items[0].access, AccessView::Confirmed { .. }));
    })
    .await;
}

#[tokio::test]
async fn an_area_that_is_down_is_told_when_it_is_back() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let wait = Duration::from_secs(30);
        world.area.fail_next(&[Verdict::Again(None), Verdict::Again(Some(wait)), Verdict::Again(None)]);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        assert_eq!(rooms(world), Vec::<i64>::new());
        let buyer = sign_in(world, ANA).await;
        assert!(matches!(order(&buyer, "P-1").await.items[0].access, AccessView::Delayed { .. }));
        world.clock.forward(Duration::from_secs(6));
        world.settle().await;
        assert_eq!(world.area.told().len(), 2);
        // The other side asked for 30 seconds: not before.
        world.clock.forward(Duration::from_secs(20));
        world.settle().await;
        assert_eq!(world.area.told().len(), 2);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        assert_eq!(rooms(world), [111, 222]);
        let ids: Vec<String> = world.area.told().into_iter().map(|telling| telling.id).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "every attempt is one of the same delivery");
    })
    .await;
}

#[tokio::test]
async fn what_an_area_refuses_is_mailed_to_the_producer_and_tried_again_when_the_rule_changes() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        world.area.fail_next(&[Verdict::Refused]);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let letters = world.mail.taken();
        let stopped = letters.iter().filter(|letter| letter.subject == "ProducerDeliveryStopped");
        assert_eq!(stopped.map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["luz@example.com"]);
        assert_eq!(outbox::lag(&world.portal).await.unwrap().1, 1);
        // The producer mends the area's key.
        crate::harness::put_area(world, &producer).await;
        world.settle().await;
        assert_eq!(rooms(world), [111, 222]);
        assert_eq!(outbox::lag(&world.portal).await.unwrap().1, 0);
    })
    .await;
}

#[tokio::test]
async fn given_up_after_fifty_attempts_in_two_weeks() {
    let story = Story::leaves_dead_letters("the member area never answers");
    story
        .each(async |world| {
            let producer = producer(world, "luz").await;
            world.area.fail_next(&[Verdict::Again(None); 60]);
            let start = world.portal.now();
            buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
            while outbox::lag(&world.portal).await.unwrap().1 == 0 {
                world.settle().await;
                world.clock.forward(Duration::from_secs(3600));
            }
            let days = world.portal.now().since(start).as_secs() / 86_400;
            assert!((12..=18).contains(&days), "{days} days");
            assert_eq!(world.area.told().len(), 50);
            world.settle().await;
            assert!(world.mail.taken().iter().any(|letter| letter.subject == "ProducerDeliveryStopped"));
        })
        .await;
}

#[tokio::test]
async fn access_with_an_end_is_taken_away_at_the_end() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        crate::harness::put_product_with_days(world, &producer, "photo", 30).await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        assert_eq!(world.area.access_of(ANA)[&classroom(111)].as_deref(), Some("2026-12-20"));
        world.clock.forward(Duration::from_secs(29 * 86_400));
        world.settle().await;
        assert_eq!(rooms(world), [111, 222]);
        world.clock.forward(Duration::from_secs(2 * 86_400));
        world.settle().await;
        assert_eq!(rooms(world), Vec::<i64>::new());
    })
    .await;
}

#[tokio::test]
async fn access_that_waits_to_be_looked_at_is_no_violation() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "A-1", &[("photo", 29_700)]).await;
        assert_sound(world).await;
        world.settle().await;
    })
    .await;
}
