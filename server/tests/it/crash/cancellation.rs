//! A cancellation and what takes it back, cut off anywhere.

use super::{Case, ENGINES, at_every_step, shop};
use crate::harness::{Cut, DAY, assert_sound, end, swift_world};
use portal::refund::new_request_id;
use portal::subscription;

#[tokio::test]
async fn a_cancellation_that_was_cut_off_anywhere_is_one_and_ends_on_its_day() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let form = new_request_id(&world.portal);
            let press = || subscription::cancel(&case.buyer, case.id(), form, "", "");
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            assert_eq!((case.status().await.as_str(), case.mails("Canceled")), ("ending", 1), "{engine} {step}");
            assert_eq!(case.audited("subscription.canceled").await, 1, "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        at_every_step(engine, 10, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let form = new_request_id(&world.portal);
            subscription::cancel(&case.buyer, case.id(), form, "", "").await.unwrap();
            world.settle().await;
            assert_eq!(world.area.access_of(&case.who).len(), 2);
            world.clock.forward(DAY * 31);
            let is_whole = case.work(step).await;
            assert_eq!(
                (case.status().await.as_str(), case.mails("SubscriptionEnded")),
                ("ended", 1),
                "{engine} {step}"
            );
            assert_eq!(case.audited("subscription.ended").await, 1, "{engine} {step}");
            assert_eq!(case.paid().len(), 0, "{engine} {step}");
            assert!(world.area.access_of(&case.who).is_empty(), "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

#[tokio::test]
async fn a_cancellation_that_is_taken_back_is_taken_back_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let form = new_request_id(&world.portal);
            let protocol = subscription::cancel(&case.buyer, case.id(), form, "", "").await.unwrap();
            let press = || subscription::undo(&case.buyer, case.id(), protocol.as_str());
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            assert_eq!((case.status().await.as_str(), case.mails("CancelUndone")), ("active", 1), "{engine} {step}");
            assert_eq!(case.audited("subscription.cancel_undone").await, 1, "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}
