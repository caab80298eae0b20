//! The outbox: once asked for, done; twice at the same time, never.

use crate::harness::worlds;
use portal::outbox::{self, Job};
use portal::ports::MailError;
use portal::sign_in::request_purchases_link;
use std::time::Duration;
use types::view::Target;

use crate::harness::{buy, email, origin, seller};

#[tokio::test]
async fn a_job_that_fails_comes_again_and_the_mail_is_the_same() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        buy(&world, &producer, "ana@example.com", "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let before = world.mail.taken().len();
        world.mail.fail_next(MailError::Temporary("busy".to_owned()));
        request_purchases_link(&world.portal, &origin("192.0.2.1"), email("ana@example.com"), Target::Home)
            .await
            .unwrap();
        world.settle().await;
        assert_eq!(world.mail.taken().len(), before, "{}", world.engine);
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        assert_eq!(world.mail.taken().len(), before + 1);
    }
}

#[tokio::test]
async fn a_refused_mail_is_a_dead_letter_that_the_operator_sees() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        world.mail.fail_next(MailError::Refused("no such mailbox".to_owned()));
        buy(&world, &producer, "ana@example.com", "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let (lag, dead) = outbox::lag(&world.portal).await.unwrap();
        assert_eq!((lag, dead), (Duration::ZERO, 1), "{}", world.engine);
    }
}

#[tokio::test]
async fn a_lane_asked_for_many_times_is_one_job() {
    for world in worlds().await {
        let mut tx = world.portal.db.begin().await.unwrap();
        for _ in 0..5 {
            outbox::put(&world.portal, &mut tx, Job::Tidy).await.unwrap();
        }
        world.portal.commit(tx).await.unwrap();
        assert_eq!(outbox::waiting(&world.portal, world.portal.now()).await.unwrap(), 1);
        assert_eq!(world.settle().await, 1);
        // It asked for itself again in an hour.
        world.clock.forward(Duration::from_secs(3601));
        assert_eq!(world.settle().await, 1);
    }
}

#[tokio::test]
async fn workers_at_the_same_time_do_every_job_once() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        for number in 0..40 {
            buy(&world, &producer, &format!("b{number}@example.com"), &format!("P-{number}"), &[("photo", 100)]).await;
        }
        let now = world.portal.now();
        let runs = (0..4).map(|_| outbox::drain(&world.portal, now));
        let counts = futures::future::join_all(runs).await;
        assert_eq!(counts.into_iter().map(Result::unwrap).sum::<usize>(), 80, "{}", world.engine);
        assert_eq!(world.mail.taken().len(), 40);
        assert_eq!(world.area.told().len(), 40);
    }
}
