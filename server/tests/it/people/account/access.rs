//! What an order tells, and access that ends.

use super::{bought, mails_to};
use crate::harness::{ANA, DAY, buy, each_world, order, producer};
use portal::refund::new_request_id;
use types::MailKind;
use types::view::TimelineEvent;

#[tokio::test]
async fn an_order_tells_its_mails_and_what_the_log_knows() {
    each_world(async |world| {
        let buyer = bought(world).await;
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let events: Vec<TimelineEvent> =
            order(&buyer, "P-1").await.timeline.into_iter().map(|entry| entry.event).collect();
        for kind in [MailKind::Purchase, MailKind::RefundRequested] {
            let count = events.iter().filter(|event| **event == TimelineEvent::MailSent(kind)).count();
            assert_eq!(count, 1, "{kind}: {events:?}");
        }
        let sent = events.iter().filter(|event| **event == TimelineEvent::AccessSent).count();
        assert_eq!(sent, 1, "{events:?}");
    })
    .await;
}

#[tokio::test]
async fn access_that_ends_is_announced_once_and_its_end_is_told_once() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        crate::harness::put_product_with_days(world, &producer, "photo", 30).await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        assert_eq!(mails_to(world, ANA, "AccessExpiring"), 0);
        world.clock.forward(DAY * 28);
        world.settle().await;
        world.settle().await;
        assert_eq!(mails_to(world, ANA, "AccessExpiring"), 1);
        assert_eq!(mails_to(world, ANA, "AccessExpired"), 0);
        world.clock.forward(DAY * 4);
        world.settle().await;
        world.settle().await;
        assert_eq!(mails_to(world, ANA, "AccessExpiring"), 1);
        assert_eq!(mails_to(world, ANA, "AccessExpired"), 1);
    })
    .await;
}

#[tokio::test]
async fn access_that_another_order_gives_for_longer_does_not_end() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        crate::harness::put_product_with_days(world, &producer, "ebook", 30).await;
        buy(world, &producer, ANA, "P-1", &[("ebook", 1_990)]).await;
        buy(world, &producer, ANA, "P-2", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward(DAY * 40);
        world.settle().await;
        let told = world.mail.taken().into_iter().filter(|letter| letter.subject.starts_with("AccessExpir")).count();
        assert_eq!(told, 0);
    })
    .await;
}
